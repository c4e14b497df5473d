//! `jwtick probe`: a Test Connection button for any service that uses JWT bearer assertions.

pub(crate) mod answer;
pub(crate) mod args;
pub(crate) mod parts;
pub(crate) mod run;
