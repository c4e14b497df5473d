//! The manual pages, checked by mandoc and man.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use jwtick_tests::{jwtick, tool};
use tempfile::TempDir;

/// clap_mangen writes this before the values of an option; mandoc reports one redundant break.
const ACCEPTED: &[&str] = &["br before sp", "br after sp"];

fn pages(folder: &TempDir) -> Vec<PathBuf> {
    let path = folder.path().join("man1");
    let done = jwtick(["man".as_ref(), path.as_os_str()]).run();
    assert_eq!((done.code(), done.stdout.as_str(), done.stderr.as_str()), (0, "", ""), "{done}");
    let mut pages: Vec<PathBuf> =
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    assert!(pages.len() > 12, "{pages:?}");
    pages
}

fn output(command: &mut Command) -> String {
    let done = command.env("LC_ALL", "C.UTF-8").env("MANWIDTH", "80").output().unwrap();
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    text(&done.stdout) + &text(&done.stderr)
}

#[test]
fn mandoc_reports_no_error() {
    let folder = tempfile::tempdir().unwrap();
    for page in pages(&folder) {
        let found =
            output(Command::new(tool("mandoc")).args(["-Tlint", "-W", "warning"]).arg(&page));
        let faults: Vec<&str> = found
            .lines()
            .filter(|line| !ACCEPTED.iter().any(|accepted| line.contains(accepted)))
            .collect();
        assert!(faults.is_empty(), "{}: {faults:#?}", page.display());
    }
}

#[test]
fn man_shows_every_section() {
    let folder = tempfile::tempdir().unwrap();
    for page in pages(&folder) {
        let shown = output(Command::new(tool("man")).arg("-l").arg(&page));
        let headings: Vec<&str> =
            shown.lines().filter(|line| line.starts_with(|c: char| c.is_uppercase())).collect();
        for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "ENVIRONMENT", "FILES"] {
            assert!(headings.contains(&section), "{}: {section}\n{shown}", page.display());
        }
    }
}
