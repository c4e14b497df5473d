//! `POST /introspect` (RFC 7662): tells a client of this service whether a token is active.
//!
//! A refusal says nothing but `{"active":false}` (§2.2); its reason is in the log and in the metrics. A token that cannot be
//! decided gets a 503, since `false` would end a session that may be good. Nothing is used up: a token
//! that may be used once may be asked about as often as its holders like.

use std::sync::Arc;

use http::{HeaderValue, Request, StatusCode, header};
use jwtick_core::Verdict;
use jwtick_core::token::Claims;
use serde_json::{Map, Value, json};

use super::answer::refused;
use super::caller::{Form, authenticated};
use super::decision::{About, Allowed, Decision, Refusal};
use super::service::{InForce, Issuer};
use super::stop::Refused;
use super::verify::examine;
use crate::http::server::Response;
use crate::http::server::content::response;

/// An answer, and the decision if a token was examined.
pub(super) async fn introspect(
    in_force: &Arc<InForce>,
    request: &Request<Vec<u8>>,
) -> (Response, Option<Decision>) {
    let form = Form::of(request.body());
    if !authenticated(&in_force.callers, request.headers(), &form) {
        return (unauthorized(), None);
    }
    // RFC 7662 §2.1: the parameter is required.
    let Some(token) = form.only("token") else {
        return (inactive(StatusCode::BAD_REQUEST, &json!({ "error": "invalid_request" })), None);
    };
    match examine(in_force, token, &active).await {
        Ok((about, members)) => {
            let answer = inactive(StatusCode::OK, &members);
            let allowed =
                Allowed { about, identity: vec![], verdict: Verdict::Accept, once: [None; 2] };
            (answer, Some(Decision::Allow(allowed)))
        }
        Err(Refused { refusal, .. }) => {
            let answer = match refusal.reason.is_undecided() {
                true => refused(&refusal, &in_force.policy),
                false => inactive(StatusCode::OK, &json!({ "active": false })),
            };
            (answer, Some(refusal.into()))
        }
    }
}

/// The members of RFC 7662 §2.2 that the token states, and `active`.
fn active(
    _: &Issuer,
    claims: &Claims<'_>,
    about: About,
    _: Verdict,
) -> Result<(About, Value), Refusal> {
    const MEMBERS: [&str; 12] = [
        "scope",
        "client_id",
        "username",
        "exp",
        "iat",
        "nbf",
        "sub",
        "aud",
        "iss",
        "jti",
        "cnf",
        "token_type",
    ];
    let mut members = Map::from_iter([("active".to_owned(), Value::Bool(true))]);
    for name in MEMBERS {
        let value =
            claims.get(name).and_then(|value| serde_json::from_str(value.as_written()).ok());
        members.extend(value.map(|value| (name.to_owned(), value)));
    }
    Ok((about, Value::Object(members)))
}

fn inactive(status: StatusCode, body: &Value) -> Response {
    let mut answer = response(status, Some("application/json"), format!("{body}\n"));
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// RFC 7662 §2.3: the answer to a client that is not authenticated is that of RFC 6749 §5.2.
fn unauthorized() -> Response {
    let mut answer = inactive(StatusCode::UNAUTHORIZED, &json!({ "error": "invalid_client" }));
    let scheme = HeaderValue::from_static(r#"Basic realm="introspection""#);
    answer.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
    answer
}
