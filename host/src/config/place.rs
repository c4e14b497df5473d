//! Where a configuration file lies when nobody says where.

use std::env;
use std::path::PathBuf;

/// The variable of the environment that names a file.
pub(super) const VARIABLE: &str = "JWTICK_CONFIG";

/// The file that the environment names.
pub(super) fn named() -> Option<PathBuf> {
    variable(VARIABLE)
}

/// The usual places, the first one that has a file counts: the user's own (XDG Base Directory
/// Specification; on Windows `%APPDATA%`), the machine's.
pub(crate) fn usual() -> Vec<PathBuf> {
    let own = folder().map(|folder| folder.join("jwtick").join("jwtick.toml"));
    let shared = cfg!(unix).then(|| PathBuf::from("/etc/jwtick/jwtick.toml"));
    own.into_iter().chain(shared).collect()
}

fn folder() -> Option<PathBuf> {
    if cfg!(windows) {
        return variable("APPDATA");
    }
    // A relative path is invalid and to be ignored (XDG Base Directory Specification).
    let told = variable("XDG_CONFIG_HOME").filter(|folder| folder.is_absolute());
    told.or_else(|| Some(variable("HOME")?.join(".config")))
}

fn variable(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}
