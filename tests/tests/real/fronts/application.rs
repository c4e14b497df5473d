//! The application at the back: records what reaches it.

use core::mem;
use core::net::{Ipv4Addr, SocketAddr};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::{io, thread};

/// A request that came through a front.
#[derive(Debug, Default)]
pub(super) struct Received {
    pub(super) line: String,
    fields: Vec<(String, String)>,
    pub(super) body: String,
}

impl Received {
    /// The values of a field that are not empty.
    pub(super) fn values(&self, name: &str) -> Vec<&str> {
        let fields = self.fields.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        fields.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty()).collect()
    }

    fn read(from: &mut impl BufRead) -> io::Result<Self> {
        let mut received = Self::default();
        from.read_line(&mut received.line)?;
        if received.line.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut field = String::new();
        while from.read_line(&mut field)? > 2 {
            let (name, value) = field.split_once(':').unwrap();
            received.fields.push((name.to_owned(), value.trim().to_owned()));
            field.clear();
        }
        let length = received.values("content-length").first().map(|length| length.parse());
        let length = length.transpose().unwrap().unwrap_or(0);
        from.take(length).read_to_string(&mut received.body)?;
        Ok(received)
    }
}

/// Answers every request with 200 and `served`, and one for a WebSocket with an echo.
pub(super) struct Application {
    pub(super) address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Application {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let received = Arc::<Mutex<Vec<_>>>::default();
        let log = Arc::clone(&received);
        // Ends with the test program: a front keeps connections for later requests.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                thread::spawn(move || serve(stream, &log));
            }
        });
        Self { address, received }
    }

    /// What has come since the last call.
    pub(super) fn received(&self) -> Vec<Received> {
        mem::take(&mut self.received.lock().unwrap())
    }
}

/// The answer to the key of RFC 6455 §1.3.
const UPGRADED: &str = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
     Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

fn serve(mut stream: TcpStream, log: &Mutex<Vec<Received>>) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let received = Received::read(&mut reader)?;
        let is_upgrade = !received.values("upgrade").is_empty();
        let is_head = received.line.starts_with("HEAD ");
        log.lock().unwrap().push(received);
        if is_upgrade {
            stream.write_all(UPGRADED.as_bytes())?;
            return io::copy(&mut reader, &mut stream).map(drop);
        }
        let body = if is_head { "" } else { "served" };
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n{body}")?;
    }
}
