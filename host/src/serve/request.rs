//! A question of a front: the token, and the request that it came with.
//!
//! A front passes on every header of the client, forged ones too (nginx, Caddy). So the headers that
//! name the original request count only if the configuration trusts them, and then only those that this
//! front sets itself.

use http::{HeaderMap, HeaderName, HeaderValue, Request, header};
use memchr::memchr3;

use super::choice::{Forwarded, Front};
use super::policy::ServePolicy;

/// The scheme that the token came with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Bearer,
    Dpop,
}

/// A token, and the scheme that it came with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Credentials<'r> {
    pub(crate) scheme: Scheme,
    pub(crate) token: &'r str,
}

/// The reason why a request cannot be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ambiguous {
    /// More than one `Authorization` header, or a value that is not text.
    Authorization,
    /// The scheme is known, but one token does not follow.
    Token,
    /// More than one cookie of the name.
    Cookie,
    /// More than one original method or URI.
    Original,
    /// Scopes depend on the original path, which the front does not name.
    Unknown,
}

impl Ambiguous {
    /// The fault in words that a challenge may hold.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Authorization => "expected one Authorization header, but found several",
            Self::Token => "expected one token after the scheme, but found something else",
            Self::Cookie => "expected one cookie with the token, but found several",
            Self::Original => "expected one original method and URI, but found several",
            Self::Unknown => {
                "expected the path of the original request, but the front does not name it"
            }
        }
    }
}

/// A request to decide about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'r> {
    /// `None` if the request has no token.
    pub(crate) credentials: Option<Credentials<'r>>,
    /// The method of the original request.
    pub(crate) method: &'r str,
    /// The path and query of the original request; `None` if the front does not tell.
    pub(crate) target: Option<&'r str>,
    /// The path and query that the client addressed, which a proof of possession names. Without a front
    /// that is known, that is this service itself.
    pub(crate) addressed: Option<&'r str>,
    pub(crate) headers: &'r HeaderMap,
}

impl<'r> Asked<'r> {
    /// Reads the token and the original request.
    ///
    /// # Errors
    /// [`Ambiguous`] if the request can be understood in several ways.
    pub(crate) fn of<B>(
        request: &'r Request<B>,
        prefix: &str,
        policy: &ServePolicy,
    ) -> Result<Self, Ambiguous> {
        let headers = request.headers();
        let whole = request.uri().path_and_query().map_or("", |it| it.as_str());
        let own = whole.strip_prefix(prefix).filter(|rest| rest.starts_with('/'));
        let told = original(headers, policy)?;
        Ok(Self {
            credentials: credentials(headers, policy.cookie.as_deref())?,
            method: told.method.unwrap_or_else(|| request.method().as_str()),
            target: told.target.or(own),
            addressed: told.target.or(if is_asked_directly(policy) { Some(whole) } else { own }),
            headers,
        })
    }

    /// The path of the original request, without the query, which may hold secrets.
    pub(crate) fn path(&self) -> Option<&'r str> {
        self.target.map(|target| target.split(['?', '#']).next().unwrap_or_default())
    }
}

/// The trace ID of a `traceparent` header (W3C Trace Context §3.2).
pub(super) fn trace(headers: &HeaderMap) -> Option<&str> {
    const ZERO: &str = "00000000000000000000000000000000";
    let mut parts = headers.get("traceparent")?.to_str().ok()?.split('-');
    let (version, id) = (parts.next()?, parts.next()?);
    let is_hex = |text: &str| text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    let valid = version.len() == 2 && version != "ff" && id.len() == 32 && id != ZERO;
    (valid && is_hex(version) && is_hex(id)).then_some(id)
}

fn is_asked_directly(policy: &ServePolicy) -> bool {
    policy.front == Front::Other && policy.proofs.origin.is_none()
}

/// The original request as the front tells it.
#[derive(Default)]
struct Original<'r> {
    method: Option<&'r str>,
    target: Option<&'r str>,
}

const ORIGINAL: [HeaderName; 2] =
    [HeaderName::from_static("x-original-method"), HeaderName::from_static("x-original-uri")];
const FORWARDED: [HeaderName; 2] =
    [HeaderName::from_static("x-forwarded-method"), HeaderName::from_static("x-forwarded-uri")];

// A front sets one family of headers and passes the other on as the client wrote it.
fn original<'r>(headers: &'r HeaderMap, policy: &ServePolicy) -> Result<Original<'r>, Ambiguous> {
    let families: &[[HeaderName; 2]] = match (policy.forwarded, policy.front) {
        (Forwarded::Ignored, _) | (_, Front::Envoy) => &[],
        (_, Front::Nginx | Front::Haproxy) => &[ORIGINAL],
        (_, Front::Caddy | Front::Traefik) => &[FORWARDED],
        (_, Front::Other) => &[ORIGINAL, FORWARDED],
    };
    let mut told = Original::default();
    for [method, target] in families {
        for (place, name) in [(&mut told.method, method), (&mut told.target, target)] {
            let Some(value) = single(headers, name).map_err(|()| Ambiguous::Original)? else {
                continue;
            };
            if place.replace(value).is_some_and(|other| other != value) {
                return Err(Ambiguous::Original);
            }
        }
    }
    Ok(told)
}

static HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
static PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Returns the scheme and host that the client addressed: those of the configuration, or those that a
/// front tells whose headers are trusted, or those of the request itself.
///
/// # Errors
/// [`Ambiguous`] if there are several, or none.
pub(super) fn origin(headers: &HeaderMap, policy: &ServePolicy) -> Result<String, Ambiguous> {
    if let Some(origin) = &policy.proofs.origin {
        return Ok(origin.clone());
    }
    let told = |name| match policy.forwarded {
        Forwarded::Ignored => Ok(None),
        Forwarded::Trusted => single(headers, name).map_err(|()| Ambiguous::Original),
    };
    let scheme = told(&PROTO)?.unwrap_or("http");
    let host = match told(&HOST)? {
        None => single(headers, &header::HOST).map_err(|()| Ambiguous::Original)?,
        told => told,
    };
    Ok(format!("{scheme}://{}", host.ok_or(Ambiguous::Unknown)?))
}

/// The only value of a header.
fn single<'r>(headers: &'r HeaderMap, name: &HeaderName) -> Result<Option<&'r str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| ()),
        (Some(_), Some(_)) => Err(()),
    }
}

/// The token of the `Authorization` header (RFC 6750 §2.1), or else of the cookie. A browser sends its
/// cookies with every request, so a token in the header comes first.
fn credentials<'r>(
    headers: &'r HeaderMap,
    cookie: Option<&str>,
) -> Result<Option<Credentials<'r>>, Ambiguous> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    // `to_str` looks at each byte, as the decoder of tokens does again.
    let text = |value: &'r HeaderValue| str::from_utf8(value.as_bytes());
    let (Ok(value), None) = (values.next().map(text).transpose(), values.next()) else {
        return Err(Ambiguous::Authorization);
    };
    if let Some(found) = value.map(authorization).transpose()?.flatten() {
        return Ok(Some(found));
    }
    let Some(name) = cookie else { return Ok(None) };
    let token = cookie_of(headers, name)?;
    Ok(token.map(|token| Credentials { scheme: Scheme::Bearer, token }))
}

/// Reads a value with a scheme of ours; `None` for any other scheme.
fn authorization(value: &str) -> Result<Option<Credentials<'_>>, Ambiguous> {
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    let scheme = if scheme.eq_ignore_ascii_case("bearer") {
        Scheme::Bearer
    } else if scheme.eq_ignore_ascii_case("dpop") {
        Scheme::Dpop
    } else {
        return Ok(None);
    };
    let token = token.trim_matches(' ');
    match token.is_empty() || memchr3(b' ', b',', b'\t', token.as_bytes()).is_some() {
        true => Err(Ambiguous::Token),
        false => Ok(Some(Credentials { scheme, token })),
    }
}

/// The value of the only cookie of this name (RFC 6265 §5.4).
fn cookie_of<'r>(headers: &'r HeaderMap, name: &str) -> Result<Option<&'r str>, Ambiguous> {
    let fields = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = fields.flat_map(|field| field.split(';'));
    let mut values = pairs.filter_map(|pair| {
        let (met, value) = pair.trim().split_once('=')?;
        (met == name).then(|| value.trim_matches('"'))
    });
    match (values.next(), values.next()) {
        (Some(_), Some(_)) => Err(Ambiguous::Cookie),
        (value, _) => Ok(value.filter(|value| !value.is_empty())),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn one_token_follows_the_scheme() {
        type Found = Result<Option<(Scheme, &'static str)>, Ambiguous>;
        const ROWS: &[(&str, Found)] = &[
            ("Bearer a.b.c", Ok(Some((Scheme::Bearer, "a.b.c")))),
            ("bearer  a.b.c ", Ok(Some((Scheme::Bearer, "a.b.c")))),
            ("DPoP a.b.c", Ok(Some((Scheme::Dpop, "a.b.c")))),
            ("Basic YTpi", Ok(None)),
            ("Bearera", Ok(None)),
            ("Bearer", Err(Ambiguous::Token)),
            ("Bearer a b", Err(Ambiguous::Token)),
            ("Bearer a,b", Err(Ambiguous::Token)),
        ];
        for &(value, expected) in ROWS {
            let found = authorization(value);
            let found = found.map(|it| it.map(|Credentials { scheme, token }| (scheme, token)));
            assert_eq!(found, expected, "{value}");
        }
    }

    #[test]
    fn trace_is_that_of_a_valid_parent() {
        const ID: &str = "0af7651916cd43dd8448eb211c80319c";
        let rows = [
            (format!("00-{ID}-b7ad6b7169203331-01"), Some(ID)),
            (format!("01-{ID}-b7ad6b7169203331-01-later"), Some(ID)),
            (format!("ff-{ID}-b7ad6b7169203331-01"), None),
            (format!("00-{}-b7ad6b7169203331-01", "0".repeat(32)), None),
            (format!("00-{}-b7ad6b7169203331-01", ID.to_uppercase()), None),
            ("00-abc".to_owned(), None),
            (String::new(), None),
        ];
        for (value, expected) in rows {
            let mut headers = HeaderMap::new();
            headers.insert("traceparent", HeaderValue::from_str(&value).unwrap());
            assert_eq!(trace(&headers), expected, "{value}");
        }
    }
}
