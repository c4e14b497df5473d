//! `jwtick sign`.

pub(crate) mod args;
pub(crate) mod run;
mod warnings;
