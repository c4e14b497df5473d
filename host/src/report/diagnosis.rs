//! A diagnosis for people and for programs.

mod json;
mod picture;
mod text;

pub(crate) use json::json;
pub(crate) use text::{text, titled};
