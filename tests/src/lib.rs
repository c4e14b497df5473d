//! The harness of the end-to-end tests: runs the real program in an environment that the test sets.
//!
//! ```ignore
//! let done = jwtick(["diagnose", "--json", "-"]).stdin("JWT expired\n").run();
//! assert_eq!(done.code(), 21, "{done}");
//! ```
#![forbid(unsafe_code)]

mod authority;
mod binary;
mod case;
mod chrony;
mod command;
mod daemon;
mod fault;
mod http;
mod key_form;
mod nginx;
mod ntpsec;
mod outcome;
mod paths;
mod schema;
mod source;
mod stand_in;
mod time_server;
mod token;

pub use authority::{Authority, Identity};
pub use binary::is_optimized;
pub use case::{Case, Interval, diagnosed};
pub use chrony::Chrony;
pub use command::{Command, foreground, jwtick, program};
pub use daemon::{Daemon, free_tcp_port, free_udp_port};
pub use fault::{COMMANDS, Fault, Stage};
pub use http::{Answer, Connection, form};
pub use key_form::key_form;
pub use nginx::Nginx;
pub use ntpsec::Ntpsec;
pub use outcome::{MIB, Outcome, without_shared_files};
pub use paths::{fixture, project, shared_cases, tool};
pub use schema::Schema;
pub use source::{BusyLog, Noise, Repeated};
pub use stand_in::StandIn;
pub use time_server::TimeServer;
pub use token::{SECRET, hs256, tagged, token, verify};

/// Number of attempts before the width of a measurement counts as a failure.
const TRIES: usize = 5;

/// Measures until the result is `fine`, since a busy machine may disturb a measurement. Whatever must hold for every result, `measure` asserts itself.
///
/// # Errors
/// Fails if no measurement was fine.
pub fn one_of_five<T>(
    mut measure: impl FnMut() -> T,
    fine: impl Fn(&T) -> bool,
) -> Result<T, &'static str> {
    let found = (0..TRIES).map(|_| measure()).find(fine);
    found.ok_or("no measurement was as exact as it should be")
}
