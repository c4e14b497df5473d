//! Authenticates the clients of the introspection endpoint (RFC 6749 §2.3.1).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, header};
use ring::hmac;
use zeroize::Zeroizing;

/// The secrets of the clients that may ask. Their tags are compared, in constant time.
pub(crate) struct Callers {
    pepper: hmac::Key,
    tags: Vec<(String, hmac::Tag)>,
}

impl Callers {
    /// Takes the secrets of clients; `None` if the system provides no random numbers.
    pub(super) fn of(secrets: Vec<(String, Zeroizing<Vec<u8>>)>) -> Option<Self> {
        let random = ring::rand::SystemRandom::new();
        let pepper = hmac::Key::generate(hmac::HMAC_SHA256, &random).ok()?;
        let tag = |(id, secret): (String, Zeroizing<Vec<u8>>)| {
            let tag = hmac::sign(&pepper, secret.trim_ascii_end());
            (id, tag)
        };
        Some(Self { tags: secrets.into_iter().map(tag).collect(), pepper })
    }

    /// Returns true if no client may ask.
    pub(super) const fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    fn know(&self, id: &str, secret: &str) -> bool {
        self.tags.iter().any(|(name, tag)| {
            name == id && hmac::verify(&self.pepper, secret.as_bytes(), tag.as_ref()).is_ok()
        })
    }
}

/// RFC 6749 §2.3.1: HTTP Basic, or `client_id` and `client_secret` in the form, but not both.
pub(super) fn authenticated(callers: &Callers, headers: &HeaderMap, form: &Form) -> bool {
    match (headers.get(header::AUTHORIZATION), form.only("client_secret")) {
        (Some(value), None) => {
            let pair = value.to_str().ok().and_then(basic);
            pair.is_some_and(|(id, secret)| callers.know(&id, &secret))
        }
        (None, Some(secret)) => form.only("client_id").is_some_and(|id| callers.know(id, secret)),
        _ => false,
    }
}

fn basic(value: &str) -> Option<(String, String)> {
    let (scheme, encoded) = value.split_once(' ')?;
    let decoded = STANDARD.decode(encoded.trim()).ok()?;
    let pair = String::from_utf8(decoded).ok()?;
    let (id, secret) = pair.split_once(':').filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    Some((unescaped(id), unescaped(secret)))
}

/// RFC 6749 §2.3.1: both parts are form-encoded. Those of clients that do not encode are used unchanged.
fn unescaped(text: &str) -> String {
    let pair = format!("v={}", text.replace('&', "%26"));
    form_urlencoded::parse(pair.as_bytes()).map(|(_, value)| value.into_owned()).collect()
}

/// The parameters of a request.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn of(content: &[u8]) -> Self {
        // RFC 7662 defines two parameters, and RFC 6749 two more.
        const MOST: usize = 16;
        let pairs = form_urlencoded::parse(content).take(MOST);
        Self(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// The value of a parameter that occurs once.
    pub(super) fn only(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(met, _)| met == name).map(|(_, value)| &**value);
        values.next().filter(|_| values.next().is_none())
    }
}
