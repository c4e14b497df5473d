//! `jwtick key`: keys are made, shown in part, and named.

pub(crate) mod args;
pub(crate) mod run;
