//! The caller's buffer for one token; this crate does not allocate.

use super::json::Index;

/// A buffer for the decoded segments of one token, with the index of its members.
///
/// Four base64url symbols need three bytes, so `N` of three quarters of the longest token is
/// enough. The index adds 528 bytes.
///
/// # Example
/// ```
/// use jwtick_core::Scratch;
/// use jwtick_core::token::{DecodeError, Jws};
/// let compact = b"eyJhbGciOiJIUzI1NiJ9.aGVsbG8.AA";
/// let mut scratch = Scratch::<32>::new();
/// assert_eq!(Jws::decode(compact, &mut scratch)?.unverified_payload(), b"hello");
/// let mut scratch = Scratch::<16>::new();
/// let refusal = Jws::decode(compact, &mut scratch).unwrap_err();
/// assert_eq!(refusal.to_string(), "the decoded segments need 21 bytes, but the scratch buffer has only 16");
/// # Ok::<(), DecodeError>(())
/// ```
pub struct Scratch<const N: usize> {
    pub(crate) bytes: [u8; N],
    pub(crate) index: Index,
}

impl<const N: usize> Scratch<N> {
    /// An empty buffer.
    #[must_use]
    pub const fn new() -> Self {
        Self { bytes: [0; N], index: Index::new() }
    }
}

impl<const N: usize> Default for Scratch<N> {
    fn default() -> Self {
        Self::new()
    }
}
