//! Times in the refusals of any product, recognised by the words before them.
//!
//! The catalogue knows products, and this module knows English. It reads refusals of products that
//! the catalogue lacks: `token rejected: exp 1700000000, current time 1700003600`.

use super::catalogue::Role;
use super::find;
use super::template::{Captures, instant};

/// Longer labels precede shorter ones that they contain.
const LABELS: &[(&[u8], Role)] = &[
    (b"current server time", Role::Server),
    (b"server time", Role::Server),
    (b"servertime", Role::Server),
    (b"server_time", Role::Server),
    (b"server_timestamp", Role::Server),
    (b"server clock", Role::Server),
    (b"local time", Role::Local),
    (b"localtime", Role::Local),
    (b"system time", Role::Local),
    (b"current time", Role::Now),
    (b"current_time", Role::Now),
    (b"currenttime", Role::Now),
    (b"current date", Role::Now),
    (b"currently", Role::Now),
    (b"time now", Role::Now),
    (b"now", Role::Now),
    (b"request time", Role::Signed),
    (b"requesttime", Role::Signed),
    (b"request timestamp", Role::Signed),
    (b"req_timestamp", Role::Signed),
    (b"expiration time", Role::Exp),
    (b"expiration date", Role::Exp),
    (b"expiration", Role::Exp),
    (b"expiry time", Role::Exp),
    (b"expiry", Role::Exp),
    (b"expired at", Role::Exp),
    (b"expired on", Role::Exp),
    (b"expired since", Role::Exp),
    (b"expires at", Role::Exp),
    (b"expires on", Role::Exp),
    (b"expires_at", Role::Exp),
    (b"expiresat", Role::Exp),
    (b"expires", Role::Exp),
    (b"notonorafter", Role::Exp),
    (b"not on or after", Role::Exp),
    (b"not after", Role::Exp),
    (b"notafter", Role::Exp),
    (b"valid until", Role::Exp),
    (b"valid to", Role::Exp),
    (b"validto", Role::Exp),
    (b"is after", Role::Exp),
    (b"exp", Role::Exp),
    (b"not valid before", Role::Nbf),
    (b"not before", Role::Nbf),
    (b"notbefore", Role::Nbf),
    (b"accepted before", Role::Nbf),
    (b"valid from", Role::Nbf),
    (b"validfrom", Role::Nbf),
    (b"used before", Role::Nbf),
    (b"nbf", Role::Nbf),
    (b"issued at", Role::Iat),
    (b"issued_at", Role::Iat),
    (b"issuedat", Role::Iat),
    (b"issueinstant", Role::Iat),
    (b"iat", Role::Iat),
];

/// Words that may separate a label from its time.
const LINKS: &[&[u8]] = &[b"utc", b"is", b"was", b"at", b"of", b"claim", b"time"];

/// Returns the times in `text` that follow a label.
pub(crate) fn read(text: &[u8]) -> Captures {
    let mut captures = Captures::default();
    let mut at = 0_usize;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let starts_word = at.checked_sub(1).and_then(|before| text.get(before));
        let label = if starts_word.is_none_or(|byte| !byte.is_ascii_alphanumeric()) {
            label_at(rest)
        } else {
            None
        };
        at = at.saturating_add(label.map_or(1, |(len, _)| len));
        if let Some((len, role)) = label
            && let Some((moment, _)) = rest.get(len..).map(skip_links).and_then(instant)
        {
            captures.offer(role, moment);
        }
    }
    // `ValidTo (UTC): '3/14/2024 1:22:41 PM'` states the zone next to the label.
    if find::contains(text, b"(UTC)") { captures.in_utc() } else { captures }
}

fn label_at(text: &[u8]) -> Option<(usize, Role)> {
    LABELS.iter().find_map(|(label, role)| {
        let fits = text.get(..label.len())?.eq_ignore_ascii_case(label);
        let after = text.get(label.len());
        (fits && after.is_none_or(|byte| !byte.is_ascii_alphanumeric()))
            .then_some((label.len(), *role))
    })
}

fn skip_links(text: &[u8]) -> &[u8] {
    let mut text = skip_marks(text);
    for link in LINKS {
        if text.get(..link.len()).is_some_and(|head| head.eq_ignore_ascii_case(link)) {
            text = skip_marks(text.get(link.len()..).unwrap_or(&[]));
        }
    }
    text
}

fn skip_marks(text: &[u8]) -> &[u8] {
    const MOST: usize = 6;
    let count =
        text.iter().take(MOST).take_while(|byte| b" \t\"'`([<:=,\\)_".contains(byte)).count();
    text.get(count..).unwrap_or(&[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_products_without_catalogue_row() {
        type Row = (&'static str, fn(&Captures) -> bool);
        const ROWS: &[Row] = &[
            ("rejected: exp 1700000000, current time 1700003600", |c| {
                c.exp.is_some() && c.now.is_some()
            }),
            ("token expired (exp=1700000000 now=1700003600)", |c| {
                c.exp.is_some() && c.now.is_some()
            }),
            ("NotOnOrAfter=\"2024-03-05T10:11:12Z\"", |c| c.exp.is_some()),
            ("server time is 2024-03-05T10:11:12Z", |c| c.server.is_some()),
            ("issued at: 1700000000", |c| c.iat.is_some()),
            ("not before (UTC): 2024-03-05 10:11:12", |c| c.nbf.is_some()),
            ("expected 1700000000 knowing 1700000000", |c| *c == Captures::default()),
        ];
        for &(text, holds) in ROWS {
            assert!(holds(&read(text.as_bytes())), "{text}");
        }
    }
}
