//! Keys: where they come from, and the one form that they take.
//!
//! PEM, DER and raw secrets become the text of a JWK (RFC 7517). So the core judges each key by the
//! same rules, whatever its file looks like; here are only file formats and ring.

mod choice;
mod curve;
mod der;
mod error;
mod fault;
mod file;
mod format;
mod generate;
mod hmac;
mod jwk_text;
mod octets;
mod pem;
mod pkcs8;
mod private;
mod public;
mod ring_key;
mod signer;

use std::env;
use std::path::Path;

use jwtick_core::render::Language;
use jwtick_core::{Algorithm, Curve, Jwk, JwkError, JwkKind, KeyOperation};
use zeroize::Zeroizing;

pub(crate) use choice::{Described, NoFit, SUPPORTED, candidates};
pub(crate) use error::KeyError;
pub(crate) use fault::Unreadable;
pub(crate) use format::Format;
pub(crate) use generate::generate;
pub(crate) use hmac::Hmac;
pub(crate) use jwk_text::{named, thumbprint};
pub(crate) use octets::Octets;
pub(crate) use pkcs8::{private_pem, public_pem};
pub(crate) use public::public_jwk;
pub use ring_key::RingKey;
pub(crate) use signer::Signer;

use crate::cli::KeyArgs;
use crate::error::Error;
use crate::file::shown;
use crate::input::{self, Awaited};

/// A key as the text of a JWK, which is wiped from memory after use. Without `Debug`, so that no
/// report and no panic can show it.
pub(crate) struct Key {
    text: Zeroizing<String>,
    format: Format,
    padding: Padding,
}

/// How an RSA key may pad. A JWK has no word for it, but the file may (RFC 4055 §1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Padding {
    Any,
    Pss,
}

impl Key {
    /// A key from the text of its JWK.
    ///
    /// # Errors
    /// [`JwkError`] if the text is none.
    pub(crate) fn new(text: Zeroizing<String>, format: Format) -> Result<Self, JwkError> {
        Jwk::parse(text.as_bytes())?;
        Ok(Self { text, format, padding: Padding::Any })
    }

    /// The key as the core reads it.
    ///
    /// # Errors
    /// None that [`Key::new`] had not met.
    pub(crate) fn jwk(&self) -> Result<Jwk<'_>, JwkError> {
        Jwk::parse(self.text.as_bytes())
    }

    pub(crate) const fn format(&self) -> Format {
        self.format
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the key may be used so, by all that is known of it.
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
        // The core lets EdDSA be either; ring has one of the curves.
        if jwk.kind() == JwkKind::Okp(Curve::Ed448) {
            return Err(JwkError::Unsuited { kind: jwk.kind(), algorithm });
        }
        let pss = matches!(algorithm, Ps256 | Ps384 | Ps512);
        match self.padding {
            Padding::Pss if !pss => Err(JwkError::Unsuited { kind: jwk.kind(), algorithm }),
            _ => Ok(()),
        }
    }

    /// The algorithm of a key that names none.
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

/// What a source of keys holds.
pub(crate) struct Keys {
    pub(crate) keys: Vec<Key>,
    /// Members of a set that cannot be read.
    pub(crate) skipped: Vec<JwkError>,
    pub(crate) form: Form,
}

impl Keys {
    /// One key alone.
    pub(crate) fn of(key: Key) -> Self {
        Self { keys: vec![key], skipped: vec![], form: Form::Single }
    }
}

/// What the keys came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// One key that the caller chose; its `kid` need not fit.
    Single,
    /// A set, where `kid` picks.
    Set,
    /// Bytes that name nothing.
    Raw,
}

/// Reads the keys that the command line names.
///
/// # Errors
/// [`Error::File`] for the file, [`Error::Key`] for what is in it.
pub(crate) fn read(args: &KeyArgs, language: Language) -> Result<Keys, Error> {
    if let Some(name) = &args.key {
        return from_file(name, language);
    }
    let (name, secret) = match (&args.secret_file, &args.secret_env) {
        (Some(name), _) => (shown(name), input::file(name, Awaited::Key, language)?),
        (None, Some(name)) => variable(name)?,
        (None, None) => (String::new(), Vec::new()), // clap demands one of the three
    };
    raw(&Zeroizing::new(secret)).map_err(|fault| unreadable(name, fault))
}

/// Reads the keys in a file.
///
/// # Errors
/// As for [`read`].
pub(crate) fn from_file(name: &Path, language: Language) -> Result<Keys, Error> {
    let content = Zeroizing::new(input::file(name, Awaited::Key, language)?);
    file::read(&content).map_err(|fault| unreadable(shown(name), fault))
}

fn unreadable(name: String, fault: Unreadable) -> Error {
    KeyError::Unreadable { name, fault }.into()
}

pub(crate) fn variable(name: &std::ffi::OsStr) -> Result<(String, Vec<u8>), Error> {
    let shown = name.to_string_lossy().into_owned();
    match env::var_os(name) {
        Some(secret) => Ok((shown, secret.into_encoded_bytes())),
        None => Err(unreadable(shown, Unreadable::NoVariable)),
    }
}

// Every byte counts, a final newline too: a secret is not a line of text.
fn raw(secret: &[u8]) -> Result<Keys, Unreadable> {
    if secret.is_empty() {
        return Err(Unreadable::EmptySecret);
    }
    let key = Key::new(jwk_text::secret(secret), Format::Secret)?;
    Ok(Keys { keys: vec![key], skipped: vec![], form: Form::Raw })
}
