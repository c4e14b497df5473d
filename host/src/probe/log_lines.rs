//! The parts of a connection, and the lines of a log that show them: URLs, request lines, parameters and
//! printed claims.

use jwtick_core::Span;

use super::token::TokenForm;
use crate::http::client::Target;

/// A part of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    TokenUrl,
    ClientId,
    Scope,
    Issuer,
    Subject,
    Audience,
    Lifetime,
    Algorithm,
    KeyId,
    Claims,
}

/// A part, its value, and the line that shows it, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) part: Part,
    pub(crate) value: String,
    pub(crate) line: usize,
}

/// The parts that a log shows so far.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) shown: Vec<Shown>,
    pub(super) form: TokenForm,
    pub(super) audience: Vec<String>,
}

impl Parts {
    pub(super) fn value(&self, part: Part) -> Option<&str> {
        self.shown.iter().find(|it| it.part == part).map(|it| it.value.as_str())
    }

    /// Keeps the value of a part; a later one replaces it.
    pub(super) fn show(&mut self, part: Part, value: String, line: usize) {
        self.shown.retain(|it| it.part != part);
        self.shown.push(Shown { part, value, line });
    }

    pub(super) fn show_lifetime(&mut self, exp: i64, iat: i64, line: usize) {
        let lifetime = Span::from_secs(exp.saturating_sub(iat));
        if lifetime > Span::ZERO {
            self.show(Part::Lifetime, format!("{}s", lifetime.floor_secs()), line);
        }
    }
}

/// The state while lines are read.
pub(super) struct Lines {
    has_token: bool,
    /// The path of a request whose `Host` has not been read yet, and its line.
    requested: Option<(String, usize)>,
}

/// Names before the URL of a token endpoint.
const ENDPOINTS: [&str; 6] =
    ["token_uri", "token_url", "token_endpoint", "tokenUri", "tokenUrl", "tokenEndpoint"];
/// Largest distance of `Host` from the line of its request, in lines.
const HEAD: usize = 12;

impl Lines {
    /// `has_token`: an assertion was found, so that printed claims are not read.
    pub(super) const fn new(has_token: bool) -> Self {
        Self { has_token, requested: None }
    }

    /// Takes what a line shows.
    pub(super) fn read(&mut self, line: &str, number: usize, parts: &mut Parts) {
        let named = ENDPOINTS.iter().find_map(|name| member(line, name));
        let url = named.or_else(|| urls(line).filter(|url| is_endpoint(url)).last());
        if let Some(url) = url.filter(|url| Target::parse(url).is_ok()) {
            // An audience often is the URL of the token endpoint, too, but need not be.
            let is_audience = member(line, "aud") == Some(url);
            if !is_audience || parts.value(Part::TokenUrl).is_none() {
                parts.show(Part::TokenUrl, url.to_owned(), number);
                parts.form = form_of(url, parts.form);
            }
        }
        self.read_request(line, number, parts);
        if line.contains("client_assertion=") || line.contains("client_assertion_type") {
            parts.form = TokenForm::ClientAssertion;
        }
        for (part, name) in [(Part::ClientId, "client_id"), (Part::Scope, "scope")] {
            if let Some(value) = line.contains('&').then(|| member(line, name)).flatten() {
                parts.show(part, decoded(value), number);
            }
        }
        if !self.has_token {
            printed(line, number, parts);
        }
    }

    /// Joins the target of a request with its `Host` (RFC 9112 §3.2.1). A token endpoint has TLS (RFC
    /// 6749 §3.2).
    fn read_request(&mut self, line: &str, number: usize, parts: &mut Parts) {
        if let Some((_, rest)) = line.split_once("POST /") {
            let path = rest.split([' ', '?', '"']).next().unwrap_or_default();
            self.requested =
                Some((format!("/{path}"), number)).filter(|(path, _)| is_endpoint(path));
        }
        let Some((path, at)) = &self.requested else { return };
        if number.saturating_sub(*at) > HEAD {
            self.requested = None;
        } else if let Some(host) = member(line, "Host").or_else(|| member(line, "host")) {
            let url = format!("https://{host}{path}");
            if Target::parse(&url).is_ok() {
                parts.form = form_of(&url, parts.form);
                parts.show(Part::TokenUrl, url, *at);
            }
            self.requested = None;
        }
    }
}

/// Takes claims and header members that are printed as JSON or `name=value`.
fn printed(line: &str, number: usize, parts: &mut Parts) {
    let claims = [
        (Part::Issuer, "iss"),
        (Part::Subject, "sub"),
        (Part::Audience, "aud"),
        (Part::Algorithm, "alg"),
        (Part::KeyId, "kid"),
    ];
    for (part, name) in claims {
        if let Some(value) = member(line, name) {
            if part == Part::Audience {
                parts.audience = vec![value.to_owned()];
            }
            parts.show(part, value.to_owned(), number);
        }
    }
    let second = |name| member(line, name).and_then(|value| value.parse().ok());
    if let (Some(exp), Some(iat)) = (second("exp"), second("iat")) {
        parts.show_lifetime(exp, iat, number);
    }
}

fn form_of(url: &str, known: TokenForm) -> TokenForm {
    if url.ends_with("/exchange/jwt") { TokenForm::AdobeExchange } else { known }
}

/// Returns true for a URL or a path as token endpoints have it.
fn is_endpoint(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.ends_with("/token") || path.ends_with("/tokens") || path.ends_with("/exchange/jwt")
}

fn urls(line: &str) -> impl Iterator<Item = &str> {
    const ENDS: &[char] = &['"', '\'', '<', '>', '\\', ')', ',', ';', ']', '}', '`', '?', '#'];
    let starts = line.match_indices("http").filter_map(|(at, _)| line.get(at..));
    let whole = |text: &str| text.starts_with("http://") || text.starts_with("https://");
    starts.filter(move |text| whole(text)).filter_map(|text| {
        let end = |c: char| c.is_whitespace() || ENDS.contains(&c);
        text.split(end).next().map(|url| url.trim_end_matches(['.', ':']))
    })
}

/// The value of a member of JSON, a header field or a parameter.
fn member<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    line.match_indices(name).find_map(|(at, _)| {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let (before, rest) = (line.get(..at)?, line.get(at.saturating_add(name.len())..)?);
        let rest = rest.trim_start_matches(['\\', '"', '\'']).trim_start();
        let rest = rest.strip_prefix([':', '='])?.trim_start().trim_start_matches('\\');
        let (value, ends): (_, &[char]) = match rest.strip_prefix(['"', '\'']) {
            Some(quoted) => (quoted, &['"', '\'', '\\']),
            None => (rest, &[' ', '\t', ',', '&', ';', '}', ']', ')', '"', '\'']),
        };
        let value = value.split(ends).next().filter(|value| !value.is_empty())?;
        (!before.ends_with(is_name)).then_some(value)
    })
}

fn decoded(value: &str) -> String {
    form_urlencoded::parse(format!("v={value}").as_bytes())
        .next()
        .map_or_else(String::new, |(_, value)| value.into_owned())
}
