//! `jwtick probe` against `jwtick stand-in`, and against servers that misbehave.
#![cfg(test)]

mod certificates;
mod connection;
mod correction;
mod desk;
mod forgery;
mod remedies;
mod repeat;
mod secrets;
mod third_opinion;
