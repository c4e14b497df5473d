//! A connection whose request heads and writes have a time limit: a client that sends or reads slowly
//! cannot hold it.

use core::future::Future;
use core::pin::Pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Poll, ready};
use core::time::Duration;
use std::io::{self, ErrorKind, IoSlice};
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// The requests of a connection, counted at their start and at their end: while the number is odd, one
/// is being answered.
#[derive(Debug, Clone, Default)]
pub(super) struct Exchanges(Arc<AtomicUsize>);

impl Exchanges {
    /// Counts the start or the end of a request.
    pub(super) fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// A stream whose peer must send a request head, once it has begun, in a limited time, and must take
/// everything that was written, until the next flush, in another. A peer that sends or takes a few
/// bytes at a time gets no more time.
pub(super) struct Deadlined<S> {
    stream: S,
    limit: Duration,
    due: Option<Pin<Box<Sleep>>>,
    head_limit: Duration,
    head: Head,
    exchanges: Exchanges,
    /// The count of exchanges that `head` belongs to.
    counted: usize,
}

/// The state of the next request head.
enum Head {
    /// No byte has arrived. The server ends connections that stay so for too long.
    Awaited,
    Begun,
    /// More bytes are missing, and must arrive in time.
    Due(Pin<Box<Sleep>>),
}

impl<S> Deadlined<S> {
    /// `head_limit` is for request heads, `limit` for answers.
    pub(super) fn new(
        stream: S,
        head_limit: Duration,
        limit: Duration,
        exchanges: Exchanges,
    ) -> Self {
        let head = Head::Awaited;
        Self { stream, limit, due: None, head_limit, head, exchanges, counted: 0 }
    }

    /// Fails if the rest of a request head is overdue.
    fn awaits(
        &mut self,
        context: &mut Context<'_>,
        read: Poll<io::Result<()>>,
        some: bool,
    ) -> Poll<io::Result<()>> {
        let count = self.exchanges.0.load(Ordering::Relaxed);
        if count != self.counted {
            self.counted = count;
            self.head = Head::Awaited;
        }
        if count % 2 == 1 {
            return read; // its body, which has a limit of its own
        }
        if read.is_ready() {
            if some && matches!(self.head, Head::Awaited) {
                self.head = Head::Begun;
            }
            return read;
        }
        if matches!(self.head, Head::Begun) {
            self.head = Head::Due(Box::pin(sleep(self.head_limit)));
        }
        let Head::Due(due) = &mut self.head else { return read };
        ready!(due.as_mut().poll(context));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
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
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.awaits(context, read, buffer.filled().len() > before)
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
    use tokio::time::timeout;

    use super::*;

    #[test]
    fn peer_must_take_everything_in_time() {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let (near, mut far) = duplex(16);
            let limit = Duration::from_millis(300);
            let mut near = Deadlined::new(near, limit, limit, Exchanges::default());
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

    #[test]
    fn head_must_arrive_in_time_once_it_has_begun() {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let (near, mut far) = duplex(16);
            let limit = Duration::from_millis(200);
            let exchanges = Exchanges::default();
            let mut near = Deadlined::new(near, limit, limit, exchanges.clone());
            let mut buffer = [0; 16];
            // Neither the wait for a request nor a request that is being answered has this limit.
            let idle = timeout(limit * 2, near.read(&mut buffer)).await;
            assert!(idle.is_err(), "{idle:?}");
            far.write_all(b"GET ").await.unwrap();
            assert_eq!(near.read(&mut buffer).await.unwrap(), 4);
            exchanges.count();
            let answering = timeout(limit * 2, near.read(&mut buffer)).await;
            assert!(answering.is_err(), "{answering:?}");
            exchanges.count();
            let idle = timeout(limit * 2, near.read(&mut buffer)).await;
            assert!(idle.is_err(), "{idle:?}");

            // A byte now and then is too slow.
            let dribble = tokio::spawn(async move {
                while far.write_all(b"x").await.is_ok() {
                    sleep(Duration::from_millis(20)).await;
                }
            });
            let late = loop {
                match near.read(&mut buffer).await {
                    Ok(_) => {}
                    Err(late) => break late,
                }
            };
            assert_eq!(late.kind(), ErrorKind::TimedOut);
            drop(near);
            dribble.await.unwrap();
        });
    }
}
