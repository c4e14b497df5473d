//! The receiver: a protected resource (RFC 6750) that represents the one in the article.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::access::{self, Checked};
use super::answer::Note;
use super::clock::Node;
use super::service::Service;
use super::wording::{self, Wording};

/// The challenge for a request without a token, word for word as in article KA-10565.
const BASIC: HeaderValue = HeaderValue::from_static(r#"Basic realm="Sling (Development)""#);

/// Answers a request that may carry a token.
pub(crate) fn answer(service: &Service, node: &Node, headers: &HeaderMap) -> Response {
    let Some(token) = bearer(headers) else {
        // RFC 6750 §3: without credentials there is no error code.
        let note = Note { error: Some("unauthorized"), words: "no token".into(), findings: vec![] };
        return refused(vec![BASIC], note);
    };
    let leeway = service.assertions.terms.leeway;
    let Checked { result, findings } =
        access::check(&service.signer, &service.urls, token, node.now(), leeway);
    match result {
        Ok(()) => {
            let mut response = (StatusCode::OK, "Replication (TEST) successful\n").into_response();
            let words = "the token is accepted".to_owned();
            response.extensions_mut().insert(Note { error: None, words, findings });
            response
        }
        Err(reason) => {
            let words = Wording::Rfc.refusal(reason).words.replace("assertion", "access token");
            let words = wording::filled(&words, reason, &service.urls.receiver, token);
            let challenge = challenge(&words);
            let note = Note { error: Some("invalid_token"), words, findings };
            refused([Some(BASIC), challenge].into_iter().flatten().collect(), note)
        }
    }
}

/// RFC 6750 §2.1; the scheme is case-insensitive (RFC 9110 §11.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// RFC 6750 §3.1.
fn challenge(words: &str) -> Option<HeaderValue> {
    let bearer = format!(r#"Bearer error="invalid_token", error_description="{words}""#);
    HeaderValue::from_str(&bearer).ok()
}

fn refused(challenges: Vec<HeaderValue>, note: Note) -> Response {
    let mut response = StatusCode::UNAUTHORIZED.into_response();
    for challenge in challenges {
        response.headers_mut().append(header::WWW_AUTHENTICATE, challenge);
    }
    response.extensions_mut().insert(note);
    response
}
