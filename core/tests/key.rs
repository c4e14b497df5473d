//! Keys: what verifies, what is refused, and the messages of refusals.
#![cfg(test)]
#![cfg(all(feature = "rsa", feature = "es", feature = "ed"))]

mod forgeries;
mod jwk;
mod refusals;
mod sizes;
mod vectors;
mod wycheproof;
