//! How much one client may take from the others.

use core::time::Duration;

/// The limits of a server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// For a whole request head, and for the wait before it: a client that dribbles its head
    /// (slow loris) holds a connection no longer.
    pub(crate) head_time: Duration,
    /// From the end of the head to the answer, the body included.
    pub(crate) request_time: Duration,
    /// The request line and all fields.
    pub(crate) head_bytes: usize,
    /// The content of a request.
    pub(crate) body_bytes: usize,
    /// At once. Those beyond are told to come back.
    pub(crate) connections: usize,
    /// For requests that run when the server is stopped.
    pub(crate) drain_time: Duration,
}

impl Limits {
    /// For a server of tokens: nothing that it reads is longer than a few tokens.
    pub(crate) const ORDINARY: Self = Self {
        head_time: Duration::from_secs(10),
        request_time: Duration::from_secs(30),
        head_bytes: 32 * 1024,
        body_bytes: 64 * 1024,
        connections: 4_096,
        drain_time: Duration::from_secs(5),
    };
}
