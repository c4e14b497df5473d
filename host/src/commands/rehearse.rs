//! `jwtick rehearse`: runs both sides of a connection in this process, with a wrong clock.

mod answer;
pub(crate) mod args;
pub(crate) mod run;
