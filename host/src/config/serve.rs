//! The policies of `jwtick serve` in the file: `[serve]` with its tables.

use super::error::{Fault, Located};
use super::fetch::FETCH;
use super::issuer::{ISSUER, IssuerTable, issuer};
use super::parts::{CLIENT, CallerTable, ROUTE, client, target};
use super::proofs::{DPOP, proofs};
use super::table::{Key, Value, choice, clocks, count, keep, length, read, switch, text};
use crate::http::server::Address;
use crate::measurement::ClockName;
use crate::serve::{
    Body, FetchPolicy, Forwarded, Front, IssuerPolicy, Logged, Place, ProofDemands, Route,
    ServePolicy, Undecided, Unverified,
};

/// The tables of the service, for documents.
pub(crate) struct Sections;

impl Sections {
    pub(crate) const SERVE: (&str, &[Key<ServePolicy>]) = ("[serve]", SERVE);
    pub(crate) const CLIENT: (&str, &[Key<CallerTable>]) = ("[[serve.client]]", CLIENT);
    pub(crate) const DPOP: (&str, &[Key<ProofDemands>]) = ("[serve.dpop]", DPOP);
    pub(crate) const ISSUER: (&str, &[Key<IssuerTable>]) = ("[[serve.issuer]]", ISSUER);
    pub(crate) const FETCH: (&str, &[Key<FetchPolicy>]) = ("[serve.issuer.fetch]", FETCH);
    pub(crate) const ROUTE: (&str, &[Key<Route>]) = ("[[serve.issuer.route]]", ROUTE);
}

const SERVE: &[Key<ServePolicy>] = &[
    Key {
        name: "listen",
        kind: "address and port",
        default: "127.0.0.1:8474",
        example: r#""127.0.0.1:8474""#,
        meaning: "Address that the proxy asks, as with --listen; port 0 picks a free port.",
        put: |policy, value| {
            let address = text(value.value)?;
            let refuse = || Fault::Address { met: address.to_owned() }.at(value.start());
            policy.listen = Address::parse(address).ok_or_else(refuse)?;
            Ok(())
        },
    },
    Key {
        name: "tls-certificate",
        kind: "file name",
        default: "none",
        example: r#""/etc/jwtick/tls.pem""#,
        meaning: "File with the certificate for TLS (PEM), followed by those of its issuers; a reload reads \
                  it again. Without it, connections are not encrypted.",
        put: |policy, value| {
            keep(&mut policy.tls.certificate, text(value.value).map(|it| Some(it.into())))
        },
    },
    Key {
        name: "tls-key",
        kind: "file name",
        default: "none",
        example: r#""/etc/jwtick/tls.key""#,
        meaning: "File with the key of that certificate.",
        put: |policy, value| keep(&mut policy.tls.key, text(value.value).map(|it| Some(it.into()))),
    },
    Key {
        name: "state-directory",
        kind: "folder name",
        default: "that of systemd (STATE_DIRECTORY), or none",
        example: r#""/var/lib/jwtick""#,
        meaning: "Folder for what outlives the process: the last keys of issuers, for their outages, and used \
                  tokens.",
        put: |policy, value| keep(&mut policy.state, text(value.value).map(|it| Some(it.into()))),
    },
    Key {
        name: "replay-store",
        kind: "file name, URL or memory",
        default: "replay.redb in state-directory",
        example: r#""redis://127.0.0.1/""#,
        meaning: "Place of used tokens, for issuers whose tokens pass only once: a file for a single node, a \
                  Redis server (redis:// or rediss:// with TLS) for several, or memory, which forgets them \
                  at the next start. A reload does not move used tokens to another place. The Redis server \
                  must have maxmemory-policy noeviction, and appendonly yes, or a restart of it refuses all \
                  tokens for replay-longest.",
        put: |policy, value| {
            keep(&mut policy.store, text(value.value).map(|it| Some(Place::parse(it))))
        },
    },
    Key {
        name: "replay-longest",
        kind: "duration",
        default: "24h",
        example: r#""24h""#,
        meaning: "Longest time for which a used token is kept. Tokens that are valid for longer are refused.",
        put: |policy, value| keep(&mut policy.longest, length(value.value)),
    },
    Key {
        name: "replay-entries",
        kind: "number",
        default: "1000000",
        example: "1000000",
        meaning: "Most used tokens in memory or in a file; a million takes about 80 MB of memory. Beyond it, \
                  tokens get a 503.",
        put: |policy, value| keep(&mut policy.most, count(value)),
    },
    Key {
        name: "nodes",
        kind: "number",
        default: "1",
        example: "1",
        meaning: "Number of nodes that see the same tokens. More than one need a Redis server.",
        put: |policy, value| {
            policy.nodes = u16::try_from(count(value)?).unwrap_or(u16::MAX);
            Ok(())
        },
    },
    Key {
        name: "front",
        kind: "nginx, caddy, traefik, envoy, haproxy or other",
        default: "other",
        example: r#""nginx""#,
        meaning: "The proxy in front. It decides which headers name the original request, and for nginx, \
                  an invalid request gets a 401, since nginx makes a 500 of a 400.",
        put: |policy, value| keep(&mut policy.front, choice(value.value, Front::ALL, Front::name)),
    },
    Key {
        name: "trust-forwarded",
        kind: "true or false",
        default: "false",
        example: "true",
        meaning: "Take the original method and URI from the headers of the proxy: X-Original-Method and \
                  X-Original-URI with nginx and haproxy, X-Forwarded-Method and X-Forwarded-Uri with caddy \
                  and traefik. Without it, the path after /verify counts. Set it only if clients cannot \
                  reach this address themselves.",
        put: |policy, value| {
            let trusts = switch(value.value)?;
            policy.forwarded = if trusts { Forwarded::Trusted } else { Forwarded::Ignored };
            Ok(())
        },
    },
    Key {
        name: "cookie",
        kind: "name of a cookie",
        default: "none",
        example: r#""session""#,
        meaning: "Cookie with the token of requests that have no Authorization header.",
        put: |policy, value| {
            let name = text(value.value)?;
            let valid = |byte: u8| byte.is_ascii_graphic() && !b"=;,\"\\".contains(&byte);
            if name.is_empty() || !name.bytes().all(valid) {
                return Err(value.like(name, "session"));
            }
            policy.cookie = Some(name.to_owned());
            Ok(())
        },
    },
    Key {
        name: "undecided",
        kind: "deny or allow",
        default: "deny",
        example: r#""deny""#,
        meaning: "Answer if this host's clock is not known well enough to judge a token: deny is a 503, \
                  and allow lets the request pass with the header X-Jwtick-Undecided.",
        put: |policy, value| {
            keep(&mut policy.undecided, choice(value.value, Undecided::ALL, Undecided::name))
        },
    },
    Key {
        name: "body",
        kind: "json or empty",
        default: "json",
        example: r#""json""#,
        meaning: "Content of a refusal. Some proxies hand it to the client.",
        put: |policy, value| keep(&mut policy.body, choice(value.value, Body::ALL, Body::name)),
    },
    Key {
        name: "log",
        kind: "all or refusals",
        default: "all",
        example: r#""all""#,
        meaning: "Verdicts that get a line in the log. Repeated ones are counted instead.",
        put: |policy, value| {
            keep(&mut policy.logged, choice(value.value, Logged::ALL, Logged::name))
        },
    },
    Key {
        name: "resource",
        kind: "URL",
        default: "none",
        example: r#""https://api.example/""#,
        meaning: "Identifier of the protected resource (RFC 9728), whose metadata this service then \
                  publishes and names in each challenge.",
        put: |policy, value| {
            let url = text(value.value)?;
            target(url, &value)?;
            policy.resource = Some(url.to_owned());
            Ok(())
        },
    },
    Key {
        name: "clock",
        kind: "list of clocks: os, ntp:HOST[:PORT], URL",
        default: "what this host knows about its own clock",
        example: r#"["ntp:time.example.org", "https://www.example.org/"]"#,
        meaning: "Clocks to measure; what a majority of them agrees on counts, whatever this host's clock \
                  shows. Without them, the time daemon of this host or else its kernel says how exact its \
                  clock is. Changes take effect with a restart.",
        put: |policy, value| keep(&mut policy.clock.sources, clocks(value.value, ClockName::parse)),
    },
    Key {
        name: "clock-interval",
        kind: "duration",
        default: "64s",
        example: r#""64s""#,
        meaning: "Pause between two measurements of the clocks.",
        put: |policy, value| keep(&mut policy.clock.every, length(value.value)),
    },
    Key {
        name: "unverified-clock",
        kind: "take or refuse",
        default: "take",
        example: r#""take""#,
        meaning: "Use of this host's clock if nothing is known about its accuracy and no clock is named: \
                  take it as right, as other verifiers do, or refuse it, so that every token gets a 503.",
        put: |policy, value| {
            let words = |it| if it == Unverified::Refused { "refuse" } else { "take" };
            let all = [Unverified::default(), Unverified::Refused];
            keep(&mut policy.clock.unverified, choice(value.value, &all, words))
        },
    },
];

