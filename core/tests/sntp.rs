//! SNTP replies: reasons for refusal, and what an accepted sample proves.
#![cfg(test)]

mod captured;
mod edges;
mod peer;
mod properties;
mod refused;
mod reply;
