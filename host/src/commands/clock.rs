//! `jwtick clock`: whether this host's clock is right, by sources that the user names.

mod answer;
pub(crate) mod args;
mod plan;
pub(crate) mod run;
pub(crate) mod step;
pub(crate) mod surveyed;
mod watch;
