//! `jwtick stand-in`.

mod answer;
pub(crate) mod args;
pub(crate) mod run;
