//! A TCP server that sends exactly the bytes that a test specifies.

use core::net::SocketAddr;
use core::sync::atomic::Ordering::SeqCst;
use core::sync::atomic::{AtomicBool, AtomicUsize};
use core::time::Duration;
use std::io::{self, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use jwtick_core::Span;
use jwtick_core::time::HttpDate;

use crate::source::os;

/// A server that runs until it is dropped and handles each connection on its own thread.
pub(super) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    ended: AtomicBool,
    requests: AtomicUsize,
    connections: AtomicUsize,
}

/// A connection to the client.
pub(super) struct Peer<'a> {
    pub(super) stream: TcpStream,
    reader: BufReader<TcpStream>,
    shared: &'a Shared,
}

impl Server {
    /// Runs `talk` for each client.
    pub(super) fn talking(
        talk: impl Fn(&mut Peer<'_>) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let (talk, told) = (Arc::new(talk), Arc::clone(&shared));
        let accept = move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if told.ended.load(SeqCst) {
                    break;
                }
                told.connections.fetch_add(1, SeqCst);
                let (talk, shared) = (Arc::clone(&talk), Arc::clone(&told));
                thread::spawn(move || {
                    stream.set_nodelay(true).unwrap();
                    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                    // A client that disconnects is not a failure.
                    let reader = BufReader::new(stream.try_clone().unwrap());
                    let _ = talk(&mut Peer { stream, reader, shared: &shared });
                });
            }
        };
        Self { address, shared, thread: Some(thread::spawn(accept)) }
    }

    /// Answers each request with the bytes that `answer` returns for its head, until it returns
    /// none.
    pub(super) fn answering(answer: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        Self::talking(move |peer| {
            while let Some(head) = peer.request()? {
                let answer = answer(&head);
                peer.stream.write_all(answer.as_bytes())?;
                if answer.contains("Connection: close") {
                    break;
                }
            }
            Ok(())
        })
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub(super) fn address(&self) -> String {
        self.address.to_string()
    }

    pub(super) fn requests(&self) -> usize {
        self.shared.requests.load(SeqCst)
    }

    pub(super) fn connections(&self) -> usize {
        self.shared.connections.load(SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.ended.store(true, SeqCst);
        drop(TcpStream::connect(self.address)); // wakes the accepting thread
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Peer<'_> {
    /// Returns the head of the next request; `None` when the client has disconnected.
    pub(super) fn request(&mut self) -> io::Result<Option<String>> {
        let head = head(&mut self.reader)?;
        self.shared.requests.fetch_add(usize::from(head.is_some()), SeqCst);
        Ok(head)
    }
}

/// Reads up to an empty line; `None` at the end of the stream.
pub(super) fn head(stream: &mut impl Read) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        head.extend(byte);
    }
    Ok(Some(String::from_utf8_lossy(&head).into_owned()))
}

/// Returns the head of an answer without a body, with the `Date` of a clock that is ahead.
pub(super) fn answer(status: &str, ahead: Span, fields: &str) -> String {
    let date = HttpDate::new(os::reading() + ahead).unwrap();
    format!("HTTP/1.1 {status}\r\nDate: {date}\r\nContent-Length: 0\r\n{fields}\r\n")
}
