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
mod front;
mod http;
mod issuer_server;
mod key_form;
mod nginx;
mod ntpsec;
mod outcome;
mod schema;
mod serve;
mod source;
mod stand_in;
mod time_server;
mod token;

use std::env;
use std::path::{Path, PathBuf};

pub use authority::{Authority, Identity};
pub use binary::is_optimized;
pub use case::{Case, Interval, diagnosed};
pub use chrony::Chrony;
pub use command::{Command, foreground, jwtick, program};
pub use daemon::{Daemon, free_tcp_port, free_udp_port};
pub use fault::{COMMANDS, Fault, Stage};
pub use front::{Front, RunningFront};
pub use http::{Answer, Connection, form};
pub use issuer_server::{Asked, IssuerServer, Says};
pub use key_form::key_form;
pub use nginx::Nginx;
pub use ntpsec::Ntpsec;
pub use outcome::{MIB, Outcome, without_shared_files};
pub use schema::Schema;
pub use serve::Serve;
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

/// The root folder of the project.
#[must_use]
pub fn project() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}

/// Path of a file in `fixtures/`.
#[must_use]
pub fn fixture(name: &str) -> PathBuf {
    project().join("fixtures").join(name)
}

/// The folder of collected real logs next to the project, if there is one. It is not part of the
/// project, so without it the tests run on the project's own cases.
#[must_use]
pub fn shared_cases() -> Option<PathBuf> {
    let shared = project().parent()?.join("shared");
    shared.is_dir().then(|| shared.join("cases"))
}

/// Folder of Debian's daemons, which is in the `PATH` of root only.
const DAEMONS: &str = "/usr/sbin";

/// Folder in which `.ci/run install` unpacks the daemon that Debian cannot install together with chrony.
fn unpacked() -> PathBuf {
    let home = || Path::new(&env::var_os("HOME").unwrap_or_default()).join(".cache/jwtick-tools");
    let tools = env::var_os("JWTICK_TOOLS").map_or_else(home, PathBuf::from);
    tools.join("ntpsec").join(DAEMONS.trim_start_matches('/'))
}

/// The path of a program that a test requires.
///
/// # Panics
/// If it is missing: a test that cannot run has failed.
#[must_use]
#[track_caller]
#[expect(clippy::panic, reason = "a test that cannot run has failed")]
pub fn tool(name: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).chain([Path::new(DAEMONS).to_path_buf(), unpacked()]);
    let found = folders.map(|folder| folder.join(name)).find(|file| file.is_file());
    found.unwrap_or_else(|| panic!("{name} is missing, `.ci/run install` brings it"))
}

/// A file of a Python package in `tests/peers`; the path is relative to `site-packages`.
///
/// # Panics
/// If it is missing: a test that cannot run has failed.
#[must_use]
#[track_caller]
#[expect(clippy::panic, reason = "a test that cannot run has failed")]
pub fn wheel(name: &str) -> PathBuf {
    let versions = project().join("tests/peers/venv/lib").read_dir().into_iter().flatten();
    let packages = versions.flatten().map(|version| version.path().join("site-packages"));
    let found = packages.map(|folder| folder.join(name)).find(|file| file.is_file());
    found.unwrap_or_else(|| panic!("{name} is missing, `tests/peers/install` brings it"))
}
