//! `jwtick key`: generates keys, extracts public keys and computes thumbprints.

pub(crate) mod args;
pub(crate) mod run;
