//! Notes on a time that was measured over HTTP.

use core::fmt;

use jwtick_core::time::Offset;
use jwtick_core::words::{self, Language};

use crate::http::client::CertificateFault;

/// A note on the exchange.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum HttpNote {
    /// A redirect; `offset` is the offset of the server that sent it.
    Redirected { from: String, to: String, offset: Option<Offset> },
    /// Proxies forwarded the answers.
    Via { proxy: String },
    /// Some answers came from a cache and were not counted.
    Stored { answers: usize },
    /// The certificate is valid, but not at the time that this machine's clock shows.
    RefusedByThisClock { fault: CertificateFault },
    /// The identity of the server is unverified.
    Unproved { fault: CertificateFault },
}

impl fmt::Display for HttpNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Redirected { from, to, offset: None } => write!(f, "{from} redirects to {to}"),
            Self::Redirected { from, to, offset: Some(offset) } => {
                let offset = words::interval(*offset, Language::English);
                write!(f, "{from} redirects to {to}, by its own Date the offset is {offset}")
            }
            Self::Via { proxy } => write!(
                f,
                "the answers came through a proxy ({}), the Date may be the proxy's",
                proxy.escape_debug()
            ),
            Self::Stored { answers } => {
                write!(f, "{answers} answers came from a cache (Age) and did not count")
            }
            Self::RefusedByThisClock { fault } => write!(
                f,
                "by this machine's clock the certificate is refused, though it is valid: {fault}, so \
                 TLS clients here refuse the server"
            ),
            Self::Unproved { fault } => {
                write!(f, "nothing proves who answered; the certificate: {fault}")
            }
        }
    }
}
