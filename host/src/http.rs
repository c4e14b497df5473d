//! An HTTP/1.1 client and server.

pub(crate) mod client;
pub(crate) mod server;
