//! The form of a token request, and the access token in its response (RFC 6749 §5.1), whose value is never
//! shown.

use core::fmt;

use form_urlencoded::Serializer;
use jwtick_core::words::{Language, sentences};
use serde::Deserialize;
use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Deserializer;

/// The forms of a token request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TokenForm {
    /// The assertion is the grant (RFC 7523 §2.1)
    #[default]
    JwtBearer,
    /// The assertion authenticates the client (RFC 7523 §2.2)
    ClientAssertion,
    /// Adobe IMS: client_id, client_secret and jwt_token
    AdobeExchange,
}

/// A client's identifier and its secret, if it has them.
#[derive(Clone, Copy, Default)]
pub(crate) struct Credentials<'c> {
    pub(crate) id: Option<&'c str>,
    pub(crate) secret: Option<&'c str>,
}

impl TokenForm {
    /// Returns the body of the request, as `application/x-www-form-urlencoded`.
    pub(crate) fn content(
        self,
        assertion: &str,
        client: Credentials<'_>,
        scope: Option<&str>,
    ) -> String {
        let mut form = Serializer::new(String::new());
        match self {
            Self::JwtBearer => {
                form.append_pair("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
                form.append_pair("assertion", assertion);
            }
            Self::ClientAssertion => {
                form.append_pair("grant_type", "client_credentials");
                form.append_pair("client_assertion_type", CLIENT_ASSERTION);
                form.append_pair("client_assertion", assertion);
            }
            Self::AdobeExchange => {
                form.append_pair("jwt_token", assertion);
            }
        }
        let rest = [("client_id", client.id), ("client_secret", client.secret), ("scope", scope)];
        for (name, value) in rest {
            if let Some(value) = value {
                form.append_pair(name, value);
            }
        }
        form.finish()
    }
}

const CLIENT_ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Reasons why a response contains no access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoToken {
    /// The response is not a JSON object.
    NotJson,
    Missing,
    /// It is not a text.
    NotText,
    /// Nothing but white space.
    Empty,
    /// A member that occurs twice: each reader may take another one (RFC 8259 §4).
    Twice,
    /// A character that RFC 6749 appendix A.12 does not allow.
    Character,
}

impl fmt::Display for NoToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = match self {
            Self::NotJson => "no JSON object",
            Self::Missing => "none",
            Self::NotText => "a value that is not a text",
            Self::Empty => "an empty one",
            Self::Twice => "more than one",
            Self::Character => "a character that is not visible ASCII in it",
        };
        write!(
            f,
            "expected an object with one access_token (RFC 6749 §5.1), but found {found}: check the \
             token URL and the server"
        )
    }
}

impl NoToken {
    /// The same in the language of the report.
    pub(super) fn said(self, language: Language) -> impl fmt::Display {
        words(self, language)
    }
}

sentences! {
    fn words(fault: NoToken, language, f) {
        NoToken::NotJson => [
            en: "{fault}",
            de: "die Antwort ist kein JSON-Objekt: Prüfen Sie die Token-URL und den Server",
            ko: "응답이 JSON 객체가 아닙니다. 토큰 URL과 서버를 확인하십시오",
        ]
        NoToken::Missing | NoToken::NotText | NoToken::Empty => [
            en: "{fault}",
            de: "die Antwort enthält kein access_token als Text (RFC 6749 §5.1): Prüfen Sie die Token-URL und den Server",
            ko: "응답에 텍스트로 된 access_token이 없습니다(RFC 6749 §5.1). 토큰 URL과 서버를 확인하십시오",
        ]
        NoToken::Twice => [
            en: "{fault}",
            de: "die Antwort enthält mehr als ein access_token (RFC 6749 §5.1): Prüfen Sie den Server",
            ko: "응답에 access_token이 두 개 이상 있습니다(RFC 6749 §5.1). 서버를 확인하십시오",
        ]
        NoToken::Character => [
            en: "{fault}",
            de: "das access_token enthält ein Zeichen außerhalb des sichtbaren ASCII: Prüfen Sie den Server",
            ko: "access_token에 보이는 ASCII가 아닌 문자가 있습니다. 서버를 확인하십시오",
        ]
    }
}

