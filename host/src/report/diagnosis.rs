//! A diagnosis for people and for programs.

mod json;
mod paragraph;
mod picture;
mod text;

pub(crate) use json::json;
pub(crate) use text::{Page, text, titled};
