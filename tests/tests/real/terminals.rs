//! Terminals: output on those of every width and on one without capabilities, and completion scripts,
//! loaded by each shell, with a Tab typed.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use jwtick_tests::{Outcome, Stage, jwtick, key_form, program, project, tool};

/// The typed text, and the completed command line.
const ROWS: &[(&str, &str, &str)] = &[
    ("a command", "jwtick diag\t", "diagnose"),
    ("a command below another", "jwtick key gen\t", "key generate"),
    ("the value of an option", "jwtick clock --format n\t", "clock --format nagios"),
    ("a value of every command", "jwtick inspect --lang k\t", "inspect --lang ko"),
    ("an option", "jwtick verify --secret-f\t", "verify --secret-file"),
    ("an algorithm", "jwtick sign --alg EdD\t", "sign --alg EdDSA"),
    ("a claim", "jwtick verify --require j\t", "verify --require jti"),
    ("the zone of this host", "jwtick diagnose --tz lo\t", "diagnose --tz local"),
    ("a zone", "jwtick diagnose --tz Europe/Berl\t", "diagnose --tz Europe/Berlin"),
    ("a file", "jwtick verify --key only-a-f\t", "verify --key only-a-file"),
    (
        "a key ID",
        "jwtick sign --key \"my set.json\" --kid pla\t",
        "sign --key my set.json --kid plain:1",
    ),
    (
        "a key ID after =",
        "jwtick sign --key=only-a-set --kid pla\t",
        "sign --key=only-a-set --kid plain:1",
    ),
];

/// The name of a file is no value of these options, so nothing is completed.
const NO_FILE: &[&str] = &[
    "sign --kid only-a-f",
    "sign --alg only-a-f",
    "diagnose --tz only-a-f",
    "verify --leeway only-a-f",
    "clock --ntp only-a-f",
];

const FILE: &str = "only-a-file";

/// Replaces `jwtick` and prints its arguments.
const ECHO: &str = "jwtick() { printf '<%s>\\n' \"$*\"; }\n";

/// A terminal for a shell, with the typed text as its input.
const SHELL: &str =
    "import os,pty,sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

/// Key IDs of a set. A shell must neither evaluate nor offer the second one.
const SET: &str = r#"{"keys":[{"kty":"oct","kid":"plain:1","k":"AAAA"},
    {"kty":"oct","kid":"plain$(touch evaluated)","k":"AAAA"}]}"#;

/// Writes the files that are completed, and returns the folder of the program.
fn with_keys(folder: &Path) -> String {
    for (name, text) in [(FILE, ""), ("my set.json", SET), ("only-a-set", SET)] {
        fs::write(folder.join(name), text).unwrap();
    }
    let bin = folder.join("bin");
    fs::create_dir(&bin).unwrap();
    std::os::unix::fs::symlink(program(), bin.join("jwtick")).unwrap();
    bin.display().to_string()
}

#[track_caller]
fn script(shell: &str, file: &Path) {
    let done = jwtick(["completions", shell]).run();
    assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
    fs::write(file, done.stdout).unwrap();
}

/// Returns the output of an interactive shell after all rows were typed.
fn typed(folder: &Path, shell: &[&str]) -> String {
    let mut command = Command::new(tool("python3"));
    command.args(["-c", SHELL]).arg(tool(shell[0])).args(&shell[1..]);
    command.env_clear().env("TERM", "dumb").env("ZDOTDIR", folder).env("HOME", folder);
    command.env("PATH", "/usr/bin:/bin").current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let bin = with_keys(folder);
    command.env("PATH", format!("{bin}:/usr/bin:/bin"));
    let mut child = command.spawn().unwrap();
    let mut lines: String = ROWS.iter().map(|(_, typed, _)| format!("{typed}\n")).collect();
    lines.extend(NO_FILE.iter().map(|typed| format!("jwtick {typed}\t\n")));
    child.stdin.take().unwrap().write_all(format!("{lines}exit\n").as_bytes()).unwrap();
    String::from_utf8_lossy(&child.wait_with_output().unwrap().stdout).into_owned()
}

