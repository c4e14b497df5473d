//! The uses that a JWK permits: `use` and `key_ops` (RFC 7517 §4.2, §4.3).

use super::error::{JwkError, cut};
use super::kind::{KeyOperation, KeyPart};
use super::parameters::{optional, string};
use crate::token::{Members, Text};

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
