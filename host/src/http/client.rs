//! An HTTP/1.1 client that records when a request was sent and when its answer arrived.
//!
//! [`Client::connect`] returns a connection to a server with a verified certificate, which can
//! carry any request. [`Client::connect_insecurely`] returns one that can only request a `Date`.

mod certificate_time;
mod connection;
mod error;
mod global;
mod identity;
mod insecure;
mod proxy;
mod stamped;
mod target;
mod tls;

use core::net::SocketAddr;
use core::time::Duration;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper_util::client::proxy::matcher::Matcher;
use jwtick_core::TimeBounds;
use tokio::net::TcpStream;
use zeroize::Zeroizing;

pub(crate) use certificate_time::{CertificateFault, Peer};
pub(crate) use connection::{Answer, Connection, Reached, Way};
pub(crate) use error::{HttpError, NOT_SHOWN, cause};
pub(crate) use global::Reach;
pub(crate) use identity::{Identity, IdentityError, certified};
pub(crate) use insecure::{DateMethod, InsecureConnection};
pub(crate) use target::{Target, UrlFault, without_credentials};
pub(crate) use tls::Trust;

use connection::{Form, Stream};
use tls::{Doubts, Tls};

/// Opens connections, through the proxies that the environment names.
pub(crate) struct Client {
    trust: Trust,
    proxies: Arc<Matcher>,
    patience: Duration,
    identity: Option<Arc<Identity>>,
    reach: Reach,
}

impl Client {
    /// `patience` is the longest time to wait for one address to accept a connection.
    pub(crate) fn new(trust: Trust, patience: Duration) -> Self {
        let proxies = Arc::new(Matcher::from_env());
        Self { trust, proxies, patience, identity: None, reach: Reach::Anywhere }
    }

    /// Sets the client certificate.
    pub(crate) fn proving(self, identity: Option<Arc<Identity>>) -> Self {
        Self { identity, ..self }
    }

    /// Limits the addresses to connect to. A proxy of the environment is not among them: it is the user's,
    /// and decides itself where it connects.
    pub(crate) fn within(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }

    /// Returns a client that verifies certificates at `utc`, and sends none itself.
    pub(crate) fn judging_at(&self, utc: TimeBounds) -> Self {
        let trust = Trust { utc, ..self.trust.clone() };
        let (proxies, patience) = (Arc::clone(&self.proxies), self.patience);
        Self { trust, proxies, patience, identity: None, reach: self.reach }
    }

    /// Returns the client certificate.
    pub(crate) fn identity(&self) -> Option<Arc<Identity>> {
        self.identity.clone()
    }

    /// Returns true if others can read a request to `target`: without TLS, to another host, or
    /// through a proxy on another host.
    pub(crate) fn is_exposed(&self, target: &Target) -> bool {
        let proxy = self.proxies.intercept(target.uri());
        let is_away = proxy.map_or_else(
            || !target.is_loopback(),
            |proxy| !target::is_loopback(proxy.uri().host().unwrap_or_default()),
        );
        !target.is_https() && is_away
    }

    /// Returns the password that the proxy for `target` gets.
    pub(crate) fn proxy_password(&self, target: &Target) -> Option<Zeroizing<String>> {
        let proxy = self.proxies.intercept(target.uri())?;
        let basic = proxy.basic_auth()?.to_str().ok()?.strip_prefix("Basic ")?;
        let pair = Zeroizing::new(STANDARD.decode(basic).ok()?);
        let (_, password) = str::from_utf8(&pair).ok()?.split_once(':')?;
        Some(Zeroizing::new(password.to_owned()))
    }

    /// Replaces the proxies of the environment.
    #[cfg(test)]
    pub(crate) fn through(self, proxies: Matcher) -> Self {
        Self { proxies: Arc::new(proxies), ..self }
    }

    /// Connects; with `https`, only to a server whose certificate is valid for `target`.
    ///
    /// # Errors
    /// [`HttpError::Certificate`] if the certificate is not valid for `target`, and every other
    /// error that prevents a connection.
    pub(crate) async fn connect(&self, target: &Target) -> Result<Connection, HttpError> {
        let shown = self.identity.as_ref().and_then(|identity| identity.shown_to(target));
        let tls = || Tls::verifying(&self.trust, shown);
        self.open(target, tls).await.map(|(connection, _)| connection)
    }

    /// Connects to any server, and records what is wrong with its certificate.
    ///
    /// # Errors
    /// As for [`connect`](Self::connect), except [`HttpError::Certificate`].
    pub(crate) async fn connect_insecurely(
        &self,
        target: &Target,
    ) -> Result<InsecureConnection, HttpError> {
        let tls = || Tls::doubting(&self.trust);
        let (connection, doubts) = self.open(target, tls).await?;
        Ok(InsecureConnection::new(connection, doubts.and_then(|doubts| doubts.first())))
    }

    async fn open(
        &self,
        target: &Target,
        tls: impl FnOnce() -> Result<Tls, HttpError>,
    ) -> Result<(Connection, Option<Arc<Doubts>>), HttpError> {
        let (stream, form, reached) = self.reach(target).await?;
        if !target.is_https() {
            let made = Connection::new(stream, form, None).await?;
            return Ok((made.reaching(reached), None));
        }
        let tls = tls()?;
        let (stream, peer) = tls.secure(stream, target).await?;
        let lacking = tls.lacks_certificate().then(|| target.host());
        let connection = Connection::new(stream, form, Some(peer)).await?.lacking(lacking);
        Ok((connection.reaching(reached), tls.doubts()))
    }

    // Opens a stream to the server, or to a proxy that forwards to it.
    async fn reach(&self, target: &Target) -> Result<(Stream, Form, Reached), HttpError> {
        let Some(proxy) = self.proxies.intercept(target.uri()) else {
            let addresses = connection::addresses(target.host(), target.port()).await?;
            if target.is_redirected() {
                connection::beyond_the_link(target.host(), &addresses)?;
            }
            self.reach.permit(target.host(), &addresses)?;
            let (stream, reached) = self.dial(target.host(), target.port(), addresses).await?;
            return Ok((Box::new(stream), Form::Origin, reached.by(Way::Direct)));
        };
        self.reach.permit_named(target.host())?;
        let proxy = proxy::Proxy::new(&proxy)?;
        let addresses = connection::addresses(proxy.host(), proxy.port()).await?;
        let (stream, reached) = self.dial(proxy.host(), proxy.port(), addresses).await?;
        let (stream, reached): (Stream, _) = (Box::new(stream), reached.by(Way::Proxy));
        if target.is_https() {
            let stream = proxy.tunnel(stream, target).await?;
            Ok((stream, Form::Origin, reached))
        } else {
            Ok((stream, proxy.form(), reached))
        }
    }

    // Tries the addresses of the host one after another.
    async fn dial(
        &self,
        host: &str,
        port: u16,
        addresses: Vec<SocketAddr>,
    ) -> Result<(TcpStream, Reached), HttpError> {
        let named = || format!("{host}:{port}");
        let mut failure = None;
        for &address in &addresses {
            match tokio::time::timeout(self.patience, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    // A request is a single write; delaying it would only widen its bracket.
                    let _ = stream.set_nodelay(true);
                    let reached = Reached::of(&stream, addresses);
                    return Ok((stream, reached));
                }
                Ok(Err(source)) => failure = Some(HttpError::Connect { to: named(), source }),
                Err(_) => failure = Some(HttpError::Silent { to: named(), after: self.patience }),
            }
        }
        Err(failure.unwrap_or_else(|| HttpError::NoAddress { host: host.to_owned() }))
    }
}
