//! A key, and the keys of one source.

use jwtick_core::key::{Curve, Jwk, JwkError, JwkKind, KeyOperation};
use jwtick_core::token::Algorithm;
use jwtick_core::{Span, TimeBounds, UnixTime};
use zeroize::Zeroizing;

use super::fault::Unreadable;
use super::remote_fault::Stale;

/// A key as the text of a JWK, which is wiped from memory after use. No `Debug`, so that no report
/// and no panic can show it.
pub(crate) struct Key {
    pub(super) text: Zeroizing<String>,
    pub(super) format: Format,
    pub(super) padding: Padding,
    /// The validity of the certificate that the key came with.
    pub(super) validity: Option<Validity>,
}

/// The validity of a certificate, both ends included (RFC 5280 §4.1.2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Validity {
    pub(crate) not_before: UnixTime,
    pub(crate) not_after: UnixTime,
}

/// The state of a certificate at an instant that is known within bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CertificateState {
    Valid,
    NotYetValid,
    Expired,
    /// One of its ends is inside the bounds.
    Undecided,
}

impl Validity {
    pub(crate) fn state(self, utc: TimeBounds) -> CertificateState {
        // An end is a whole second, which belongs to the validity.
        let end = self.not_after + Span::from_secs(1);
        if utc.earliest() >= end {
            CertificateState::Expired
        } else if utc.latest() < self.not_before {
            CertificateState::NotYetValid
        } else if utc.earliest() >= self.not_before && utc.latest() < end {
            CertificateState::Valid
        } else {
            CertificateState::Undecided
        }
    }
}

/// Padding permitted for an RSA key. A JWK cannot express it, but the file may (RFC 4055 §1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Padding {
    Any,
    Pss,
}

impl Key {
    /// Creates a key from the text of its JWK.
    ///
    /// # Errors
    /// [`JwkError`] if the text is not a JWK.
    pub(crate) fn new(text: Zeroizing<String>, format: Format) -> Result<Self, JwkError> {
        Jwk::parse(text.as_bytes())?;
        Ok(Self { text, format, padding: Padding::Any, validity: None })
    }

    /// Returns the key as the core reads it.
    ///
    /// # Errors
    /// None that [`Key::new`] had not already returned.
    pub(crate) fn jwk(&self) -> Result<Jwk<'_>, JwkError> {
        Jwk::parse(self.text.as_bytes())
    }

    pub(crate) fn kid(&self) -> Option<String> {
        Some(self.jwk().ok()?.kid?.to_string())
    }

    pub(crate) const fn format(&self) -> Format {
        self.format
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Checks that everything known about the key permits this use.
    ///
    /// # Errors
    /// [`JwkError`] as for [`Jwk::permits`].
    pub(crate) fn permits(
        &self,
        operation: KeyOperation,
        algorithm: Algorithm,
    ) -> Result<(), JwkError> {
        use Algorithm::{Ps256, Ps384, Ps512};
        let jwk = self.jwk()?;
        jwk.permits(operation, algorithm)?;
        // The core accepts both curves for EdDSA; ring supports only one.
        if jwk.kind() == JwkKind::Okp(Curve::Ed448) {
            return Err(JwkError::Unsuited { kind: jwk.kind(), algorithm });
        }
        let pss = matches!(algorithm, Ps256 | Ps384 | Ps512);
        match self.padding {
            Padding::Pss if !pss => Err(JwkError::Unsuited { kind: jwk.kind(), algorithm }),
            _ => Ok(()),
        }
    }

    /// Returns the algorithm for a key that names none.
    pub(crate) fn default_algorithm(&self, kind: JwkKind) -> Option<Algorithm> {
        match (kind, self.padding) {
            (JwkKind::Rsa, Padding::Any) => Some(Algorithm::Rs256),
            (JwkKind::Rsa, Padding::Pss) => Some(Algorithm::Ps256),
            (JwkKind::Ec(Curve::P256), _) => Some(Algorithm::Es256),
            (JwkKind::Ec(Curve::P384), _) => Some(Algorithm::Es384),
            (JwkKind::Ec(Curve::P521), _) => Some(Algorithm::Es512),
            (JwkKind::Ec(Curve::Secp256k1), _) => Some(Algorithm::Es256k),
            (JwkKind::Okp(_), _) => Some(Algorithm::EdDsa),
            (JwkKind::Oct, _) => Some(Algorithm::Hs256),
            _ => None,
        }
    }
}

/// The keys of one source.
pub(crate) struct Keys {
    pub(crate) keys: Vec<Key>,
    /// Errors of the members of a set that cannot be read.
    pub(crate) skipped: Vec<Unreadable>,
    pub(crate) form: Form,
    /// Where the keys come from if their server could not be asked.
    pub(crate) stale: Option<Stale>,
    /// Allows secrets shorter than RFC 7518 §3.2 demands.
    pub(crate) weak_secrets: bool,
}

impl Keys {
    pub(crate) const fn of_form(keys: Vec<Key>, form: Form) -> Self {
        Self { keys, skipped: vec![], form, stale: None, weak_secrets: false }
    }

    /// Creates a source with a single key.
    pub(crate) fn of(key: Key) -> Self {
        Self::of_form(vec![key], Form::Single)
    }

    /// Returns true if one of the keys is an HMAC secret.
    pub(crate) fn have_secret(&self) -> bool {
        self.keys.iter().any(|key| key.jwk().is_ok_and(|jwk| jwk.kind() == JwkKind::Oct))
    }

    /// The IDs of the keys, for a message.
    pub(crate) fn ids(&self) -> Vec<String> {
        self.keys.iter().filter_map(Key::kid).collect()
    }
}

/// The kind of source of the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// One key that the caller chose; its `kid` need not match.
    Single,
    /// A set, in which `kid` selects the key.
    Set,
    /// Raw bytes without any metadata.
    Raw,
}

/// The format of a key in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// A JSON Web Key (RFC 7517).
    Jwk,
    /// A member of a JWK Set (RFC 7517 §5).
    JwkSet,
    /// A public key as certificates hold it (RFC 5280 §4.1.2.7).
    Spki,
    /// An RSA key without a wrapper (RFC 8017 A.1).
    Pkcs1,
    /// A private key of any kind (RFC 5958).
    Pkcs8,
    /// A private key on a curve (RFC 5915).
    Sec1,
    /// The key of an X.509 certificate (RFC 5280).
    Certificate,
    /// The formats of OpenSSH.
    OpenSsh,
    /// The bytes of a secret.
    Secret,
}

impl Format {
    /// Returns the format as JSON output shows it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Jwk => "jwk",
            Self::JwkSet => "jwks",
            Self::Spki => "spki",
            Self::Pkcs1 => "pkcs1",
            Self::Pkcs8 => "pkcs8",
            Self::Sec1 => "sec1",
            Self::Certificate => "certificate",
            Self::OpenSsh => "openssh",
            Self::Secret => "secret",
        }
    }
}
