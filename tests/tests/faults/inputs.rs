//! Inputs that cannot be read, or only with errors.

use jwtick_tests::Fault;

const fn stdin(name: &'static str, done: &'static str, rest: Rest) -> Fault {
    let (command, exit, says) = rest;
    Fault { name, done, command, exit, says }
}

/// A command, its exit code and part of its message.
type Rest = (&'static [&'static str], i32, &'static str);

const CLOSED: &[Rest] = &[
    (&["diagnose", "--json"], 21, "undetermined"),
    (&["diagnose", "-"], 21, "The input is empty"),
    (&["inspect"], 14, "the input is empty"),
    (&["inspect", "--json", "-"], 14, "the input is empty"),
    (&["verify", "--secret-file", "secret.bin"], 14, "the input is empty"),
    (&["verify", "--json", "--secret-file", "secret.bin", "-"], 14, "found no dot"),
    (&["verify", "--key", "-", "eyJ.eyJ.AA"], 1, "standard input: the file is empty"),
    (&["sign", "--secret-file", "-"], 1, "standard input: the secret is empty"),
    (&["sign", "--secret-file", "secret.bin", "--claims", "-"], 1, "standard input: "),
    (&["key", "public", "-"], 1, "standard input: the file is empty"),
    (&["key", "thumbprint", "-"], 1, "standard input: the file is empty"),
    (&["probe", "-"], 2, "standard input"),
    (
        &["clock", "--step", "--ntp", "127.0.0.1:9"],
        2,
        "standard input is not a terminal: add --yes",
    ),
    (&["rehearse", "--json"], 0, ""),
];

#[test]
fn closed_standard_input_is_treated_as_empty() {
    for &rest in CLOSED {
        stdin("a closed standard input", "exec \"$@\" <&-", rest).check();
        stdin("an empty standard input", "exec \"$@\" </dev/null", rest).check();
    }
}

const BROKEN: &[Rest] = &[
    (&["diagnose", "--json"], 1, "cannot read standard input: "),
    (&["inspect", "--json"], 1, "cannot read standard input: "),
    (&["verify", "--json", "--secret-file", "secret.bin", "-"], 1, "cannot read standard input: "),
    (&["sign", "--secret-file", "-"], 1, "cannot read standard input: "),
    (&["sign", "--secret-file", "secret.bin", "--claims", "-"], 1, "cannot read standard input: "),
    (&["key", "public", "-"], 1, "cannot read standard input: "),
    (&["probe", "-"], 1, "cannot read standard input: "),
];

#[test]
fn failing_standard_input_is_named() {
    for &rest in BROKEN {
        stdin("a folder as standard input", "exec \"$@\" <.", rest).check();
    }
}

/// `its-file` is created by the row, or missing.
const FILES: &[Rest] = &[
    (&["diagnose", "--json", "its-file"], 1, "cannot read its-file: "),
    (&["inspect", "--json", "its-file"], 1, "cannot read its-file: "),
    (&["verify", "--json", "--key", "its-file", "-"], 1, "cannot read its-file: "),
    (&["verify", "--json", "--secret-file", "its-file", "-"], 1, "cannot read its-file: "),
    (&["sign", "--key", "its-file"], 1, "cannot read its-file: "),
    (&["sign", "--secret-file", "secret.bin", "--claims", "its-file"], 1, "cannot read its-file: "),
    (&["key", "public", "its-file"], 1, "cannot read its-file: "),
    (&["key", "thumbprint", "its-file"], 1, "cannot read its-file: "),
    (&["probe", "--json", "its-file"], 1, "cannot read its-file: "),
    (&["config", "check", "its-file"], 1, "cannot read the configuration its-file: "),
    (&["--config", "its-file", "inspect", "-"], 1, "cannot read the configuration its-file: "),
    (&["stand-in", "--json", "--key", "its-file"], 1, "cannot read its-file: "),
];

/// proc(5): nothing is mapped at the first address, so the first read fails.
#[test]
#[cfg(target_os = "linux")]
fn failing_read_names_the_file() {
    for &rest in FILES {
        stdin("a bad disk", "ln -s /proc/self/mem its-file; exec \"$@\"", rest).check();
    }
}

#[test]
fn missing_file_is_named() {
    // An argument that is not a file may be a token.
    for &rest in FILES.iter().filter(|(command, ..)| command[0] != "inspect") {
        stdin("no such file", "exec \"$@\"", rest).check();
    }
}

const TOO_LONG: &[Rest] = &[
    (&["inspect", "its-file"], 1, "expected at most 16777216 bytes, but its-file is longer"),
    (
        &["verify", "--key", "its-file", "-"],
        1,
        "expected at most 16777216 bytes, but its-file is longer",
    ),
    (&["sign", "--secret-file", "secret.bin", "--claims", "its-file"], 1, "but its-file is longer"),
    (&["probe", "its-file"], 1, "but its-file is longer"),
    (&["config", "check", "its-file"], 1, "longer than 65536 bytes"),
];

#[test]
fn endless_file_is_not_read_to_the_end() {
    for &rest in TOO_LONG {
        stdin("a huge file", "truncate -s 20G its-file; exec \"$@\"", rest).check();
    }
}

/// `its-…` is a name that is not valid UTF-8.
const NAMES: &[Rest] = &[
    (&["diagnose", "--json"], 20, "\"input\":\"its-"),
    (&["inspect"], 14, "no token in the input: "),
    (&["verify", "--json", "--secret-file", "secret.bin", "--key"], 2, "cannot be used with"),
    (&["verify", "--key"], 1, "its-"),
    (&["sign", "--secret-file", "secret.bin", "--claims"], 1, "its-"),
    (&["sign", "--secret-file"], 1, "bytes: expected at most 2048"),
    (&["key", "public"], 1, "its-"),
    (&["key", "generate", "--alg", "ES256", "--out"], 1, "already exists"),
    (&["probe", "--json"], 2, "its-"),
    (&["probe", "--json", "probe.toml", "--transcript"], 1, "unreachable"),
    (&["config", "check"], 2, "its-"),
    (&["--config"], 2, "its-"),
    (&["stand-in", "--key"], 2, "UTF-8"),
    (&["diagnose", "--tz"], 2, "UTF-8"),
    (&["inspect", "--at"], 2, "UTF-8"),
    (&["clock", "--ntp"], 2, "UTF-8"),
];

#[test]
fn file_names_may_be_any_bytes() {
    let done = "name=$(printf 'its-\\377\\033[31m'); cp a.log \"$name\"; \
                if [ \"$2\" = --config ]; then set -- \"$@\" \"$name\" inspect; \
                else set -- \"$@\" \"$name\"; fi; exec \"$@\"";
    for &rest in NAMES {
        stdin("a name that is no text", done, rest).check();
    }
}

const SLOW: &[Rest] = &[
    (&["diagnose", "--json"], 20, "local-clock"),
    (&["diagnose", "--json", "-"], 20, "local-clock"),
];

#[test]
fn input_may_arrive_one_byte_at_a_time() {
    for &rest in SLOW {
        stdin("reads of a byte", "dd if=a.log bs=1 2>its-dd | \"$@\"", rest).check();
    }
    let verify: Rest =
        (&["verify", "--json", "--secret-file", "secret.bin", "-"], 10, "\"state\":\"fails\"");
    stdin("reads of a byte", "dd if=token.txt bs=1 2>its-dd | \"$@\"", verify).check();
}
