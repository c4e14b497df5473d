//! Typed access to the members of a JWK (RFC 7517 §4): the parameters of a key, which are members whose
//! value is base64url (RFC 7518 §6, RFC 8037 §2), and the uses that it permits (§4.2, §4.3).

use super::error::{JwkError, cut};
use super::kind::{Curve, JwkKind, KeyOperation, KeyPart};
use crate::token::{Json, Members, Text, check, decode, decoded_len};

const NAMES: [&str; 11] = ["n", "e", "x", "y", "k", "d", "p", "q", "dp", "dq", "qi"];

/// The values as written, in the order of [`NAMES`]; checked to be canonical.
#[derive(Clone, Copy)]
pub(super) struct Parameters<'a> {
    values: [Option<&'a str>; NAMES.len()],
    more_primes: bool,
}

impl<'a> Parameters<'a> {
    pub(super) fn read(members: &Members<'a, '_>, kind: JwkKind) -> Result<Self, JwkError> {
        let more_primes = members.get("oth").is_some();
        let mut read = Self { values: [None; NAMES.len()], more_primes };
        for (slot, name) in read.values.iter_mut().zip(NAMES) {
            *slot = encoded(members, name)?;
        }
        for name in Self::required(kind) {
            read.written(name)?;
        }
        Ok(read)
    }

    /// The members of the public part, in alphabetical order (RFC 7638 §3.2).
    pub(super) const fn required(kind: JwkKind) -> &'static [&'static str] {
        match kind {
            JwkKind::Rsa => &["e", "n"],
            JwkKind::Ec(_) => &["x", "y"],
            JwkKind::Okp(_) => &["x"],
            JwkKind::Oct => &["k"],
        }
    }

    /// Returns whether any private parameter is present (RFC 7518 §6.2.2, §6.3.2).
    pub(super) const fn are_private(&self) -> bool {
        let [_n, _e, _x, _y, _k, private @ ..] = &self.values;
        self.more_primes || !matches!(private, [None, None, None, None, None, None])
    }

    pub(super) fn written(&self, name: &'static str) -> Result<&'a str, JwkError> {
        let mut named = self.values.iter().zip(NAMES).filter(|(_, known)| *known == name);
        named.find_map(|(value, _)| *value).ok_or(JwkError::Missing { name })
    }

    pub(super) fn decode<'r>(
        &self,
        name: &'static str,
        room: &'r mut [u8],
    ) -> Result<&'r [u8], JwkError> {
        let encoded = self.written(name)?.as_bytes();
        let (needs, has) = (decoded_len(encoded), room.len());
        let room = room.get_mut(..needs).ok_or(JwkError::TooLong { name, needs, has })?;
        decode(encoded, room).map_err(|fault| JwkError::Base64 { name, fault })?;
        Ok(room)
    }
}

// An escape is legal JSON, but its backslash is not a base64url character, and real keys have none.
fn encoded<'a>(members: &Members<'a, '_>, name: &'static str) -> Result<Option<&'a str>, JwkError> {
    let Some(value) = members.get(name) else { return Ok(None) };
    let written = string(name, value)?.as_written();
    check(written.as_bytes()).map_err(|fault| JwkError::Base64 { name, fault })?;
    Ok(Some(written))
}

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

#[derive(Clone, Copy)]
pub(super) struct Operations<'a> {
    purpose: Option<Text<'a>>,
    listed: Option<Listed>,
}

/// The operations that `key_ops` lists; unknown ones are ignored.
#[derive(Clone, Copy, Default)]
struct Listed {
    sign: bool,
    verify: bool,
}

impl<'a> Operations<'a> {
    pub(super) fn read(members: &Members<'a, '_>) -> Result<Self, JwkError> {
        let Some(value) = members.get("key_ops") else {
            return Ok(Self { purpose: optional(members, "use")?, listed: None });
        };
        let (name, allowed) = ("key_ops", "an array of strings");
        let wrong = JwkError::Type { name, met: value.kind(), allowed };
        let mut listed = Listed::default();
        for operation in value.elements().ok_or(wrong)? {
            listed.add(string(name, operation)?)?;
        }
        Ok(Self { purpose: optional(members, "use")?, listed: Some(listed) })
    }

    /// A private key that lists only `sign` still has a public half to verify with.
    pub(super) fn permit(self, operation: KeyOperation, part: KeyPart) -> Result<(), JwkError> {
        if let Some(purpose) = self.purpose.filter(|purpose| *purpose != *"sig") {
            return Err(JwkError::Use { met: cut(purpose) });
        }
        let Listed { sign, verify } = self.listed.unwrap_or(Listed { sign: true, verify: true });
        match (operation, part) {
            (KeyOperation::Sign, KeyPart::Public) => Err(JwkError::Public),
            (KeyOperation::Sign, _) if sign => Ok(()),
            (KeyOperation::Verify, KeyPart::Private | KeyPart::Secret) if sign || verify => Ok(()),
            (KeyOperation::Verify, KeyPart::Public) if verify => Ok(()),
            _ => Err(JwkError::Operation { needs: operation }),
        }
    }
}

impl Listed {
    // RFC 7517 §4.3: "Duplicate key operation values MUST NOT be present in the array."
    fn add(&mut self, operation: Text<'_>) -> Result<(), JwkError> {
        let (known, met) = if operation == *"sign" {
            (&mut self.sign, KeyOperation::Sign)
        } else if operation == *"verify" {
            (&mut self.verify, KeyOperation::Verify)
        } else {
            return Ok(());
        };
        if core::mem::replace(known, true) { Err(JwkError::Repeated { met }) } else { Ok(()) }
    }
}
