//! The page of the configuration file, from the table of its keys.

use clap_mangen::roff::{Roff, bold, roman};

use super::surroundings::{code, files, paragraphs, title_line};
use crate::config::{KEYS, Key, Sections, commented};

/// The name of the page's file.
pub(super) const FILE: &str = "jwtick.toml.5";

const NAME: &str = "jwtick.toml";

const DESCRIPTION: &[&str] = &[
    "The configuration file holds options that you would otherwise repeat. It is TOML; every key is \
     optional. Options of the command line override it, except that --require adds to require. An unknown \
     key is an error, which names the line.",
    "The file that --config names is used, or else the one that JWTICK_CONFIG names, or else the first of \
     those in FILES that exists. An answer says which settings of the file took part in it.",
    "A duration is a number with a unit in quotes, such as \"30s\", \"5m\" or \"2d9h49m14s\".",
    "A file that others may write, or that belongs to another user, draws a warning: it decides which \
     servers are trusted. Root does not use such a file; if it was named, that is an error.",
];

const SERVICE: &str = "The service as a whole. A reload by SIGHUP puts all of it in force, except listen, or \
                       nothing.";
const CLIENT: &str =
    "A client that may ask the introspection endpoint. Without one, there is no such endpoint.";
const ISSUER: &str = "An issuer whose tokens are accepted. It has one of key, secret-file and discover. exp and \
                      aud are always required.";
const DPOP: &str =
    "Proofs of possession (RFC 9449), for tokens that are bound to a key of their client.";
const FETCH: &str =
    "How to fetch the keys of the issuer above it, which has a URL in key, or discover.";
const ROUTE: &str = "Scopes that requests for a path need, below the issuer that it is for.";

/// The page.
///
/// # Errors
/// None in practice: the page is written to memory.
pub(super) fn page() -> std::io::Result<Vec<u8>> {
    let mut roff = Roff::new();
    roff.control("SH", ["NAME"]);
    roff.text([roman(format!("{NAME} - configuration file of jwtick"))]);
    roff.control("SH", ["DESCRIPTION"]);
    paragraphs(&mut roff, DESCRIPTION);
    roff.control("SH", ["KEYS"]);
    KEYS.iter().for_each(|key| add(key, &mut roff));
    section(Sections::SERVE, SERVICE, &mut roff);
    section(Sections::CLIENT, CLIENT, &mut roff);
    section(Sections::DPOP, DPOP, &mut roff);
    section(Sections::ISSUER, ISSUER, &mut roff);
    section(Sections::FETCH, FETCH, &mut roff);
    section(Sections::ROUTE, ROUTE, &mut roff);
    files(&mut roff);
    roff.control("SH", ["EXAMPLES"]);
    roff.text([roman("The file that `jwtick config init` writes:")]);
    code(&mut roff, &commented());
    roff.control("SH", ["SEE ALSO"]);
    roff.text([bold("jwtick-config"), roman("(1)")]);
    let mut text = title_line(NAME, 5, "File Formats").into_bytes();
    roff.to_writer(&mut text)?;
    Ok(text)
}

fn section<S>((header, keys): (&str, &[Key<S>]), about: &str, roff: &mut Roff) {
    roff.control("SS", [header]);
    roff.text([roman(about)]);
    keys.iter().for_each(|key| add(key, roff));
}

fn add<S>(key: &Key<S>, roff: &mut Roff) {
    let Key { name, kind, default, example, meaning, .. } = key;
    roff.control("TP", []);
    roff.text([bold(*name), roman(format!(" = {example}"))]);
    roff.text([roman(format!("{meaning} Type: {kind}. Default: {default}."))]);
}
