//! What the samples of one source prove together, until two of them contradict each other.

/// Nothing before the first sample, and nothing more behind a contradiction: nobody knows which of the
/// two is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Agreement<T> {
    #[default]
    Open,
    Reached(T),
    Refuted,
}

impl<T: Copy> Agreement<T> {
    /// Takes what a sample proves on its own, and how that joins what the earlier ones prove.
    ///
    /// # Errors
    /// That of `join`; the agreement is refuted then.
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
