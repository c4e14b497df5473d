//! `jwtick probe` sends no secret to a server whose certificate is not valid now.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Once};
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_core::time::HttpDate;
use jwtick_core::{Span, UnixTime};
use jwtick_tests::{Authority, Identity, Outcome, SECRET, Schema, TimeServer, jwtick};
use tempfile::TempDir;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned, crypto};

const CLIENT_SECRET: &str = "a-client-secret-4711";

fn now() -> UnixTime {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros();
    UnixTime::from_micros(i64::try_from(now).unwrap())
}

/// An https server that issues tokens, and passes on the requests with a body.
struct Server {
    url: String,
    heard: Receiver<String>,
}

impl Server {
    /// `ahead` is its `Date` minus the time of this machine.
    fn start(identity: &Identity, ahead: Span) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            let _ = crypto::ring::default_provider().install_default();
        });
        let certificate = CertificateDer::from_pem_slice(identity.certificate.as_bytes()).unwrap();
        let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).unwrap();
        let config = ServerConfig::builder().with_no_client_auth();
        let config = Arc::new(config.with_single_cert(vec![certificate], key).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("https://localhost:{}/token", listener.local_addr().unwrap().port());
        let (sender, heard) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, sender) = (Arc::clone(&config), sender.clone());
                thread::spawn(move || serve(stream, config, ahead, &sender));
            }
        });
        Self { url, heard }
    }

    fn secrets_heard(&self) -> Vec<String> {
        self.heard.try_iter().filter(|body| !body.is_empty()).collect()
    }
}

fn serve(
    stream: TcpStream,
    config: Arc<ServerConfig>,
    ahead: Span,
    heard: &mpsc::Sender<String>,
) -> io::Result<()> {
    let tls = ServerConnection::new(config).map_err(io::Error::other)?;
    let mut stream = BufReader::new(StreamOwned::new(tls, stream));
    loop {
        let (mut head, mut length) = (String::new(), 0);
        while !head.ends_with("\r\n\r\n") {
            let start = head.len();
            if stream.read_line(&mut head)? == 0 {
                return Ok(());
            }
            let line = head[start..].to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body)?;
        let _ = heard.send(String::from_utf8_lossy(&body).into_owned());
        let date = HttpDate::new(now() + ahead).unwrap();
        let body = if head.starts_with("POST") { "{\"access_token\":\"opaque-1\"}" } else { "" };
        let length = body.len();
        let answer = format!("HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: {length}\r\n\r\n");
        stream.get_mut().write_all((answer + body).as_bytes())?;
        stream.get_mut().flush()?;
    }
}

/// A folder with the secrets of a client, and the authority that it trusts.
struct Client {
    folder: TempDir,
    authority: Authority,
}

impl Client {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("key"), SECRET).unwrap();
        fs::write(folder.path().join("secret"), CLIENT_SECRET).unwrap();
        Self { folder, authority: Authority::new("an authority of the tests") }
    }

    fn probe(&self, url: &str, more: &[&str]) -> Outcome {
        let [key, secret] = ["key", "secret"].map(|name| self.folder.path().join(name));
        let [key, secret] = [key, secret].map(|path| path.display().to_string());
        let authority = self.authority.file().to_str().unwrap();
        let agent = ["probe", "--json", "--issuer", "me", "--secret-file", &key];
        let client = ["--client-id", "me", "--client-secret-file", &secret];
        let server = ["--token-url", url, "--ca", authority, "--form", "adobe-exchange"];
        let done = jwtick([&agent[..], &client, &server, more].concat()).run();
        let fits = Schema::load("probe").and_then(|schema| schema.check(&done.json()));
        assert_eq!(fits, Ok(()), "{done}");
        done
    }
}

/// Validity, as year, month and day.
type Validity = ((i32, u8, u8), (i32, u8, u8));

const VALID: Validity = ((2025, 1, 1), (2099, 1, 1));
/// After the first release, so that only a clock shows that it has expired.
const EXPIRED: Validity = ((2025, 1, 1), (2026, 2, 1));
const FUTURE: Validity = ((2080, 1, 1), (2081, 1, 1));

/// The distance of this machine from 2026-01-15, when [`EXPIRED`] was valid.
fn to_january() -> Span {
    UnixTime::from_secs(1_768_435_200) - now()
}

