//! The parts of the `jwtick` program: reads input, calls `jwtick_core` and prints the answer.
//!
//! All rules about tokens and time are in the core.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(feature = "program"),
    expect(dead_code, unused_imports, reason = "the page uses only parts of these modules")
)]
// Only `output` writes to a terminal; `clippy.toml` keeps the streams themselves from other modules.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod browser;
#[cfg(feature = "program")]
mod cli;
mod commands;
#[cfg(feature = "program")]
mod exit;
#[cfg(feature = "program")]
mod fleet;
#[cfg(feature = "program")]
mod input;
#[cfg(feature = "program")]
mod manual;
#[cfg(feature = "program")]
mod minting;
mod output;
#[cfg(feature = "program")]
mod signal;
#[cfg(feature = "program")]
mod stand_in;

/// The configuration file `jwtick.toml`, which holds options that you would otherwise repeat.
///
/// The command line overrides the file, and the file overrides the defaults. The language in the
/// file also overrides that of the locale: a locale applies to every program on a machine, the file
/// only to this one.
#[cfg(feature = "program")]
mod config {
    mod error;
    mod exposure;
    mod fetch;
    mod issuer;
    mod load;
    mod parse;
    mod parts;
    mod proofs;
    mod serve;
    mod settings;
    mod table;

    pub(crate) use error::{ConfigError, Fault, Type};
    pub(crate) use exposure::{Exposed, Use, Writer};
    pub(crate) use load::{commented, place, usual};
    pub(crate) use parse::KEYS;
    pub(crate) use serve::Sections;
    pub(crate) use settings::{Config, Heeded, Set, Value, default, pick};
    pub(crate) use table::Key;
}

/// Named files: their names in messages, their errors, and writing them.
#[cfg(feature = "program")]
mod file {
    mod content;
    mod error;
    pub(crate) mod write;

    pub(crate) use content::Foreign;
    pub(crate) use error::{Damage, DamageKind, FileError, FileFault, STDIN, is_stdin, shown};
    pub(crate) use write::{Readers, create, is_replaceable, path_in, replace, users_folder};
}

/// An HTTP/1.1 client and server.
#[cfg(feature = "program")]
mod http {
    pub(crate) mod client;
    pub(crate) mod server;
}

#[cfg(feature = "program")]
mod keys;

/// Measures the local clock once against every named source, all at the same time.
///
/// `Survey` in the core decides what the answers prove together.
#[cfg(feature = "program")]
mod measurement {
    mod answer;
    mod ask;
    mod name;

    pub(crate) use answer::{Answer, Counted, Measurement, Standing};
    pub(crate) use ask::{Progress, QueryOptions, measure};
    pub(crate) use name::{ClockName, MeasurementError, NotAClock, ntp_server};
}

/// Times as users write and read them: durations, instants, zones, civil dates.
mod notation {
    pub(crate) mod civil;
    #[cfg(feature = "program")]
    pub(crate) mod claim;
    pub(crate) mod duration;
    #[cfg(feature = "program")]
    pub(crate) mod instant;
    #[cfg(feature = "program")]
    pub(crate) mod zone;
}

/// The parts that all answers share: layout, pictures, JSON, and sentences for measurements.
mod page {
    pub(crate) mod dates;
    #[cfg(feature = "program")]
    pub(crate) mod finding;
    #[cfg(feature = "program")]
    mod http_date;
    pub(crate) mod json;
    #[cfg(feature = "program")]
    pub(crate) mod judging_time;
    pub(crate) mod layout;
    #[cfg(feature = "program")]
    pub(crate) mod machine;
    #[cfg(feature = "program")]
    pub(crate) mod over_http;
    pub(crate) mod paragraph;
    #[cfg(feature = "program")]
    pub(crate) mod setting;
    #[cfg(feature = "program")]
    pub(crate) mod source;
    pub(crate) mod terminal;
    #[cfg(feature = "program")]
    pub(crate) mod timeline;
    #[cfg(feature = "program")]
    pub(crate) mod which;
}

