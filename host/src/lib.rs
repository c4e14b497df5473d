//! The parts of the `jwtick` program: reads input, calls `jwtick_core` and prints the answer.
//!
//! All rules about tokens and time are in the core.
#![forbid(unsafe_code)]
// Only `output` writes to a terminal; `clippy.toml` keeps the streams themselves from other modules.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod cli;
mod commands;
mod exit;
mod input;
mod keys;
mod manual;
mod minting;
mod output;
mod probe;
mod signal;
mod source;
mod stand_in;

/// The configuration file `jwtick.toml`, which holds options that you would otherwise repeat.
///
/// The command line overrides the file, and the file overrides the defaults. The language in the
/// file also overrides that of the locale: a locale applies to every program on a machine, the file
/// only to this one.
mod config {
    mod error;
    mod exposure;
    mod load;
    mod parse;
    mod settings;

    pub(crate) use error::{ConfigError, Fault, Type};
    pub(crate) use exposure::{Exposed, Use, Writer};
    pub(crate) use load::{commented, place, usual};
    pub(crate) use parse::{KEYS, Key};
    pub(crate) use settings::{Config, Heeded, Set, Value, default, pick};
}

/// Named files: their names in messages, their errors, and writing them.
mod file {
    mod content;
    mod error;
    pub(crate) mod write;

    pub(crate) use content::Foreign;
    pub(crate) use error::{Damage, DamageKind, FileError, FileFault, STDIN, is_stdin, shown};
    pub(crate) use write::{Readers, create, is_replaceable, path_in, replace, users_folder};
}

/// An HTTP/1.1 client and server.
mod http {
    pub(crate) mod client;
    pub(crate) mod server;
}

/// Measures the local clock once against every named source, all at the same time.
///
/// `Survey` in the core decides what the answers prove together.
mod measurement {
    mod answer;
    mod ask;
    mod error;
    mod name;

    pub(crate) use answer::{Answer, Counted, Measurement, Standing};
    pub(crate) use ask::{QueryOptions, measure};
    pub(crate) use error::MeasurementError;
    pub(crate) use name::{ClockName, NotAClock, ntp_server};
}

/// Times as users write and read them: durations, instants, zones, civil dates.
mod notation {
    pub(crate) mod civil;
    pub(crate) mod claim;
    pub(crate) mod duration;
    pub(crate) mod instant;
    pub(crate) mod zone;
}

/// The parts that all answers share: layout, pictures, JSON, and sentences for measurements.
mod page {
    pub(crate) mod axis;
    pub(crate) mod certificate;
    pub(crate) mod finding;
    mod http_date;
    pub(crate) mod json;
    pub(crate) mod judging_time;
    pub(crate) mod layout;
    pub(crate) mod machine;
    pub(crate) mod over_http;
    pub(crate) mod paragraph;
    pub(crate) mod source;
    pub(crate) mod terminal;
    pub(crate) mod timeline;
    pub(crate) mod which;
}

/// Verifies one token (decode → verify → judge), and determines the time to judge it at.
mod verification {
    pub(crate) mod check;
    mod condition;
    mod judging_time;
    mod outcome;

    pub(crate) use check::{Demands, Kinds, Payload, Room, check};
    pub(crate) use condition::{Checked, Condition};
    pub(crate) use judging_time::{Basis, JudgingTime, Measured, middle};
    pub(crate) use outcome::{Hint, Outcome, Problem, Signature};
}

use std::ffi::OsString;

pub use crate::exit::Exit;
pub use crate::keys::RingKey;

/// Runs the command in `arguments`, whose first element is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    cli::run(arguments)
}
