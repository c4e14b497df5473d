//! Keys. One key has one algorithm (RFC 8725 §3.1) and never reveals its value.
//!
//! No key implements `Debug`, and no secret implements `Clone` or `Copy`: a secret stays in one
//! place and out of every log.

mod any;
#[cfg(feature = "ed")]
mod ed;
mod error;
#[cfg(feature = "es")]
mod es;
mod hs;
mod jwk;
#[cfg(feature = "rsa")]
mod ps;
mod public;
#[cfg(feature = "rsa")]
mod rs;
#[cfg(feature = "rsa")]
mod rsa;
#[cfg(feature = "rsa")]
mod rsa_key;
mod set;

pub use any::AnyKey;
#[cfg(feature = "ed")]
pub use ed::{Ed25519, EdDsa};
pub use error::{KeyError, WeakKey};
#[cfg(feature = "es")]
pub use es::{Es256, Es384};
pub use hs::{Hs256, Hs384, Hs512, Tag};
pub use jwk::{Curve, Jwk, JwkError, JwkKind, KeyOperation, KeyPart};
#[cfg(feature = "rsa")]
pub use ps::{Ps256, Ps384, Ps512};
pub use public::PublicForm;
#[cfg(feature = "rsa")]
pub use rs::{Rs256, Rs384, Rs512};
#[cfg(feature = "rsa")]
pub use rsa::{AnyRsa, Rsa, Rsa2048, Rsa3072, Rsa4096, RsaPublic};
pub use set::{JwkSet, JwkSetError, by_kid};