/// Tests a complete JWT bearer connection: signs an assertion, exchanges it for an access token,
/// and sends that to a receiver. The log shows whether a clock is wrong.
#[cfg(feature = "program")]
mod probe {
    mod account;
    mod certificate;
    mod connection_test;
    mod exchange;
    mod log_lines;
    mod log_profile;
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
    pub(crate) use log_lines::{Part, Shown};
    pub(crate) use log_profile::{LogLacks, LogProfile};
    pub(crate) use outcome::{Outcome, Report, Runs, Step, StepName};
    pub(crate) use profile::Profile;
    pub(crate) use token::{Credentials, TokenForm};
    pub(crate) use transcript::Transcript;
}

/// The verifier of `jwtick serve`: decides about requests for a reverse proxy, by policies that a
/// reload replaces while it runs.
#[cfg(feature = "program")]
mod serve {
    mod answer;
    mod caller;
    mod choice;
    mod clock_reading;
    mod clocks;
    mod clocks_json;
    mod clocks_page;
    mod decision;
    mod dpop;
    mod embedded;
    mod fetching;
    mod grant;
    mod health;
    mod introspect;
    mod journal;
    mod judging;
    mod keyring;
    mod line;
    mod memory;
    mod metrics;
    mod now;
    mod once;
    mod policy;
    mod reason;
    mod redis;
    mod replay;
    mod request;
    mod routes;
    mod running;
    mod schedule;
    mod service;
    mod signatures;
    mod stop;
    mod store;
    pub(crate) mod systemd;
    mod tally;
    mod verify;

    pub(crate) use answer::METADATA;
    pub(crate) use choice::{
        Body, Dpop, Forwarded, Front, Logged, Nonces, Profile, Reuse, Undecided, Unverified,
    };
    pub(crate) use clock_reading::ClockSettings;
    pub(crate) use clocks::ClockMap;
    pub(crate) use clocks_page::said as clock_in_words;
    pub(crate) use decision::{About, Decision, Detail, Refusal};
    pub(crate) use fetching::KeyEvent;
    pub(crate) use journal::{Entry, Journal, Kind, Line};
    pub(crate) use now::ServiceClock;
    pub(crate) use policy::{
        Caller, FetchPolicy, Identity, IssuerPolicy, KeysFrom, ProofDemands, Route, ServePolicy,
        TlsFiles,
    };
    pub(crate) use reason::Reason;
    pub(crate) use replay::StoreFault;
    pub(crate) use routes::{CLOCKS, HEALTH, INTROSPECT, METRICS, READY, VERIFY};
    pub(crate) use running::Running;
    pub(crate) use service::{InForce, KeyLog, Lasting};
    pub(crate) use signatures::Signatures;
    pub(crate) use store::{Place, StoreError};
    pub(crate) use systemd::SocketError;
}

/// Sources of time: each observes how far the local clock is from it.
///
/// A source measures and reports where its bounds come from. `jwtick_core` decides which of several
/// sources is right, and whether the clock is wrong.
#[cfg(feature = "program")]
mod source {
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
}

/// Verifies one token (decode → verify → judge), and determines the time to judge it at.
#[cfg(feature = "program")]
mod verification {
    pub(crate) mod check;
    mod condition;
    mod judging_time;
    mod outcome;

    pub(crate) use check::{Demands, Kinds, Payload, Room, check};
    pub(crate) use condition::{Checked, Condition, member};
    pub(crate) use judging_time::{Basis, JudgingTime, Measured, middle};
    pub(crate) use outcome::{Hint, Outcome, Problem, Signature};
}

#[cfg(feature = "program")]
use std::ffi::OsString;

#[cfg(feature = "program")]
pub use crate::exit::Exit;
#[cfg(feature = "program")]
pub use crate::keys::RingKey;

/// Runs the command in `arguments`, whose first element is the name of the program.
#[cfg(feature = "program")]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    cli::run(arguments)
}
