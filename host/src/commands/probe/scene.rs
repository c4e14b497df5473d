//! From a profile to a test that can be run.

use jwtick_core::render::Language;
use jwtick_core::{Offset, Span};

use crate::cli::{AskingArgs, KeyArgs, ProbeArgs};
use crate::config::Config;
use crate::error::Error;
use crate::http::client::{Client, Trust};
use crate::input::{self, Awaited};
use crate::keys;
use crate::measurement::{Means, length, measure};
use crate::minting::Minter;
use crate::probe::{Assertions, Credentials, Profile, ReceiverPlace, Scene, TokenPlace};
use crate::source::http_date::{HttpDateSource, Unproved};
use crate::source::{LocalClock, os};

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
    ///
    /// # Errors
    /// Whatever keeps a third clock from being asked at all.
    pub(super) fn scene<'s>(
        &'s self,
        profile: &'s Profile,
        args: &ProbeArgs,
        config: &Config,
        language: Language,
    ) -> Result<Scene<'s>, Error> {
        let patience = length(args.timeout);
        let authorities = profile.tls.ca.iter().cloned().collect();
        let trust = Trust { authorities, utc: os::known() };
        let token = &profile.token;
        let server = HttpDateSource::new(token.url.clone(), trust.clone(), Unproved::Refused);
        Ok(Scene {
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
            third: third(args, config, language)?,
            local: LocalClock::read(),
            patience,
            server_clock: Some(Box::new(server)),
        })
    }
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

/// How far the clock here is off by those who are neither side.
fn third(args: &ProbeArgs, config: &Config, language: Language) -> Result<Option<Offset>, Error> {
    if args.ntp.is_empty() {
        return Ok(None);
    }
    let asking = AskingArgs { timeout: Some(args.timeout), ca: None, insecure_date: false };
    let means = Means::of(&asking, config);
    let measurement = measure(&args.ntp, &means, language);
    Ok(measurement.survey(Span::ZERO).offset())
}
