//! One module per command: its arguments, what it does, and its answer.

pub(crate) mod args;
pub(crate) mod clock;
pub(crate) mod config;
pub(crate) mod diagnose;
pub(crate) mod error;
pub(crate) mod generated;
pub(crate) mod inspect;
pub(crate) mod key;
pub(crate) mod probe;
pub(crate) mod refusal;
pub(crate) mod rehearse;
pub(crate) mod sign;
pub(crate) mod stand_in;
pub(crate) mod verify;
