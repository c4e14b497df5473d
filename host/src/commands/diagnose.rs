//! `jwtick diagnose`.

pub(crate) mod answer;
pub(crate) mod args;
pub(crate) mod run;
