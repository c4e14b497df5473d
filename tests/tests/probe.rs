//! `jwtick probe` against `jwtick stand-in`, and against servers that misbehave.
#![cfg(test)]

mod connection;
mod correction;
mod desk;
mod forgery;
mod remedies;
mod repeat;
mod third_opinion;
