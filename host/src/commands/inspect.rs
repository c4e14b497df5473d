//! `jwtick inspect`: what a token says. Whether it is true, only `verify` can tell.

mod answer;
pub(crate) mod args;
pub(crate) mod run;
mod timeline;
mod token;
