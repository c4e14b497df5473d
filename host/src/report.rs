//! Answers as text and as JSON.

pub(crate) mod civil;
pub(crate) mod diagnosis;
pub(crate) mod finding;
pub(crate) mod inspection;
pub(crate) mod json;
pub(crate) mod lost;
#[allow(dead_code, reason = "the command that asks follows")]
pub(crate) mod machine;
pub(crate) mod refusal;
pub(crate) mod safe;
pub(crate) mod terminal;
pub(crate) mod timeline;
pub(crate) mod verdict;
pub(crate) mod words;
