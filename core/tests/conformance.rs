//! Accepts and refuses what the RFCs say, row by row; the tables are in `fixtures/tables`.
//!
//! Each row is either accepted, or refused with the words in the table. Where an RFC allows something
//! that is refused here, the row gives the reason. Unexpected successes fail, too.
#![cfg(test)]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::judge::{Enforcement, Finding, Rule};
use jwtick_core::token::{Claims, ClaimsError, JsonFault};
use jwtick_core::{Hs256, Policy, Scratch, Span, TimeBounds, Token, UnixTime, Verdict};
use serde::de::IgnoredAny;

/// Claims under RFC 7519 §4.1, RFC 7523 §3 and RFC 8725 §3. The column `utc` holds one second, or the
/// first and the last second that UTC may be in.
const CLAIMS: &str = include_str!("../../fixtures/tables/claims.tsv");

fn policy(name: &str) -> Policy<'static> {
    const PLAIN: Policy<'_> = Policy::RFC7519;
    match name {
        "RFC 7519" => PLAIN,
        "RFC 7523" => Policy::RFC7523.with_audiences(&["a"]),
        "leeway 60" => PLAIN.with_leeway(Span::from_secs(60)),
        "age 3600" => PLAIN.with_max_age(Span::from_secs(3_600)),
        "lifetime 3600" => PLAIN.with_max_lifetime(Span::from_secs(3_600)),
        "no future" => PLAIN.with_future_iat(Enforcement::Enforce),
        "iss" => PLAIN.with_issuers(&["https://issuer.example"]),
        "sub" => PLAIN.with_subjects(&["alice"]),
        "aud" => PLAIN.with_audiences(&["https://api.example"]),
        "jti" => PLAIN.require(Rule::Jti),
        other => panic!("no policy is called {other}"),
    }
}

fn bounds(utc: &str) -> TimeBounds {
    let second = |text: &str| UnixTime::from_secs(text.parse().unwrap());
    match utc.split_once(' ') {
        Some((earliest, latest)) => TimeBounds::between(second(earliest), second(latest)).unwrap(),
        None => TimeBounds::exactly(second(utc)),
    }
}

#[test]
fn judges_claims_as_the_rfcs_say() {
    for [source, case, name, claims, utc, verdict] in rows(CLAIMS) {
        let mut scratch = Scratch::<0>::new();
        let claims = Claims::parse(claims.as_bytes(), &mut scratch).unwrap();
        let findings = policy(name).findings_of_unverified(&claims, bounds(utc));
        let met: Verdict = findings.iter().map(Finding::verdict).collect();
        assert_eq!(met.to_string(), verdict, "{source}, {case}; policy {name}");
    }
}

/// Tokens that are refused. Each row breaks exactly one thing; otherwise its token is correct and signed
/// by the key that verifies it.
const REFUSALS: &str = include_str!("../../fixtures/tables/refusals.tsv");
const KEYS: &str = include_str!("../../fixtures/tables/keys.tsv");
const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Placeholders in the column `form`, and the form of a row that has none.
const USUAL: &str = "{header}.{payload}.{signature}";

fn compact(header: &[u8], payload: &[u8], form: &str) -> Vec<u8> {
    let (header, payload) = (encoded(header), encoded(payload));
    let input = format!("{header}.{payload}");
    let tag = |secret| Hs256::new(secret).unwrap().sign(input.as_bytes()).as_bytes().to_vec();
    let signature = tag(SECRET);
    let changed = |at: usize| {
        let mut changed = signature.clone();
        changed[at] ^= 1;
        encoded(changed)
    };
    let names = [
        ("{header}", header.clone()),
        ("{payload}", payload.clone()),
        ("{signature}", encoded(&signature)),
        ("{of another key}", encoded(tag(&[0; 32]))),
        ("{another first byte}", changed(0)),
        ("{another last byte}", changed(31)),
        ("{its first half}", encoded(&signature[..16])),
        ("{a byte more}", encoded([&signature[..], &[0]].concat())),
    ];
    let form = match form {
        "" => USUAL,
        "nothing" => "",
        form => form,
    };
    let written = names.iter().fold(form.to_owned(), |form, (name, part)| form.replace(name, part));
    bytes(&written)
}

fn met(compact: &[u8]) -> Result<(), String> {
    let mut scratch = Scratch::<1024>::new();
    let token = Token::decode(compact, &mut scratch).map_err(|error| error.to_string())?;
    token.verify(&Hs256::new(SECRET).unwrap()).map(drop).map_err(|error| error.to_string())
}

#[test]
fn refuses_tokens_with_one_defect() {
    for [refusal, source, case, header, payload, form, outcome, _] in rows(REFUSALS) {
        let compact = compact(&bytes(header), &bytes(payload), form);
        let met = met(&compact).map_or_else(|words| words, |()| String::from("valid"));
        assert_eq!(met, outcome, "{refusal}: {case} ({source})");
    }
}

/// A reason explains why something that the RFC allows is refused, so accepted rows have none.
#[test]
fn only_refused_rows_have_reasons() {
    for [refusal, _, case, _, _, _, outcome, reason] in rows(REFUSALS) {
        assert!(outcome != "valid" || reason.is_empty(), "{refusal}: {case}");
    }
}

