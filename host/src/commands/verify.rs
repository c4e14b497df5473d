//! `jwtick verify`.

pub(crate) mod answer;
pub(crate) mod args;
pub(crate) mod run;
