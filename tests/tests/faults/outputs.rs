//! Outputs that cannot be written.

use jwtick_tests::{COMMANDS, Fault, Stage, without_shared_files};

#[test]
#[cfg(target_os = "linux")]
fn full_disk_fails_every_command() {
    let stage = Stage::new();
    for &(command, usual) in COMMANDS {
        // A plugin that cannot do its work reports "unknown".
        let exit = if usual == 3 { 3 } else { 1 };
        let done = "exec \"$@\" >/dev/full";
        let row = Fault { name: "a full disk", done, command, exit, says: "standard output" };
        let outcome = stage.run(done, command).run();
        row.judge(&outcome);
        assert!(outcome.stderr.contains("No space left on device"), "{outcome}");
    }
}

#[test]
fn reader_that_leaves_does_not_change_the_exit_code() {
    let stage = Stage::new();
    for &(command, exit) in COMMANDS {
        let outcome = stage.run("exec \"$@\"", command).deaf().run();
        Fault { name: "a reader that leaves", done: "| head -0", command, exit, says: "" }
            .judge(&outcome);
        assert_eq!(without_shared_files(&outcome.stderr), "", "{outcome}");
    }
}

/// The system gives a program without an output an empty one (it reads `/dev/null`).
#[test]
fn closed_output_does_not_change_the_exit_code() {
    let stage = Stage::new();
    for &(command, exit) in COMMANDS {
        let done = "exec \"$@\" >&-";
        let row = Fault { name: "a closed output", done, command, exit, says: "" };
        row.judge(&stage.run(done, command).run());
    }
}

const FILES: &[Fault] = &[
    Fault {
        name: "a folder that does not exist",
        done: "exec \"$@\"",
        command: &["key", "generate", "--alg", "ES256", "--out", "its-none/key.pem"],
        exit: 1,
        says: "cannot write its-none/key.pem: No such file or directory",
    },
    Fault {
        name: "a file that is there",
        done: "exec \"$@\"",
        command: &["key", "generate", "--alg", "ES256", "--out", "key.pem"],
        exit: 1,
        says: "key.pem already exists",
    },
    Fault {
        name: "a link to nowhere",
        done: "ln -s nowhere its-link; exec \"$@\"",
        command: &["key", "generate", "--alg", "ES256", "--out", "its-link"],
        exit: 1,
        says: "its-link already exists",
    },
    Fault {
        name: "a folder",
        done: "mkdir its-folder; exec \"$@\"",
        command: &["key", "generate", "--alg", "ES256", "--out", "its-folder"],
        exit: 1,
        says: "its-folder already exists",
    },
    Fault {
        name: "a folder",
        done: "mkdir its-folder; exec \"$@\"",
        command: &["probe", "probe.toml", "--transcript", "its-folder"],
        exit: 1,
        says: "cannot write its-folder: ",
    },
    Fault {
        name: "a folder that does not exist, before anybody is asked",
        done: "exec \"$@\"",
        command: &["probe", "--json", "probe.toml", "--transcript", "its-none/log"],
        exit: 1,
        says: "cannot write its-none/log: No such file or directory",
    },
    Fault {
        name: "a file where a folder belongs",
        done: "exec \"$@\"",
        command: &["man", "a.log"],
        exit: 1,
        says: "cannot write a.log: File exists",
    },
    Fault {
        name: "a full device",
        done: "exec \"$@\"",
        command: &["probe", "--json", "probe.toml", "--transcript", "/dev/full"],
        exit: 1,
        says: "cannot write /dev/full: No space left on device",
    },
];

#[test]
#[cfg(target_os = "linux")]
fn files_are_written_whole_or_not_at_all() {
    for row in FILES {
        row.check();
    }
}
