//! An HTTP/1.1 client that sends exactly the given bytes and reads the answer.

use core::fmt;
use core::net::SocketAddr;
use core::time::Duration;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;

/// Time limit for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer, as received.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Status line and fields, each with its line end.
    pub head: String,
    /// The content.
    pub body: String,
}

impl Answer {
    /// Returns the values of a field in order; its name in any case.
    pub fn fields(&self, name: &str) -> impl Iterator<Item = &str> {
        let fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Returns the only value of a field; `None` if there is none, or more than one.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        match self.fields(name).collect::<Vec<_>>().as_slice() {
            [value] => Some(value),
            _ => None,
        }
    }

    /// Returns the content as JSON; `null` if it is not JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// Formats the answer as a transcript does.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.head.replace('\r', ""), self.body)
    }
}

/// A connection, which may carry several requests.
pub struct Connection(BufReader<TcpStream>);

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// Returns the error of connect(2).
    pub fn to(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Sends any bytes.
    ///
    /// # Errors
    /// Returns the error that kept the bytes from the peer.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.0.get_mut().write_all(bytes.as_ref())
    }

    /// Reads one answer.
    ///
    /// # Errors
    /// Fails if the answer is truncated or malformed, or if the peer is silent.
    pub fn answer(&mut self) -> io::Result<Answer> {
        let mut head = String::new();
        loop {
            let start = head.len();
            if self.0.read_line(&mut head)? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            if head.get(start..) == Some("\r\n") {
                head.truncate(start);
                break;
            }
        }
        let status = head.get(9..12).and_then(|code| code.parse().ok());
        let status = status.ok_or_else(|| io::Error::other(format!("no status in {head:?}")))?;
        let mut answer = Answer { status, head, body: String::new() };
        let length = answer.field("content-length").and_then(|length| length.parse().ok());
        self.0.by_ref().take(length.unwrap_or(0)).read_to_string(&mut answer.body)?;
        Ok(answer)
    }

    /// Sends a request and reads the answer.
    ///
    /// # Errors
    /// As [`send`](Self::send) and [`answer`](Self::answer).
    pub fn ask(&mut self, request: impl AsRef<[u8]>) -> io::Result<Answer> {
        self.send(request)?;
        self.answer()
    }

    /// Waits for the peer to close the connection; returns true if it did.
    #[must_use]
    pub fn is_closed(&mut self) -> bool {
        matches!(self.0.fill_buf(), Ok([]))
            || self.0.fill_buf().is_err_and(|error| error.kind() == ErrorKind::ConnectionReset)
    }
}

/// Builds a request with a form as its content.
#[must_use]
pub fn form(path: &str, fields: &str, content: &str) -> String {
    let length = content.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: t\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {length}\r\n{fields}\r\n{content}"
    )
}
