//! Identifiers of one request in a line of a log: of the request, of its trace, or of its assertion.
//!
//! Only values that name one request count: those of the names below, and tokens, by their signature and
//! their `jti`. Another value that is long enough may be that of a client, a tenant or a session.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

/// Ends of the names whose values identify one request, in lower case and without `-` and `_`: those of
/// W3C Trace Context and of RFC 7519 §4.1.7, and the usual names of request and correlation identifiers.
const NAMES: &[&str] = &["requestid", "correlationid", "traceid", "traceparent", "jti"];

/// Parts of these names as they are written, and the start of a token: few other lines have them.
const SIGNS: [&[u8]; 8] =
    [b"equest", b"EQUEST", b"orrelation", b"ORRELATION", b"race", b"RACE", b"jti", b"eyJ"];

/// The longest of these names, with separators.
const NAME_MAX: usize = 40;

/// The shortest value that counts: 64 bits in hexadecimal digits. Shorter ones repeat.
const SHORTEST: usize = 16;

/// A value with fewer different characters is a placeholder, such as zeros.
const VARIED: usize = 6;

/// Returns true if a line may have an identifier.
pub(super) fn may_identify(line: &[u8]) -> bool {
    SIGNS.iter().any(|sign| memchr::memmem::find(line, sign).is_some())
}

/// Passes each identifier in `line` to `take`.
pub(super) fn identifiers(line: &[u8], mut take: impl FnMut(&[u8])) {
    for at in memchr::memchr2_iter(b'=', b':', line) {
        if names_request(line.get(..at).unwrap_or_default()) {
            let value = value(line.get(at..).unwrap_or_default());
            // The parts of `traceparent` are version, trace, parent and flags.
            let trace = match value {
                [_, _, b'-', rest @ ..] => rest.get(..32).filter(|_| rest.get(32) == Some(&b'-')),
                _ => None,
            };
            let value = trace.unwrap_or(value);
            if is_unique(value) {
                take(value);
            }
        }
    }
    for at in memchr::memmem::find_iter(line, b"eyJ") {
        token(line.get(at..).unwrap_or_default(), &mut take);
    }
}

/// Returns true if the word before a separator names an identifier of a request.
fn names_request(before: &[u8]) -> bool {
    let is_mark = |byte: &u8| matches!(byte, b'"' | b'\'' | b'\\' | b' ');
    let end =
        before.iter().rposition(|byte| !is_mark(byte)).map_or(0, |last| last.saturating_add(1));
    let word = before.get(end.saturating_sub(NAME_MAX)..end).unwrap_or_default();
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let start = word.iter().rposition(|byte| !is_of_name(byte));
    let word = word.get(start.map_or(0, |at| at.saturating_add(1))..).unwrap_or_default();
    let letters = word.iter().filter(|byte| byte.is_ascii_alphanumeric());
    let name: String = letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    NAMES.iter().any(|known| name.ends_with(known) && (*known != "jti" || name == "jti"))
}

/// The value after a separator.
fn value(after: &[u8]) -> &[u8] {
    let is_before = |byte: &u8| matches!(byte, b'=' | b':' | b'"' | b'\'' | b'\\' | b' ' | b'[');
    let start = after.iter().position(|byte| !is_before(byte)).unwrap_or(after.len());
    let rest = after.get(start..).unwrap_or_default();
    let is_of_value = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:/+=~".contains(byte);
    let end = rest.iter().position(|byte| !is_of_value(byte)).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

fn is_unique(value: &[u8]) -> bool {
    let is_new = |(at, byte): &(usize, &u8)| !value.iter().take(*at).any(|seen| seen == *byte);
    value.len() >= SHORTEST && value.iter().enumerate().filter(is_new).nth(VARIED - 1).is_some()
}

#[derive(Deserialize)]
struct Payload {
    jti: Option<String>,
}

/// The signature and the `jti` of the token (RFC 7515 §7.1) that `text` starts with.
fn token(text: &[u8], take: &mut impl FnMut(&[u8])) {
    let is_of_token =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let end = text.iter().position(|byte| !is_of_token(byte)).unwrap_or(text.len());
    let mut parts = text.get(..end).unwrap_or_default().split(|&byte| byte == b'.');
    let (Some(_), Some(payload)) = (parts.next(), parts.next()) else { return };
    // Logs often leave the signature out.
    if let Some(signature) = parts.next().filter(|signature| is_unique(signature)) {
        take(signature);
    }
    let payload = URL_SAFE_NO_PAD.decode(payload).ok();
    let payload = payload.and_then(|json| serde_json::from_slice::<Payload>(&json).ok());
    if let Some(jti) = payload.and_then(|payload| payload.jti)
        && is_unique(jti.as_bytes())
    {
        take(jti.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<String> {
        let mut found = Vec::new();
        let may_identify = may_identify(line.as_bytes());
        identifiers(line.as_bytes(), |it| found.push(String::from_utf8_lossy(it).into_owned()));
        assert!(may_identify || found.is_empty(), "{line}");
        found
    }

    const UUID: &str = "5f0c2b7e-9a41-4d7c-8f2b-1f7d3c0a9e11";
    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

    #[test]
    fn values_of_known_names_are_found() {
        let named = [
            format!("request_id={UUID} POST"),
            format!("{{\"requestId\":\"{UUID}\"}}"),
            format!("X-Request-ID: {UUID}"),
            format!("HTTP_X_REQUEST_ID={UUID}"),
            format!("\\\"x-correlation-id\\\": \\\"{UUID}\\\""),
            format!("jti='{UUID}'"),
        ];
        named.iter().for_each(|line| assert_eq!(found(line), [UUID], "{line}"));
        let traces =
            [format!("traceparent: 00-{TRACE}-00f067aa0ba902b7-01"), format!("trace_id={TRACE}")];
        traces.iter().for_each(|line| assert_eq!(found(line), [TRACE], "{line}"));
    }

    #[test]
    fn token_is_known_by_its_signature_and_its_jti() {
        let payload = URL_SAFE_NO_PAD.encode(format!("{{\"jti\":\"{UUID}\",\"exp\":1}}"));
        let line = format!("assertion=eyJhbGciOiJIUzI1NiJ9.{payload}.c2lnbmF0dXJlLW9mLXRva2Vu&x");
        assert_eq!(found(&line), ["c2lnbmF0dXJlLW9mLXRva2Vu", UUID]);
        assert_eq!(found(&format!("eyJhbGciOiJIUzI1NiJ9.{payload}.…")), [UUID]);
    }

    #[test]
    fn short_and_foreign_values_are_none() {
        let none = [
            format!("client_id={UUID}"),
            format!("session: {UUID}"),
            "request_id=12345".to_owned(),
            "trace_id=00000000000000000000000000000000".to_owned(),
            "the request id is unknown: none".to_owned(),
            format!("xjti={UUID}"),
            "eyJ".to_owned(),
        ];
        none.iter().for_each(|line| assert_eq!(found(line), [""; 0], "{line}"));
    }
}
