//! `jwtick clock`: compares this host's clock with sources that the user names.

mod answer;
pub(crate) mod args;
mod plan;
pub(crate) mod run;
pub(crate) mod step;
pub(crate) mod surveyed;
mod watch;
