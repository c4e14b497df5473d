//! Typed access to the members of a JWK (RFC 7517 §4).

use super::curve::Curve;
use super::error::{JwkError, cut};
use super::kind::JwkKind;
use crate::token::{Json, Members, Text};

pub(super) fn kind(members: &Members<'_, '_>) -> Result<JwkKind, JwkError> {
    let kty = required(members, "kty")?;
    let on = |curves| curve(curves, required(members, "crv")?);
    match ["RSA", "EC", "OKP", "oct"].into_iter().find(|known| kty == **known) {
        Some("RSA") => Ok(JwkKind::Rsa),
        Some("EC") => on(&Curve::EC).map(JwkKind::Ec),
        Some("OKP") => on(&Curve::OKP).map(JwkKind::Okp),
        Some(_) => Ok(JwkKind::Oct),
        None => Err(JwkError::UnknownKty { met: cut(kty) }),
    }
}

fn curve(curves: &[Curve], name: Text<'_>) -> Result<Curve, JwkError> {
    Curve::among(curves, name).ok_or_else(|| JwkError::UnknownCrv { met: cut(name) })
}

fn required<'a>(members: &Members<'a, '_>, name: &'static str) -> Result<Text<'a>, JwkError> {
    optional(members, name)?.ok_or(JwkError::Missing { name })
}

pub(super) fn optional<'a>(
    members: &Members<'a, '_>,
    name: &'static str,
) -> Result<Option<Text<'a>>, JwkError> {
    members.get(name).map(|value| string(name, value)).transpose()
}

pub(super) fn string<'a>(name: &'static str, value: Json<'a>) -> Result<Text<'a>, JwkError> {
    let wrong = JwkError::Type { name, met: value.kind(), allowed: "a string" };
    value.text().ok_or(wrong)
}
