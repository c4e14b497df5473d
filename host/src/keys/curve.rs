//! Curves, identified by the OIDs in key files (RFC 5480 §2.1.1.1, RFC 8410 §3, SEC 2 §A.2).

use der::oid::ObjectIdentifier;

/// A curve of ECDSA keys that a JWK has a name for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Curve {
    pub(super) name: &'static str,
    pub(super) oid: ObjectIdentifier,
    /// Length of a coordinate and of a private key, in bytes.
    pub(super) bytes: usize,
}

const fn curve(name: &'static str, oid: &'static str, bytes: usize) -> Curve {
    Curve { name, oid: ObjectIdentifier::new_unwrap(oid), bytes }
}

pub(super) const P256: Curve = curve("P-256", "1.2.840.10045.3.1.7", 32);
pub(super) const P384: Curve = curve("P-384", "1.3.132.0.34", 48);
const P521: Curve = curve("P-521", "1.3.132.0.35", 66);
const SECP256K1: Curve = curve("secp256k1", "1.3.132.0.10", 32);

const ALL: [Curve; 4] = [P256, P384, P521, SECP256K1];

impl Curve {
    pub(super) fn of(oid: ObjectIdentifier) -> Option<Self> {
        ALL.into_iter().find(|curve| curve.oid == oid)
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        ALL.into_iter().find(|curve| curve.name == name)
    }
}

/// OIDs of key types (RFC 8017 A.1, RFC 4055 §1.2, RFC 5480 §2.1.1, RFC 8410 §3).
pub(super) mod kind {
    use der::oid::ObjectIdentifier;

    pub(in crate::keys) const RSA: ObjectIdentifier =
        ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
    pub(in crate::keys) const RSA_PSS: ObjectIdentifier =
        ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
    pub(in crate::keys) const EC: ObjectIdentifier =
        ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
    pub(in crate::keys) const ED25519: ObjectIdentifier =
        ObjectIdentifier::new_unwrap("1.3.101.112");
    pub(in crate::keys) const ED448: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.113");

    /// Key types that JOSE does not sign with, by their common names (RFC 3279 §2.3.2, RFC 8410).
    const OTHERS: [(&str, &str); 3] =
        [("1.2.840.10040.4.1", "DSA"), ("1.3.101.110", "X25519"), ("1.3.101.111", "X448")];

    /// Returns the name of the type for a message.
    pub(in crate::keys) fn shown(oid: ObjectIdentifier) -> String {
        let oid = oid.to_string();
        match OTHERS.into_iter().find(|(number, _)| *number == oid) {
            Some((_, name)) => name.to_owned(),
            None => oid,
        }
    }
}
