//! The target of a request: an absolute URL with `http` or `https`.

use core::fmt;
use core::net::IpAddr;

use http::Uri;
use http::uri::{InvalidUri, PathAndQuery, Scheme};

/// An absolute URL with `http` or `https`, a host, and no credentials.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    uri: Uri,
    /// True if a server named it, not the user.
    redirected: bool,
}

impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        self.uri == other.uri
    }
}

impl Eq for Target {}

impl Target {
    /// Parses a URL; one without a path gets the path `/`.
    ///
    /// # Errors
    /// [`UrlFault`] names the invalid part.
    pub(crate) fn parse(text: &str) -> Result<Self, UrlFault> {
        let uri: Uri = text.parse().map_err(UrlFault::Malformed)?;
        let scheme = match (uri.scheme_str(), text.contains("://")) {
            (Some("http"), _) => Scheme::HTTP,
            (Some("https"), _) => Scheme::HTTPS,
            (Some(other), true) => return Err(UrlFault::Scheme(other.to_owned())),
            _ => return Err(UrlFault::NoScheme),
        };
        let authority = uri.authority().ok_or(UrlFault::NoHost)?;
        if authority.as_str().contains('@') {
            return Err(UrlFault::Credentials);
        }
        let has_port = authority.as_str().len() > authority.host().len();
        if authority.host().is_empty() || (has_port && authority.port_u16().is_none()) {
            return Err(UrlFault::NoHost);
        }
        let path = uri.path_and_query().cloned().unwrap_or(PathAndQuery::from_static("/"));
        Uri::builder()
            .scheme(scheme)
            .authority(authority.clone())
            .path_and_query(path)
            .build()
            .map(|uri| Self { uri, redirected: false })
            .map_err(|_| UrlFault::NoHost)
    }

    /// Resolves a `Location` in an answer from this URL (RFC 9110 §10.2.2); `.` and `..` are left
    /// to the server.
    ///
    /// # Errors
    /// As for [`parse`](Self::parse).
    pub(crate) fn join(&self, location: &str) -> Result<Self, UrlFault> {
        self.resolve(location).map(|target| Self { redirected: true, ..target })
    }

    fn resolve(&self, location: &str) -> Result<Self, UrlFault> {
        let scheme = if self.is_https() { "https" } else { "http" };
        let authority = self.authority();
        if location.contains("://") {
            Self::parse(location)
        } else if location.starts_with("//") {
            Self::parse(&format!("{scheme}:{location}"))
        } else if location.starts_with('/') {
            Self::parse(&format!("{scheme}://{authority}{location}"))
        } else {
            let folder = self.uri.path().rsplit_once('/').map_or("", |(folder, _)| folder);
            Self::parse(&format!("{scheme}://{authority}{folder}/{location}"))
        }
    }

    pub(crate) const fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Returns true if a server named it, not the user.
    pub(crate) const fn is_redirected(&self) -> bool {
        self.redirected
    }

    pub(crate) fn is_https(&self) -> bool {
        self.uri.scheme() == Some(&Scheme::HTTPS)
    }

    /// Returns host and port as in the URL.
    pub(crate) fn authority(&self) -> &str {
        self.uri.authority().map_or("", |authority| authority.as_str())
    }

    /// Returns the host name or address, an IPv6 address without its brackets.
    pub(crate) fn host(&self) -> &str {
        let host = self.uri.host().unwrap_or_default();
        host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
    }

    /// Returns true if the host is this one, by its name or by its address.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(self.host())
    }

    pub(crate) fn port(&self) -> u16 {
        self.uri.port_u16().unwrap_or(if self.is_https() { 443 } else { 80 })
    }
}

/// Returns a text that should be a URL, as messages show it: without a user and a password. Since
/// it was refused, any part of it up to the last `@` may belong to them.
pub(crate) fn without_credentials(text: &str) -> String {
    let Some((before, rest)) = text.rsplit_once('@') else { return text.to_owned() };
    let scheme =
        before.split_once("://").map_or(String::new(), |(scheme, _)| format!("{scheme}://"));
    format!("{scheme}(redacted)@{rest}")
}

/// Returns true if `host` is this host (RFC 6761 §6.3, RFC 6890 §2.2.2).
pub(super) fn is_loopback(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let name = bare.strip_suffix('.').unwrap_or(bare).to_ascii_lowercase();
    match bare.parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => name == "localhost" || name.ends_with(".localhost"),
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uri.fmt(f)
    }
}