/// Refusals that were specified before the code was written. Those not listed here have tables and
/// tests of their own: ECDSA signatures in `fixtures/jose/forgeries.tsv`, secrets in `Debug` output
/// in `debug.rs`. No test can see that MACs are compared in constant time, which `hmac` does; the
/// rows cover what such a comparison could get wrong.
#[test]
fn every_specified_refusal_is_covered() {
    const TOKENS: &[&str] = &[
        "alg: none in any spelling",
        "an algorithm that the key does not name",
        "non-canonical base64url, padding, white space",
        "other than three segments",
        "duplicate members in header or claims",
        "unknown crit, empty crit, b64:false",
        "exp, nbf, iat of another type than number",
        "invalid UTF-8",
        "depth > 32",
        "more than the caller's buffer",
        "jku, x5u, embedded jwk are never followed",
        "comparison of MACs is constant-time",
    ];
    const OF_KEYS: &[&str] = &[
        "a public key as HMAC secret",
        "HMAC keys shorter than the hash",
        "RSA below 2048 bits or e in {1, even}",
        "an algorithm that the key does not name",
    ];
    let refused = |wanted: &str| {
        rows(REFUSALS)
            .any(|[refusal, .., outcome, _]: [_; 8]| refusal == wanted && outcome != "valid")
    };
    let refused_key = |wanted: &str| {
        rows(KEYS).any(|[refusal, .., outcome]: [_; 6]| refusal == wanted && outcome != "valid")
    };
    for refusal in TOKENS {
        assert!(refused(refusal), "{refusal}");
    }
    for refusal in OF_KEYS {
        assert!(refused_key(refusal), "{refusal}");
    }
}

/// Each production of RFC 8259, and each way to break it. The grammar is also checked against a second
/// parser, which skips values without reading them and therefore has no limits of its own.
const JSON: &str = include_str!("../../fixtures/tables/json.tsv");

fn read(text: &[u8]) -> Result<(), ClaimsError> {
    Claims::parse(text, &mut Scratch::<0>::new()).map(drop)
}

fn is_json(text: &[u8]) -> bool {
    let checked = str::from_utf8(text);
    checked.is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
}

#[test]
fn reads_each_json_production_and_rejects_each_violation() {
    for [section, case, text, outcome, reason] in rows(JSON) {
        let text = bytes(text);
        let met = read(&text).map_or_else(|error| error.to_string(), |()| String::from("read"));
        assert_eq!(met, outcome, "{section}, {case}");
        let in_the_grammar = outcome == "read" || !reason.is_empty();
        assert_eq!(is_json(&text), in_the_grammar, "{section}, {case}: the grammar, or the reason");
    }
}

/// Every text with one edit: a byte removed, or a significant byte inserted or substituted.
fn edits(text: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    const PIECES: &[u8] = b"{}[],:\"\\01-+.enu \n\x1f";
    let at = |start: usize, end: usize, piece: &[u8]| {
        [text.get(..start).unwrap(), piece, text.get(end..).unwrap()].concat()
    };
    (0..text.len()).flat_map(move |start| {
        let removed = [at(start, start + 1, b"")];
        let placed = PIECES.chunks(1).flat_map(move |piece| {
            [at(start, start, piece), at(start, start + 1, piece)] //
        });
        removed.into_iter().chain(placed)
    })
}

/// Refused although it is valid JSON: no object (RFC 7519 §3), a duplicate name, half a surrogate pair.
fn may_be_refused(error: ClaimsError, text: &[u8]) -> bool {
    let ClaimsError::Json(error) = error else { return true };
    match error.fault {
        JsonFault::Duplicate => true,
        JsonFault::Escape => text.get(error.at..).is_some_and(|rest| rest.starts_with(b"\\u")),
        _ => !text.trim_ascii_start().starts_with(b"{"),
    }
}

#[test]
fn one_byte_edits_are_judged_like_a_reference_parser() {
    const SHORT: usize = 64;
    for [section, case, text, outcome, _] in rows(JSON) {
        let text = bytes(text);
        if outcome != "read" || text.len() > SHORT {
            continue;
        }
        for edited in edits(&text) {
            let shown = edited.escape_ascii();
            match read(&edited) {
                Ok(()) => assert!(is_json(&edited), "{section}, {case}: {shown} is read"),
                Err(error) => assert!(
                    !is_json(&edited) || may_be_refused(error, &edited),
                    "{section}, {case}: {shown} is refused: {error}"
                ),
            }
        }
    }
}

/// The rows of `table`, which has `N` columns.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let columns = |line: &'static str| line.split('\t').collect::<Vec<_>>();
    table.lines().skip(1).map(move |line| {
        let met = columns(line);
        met.try_into().unwrap_or_else(|_| panic!("not {N} columns: {line}"))
    })
}

/// Decodes a column: `%` and two hexadecimal digits are one byte; everything else is literal.
pub(crate) fn bytes(column: &str) -> Vec<u8> {
    let mut parts = column.split('%');
    let plain = parts.next().unwrap_or_default();
    let escaped = parts.flat_map(|part| {
        let (digits, plain) = part.split_at(2);
        [u8::from_str_radix(digits, 16).unwrap()].into_iter().chain(plain.bytes())
    });
    plain.bytes().chain(escaped).collect()
}
