//! `jwtick.toml`: its location, its settings, and the messages for mistakes in it.
#![cfg(test)]

use std::fs;
use std::path::Path;

use jwtick_tests::{Command, Outcome, fixture, jwtick, token};
use tempfile::TempDir;

fn folder_with(text: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("jwtick")).unwrap();
    fs::write(folder.path().join("jwtick/jwtick.toml"), text).unwrap();
    folder
}

fn file(folder: &TempDir) -> String {
    folder.path().join("jwtick/jwtick.toml").display().to_string()
}

fn under(folder: &Path, arguments: &[&str]) -> Command {
    jwtick(arguments.iter().copied()).env("XDG_CONFIG_HOME", folder)
}

#[track_caller]
fn check(text: &str, more: &[&str]) -> Outcome {
    let folder = folder_with(text);
    let mut arguments = vec!["config", "check"];
    arguments.extend(more);
    under(folder.path(), &arguments).run()
}

#[test]
fn check_shows_settings_and_their_origin() {
    let done = check("ntp = [\"a.example\"]\n\nmax-offset = \"10ms\"\n", &[]);
    assert_eq!(done.code(), 0, "{done}");
    let rows: Vec<Vec<&str>> =
        done.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    for row in [
        &["ntp", "ntp:a.example", "line", "1"][..],
        &["http", "none", "default"],
        &["max-offset", "10", "ms", "line", "3"],
        &["warn", "10", "ms", "default"],
        &["crit", "1", "min", "default"],
        &["leeway", "0", "s", "default"],
    ] {
        assert!(rows.iter().any(|met| met == row), "{row:?}\n{done}");
    }
}

#[test]
fn init_writes_a_file_that_changes_nothing() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("jwtick/jwtick.toml");
    let done = under(home.path(), &["config", "init"]).run();
    assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
    assert!(done.stdout.contains(&*path.to_string_lossy()), "{done}");
    let printed = jwtick(["config", "init", "-"]).run();
    assert_eq!(printed.stdout, fs::read_to_string(&path).unwrap());
    let checked = under(home.path(), &["config", "check"]).run();
    assert_eq!((checked.code(), checked.stdout.matches("line ").count()), (0, 0), "{checked}");
    // What is uncommented is understood; the host's own tests read the tables.
    let (top, _) = printed.stdout.split_once("# [serve]\n").unwrap();
    let lines = top.lines().map(|line| line.trim_start_matches("# "));
    let settings: Vec<&str> = lines.filter(|line| line.contains(" = ")).collect();
    fs::write(&path, settings.join("\n")).unwrap();
    let checked = under(home.path(), &["config", "check"]).run();
    assert_eq!(checked.stdout.matches("line ").count(), settings.len(), "{checked}");
}

#[test]
#[cfg(unix)]
fn init_makes_a_file_that_only_its_owner_can_write() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("jwtick.toml");
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "umask 0 && \"$0\" config init \"$1\""]).arg(jwtick_tests::program());
    assert!(shell.arg(&path).env_clear().output().unwrap().status.success());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o644);
}

#[test]
fn init_replaces_no_file() {
    let folder = folder_with("warn = \"2s\"\n");
    let other = folder.path().join("other.toml").display().to_string();
    let runs = [
        ("the usual file", under(folder.path(), &["config", "init"])),
        ("an argument", jwtick(["config", "init", &file(&folder)])),
        ("an option", jwtick(["config", "init", "--config", &file(&folder)])),
        ("a variable", jwtick(["config", "init"]).env("JWTICK_CONFIG", file(&folder))),
    ];
    for (name, run) in runs {
        let done = run.run();
        assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{name}: {done}");
        assert!(done.stderr.contains("already exists"), "{name}: {done}");
    }
    assert_eq!(fs::read_to_string(file(&folder)).unwrap(), "warn = \"2s\"\n");
    for language in ["en", "de", "ko"] {
        let _ = fs::remove_file(&other);
        let done = jwtick(["config", "init", &other, "--lang", language]).run();
        assert!(done.code() == 0 && done.stdout.contains("jwtick config check"), "{done}");
    }
    let done = jwtick(["config", "init", &other, "--config", &other]).run();
    assert_eq!(done.code(), 2, "{done}");
}

#[test]
fn missing_file_is_accepted() {
    let nowhere = Path::new("/nonexistent");
    for run in [under(nowhere, &["config", "check"]), jwtick(["config", "check"])] {
        let done = run.run();
        assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
        assert!(done.stdout.contains("No configuration file found"), "{done}");
    }
    let done = under(nowhere, &["inspect", &token("{}")]).run();
    assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
}

#[test]
fn file_named_explicitly_must_exist() {
    let runs = [
        (
            "variable",
            jwtick(["inspect", &token("{}")]).env("JWTICK_CONFIG", "/nonexistent"),
            " (JWTICK_CONFIG)",
        ),
        ("option", jwtick(["inspect", &token("{}"), "--config", "/nonexistent"]), ""),
    ];
    for (name, run, by) in runs {
        let done = run.run();
        assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{name}\n{done}");
        let expected = format!("cannot read the configuration /nonexistent{by}: ");
        assert!(done.stderr.contains(&expected), "{name}\n{done}");
    }
}

