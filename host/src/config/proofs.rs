//! `[serve.dpop]` in the file: the demands on proofs of possession.

use super::error::Located;
use super::parts::target;
use super::table::{Key, Value, choice, keep, length, read, text};
use crate::serve::{Nonces, ProofDemands};

pub(super) const DPOP: &[Key<ProofDemands>] = &[
    Key {
        name: "origin",
        kind: "URL",
        default: "that of the request",
        example: r#""https://api.example""#,
        meaning: "Scheme and host that clients address, which a proof names. Otherwise those of \
                  X-Forwarded-Proto and X-Forwarded-Host count with trust-forwarded, and http and Host \
                  without it.",
        put: |proofs, value| {
            let url = text(value.value)?;
            target(url, &value)?;
            proofs.origin = Some(url.trim_end_matches('/').to_owned());
            Ok(())
        },
    },
    Key {
        name: "nonces",
        kind: "offer, require or none",
        default: "offer",
        example: r#""offer""#,
        meaning: "Use of nonces: with offer, a proof with a nonce of this service is judged by its age and \
                  any other one by its iat, so that a client whose clock is wrong passes at its second \
                  request. With require, every proof needs a nonce.",
        put: |proofs, value| {
            keep(&mut proofs.nonces, choice(value.value, Nonces::ALL, Nonces::name))
        },
    },
    Key {
        name: "max-age",
        kind: "duration",
        default: "60s",
        example: r#""60s""#,
        meaning: "Greatest age of a proof by its iat.",
        put: |proofs, value| keep(&mut proofs.max_age, length(value.value)),
    },
    Key {
        name: "leeway",
        kind: "duration",
        default: "10s",
        example: r#""10s""#,
        meaning: "Leeway for the client's clock.",
        put: |proofs, value| keep(&mut proofs.leeway, length(value.value)),
    },
    Key {
        name: "nonce-lifetime",
        kind: "duration",
        default: "5m",
        example: r#""5m""#,
        meaning: "Greatest age of a nonce.",
        put: |proofs, value| keep(&mut proofs.lifetime, length(value.value)),
    },
    Key {
        name: "nonce-secret-file",
        kind: "file name",
        default: "none",
        example: r#""/etc/jwtick/nonces.secret""#,
        meaning: "File with the secret of the nonces, of at least 32 bytes, for several nodes that accept \
                  each other's. Without it, each start makes its own.",
        put: |proofs, value| {
            keep(&mut proofs.secret_file, text(value.value).map(|it| Some(it.into())))
        },
    },
];

/// Reads the demands on proofs.
///
/// # Errors
/// The first error, with its position.
pub(super) fn proofs(value: Value<'_>) -> Result<ProofDemands, Located> {
    let mut proofs = ProofDemands::default();
    read(value.table()?, &[DPOP], &mut proofs, value.text)?;
    Ok(proofs)
}