const SERVE_TABLES: &[Key<ServePolicy>] = &[
    Key {
        name: "client",
        kind: "tables",
        default: "none",
        example: "",
        meaning: "Clients of the introspection endpoint.",
        put: |policy, value| {
            for table in value.tables()? {
                let client = client(table)?;
                if policy.callers.iter().any(|it| it.id == client.id) {
                    return Err(Fault::Twice { key: "id", met: client.id }.at(table.start()));
                }
                policy.callers.push(client);
            }
            Ok(())
        },
    },
    Key {
        name: "dpop",
        kind: "table",
        default: "none",
        example: "",
        meaning: "Demands on proofs of possession.",
        put: |policy, value| keep(&mut policy.proofs, proofs(value)),
    },
    Key {
        name: "issuer",
        kind: "tables",
        default: "none",
        example: "",
        meaning: "Issuers whose tokens are accepted.",
        put: |policy, value| {
            for table in value.tables()? {
                let issuer = issuer(table)?;
                differs(&issuer, &policy.issuers, table)?;
                policy.issuers.push(issuer);
            }
            Ok(())
        },
    },
];

/// Reads `[serve]`.
///
/// # Errors
/// The first error, with its position.
pub(super) fn policy(value: &Value<'_>) -> Result<ServePolicy, Located> {
    let mut policy = ServePolicy::default();
    read(value.table()?, &[SERVE, SERVE_TABLES], &mut policy, value.text)?;
    Ok(policy)
}

/// Checks that tokens and names tell an issuer from the others.
fn differs(issuer: &IssuerPolicy, others: &[IssuerPolicy], at: Value<'_>) -> Result<(), Located> {
    for other in others {
        let twice = |key, met: &str| Fault::Twice { key, met: met.to_owned() }.at(at.start());
        if other.name == issuer.name {
            return Err(twice("name", &issuer.name));
        }
        match (&other.iss, &issuer.iss) {
            (Some(one), Some(another)) if one != another => {}
            (Some(_), Some(iss)) => return Err(twice("issuer", iss)),
            _ => return Err(Fault::AnyIssuer.at(at.start())),
        }
    }
    Ok(())
}
