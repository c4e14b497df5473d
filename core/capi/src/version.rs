//! Which library this is, and how much room it takes: for who has no C compiler to read the header.

use crate::context::{
    AnchorContext, ClaimsContext, DiagnoserContext, DiagnosisContext, Hs256Context,
    JudgementContext, KeyContext, RefusalContext, TokenContext,
};

/// The version of this interface. It changes when a program has to be compiled anew: when a context
/// grows, or a record or a function changes. New functions and numbers leave it as it is.
pub const ABI_VERSION: u32 = 1;

/// How every context must be aligned in bytes, but a `jwtick_key`.
pub const CONTEXT_ALIGNMENT: usize = 8;
/// How a `jwtick_key` must be aligned in bytes. `malloc` does so on 64-bit machines.
pub const KEY_ALIGNMENT: usize = 16;

const _: () = assert!(align_of::<KeyContext>() == KEY_ALIGNMENT);
const _: () = assert!(align_of::<DiagnoserContext>() <= CONTEXT_ALIGNMENT);

/// `JWTICK_ABI_VERSION` of the library, to be compared with that of the header.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_abi_version() -> u32 {
    ABI_VERSION
}

/// How many bytes a `jwtick_token` has.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_token_size() -> usize {
    size_of::<TokenContext>()
}

/// How many bytes a `jwtick_claims` has.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_claims_size() -> usize {
    size_of::<ClaimsContext>()
}

/// How many bytes a `jwtick_key` has.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_key_size() -> usize {
    size_of::<KeyContext>()
}

/// How many bytes a `jwtick_hs256` has.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_hs256_size() -> usize {
    size_of::<Hs256Context>()
}

/// How many bytes a `jwtick_anchor` has.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_anchor_size() -> usize {
    size_of::<AnchorContext>()
}

/// How many bytes a `jwtick_judgement` has.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_judgement_size() -> usize {
    size_of::<JudgementContext>()
}

/// How many bytes a `jwtick_refusal` has.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_refusal_size() -> usize {
    size_of::<RefusalContext>()
}

/// How many bytes a `jwtick_diagnoser` has.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_diagnoser_size() -> usize {
    size_of::<DiagnoserContext>()
}

/// How many bytes a `jwtick_diagnosis` has.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_diagnosis_size() -> usize {
    size_of::<DiagnosisContext>()
}
