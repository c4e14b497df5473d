//! `jwtick rehearse`: both sides of a connection in this process, and a clock that is wrong.

mod answer;
pub(crate) mod args;
pub(crate) mod run;
