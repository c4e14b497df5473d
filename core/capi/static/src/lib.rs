//! The archive that C programs link: all of `jwtick-capi`, and the panic handler.

#![no_std]
#![expect(unsafe_code, reason = "abort is a C function, whose declaration cannot be checked")]

pub use jwtick_capi::*;

// SAFETY: C11 §7.22.4.1. A bare-metal program that links no libc provides its own.
unsafe extern "C" {
    safe fn abort() -> !;
}

/// No function of jwtick-core panics; only checks in the crates below it can, and they never fail.
/// If one fails nevertheless, no later result could be trusted.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    abort()
}

/// The unwind tables in the precompiled parts of `core` refer to this symbol. It is never called,
/// because nothing unwinds, but a linker that keeps the tables looks for it.
// SAFETY: no other item of this name is in the archive, which has no std.
#[unsafe(no_mangle)]
pub extern "C" fn rust_eh_personality() {
    abort()
}
