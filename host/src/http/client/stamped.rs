//! A stream that records when bytes were sent and received.

use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Maximum number of bytes before the final answer: interim answers (RFC 9110 §15.2) may precede
/// it, but not without limit.
const MOST_BEFORE_ANSWER: usize = 256 * 1024;

/// The timestamps of one exchange.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stamps {
    /// Just before the first byte of the request was written.
    pub(super) sent: Option<Instant>,
    /// Just after the most recent bytes arrived.
    pub(super) received: Option<Instant>,
    /// Number of bytes received so far, and whether they are still counted.
    bytes: usize,
    answered: bool,
}

/// The timestamps, shared between the stream and its user.
#[derive(Debug, Clone, Default)]
pub(super) struct Watch(Arc<Mutex<Stamps>>);

impl Watch {
    /// Forgets the last exchange.
    pub(super) fn restart(&self) {
        self.with(|stamps| *stamps = Stamps::default());
    }

    /// Returns the exchange up to the head that just arrived; what follows is its body.
    pub(super) fn answered(&self) -> Stamps {
        self.with(|stamps| {
            stamps.answered = true;
            *stamps
        })
    }

    fn read(&self, bytes: usize) -> io::Result<()> {
        self.with(|stamps| {
            stamps.received = Some(Instant::now());
            stamps.bytes = stamps.bytes.saturating_add(bytes);
            if stamps.answered || stamps.bytes <= MOST_BEFORE_ANSWER {
                return Ok(());
            }
            Err(io::Error::other(format!("{} bytes and no answer among them", stamps.bytes)))
        })
    }

    // No code panics while it holds the lock, and an instant is always complete.
    fn with<T>(&self, act: impl FnOnce(&mut Stamps) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A stream with timestamps. It wraps TLS, so that handshakes and session tickets belong to no
/// exchange.
pub(super) struct Stamped<S> {
    stream: S,
    watch: Watch,
}

impl<S> Stamped<S> {
    pub(super) const fn new(stream: S, watch: Watch) -> Self {
        Self { stream, watch }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Stamped<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        Poll::Ready(self.watch.read(buffer.filled().len().saturating_sub(before)))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Stamped<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.watch.with(|stamps| stamps.sent = stamps.sent.or(Some(Instant::now())));
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
