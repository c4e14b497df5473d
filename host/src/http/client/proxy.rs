//! A proxy that the environment names.

use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{HeaderValue, Method, Request, Uri};
use http_body_util::Empty;
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::TokioIo;

use super::connection::{Form, Stream};
use super::error::HttpError;
use super::target::Target;

/// A proxy that speaks HTTP.
pub(super) struct Proxy {
    uri: Uri,
    authorization: Option<HeaderValue>,
}

impl Proxy {
    /// # Errors
    /// [`HttpError::ProxyScheme`] if it is not reached over plain `http`.
    pub(super) fn new(named: &Intercept) -> Result<Self, HttpError> {
        let uri = named.uri().clone();
        let scheme = uri.scheme_str().unwrap_or("http");
        if scheme != "http" {
            return Err(HttpError::ProxyScheme { scheme: scheme.to_owned() });
        }
        Ok(Self { uri, authorization: named.basic_auth().cloned() })
    }

    pub(super) fn host(&self) -> &str {
        let host = self.uri.host().unwrap_or_default();
        host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
    }

    pub(super) fn port(&self) -> u16 {
        self.uri.port_u16().unwrap_or(80)
    }

    fn authority(&self) -> String {
        format!("{}:{}", self.uri.host().unwrap_or_default(), self.port())
    }

    /// Returns the form of requests to this proxy.
    pub(super) fn form(&self) -> Form {
        Form::Absolute { proxy: self.authority(), authorization: self.authorization.clone() }
    }

    /// Requests a tunnel to `target` (RFC 9110 §9.3.6).
    pub(super) async fn tunnel(
        &self,
        stream: Stream,
        target: &Target,
    ) -> Result<Stream, HttpError> {
        let (mut sender, connection) =
            handshake(TokioIo::new(stream)).await.map_err(HttpError::Http)?;
        tokio::spawn(async move { drop(connection.with_upgrades().await) });
        let answer =
            sender.send_request(self.connect_request(target)?).await.map_err(HttpError::Http)?;
        if !answer.status().is_success() {
            return Err(HttpError::Tunnel { proxy: self.authority(), status: answer.status() });
        }
        let upgraded = hyper::upgrade::on(answer).await.map_err(HttpError::Http)?;
        Ok(Box::new(TokioIo::new(upgraded)))
    }

    fn connect_request(&self, target: &Target) -> Result<Request<Empty<Bytes>>, HttpError> {
        let authority = format!("{}:{}", target.uri().host().unwrap_or_default(), target.port());
        let host = HeaderValue::from_str(&authority).map_err(|_| HttpError::Shape)?;
        let mut request = Request::new(Empty::new());
        *request.method_mut() = Method::CONNECT;
        *request.uri_mut() = authority.parse().map_err(|_| HttpError::Shape)?;
        request.headers_mut().insert(HOST, host);
        if let Some(value) = &self.authorization {
            request.headers_mut().insert(PROXY_AUTHORIZATION, value.clone());
        }
        Ok(request)
    }
}
