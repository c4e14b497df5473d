//! What a caller has room for without looking inside: `jwtick_token`, `jwtick_key` and others.
//!
//! A context is a number of 64-bit words, so that C aligns it. Inside it begins with a tag: a
//! context that was zeroed, or prepared as another kind, is refused and never taken for a value.
//! The sizes are part of the ABI: a value that outgrows them does not compile.

use jwtick_core::diagnosis::Diagnosis;
use jwtick_core::judge::Findings;
use jwtick_core::key::AnyKey;
use jwtick_core::time::TickAnchor;
use jwtick_core::token::Claims;
use jwtick_core::{Diagnoser, Hs256, Token};

use crate::refusal::Refused;

/// A context, and what it holds.
pub(crate) trait Context {
    type Value;
    /// Of random bytes, so that no other content of memory is likely to begin with it.
    const TAG: u32;
}

/// How a context is laid out.
#[repr(C)]
pub(crate) struct Held<V> {
    pub(crate) tag: u32,
    pub(crate) value: V,
}

/// 64-bit words of a `jwtick_token`.
pub const TOKEN_WORDS: usize = 40;
/// 64-bit words of a `jwtick_claims`.
pub const CLAIMS_WORDS: usize = 24;
/// 64-bit words of a `jwtick_key`. It has room for an RSA key of 4096 bits, whatever is built in.
pub const KEY_WORDS: usize = 200;
/// 64-bit words of a `jwtick_hs256`.
pub const HS256_WORDS: usize = 20;
/// 64-bit words of a `jwtick_anchor`.
pub const ANCHOR_WORDS: usize = 10;
/// 64-bit words of a `jwtick_judgement`.
pub const JUDGEMENT_WORDS: usize = 50;
/// 64-bit words of a `jwtick_refusal`.
pub const REFUSAL_WORDS: usize = 12;
/// 64-bit words of a `jwtick_diagnoser`.
pub const DIAGNOSER_WORDS: usize = 2000;
/// 64-bit words of a `jwtick_diagnosis`.
pub const DIAGNOSIS_WORDS: usize = 400;

/// A decoded token, for which nobody vouches yet. It points into the compact form and into the room
/// that it was decoded with: both must stay as they are for as long as it, or claims of it, is used.
#[repr(C)]
pub struct TokenContext {
    #[doc(hidden)]
    pub opaque: [u64; TOKEN_WORDS],
}

/// What a token says. Whether it is authentic, the function tells that wrote it: `jwtick_verify` or
/// `jwtick_unverified_claims`. It points where its token does.
#[repr(C)]
pub struct ClaimsContext {
    #[doc(hidden)]
    pub opaque: [u64; CLAIMS_WORDS],
}

/// A prepared key. It has one algorithm (RFC 8725 §3.1), and points nowhere.
// SHA-512 counts in 128 bits, which 64-bit machines align to 16 bytes.
#[repr(C, align(16))]
pub struct KeyContext {
    #[doc(hidden)]
    pub opaque: [u64; KEY_WORDS],
}

/// A prepared key for HS256, in a tenth of the room; linked without the other algorithms.
#[repr(C)]
pub struct Hs256Context {
    #[doc(hidden)]
    pub opaque: [u64; HS256_WORDS],
}

/// A counter that is tied to UTC as it was last known.
#[repr(C)]
pub struct AnchorContext {
    #[doc(hidden)]
    pub opaque: [u64; ANCHOR_WORDS],
}

/// All that a policy found in claims.
#[repr(C)]
pub struct JudgementContext {
    #[doc(hidden)]
    pub opaque: [u64; JUDGEMENT_WORDS],
}

/// Why something was refused, in detail, for `jwtick_say_refusal`.
#[repr(C)]
pub struct RefusalContext {
    #[doc(hidden)]
    pub opaque: [u64; REFUSAL_WORDS],
}

/// A text that is being read, in constant memory.
#[repr(C)]
pub struct DiagnoserContext {
    #[doc(hidden)]
    pub opaque: [u64; DIAGNOSER_WORDS],
}

/// What a text proves.
#[repr(C)]
pub struct DiagnosisContext {
    #[doc(hidden)]
    pub opaque: [u64; DIAGNOSIS_WORDS],
}

macro_rules! contexts {
    ($($context:ty, $tag:literal, $value:ty;)*) => {
        $(
            impl Context for $context {
                type Value = $value;
                const TAG: u32 = $tag;
            }
        )*
    };
}

contexts! {
    TokenContext, 0x6A74_9E01, Token<'static>;
    ClaimsContext, 0x6A74_C302, Claims<'static>;
    KeyContext, 0x6A74_5B03, AnyKey;
    Hs256Context, 0x6A74_D704, Hs256;
    AnchorContext, 0x6A74_2F05, TickAnchor;
    JudgementContext, 0x6A74_8D06, Findings;
    RefusalContext, 0x6A74_B107, Refused;
    DiagnoserContext, 0x6A74_4308, Diagnoser<'static>;
    DiagnosisContext, 0x6A74_F509, Diagnosis;
}