/// The distance to a day of 2080.
fn to_2080() -> Span {
    UnixTime::from_secs(3_479_932_800) - now()
}

const RIGHT: fn() -> Span = || Span::ZERO;

/// A case, the validity of the certificate, the server's `Date` minus the time of this machine,
/// options, and part of the message.
type Refused = (&'static str, Validity, fn() -> Span, &'static [&'static str], &'static str);

const REFUSED: &[Refused] = &[
    ("expired", EXPIRED, RIGHT, &[], "it expired 2026-02-01"),
    ("expired, in each run", EXPIRED, RIGHT, &["--repeat", "2"], "it expired 2026-02-01"),
    ("expired, and corrected", EXPIRED, RIGHT, &["--correct"], "it expired 2026-02-01"),
    ("expired, but not by its Date", EXPIRED, to_january, &[], "--trust-server-date"),
    ("not valid yet, but by its Date", FUTURE, to_2080, &[], "--trust-server-date"),
    ("expired, also by its Date", EXPIRED, RIGHT, &["--trust-server-date"], "it expired 2026-02"),
    (
        "not valid by its Date",
        FUTURE,
        to_january,
        &["--trust-server-date"],
        "not valid before 2080",
    ),
];

#[test]
fn refused_certificate_gets_no_secret() {
    let client = Client::new();
    for &(name, (from, until), ahead, more, said) in REFUSED {
        let identity = client.authority.certify_between("localhost", from, until);
        let server = Server::start(&identity, ahead());
        let done = client.probe(&server.url, more);
        assert_eq!(
            (done.code(), &done.json()["outcome"]),
            (1, &"unreachable".into()),
            "{name}: {done}"
        );
        assert!(done.stdout.contains(said), "{name}: {done}");
        assert_eq!(server.secrets_heard(), Vec::<String>::new(), "{name}");
        let hints = done.stdout.contains("--trust-server-date");
        assert_eq!(hints, said == "--trust-server-date", "{name}: {done}");
    }
}

/// A case, the validity of the certificate, the server's `Date` and that of an NTP server minus the
/// time of this machine, options, and whether there is a connection.
type Judged =
    (&'static str, Validity, fn() -> Span, Option<fn() -> Span>, &'static [&'static str], bool);

const TRUSTING: &[&str] = &["--trust-server-date"];

const JUDGED: &[Judged] = &[
    ("valid", VALID, RIGHT, None, &[], true),
    ("valid, and the server is wrong", VALID, to_2080, None, &[], true),
    (
        "valid, and the server is beyond it",
        VALID,
        || Span::from_secs(3_000_000_000),
        None,
        &[],
        true,
    ),
    ("expired, by NTP", EXPIRED, to_january, Some(RIGHT), &[], false),
    ("expired, by NTP that decides", EXPIRED, to_january, Some(RIGHT), TRUSTING, false),
    ("valid by NTP", EXPIRED, to_january, Some(to_january), &[], true),
    ("valid by NTP alone", EXPIRED, RIGHT, Some(to_january), &[], true),
    ("not valid yet, but by NTP", FUTURE, to_2080, Some(to_2080), &[], true),
    ("not valid yet, but by its Date", FUTURE, to_2080, None, TRUSTING, true),
];

#[test]
fn certificate_is_judged_by_the_best_clock() {
    let client = Client::new();
    for &(name, (from, until), ahead, ntp, options, connected) in JUDGED {
        let identity = client.authority.certify_between("localhost", from, until);
        let server = Server::start(&identity, ahead());
        let ntp = ntp.map(|ahead| TimeServer::ntp(ahead().as_micros() / 1_000_000));
        let address = ntp.as_ref().map(TimeServer::address);
        let mut more = options.to_vec();
        more.extend(address.iter().flat_map(|address| ["--ntp", address]));
        let done = client.probe(&server.url, &more);
        assert_eq!(done.json()["outcome"] == "connected", connected, "{name}: {done}");
        let sent = server.secrets_heard();
        let has_secret = sent.iter().any(|body| body.contains(CLIENT_SECRET));
        assert_eq!(has_secret, connected, "{name}: {sent:?}");
    }
}
