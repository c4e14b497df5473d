//! Notes on the commands for many hosts.

use super::{Network, Notes, ORDINARY};

pub(in crate::manual) const COMMANDS: &[Notes] = &[
    Notes {
        title: "jwtick-fleet",
        description: &[
            "Reads lines of `jwtick diagnose --by-host`, and logs as that command does, and reports which \
             hosts have a wrong clock. Hosts are ranked by harm: their refused requests, weighted by the \
             certainty of the cause. For each, the report has the offset with its bounds, the drift, and \
             the time since when the clock is wrong. Hosts with one cause in common are named together, \
             and remedies are grouped by platform.",
            "A host whose clock was wrong and has been set since is listed as corrected.",
        ],
        done: "Success: all inputs were read, whatever they show.",
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[
            ("Report on the logs of many hosts:", "jwtick fleet /var/log/hosts"),
            (
                "Write a page about what several machines have read:",
                "cat part-*.jsonl | jwtick fleet --report html >fleet.html",
            ),
        ],
    },
    Notes {
        title: "jwtick-merge",
        description: &[
            "Reads lines of `jwtick diagnose --by-host` and prints one line for each host. A line has a \
             verdict and, in its member `state`, the evidence that the verdict was drawn from. States merge: \
             the order of the lines has no effect, and a part of a log that was read twice counts once.",
            "A log is divided into quarters of an hour by the clock of its host, and each is diagnosed \
             alone. So parts of a log give exactly the answer of the whole log if it was divided \
             before a record with a timestamp, by hosts, or where a quarter, an hour or a day begins in \
             any time zone. A log that was divided elsewhere, as logrotate does by size, gives an answer \
             that holds as well, but may lack what is known only from lines of both parts: the parts of \
             one log in one folder are therefore read as one log.",
        ],
        done: "Success: all inputs were read, whatever they show.",
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[(
            "Read the logs of two machines where they are, and put the answers together:",
            "ssh web1 jwtick diagnose --by-host /var/log/app | cat - web2.jsonl | jwtick merge",
        )],
    },
];
