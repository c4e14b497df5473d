//! What is in force, as the configuration file would say it.

use jwtick_core::Span;
use jwtick_core::judge::Rule;
use jwtick_core::token::Algorithm;
use serde_json::{Map, Value, json};

use crate::file;
use crate::http::client::Reach;
use crate::keys::Plain;
use crate::notation::duration::{decimal, span};
use crate::output::safe;
use crate::page::json;
use crate::serve::{FetchPolicy, Forwarded, IssuerPolicy, KeysFrom, ServePolicy, Unverified};

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
    let ServePolicy { clock, proofs, .. } = policy;
    let clients = policy
        .callers
        .iter()
        .map(|client| json!({ "id": client.id, "secret-file": file::shown(&client.secret_file) }));
    compact(json!({
        "listen": policy.listen.setting(),
        "tls-certificate": policy.tls.certificate.as_deref().map(file::shown),
        "tls-key": policy.tls.key.as_deref().map(file::shown),
        "replay-store": policy.store.as_ref().map(ToString::to_string),
        "replay-longest": seconds(policy.longest),
        "replay-entries": policy.most,
        "nodes": policy.nodes,
        "front": policy.front.name(),
        "trust-forwarded": policy.forwarded == Forwarded::Trusted,
        "cookie": policy.cookie,
        "undecided": policy.undecided.name(),
        "body": policy.body.name(),
        "log": policy.logged.name(),
        "resource": policy.resource,
        "state-directory": policy.state.as_deref().map(file::shown),
        "clock": clock.sources.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "clock-interval": seconds(clock.every),
        "unverified-clock": if clock.unverified == Unverified::Refused { "refuse" } else { "take" },
        "dpop": compact(json!({
            "max-age": seconds(proofs.max_age),
            "leeway": seconds(proofs.leeway),
            "nonces": proofs.nonces.name(),
            "nonce-lifetime": seconds(proofs.lifetime),
            "nonce-secret-file": proofs.secret_file.as_deref().map(file::shown),
            "origin": proofs.origin,
        })),
        "client": clients.collect::<Vec<_>>(),
        "issuer": policy.issuers.iter().map(|it| issuer(it, policy)).collect::<Vec<_>>(),
    }))
}

fn issuer(issuer: &IssuerPolicy, policy: &ServePolicy) -> Value {
    let (key, place) = match &issuer.keys {
        KeysFrom::File(file) => ("key", file::shown(file)),
        KeysFrom::Secret(file) => ("secret-file", file::shown(file)),
        KeysFrom::Url(url) => ("key", url.uri().to_string()),
        KeysFrom::Metadata(issuer) => ("discover", issuer.name.clone()),
    };
    let identity = issuer.identity.iter();
    let identity: Map<String, Value> =
        identity.map(|it| (it.header.to_string(), it.claim.clone().into())).collect();
    let routes = issuer.routes.iter().map(
        |route| json!({ "path": route.path, "methods": route.methods, "scopes": route.scopes }),
    );
    // `exp` is always required.
    let required = issuer.require.iter().filter(|rule| **rule != Rule::Exp);
    let required = required.map(|rule| rule.claim().name());
    let remote = matches!(issuer.keys, KeysFrom::Url(_) | KeysFrom::Metadata(_));
    let fetch = remote.then(|| fetching(&issuer.fetch));
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
        "fetch": fetch,
        "route": routes.collect::<Vec<_>>(),
    }))
}

fn fetching(fetch: &FetchPolicy) -> Value {
    let times = &fetch.times;
    let time = |time| seconds(span(time));
    compact(json!({
        "allow-private": fetch.reach == Reach::Anywhere,
        "allow-http": fetch.plain == Plain::Permitted,
        "ca": fetch.authorities.first().map(|it| file::shown(it)),
        "least-fresh": time(times.least_fresh),
        "most-fresh": time(times.most_fresh),
        "usual-fresh": time(times.usual_fresh),
        "cooldown": time(times.cooldown),
        "stale": time(times.stale),
        "timeout": time(times.total),
    }))
}

fn seconds(length: Span) -> String {
    format!("{}s", decimal(length))
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
