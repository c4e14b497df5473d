//! The output of the service: its addresses, and what is in force.

use jwtick_core::judge::Rule;
use jwtick_core::token::Algorithm;
use jwtick_core::words::Language;
use jwtick_core::words::word;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::file;
use crate::http::server::Address;
use crate::notation::duration::decimal;
use crate::output::safe;
use crate::page::json;
use crate::serve::{
    CLOCKS, Forwarded, HEALTH, INTROSPECT, IssuerPolicy, KeysFrom, METADATA, METRICS, ProofDemands,
    READY, ServePolicy, VERIFY,
};

/// The addresses of a service.
#[derive(Debug, Serialize)]
pub(crate) struct Addresses {
    verify_url: String,
    /// `None` if no client may ask.
    introspect_url: Option<String>,
    /// `None` if the resource has no identifier.
    resource_metadata_url: Option<String>,
    metrics_url: String,
    health_url: String,
    ready_url: String,
    clocks_url: String,
}

impl Addresses {
    pub(super) fn of(address: &Address, policy: &ServePolicy) -> Self {
        let scheme = if policy.tls.key.is_some() { "https" } else { "http" };
        let url = |path| format!("{scheme}://{address}{path}");
        Self {
            verify_url: url(VERIFY),
            introspect_url: (!policy.callers.is_empty()).then(|| url(INTROSPECT)),
            resource_metadata_url: policy.resource.is_some().then(|| url(METADATA)),
            metrics_url: url(METRICS),
            health_url: url(HEALTH),
            ready_url: url(READY),
            clocks_url: url(CLOCKS),
        }
    }

    pub(super) fn verify_url(&self) -> &str {
        &self.verify_url
    }

    pub(super) fn line(&self, as_json: bool) -> String {
        if as_json {
            return json::line(self);
        }
        let named = [
            ("verify", Some(&self.verify_url)),
            ("introspect", self.introspect_url.as_ref()),
            ("resource", self.resource_metadata_url.as_ref()),
            ("metrics", Some(&self.metrics_url)),
            ("health", Some(&self.health_url)),
            ("ready", Some(&self.ready_url)),
            ("clocks", Some(&self.clocks_url)),
        ];
        let named = named.into_iter().filter_map(|(name, url)| Some(format!("{name} {}", url?)));
        named.collect::<Vec<_>>().join(" ") + "\n"
    }
}

/// What is in force, as TOML or JSON: the same keys as in the file, each with its value.
pub(super) fn in_force(policy: &ServePolicy, as_json: bool) -> String {
    let value = serve(policy);
    if as_json {
        return json::line(&json!({ "serve": value }));
    }
    let mut text = String::new();
    table("serve", &value, &mut text);
    text
}

fn serve(policy: &ServePolicy) -> Value {
    let clients = policy
        .callers
        .iter()
        .map(|client| json!({ "id": client.id, "secret-file": file::shown(&client.secret_file) }));
    compact(json!({
        "listen": policy.listen.setting(),
        "tls-certificate": policy.tls.certificate.as_deref().map(file::shown),
        "tls-key": policy.tls.key.as_deref().map(file::shown),
        "replay-store": policy.store.as_ref().map(ToString::to_string),
        "replay-longest": format!("{}s", decimal(policy.longest)),
        "replay-entries": policy.most,
        "nodes": policy.nodes,
        "front": policy.front.name(),
        "trust-forwarded": policy.forwarded == Forwarded::Trusted,
        "cookie": policy.cookie,
        "undecided": policy.undecided.name(),
        "body": policy.body.name(),
        "log": policy.logged.name(),
        "resource": policy.resource,
        "dpop": proofs(&policy.proofs),
        "client": clients.collect::<Vec<_>>(),
        "issuer": policy.issuers.iter().map(|it| issuer(it, policy)).collect::<Vec<_>>(),
    }))
}

fn proofs(demands: &ProofDemands) -> Value {
    let seconds = |span| format!("{}s", decimal(span));
    compact(json!({
        "origin": demands.origin,
        "nonces": demands.nonces.name(),
        "max-age": seconds(demands.max_age),
        "leeway": seconds(demands.leeway),
        "nonce-lifetime": seconds(demands.lifetime),
        "nonce-secret-file": demands.secret_file.as_deref().map(file::shown),
    }))
}

