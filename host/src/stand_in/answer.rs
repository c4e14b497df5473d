//! Answers in the forms of RFC 6749 §5 and RFC 6750 §3, and the reason for refusing: the one finding of the
//! core to report.

use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use jwtick_core::UnixTime;
pub(crate) use jwtick_core::evidence::spoken::Reason;
use jwtick_core::judge::{Finding, Rule, first_refused};
use serde_json::{Value, json};

use crate::http::server::Response;
use crate::http::server::content::response;
use crate::output::safe;
use crate::verification::{Outcome, Problem};

/// The result of a request, for the log. It never contains a token or a secret.
#[derive(Debug, Clone, Default)]
pub(crate) struct Note {
    /// The error code; `None` if the request succeeded.
    pub(crate) error: Option<&'static str>,
    pub(crate) words: String,
    pub(crate) findings: Vec<Finding>,
}

/// An error response under construction.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) error: &'static str,
    pub(crate) words: String,
    pub(crate) findings: Vec<Finding>,
}

impl Refusal {
    /// RFC 6749 §5.2: an error has status 400. So does `invalid_client` for an assertion (RFC 7521
    /// §4.2.1), for which no challenge scheme exists; a client would take a 401 for the response of
    /// a proxy.
    pub(crate) fn new(error: &'static str, words: impl Into<String>) -> Self {
        let status = StatusCode::BAD_REQUEST;
        Self { status, error, words: words.into(), findings: vec![] }
    }

    /// RFC 6749 §5.2: a client without credentials, or with wrong ones, receives a challenge with
    /// the scheme.
    pub(crate) fn of_client(words: impl Into<String>) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, ..Self::new("invalid_client", words) }
    }
}

impl From<Refusal> for Response {
    fn from(refusal: Refusal) -> Self {
        let words = portable(&refusal.words);
        let body = json!({ "error": refusal.error, "error_description": words });
        let mut answer = json(refusal.status, &body);
        if refusal.status == StatusCode::UNAUTHORIZED {
            // RFC 9110 §15.5.2: a 401 names a scheme. RFC 6749 §2.3.1 requires every server to
            // support Basic.
            let scheme = HeaderValue::from_static(r#"Basic realm="jwtick stand-in""#);
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        let note = Note { error: Some(refusal.error), words, findings: refusal.findings };
        answer.extensions_mut().insert(note);
        answer
    }
}

/// RFC 6749 §5.1: responses with tokens or information about them must not be stored. `Pragma` is
/// required there too, although only HTTP/1.0 caches use it.
const UNCACHED: [(HeaderName, HeaderValue); 2] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::PRAGMA, HeaderValue::from_static("no-cache")),
];

/// A JSON object that must not be cached.
pub(crate) fn json(status: StatusCode, body: &Value) -> Response {
    let mut answer = published(body);
    *answer.status_mut() = status;
    answer.headers_mut().extend(UNCACHED);
    answer
}

/// A JSON object that may be cached.
pub(crate) fn published(body: &Value) -> Response {
    response(StatusCode::OK, Some("application/json"), safe::json(&body.to_string()))
}

/// RFC 6749 §5.2: a description contains the characters %x20-21, %x23-5B and %x5D-7E. It may quote
/// client input, which is truncated: no error response needs to be longer.
fn portable(words: &str) -> String {
    const MOST: usize = 600;
    words
        .chars()
        .map(|character| match character {
            '"' => '\'',
            '\\' => '/',
            ' '..='~' => character,
            _ => '?',
        })
        .take(MOST)
        .collect()
}

/// A log entry for one answered request.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The time on the clock of the node.
    pub(crate) at: UnixTime,
    pub(crate) node: Option<String>,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    pub(crate) note: Note,
}

/// The destination of log entries.
pub(crate) struct Log(Box<dyn Fn(&Entry) + Send + Sync>);

impl Log {
    pub(crate) fn to(write: impl Fn(&Entry) + Send + Sync + 'static) -> Self {
        Self(Box::new(write))
    }

    pub(crate) fn write(&self, entry: &Entry) {
        (self.0)(entry);
    }
}

/// The first reason that applies, in order: sender, form, time.
pub(crate) fn reason_of(outcome: &Outcome<'_>) -> Option<Reason> {
    match &outcome.problem {
        Some(Problem::Signature(_)) => return Some(Reason::Signature),
        Some(Problem::Key(_)) => return Some(Reason::UnknownKey),
        Some(Problem::Audience) => return Some(Reason::Audience),
        Some(Problem::Type { .. }) => return Some(Reason::Kind),
        Some(
            Problem::Decode(_)
            | Problem::Repeated { .. }
            | Problem::Encrypted
            | Problem::Algorithm { .. },
        ) => return Some(Reason::Malformed),
        None => {}
    }
    first_refused(outcome.findings()).map(reason_of_finding)
}

/// Returns the reason for a finding that is not accepted.
pub(crate) const fn reason_of_finding(finding: &Finding) -> Reason {
    match (finding, finding.rule()) {
        (Finding::Missing(rule), _) => Reason::Missing(*rule),
        (_, Rule::Exp) => Reason::Expired,
        (_, Rule::Nbf) => Reason::NotYet,
        (_, Rule::Iat) => Reason::Future,
        (_, Rule::MaxAge) => Reason::TooOld,
        (_, Rule::Lifetime) => Reason::TooLong,
        (_, Rule::Iss) => Reason::Issuer,
        (_, Rule::Sub) => Reason::Subject,
        (_, Rule::Aud) => Reason::Audience,
        // A rule that only requires the claim to be present.
        (_, rule) => Reason::Missing(rule),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_use_rfc_6749_characters() {
        const ROWS: &[(&str, &str)] = &[
            ("JWT has expired", "JWT has expired"),
            ("\"sub\" of J\u{f6}rg\\\r\n\u{7f}", "'sub' of J?rg/???"),
        ];
        for &(words, expected) in ROWS {
            assert_eq!(portable(words), expected);
        }
        assert_eq!(portable(&"x".repeat(10_000)).len(), 600);
    }
}
