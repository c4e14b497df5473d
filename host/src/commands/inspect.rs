//! `jwtick inspect`: shows the unverified contents of a token; `verify` checks them.

mod answer;
pub(crate) mod args;
pub(crate) mod run;
mod timeline;
mod token;
