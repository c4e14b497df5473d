//! `[[serve.issuer]]` in the file: the demands on tokens of one issuer.

use std::path::PathBuf;

use super::error::{Fault, Located};
use super::fetch::fetch;
use super::parts::{algorithms, conditions, identity, names, route, scopes, target};
use super::table::{Key, Value, choice, claims, keep, length, read, switch, text};
use crate::keys::Issuer;
use crate::serve::{Dpop, IssuerPolicy, KeysFrom, Profile, Reuse, Undecided};

/// An issuer, while its table is read.
pub(crate) struct IssuerTable {
    name: Option<String>,
    key: Option<KeysFrom>,
    secret: Option<KeysFrom>,
    discover: Option<Issuer>,
    audiences: Option<Vec<String>>,
    any_audience: bool,
    policy: IssuerPolicy,
}

pub(super) const ISSUER: &[Key<IssuerTable>] = &[
    Key {
        name: "name",
        kind: "text",
        default: "none",
        example: r#""login""#,
        meaning: "Short name of the issuer in logs and metrics.",
        put: |issuer, value| {
            let name = text(value.value)?;
            let valid = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            if name.is_empty() || name.len() > 64 || !name.bytes().all(valid) {
                return Err(value.like(name, "login"));
            }
            issuer.name = Some(name.to_owned());
            Ok(())
        },
    },
    Key {
        name: "issuer",
        kind: "text",
        default: "any, for a single issuer; the URL of discover",
        example: r#""https://login.example""#,
        meaning: "The `iss` of its tokens, as with --issuer.",
        put: |issuer, value| {
            keep(&mut issuer.policy.iss, text(value.value).map(|it| Some(it.to_owned())))
        },
    },
    Key {
        name: "key",
        kind: "file name or URL",
        default: "none",
        example: r#""/etc/jwtick/login.jwks.json""#,
        meaning: "File with the keys of the issuer in any form, or the https URL of its JWK Set, as with \
                  --key.",
        put: |issuer, value| {
            let place = text(value.value)?;
            let is_url = place.starts_with("https://") || place.starts_with("http://");
            issuer.key = Some(match is_url {
                true => KeysFrom::Url(target(place, &value)?),
                false => KeysFrom::File(place.into()),
            });
            Ok(())
        },
    },
    Key {
        name: "secret-file",
        kind: "file name",
        default: "none",
        example: r#""/etc/jwtick/login.secret""#,
        meaning: "File with the HMAC secret of the issuer, as with --secret-file: all bytes count.",
        put: |issuer, value| {
            issuer.secret = Some(KeysFrom::Secret(text(value.value)?.into()));
            Ok(())
        },
    },
    Key {
        name: "discover",
        kind: "URL",
        default: "none",
        example: r#""https://login.example""#,
        meaning: "Issuer whose keys to fetch, by its metadata (OpenID Connect Discovery or RFC 8414).",
        put: |issuer, value| {
            let url = text(value.value)?;
            target(url, &value)?;
            let refuse = |_| Fault::Address { met: url.to_owned() }.at(value.start());
            issuer.discover = Some(Issuer::parse(url).map_err(refuse)?);
            Ok(())
        },
    },
    Key {
        name: "algorithms",
        kind: "list of algorithms",
        default: "those of the keys",
        example: r#"["RS256"]"#,
        meaning: "Algorithms to accept, as with --alg.",
        put: |issuer, value| keep(&mut issuer.policy.algorithms, algorithms(value)),
    },
    Key {
        name: "audiences",
        kind: "list of texts",
        default: "none",
        example: r#"["https://api.example"]"#,
        meaning: "Audiences to accept, as with --aud.",
        put: |issuer, value| keep(&mut issuer.audiences, names(value).map(Some)),
    },
    Key {
        name: "any-audience",
        kind: "true or false",
        default: "false",
        example: "false",
        meaning: "Accept a token for any audience, because something else checks `aud`.",
        put: |issuer, value| keep(&mut issuer.any_audience, switch(value.value)),
    },
    Key {
        name: "subjects",
        kind: "list of texts",
        default: "any",
        example: r#"["ann"]"#,
        meaning: "Subjects to accept.",
        put: |issuer, value| keep(&mut issuer.policy.subjects, names(value)),
    },
    Key {
        name: "require",
        kind: "list of claims: exp, nbf, iat, iss, sub, aud, jti",
        default: "none",
        example: r#"["iat"]"#,
        meaning: "Claims that a token must have, in addition to exp and aud.",
        put: |issuer, value| {
            issuer.policy.require.extend(claims(value.value)?);
            Ok(())
        },
    },
    Key {
        name: "claims",
        kind: "list of NAME=VALUE",
        default: "none",
        example: r#"["role=admin"]"#,
        meaning: "Values that claims must have or contain, as with `jwtick verify --claim`.",
        put: |issuer, value| keep(&mut issuer.policy.conditions, conditions(value)),
    },
    Key {
        name: "types",
        kind: "list of texts",
        default: "any but those that are made for one purpose",
        example: r#"["at+jwt"]"#,
        meaning: "Kinds of tokens to accept (`typ` in the header), as with `jwtick verify --typ`.",
        put: |issuer, value| keep(&mut issuer.policy.types, names(value)),
    },
    Key {
        name: "leeway",
        kind: "duration",
        default: "0s",
        example: r#""0s""#,
        meaning: "Leeway for the issuer's clock, as with --leeway.",
        put: |issuer, value| keep(&mut issuer.policy.leeway, length(value.value)),
    },
    Key {
        name: "max-age",
        kind: "duration",
        default: "none",
        example: r#""1h""#,
        meaning: "Maximum age of a token, counted from `iat`, which is then required and must not be in \
                  the future.",
        put: |issuer, value| keep(&mut issuer.policy.max_age, length(value.value).map(Some)),
    },
    Key {
        name: "max-lifetime",
        kind: "duration",
        default: "none",
        example: r#""24h""#,
        meaning: "Maximum time from now to `exp`.",
        put: |issuer, value| keep(&mut issuer.policy.max_lifetime, length(value.value).map(Some)),
    },
    Key {
        name: "scopes",
        kind: "list of texts",
        default: "none",
        example: r#"["api"]"#,
        meaning: "Scopes that every request needs, as with --scope.",
        put: |issuer, value| keep(&mut issuer.policy.scopes, scopes(value)),
    },
    Key {
        name: "identity",
        kind: "table of header names, each with a claim",
        default: r#"{ X-Auth-Subject = "sub", X-Auth-Scope = "scope" }"#,
        example: r#"{ X-Auth-Subject = "sub", X-Auth-Scope = "scope" }"#,
        meaning: "Headers of an allowed request for the application, and the claims that they hold. Each \
                  is always there, empty if the token has no such claim.",
        put: |issuer, value| keep(&mut issuer.policy.identity, identity(value)),
    },
    Key {
        name: "profile",
        kind: "any or rfc9068",
        default: "any",
        example: r#""any""#,
        meaning: "Profile of the tokens: rfc9068 demands access tokens of RFC 9068.",
        put: |issuer, value| {
            keep(&mut issuer.policy.profile, choice(value.value, Profile::ALL, Profile::name))
        },
    },
    Key {
        name: "undecided",
        kind: "deny or allow",
        default: "that of [serve]",
        example: r#""deny""#,
        meaning: "As in [serve], for this issuer.",
        put: |issuer, value| {
            keep(
                &mut issuer.policy.undecided,
                choice(value.value, Undecided::ALL, Undecided::name).map(Some),
            )
        },
    },
    Key {
        name: "replay",
        kind: "allow or refuse",
        default: "allow",
        example: r#""allow""#,
        meaning: "Use of one token for several requests; refuse lets each `jti` pass once.",
        put: |issuer, value| {
            keep(&mut issuer.policy.reuse, choice(value.value, Reuse::ALL, Reuse::name))
        },
    },
    Key {
        name: "dpop",
        kind: "when-bound or required",
        default: "when-bound",
        example: r#""when-bound""#,
        meaning: "Tokens that need a proof of possession (RFC 9449): those that are bound to a key, or all.",
        put: |issuer, value| {
            keep(&mut issuer.policy.dpop, choice(value.value, Dpop::ALL, Dpop::name))
        },
    },
];

