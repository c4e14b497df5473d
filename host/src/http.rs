//! HTTP/1.1 from both ends.

pub(crate) mod client;
pub(crate) mod server;
