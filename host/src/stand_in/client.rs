//! Identifies and authenticates the client (RFC 6749 §2.3, RFC 7521 §4.2).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, header};

use super::answer::Refusal;
use super::registry::{Credentials, Registry};
use super::urls::CLIENT_ASSERTION;

/// The way in which a request identifies its client.
pub(crate) enum Client {
    /// Not at all, or only by `client_id`.
    Public,
    /// With a secret that is correct, or that cannot be checked.
    Secret,
    /// With an assertion that has not been examined yet.
    Assertion { assertion: String, client_id: Option<String> },
}

impl Client {
    /// Reads the client's credentials, and checks a secret.
    ///
    /// # Errors
    /// `invalid_request` if they are incomplete or given in two ways at once, `invalid_client` if
    /// the secret is wrong.
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
            return Err(invalid_request(
                "expected one way of client authentication, but found more: send only one of \
                 Authorization, client_secret and client_assertion",
            ));
        }
        if let Some(assertion) = assertion {
            let client_id = form.get("client_id").map(str::to_owned);
            return Ok(Self::Assertion { assertion: assertion.to_owned(), client_id });
        }
        let (id, secret) = match (basic, posted) {
            (Some((id, secret)), _) => (id, secret),
            (None, Some(secret)) => {
                let missing =
                    || invalid_request("expected client_id with client_secret, but found none");
                let id = form.get("client_id").ok_or_else(missing)?;
                (id.to_owned(), secret.to_owned())
            }
            (None, None) => return Ok(Self::Public),
        };
        match registry.check(&id, &secret) {
            Credentials::Wrong => Err(Refusal::of_client(
                "expected a registered client_id and its client_secret, but found another pair",
            )),
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
        (Some(CLIENT_ASSERTION), None) => Err(invalid_request(
            "expected client_assertion with client_assertion_type, but found none",
        )),
        (Some(_), _) => {
            let words =
                format!("expected client_assertion_type {CLIENT_ASSERTION}, but found another");
            Err(Refusal::new("invalid_client", words))
        }
        (None, Some(_)) => Err(invalid_request(
            "expected client_assertion_type with client_assertion, but found none",
        )),
    }
}

/// RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
fn basic(headers: &HeaderMap) -> Result<Option<(String, String)>, Refusal> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let failed = || {
        Refusal::of_client(
            "expected the Authorization scheme Basic with a client_id and its secret, but found another",
        )
    };
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
    // Parsed as the value of a parameter, in which `=` and `&` cannot occur unescaped by RFC 6749;
    // credentials of clients that do not encode at all are used unchanged.
    let pair = format!("v={}", text.replace('&', "%26"));
    form_urlencoded::parse(pair.as_bytes()).map(|(_, value)| value.into_owned()).collect()
}

/// The parameters of one request, each of which occurs once.
pub(crate) struct Form(Vec<(String, String)>);

/// Maximum number of parameters: RFC 6749, RFC 7521 and their extensions define fewer for a request.
/// Each is compared with all others.
const MOST: usize = 64;

/// Reasons why a request cannot be read; each is reported as `invalid_request`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FormFault {
    /// RFC 6749 §3.2: parameters are sent as `application/x-www-form-urlencoded`.
    ContentType,
    /// RFC 6749 §3.2: "parameters MUST NOT be included more than once".
    Repeated,
    /// More parameters than any request needs.
    Many,
}

impl FormFault {
    pub(crate) const fn words(&self) -> &'static str {
        match self {
            Self::ContentType => {
                "expected the content type application/x-www-form-urlencoded, but found another"
            }
            Self::Repeated => "expected each parameter once, but found one twice",
            Self::Many => "expected at most 64 parameters, but found more",
        }
    }
}

impl Form {
    /// Parses the body of a request.
    ///
    /// # Errors
    /// [`FormFault`] names the requirement of RFC 6749 that is not met.
    pub(crate) fn read(headers: &HeaderMap, content: &[u8]) -> Result<Self, FormFault> {
        if !is_form(headers) {
            return Err(FormFault::ContentType);
        }
        let mut parameters: Vec<(String, String)> = vec![];
        for (name, value) in form_urlencoded::parse(content) {
            if parameters.len() == MOST {
                return Err(FormFault::Many);
            }
            if parameters.iter().any(|(known, _)| *known == name) {
                return Err(FormFault::Repeated);
            }
            parameters.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(parameters))
    }

    /// Returns a parameter. RFC 6749 §3.2: one "sent without a value MUST be treated as if
    /// omitted".
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let named = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = named.and_then(|value| value.split(';').next()).unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn accepts_forms_of_rfc_6749() {
        use FormFault::{ContentType, Many, Repeated};
        type Row = (
            &'static str,
            Option<&'static str>,
            &'static str,
            Result<Option<&'static str>, FormFault>,
        );
        const FORM: Option<&str> = Some("application/x-www-form-urlencoded");
        const UTF8: Option<&str> = Some("Application/x-www-form-urlencoded; charset=UTF-8");
        const ROWS: &[Row] = &[
            ("a value", FORM, "b=1&a=x%20y+z", Ok(Some("x y z"))),
            ("with a charset", UTF8, "a=x", Ok(Some("x"))),
            ("without a value", FORM, "a=", Ok(None)),
            ("without the name", FORM, "b=1", Ok(None)),
            ("empty", FORM, "", Ok(None)),
            ("twice", FORM, "a=1&a=1", Err(Repeated)),
            ("twice, once escaped", FORM, "a=1&%61=2", Err(Repeated)),
            ("JSON", Some("application/json"), "{}", Err(ContentType)),
            ("no type", None, "a=1", Err(ContentType)),
        ];
        let names = |count: usize| (0..count).map(|n| format!("n{n}=&")).collect::<String>();
        let most = names(MOST - 1) + "a=x";
        let many = names(MOST) + "a=x";
        let limits =
            [("the most", FORM, &*most, Ok(Some("x"))), ("too many", FORM, &*many, Err(Many))];
        for (name, kind, content, expected) in ROWS.iter().chain(&limits) {
            let kind = kind.map(|kind| (header::CONTENT_TYPE, HeaderValue::from_static(kind)));
            let read = Form::read(&kind.into_iter().collect(), content.as_bytes());
            let read = read.as_ref().map(|form| form.get("a")).map_err(FormFault::clone);
            assert_eq!(read, *expected, "{name}");
        }
    }
}