fn issuer(issuer: &IssuerPolicy, policy: &ServePolicy) -> Value {
    let (key, place) = match &issuer.keys {
        KeysFrom::File(file) => ("key", file::shown(file)),
        KeysFrom::Secret(file) => ("secret-file", file::shown(file)),
        KeysFrom::Url(url) => ("key", url.uri().to_string()),
        KeysFrom::Metadata(issuer) => ("discover", issuer.name.clone()),
    };
    let seconds = |span| format!("{}s", decimal(span));
    let identity = issuer.identity.iter();
    let identity: Map<String, Value> =
        identity.map(|it| (it.header.to_string(), it.claim.clone().into())).collect();
    let routes = issuer.routes.iter().map(
        |route| json!({ "path": route.path, "methods": route.methods, "scopes": route.scopes }),
    );
    let required = issuer.require.iter().map(|rule: &Rule| rule.claim().name());
    let any = issuer.audiences.is_none().then_some(true);
    compact(json!({
        "name": issuer.name,
        "issuer": issuer.iss,
        key: place,
        "algorithms": issuer.algorithms.iter().map(|it: &Algorithm| it.name()).collect::<Vec<_>>(),
        "audiences": issuer.audiences,
        "any-audience": any,
        "subjects": issuer.subjects,
        "require": required.collect::<Vec<_>>(),
        "claims": issuer.conditions.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "types": issuer.types,
        "leeway": seconds(issuer.leeway),
        "max-age": issuer.max_age.map(seconds),
        "max-lifetime": issuer.max_lifetime.map(seconds),
        "scopes": issuer.scopes,
        "identity": identity,
        "profile": issuer.profile.name(),
        "undecided": issuer.undecided.unwrap_or(policy.undecided).name(),
        "replay": issuer.reuse.name(),
        "dpop": issuer.dpop.name(),
        "route": routes.collect::<Vec<_>>(),
    }))
}

/// The object without members that say nothing.
fn compact(value: Value) -> Value {
    let Value::Object(members) = value else { return value };
    let says = |value: &Value| !value.is_null() && value.as_array().is_none_or(|it| !it.is_empty());
    members.into_iter().filter(|(_, value)| says(value)).collect()
}

/// Writes an object as a table of TOML, with the tables below it at its end.
fn table(name: &str, value: &Value, text: &mut String) {
    let members = value.as_object().into_iter().flatten();
    let is_tables =
        |value: &Value| value.as_array().is_some_and(|it| it.iter().all(Value::is_object));
    let (below, own): (Vec<_>, Vec<_>) = members.partition(|(_, value)| is_tables(value));
    text.push_str(&format!("[{name}]\n"));
    for (key, value) in own {
        text.push_str(&safe::line(&format!("{key} = {}", written(value))));
        text.push('\n');
    }
    for (key, tables) in below {
        for below in tables.as_array().into_iter().flatten() {
            text.push('\n');
            table(&format!("[{}.{key}]", name.trim_matches(['[', ']'])), below, text);
        }
    }
}

/// A value: texts, switches and lists are written alike in JSON and TOML.
fn written(value: &Value) -> String {
    let Value::Object(members) = value else { return value.to_string() };
    let members = members.iter().map(|(key, value)| format!("{key} = {value}"));
    format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
}

/// Message after a reload.
pub(super) const fn reloaded(language: Language) -> &'static str {
    word!(language,
        en: "reloaded: the new policies are in force",
        de: "Neu geladen: Die neuen Regeln gelten",
        ko: "다시 읽었습니다. 새 정책을 적용합니다",
    )
}

/// Message after a reload that changed nothing.
pub(super) const fn kept(language: Language) -> &'static str {
    word!(language,
        en: "not reloaded, so the policies of before stay in force",
        de: "Nicht neu geladen, daher gelten die bisherigen Regeln weiter",
        ko: "다시 읽지 못해 이전 정책을 그대로 적용합니다",
    )
}

/// Warning that the address to listen on cannot change in a reload.
pub(super) const fn same_address(language: Language) -> &'static str {
    word!(language,
        en: "listen has another value now: restart the service to use it",
        de: "listen hat jetzt einen anderen Wert: Starten Sie den Dienst neu, um ihn zu benutzen",
        ko: "listen 값이 바뀌었습니다. 적용하려면 서비스를 다시 시작하십시오",
    )
}