const ISSUER_TABLES: &[Key<IssuerTable>] = &[
    Key {
        name: "fetch",
        kind: "table",
        default: "none",
        example: "",
        meaning: "How to fetch its keys.",
        put: |issuer, value| keep(&mut issuer.policy.fetch, fetch(value)),
    },
    Key {
        name: "route",
        kind: "tables",
        default: "none",
        example: "",
        meaning: "Scopes that requests for a path need.",
        put: |issuer, value| {
            for table in value.tables()? {
                issuer.policy.routes.push(route(table)?);
            }
            Ok(())
        },
    },
];

/// Reads the table of an issuer.
///
/// # Errors
/// The first error, with its position.
pub(super) fn issuer(value: Value<'_>) -> Result<IssuerPolicy, Located> {
    let mut table = IssuerTable {
        name: None,
        key: None,
        secret: None,
        discover: None,
        audiences: None,
        any_audience: false,
        policy: IssuerPolicy::strict("", KeysFrom::File(PathBuf::new()), None),
    };
    read(value.table()?, &[ISSUER, ISSUER_TABLES], &mut table, value.text)?;
    let refuse = |fault: Fault| fault.at(value.start());
    let together = |keys| Err(refuse(Fault::Together { keys }));
    let IssuerTable { name, key, secret, discover, audiences, any_audience, policy } = table;
    let name = name.ok_or_else(|| refuse(Fault::Missing { keys: "name" }))?;
    let iss = policy.iss.or_else(|| Some(discover.as_ref()?.name.clone()));
    let discovered = discover.map(KeysFrom::Metadata);
    let keys = match (key, secret, discovered) {
        (Some(keys), None, None) | (None, Some(keys), None) | (None, None, Some(keys)) => keys,
        (None, None, None) => {
            return Err(refuse(Fault::Missing { keys: "one of key, secret-file and discover" }));
        }
        (Some(_), Some(_), _) => return together(["key", "secret-file"]),
        (Some(_), _, _) => return together(["key", "discover"]),
        _ => return together(["secret-file", "discover"]),
    };
    let audiences = match (audiences, any_audience) {
        (Some(_), true) => return together(["audiences", "any-audience"]),
        (Some(audiences), false) if !audiences.is_empty() => Some(audiences),
        (_, true) => None,
        _ => return Err(refuse(Fault::Missing { keys: "audiences, or any-audience = true" })),
    };
    Ok(IssuerPolicy { name, iss, keys, audiences, ..policy })
}
