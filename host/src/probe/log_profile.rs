//! A connection as the log of a failed token request shows it.
//!
//! A log may hold what a stranger wrote. So an assertion is sent to a server that only the log names if
//! that server is its audience, too: then nothing else accepts what it receives (RFC 7523 §3, item 3).
//! Secrets in a log are not used.

use core::fmt;

use base64::Engine;
use serde_json::{Map, Value};

use super::log_lines::{Lines, Part, Parts, Shown};
use super::profile::Profile;
use crate::http::client::Target;
use crate::input::tokens::{self, Found, LENIENT};
use crate::keys;
use crate::notation::duration;

/// Parts that a reader is told about if the log lacks them.
const USUAL: [Part; 6] =
    [Part::TokenUrl, Part::Issuer, Part::Audience, Part::Lifetime, Part::Algorithm, Part::KeyId];

/// Reasons why the log and the options describe no connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LogLacks {
    TokenUrl,
    Issuer,
    /// The assertion is for another server than the one that the log names.
    Trust {
        url: String,
        audience: String,
    },
}

impl fmt::Display for LogLacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TokenUrl => f.write_str("the log names no token endpoint: add --token-url URL"),
            Self::Issuer => {
                f.write_str("the log shows no issuer of an assertion: add --issuer NAME")
            }
            Self::Trust { url, audience } => write!(
                f,
                "the log names the token endpoint {url}, but its assertion is for {audience}, and what it is \
                 sent to could use it there: if the endpoint is right, add --token-url {url}"
            ),
        }
    }
}

impl core::error::Error for LogLacks {}

/// The parts of a connection that a log shows. The last request counts.
#[derive(Debug, Default)]
pub(crate) struct LogProfile {
    parts: Parts,
    claims: Map<String, Value>,
}

impl LogProfile {
    /// Reads a log.
    pub(crate) fn read(text: &[u8]) -> Self {
        let mut profile = Self::default();
        let found = tokens::in_text(text, None);
        // The last one of those with a telling name.
        let assertion = found.iter().filter_map(Assertion::of).max_by_key(|it| it.is_named);
        let mut lines = Lines::new(assertion.is_some());
        for (number, line) in (1_usize..).zip(String::from_utf8_lossy(text).lines()) {
            lines.read(line, number, &mut profile.parts);
        }
        if let Some(assertion) = assertion {
            profile.claims = assertion.show(&mut profile.parts);
        }
        profile.parts.shown.sort_by_key(|it| it.part);
        profile
    }

    /// The parts that were found.
    pub(crate) fn shown(&self) -> &[Shown] {
        &self.parts.shown
    }

    /// The usual parts that the log does not show.
    pub(crate) fn missing(&self) -> Vec<Part> {
        USUAL.into_iter().filter(|&part| self.parts.value(part).is_none()).collect()
    }

    /// The profile. `url` and `issuer` are those of the command line, which override the log.
    ///
    /// # Errors
    /// [`LogLacks`].
    pub(crate) fn profile(
        &self,
        url: Option<&Target>,
        issuer: Option<&str>,
    ) -> Result<Profile, LogLacks> {
        let found = self.parts.value(Part::TokenUrl).and_then(|url| Target::parse(url).ok());
        let target = url.or(found.as_ref()).ok_or(LogLacks::TokenUrl)?;
        let issuer = issuer.or_else(|| self.parts.value(Part::Issuer)).ok_or(LogLacks::Issuer)?;
        if url.is_none() && !self.is_for(target) {
            let audience = self.parts.audience.join(", ");
            return Err(LogLacks::Trust { url: target.to_string(), audience });
        }
        let mut profile = Profile::bare(issuer, target);
        let text = |part| self.parts.value(part).map(str::to_owned);
        profile.agent.subject = text(Part::Subject);
        profile.agent.audience.clone_from(&self.parts.audience);
        profile.agent.kid = text(Part::KeyId);
        profile.agent.alg =
            self.parts.value(Part::Algorithm).and_then(|it| keys::algorithm(it).ok());
        let lifetime = self.parts.value(Part::Lifetime).and_then(|it| duration::length(it).ok());
        profile.agent.lifetime = lifetime.unwrap_or(profile.agent.lifetime);
        profile.agent.claims = self.claims.clone().into_iter().collect();
        profile.token.form = self.parts.form;
        profile.token.client_id = text(Part::ClientId);
        profile.token.scope = text(Part::Scope);
        Ok(profile)
    }

    /// Returns true if the assertion is of use at this server only. Without an audience, the URL becomes it.
    fn is_for(&self, target: &Target) -> bool {
        let is_here = |name: &String| {
            Target::parse(name).is_ok_and(|it| it.authority() == target.authority())
        };
        self.parts.audience.iter().all(is_here)
    }
}

/// A token that a client made for a token endpoint.
struct Assertion {
    is_named: bool,
    line: usize,
    header: Value,
    claims: Map<String, Value>,
}

impl Assertion {
    /// Reads a token whose signature may be cut or masked.
    fn of(found: &Found) -> Option<Self> {
        let mut segments = found.compact.split(|&byte| byte == b'.');
        let mut json = || {
            let bytes = LENIENT.decode(segments.next()?).ok()?;
            serde_json::from_slice::<Value>(&bytes).ok()
        };
        let (header, Value::Object(claims)) = (json()?, json()?) else { return None };
        let name = found.place.name.as_deref().unwrap_or_default();
        let is_named = name.ends_with("assertion") || name == "jwt_token";
        let is_one = ["iss", "aud", "exp"].iter().all(|name| claims.contains_key(*name));
        is_one.then_some(Self { is_named, line: found.place.line, header, claims })
    }

