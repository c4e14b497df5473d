//! The addresses at the other end of a connection.

use core::net::SocketAddr;

use jwtick_core::survey::is_link_local;
use tokio::net::TcpStream;

use super::error::HttpError;

/// The addresses at the other end of a connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    /// Every address of the name.
    pub(crate) endpoints: Vec<SocketAddr>,
    /// The addresses that answered and from which the connection was made.
    pub(crate) ends: Option<(SocketAddr, SocketAddr)>,
    pub(crate) way: Way,
}

/// The host at the other end of a connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Way {
    /// The server.
    #[default]
    Direct,
    /// A proxy, which alone knows the address of the server.
    Proxy,
}

impl Reached {
    pub(super) fn of(stream: &TcpStream, endpoints: Vec<SocketAddr>) -> Self {
        let ends = stream.peer_addr().ok().zip(stream.local_addr().ok());
        Self { endpoints, ends, way: Way::Direct }
    }

    pub(super) fn by(self, way: Way) -> Self {
        Self { way, ..self }
    }
}

/// Returns every address of a host.
///
/// # Errors
/// [`HttpError::Resolve`] if the name could not be resolved.
pub(super) async fn addresses(host: &str, port: u16) -> Result<Vec<SocketAddr>, HttpError> {
    let found = tokio::net::lookup_host((host, port)).await;
    let found = found.map_err(|source| HttpError::Resolve { host: host.to_owned(), source })?;
    Ok(found.collect())
}

/// Refuses a host to which a server redirects if any of its addresses is link-local: services at
/// such addresses trust every client, and serve secrets of this machine.
///
/// # Errors
/// [`HttpError::LinkLocal`].
pub(super) fn beyond_the_link(host: &str, addresses: &[SocketAddr]) -> Result<(), HttpError> {
    match addresses.iter().find(|address| is_link_local(address.ip())) {
        Some(address) => Err(HttpError::LinkLocal { host: host.to_owned(), address: address.ip() }),
        None => Ok(()),
    }
}
