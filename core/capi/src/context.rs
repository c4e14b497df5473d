//! Opaque values that the caller allocates: `jwtick_token`, `jwtick_key` and others.
//!
//! A context is an array of 64-bit words, so that C aligns it. It starts with a tag: a context that
//! was zeroed, or prepared as another kind, is refused and never read as a value. The sizes are
//! part of the ABI; a value that outgrows its context does not compile.

use jwtick_core::diagnosis::Diagnosis;
use jwtick_core::judge::Findings;
use jwtick_core::key::AnyKey;
use jwtick_core::time::{TickAnchor, TimeKeeper};
use jwtick_core::token::Claims;
use jwtick_core::{Diagnoser, Hs256, Token};

use crate::pointer::InRoom;
use crate::refusal::Refused;

/// A context and the value it holds.
pub(crate) trait Context {
    type Value;
    /// Random bytes, so that other content of memory is unlikely to start with them.
    const TAG: u32;

    /// Returns whether the memory that the value points into still holds what it did.
    fn is_current(_: &Self::Value) -> bool {
        true
    }
}

/// The state of the signature of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signature {
    Verified,
    Unchecked,
}

/// The layout of a context.
#[repr(C)]
pub(crate) struct Held<V> {
    pub(crate) tag: u32,
    pub(crate) value: V,
}

/// 64-bit words of a `jwtick_token`.
pub const TOKEN_WORDS: usize = 40;
/// 64-bit words of a `jwtick_claims`.
pub const CLAIMS_WORDS: usize = 24;
/// 64-bit words of a `jwtick_key`. It has room for an RSA key of 4096 bits, even if RSA is not
/// built in.
pub const KEY_WORDS: usize = 200;
/// 64-bit words of a `jwtick_hs256`.
pub const HS256_WORDS: usize = 20;
/// 64-bit words of a `jwtick_es256_signer`.
#[cfg(feature = "sign")]
pub const ES256_SIGNER_WORDS: usize = 16;
/// 64-bit words of a `jwtick_ed25519_signer`.
#[cfg(feature = "sign")]
pub const ED25519_SIGNER_WORDS: usize = 32;
/// 64-bit words of a `jwtick_anchor`.
pub const ANCHOR_WORDS: usize = 10;
/// 64-bit words of a `jwtick_keeper`.
pub const KEEPER_WORDS: usize = 10;
/// 64-bit words of a `jwtick_judgement`.
pub const JUDGEMENT_WORDS: usize = 50;
/// 64-bit words of a `jwtick_refusal`.
pub const REFUSAL_WORDS: usize = 12;
/// 64-bit words of a `jwtick_diagnoser`.
pub const DIAGNOSER_WORDS: usize = 3072;
/// 64-bit words of a `jwtick_diagnosis`.
pub const DIAGNOSIS_WORDS: usize = 640;

/// A decoded token whose signature was not checked. It points into the compact form and into the
/// room that it was decoded with. Keep both unchanged while the token or its claims are in use. After
/// another token was decoded into that room, they are refused with `JWTICK_STATUS_REUSED`.
#[repr(C)]
pub struct TokenContext {
    #[doc(hidden)]
    pub opaque: [u64; TOKEN_WORDS],
}

/// The claims of a token. The function that wrote them tells whether they are authentic:
/// `jwtick_verify` or `jwtick_unverified_claims`. They point into the same memory as the token.
#[repr(C)]
pub struct ClaimsContext {
    #[doc(hidden)]
    pub opaque: [u64; CLAIMS_WORDS],
}

/// A prepared key. It has one algorithm (RFC 8725 §3.1) and contains no pointers.
// SHA-512 counts in 128 bits, which 64-bit machines align to 16 bytes.
#[repr(C, align(16))]
pub struct KeyContext {
    #[doc(hidden)]
    pub opaque: [u64; KEY_WORDS],
}

/// A prepared key for HS256, in a tenth of the size; linked without the other algorithms.
#[repr(C)]
pub struct Hs256Context {
    #[doc(hidden)]
    pub opaque: [u64; HS256_WORDS],
}

/// A prepared private key for ES256.
#[cfg(feature = "sign")]
#[repr(C)]
pub struct Es256SignerContext {
    #[doc(hidden)]
    pub opaque: [u64; ES256_SIGNER_WORDS],
}

/// A prepared private key for EdDSA (Ed25519).
#[cfg(feature = "sign")]
#[repr(C)]
pub struct Ed25519SignerContext {
    #[doc(hidden)]
    pub opaque: [u64; ED25519_SIGNER_WORDS],
}

/// A counter that is tied to UTC.
#[repr(C)]
pub struct AnchorContext {
    #[doc(hidden)]
    pub opaque: [u64; ANCHOR_WORDS],
}

/// The newest trusted time, which outlasts a restart.
#[repr(C)]
pub struct KeeperContext {
    #[doc(hidden)]
    pub opaque: [u64; KEEPER_WORDS],
}

/// All findings of a policy for a claims set.
#[repr(C)]
pub struct JudgementContext {
    #[doc(hidden)]
    pub opaque: [u64; JUDGEMENT_WORDS],
}

/// The details of a refusal, for `jwtick_say_refusal`.
#[repr(C)]
pub struct RefusalContext {
    #[doc(hidden)]
    pub opaque: [u64; REFUSAL_WORDS],
}

/// A text being read, in constant memory.
#[repr(C)]
pub struct DiagnoserContext {
    #[doc(hidden)]
    pub opaque: [u64; DIAGNOSER_WORDS],
}

/// The conclusion from a text.
#[repr(C)]
pub struct DiagnosisContext {
    #[doc(hidden)]
    pub opaque: [u64; DIAGNOSIS_WORDS],
}

macro_rules! contexts {
    ($($context:ty, $tag:literal, $value:ty $(, $is_current:path)?;)*) => {
        $(
            impl Context for $context {
                type Value = $value;
                const TAG: u32 = $tag;
                $(
                    fn is_current(value: &Self::Value) -> bool {
                        $is_current(value)
                    }
                )?
            }
        )*
    };
}

contexts! {
    TokenContext, 0x6A74_9E01, InRoom<Token<'static>>, InRoom::is_current;
    ClaimsContext, 0x6A74_C302, InRoom<(Claims<'static>, Signature)>, InRoom::is_current;
    KeyContext, 0x6A74_5B03, AnyKey;
    Hs256Context, 0x6A74_D704, Hs256;
    AnchorContext, 0x6A74_2F05, TickAnchor;
    KeeperContext, 0x6A74_E30C, TimeKeeper;
    JudgementContext, 0x6A74_8D06, Findings;
    RefusalContext, 0x6A74_B107, Refused;
    DiagnoserContext, 0x6A74_4308, Diagnoser<'static>;
    DiagnosisContext, 0x6A74_F509, Diagnosis;
}

#[cfg(feature = "sign")]
contexts! {
    Es256SignerContext, 0x6A74_690A, crate::assertion::Es256Key;
    Ed25519SignerContext, 0x6A74_970B, crate::assertion::Ed25519Key;
}
