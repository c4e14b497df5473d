//! The archive that C programs link: all of `jwtick-capi`, and what becomes of a panic.

#![no_std]
#![expect(unsafe_code, reason = "abort is C's, and its declaration here is believed")]

pub use jwtick_capi::*;

// SAFETY: C11 §7.22.4.1. A bare-metal program that links no libc brings its own.
unsafe extern "C" {
    safe fn abort() -> !;
}

/// No function of jwtick-core panics; what is left are checks in the crates below it that can't
/// fail. Should one fail all the same, nothing that follows could be believed.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    abort()
}

/// What tables for unwinding refer to, in the parts of `core` that come compiled with the toolchain.
/// Nobody calls it, since nothing unwinds; but a linker that keeps the tables looks for it.
// SAFETY: no other item of this name is in the archive, which has no std.
#[unsafe(no_mangle)]
pub extern "C" fn rust_eh_personality() {
    abort()
}