    fn show(mut self, parts: &mut Parts) -> Map<String, Value> {
        let line = self.line;
        for (part, name) in [(Part::Algorithm, "alg"), (Part::KeyId, "kid")] {
            if let Some(value) = self.header.get(name).and_then(Value::as_str) {
                parts.show(part, value.to_owned(), line);
            }
        }
        for (part, name) in [(Part::Issuer, "iss"), (Part::Subject, "sub")] {
            if let Some(Value::String(value)) = self.claims.remove(name) {
                parts.show(part, value, line);
            }
        }
        let audience = self.claims.remove("aud");
        let names = match &audience {
            Some(Value::Array(names)) => names.as_slice(),
            one => one.as_slice(),
        };
        parts.audience = names.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        parts.show(Part::Audience, parts.audience.join(", "), line);
        let [exp, iat, _, _] = ["exp", "iat", "nbf", "jti"].map(|name| self.claims.remove(name));
        let second = |claim: Option<Value>| claim.as_ref().and_then(Value::as_i64);
        if let (Some(exp), Some(iat)) = (second(exp), second(iat)) {
            parts.show_lifetime(exp, iat, line);
        }
        if !self.claims.is_empty() {
            let names: Vec<&str> = self.claims.keys().map(String::as_str).collect();
            parts.show(Part::Claims, names.join(", "), line);
        }
        self.claims
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    /// A token with a masked signature, as logs show them.
    fn token(header: &str, claims: &str) -> String {
        format!("{}.{}.MASKED", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims))
    }

    fn read(text: &str) -> Vec<String> {
        let part = |it: &Shown| format!("{:?}={} @{}", it.part, it.value, it.line);
        LogProfile::read(text.as_bytes()).shown().iter().map(part).collect()
    }

    #[test]
    fn parts_and_their_lines_are_found() {
        let token = token(
            r#"{"alg":"RS256","kid":"k1"}"#,
            r#"{"iss":"kiosk","sub":"me","aud":"https://sso.example/realms/a","iat":100,"exp":400,"role":"x"}"#,
        );
        let claims = [
            "Issuer=kiosk @1",
            "Subject=me @1",
            "Audience=https://sso.example/realms/a @1",
            "Lifetime=300s @1",
            "Algorithm=RS256 @1",
            "KeyId=k1 @1",
            "Claims=role @1",
        ];
        let url = "https://sso.example/realms/a/token";
        let rows = [
            (format!("client_assertion={token}\nPOST {url} HTTP/1.1"), format!("{url} @2")),
            (format!("{token}\nDEBUG tokenEndpoint=\"{url}\", x"), format!("{url} @2")),
            (
                format!("{token}\nPOST /realms/a/token HTTP/1.1\nAccept: */*\nHost: sso.example"),
                format!("{url} @2"),
            ),
            (
                format!("{token}\n> POST {url}: 400\nsee https://docs.example/token-errors"),
                format!("{url} @2"),
            ),
        ];
        for (text, url) in rows {
            let shown = read(&text);
            assert_eq!(shown.first(), Some(&format!("TokenUrl={url}")), "{text}");
            assert_eq!(shown.get(1..).unwrap_or_default(), claims, "{text}");
        }
    }

    #[test]
    fn printed_claims_and_parameters_are_read() {
        let text = "claims {\"iss\":\"me\",\"aud\":\"https://a.example/token\",\"exp\":400,\"iat\":100}\n\
                    body grant_type=x&client_id=app%201&scope=a+b&client_secret=hunter2";
        let expected = [
            "TokenUrl=https://a.example/token @1",
            "ClientId=app 1 @2",
            "Scope=a b @2",
            "Issuer=me @1",
            "Audience=https://a.example/token @1",
            "Lifetime=300s @1",
        ];
        assert_eq!(read(text), expected);
        assert_eq!(LogProfile::read(text.as_bytes()).missing(), [Part::Algorithm, Part::KeyId]);
    }

    #[test]
    fn assertion_goes_only_to_its_audience_or_where_the_user_says() {
        let text = |aud: &str| {
            let claims = format!(r#"{{"iss":"me","aud":{aud},"exp":9}}"#);
            format!("{}\nPOST https://evil.example/token", token(r#"{"alg":"RS256"}"#, &claims))
        };
        let here = Target::parse("https://login.example/token").unwrap();
        let rows = [
            ("the audience", r#""https://evil.example/x""#, None, true),
            ("another server", r#""https://login.example/token""#, None, false),
            (
                "one of two servers",
                r#"["https://evil.example","https://login.example"]"#,
                None,
                false,
            ),
            ("a name", r#""login""#, None, false),
            ("another port", r#""https://evil.example:8443/x""#, None, false),
            ("named by the user", r#""https://login.example/token""#, Some(&here), true),
        ];
        for (name, aud, url, is_profile) in rows {
            let profile = LogProfile::read(text(aud).as_bytes()).profile(url, None);
            assert_eq!(profile.is_ok(), is_profile, "{name}");
        }
    }

    #[test]
    fn other_texts_show_nothing() {
        for text in ["", "JWT expired", "-----BEGIN PRIVATE KEY-----", "GET https://a.example/x"] {
            assert_eq!(read(text), [""; 0], "{text}");
        }
        assert_eq!(LogProfile::read(b"").profile(None, None).unwrap_err(), LogLacks::TokenUrl);
    }
}
