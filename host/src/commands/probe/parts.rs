//! Builds a runnable test from a profile.

use core::time::Duration;
use std::path::Path;
use std::sync::Arc;

use jwtick_core::key::{JwkError, KeyPart};
use jwtick_core::words::Language;
use zeroize::Zeroizing;

use crate::commands::error::Error;
use crate::file;
use crate::http::client::{Client, Identity, Trust};
use crate::input::{self, Awaited};
use crate::keys::{self, KeyError, KeySource, Keys};
use crate::minting::{self, Minter};
use crate::probe::{
    Assertions, ConnectionTest, Credentials, OwnDate, Profile, ReceiverPlace, TokenPlace,
};
use crate::source::daemon::{self, Seen};
use crate::source::http_date::Effort;
use crate::source::os::machine::Machine;
use crate::source::{LocalClock, NtpServer, Source, os};

/// Keys and other data that a profile names and its test borrows.
pub(in crate::commands) struct Parts {
    assertions: Assertions,
    secret: Option<Zeroizing<String>>,
    identity: Option<Arc<Identity>>,
}

impl Parts {
    /// Reads the files that `profile` names. `known` is the secret of the client if it names none.
    ///
    /// # Errors
    /// Any reason why a key, a secret or a certificate cannot be read.
    pub(super) fn read(
        profile: &Profile,
        known: Option<Zeroizing<String>>,
        language: Language,
    ) -> Result<Self, Error> {
        let agent = &profile.agent;
        if agent.key.is_none() && agent.secret_file.is_none() && agent.secret_env.is_none() {
            return Err(Error::NoSigner);
        }
        let key = KeySource {
            key: agent.key.clone(),
            secret_file: agent.secret_file.clone(),
            secret_env: agent.secret_env.clone().map(Into::into),
            ..KeySource::default()
        };
        let parts = Self::signed_by(keys::read(&key, language)?, profile)?;
        let (named, identity) = (secret(profile, language)?, identity(profile, language)?);
        Ok(Self { secret: named.or(known), identity: identity.map(Arc::new), ..parts })
    }

    /// The parts of a profile without secrets, whose assertions are signed by one of `keys`.
    ///
    /// # Errors
    /// [`KeyError`] if none of `keys` can sign.
    pub(in crate::commands) fn signed_by(keys: Keys, profile: &Profile) -> Result<Self, Error> {
        let agent = &profile.agent;
        let audience = match agent.audience.as_slice() {
            [] => vec![profile.token.url.to_string()],
            named => named.to_vec(),
        };
        let keys = agent.kid.iter().try_fold(keys, |keys, id| minting::with_id(keys, id))?;
        let json = |(name, value): (&String, &serde_json::Value)| (name.clone(), value.to_string());
        let assertions = Assertions {
            minter: Minter::new(keys, agent.alg, &[])?,
            issuer: agent.issuer.clone(),
            subject: Some(agent.subject.clone().unwrap_or_else(|| agent.issuer.clone())),
            audience,
            lifetime: agent.lifetime,
            claims: agent.claims.iter().map(json).collect(),
        };
        Ok(Self { assertions, secret: None, identity: None })
    }

    /// The test, run by this host's clock.
    pub(in crate::commands) fn connection_test<'s>(
        &'s self,
        profile: &'s Profile,
        patience: Duration,
        language: Language,
    ) -> ConnectionTest<'s> {
        let authorities = profile.tls.ca.iter().cloned().collect();
        let trust = Trust { authorities, utc: os::known() };
        // An address that does not answer must leave time to try the next one.
        let client = Client::new(trust, patience / 3).proving(self.identity.clone());
        let token = &profile.token;
        ConnectionTest {
            assertions: &self.assertions,
            token: TokenPlace {
                target: &token.url,
                form: token.form,
                client: Credentials {
                    id: token.client_id.as_deref(),
                    secret: self.secret.as_ref().map(|secret| secret.as_str()),
                },
                scope: token.scope.as_deref(),
            },
            receiver: profile.receiver.as_ref().map(|receiver| ReceiverPlace {
                target: &receiver.url,
                method: receiver.method.0.clone(),
                body: &receiver.body,
            }),
            client: Arc::new(client),
            local: LocalClock::read(),
            patience,
            own_date: OwnDate::Refused,
            server_clock: Some(Effort::Few),
            third_clocks: profile.clock.ntp.iter().map(third_clock).collect(),
            language,
        }
    }
}

fn third_clock(server: &NtpServer) -> Box<dyn Source> {
    Box::new(server.clone())
}

/// The time service of this host, which decides which clock is wrong if no NTP server is named.
pub(super) fn own_service() -> Option<Box<dyn Source>> {
    match daemon::seen() {
        Seen::Running(_) => Some(Box::new(Machine)),
        Seen::Nobody | Seen::Hidden => None,
    }
}

// The client certificate, presented only to the servers of the profile.
fn identity(profile: &Profile, language: Language) -> Result<Option<Identity>, Error> {
    let (certificate, key) = match (&profile.tls.cert, &profile.tls.key) {
        (Some(certificate), Some(key)) => (certificate, key),
        (None, None) => return Ok(None),
        (Some(_), None) | (None, Some(_)) => return Err(Error::HalfIdentity),
    };
    let certificates = input::file(certificate, Awaited::Key, language)?;
    let key = private_key(key, language)?;
    let receiver = profile.receiver.as_ref().map(|receiver| receiver.url.clone());
    let servers = [profile.token.url.clone()].into_iter().chain(receiver).collect();
    let identity = Identity::new(&certificates, &key, servers);
    let name = || file::shown(certificate);
    identity.map(Some).map_err(|fault| Error::Identity { name: name(), fault })
}

fn private_key(file: &Path, language: Language) -> Result<Zeroizing<String>, Error> {
    let keys = keys::from_file(file, None, language)?;
    let [key] = keys.keys.as_slice() else {
        return Err(KeyError::Many { count: keys.keys.len(), ids: keys.ids() }.into());
    };
    let jwk = key.jwk().map_err(KeyError::from)?;
    match jwk.part() {
        KeyPart::Public => Err(KeyError::from(JwkError::Public).into()),
        KeyPart::Private | KeyPart::Secret => Ok(keys::private_pem(&jwk)?),
    }
}

// Reads the secret without its final line break.
fn secret(profile: &Profile, language: Language) -> Result<Option<Zeroizing<String>>, Error> {
    let token = &profile.token;
    let bytes = match (&token.client_secret_file, &token.client_secret_env) {
        (Some(file), _) => keys::secret_in(file, language)?,
        (None, Some(name)) => keys::variable(name.as_ref())?.1,
        (None, None) => return Ok(None),
    };
    Ok(Some(Zeroizing::new(String::from_utf8_lossy(bytes.trim_ascii_end()).into_owned())))
}
