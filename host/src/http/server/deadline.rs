//! A connection whose writes have a time limit: a client that does not read cannot hold it.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;
use std::io::{self, ErrorKind, IoSlice};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// A stream whose peer must take everything that was written, until the next flush, in a limited
/// time. A peer that takes a few bytes at a time gets no more time.
pub(super) struct Deadlined<S> {
    stream: S,
    limit: Duration,
    due: Option<Pin<Box<Sleep>>>,
}

impl<S> Deadlined<S> {
    pub(super) const fn new(stream: S, limit: Duration) -> Self {
        Self { stream, limit, due: None }
    }

    /// Fails if a write that has to wait is overdue; the time runs from the first that has to.
    fn waits<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            return written;
        }
        let limit = self.limit;
        let due = self.due.get_or_insert_with(|| Box::pin(sleep(limit)));
        ready!(due.as_mut().poll(context));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Deadlined<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Deadlined<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.waits(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.waits(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        let flushed = ready!(self.waits(context, flushed));
        self.due = None;
        Poll::Ready(flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
    use tokio::runtime::Builder;

    use super::*;

    #[test]
    fn peer_must_take_everything_in_time() {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let (near, mut far) = duplex(16);
            let mut near = Deadlined::new(near, Duration::from_millis(300));
            // Fits into the buffer, so there is nothing to wait for.
            near.write_all(&[1; 16]).await.unwrap();
            near.flush().await.unwrap();
            sleep(Duration::from_millis(400)).await;
            far.read_exact(&mut [0; 16]).await.unwrap();

            // A byte now and then is too slow.
            let dribble = tokio::spawn(async move {
                while far.read_exact(&mut [0; 1]).await.is_ok() {
                    sleep(Duration::from_millis(20)).await;
                }
            });
            let late = near.write_all(&[2; 1_000]).await.unwrap_err();
            assert_eq!(late.kind(), ErrorKind::TimedOut);
            drop(near);
            dribble.await.unwrap();
        });
    }
}
