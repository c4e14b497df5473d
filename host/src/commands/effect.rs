//! Options that would have no effect in a combination: an error, since each option is a demand, and none
//! may be dropped silently.
//!
//! clap refuses options that contradict each other. This module refuses those that depend on the value of
//! another option.

use core::fmt;

/// An option without effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoEffect {
    pub(crate) option: String,
    pub(crate) because: Because,
}

/// The reason why an option has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Because {
    /// Another option leaves nothing for it to do.
    Of(String),
    /// Another option is missing that it modifies.
    Without(&'static str),
}

/// An option, and whether the command line has it.
pub(crate) type Given = (&'static str, bool);

/// Refuses all of `options` if `other` leaves nothing for them to do.
///
/// # Errors
/// [`NoEffect`] for the first of `options` that was given.
pub(crate) fn none_with(other: Given, options: &[Given]) -> Result<(), NoEffect> {
    refuse(other.1, options, || Because::Of(other.0.to_owned()))
}

/// Refuses all of `options` unless `other` is given.
///
/// # Errors
/// [`NoEffect`] for the first of `options` that was given.
pub(crate) fn only_with(other: Given, options: &[Given]) -> Result<(), NoEffect> {
    refuse(!other.1, options, || Because::Without(other.0))
}

fn refuse(idle: bool, options: &[Given], because: impl Fn() -> Because) -> Result<(), NoEffect> {
    match options.iter().find(|(_, given)| idle && *given) {
        Some((option, _)) => Err(NoEffect { option: (*option).to_owned(), because: because() }),
        None => Ok(()),
    }
}

impl fmt::Display for NoEffect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let option = &self.option;
        match &self.because {
            Because::Of(other) => {
                write!(f, "{option} has no effect with {other}: leave one of them out")
            }
            Because::Without(other) => {
                write!(f, "{option} has no effect without {other}: add that, or leave {option} out")
            }
        }
    }
}

impl core::error::Error for NoEffect {}
