//! The tables of `fixtures/jose`.

use std::sync::LazyLock;

use jwtick_core::key::{AnyKey, Jwk};
use jwtick_core::token::Algorithm;

use crate::oracle::segments::decode;
use crate::oracle::signature::Key;

const COMPACT: [&str; 2] = [
    include_str!("../../../../../fixtures/jose/signatures.tsv"),
    include_str!("../../../../../fixtures/jose/pyjwt.tsv"),
];
const DETACHED: &str = include_str!("../../../../../fixtures/jose/forgeries.tsv");

/// A signature, and the key that it should belong to.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) algorithm: Algorithm,
    jwk: &'static str,
    pub(super) signed: Signed,
}

/// The signed text: a token, or [`Row::DETACHED`].
pub(super) enum Signed {
    Compact(&'static str),
    Detached(Vec<u8>),
}

/// The rows whose algorithm is compiled in.
pub(super) static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let compact = COMPACT.into_iter().flat_map(|table| rows(table, |it| Some(Signed::Compact(it))));
    let detached = rows(DETACHED, |signature| decode(signature).map(Signed::Detached));
    compact.chain(detached).filter(|row| row.ours().is_some()).collect()
});

fn rows(
    table: &'static str,
    signed: impl Fn(&'static str) -> Option<Signed>,
) -> impl Iterator<Item = Row> {
    table.lines().skip(1).filter_map(move |line| {
        let mut columns = line.split('\t');
        let (name, algorithm, _outcome) = (columns.next()?, columns.next()?, columns.next()?);
        let algorithm = Algorithm::named(algorithm)?;
        let (jwk, last) = (columns.next()?, columns.next()?);
        Some(Row { name, algorithm, jwk, signed: signed(last)? })
    })
}

impl Row {
    /// The text signed by the forgers' signatures.
    pub(super) const DETACHED: &'static [u8] = b"header.payload";

    pub(super) fn ours(&self) -> Option<AnyKey> {
        Jwk::parse(self.jwk.as_bytes()).ok()?.verifier(self.algorithm).ok()
    }

    pub(super) fn theirs(&self) -> Option<Key> {
        Key::read(self.jwk, self.algorithm)
    }
}
