//! Keys: their sources, and the single form that they are converted to.
//!
//! PEM, DER and raw secrets become the text of a JWK (RFC 7517). So the core checks each key by the
//! same rules, whatever its file format; this module contains only file formats and ring.

mod choice;
mod container;
mod der;
mod encoding;
mod error;
mod fault;
mod jwk_text;
mod key;
mod pem;
mod pkcs8;
mod private;
mod public;
mod read;
mod remote;
mod ring_key;
mod signer;
mod ssh;

pub(crate) use choice::{Described, NoFit, SUPPORTED, Weak, algorithm, candidates, supported};
pub(crate) use encoding::SecretEncoding;
pub(crate) use error::{KeyError, listed};
pub(crate) use fault::{RemoteFault, Stale, Unreadable};
pub(crate) use jwk_text::{Octets, named, thumbprint, with_id};
pub(crate) use key::{CertificateState, Form, Format, Key, Keys, Validity};
pub(crate) use pkcs8::{private_pem, public_pem};
pub(crate) use public::public_jwk;
pub(crate) use read::{KeySource, from_file, read, secret_in, variable};
pub(crate) use remote::{Fetching, Issuer, Kept, at_url, of_issuer};
pub(crate) use ring_key::Hmac;
pub use ring_key::RingKey;
pub(crate) use signer::{Signer, generate};
