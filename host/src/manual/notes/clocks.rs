//! The commands that find out about clocks.

use super::{Network, Notes, ORDINARY};
use crate::exit::Exit;

const OF_A_CAUSE: &[Exit] =
    &[Exit::Done, Exit::Failed, Exit::Usage, Exit::ClockFault, Exit::Undetermined];

pub(in crate::manual) const COMMANDS: &[Notes] = &[
    Notes {
        title: "jwtick-diagnose",
        description: &[
            "Reads logs, transcripts and error bodies of any size, plain or packed by gzip or zstd, and \
             says what made a call fail: a clock (whose, by how much), a zone, a late request, a token \
             that simply expired, or nothing of the kind.",
            "Stamps that name no zone are worth an interval from UTC-12 to UTC+14, unless the log gives \
             its zone away or --tz names it.",
            "Each input gets an answer of its own. An input that cannot be read is complained of, the \
             others are read, and the exit is the worst of all.",
        ],
        done: "No clock is at fault.",
        exits: OF_A_CAUSE,
        network: Network::LeftAlone,
        examples: &[
            (
                "A log whose stamps are in the time of Berlin:",
                "jwtick diagnose --tz Europe/Berlin agent.log",
            ),
            (
                "The journal of a service, for a program:",
                "journalctl -u agent | jwtick diagnose --json",
            ),
        ],
    },
    Notes {
        title: "jwtick-clock",
        description: &[
            "Asks time servers over NTP and web servers for their Date, and says how far the clock here \
             is off, in which bounds, and which of several servers lies. Plain NTP and Date are not \
             authenticated: the answer says on how many sources it rests. The certificate of an https \
             server is judged at a time that does not come from the clock in question.",
            "With --step it sets the clock, if two sources agree and no time daemon runs.",
        ],
        done: "The clock is right, as far as --max-offset demands. With --format nagios: OK.",
        exits: &[
            Exit::Done,
            Exit::Failed,
            Exit::Usage,
            Exit::ClockFault,
            Exit::Undetermined,
            Exit::PluginWarning,
            Exit::PluginCritical,
            Exit::PluginUnknown,
        ],
        network: Network::Asked,
        examples: &[
            (
                "By two kinds of sources:",
                "jwtick clock --ntp ntp1.example --http https://example.com",
            ),
            ("How fast it drifts:", "jwtick clock --ntp ntp1.example --watch 30s"),
            (
                "For a monitoring system:",
                "jwtick clock --ntp ntp1.example --format nagios --warn 1s --crit 1m",
            ),
            ("Setting it:", "sudo jwtick clock --ntp ntp1.example --ntp ntp2.example --step"),
        ],
    },
    Notes {
        title: "jwtick-probe",
        description: &[
            "Makes an assertion, trades it for an access token and shows that to a receiver, as a client \
             of the service does. If that is refused, the log of the test is diagnosed: jwtick-diagnose(1) \
             says the same of the file alone. Signatures and tokens are never shown.",
            "A connection that works only after --correct still exits with 20, since it does not work \
             without. So does --repeat where servers behind one name have clocks that differ, whether \
             or not any run was refused.",
        ],
        done: "The connection works.",
        exits: OF_A_CAUSE,
        network: Network::Asked,
        examples: &[
            (
                "What agent.toml describes, and its log into a file:",
                "jwtick probe agent.toml --transcript test.log",
            ),
            (
                "Twenty times, to meet every server behind the name:",
                "jwtick probe agent.toml --repeat 20",
            ),
        ],
    },
    Notes {
        title: "jwtick-rehearse",
        description: &[
            "Plays both sides of a connection on loopback: an agent whose clock is wrong, the refusal, \
             its diagnosis, and the test once more by the right time, which works. No clock is set.",
        ],
        done: "The scene was played, and its remedy worked.",
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[("A clock that is an hour ahead:", "jwtick rehearse --offset -1h")],
    },
    Notes {
        title: "jwtick-stand-in",
        description: &[
            "Runs an authorization server and a receiver on loopback, whose clock may be off, drift, \
             jump or stand still. The first line on standard output tells its addresses; every request \
             gets a line on standard error. It ends on SIGINT and SIGTERM.",
            "It is for tests: whoever reaches it gets tokens, and its keys live as long as it runs.",
        ],
        done: "It was asked to end.",
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[(
            "A server that is more than two days ahead:",
            "jwtick stand-in --key joe=joe.pub.pem --offset 2d9h49m14s",
        )],
    },
];
