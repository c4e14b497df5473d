//! What a command leaves and finds around it: its exits, variables and files.

use clap_mangen::roff::{Roff, bold, roman};

use super::notes::{Network, Notes};
use crate::exit::Exit;

type Row = (&'static str, &'static str);

const VARIABLES: &[Row] = &[
    (
        "LC_ALL, LC_MESSAGES, LANG",
        "The language of the answer, unless --lang or the configuration names one. The first that is set counts.",
    ),
    (
        "LC_ALL, LC_CTYPE, LANG",
        "Whether pictures are drawn with characters beyond ASCII: if the first that is set names UTF-8.",
    ),
    ("TZ", "The zone of local times."),
    (
        "NO_COLOR",
        "Nothing is coloured if this is set to anything. Colour is only used on a terminal.",
    ),
    ("JWTICK_CONFIG", "The configuration file, unless --config names one."),
    ("XDG_CONFIG_HOME, HOME", "Where the configuration of the user lies."),
];

const OF_THE_NETWORK: &[Row] = &[
    (
        "HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY",
        "The proxies for HTTP servers, in capitals or small letters.",
    ),
    (
        "SSL_CERT_FILE, SSL_CERT_DIR",
        "The authorities that vouch for https servers, instead of those of the system.",
    ),
];

const FILES: &[Row] = &[
    (
        "~/.config/jwtick/jwtick.toml",
        "The configuration of the user: sources of time, limits, language. `jwtick config check` shows what holds.",
    ),
    ("/etc/jwtick/jwtick.toml", "The configuration of the machine, if the user has none."),
];

/// The sections between the options and the examples.
pub(super) fn sections(notes: &Notes) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXIT STATUS"]);
    let exits = notes.exits.iter();
    list(&mut roff, exits.map(|&exit| (exit.code().to_string(), meaning(exit, notes))));
    roff.control("SH", ["ENVIRONMENT"]);
    list(&mut roff, VARIABLES.iter().map(owned));
    if notes.network == Network::Asked {
        list(&mut roff, OF_THE_NETWORK.iter().map(owned));
    }
    roff.control("SH", ["FILES"]);
    list(&mut roff, FILES.iter().map(owned));
    roff
}

fn owned(&(name, meaning): &Row) -> (String, &'static str) {
    (name.to_owned(), meaning)
}

/// What `exit` says where `notes` are of the command.
pub(super) const fn meaning(exit: Exit, notes: &Notes) -> &'static str {
    match exit {
        Exit::Done => notes.done,
        Exit::Failed => {
            "The command failed: a file, a key or the network could not be used. A connection is \
             refused for another reason than time."
        }
        Exit::Usage => "The command line or the configuration is not understood.",
        Exit::Expired => "The token has expired.",
        Exit::NotYetValid => "The token is not valid yet.",
        Exit::Undecided => "The clock is not known well enough to decide.",
        Exit::BadSignature => "The signature is invalid, or no key fits.",
        Exit::Malformed => "The token is malformed, or its header is refused.",
        Exit::ClaimRefused => "Another claim is refused.",
        Exit::ClockFault => "A clock is wrong.",
        Exit::Undetermined => "The cause, or whether the clock is right, could not be determined.",
        Exit::PluginWarning => "With --format nagios: warning.",
        Exit::PluginCritical => "With --format nagios: critical.",
        Exit::PluginUnknown => "With --format nagios: unknown.",
    }
}

/// Terms, and what they mean.
pub(super) fn list(roff: &mut Roff, rows: impl IntoIterator<Item = (String, &'static str)>) {
    for (term, meaning) in rows {
        roff.control("TP", []);
        roff.text([bold(term)]);
        roff.text([roman(meaning)]);
    }
}
