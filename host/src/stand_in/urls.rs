//! The addresses of a stand-in.

use jwtick_core::token::Algorithm;
use serde::Serialize;
use serde_json::{Value, json};

use crate::keys::SUPPORTED;

pub(crate) const TOKEN: &str = "/oauth2/token";
pub(crate) const EXCHANGE: &str = "/ims/exchange/jwt";
pub(crate) const JWKS: &str = "/jwks";
pub(crate) const RECEIVER: &str = "/bin/receive";
/// RFC 8414 §3.
pub(crate) const METADATA: &str = "/.well-known/oauth-authorization-server";
/// OpenID Connect Discovery 1.0 §4, which many clients use instead.
pub(crate) const OPENID: &str = "/.well-known/openid-configuration";

/// RFC 7523 §2.1.
pub(crate) const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// RFC 7523 §2.2.
pub(crate) const CLIENT_ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The addresses of one stand-in. The command prints them in serialized form first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Urls {
    #[serde(rename = "token_url")]
    pub(crate) token: String,
    #[serde(rename = "receiver_url")]
    pub(crate) receiver: String,
    #[serde(rename = "jwks_url")]
    pub(crate) jwks: String,
    pub(crate) issuer: String,
    #[serde(rename = "exchange_url")]
    pub(crate) exchange: String,
}

impl Urls {
    /// Returns all addresses below `base`, which is the issuer (RFC 8414 §2).
    pub(crate) fn of(base: &str) -> Self {
        let base = base.trim_end_matches('/');
        Self {
            token: format!("{base}{TOKEN}"),
            // The query is that of the replication agent which this receiver represents.
            receiver: format!("{base}{RECEIVER}?sling:authRequestLogin=1"),
            jwks: format!("{base}{JWKS}"),
            issuer: base.to_owned(),
            exchange: format!("{base}{EXCHANGE}"),
        }
    }

    /// Returns the metadata of the authorization server (RFC 8414 §2).
    pub(crate) fn metadata(&self) -> Value {
        json!({
            "issuer": self.issuer,
            "token_endpoint": self.token,
            "jwks_uri": self.jwks,
            "response_types_supported": [],
            "grant_types_supported": [JWT_BEARER, "client_credentials"],
            "token_endpoint_auth_methods_supported": [
                "private_key_jwt", "client_secret_jwt", "client_secret_basic", "client_secret_post",
            ],
            "token_endpoint_auth_signing_alg_values_supported": SUPPORTED.map(Algorithm::name),
        })
    }
}
