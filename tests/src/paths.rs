//! Paths of the test inputs, and of programs that must be installed in addition to Rust and gcc.

use std::env;
use std::path::{Path, PathBuf};

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
