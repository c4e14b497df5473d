//! Tokens: the compact form (RFC 7515 §7.1), the JOSE header, the claims set, and strict JSON.
//!
//! The type of a token shows the steps that it has passed: [`Token<Unverified>`](Unverified) is
//! decoded, [`Token<Verified>`](Verified) has a valid signature, and [`Token<Accepted>`](Accepted)
//! was accepted by a policy.

mod algorithm;
pub(crate) mod base64url;
mod claim;
mod claims;
mod header;
mod json;
mod jws;
mod jwt;
mod scratch;
mod text;
mod typ;
mod verifier;

pub use algorithm::Algorithm;
pub use base64url::Base64Error;
pub use claim::{Audience, Claim};
pub use claims::{Claims, ClaimsError};
pub use header::{Header, HeaderError};
pub use json::{
    Expected, Index as MemberIndex, Json, JsonError, JsonFault, JsonKind, ReadError, ReadFault,
};
pub use jws::{DecodeError, Jws, Segment};
pub use jwt::Token;
pub use scratch::Scratch;
pub use text::{Text, TextChars};
pub use typ::TypeError;
pub use verifier::{Accepted, InvalidSignature, Unverified, Verified, Verifier, VerifyError};

pub(crate) use base64url::{check, decode, decoded_len};
pub(crate) use json::{Index, Members};
