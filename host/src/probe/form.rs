//! Forms in which an assertion is sent to a token endpoint.

use form_urlencoded::Serializer;
use serde::Deserialize;

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

#[cfg(test)]
mod tests {
    use super::*;

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