#[track_caller]
fn check(shell: &str, shown: &str) {
    for (name, _, called) in ROWS {
        let (exact, with_sign) = (format!("<{called}>"), format!("<{called}=>"));
        // zsh adds `=` to show that a value may follow.
        let found = shown.contains(&exact) || shown.contains(&with_sign);
        assert!(found, "{shell}, {name}: {called} in\n{shown}");
    }
    for typed in NO_FILE {
        assert!(shown.contains(&format!("<{typed}>")), "{shell}: {typed} in\n{shown}");
    }
}

#[test]
fn bash_completes_commands_and_options() {
    let folder = tempfile::tempdir().unwrap();
    script("bash", &folder.path().join("jwtick.bash"));
    fs::write(folder.path().join("rc"), format!("source ./jwtick.bash\n{ECHO}")).unwrap();
    check("bash", &typed(folder.path(), &["bash", "--rcfile", "rc", "-i"]));
}

#[test]
fn zsh_completes_commands_and_options() {
    let folder = tempfile::tempdir().unwrap();
    script("zsh", &folder.path().join("_jwtick"));
    let setup = format!("fpath=($ZDOTDIR $fpath)\nautoload -Uz compinit && compinit -u -D\n{ECHO}");
    fs::write(folder.path().join(".zshrc"), setup).unwrap();
    check("zsh", &typed(folder.path(), &["zsh", "-i"]));
}

#[test]
fn fish_completes_commands_and_options() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jwtick.fish");
    script("fish", &file);
    let bin = with_keys(folder.path());
    let offers = |typed: &str| {
        let line = format!("source {}; complete -C '{}'", file.display(), typed.trim_end());
        let mut fish = Command::new(tool("fish"));
        fish.args(["-N", "-c", &line])
            .env("HOME", folder.path())
            .env("PATH", format!("{bin}:/usr/bin:/bin"))
            .current_dir(folder.path());
        let done = fish.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    for (name, typed, called) in ROWS {
        let (shown, word) = (offers(typed), called.rsplit(' ').next().unwrap());
        let offered = shown.lines().any(|offer| offer.split('\t').next() == Some(word));
        assert!(offered, "{name}: {word} in\n{shown}");
    }
    for typed in NO_FILE {
        assert_eq!(offers(&format!("jwtick {typed}")), "", "{typed}");
    }
}

/// A terminal for the program, `$COLS` columns wide, on which nothing is typed: it would be shown among the lines
/// of the program.
const TERMINAL: &str = "chmod 600 secret.bin && exec python3 -c 'import os,pty,sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn([\"sh\", \"-c\", \
\"stty cols $COLS rows 24 && exec \\\"$@\\\"\", \"sh\"] + sys.argv[1:])))' \"$@\" </dev/null";

const COMMANDS: &[(&[&str], i32)] = &[
    (&["diagnose", "a.log"], 20),
    (&["inspect", "token.txt"], 0),
    (&["verify", "--secret-file", "secret.bin", "--at", "0", "eyJhbGciOiJIUzI1NiJ9.e30.AA"], 13),
    (&["config", "check"], 0),
    (&["explain", "--exit-codes"], 0),
    (&["clock", "--http", "http://127.0.0.1:9/"], 1),
];

fn shown(command: &[&str], variables: &[(&str, &str)]) -> Outcome {
    let stage = Stage::new();
    let run = stage.run(TERMINAL, command).env("LANG", "C.UTF-8");
    variables.iter().fold(run, |run, (name, value)| run.env(name, value)).run()
}

/// Only unbreakable words and commands to copy may be wider than the terminal.
fn is_broken(line: &str) -> bool {
    let words = line.trim();
    let quoted = words.starts_with('`') && words.trim_end_matches([',', '.']).ends_with('`');
    quoted || !words.contains(' ') || words.split(' ').any(|word| word.chars().count() > 15)
}

#[test]
fn every_line_fits_the_terminal() {
    for columns in [20, 40, 80, 200] {
        for &(command, exit) in COMMANDS {
            let width = columns.to_string();
            let done = shown(command, &[("COLS", &width), ("NO_COLOR", "1")]);
            assert_eq!(done.code(), exit, "{columns} columns: {done}");
            for line in done.stdout.lines().map(str::trim_end) {
                let fits = line.chars().count() <= columns || is_broken(line);
                assert!(fits, "{columns} columns: {line:?} in\n{done}");
            }
        }
    }
}

