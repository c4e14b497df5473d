//! The combined proof of one source's samples, until two of them contradict each other.

/// The state of the proof. It is open before the first sample, and after a contradiction it proves
/// nothing, because either sample may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Agreement<T> {
    #[default]
    Open,
    Reached(T),
    Refuted,
}

impl<T: Copy> Agreement<T> {
    /// Adds the proof of one sample; `join` combines it with the earlier ones.
    ///
    /// # Errors
    /// The error of `join`; the agreement is refuted from then on.
    pub(crate) fn add<E>(
        &mut self,
        alone: T,
        join: impl FnOnce(T) -> Result<T, E>,
    ) -> Result<(), E> {
        let joined = match *self {
            Self::Open => Ok(alone),
            Self::Reached(held) => join(held),
            Self::Refuted => return Ok(()),
        };
        let (state, done) = match joined {
            Ok(joined) => (Self::Reached(joined), Ok(())),
            Err(contradiction) => (Self::Refuted, Err(contradiction)),
        };
        *self = state;
        done
    }

    pub(crate) const fn reached(&self) -> Option<T> {
        match *self {
            Self::Reached(held) => Some(held),
            Self::Open | Self::Refuted => None,
        }
    }
}
