//! jwtick with real daemons and independent libraries. Missing programs fail a test; nothing is skipped.
//!
//! `cargo test --package jwtick-tests --features real --test real`, after `.ci/run install`.
#![cfg(test)]

mod clock;
mod clocks;
mod faults;
mod fronts;
mod http_date;
mod manual;
mod ntp;
mod probe;
mod serve;
mod serve_clock;
mod signatures;
mod stand_in;
mod step;
mod terminals;
mod work;
