//! Answers as text and as JSON.

mod axis;
pub(crate) mod clock;
pub(crate) mod config;
pub(crate) mod diagnosis;
pub(crate) mod finding;
mod fit;
pub(crate) mod inspection;
pub(crate) mod json;
pub(crate) mod lost;
mod machine;
mod ntp;
pub(crate) mod over_http;
pub(crate) mod page;
mod paragraph;
pub(crate) mod probe;
pub(crate) mod reckoning;
pub(crate) mod refusal;
pub(crate) mod rehearsal;
mod row;
pub(crate) mod source;
pub(crate) mod step;
pub(crate) mod terminal;
pub(crate) mod timeline;
pub(crate) mod verdict;
pub(crate) mod words;
