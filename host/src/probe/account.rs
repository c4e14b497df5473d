//! A connection as the file of a service account describes it: one of Google, or of Adobe for AEM as a
//! Cloud Service.

use core::fmt;
use std::path::Path;

use serde::Deserialize;
use zeroize::Zeroizing;

use super::profile::Profile;
use super::token::TokenForm;
use crate::http::client::{Target, UrlFault};

/// A connection, and the secret of the client if the account has one. No `Debug`, because of the secret.
pub(crate) struct Account {
    pub(crate) profile: Profile,
    pub(crate) secret: Option<Zeroizing<String>>,
}

/// Reasons why a text describes no connection.
#[derive(Debug)]
pub(crate) enum NotAnAccount {
    /// It is not a JSON object with the members of a service account.
    Form,
    /// The address of its token endpoint is not a URL.
    Url(UrlFault),
}

/// The members that tell the two forms apart. The private key is read from the file where keys are.
#[derive(Deserialize)]
struct Members {
    client_email: Option<String>,
    token_uri: Option<String>,
    integration: Option<Integration>,
}

/// An integration of the AEM Developer Console.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Integration {
    ims_endpoint: String,
    metascopes: String,
    technical_account: TechnicalAccount,
    id: String,
    org: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TechnicalAccount {
    client_id: String,
    client_secret: String,
}

impl Account {
    /// Reads the content of `file`.
    ///
    /// # Errors
    /// [`NotAnAccount`].
    pub(crate) fn read(text: &[u8], file: &Path) -> Result<Self, NotAnAccount> {
        let members: Members = serde_json::from_slice(text).map_err(|_| NotAnAccount::Form)?;
        let mut account = match members {
            Members { integration: Some(adobe), .. } => adobe.account()?,
            Members { client_email: Some(email), token_uri: Some(url), .. } => {
                Self { profile: Profile::bare(&email, &target(&url)?), secret: None }
            }
            Members { .. } => return Err(NotAnAccount::Form),
        };
        account.profile.agent.key = Some(file.to_owned());
        Ok(account)
    }
}

impl Integration {
    fn account(self) -> Result<Account, NotAnAccount> {
        let TechnicalAccount { client_id, client_secret } = self.technical_account;
        let secret = Some(Zeroizing::new(client_secret));
        let ims = format!("https://{}", self.ims_endpoint);
        let mut profile = Profile::bare(&self.org, &target(&format!("{ims}/ims/exchange/jwt"))?);
        profile.agent.subject = Some(self.id);
        profile.agent.audience = vec![format!("{ims}/c/{client_id}")];
        let scopes = self.metascopes.split(',').map(str::trim).filter(|scope| !scope.is_empty());
        profile.agent.claims =
            scopes.map(|scope| (format!("{ims}/s/{scope}"), true.into())).collect();
        profile.token.form = TokenForm::AdobeExchange;
        profile.token.client_id = Some(client_id);
        Ok(Account { profile, secret })
    }
}

fn target(url: &str) -> Result<Target, NotAnAccount> {
    Target::parse(url).map_err(NotAnAccount::Url)
}

impl fmt::Display for NotAnAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str(
                "expected the JSON file of a service account, with client_email and token_uri (Google) \
                 or integration (Adobe), or the log of a token request, but found another text: download \
                 the file again, or write a profile",
            ),
            Self::Url(fault) => write!(f, "the URL of its token endpoint cannot be used: {fault}"),
        }
    }
}

impl core::error::Error for NotAnAccount {}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOGLE: &str = r#"{"type":"service_account","project_id":"p","private_key_id":"k",
        "private_key":"-----BEGIN PRIVATE KEY-----\n","client_email":"a@p.example","client_id":"1",
        "token_uri":"https://oauth2.example/token"}"#;

    const ADOBE: &str = r#"{"ok":true,"integration":{"imsEndpoint":"ims.example",
        "metascopes":"ent_aem_cloud_api, ent_other","technicalAccount":{"clientId":"cm-1",
        "clientSecret":"hunter2"},"email":"t@example","id":"T@techacct","org":"O@AdobeOrg",
        "privateKey":"-----BEGIN RSA PRIVATE KEY-----\r\n"},"statusCode":200}"#;

    fn read(text: &str) -> Result<Account, NotAnAccount> {
        Account::read(text.as_bytes(), Path::new("/p/account.json"))
    }

    #[test]
    fn account_of_google_is_a_grant_for_itself() {
        let Account { profile, secret } = read(GOOGLE).ok().unwrap();
        assert_eq!((profile.agent.issuer.as_str(), secret), ("a@p.example", None));
        assert_eq!(profile.token.url.to_string(), "https://oauth2.example/token");
        assert_eq!(profile.agent.key.as_deref(), Some(Path::new("/p/account.json")));
        assert_eq!(profile.token.form, TokenForm::JwtBearer);
    }

    #[test]
    fn account_of_adobe_is_exchanged_with_its_secret() {
        let Account { profile, secret } = read(ADOBE).ok().unwrap();
        assert_eq!(secret.as_ref().map(|it| it.as_str()), Some("hunter2"));
        assert_eq!(profile.agent.issuer, "O@AdobeOrg");
        assert_eq!(profile.agent.subject.as_deref(), Some("T@techacct"));
        assert_eq!(profile.agent.audience, ["https://ims.example/c/cm-1"]);
        let scopes = ["https://ims.example/s/ent_aem_cloud_api", "https://ims.example/s/ent_other"];
        assert!(profile.agent.claims.keys().eq(&scopes));
        assert_eq!(profile.token.url.to_string(), "https://ims.example/ims/exchange/jwt");
        assert_eq!(profile.token.client_id.as_deref(), Some("cm-1"));
        assert_eq!(profile.token.form, TokenForm::AdobeExchange);
    }

    #[test]
    fn rejects_other_texts() {
        let rows = [
            ("a key", r#"{"kty":"oct","k":"AA"}"#.to_owned(), "integration (Adobe)"),
            ("a profile", "[agent]\nissuer = \"me\"".to_owned(), "integration (Adobe)"),
            ("no token endpoint", GOOGLE.replace("token_uri", "uri"), "token_uri (Google)"),
            ("no client", ADOBE.replace("technicalAccount", "t"), "integration (Adobe)"),
            ("no URL", GOOGLE.replace("https:", "ftp:"), "http:// or https://"),
        ];
        for (name, text, said) in rows {
            let fault = read(&text).err().map(|fault| fault.to_string()).unwrap_or_default();
            assert!(fault.contains(said) && !fault.contains("hunter2"), "{name}: {fault}");
        }
    }
}