#[test]
fn only_the_nearest_file_counts() {
    let (own, named) = (folder_with("warn = \"2s\""), folder_with("crit = \"90s\""));
    let home = TempDir::new().unwrap();
    fs::create_dir_all(home.path().join(".config/jwtick")).unwrap();
    fs::write(home.path().join(".config/jwtick/jwtick.toml"), "warn = \"3s\"").unwrap();
    let runs = [
        ("home", jwtick(["config", "check"]).env("HOME", home.path()), "3 s"),
        ("XDG", under(own.path(), &["config", "check"]).env("HOME", home.path()), "2 s"),
        ("empty", under(Path::new(""), &["config", "check"]).env("HOME", home.path()), "3 s"),
        (
            "variable",
            under(own.path(), &["config", "check"]).env("JWTICK_CONFIG", file(&named)),
            "1 min 30 s",
        ),
        (
            "option",
            under(own.path(), &["config", "check", "--config", &file(&named)]),
            "1 min 30 s",
        ),
        ("argument", under(own.path(), &["config", "check", &file(&named)]), "1 min 30 s"),
    ];
    for (name, run, value) in runs {
        let done = run.run();
        assert!(done.code() == 0 && done.stdout.contains(value), "{name}\n{done}");
        assert_eq!(done.stdout.matches("line 1").count(), 1, "{name}\n{done}");
    }
}

#[test]
fn mistake_is_reported_with_its_line() {
    const ROWS: &[(&str, &str, &[&str])] = &[
        (
            "unknown key",
            "\nmax-ofset = \"1s\"\n",
            &[":2:1: ", "unknown key `max-ofset`", "did you mean max-offset"],
        ),
        ("no duration", "timeout = \"soon\"", &[":1:11: ", "30s, 5m"]),
        ("no list", "ntp = \"a\"", &[":1:7: ", "expected a list of texts"]),
        ("no TOML", "ntp = [\n", &["jwtick.toml:"]),
        ("no URL", "http = [\"www.example\"]", &[":1:9: ", "http:// or https://"]),
    ];
    for &(name, text, parts) in ROWS {
        let done = check(text, &[]);
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{name}\n{done}");
        let said = |part: &&&str| done.stderr.contains(**part);
        assert_eq!(parts.iter().filter(said).count(), parts.len(), "{name}\n{done}");
        for language in ["de", "ko"] {
            let other = check(text, &["--lang", language]);
            assert_eq!(other.code(), 2, "{name}\n{other}");
        }
    }
}

#[test]
fn faulty_file_stops_commands_that_read_it() {
    let folder = folder_with("colour = 1");
    let token = token("{}");
    for arguments in [&["inspect", &token][..], &["clock", "--ntp", "127.0.0.1"], &["diagnose"]] {
        let done = under(folder.path(), arguments).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
        assert!(done.stderr.contains("jwtick.toml:1:1: unknown key"), "{done}");
    }
    for arguments in [&["completions", "bash"][..], &["--help"], &["clock", "--help"]] {
        let done = under(folder.path(), arguments).run();
        assert_eq!(done.code(), 0, "{done}");
    }
    let missing = jwtick(["inspect", &token, "--config", "/nonexistent.toml"]).run();
    assert_eq!((missing.code(), missing.stdout.as_str()), (1, ""), "{missing}");
}

#[test]
fn language_of_the_file_overrides_the_locale() {
    let folder = folder_with("language = \"ko\"");
    let token = token(r#"{"exp":1}"#);
    let locale = || under(folder.path(), &["inspect", &token]).env("LANG", "de_DE.UTF-8");
    assert!(locale().run().stdout.contains("클레임"));
    let told = under(folder.path(), &["inspect", &token, "--lang", "de"]).run();
    assert!(told.stdout.contains("Zeiten"), "{told}");
}

#[test]
fn leeway_and_uncertainty_of_the_file_are_defaults() {
    let secret = fixture("keys/hs.secret").display().to_string();
    let token = token(r#"{"exp":1000}"#);
    let run = |text: &str, more: &[&str]| {
        let folder = folder_with(text);
        let mut arguments = vec!["verify", "--secret-file", &secret, "--at", "1005", &token];
        arguments.extend(more);
        under(folder.path(), &arguments).run()
    };
    let verify = |text: &str, more: &[&str]| run(text, more).code();
    assert_eq!(verify("", &[]), 10);
    assert_eq!(verify("leeway = \"30s\"", &[]), 0);
    assert_eq!(verify("leeway = \"30s\"", &["--leeway", "0s"]), 10);
    assert_eq!(verify("uncertainty = \"10s\"", &[]), 12);
    assert_eq!(verify("uncertainty = \"10s\"", &["--uncertainty", "0s"]), 10);
    let said = run("\nleeway = \"30s\"", &[]);
    assert!(
        said.stdout.contains("  leeway: 30 s (") && said.stdout.contains("jwtick.toml:2)"),
        "{said}"
    );
    assert!(!run("leeway = \"30s\"", &["--leeway", "0s"]).stdout.contains("leeway"));
}
