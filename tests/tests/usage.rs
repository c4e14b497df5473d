//! The command line itself: help, manual pages, refusals, languages, and failures of the output.
#![cfg(test)]

use std::fs;
use std::process::{Command, Stdio};

use jwtick_tests::{fixture, jwtick, program, token, without_shared_files};

#[test]
fn help_and_version_exit_with_zero() {
    for arguments in [&["--help"][..], &["verify", "--help"], &["help", "sign"], &["--version"]] {
        let done = jwtick(arguments.iter().copied()).run();
        assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
        assert!(!done.stdout.is_empty(), "{done}");
    }
}

#[test]
fn unknown_arguments_are_usage_errors() {
    const ROWS: &[(&str, &[&str], &str)] = &[
        ("nothing", &[], "Usage: jwtick"),
        ("unknown command", &["diagnoze"], "diagnose"),
        ("unknown option", &["inspect", "--jsn"], "--json"),
        ("no key", &["verify", "a.b.c"], "--key"),
        (
            "two keys",
            &["verify", "--key", "a", "--secret-file", "b", "a.b.c"],
            "cannot be used with",
        ),
        ("no time", &["inspect", "--at", "tomorrow"], "RFC 3339"),
        ("no zone", &["inspect", "--at", "2017-02-28T18:39:51"], "names no zone"),
        ("no length", &["inspect", "--uncertainty", "soon"], "30s, 5m"),
        ("negative length", &["inspect", "--uncertainty", "-5m"], "but found a negative one"),
        ("no pause", &["clock", "--ntp", "a", "--watch", "0s"], "at least 1s"),
        ("negative pause", &["clock", "--ntp", "a", "--watch", "-5m"], "but found a negative one"),
        ("calendar", &["inspect", "--uncertainty", "1y"], "days (d)"),
        ("unknown algorithm", &["sign", "--key", "a", "--alg", "none"], "HS256"),
        ("unknown claim", &["verify", "--key", "a", "--require", "x", "-"], "exp, nbf"),
        (
            "two clocks",
            &["verify", "--key", "a", "--at", "0", "--at-least", "0", "-"],
            "--at-least",
        ),
        ("no language", &["inspect", "--lang", "fr"], "en, de, ko"),
        ("stdin twice", &["verify", "--key", "-", "-"], "cannot be both"),
    ];
    for &(name, arguments, part) in ROWS {
        let done = jwtick(arguments.iter().copied()).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{name}\n{done}");
        assert!(done.stderr.contains(part), "{name}\n{done}");
    }
}

#[test]
fn missing_command_prints_the_help() {
    for arguments in [&[][..], &["key"], &["config"], &["explain"]] {
        let done = jwtick(arguments.iter().copied()).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
        assert!(!done.stderr.starts_with("jwtick:"), "{done}");
        assert!(done.stderr.contains("Usage: jwtick"), "{done}");
    }
}

#[test]
fn help_lists_commands_by_task() {
    const TASKS: &[(&str, &str)] = &[
        ("Understand a failure:", "diagnose"),
        ("Tokens and keys:", "verify"),
        ("Clocks:", "clock"),
        ("Protect an API:", "serve"),
        ("Test servers:", "stand-in"),
        ("This program:", "config"),
    ];
    for arguments in [&["--help"][..], &["-h"], &["help"]] {
        let done = jwtick(arguments.iter().copied()).run();
        let mut lines = done.stdout.lines();
        for (task, first) in TASKS {
            assert!(lines.any(|line| line == *task), "{task}\n{done}");
            let next = lines.next().unwrap_or_default();
            assert!(next.starts_with(&format!("  {first} ")), "{task}\n{done}");
        }
        assert!(done.stdout.contains("Help, manual pages and usage errors"), "{done}");
    }
}

#[test]
fn help_of_a_command_ends_with_examples() {
    for (command, example) in [
        ("diagnose", "\n    jwtick diagnose --tz Europe/Berlin agent.log\n"),
        ("sign", "\n    --claim https://ims-na1.adobelogin.com/s/ent_aem_cloud_api=true"),
    ] {
        let done = jwtick([command, "--help"]).run();
        let (_, examples) = done.stdout.split_once("\nExamples:\n").unwrap();
        assert!(examples.contains(example), "{done}");
        assert!(!jwtick([command, "-h"]).run().stdout.contains("Examples:"), "{command}");
    }
}