/// Returns the token in the content of a response.
///
/// # Errors
/// [`NoToken`] says why there is none that can be used.
pub(super) fn access_token(content: &str) -> Result<String, NoToken> {
    let mut json = Deserializer::from_str(content);
    let tokens = json.deserialize_map(Tokens).and_then(|tokens| json.end().map(|()| tokens));
    let mut tokens = tokens.map_err(|_| NoToken::NotJson)?.into_iter();
    let token = match (tokens.next(), tokens.next()) {
        (None, _) => return Err(NoToken::Missing),
        (Some(_), Some(_)) => return Err(NoToken::Twice),
        (Some(token), None) => token.ok_or(NoToken::NotText)?,
    };
    if token.trim().is_empty() {
        return Err(NoToken::Empty);
    }
    let allowed = token.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if allowed { Ok(token) } else { Err(NoToken::Character) }
}

/// The values of every `access_token` of an object; `None` for one that is not a text.
struct Tokens;

impl<'j> Visitor<'j> for Tokens {
    type Value = Vec<Option<String>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'j>>(self, mut members: M) -> Result<Self::Value, M::Error> {
        let mut tokens = Vec::new();
        while let Some(name) = members.next_key::<String>()? {
            if name != "access_token" {
                members.next_value::<IgnoredAny>()?;
            } else {
                let value: serde_json::Value = members.next_value()?;
                tokens.push(value.as_str().map(str::to_owned));
            }
        }
        Ok(tokens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_exactly_one_token() {
        const ROWS: &[(&str, Result<&str, NoToken>)] = &[
            (r#"{"access_token":"a.b","token_type":"Bearer"}"#, Ok("a.b")),
            (r#" {"x":{"access_token":"c"},"access\u005ftoken":"a~ b"} "#, Ok("a~ b")),
            (r#"{"token_type":"Bearer"}"#, Err(NoToken::Missing)),
            (r#"{"Access_Token":"a"}"#, Err(NoToken::Missing)),
            (r#"{"access_token":""}"#, Err(NoToken::Empty)),
            (r#"{"access_token":"  "}"#, Err(NoToken::Empty)),
            (r#"{"access_token":null}"#, Err(NoToken::NotText)),
            (r#"{"access_token":{"a":1}}"#, Err(NoToken::NotText)),
            (r#"{"access_token":"a","access_token":"a"}"#, Err(NoToken::Twice)),
            (r#"{"access_token":"a","access\u005ftoken":""}"#, Err(NoToken::Twice)),
            (r#"{"access_token":"a\r\nX: y"}"#, Err(NoToken::Character)),
            (r#"{"access_token":"ä"}"#, Err(NoToken::Character)),
            (r#"{"access_token":"a"} x"#, Err(NoToken::NotJson)),
            (r#"["access_token"]"#, Err(NoToken::NotJson)),
            ("<html>", Err(NoToken::NotJson)),
            ("", Err(NoToken::NotJson)),
        ];
        for &(content, expected) in ROWS {
            assert_eq!(access_token(content), expected.map(str::to_owned), "{content}");
        }
    }

    #[test]
    fn content_matches_each_endpoint() {
        let client = Credentials { id: Some("me"), secret: Some("a&b") };
        let rows = [
            (
                TokenForm::JwtBearer,
                Credentials::default(),
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=e30.e30.AA\
                 &scope=r+w",
            ),
            (
                TokenForm::ClientAssertion,
                Credentials { secret: None, ..client },
                "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3A\
                 client-assertion-type%3Ajwt-bearer&client_assertion=e30.e30.AA&client_id=me&scope=r+w",
            ),
            (
                TokenForm::AdobeExchange,
                client,
                "jwt_token=e30.e30.AA&client_id=me&client_secret=a%26b&scope=r+w",
            ),
        ];
        for (form, client, expected) in rows {
            assert_eq!(form.content("e30.e30.AA", client, Some("r w")), expected, "{form:?}");
        }
    }
}
