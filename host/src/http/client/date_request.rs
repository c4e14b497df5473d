//! A request for nothing but the time.

use http::header::{ACCEPT, CACHE_CONTROL, USER_AGENT};
use http::{HeaderValue, Method, Request};
use http_body_util::Full;
use hyper::body::Bytes;

use super::Target;

/// How to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateMethod {
    /// For the head alone.
    Head,
    /// For the whole, from a server that refuses the first.
    Get,
}

impl DateMethod {
    /// The request; it carries nothing of the user.
    pub(super) fn request(self, target: &Target) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::default());
        *request.method_mut() = match self {
            Self::Head => Method::HEAD,
            Self::Get => Method::GET,
        };
        *request.uri_mut() = target.uri().clone();
        let agent = concat!("jwtick/", env!("CARGO_PKG_VERSION"));
        // A stored answer has a stored Date (RFC 9111 §5.2.1.4).
        let fields = [(CACHE_CONTROL, "no-cache"), (USER_AGENT, agent), (ACCEPT, "*/*")];
        let fields = fields.map(|(name, value)| (name, HeaderValue::from_static(value)));
        request.headers_mut().extend(fields);
        request
    }
}
