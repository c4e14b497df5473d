//! Paths of the test inputs.

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