#[test]
fn exit_codes_are_explained_in_three_languages() {
    const ROWS: &[(&str, &str)] = &[
        ("en", "  12  The clock is not known well enough to decide.\n"),
        ("de", "  12  Die Uhr ist nicht genau genug bekannt, um zu entscheiden.\n"),
        ("ko", "  12  판단할 만큼 시계를 정확히 알 수 없습니다.\n"),
    ];
    for &(language, line) in ROWS {
        let done = jwtick(["explain", "--exit-codes", "--lang", language]).run();
        assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
        assert!(done.stdout.contains(line), "{done}");
    }
}

#[test]
fn speaks_the_language_of_the_environment() {
    type Row = (&'static [(&'static str, &'static str)], &'static [&'static str], &'static str);
    const ROWS: &[Row] = &[
        (&[("LANG", "ko_KR.UTF-8")], &[], "클레임"),
        (&[("LANG", "ko_KR.UTF-8"), ("LC_MESSAGES", "de_DE")], &[], "Zeiten"),
        (&[("LC_MESSAGES", "de_DE"), ("LC_ALL", "C.UTF-8")], &[], "Times"),
        (&[("LC_ALL", ""), ("LANG", "de")], &[], "Zeiten"),
        (&[("LANG", "fr_FR.UTF-8")], &[], "Times"),
        (&[("LANG", "ko_KR.UTF-8")], &["--lang", "de"], "Zeiten"),
    ];
    let token = token(r#"{"exp":1488307191}"#);
    for &(environment, more, word) in ROWS {
        let arguments = ["inspect", &token].into_iter().chain(more.iter().copied());
        let run =
            environment.iter().fold(jwtick(arguments), |run, (name, value)| run.env(name, value));
        let done = run.run();
        assert!(done.stdout.contains(word), "{environment:?} {more:?}\n{done}");
    }
}

#[test]
fn completes_in_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let done = jwtick(["completions", shell]).run();
        assert_eq!(done.code(), 0, "{shell}");
        assert!(done.stdout.contains("at-least"), "{shell}");
    }
    assert_eq!(jwtick(["completions", "csh"]).run().code(), 2);
}

