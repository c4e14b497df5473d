//! What the command line says of a connection, above what its profile says.

use std::collections::BTreeMap;

use super::Profile;
use super::profile::{
    Agent, Receiver, ThirdClock, TlsFiles, TokenEndpoint, USUAL_LIFETIME, unnamed,
};
use crate::cli::{AgentArgs, ServerArgs};
use crate::http::client::Target;

impl Profile {
    /// A profile for who has no file.
    pub(crate) fn bare(issuer: &str, token: &Target) -> Self {
        Self {
            agent: Agent {
                name: unnamed(),
                issuer: issuer.to_owned(),
                subject: None,
                audience: vec![],
                lifetime: USUAL_LIFETIME,
                key: None,
                secret_file: None,
                secret_env: None,
                alg: None,
                claims: BTreeMap::new(),
            },
            token: TokenEndpoint {
                url: token.clone(),
                form: super::TokenForm::default(),
                client_id: None,
                client_secret_file: None,
                client_secret_env: None,
                scope: None,
            },
            receiver: None,
            tls: TlsFiles::default(),
            clock: ThirdClock::default(),
        }
    }

    /// The same with a receiver that is only reached.
    pub(crate) fn with_receiver(self, url: &Target) -> Self {
        Self { receiver: Some(Receiver::at(url)), ..self }
    }

    /// Replaces what the options of the command line name.
    pub(crate) fn overlay(&mut self, agent: &AgentArgs, servers: &ServerArgs) {
        self.agent.overlay(agent);
        self.token.overlay(servers);
        if let Some(url) = &servers.receiver_url {
            let receiver = self
                .receiver
                .take()
                .map_or_else(|| Receiver::at(url), |known| Receiver { url: url.clone(), ..known });
            self.receiver = Some(receiver);
        }
        replace(&mut self.tls.ca, servers.ca.as_ref());
        replace(&mut self.tls.cert, servers.client_cert.as_ref());
        replace(&mut self.tls.key, servers.client_key.as_ref());
        if !servers.ntp.is_empty() {
            self.clock.ntp.clone_from(&servers.ntp);
        }
    }
}

impl Agent {
    fn overlay(&mut self, args: &AgentArgs) {
        if let Some(issuer) = &args.issuer {
            self.issuer.clone_from(issuer);
        }
        replace(&mut self.subject, args.subject.as_ref());
        if !args.audience.is_empty() {
            self.audience.clone_from(&args.audience);
        }
        self.lifetime = args.lifetime.unwrap_or(self.lifetime);
        if args.key.is_some() || args.secret_file.is_some() {
            (self.key, self.secret_file) = (args.key.clone(), args.secret_file.clone());
            self.secret_env = None;
        }
        self.alg = args.alg.or(self.alg);
        for (name, value) in &args.claims {
            let json = serde_json::from_str(value).unwrap_or_else(|_| value.as_str().into());
            self.claims.insert(name.clone(), json);
        }
    }
}

impl TokenEndpoint {
    fn overlay(&mut self, args: &ServerArgs) {
        if let Some(url) = &args.token_url {
            self.url = url.clone();
        }
        self.form = args.form.unwrap_or(self.form);
        replace(&mut self.client_id, args.client_id.as_ref());
        replace(&mut self.client_secret_file, args.client_secret_file.as_ref());
        replace(&mut self.scope, args.scope.as_ref());
    }
}

fn replace<T: Clone>(place: &mut Option<T>, told: Option<&T>) {
    if told.is_some() {
        *place = told.cloned();
    }
}
