//! What all answers share: layout, pictures, JSON, and the words for what the modules below found.

pub(crate) mod axis;
pub(crate) mod finding;
mod german;
pub(crate) mod json;
pub(crate) mod judging_time;
mod korean;
pub(crate) mod layout;
pub(crate) mod machine;
pub(crate) mod paragraph;
pub(crate) mod source;
pub(crate) mod terminal;
