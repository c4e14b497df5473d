//! Keys: what verifies, what is refused, and the messages of refusals.
#![cfg(test)]
#![cfg(all(feature = "rsa", feature = "es", feature = "ed"))]

mod jwk;
mod refusals;
mod vectors;
mod wycheproof;

use jwtick_core::Hs256;
use jwtick_core::key::{
    AnyKey, AnyRsa, EdDsa, Es256, Es384, Hs512, Jwk, Rs256, Rsa2048, Rsa3072, Rsa4096,
};

/// The sizes in the documentation are those of the machine that runs the tests.
#[test]
fn prepared_keys_have_the_documented_sizes() {
    let rows = [
        ("Rsa2048", size_of::<Rsa2048>(), 792),
        ("Rsa3072", size_of::<Rsa3072>(), 1176),
        ("Rsa4096", size_of::<Rsa4096>(), 1560),
        ("Rs256 of 2048 bits", size_of::<Rs256<Rsa2048>>(), 792),
        ("AnyRsa", size_of::<AnyRsa>(), 1568),
        ("Es256", size_of::<Es256>(), 72),
        ("Es384", size_of::<Es384>(), 104),
        ("EdDsa", size_of::<EdDsa>(), 192),
        ("Hs256", size_of::<Hs256>(), 144),
        ("Hs512", size_of::<Hs512>(), 288),
        ("AnyKey", size_of::<AnyKey>(), 1584),
        ("Jwk", size_of::<Jwk<'_>>(), 264),
    ];
    for (name, met, documented) in rows {
        assert_eq!(met, documented, "{name}");
    }
}
