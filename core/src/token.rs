//! Tokens: the compact form (RFC 7515 §7.1), the JOSE header, the claims set, and strict JSON.
//!
//! A token's type says how far it has come: [`Token<Unverified>`](Token) is decoded,
//! [`Token<Verified>`](Verified) carries the signature of a known key.

mod algorithm;
mod audience;
pub(crate) mod base64url;
mod claims;
mod header;
mod json;
mod jws;
mod jwt;
mod scratch;
mod text;
mod verifier;

pub use algorithm::Algorithm;
pub use audience::Audience;
pub use base64url::Base64Error;
pub use claims::{Claims, ClaimsError};
pub use header::{Header, HeaderError};
pub use json::{
    Expected, Index as MemberIndex, Json, JsonError, JsonFault, JsonKind, ReadError, ReadFault,
};
pub use jws::{DecodeError, Jws, Segment, Unverified, Verified};
pub use jwt::Token;
pub use scratch::Scratch;
pub use text::{Text, TextChars};
pub use verifier::{InvalidSignature, Verifier, VerifyError};

pub(crate) use base64url::{check, decode, decoded_len};
pub(crate) use json::{Index, Members};
