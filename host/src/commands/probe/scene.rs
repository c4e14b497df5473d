//! From a profile to a test that can be run.

use jwtick_core::render::Language;

use crate::cli::{KeyArgs, ProbeArgs};
use crate::error::Error;
use crate::http::client::{Client, Trust};
use crate::input::{self, Awaited};
use crate::keys;
use crate::measurement::length;
use crate::minting::Minter;
use crate::probe::{Assertions, Credentials, Profile, ReceiverPlace, Scene, TokenPlace};
use crate::source::http_date::{HttpDateSource, Unproved};
use crate::source::{LocalClock, NtpServer, Source, os};

/// What a profile names and its scene borrows.
pub(super) struct Parts {
    assertions: Assertions,
    secret: Option<String>,
}

impl Parts {
    /// Reads the files that `profile` names.
    ///
    /// # Errors
    /// Whatever keeps the key or the secret from being read.
    pub(super) fn read(profile: &Profile, language: Language) -> Result<Self, Error> {
        let agent = &profile.agent;
        let key = KeyArgs {
            key: agent.key.clone(),
            secret_file: agent.secret_file.clone(),
            secret_env: agent.secret_env.clone().map(Into::into),
        };
        let minter = Minter::new(keys::read(&key, language)?, agent.alg, &[])?;
        let audience = match agent.audience.as_slice() {
            [] => vec![profile.token.url.to_string()],
            named => named.to_vec(),
        };
        let json = |(name, value): (&String, &serde_json::Value)| (name.clone(), value.to_string());
        let assertions = Assertions {
            minter,
            issuer: agent.issuer.clone(),
            subject: Some(agent.subject.clone().unwrap_or_else(|| agent.issuer.clone())),
            audience,
            lifetime: agent.lifetime,
            claims: agent.claims.iter().map(json).collect(),
        };
        Ok(Self { assertions, secret: secret(profile, language)? })
    }

    /// The test.
    pub(super) fn scene<'s>(&'s self, profile: &'s Profile, args: &ProbeArgs) -> Scene<'s> {
        let patience = length(args.timeout);
        let authorities = profile.tls.ca.iter().cloned().collect();
        let trust = Trust { authorities, utc: os::known() };
        let token = &profile.token;
        let server = HttpDateSource::new(token.url.clone(), trust.clone(), Unproved::Refused);
        Scene {
            assertions: &self.assertions,
            token: TokenPlace {
                target: &token.url,
                form: token.form,
                client: Credentials {
                    id: token.client_id.as_deref(),
                    secret: self.secret.as_deref(),
                },
                scope: token.scope.as_deref(),
            },
            receiver: profile.receiver.as_ref().map(|receiver| ReceiverPlace {
                target: &receiver.url,
                method: receiver.method.0.clone(),
                body: &receiver.body,
            }),
            client: Client::new(trust, patience),
            local: LocalClock::read(),
            patience,
            server_clock: Some(Box::new(server)),
            third_clocks: profile.clock.ntp.iter().map(third_clock).collect(),
        }
    }
}

fn third_clock(server: &NtpServer) -> Box<dyn Source> {
    Box::new(server.clone())
}

// A secret in a file ends where its line does.
fn secret(profile: &Profile, language: Language) -> Result<Option<String>, Error> {
    let token = &profile.token;
    let bytes = match (&token.client_secret_file, &token.client_secret_env) {
        (Some(file), _) => input::file(file, Awaited::Key, language)?,
        (None, Some(name)) => keys::variable(name.as_ref())?.1,
        (None, None) => return Ok(None),
    };
    Ok(Some(String::from_utf8_lossy(bytes.trim_ascii_end()).into_owned()))
}
