//! A stream that remembers when bytes left and when they came.

use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Instants of one exchange.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stamps {
    /// Just before the first byte of the request was handed over.
    pub(super) sent: Option<Instant>,
    /// Just after the newest bytes had come.
    pub(super) received: Option<Instant>,
}

/// The instants, shared between the stream and whoever sends on it.
#[derive(Debug, Clone, Default)]
pub(super) struct Watch(Arc<Mutex<Stamps>>);

impl Watch {
    /// Forgets the last exchange.
    pub(super) fn restart(&self) {
        self.with(|stamps| *stamps = Stamps::default());
    }

    pub(super) fn stamps(&self) -> Stamps {
        self.with(|stamps| *stamps)
    }

    // Nothing panics while it holds the lock, and an instant is whole at any time.
    fn with<T>(&self, act: impl FnOnce(&mut Stamps) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A stream under watch. Above TLS, so that handshakes and session tickets are nobody's exchange.
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
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        self.watch.with(|stamps| stamps.received = Some(Instant::now()));
        Poll::Ready(Ok(()))
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
