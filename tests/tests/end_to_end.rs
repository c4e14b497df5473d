//! All end-to-end tests that need nothing installed, in one program: linking each file alone would
//! take longer than running it.
#![cfg(test)]

mod cases;
mod clock;
mod config;
mod diagnose;
mod faults;
mod harness;
mod hostile_ntp;
mod inspect;
mod keys;
mod limits;
mod man;
mod packages;
mod probe;
mod rehearse;
mod robustness;
mod scenes;
mod sign;
mod stand_in;
mod step;
mod usage;
mod verify;
