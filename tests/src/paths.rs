//! Where the inputs of the tests lie.

use std::path::{Path, PathBuf};

/// The root of the project.
#[must_use]
pub fn project() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}

/// A file below `fixtures/`.
#[must_use]
pub fn fixture(name: &str) -> PathBuf {
    project().join("fixtures").join(name)
}

/// The collection of real logs beside the project, where there is one: it is not part of the
/// project, so whoever has the project alone tests without it.
#[must_use]
pub fn shared_cases() -> Option<PathBuf> {
    let shared = project().parent()?.join("shared");
    shared.is_dir().then(|| shared.join("cases"))
}
