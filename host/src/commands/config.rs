//! `jwtick config`.

pub(crate) mod answer;
pub(crate) mod args;
pub(crate) mod run;
