//! Notes on the program and on its own maintenance commands.

use super::{DONE, Network, Notes, ORDINARY};
use crate::exit::Exit;

const ALL: &[Exit] = &[
    Exit::Done,
    Exit::Failed,
    Exit::Usage,
    Exit::Expired,
    Exit::NotYetValid,
    Exit::Undecided,
    Exit::BadSignature,
    Exit::Malformed,
    Exit::ClaimRefused,
    Exit::ClockFault,
    Exit::Undetermined,
];

pub(in crate::manual) const COMMANDS: &[Notes] = &[
    Notes {
        title: "jwtick",
        description: &[
            "When a service says \"JWT has expired\" although the token was issued a second ago, one of \
             two clocks is wrong. jwtick reports which one, by how much, and what to do. It reads logs \
             (diagnose), checks tokens (inspect, verify), measures clocks (clock) and tests \
             connections (probe); sign, key and stand-in provide tokens, keys and servers for tests.",
            "An offset is reference minus local, as in NTP (RFC 5905): positive means that this \
             host's clock is behind. It is an interval, never a point. jwtick reports a clock as wrong \
             only if two times contradict each other. It contacts only servers that you name, and the \
             proxy that the environment names; redirects leave a named host only with --follow.",
            "DUR is a number with a unit, such as 30s, 5m or 2d9h49m14s. TIME is RFC 3339, Unix \
             seconds, an HTTP-date, now, or a signed duration from now, such as +30min.",
            "Control characters, and others that are not seen, are shown as escapes with their code \
             points, whoever wrote them.",
        ],
        done: "Success: the token is accepted, the clock is right, no clock is at fault, or the connection works.",
        exits: ALL,
        network: Network::Asked,
        examples: &[
            ("Find out from a log whose clock is wrong:", "jwtick diagnose agent.log"),
            ("Check this host's clock:", "jwtick clock --ntp ntp1.example --ntp ntp2.example"),
            ("Show the contents of a token:", "jwtick inspect \"$TOKEN\""),
            ("Reproduce the whole problem on this machine:", "jwtick rehearse"),
        ],
    },
    Notes {
        title: "jwtick-config",
        description: &[
            "The configuration file is described in jwtick.toml(5). Every key is optional.",
        ],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[],
    },
    Notes {
        title: "jwtick-config-init",
        description: &[
            "Writes a file in which every key is explained and commented out, so that it changes nothing \
             until you edit it. Missing folders are created. An existing file is never replaced.",
        ],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[
            ("Start a configuration of your own:", "jwtick config init"),
            (
                "Write one for all users of this machine:",
                "sudo jwtick config init /etc/jwtick/jwtick.toml",
            ),
        ],
    },
    Notes {
        title: "jwtick-config-check",
        description: &[
            "Shows every key, its value and the line that sets it. An unknown key is an error, reported \
             with its line.",
            "The keys are described in jwtick.toml(5). A file that others may write draws a warning.",
        ],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[("Check a file before installing it:", "jwtick config check jwtick.toml")],
    },
    Notes {
        title: "jwtick-explain",
        description: &[
            "Shows what other verifiers would say of the times of a token, with their default settings: \
             libraries, gateways and services, grouped by verdict and by reason, and what to change so that \
             all of them accept it. The rows of 22 verifiers are checked against those themselves; --json has \
             the basis and the source of each. With --offset, it also shows what they say if \
             their clock differs from yours.",
            "The signature is not checked, and neither are other claims.",
            "With --exit-codes, lists every exit code with its meaning. The numbers never change.",
            "Where several codes apply to a token, the first of 14, 13, 15, 10, 11 and 12 is used. With \
             several tokens or logs, the code is that of the worst.",
        ],
        done: DONE,
        exits: &[Exit::Done, Exit::Failed, Exit::Usage, Exit::Malformed],
        network: Network::Asked,
        examples: &[
            (
                "Find out why one server accepts a token and another refuses it:",
                "jwtick explain --as envoy,pyjwt token.txt",
            ),
            (
                "See what happens if their clock is 90 s ahead:",
                "jwtick explain --offset 90s token.txt",
            ),
            ("List the exit codes:", "jwtick explain --exit-codes"),
        ],
    },
    Notes {
        title: "jwtick-completions",
        description: &[
            "Prints a script that lets a shell complete commands, options and their values.",
        ],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[
            (
                "Install for bash:",
                "jwtick completions bash > ~/.local/share/bash-completion/completions/jwtick",
            ),
            (
                "Install for zsh, in a directory of fpath:",
                "jwtick completions zsh > ~/.zfunc/_jwtick",
            ),
            (
                "Install for fish:",
                "jwtick completions fish > ~/.config/fish/completions/jwtick.fish",
            ),
        ],
    },
    Notes {
        title: "jwtick-man",
        description: &[
            "Generates these manual pages, one file per command, and jwtick.toml(5). That page goes into \
             the folder man5 next to FOLDER if the name of FOLDER is man1. The pages are in English.",
        ],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[
            ("Install for all users of this machine:", "sudo jwtick man /usr/local/share/man/man1"),
            ("Read the first page without installing it:", "jwtick man | man -l -"),
        ],
    },
];
