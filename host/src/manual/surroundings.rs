//! The parts that pages share: their first line, text, exit statuses, environment variables and files.

use clap_mangen::roff::{Roff, bold, roman};
use jwtick_core::words::Language;

use super::notes::{Network, Notes};
use crate::exit::Exit;

type Row = (&'static str, &'static str);

const VARIABLES: &[Row] = &[
    (
        "LC_ALL, LC_MESSAGES, LANG",
        "Output language, unless --lang or the configuration sets it. The first variable that is set is used.",
    ),
    (
        "LC_ALL, LC_CTYPE, LANG",
        "Character set of pictures: non-ASCII characters are used if the first variable that is set names UTF-8.",
    ),
    ("TZ", "Time zone of local times."),
    ("NO_COLOR", "Disables colour if set to any value. Colour is only used on a terminal."),
    ("JWTICK_CONFIG", "Configuration file, unless --config is given."),
    ("XDG_CONFIG_HOME, HOME", "Location of the user's configuration file."),
    (
        "XDG_CACHE_HOME, HOME",
        "Location of the keys that `verify` last fetched, in jwtick/keys, for an outage of their server.",
    ),
];

const OF_THE_NETWORK: &[Row] = &[
    (
        "HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY",
        "Proxies for HTTP servers. Lower-case names work too.",
    ),
    (
        "SSL_CERT_FILE, SSL_CERT_DIR",
        "CA certificates to trust for https servers, instead of those of the system.",
    ),
];

const FILES: &[Row] = &[
    (
        "~/.config/jwtick/jwtick.toml",
        "User configuration: time sources, limits and language; see jwtick.toml(5). `jwtick config check` shows the values in force.",
    ),
    ("/etc/jwtick/jwtick.toml", "System-wide configuration, used if the user has none."),
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
    files(&mut roff);
    roff
}

/// The places of the configuration file.
pub(super) fn files(roff: &mut Roff) {
    roff.control("SH", ["FILES"]);
    list(roff, FILES.iter().map(owned));
}

fn owned(&(name, meaning): &Row) -> (String, &'static str) {
    (name.to_owned(), meaning)
}

/// The meaning of `exit` for the command that `notes` describe.
const fn meaning(exit: Exit, notes: &Notes) -> &'static str {
    match exit {
        Exit::Done => notes.done,
        _ => exit.meaning(Language::English),
    }
}

/// Writes a list of terms and their meanings.
pub(super) fn list(roff: &mut Roff, rows: impl IntoIterator<Item = (String, &'static str)>) {
    for (term, meaning) in rows {
        roff.control("TP", []);
        roff.text([bold(term)]);
        roff.text([roman(meaning)]);
    }
}

/// The first line of a page in a section of the manual.
///
/// It has no date, which would be that of the build: every build of a version gives the same pages.
pub(super) fn title_line(title: &str, section: u8, manual: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(".TH {title} {section} \"\" \"jwtick {version}\" \"{manual}\"\n")
}

/// Writes paragraphs.
pub(super) fn paragraphs(roff: &mut Roff, texts: &[&str]) {
    for (number, text) in texts.iter().enumerate() {
        if number > 0 {
            roff.control("PP", []);
        }
        roff.text([roman(*text)]);
    }
}

/// Writes lines as they are.
pub(super) fn code(roff: &mut Roff, lines: &str) {
    roff.control("RS", ["4"]);
    roff.control("nf", []);
    for line in lines.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff.control("RE", []);
}
