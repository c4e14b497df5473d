//! Sockets that clients connect to: TCP or Unix, bound here or inherited, with or without TLS.

use core::fmt;
use core::net::SocketAddr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::sign::SingleCertAndKey;
use tokio_rustls::rustls::{self, ServerConfig};

use crate::http::client::{IdentityError, certified};

/// The address of a socket, as in a URL; nginx also writes that of a Unix socket so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    Tcp(SocketAddr),
    Unix(PathBuf),
}

impl Address {
    /// The address as options and settings write it.
    pub(crate) fn setting(&self) -> String {
        match self {
            Self::Tcp(address) => address.to_string(),
            Self::Unix(path) => format!("unix:{}", path.display()),
        }
    }

    /// Reads an address and a port, or `unix:` and a path.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix("unix:") {
            Some("") => None,
            Some(path) => Some(Self::Unix(path.into())),
            None => text.parse().ok().map(Self::Tcp),
        }
    }
}

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Self {
        Self::Tcp(address)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => write!(f, "unix:{}:", path.display()),
        }
    }
}

/// A socket that listens.
pub(crate) enum Socket {
    Tcp(std::net::TcpListener),
    #[cfg(unix)]
    Unix(std::os::unix::net::UnixListener),
}

impl Socket {
    pub(super) fn bind(address: &Address) -> io::Result<Self> {
        match address {
            Address::Tcp(address) => std::net::TcpListener::bind(address).map(Self::Tcp),
            Address::Unix(path) => bind_unix(path),
        }
    }

    /// Returns the address that clients use.
    pub(super) fn address(&self) -> io::Result<Address> {
        match self {
            Self::Tcp(listener) => listener.local_addr().map(Address::Tcp),
            #[cfg(unix)]
            Self::Unix(listener) => {
                let address = listener.local_addr()?;
                Ok(Address::Unix(address.as_pathname().unwrap_or(Path::new("")).to_owned()))
            }
        }
    }

    /// Hands the socket to the current tokio runtime.
    pub(super) fn into_listener(self) -> io::Result<Listener> {
        match self {
            Self::Tcp(listener) => {
                listener.set_nonblocking(true)?;
                tokio::net::TcpListener::from_std(listener).map(Listener::Tcp)
            }
            #[cfg(unix)]
            Self::Unix(listener) => {
                listener.set_nonblocking(true)?;
                tokio::net::UnixListener::from_std(listener).map(Listener::Unix)
            }
        }
    }
}

/// A process that was killed leaves its socket, which then refuses connections.
#[cfg(unix)]
fn bind_unix(path: &Path) -> io::Result<Socket> {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    use std::os::unix::net::{UnixListener, UnixStream};
    let is_socket = fs::symlink_metadata(path).is_ok_and(|file| file.file_type().is_socket());
    let refuses = || {
        UnixStream::connect(path)
            .is_err_and(|fault| fault.kind() == io::ErrorKind::ConnectionRefused)
    };
    if is_socket && refuses() {
        fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)?;
    // A front runs as another user, and shares a group with this service.
    fs::set_permissions(path, Permissions::from_mode(0o660))?;
    Ok(Socket::Unix(listener))
}

#[cfg(not(unix))]
fn bind_unix(_: &Path) -> io::Result<Socket> {
    Err(io::ErrorKind::Unsupported.into())
}

/// A connection of any kind.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// A socket of a tokio runtime.
pub(super) enum Listener {
    Tcp(tokio::net::TcpListener),
    #[cfg(unix)]
    Unix(tokio::net::UnixListener),
}

impl Listener {
    /// Waits for a connection.
    pub(super) async fn accept(&self) -> io::Result<Box<dyn Stream>> {
        match self {
            Self::Tcp(listener) => {
                let (stream, _) = listener.accept().await?;
                let _ = stream.set_nodelay(true);
                Ok(Box::new(stream))
            }
            #[cfg(unix)]
            Self::Unix(listener) => Ok(Box::new(listener.accept().await?.0)),
        }
    }
}

/// The certificate of a server, which can be replaced while it runs.
pub(crate) struct ServerTls(RwLock<Arc<ServerConfig>>);

impl ServerTls {
    /// Uses the first of `certificates` (PEM) with its `key` (PEM, PKCS#8); the certificates that
    /// follow form its chain.
    ///
    /// # Errors
    /// [`IdentityError`] if there is no certificate, or none for this key.
    pub(crate) fn new(certificates: &[u8], key: &[u8]) -> Result<Self, IdentityError> {
        Ok(Self(RwLock::new(Arc::new(config(certificates, key)?))))
    }

    /// Uses the certificate of another one for new connections.
    pub(crate) fn take_over(&self, other: Self) {
        let config = other.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = config;
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

fn config(certificates: &[u8], key: &[u8]) -> Result<ServerConfig, IdentityError> {
    let certified = certified(certificates, key)?;
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(rustls::ALL_VERSIONS)
        .map_err(IdentityError::Unfit)?;
    let resolver = Arc::new(SingleCertAndKey::from(certified));
    let mut config = builder.with_no_client_auth().with_cert_resolver(resolver);
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}
