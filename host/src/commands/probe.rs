//! `jwtick probe`: a Test Connection button for any service by JWT bearer.

pub(crate) mod answer;
pub(crate) mod args;
pub(crate) mod parts;
pub(crate) mod run;
