//! The program under test, built once per test process.

use std::env;
use std::ffi::OsString;
use std::io::{self, Error};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde::Deserialize;

/// One line of `cargo build --message-format json`.
#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    target: Target,
    #[serde(default)]
    executable: Option<PathBuf>,
}

#[derive(Deserialize, Default)]
struct Target {
    kind: Vec<String>,
}

/// Names the profile of the program, if it is not that of the tests: `release` tests what is shipped
/// without optimizing some thirty test programs.
const PROFILE: &str = "JWTICK_TEST_PROFILE";

/// The profile that `cargo test` builds the tests with.
const OWN: &str = if cfg!(debug_assertions) { "dev" } else { "release" };

fn profile() -> String {
    env::var(PROFILE).unwrap_or_else(|_| OWN.to_owned())
}

/// Returns true if the program under test is built with optimization.
#[must_use]
pub fn is_optimized() -> bool {
    profile() != "dev"
}

/// The path of the program, built with the profile of the tests unless `JWTICK_TEST_PROFILE` names another.
///
/// Cargo passes the path of a program only to tests of the program's own package, so the harness runs
/// Cargo; that takes a tenth of a second if nothing needs to be built.
pub(crate) fn path() -> Result<&'static Path, &'static str> {
    static PATH: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let built =
        PATH.get_or_init(|| build().map_err(|error| format!("cannot build jwtick: {error}")));
    built.as_deref().map_err(String::as_str)
}

fn build() -> io::Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut build = Command::new(cargo);
    build.args(["build", "--bin", "jwtick", "--quiet"]);
    build.args(["--message-format", "json-render-diagnostics", "--profile", &profile()]);
    if profile() == OWN {
        // Selects the features that `cargo test --workspace` selects: with others, Cargo would
        // build most libraries a second time. The test program itself is built already.
        build.args(["--workspace", "--test", "end_to_end"]);
    }
    // Cargo's variables for this test package would cause rebuilds of other packages (ring reads them).
    let told = |name: &OsString| {
        let name = name.to_string_lossy();
        name.starts_with("CARGO_MANIFEST_") || name.starts_with("CARGO_PKG_")
    };
    env::vars_os().map(|(name, _)| name).filter(told).for_each(|name| _ = build.env_remove(name));
    let output = build.current_dir(crate::project()).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(Error::other(format!("cargo ended with {}", output.status)));
    }
    executable(&output.stdout).ok_or_else(|| Error::other("cargo named no executable"))
}

fn executable(messages: &[u8]) -> Option<PathBuf> {
    messages
        .split(|&byte| byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<Message>(line).ok())
        .filter(|message| message.target.kind == ["bin"])
        .find_map(|message| message.executable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_executable_among_messages() {
        let messages = concat!(
            r#"{"reason":"compiler-artifact","executable":null}"#,
            "\n",
            r#"{"reason":"compiler-artifact","target":{"kind":["test"]},"executable":"/t/debug/t"}"#,
            "\n",
            r#"{"reason":"compiler-artifact","target":{"kind":["bin"]},"executable":"/t/debug/jwtick"}"#,
            "\n",
            r#"{"reason":"build-finished","success":true}"#,
            "\n"
        );
        assert_eq!(executable(messages.as_bytes()), Some(PathBuf::from("/t/debug/jwtick")));
        assert_eq!(executable(b""), None);
    }
}
