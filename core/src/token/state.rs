//! The states of a token: decoded, verified, accepted.
//!
//! Each state is a type, so the compiler rejects a program that skips a step.

/// The signature was not checked.
///
/// # Example
/// ```
/// use jwtick_core::{Scratch, Token};
/// use jwtick_core::token::{DecodeError, Unverified};
/// // Reads the issuer only to find the key.
/// fn is_from_a(token: &Token<'_, Unverified>) -> bool {
///     token.unverified_claims().iss.is_some_and(|iss| iss == *"a")
/// }
/// let mut scratch = Scratch::<64>::new();
/// assert!(is_from_a(&Token::decode(b"eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIn0.AA", &mut scratch)?));
/// # Ok::<(), DecodeError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Unverified {}

/// The signature matches the caller's key. The claims are authentic, but not yet judged.
///
/// # Example
/// ```
/// use jwtick_core::Token;
/// use jwtick_core::token::Verified;
/// // The parameter's type proves that the signature was checked.
/// fn log(token: &Token<'_, Verified>) {
///     println!("{:?}", token.claims());
/// }
/// # let _ = log;
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Verified {}

/// The signature is valid, and a policy has accepted the claims. Only
/// [`Token::judge`](crate::Token::judge) returns such a token.
///
/// # Example
/// ```
/// use jwtick_core::Token;
/// use jwtick_core::token::Accepted;
/// fn welcome(token: &Token<'_, Accepted>) -> bool {
///     token.claims().sub.is_some()
/// }
/// # let _ = welcome;
/// ```
///
/// A token that is verified but not judged has the wrong type:
/// ```compile_fail,E0308
/// use jwtick_core::{Hs256, Scratch, Token};
/// use jwtick_core::token::Accepted;
/// fn welcome(_: &Token<'_, Accepted>) {}
/// let key = Hs256::new(b"a secret of at least thirty-two bytes").unwrap();
/// let mut scratch = Scratch::<128>::new();
/// let token = Token::decode(b"", &mut scratch).unwrap().verify(&key).unwrap();
/// welcome(&token);
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Accepted {}
