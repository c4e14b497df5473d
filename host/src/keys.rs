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
mod fetch;
mod jwk_text;
mod kept;
mod key;
mod pem;
mod pkcs8;
mod prepared;
mod private;
mod public;
mod read;
mod remote;
mod remote_fault;
mod ring_key;
mod signer;
mod ssh;

pub(crate) use choice::{Described, NoFit, SUPPORTED, Weak, algorithm, candidates, supported};
pub(crate) use encoding::SecretEncoding;
pub(crate) use error::{KeyError, listed};
pub(crate) use fault::Unreadable;
pub(crate) use fetch::{Fetch, Fetched, Issuer, Place, Plain};
pub(crate) use jwk_text::{Octets, named, thumbprint, with_id};
pub(crate) use kept::Kept;
pub(crate) use key::{CertificateState, Form, Format, Key, Keys, Validity};
pub(crate) use pkcs8::{private_pem, public_pem};
pub(crate) use prepared::{NotAuthentic, PreparedKeys};
pub(crate) use public::public_jwk;
pub(crate) use read::{KeySource, from_file, read, secret_in, variable};
pub(crate) use remote::{Fetching, at_url, of_issuer, public_set};
pub(crate) use remote_fault::{RemoteFault, Stale};
pub(crate) use ring_key::Hmac;
pub use ring_key::RingKey;
pub(crate) use signer::{Signer, generate};
