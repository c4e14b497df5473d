//! What all answers share: layout, pictures, JSON, and the words for what the modules below found.

pub(crate) mod axis;
pub(crate) mod finding;
pub(crate) mod json;
pub(crate) mod judging_time;
pub(crate) mod layout;
pub(crate) mod machine;
mod over_http;
pub(crate) mod paragraph;
pub(crate) mod source;
pub(crate) mod terminal;
