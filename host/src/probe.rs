//! Tests a complete JWT bearer connection: signs an assertion, exchanges it for an access token,
//! and sends that to a receiver. The log shows whether a clock is wrong.

mod account;
mod certificate;
mod connection_test;
mod exchange;
mod measure;
mod outcome;
pub(crate) mod profile;
mod run;
mod secrets;
mod test;
mod token;
mod transcript;

pub(crate) use account::{Account, NotAnAccount};
pub(crate) use connection_test::{
    Assertions, ConnectionTest, OwnDate, ReceiverPlace, Repeats, Retry, TokenPlace,
};
pub(crate) use outcome::{Outcome, Report, Runs, Step, StepName};
pub(crate) use profile::Profile;
pub(crate) use token::{Credentials, TokenForm};
pub(crate) use transcript::Transcript;
