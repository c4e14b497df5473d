//! The parts that all answers share: layout, pictures, JSON, and sentences for measurements.

pub(crate) mod axis;
pub(crate) mod certificate;
pub(crate) mod finding;
mod http_date;
pub(crate) mod json;
pub(crate) mod judging_time;
pub(crate) mod layout;
pub(crate) mod machine;
pub(crate) mod over_http;
pub(crate) mod paragraph;
pub(crate) mod source;
pub(crate) mod terminal;
pub(crate) mod timeline;
pub(crate) mod which;
