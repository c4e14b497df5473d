//! The whole of a connection by JWT bearer: an assertion is made, traded for an access token, and
//! that is shown to a receiver. When a clock is at fault, the log of it says so.

mod assertion;
mod connection_test;
mod exchange;
mod form;
mod measure;
mod outcome;
pub(crate) mod profile;
mod repeat;
mod run;
mod test;
mod transcript;

pub(crate) use assertion::Assertions;
pub(crate) use connection_test::{ConnectionTest, Correction, ReceiverPlace, Repeats, TokenPlace};
pub(crate) use form::{Credentials, TokenForm};
pub(crate) use outcome::{Outcome, Report, Runs, Step, StepName};
pub(crate) use profile::Profile;
pub(crate) use transcript::Transcript;
