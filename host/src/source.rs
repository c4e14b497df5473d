//! Sources of time: each observes how far the local clock is from it.
//!
//! A source measures and reports where its bounds come from. `jwtick_core` decides which of several
//! sources is right, and whether the clock is wrong.

pub(crate) mod anchor;
pub(crate) mod daemon;
pub(crate) mod http_date;
mod local;
mod ntp;
mod observation;
pub(crate) mod os;
mod responder;
pub(crate) mod step;

pub(crate) use local::LocalClock;
pub(crate) use ntp::{NtpFault, NtpNote, NtpServer};
pub(crate) use observation::{Bound, Kind, Note, Observation, Source, SourceError};
pub(crate) use responder::{Identity, Responder, SameHost, Tie, Witnesses};