#[test]
fn key_ids_are_completed_from_local_files_only() {
    let folder = tempfile::tempdir().unwrap();
    let set = folder.path().join("set.json");
    let key = |id: &str| format!(r#"{{"kty":"oct","k":"AAAA","kid":"{id}"}}"#);
    let keys = ["a-1", "b:2", "x y", "$(id)", "`id`", ""].map(key).join(",");
    fs::write(&set, format!(r#"{{"keys":[{keys}]}}"#)).unwrap();
    let kids = |file: &str| jwtick(["completions", "--kids", file]).run();
    let done = kids(&set.display().to_string());
    assert_eq!((done.code(), done.stdout.as_str()), (0, "a-1\nb:2\n"), "{done}");
    for other in ["https://127.0.0.1:9/jwks", "-", "/dev/zero", "/", "missing"] {
        let done = kids(other);
        assert_eq!((done.code(), done.stdout.as_str()), (0, ""), "{other}: {done}");
    }
    let help = jwtick(["completions", "--help"]).run().stdout;
    assert!(!help.contains("kids"), "{help}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = jwtick(["completions", shell]).run().stdout;
        let offers = ["--kids ", "'--kids'", "--kids=[", "-l kids"];
        assert!(!offers.iter().any(|offer| script.contains(offer)), "{shell}");
    }
}

#[test]
fn refused_values_show_the_expected_form() {
    let rows: &[(&[&str], &str)] = &[
        (&["clock", "--warn=-1s:"], "expected AHEAD:BEHIND, two durations such as -1s:5s"),
        (&["clock", "--crit=:5s"], "expected AHEAD:BEHIND"),
        (&["clock", "--warn=5s:-1s"], "expected AHEAD:BEHIND with the smaller offset first"),
        (&["verify", "--claim", "=x"], "expected NAME=VALUE, but found no name before `=`"),
        (&["sign", "--header", "=x"], "expected NAME=VALUE, but found no name"),
        (&["sign", "--claim", "x"], "expected NAME=VALUE"),
    ];
    for &(arguments, expected) in rows {
        let done = jwtick(arguments.iter().copied()).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{arguments:?}: {done}");
        assert!(done.stderr.contains(expected), "{arguments:?}: {done}");
    }
    let at = jwtick(["sign", "--key", "@key.pem"]).run();
    assert_eq!(at.code(), 1, "{at}");
    assert!(at.stderr.contains("write the name of the file without @"), "{at}");
    let none = ["probe", "--issuer", "a", "--token-url", "http://127.0.0.1:9/token"];
    let none = jwtick(none).run();
    assert_eq!(none.code(), 2, "{none}");
    assert!(none.stderr.contains("no key signs the assertion: pass --key FILE"), "{none}");
}

#[test]
fn reader_that_leaves_keeps_the_exit_code() {
    let done = jwtick(["completions", "zsh"]).deaf().run();
    assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
    let secret = fixture("keys/hs.secret").display().to_string();
    let done = jwtick(["verify", "--secret-file", &secret, &token(r#"{"exp":1}"#)]).deaf().run();
    assert_eq!((done.code(), &*without_shared_files(&done.stderr)), (10, ""), "{done}");
}

#[test]
#[cfg(target_os = "linux")]
fn full_disk_is_an_error() {
    let full = fs::File::create("/dev/full").unwrap();
    let mut run = Command::new(program());
    run.args(["inspect", &token("{}")]).stdout(Stdio::from(full)).stderr(Stdio::piped());
    let done = run.output().unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("standard output"), "{done:?}");
}

#[test]
fn folders_are_refused_with_a_hint() {
    let folder = fixture("").display().to_string();
    let token = token("{}");
    let rows: &[(&[&str], &str)] = &[
        (&["inspect", &folder], "token.txt"),
        (&["verify", "--key", &folder, &token], "key.jwk"),
        (&["sign", "--secret-env", "S", "--claims", &folder], "claims.json"),
    ];
    for &(arguments, example) in rows {
        let done = jwtick(arguments.iter().copied()).run();
        assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{done}");
        assert!(done.stderr.contains("is a folder") && done.stderr.contains(example), "{done}");
    }
}

#[test]
fn text_without_a_token_differs_from_a_missing_file() {
    let readme = fixture("README.md").display().to_string();
    for (text, part) in [(readme.as_str(), "in the input:"), ("nosuch.txt", "no file of that name")]
    {
        let done = jwtick(["inspect", text]).run();
        assert_eq!((done.code(), done.stdout.as_str()), (14, ""), "{done}");
        assert!(done.stderr.contains(part), "{done}");
    }
    let secret = fixture("keys/hs.secret").display().to_string();
    let done = jwtick(["verify", "--secret-file", &secret, &readme]).run();
    assert!(done.code() == 14 && done.stderr.contains("no token in the input:"), "{done}");
}

#[test]
#[cfg(unix)]
fn file_names_may_be_any_bytes() {
    use std::os::unix::ffi::OsStringExt;
    let name = std::ffi::OsString::from_vec(b"jwtick-\xff\x1b[31m.txt".to_vec());
    let path = std::env::temp_dir().join(name);
    fs::write(&path, token(r#"{"iss":"joe"}"#)).unwrap();
    let read = jwtick(["inspect".as_ref(), path.as_os_str()]).run();
    fs::remove_file(&path).unwrap();
    assert!(read.code() == 0 && read.stdout.contains("joe"), "{read}");
    for command in ["diagnose", "inspect"] {
        let done = jwtick([command.as_ref(), path.as_os_str()]).run();
        assert!(!done.stderr.contains('\u{1b}'), "{done}");
    }
}

#[test]
fn prints_the_main_page() {
    let done = jwtick(["man"]).run();
    assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
    assert!(done.stdout.starts_with(".TH jwtick 1 "), "{done}");
}

#[test]
fn writes_a_page_for_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("share/man1");
    // The second run overwrites the pages of the first.
    for _ in 0..2 {
        let done = jwtick(["man".as_ref(), path.as_os_str()]).run();
        assert_eq!(
            (done.code(), done.stdout.as_str(), done.stderr.as_str()),
            (0, "", ""),
            "{done}"
        );
    }
    let mut names: Vec<String> = fs::read_dir(&path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in ["jwtick.1", "jwtick-diagnose.1", "jwtick-key-generate.1", "jwtick-stand-in.1"] {
        assert!(names.iter().any(|it| it == name), "{name}: {names:?}");
    }
    assert!(names.iter().all(|name| name.ends_with(".1")), "{names:?}");
    assert!(folder.path().join("share/man5/jwtick.toml.5").is_file());
}

#[test]
fn path_that_is_no_folder_is_refused() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let done = jwtick(["man".as_ref(), file.path().as_os_str()]).run();
    assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{done}");
    assert!(done.stderr.contains("cannot write "), "{done}");
}
