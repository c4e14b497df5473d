//! `jwtick probe` beside `jwtick stand-in`, and beside servers that misbehave.
#![cfg(test)]

mod connection;
mod desk;
mod remedies;
mod repeat;
mod third_opinion;
