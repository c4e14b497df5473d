//! The manual pages, checked by mandoc and man.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use jwtick_tests::{jwtick, program, tool};
use tempfile::TempDir;

/// clap_mangen writes a break before the values of an option; mandoc reports one that is redundant. The
/// pages have no date, so that every build gives the same.
const ACCEPTED: &[&str] = &["br before sp", "br after sp", "missing date"];

fn pages(folder: &TempDir) -> Vec<PathBuf> {
    let path = folder.path().join("man1");
    let done = jwtick(["man".as_ref(), path.as_os_str()]).run();
    assert_eq!((done.code(), done.stdout.as_str(), done.stderr.as_str()), (0, "", ""), "{done}");
    let mut pages: Vec<PathBuf> =
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.push(folder.path().join("man5/jwtick.toml.5"));
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
fn pages_are_the_same_on_another_day() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, date: &str| {
        let path = folder.path().join(name);
        let mut run = Command::new(tool("faketime"));
        let done = run.arg(date).arg(program()).arg("man").arg(&path).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        path
    };
    let (one, other) = (write("one", "2020-02-03 04:05:06"), write("other", "2033-04-05 06:07:08"));
    for page in fs::read_dir(&one).unwrap() {
        let name = page.unwrap().file_name();
        let text = fs::read_to_string(one.join(&name)).unwrap();
        assert_eq!(text, fs::read_to_string(other.join(&name)).unwrap(), "{name:?}");
        // Nor does it hold the day of the build, the third word of its title.
        let title = text.lines().find(|line| line.starts_with(".TH ")).unwrap();
        assert!(title.split(' ').nth(3) == Some("\"\""), "{title}");
    }
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
        let of_command = ["SYNOPSIS", "EXIT STATUS", "ENVIRONMENT"];
        let is_command = page.extension().is_some_and(|section| section == "1");
        let sections = ["NAME", "DESCRIPTION", "FILES"].iter();
        for section in sections.chain(of_command.iter().filter(|_| is_command)) {
            assert!(headings.contains(section), "{}: {section}\n{shown}", page.display());
        }
    }
}
