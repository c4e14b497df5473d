//! HTTP/1.1 from both ends.

pub(crate) mod server;
