//! The version of the library and the sizes of its contexts, for callers that cannot read the
//! header.

use crate::context::{
    AnchorContext, ClaimsContext, DiagnoserContext, DiagnosisContext, Hs256Context,
    JudgementContext, KeeperContext, KeyContext, RefusalContext, TokenContext,
};

/// The version of this interface. It changes when programs must be recompiled: when a context
/// grows, or a record or a function changes. New functions and numbers do not change it.
pub const ABI_VERSION: u32 = 2;

/// The alignment of every context in bytes, except `jwtick_key`.
pub const CONTEXT_ALIGNMENT: usize = 8;
/// The alignment of a `jwtick_key` in bytes. `malloc` guarantees it on 64-bit machines.
pub const KEY_ALIGNMENT: usize = 16;

const _: () = assert!(align_of::<KeyContext>() == KEY_ALIGNMENT);
const _: () = assert!(align_of::<DiagnoserContext>() <= CONTEXT_ALIGNMENT);

/// Returns the `JWTICK_ABI_VERSION` of the library, to compare with that of the header.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_abi_version() -> u32 {
    ABI_VERSION
}

/// Returns the size of a `jwtick_token` in bytes.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_token_size() -> usize {
    size_of::<TokenContext>()
}

/// Returns the size of a `jwtick_claims` in bytes.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_claims_size() -> usize {
    size_of::<ClaimsContext>()
}

/// Returns the size of a `jwtick_key` in bytes.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_key_size() -> usize {
    size_of::<KeyContext>()
}

/// Returns the size of a `jwtick_hs256` in bytes.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_hs256_size() -> usize {
    size_of::<Hs256Context>()
}

/// Returns the size of a `jwtick_es256_signer` in bytes.
#[cfg(feature = "sign")]
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_es256_signer_size() -> usize {
    size_of::<crate::context::Es256SignerContext>()
}

/// Returns the size of a `jwtick_ed25519_signer` in bytes.
#[cfg(feature = "sign")]
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_ed25519_signer_size() -> usize {
    size_of::<crate::context::Ed25519SignerContext>()
}

/// Returns the size of a `jwtick_anchor` in bytes.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_anchor_size() -> usize {
    size_of::<AnchorContext>()
}

/// Returns the size of a `jwtick_keeper` in bytes.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_keeper_size() -> usize {
    size_of::<KeeperContext>()
}

/// Returns the size of a `jwtick_judgement` in bytes.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_judgement_size() -> usize {
    size_of::<JudgementContext>()
}

/// Returns the size of a `jwtick_refusal` in bytes.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_refusal_size() -> usize {
    size_of::<RefusalContext>()
}

/// Returns the size of a `jwtick_diagnoser` in bytes.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_diagnoser_size() -> usize {
    size_of::<DiagnoserContext>()
}

/// Returns the size of a `jwtick_diagnosis` in bytes.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_diagnosis_size() -> usize {
    size_of::<DiagnosisContext>()
}
