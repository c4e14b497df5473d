//! What the command line says of a connection, above what its profile says.

use super::args::{AgentArgs, ServerArgs};
use crate::probe::Profile;
use crate::probe::profile::{Agent, Receiver, TokenEndpoint};

/// Replaces what the options of the command line name.
pub(crate) fn overlay(profile: &mut Profile, agent: &AgentArgs, servers: &ServerArgs) {
    overlay_agent(&mut profile.agent, agent);
    overlay_token(&mut profile.token, servers);
    if let Some(url) = &servers.receiver_url {
        let receiver = profile
            .receiver
            .take()
            .map_or_else(|| Receiver::at(url), |known| Receiver { url: url.clone(), ..known });
        profile.receiver = Some(receiver);
    }
    replace(&mut profile.tls.ca, servers.ca.as_ref());
    replace(&mut profile.tls.cert, servers.client_cert.as_ref());
    replace(&mut profile.tls.key, servers.client_key.as_ref());
    if !servers.ntp.is_empty() {
        profile.clock.ntp.clone_from(&servers.ntp);
    }
}

fn overlay_agent(agent: &mut Agent, args: &AgentArgs) {
    if let Some(issuer) = &args.issuer {
        agent.issuer.clone_from(issuer);
    }
    replace(&mut agent.subject, args.subject.as_ref());
    if !args.audience.is_empty() {
        agent.audience.clone_from(&args.audience);
    }
    agent.lifetime = args.lifetime.unwrap_or(agent.lifetime);
    if args.key.is_some() || args.secret_file.is_some() {
        (agent.key, agent.secret_file) = (args.key.clone(), args.secret_file.clone());
        agent.secret_env = None;
    }
    agent.alg = args.alg.or(agent.alg);
    for (name, value) in &args.claims {
        let json = serde_json::from_str(value).unwrap_or_else(|_| value.as_str().into());
        agent.claims.insert(name.clone(), json);
    }
}

fn overlay_token(token: &mut TokenEndpoint, args: &ServerArgs) {
    if let Some(url) = &args.token_url {
        token.url = url.clone();
    }
    token.form = args.form.map_or(token.form, Into::into);
    replace(&mut token.client_id, args.client_id.as_ref());
    replace(&mut token.client_secret_file, args.client_secret_file.as_ref());
    replace(&mut token.scope, args.scope.as_ref());
}

fn replace<T: Clone>(place: &mut Option<T>, told: Option<&T>) {
    if told.is_some() {
        *place = told.cloned();
    }
}
