//! The whole of a connection by JWT bearer: an assertion is made, traded for an access token, and
//! that is shown to a receiver. When a clock is at fault, the log of it says so.

mod assertion;
mod conversation;
mod exchange;
mod form;
mod measure;
mod outcome;
mod overlay;
mod profile;
mod redact;
mod repeat;
mod runs;
mod scene;
mod transcript;

pub(crate) use assertion::Assertions;
pub(crate) use form::{Credentials, TokenForm};
pub(crate) use outcome::{Outcome, Report, Step, StepName};
pub(crate) use profile::Profile;
pub(crate) use repeat::Repeats;
pub(crate) use runs::Runs;
pub(crate) use scene::{Correction, ReceiverPlace, Scene, TokenPlace};
pub(crate) use transcript::Transcript;
