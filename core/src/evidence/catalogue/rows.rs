//! All rows of the catalogue, in order of precedence.

use super::row::{Entry, Row};
use super::spoken::{Reason, Speaker, Spoken};
use super::{
    assertions, certificates, facts, libraries, malformed, providers, services, signatures, steps,
    unfit, verifiers,
};
use crate::time::Span;

/// All entries, by part. The first entry that fits a line counts.
const PARTS: &[&[Entry]] = &[
    signatures::ROWS,
    assertions::ROWS,
    providers::ROWS,
    services::ROWS,
    certificates::ROWS,
    steps::ROWS,
    verifiers::ROWS,
    libraries::ROWS,
    unfit::ROWS,
    malformed::ROWS,
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

const SPOKEN_COUNT: usize = {
    let (mut count, mut parts) = (0, PARTS);
    while let [part, rest @ ..] = parts {
        let mut entries = *part;
        while let [entry, more @ ..] = entries {
            if entry.spoken_form().is_some() {
                count += 1;
            }
            entries = more;
        }
        parts = rest;
    }
    count
};

/// All sentences used by test servers. They are part of an image only if the program calls
/// [`refusal`].
static SPOKEN: [Spoken; SPOKEN_COUNT] = spoken();

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
const fn spoken() -> [Spoken; SPOKEN_COUNT] {
    let mut all = [malformed::NO_CLAIM; SPOKEN_COUNT];
    let (mut next, mut parts) = (0, PARTS);
    while let [part, rest @ ..] = parts {
        let mut entries = *part;
        while let [entry, more @ ..] = entries {
            if let Some(spoken) = entry.spoken_form() {
                all[next] = spoken;
                next += 1;
            }
            entries = more;
        }
        parts = rest;
    }
    all
}

/// Returns the words with which `by` refuses an assertion for `reason`, or the plain words of RFC
/// 7523 if they are unknown.
///
/// # Example
/// ```
/// use jwtick_core::evidence::spoken::{Reason, Speaker, refusal};
/// assert_eq!(refusal(Speaker::Keycloak, Reason::Expired).words, "Token is not active");
/// ```
#[must_use]
pub fn refusal(by: Speaker, reason: Reason) -> &'static Spoken {
    let said_by =
        |speaker| SPOKEN.iter().find(move |it| it.by == speaker && it.reasons.contains(&reason));
    said_by(by).or_else(|| said_by(Speaker::Rfc7523)).unwrap_or(&malformed::NO_CLAIM)
}

/// All entries, in the order of [`ROWS`].
#[cfg(test)]
pub(crate) fn entries() -> impl Iterator<Item = &'static Entry> {
    PARTS.iter().copied().flatten()
}

/// Limits of providers whose refusals do not name them. Source: Adobe, "JWT Authentication".
const UNNAMED_LIMITS: &[(&str, i64)] = &[("Adobe", 24 * 3_600)];

/// Returns the longest lifetime of an assertion that `provider` grants according to its own
/// documentation, or `None` if it states no limit.
#[must_use]
pub fn longest_lifetime(provider: &str) -> Option<Span> {
    let named = ROWS.iter().filter(|row| row.cap_secs > 0).map(|row| (row.product, row.cap_secs));
    let mut limits = named.chain(UNNAMED_LIMITS.iter().copied());
    limits.find(|&(name, _)| name == provider).map(|(_, secs)| Span::from_secs(secs))
}