#[test]
fn help_fits_the_terminal() {
    const COMMANDS: &[&str] = &[
        "diagnose",
        "inspect",
        "probe",
        "rehearse",
        "verify",
        "sign",
        "key",
        "clock",
        "stand-in",
        "config",
        "explain",
        "completions",
        "man",
    ];
    let commands: Vec<Vec<&str>> = COMMANDS.iter().map(|name| vec![*name, "--help"]).collect();
    for columns in [40, 80] {
        for command in commands.iter().map(Vec::as_slice).chain([&["--help"][..]]) {
            let done = shown(command, &[("COLS", &columns.to_string()), ("NO_COLOR", "1")]);
            assert_eq!(done.code(), 0, "{columns} columns: {done}");
            assert!(!done.stdout.contains('\u{1b}'), "{done}");
            for line in done.stdout.lines().map(str::trim_end) {
                // clap does not break the usage.
                let is_usage = columns == 40 && line.contains("jwtick ");
                let fits = line.chars().count() <= columns || is_usage || is_broken(line);
                assert!(fits, "{columns} columns: {line:?} in\n{done}");
            }
        }
    }
}

#[test]
fn recordings_are_what_is_printed() {
    let mut check = Command::new(tool("python3"));
    let script = project().join("tests/recording");
    let done = check.arg(script).arg("--check").arg(program()).output().unwrap();
    let shown = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "run tests/recording PROGRAM and look at the picture\n{shown}");
}

#[test]
fn colour_needs_a_capable_terminal() {
    let rows: &[(&[(&str, &str)], bool)] = &[
        (&[("TERM", "xterm")], true),
        (&[("TERM", "xterm"), ("NO_COLOR", "1")], false),
        (&[("TERM", "dumb")], false),
    ];
    for &(variables, coloured) in rows {
        for &(command, _) in COMMANDS {
            let done = shown(command, &[variables, &[("COLS", "80")]].concat());
            let met = done.stdout.contains('\u{1b}');
            assert_eq!(met, coloured, "{variables:?}: {done}");
        }
    }
}

/// Runs a program on a terminal, types a text when it asks, and prints what the terminal showed, and whether
/// the terminal would show the next line.
const ASKED: &str = r"
import os, pty, sys, termios
typed = sys.argv[1].encode().decode('unicode_escape').encode()
process, terminal = pty.fork()
if process == 0:
    os.execv(sys.argv[2], sys.argv[2:])
shown = b''
while not shown.rstrip().endswith(b':'):
    shown += os.read(terminal, 1)
os.write(terminal, typed)
echoes = termios.tcgetattr(terminal)[3] & termios.ECHO
try:
    while part := os.read(terminal, 4096):
        shown += part
        echoes = termios.tcgetattr(terminal)[3] & termios.ECHO
except OSError:
    pass
_, status = os.waitpid(process, 0)
print(shown.decode(), '<code %d, echo %s>' % (os.waitstatus_to_exitcode(status), bool(echoes)))
";

#[test]
fn password_is_asked_for_and_not_shown() {
    let key = key_form("encrypted.pkcs8.pem");
    let rows = [
        ("right", r"throw-away\r", "<code 0, echo True>"),
        ("edited", r"wrong\x15throw-awayx\x7f\n", "<code 0, echo True>"),
        ("wrong", r"another\r", "<code 1, echo True>"),
        ("interrupted", r"throw\x03", "<code 1, echo True>"),
    ];
    for (name, typed, ends) in rows {
        let mut command = Command::new(tool("python3"));
        command.args(["-c", ASKED, typed]).arg(program()).args(["key", "thumbprint"]).arg(&key);
        let output = command.env("LANG", "C").stdin(Stdio::null()).output().unwrap();
        let shown = String::from_utf8_lossy(&output.stdout);
        assert!(shown.contains("Password of "), "{name}\n{shown}");
        assert!(shown.trim_end().ends_with(ends), "{name}\n{shown}");
        assert!(!shown.contains("throw") && !shown.contains("another"), "{name}\n{shown}");
    }
}
