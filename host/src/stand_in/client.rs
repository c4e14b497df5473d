//! Which client asks, and by what right (RFC 6749 §2.3, RFC 7521 §4.2).

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::answer::Refusal;
use super::form::Form;
use super::registry::{Credentials, Registry};
use super::urls::CLIENT_ASSERTION;

/// How a request says which client it is from.
pub(crate) enum Client {
    /// It does not say, or only by name.
    Public,
    /// By a secret that is right, or that nobody can check.
    Secret,
    /// By an assertion that is still to be examined.
    Assertion { assertion: String, client_id: Option<String> },
}

impl Client {
    /// Reads the client's credentials, and checks a secret.
    ///
    /// # Errors
    /// `invalid_request` if they are given in two ways at once or in part, `invalid_client` if the
    /// secret is wrong.
    pub(crate) fn of(
        headers: &HeaderMap,
        form: &Form,
        registry: &Registry,
    ) -> Result<Self, Refusal> {
        let basic = basic(headers)?;
        let posted = form.get("client_secret");
        let assertion = assertion(form)?;
        // RFC 6749 §2.3: "MUST NOT use more than one authentication method in each request".
        let ways = [basic.is_some(), posted.is_some(), assertion.is_some()];
        if ways.into_iter().filter(|&way| way).count() > 1 {
            return Err(invalid_request("the client authenticates in more than one way"));
        }
        if let Some(assertion) = assertion {
            let client_id = form.get("client_id").map(str::to_owned);
            return Ok(Self::Assertion { assertion: assertion.to_owned(), client_id });
        }
        let (id, secret) = match (basic, posted) {
            (Some((id, secret)), _) => (id, secret),
            (None, Some(secret)) => {
                let id =
                    form.get("client_id").ok_or_else(|| invalid_request("client_id is missing"))?;
                (id.to_owned(), secret.to_owned())
            }
            (None, None) => return Ok(Self::Public),
        };
        match registry.check(&id, &secret) {
            Credentials::Wrong => Err(Refusal::of_client("client authentication failed")),
            Credentials::Right | Credentials::Unchecked => Ok(Self::Secret),
        }
    }
}

pub(crate) fn invalid_request(words: &str) -> Refusal {
    Refusal::new("invalid_request", words)
}

fn assertion(form: &Form) -> Result<Option<&str>, Refusal> {
    match (form.get("client_assertion_type"), form.get("client_assertion")) {
        (None, None) => Ok(None),
        (Some(CLIENT_ASSERTION), Some(assertion)) => Ok(Some(assertion)),
        (Some(CLIENT_ASSERTION), None) => Err(invalid_request("client_assertion is missing")),
        (Some(_), _) => {
            let words = format!("client_assertion_type must be {CLIENT_ASSERTION}");
            Err(Refusal::new("invalid_client", words))
        }
        (None, Some(_)) => Err(invalid_request("client_assertion_type is missing")),
    }
}

/// RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
fn basic(headers: &HeaderMap) -> Result<Option<(String, String)>, Refusal> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let failed = || Refusal::of_client("the Authorization header is not Basic");
    let (scheme, encoded) =
        value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(failed)?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(failed());
    }
    let decoded = STANDARD.decode(encoded.trim()).ok();
    let joined = decoded.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(failed)?;
    let (id, secret) = joined.split_once(':').ok_or_else(failed)?;
    Ok(Some((form_decoded(id), form_decoded(secret))))
}

fn form_decoded(text: &str) -> String {
    // As the value of a parameter, in which `=` and `&` cannot stand unescaped by RFC 6749; clients
    // that do not encode at all are read as they write.
    let pair = format!("v={}", text.replace('&', "%26"));
    form_urlencoded::parse(pair.as_bytes()).map(|(_, value)| value.into_owned()).collect()
}
