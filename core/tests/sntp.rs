//! SNTP replies: what is refused and why, what a sample proves, and that nothing else gets through.
#![cfg(test)]

mod captured;
mod edges;
mod peer;
mod properties;
mod refused;
mod reply;
