//! What all answers share: layout, pictures, JSON, and the words for what the modules below found.

pub(crate) mod axis;
pub(crate) mod finding;
mod fit;
pub(crate) mod json;
pub(crate) mod judging_time;
pub(crate) mod layout;
pub(crate) mod lost;
pub(crate) mod machine;
pub(crate) mod ntp;
pub(crate) mod over_http;
pub(crate) mod paragraph;
pub(crate) mod row;
pub(crate) mod source;
pub(crate) mod terminal;
