//! A diagnosis for people and for programs.

mod json;
mod picture;
mod text;

pub(crate) use json::{answer, json};
pub(crate) use text::{text, titled};