/// Reasons why a text is not a usable URL. Contains nothing of a URL that may hold a password.
#[derive(Debug)]
pub(crate) enum UrlFault {
    /// The URL has no scheme.
    NoScheme,
    /// The URL has a scheme other than `http` or `https`.
    Scheme(String),
    /// The URL has no host, or no port where one is expected.
    NoHost,
    /// The URL contains a user name or password.
    Credentials,
    /// The text is not a URL.
    Malformed(InvalidUri),
}

impl fmt::Display for UrlFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoScheme => f.write_str("expected a URL that starts with http:// or https://"),
            Self::Scheme(met) => {
                write!(f, "expected a URL that starts with http:// or https://, but found {}:", met)
            }
            Self::NoHost => f.write_str(
                "expected a URL with a host and, if needed, a port, such as https://example.com:8443/",
            ),
            Self::Credentials => f.write_str(
                "expected a URL without credentials, but found a user or a password: leave them out",
            ),
            Self::Malformed(source) => write!(f, "expected a URL, but found another text: {source}"),
        }
    }
}

impl core::error::Error for UrlFault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_urls() {
        const ROWS: &[(&str, &str, &str, u16)] = &[
            ("http://example.com", "http://example.com/", "example.com", 80),
            ("https://example.com", "https://example.com/", "example.com", 443),
            ("HTTPS://example.com/a?b=c#d", "https://example.com/a?b=c", "example.com", 443),
            ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x", "127.0.0.1", 8080),
            ("https://[::1]:8443", "https://[::1]:8443/", "::1", 8443),
            ("http://[::1]", "http://[::1]/", "::1", 80),
            ("http://example.com?q", "http://example.com/?q", "example.com", 80),
        ];
        for &(text, printed, host, port) in ROWS {
            let target = Target::parse(text).expect(text);
            assert_eq!(target.to_string(), printed, "{text}");
            assert_eq!((target.host(), target.port()), (host, port), "{text}");
        }
    }

    #[test]
    fn loopback_is_told_from_other_hosts() {
        const ROWS: &[(&str, bool)] = &[
            ("http://127.0.0.1/", true),
            ("http://127.9.9.9:80/", true),
            ("http://[::1]:80/", true),
            ("http://[::ffff:127.0.0.1]/", true),
            ("http://LOCALHOST/", true),
            ("http://a.localhost./", true),
            ("http://10.0.0.1/", false),
            ("http://0.0.0.0/", false),
            ("http://localhost.example/", false),
            ("http://127.0.0.1.example/", false),
        ];
        for &(url, expected) in ROWS {
            assert_eq!(Target::parse(url).unwrap().is_loopback(), expected, "{url}");
        }
    }

    #[test]
    fn rejects_invalid_urls_with_reason() {
        const ROWS: &[(&str, &str)] = &[
            ("", "expected a URL, but found another text: empty string"),
            ("example.com", "expected a URL that starts with http:// or https://"),
            ("example.com:80", "expected a URL that starts with http:// or https://"),
            ("/path", "expected a URL that starts with http:// or https://"),
            (
                "ftp://example.com/",
                "expected a URL that starts with http:// or https://, but found ftp:",
            ),
            ("http://", "expected a URL, but found another text: empty string"),
            ("http://:80/", "expected a URL with a host"),
            ("http://example.com:/", "expected a URL with a host"),
            ("http://example.com:65536/", "expected a URL with a host"),
            ("http://example.com:http/", "expected a URL with a host"),
            ("http://user:word@example.com/", "expected a URL without credentials"),
            ("http://user@example.com/", "expected a URL without credentials"),
            (
                "http://exam ple.com/",
                "expected a URL, but found another text: invalid uri character",
            ),
            (
                "http://bücher.example/",
                "expected a URL, but found another text: invalid uri character",
            ),
        ];
        for &(text, start) in ROWS {
            let said = Target::parse(text).map(|target| target.to_string()).expect_err(text);
            assert!(said.to_string().starts_with(start), "{text}: {said}");
            assert!(!said.to_string().contains("word@"), "{text}");
        }
    }

    #[test]
    fn follows_locations() {
        const ROWS: &[(&str, &str)] = &[
            ("http://other.example", "http://other.example/"),
            ("//other.example/x", "https://other.example/x"),
            ("/x?y", "https://example.com:8443/x?y"),
            ("x", "https://example.com:8443/a/x"),
            ("", "https://example.com:8443/a/"),
        ];
        let base = Target::parse("https://example.com:8443/a/b?c").unwrap();
        for &(location, expected) in ROWS {
            let joined = base.join(location).map(|target| target.to_string());
            assert_eq!(joined.ok().as_deref(), Some(expected), "{location}");
        }
        assert!(base.join("https://u:p@example.com/").is_err());
    }
}
