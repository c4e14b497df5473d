//! The answer of `diagnose` as text and as JSON.

mod json;
mod picture;
mod text;

pub(crate) use json::{answer, json};
pub(crate) use text::{text, titled};
