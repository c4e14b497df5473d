//! The program, and the commands for itself.

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
            "A service says \"JWT has expired\" although the token was made a second ago: then one of \
             two clocks is wrong. jwtick says which, by how much, and what to do. It reads logs \
             (diagnose), looks into tokens (inspect, verify), measures clocks (clock) and tests \
             connections (probe); sign, key and stand-in make what a test needs.",
            "An offset is reference minus local, as in NTP (RFC 5905): positive means that the clock \
             here is behind. It is an interval, never a point. No clock is accused without two times \
             that contradict each other, and no server is asked that was not named.",
            "An option that takes DUR takes a number with a unit: 30s, 5m, 2d9h49m14s. One that \
             takes TIME takes RFC 3339, Unix seconds, an HTTP-date, now, or a length from now with \
             its sign: +30min.",
        ],
        done: "The token is accepted; the clock is right; no clock is at fault; the connection works; it is done.",
        exits: ALL,
        network: Network::Asked,
        examples: &[
            ("Whose clock is wrong, by a log:", "jwtick diagnose agent.log"),
            (
                "Whether the clock here is right:",
                "jwtick clock --ntp ntp1.example --ntp ntp2.example",
            ),
            ("What a token says:", "jwtick inspect \"$TOKEN\""),
            ("The whole scene, played on this machine:", "jwtick rehearse"),
        ],
    },
    Notes {
        title: "jwtick-config",
        description: &["The configuration is TOML, and every key of it may be left out."],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[],
    },
    Notes {
        title: "jwtick-config-check",
        description: &[
            "Shows every key, its value and the line that sets it. A key that is not known is refused, \
             and the line named.",
            "The keys are ntp and http (lists of sources), ca, timeout, max-offset, warn, crit, leeway, \
             uncertainty and language; the command line stands above each.",
        ],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[("A file before it is put in place:", "jwtick config check jwtick.toml")],
    },
    Notes {
        title: "jwtick-completions",
        description: &["Prints what a shell needs to complete commands, options and their values."],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[
            (
                "For bash:",
                "jwtick completions bash > ~/.local/share/bash-completion/completions/jwtick",
            ),
            ("For zsh, in a folder of fpath:", "jwtick completions zsh > ~/.zfunc/_jwtick"),
            ("For fish:", "jwtick completions fish > ~/.config/fish/completions/jwtick.fish"),
        ],
    },
    Notes {
        title: "jwtick-man",
        description: &["Makes these pages, a file for each command."],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[
            ("For all users of this machine:", "sudo jwtick man /usr/local/share/man/man1"),
            ("To read the first at once:", "jwtick man | man -l -"),
        ],
    },
];
