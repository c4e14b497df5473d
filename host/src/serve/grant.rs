//! The scopes that a request needs and a token has, and the identity headers of a request that passes.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderName, HeaderValue};
use jwtick_core::token::Claims;
use serde_json::Value;

use super::policy::{IssuerPolicy, Route};
use super::request::{Ambiguous, Asked};
use crate::verification::member;

/// Returns the scopes that the issuer demands for a request: those for all requests, and those of every
/// route that fits.
///
/// # Errors
/// [`Ambiguous::Unknown`] if there are routes, but the front does not name the original path.
pub(super) fn needed<'p>(
    policy: &'p IssuerPolicy,
    asked: &Asked<'_>,
) -> Result<Vec<&'p str>, Ambiguous> {
    let mut needed: Vec<&str> = policy.scopes.iter().map(String::as_str).collect();
    if !policy.routes.is_empty() {
        let path = asked.path().ok_or(Ambiguous::Unknown)?;
        let normal = normal(path);
        let fits = |route: &&Route| {
            let path = route.fits(path) || route.fits(&normal);
            path && (route.methods.is_empty() || route.methods.iter().any(|it| it == asked.method))
        };
        let routes = policy.routes.iter().filter(fits);
        needed.extend(routes.flat_map(|route| &route.scopes).map(String::as_str));
    }
    needed.dedup();
    Ok(needed)
}

impl Route {
    fn fits(&self, path: &str) -> bool {
        match self.path.strip_suffix('*') {
            // `/orders/*` also means `/orders`.
            Some(start) => path.starts_with(start) || start.strip_suffix('/') == Some(path),
            None => path == self.path,
        }
    }
}

/// The path that a server would find: decoded, without empty and dot segments (RFC 3986 §6.2.2). A route
/// fits if it fits either form, so that no other spelling of a path avoids its scopes.
fn normal(path: &str) -> String {
    let decoded = decoded(path);
    let mut kept: Vec<&str> = vec![];
    for segment in decoded.split(['/', '\\']) {
        match segment.split(';').next().unwrap_or_default() {
            "" | "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
    }
    let end = if decoded.ends_with('/') && !kept.is_empty() { "/" } else { "" };
    format!("/{}{end}", kept.join("/"))
}

fn decoded(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let (mut bytes, mut rest) = (Vec::new(), path.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| first == b'%').and_then(|hex| str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

/// Returns true if the token has all of these scopes. They are in `scope`, with spaces between them (RFC
/// 8693 §4.2), or in `scp`, as some issuers write it; either may be an array.
pub(super) fn holds(claims: &Claims<'_>, needed: &[&str]) -> bool {
    if needed.is_empty() {
        return true;
    }
    let claim = claims.get("scope").or_else(|| claims.get("scp"));
    let held = claim.and_then(|held| serde_json::from_str(held.as_written()).ok());
    let held: Vec<&str> = match &held {
        Some(Value::String(text)) => text.split(' ').collect(),
        Some(Value::Array(texts)) => texts.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    };
    needed.iter().all(|scope| held.contains(scope))
}

/// Longest value of an identity header, in bytes. It is refused rather than cut: two names may begin
/// alike.
const LONGEST: usize = 1_024;

/// The start of a value that is encoded, because a header cannot hold it.
const ENCODED: &str = "base64url:";

/// Returns the identity headers of a request that passes. Each header of any issuer is there, empty if
/// the token has no such claim: a front that replaces only the headers that it gets would otherwise let a
/// forged one pass.
///
/// # Errors
/// The claim whose value is too long.
pub(super) fn identity<'p>(
    policy: &'p IssuerPolicy,
    all: &[HeaderName],
    claims: &Claims<'_>,
) -> Result<Vec<(HeaderName, HeaderValue)>, &'p str> {
    let value = |header: &HeaderName| {
        let Some(named) = policy.identity.iter().find(|it| it.header == *header) else {
            return Ok(HeaderValue::from_static(""));
        };
        let value = held(&named.claim, claims).unwrap_or_default();
        written(&value).ok_or(named.claim.as_str())
    };
    all.iter().map(|header| Ok((header.clone(), value(header)?))).collect()
}

fn held<'c>(name: &str, claims: &Claims<'c>) -> Option<Cow<'c, str>> {
    if let Some(text) = claims.get(name).and_then(|value| value.text()?.as_str()) {
        return Some(Cow::Borrowed(text));
    }
    Some(Cow::Owned(match member(name, claims)? {
        Value::Null => return None,
        Value::String(text) => text,
        other => other.to_string(),
    }))
}

/// A value that every front passes on unchanged; `None` if it is too long.
fn written(value: &str) -> Option<HeaderValue> {
    let is_visible = value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let is_plain = is_visible && value.trim() == value && !value.starts_with(ENCODED);
    let value = match is_plain {
        true => Cow::Borrowed(value),
        false => Cow::Owned(format!("{ENCODED}{}", URL_SAFE_NO_PAD.encode(value))),
    };
    HeaderValue::from_str(&value).ok().filter(|it| it.len() <= LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_compared_as_a_server_would_find_them() {
        const ROWS: &[(&str, &str)] = &[
            ("/a/b", "/a/b"),
            ("/a/b/", "/a/b/"),
            ("//a///b", "/a/b"),
            ("/a/./b/../c", "/a/c"),
            ("/../../a", "/a"),
            ("/%61/%2e%2E/b", "/b"),
            ("/a%2Fb", "/a/b"),
            ("/a\\b", "/a/b"),
            ("/a;v=1/b;w", "/a/b"),
            ("/%zz/%4", "/%zz/%4"),
            ("/%ff", "/\u{fffd}"),
            ("", "/"),
            ("/", "/"),
        ];
        for &(path, expected) in ROWS {
            assert_eq!(normal(path), expected, "{path}");
        }
    }

    #[test]
    fn route_fits_a_path_or_the_start_of_paths() {
        const ROWS: &[(&str, &str, bool)] = &[
            ("/a", "/a", true),
            ("/a", "/a/", false),
            ("/a", "/ab", false),
            ("/a/*", "/a/b", true),
            ("/a/*", "/a", true),
            ("/a/*", "/ab", false),
            ("/a*", "/ab", true),
            ("/*", "/", true),
        ];
        for &(route, path, expected) in ROWS {
            let route = Route { path: route.to_owned(), methods: vec![], scopes: vec![] };
            assert_eq!(route.fits(path), expected, "{} {path}", route.path);
        }
    }

    #[test]
    fn identity_values_are_visible_ascii_or_encoded() {
        const ROWS: &[(&str, Option<&str>)] = &[
            ("ann", Some("ann")),
            ("a b", Some("a b")),
            ("", Some("")),
            (" ann", Some("base64url:IGFubg")),
            ("a\tb", Some("base64url:YQli")),
            ("\u{fc}", Some("base64url:w7w")),
            ("base64url:w7w", Some("base64url:YmFzZTY0dXJsOnc3dw")),
        ];
        for &(value, expected) in ROWS {
            let written = written(value);
            assert_eq!(written.as_ref().and_then(|it| it.to_str().ok()), expected, "{value:?}");
        }
        assert!(
            written(&"x".repeat(LONGEST)).is_some() && written(&"x".repeat(LONGEST + 1)).is_none()
        );
    }
}
