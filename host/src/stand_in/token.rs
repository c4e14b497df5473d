//! The token endpoint: RFC 7523 §2.1 and §2.2, and the older exchange form of Adobe IMS.

use http::{HeaderMap, StatusCode};
use jwtick_core::evidence::spoken::Code;
use jwtick_core::judge::Finding;

use super::answer::Reason;
use super::answer::Refusal;
use super::assertion::{Examined, Granted, Holder, Purpose, Refused};
use super::client::{Client, Form, invalid_request};
use super::clock::Node;
use super::service::Service;
use super::urls::JWT_BEARER;
use super::wording;

/// Answers a request to the token endpoint.
///
/// # Errors
/// A [`Refusal`] by RFC 6749 §5.2 and RFC 7523 §3.1 and §3.2.
pub(crate) fn grant(
    service: &Service,
    node: &Node,
    headers: &HeaderMap,
    content: &[u8],
) -> Result<Granted, Refusal> {
    let form = read(headers, content)?;
    let client = Client::of(headers, &form, &service.assertions.registry)?;
    let client = match &client {
        Client::Assertion { assertion, client_id } => {
            Some(authenticate(service, node, assertion, client_id.as_deref())?)
        }
        Client::Public | Client::Secret => None,
    };
    let scope = form.get("scope").map(str::to_owned);
    match form.get("grant_type") {
        Some(JWT_BEARER) => {
            let missing = || invalid_request("expected an assertion, but found none");
            let assertion = form.get("assertion").ok_or_else(missing)?;
            let (holder, findings) = examine(service, node, assertion, Purpose::Grant)?;
            Ok(Granted { holder, scope, findings })
        }
        Some("client_credentials") => {
            let missing = || Refusal::of_client("expected client_assertion, but found none");
            let (holder, findings) = client.ok_or_else(missing)?;
            Ok(Granted { holder, scope, findings })
        }
        Some(_) => Err(Refusal::new("unsupported_grant_type", UNSUPPORTED)),
        None => Err(invalid_request("expected grant_type, but found none")),
    }
}

const UNSUPPORTED: &str = "expected grant_type urn:ietf:params:oauth:grant-type:jwt-bearer, or \
    client_credentials with a client_assertion, but found another";

/// Answers a request in the form that Adobe IMS used before it supported RFC 7523: `client_id`,
/// `client_secret` and `jwt_token`.
///
/// # Errors
/// As [`grant`].
pub(crate) fn exchange(
    service: &Service,
    node: &Node,
    headers: &HeaderMap,
    content: &[u8],
) -> Result<Granted, Refusal> {
    let form = read(headers, content)?;
    for name in ["client_id", "client_secret", "jwt_token"] {
        form.get(name)
            .ok_or_else(|| invalid_request(&format!("expected {name}, but found none")))?;
    }
    Client::of(headers, &form, &service.assertions.registry)?;
    let token = form.get("jwt_token").unwrap_or_default();
    let (holder, findings) = examine(service, node, token, Purpose::Grant)?;
    Ok(Granted { holder, scope: None, findings })
}

fn read(headers: &HeaderMap, content: &[u8]) -> Result<Form, Refusal> {
    Form::read(headers, content).map_err(|fault| invalid_request(fault.words()))
}

// RFC 7521 §4.2: a `client_id` next to the assertion must name the same client.
fn authenticate(
    service: &Service,
    node: &Node,
    assertion: &str,
    client_id: Option<&str>,
) -> Result<(Holder, Vec<Finding>), Refusal> {
    let (client, findings) = examine(service, node, assertion, Purpose::Client)?;
    match client_id {
        Some(named) if named != client.subject => {
            let words = "expected the subject of client_assertion as client_id, but found another";
            Err(Refusal { findings, ..Refusal::new("invalid_client", words) })
        }
        _ => Ok((client, findings)),
    }
}

fn examine(
    service: &Service,
    node: &Node,
    assertion: &str,
    purpose: Purpose,
) -> Result<(Holder, Vec<Finding>), Refusal> {
    let slowest = service.cluster.slowest();
    let Examined { result, findings } =
        service.assertions.examine(assertion, purpose, node.now(), slowest);
    match result {
        Ok(holder) => Ok((holder, findings)),
        Err(Refused::For(reason)) => {
            Err(Refusal { findings, ..refusal(service, reason, purpose, assertion) })
        }
        // RFC 6749 §5.2 has no code for this; §4.1.2.1 has one for the same condition.
        Err(Refused::Busy) => Err(Refusal {
            status: StatusCode::SERVICE_UNAVAILABLE,
            ..Refusal::new(
                "temporarily_unavailable",
                "expected fewer assertions with a jti in use, but found 100,000: try again later",
            )
        }),
    }
}

fn refusal(service: &Service, reason: Reason, purpose: Purpose, assertion: &str) -> Refusal {
    let said = service.wording.refusal(reason);
    let error = match (said.code, purpose) {
        (Code::InvalidToken, Purpose::Grant) => "invalid_token",
        (Code::Ordinary, Purpose::Grant) => "invalid_grant",
        (_, Purpose::Client) => "invalid_client",
    };
    let words = wording::filled(said.words, reason, &service.urls.token, assertion);
    Refusal::new(error, words)
}
