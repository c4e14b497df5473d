//! An issuer of tokens that publishes its metadata and its keys, with the faults that such servers have.

use core::net::SocketAddr;
use core::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use core::time::Duration;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use crate::daemon::must;
use crate::time_server::{http_date, now};

/// Interval at which the end is noticed.
const NAP: Duration = Duration::from_millis(10);

/// What the issuer answers to a request for its keys.
#[derive(Debug, Clone)]
pub enum Says {
    /// A text with status 200, or 304 to a client that has it.
    Text(String),
    /// A status without content.
    Status(u16),
    /// A redirect to another URL.
    Redirect(String),
    /// The text, after a pause.
    Slowly(Duration, String),
    /// Half of the text, and the end of the connection.
    HalfOf(String),
    /// The text, and spaces without an end.
    Endlessly(String),
}

/// A request, as received.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The path.
    pub path: String,
    /// The `ETag` that the client has.
    pub known: Option<String>,
    /// When it arrived, since 1970.
    pub at: Duration,
}

/// An issuer on loopback, without encryption. It ends when this is dropped.
pub struct IssuerServer {
    address: SocketAddr,
    inside: Arc<Inside>,
    thread: Option<JoinHandle<()>>,
}

struct Inside {
    says: Mutex<Says>,
    fields: Mutex<String>,
    name: Mutex<Option<String>>,
    asked: Mutex<Vec<Asked>>,
    ahead: AtomicI64,
    ended: AtomicBool,
}

impl IssuerServer {
    /// Starts an issuer that publishes this JWK Set.
    #[must_use]
    #[track_caller]
    pub fn start(set: &str) -> Self {
        Self::at(SocketAddr::from(([127, 0, 0, 1], 0)), Says::Text(set.to_owned()))
    }

    /// Starts one at a given address.
    #[must_use]
    #[track_caller]
    pub fn at(address: SocketAddr, says: Says) -> Self {
        let listener = must("issuer", TcpListener::bind(address));
        must("issuer", listener.set_nonblocking(true));
        let inside = Arc::new(Inside {
            says: Mutex::new(says),
            fields: Mutex::default(),
            name: Mutex::default(),
            asked: Mutex::default(),
            ahead: AtomicI64::new(0),
            ended: AtomicBool::new(false),
        });
        let address = must("issuer", listener.local_addr());
        let shared = Arc::clone(&inside);
        let thread = thread::spawn(move || {
            while !shared.ended.load(Ordering::Relaxed) {
                match listener.accept() {
                    Ok((stream, _)) => {
                        let shared = Arc::clone(&shared);
                        drop(thread::spawn(move || shared.serve(&stream, address)));
                    }
                    Err(_) => thread::sleep(NAP),
                }
            }
        });
        Self { address, inside, thread: Some(thread) }
    }

    /// Its address.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its name, a URL.
    #[must_use]
    pub fn name(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The URL of its keys.
    #[must_use]
    pub fn keys_url(&self) -> String {
        format!("{}/keys", self.name())
    }

    /// Changes what it answers from now on.
    pub fn say(&self, says: Says) {
        *locked(&self.inside.says) = says;
    }

    /// Adds header fields to its answers, each with its line break.
    pub fn add_fields(&self, fields: &str) {
        fields.clone_into(&mut locked(&self.inside.fields));
    }

    /// Changes the name in its metadata.
    pub fn call_itself(&self, name: &str) {
        *locked(&self.inside.name) = Some(name.to_owned());
    }

    /// Sets its clock ahead of the clock of this machine.
    pub fn run_ahead(&self, secs: i64) {
        self.inside.ahead.store(secs, Ordering::Relaxed);
    }

    /// The requests for its keys so far.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        locked(&self.inside.asked).iter().filter(|asked| asked.path == "/keys").cloned().collect()
    }
}

impl Drop for IssuerServer {
    fn drop(&mut self) {
        self.inside.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Inside {
    /// Answers one request, and closes the connection.
    fn serve(&self, stream: &TcpStream, address: SocketAddr) -> io::Result<()> {
        stream.set_nonblocking(false)?;
        let mut lines = BufReader::new(stream.try_clone()?).lines().map_while(Result::ok);
        let path = lines.next().and_then(|line| line.split(' ').nth(1).map(str::to_owned));
        let fields: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        let known = fields.iter().find_map(|field| {
            let (name, value) = field.split_once(": ")?;
            name.eq_ignore_ascii_case("if-none-match").then(|| value.to_owned())
        });
        let asked = Asked { path: path.unwrap_or_default(), known, at: now() };
        locked(&self.asked).push(asked.clone());
        match asked.path.as_str() {
            "/keys" => self.answer(stream, asked.known.as_deref()),
            "/.well-known/openid-configuration" => {
                let own = format!("http://{address}");
                let name = locked(&self.name).clone().unwrap_or_else(|| own.clone());
                let text = format!(r#"{{"issuer":"{name}","jwks_uri":"{own}/keys"}}"#);
                self.write(stream, "200 OK", "", &text)
            }
            _ => self.write(stream, "404 Not Found", "", ""),
        }
    }

    fn answer(&self, stream: &TcpStream, known: Option<&str>) -> io::Result<()> {
        let says = locked(&self.says).clone();
        match says {
            Says::Status(status) => self.write(stream, &format!("{status} Status"), "", ""),
            Says::Redirect(to) => {
                self.write(stream, "302 Found", &format!("Location: {to}\r\n"), "")
            }
            Says::Slowly(pause, text) => {
                thread::sleep(pause);
                self.write(stream, "200 OK", "", &text)
            }
            Says::HalfOf(text) => {
                let half = text.get(..text.len() / 2).unwrap_or_default();
                self.head(stream, "200 OK", "", text.len())?;
                (&*stream).write_all(half.as_bytes())
            }
            Says::Endlessly(text) => {
                self.head(stream, "200 OK", "", usize::MAX / 2)?;
                (&*stream).write_all(text.as_bytes())?;
                loop {
                    (&*stream).write_all(&[b' '; 4096])?;
                }
            }
            Says::Text(text) => {
                // Any text that differs for different keys.
                let tag =
                    format!("\"{}-{}\"", text.len(), text.bytes().map(u64::from).sum::<u64>());
                let fields = format!("ETag: {tag}\r\n");
                match known == Some(&tag) {
                    true => self.write(stream, "304 Not Modified", &fields, ""),
                    false => self.write(stream, "200 OK", &fields, &text),
                }
            }
        }
    }

    fn write(&self, stream: &TcpStream, status: &str, more: &str, text: &str) -> io::Result<()> {
        self.head(stream, status, more, text.len())?;
        (&*stream).write_all(text.as_bytes())
    }

    fn head(&self, stream: &TcpStream, status: &str, more: &str, len: usize) -> io::Result<()> {
        let secs = i64::try_from(now().as_secs()).unwrap_or_default();
        let date = http_date(secs + self.ahead.load(Ordering::Relaxed));
        let fields = locked(&self.fields).clone();
        let head = format!(
            "HTTP/1.1 {status}\r\nDate: {date}\r\nContent-Length: {len}\r\nConnection: close\r\n\
             {fields}{more}\r\n"
        );
        (&*stream).write_all(head.as_bytes())
    }
}
