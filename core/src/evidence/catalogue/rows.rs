//! All rows, in the order in which they count.

use super::row::{Entry, Row};
use super::{
    assertions, certificates, facts, libraries, measurements, providers, services, signatures,
    steps, unfit, verifiers,
};

/// All entries, by part; within the catalogue the first that fits counts.
const PARTS: &[&[Entry]] = &[
    signatures::ROWS,
    assertions::ROWS,
    providers::ROWS,
    services::ROWS,
    certificates::ROWS,
    steps::ROWS,
    measurements::ROWS,
    verifiers::ROWS,
    libraries::ROWS,
    unfit::ROWS,
    facts::ROWS,
];

const COUNT: usize = {
    let (mut count, mut parts) = (0, PARTS);
    while let [part, rest @ ..] = parts {
        count += part.len();
        parts = rest;
    }
    count
};

/// All rows.
pub(crate) static ROWS: [Row; COUNT] = flatten();

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
const fn flatten() -> [Row; COUNT] {
    let mut all = [signatures::ROWS[0].row; COUNT];
    let (mut next, mut parts) = (0, PARTS);
    while let [part, rest @ ..] = parts {
        let mut entries = *part;
        while let [entry, more @ ..] = entries {
            all[next] = entry.row;
            next += 1;
            entries = more;
        }
        parts = rest;
    }
    all
}

/// All entries, in the order of [`ROWS`].
#[cfg(test)]
pub(crate) fn entries() -> impl Iterator<Item = &'static Entry> {
    PARTS.iter().copied().flatten()
}
