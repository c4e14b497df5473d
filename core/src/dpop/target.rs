//! The URI of a request, compared as RFC 9449 §4.3 (check 9) requires: without query and fragment, and
//! after the normalization of RFC 3986 §6.2.2 and §6.2.3.
//!
//! Letters of the scheme and host have no case, a default port and an empty path are filled in, escapes
//! of unreserved characters are undone, and `.` and `..` are resolved. Nothing is copied: the segments
//! of a path are compared from the last to the first, in which order `..` is known before the segment
//! that it removes.

use core::fmt::Write;

use crate::token::Text;

/// The longest `htu` with escapes of JSON (`https:\/\/…`), which must be copied.
const ESCAPED_MOST: usize = 2048;

/// Returns whether `htu` names the resource at `uri`. Both are absolute; a URI that is not, or that has
/// user information, names nothing.
///
/// # Example
/// ```
/// use jwtick_core::Scratch;
/// use jwtick_core::dpop::same_target;
/// use jwtick_core::token::Claims;
/// let mut scratch = Scratch::<0>::new();
/// let claims = Claims::parse(br#"{"htu":"HTTPS://API.example:443/a/./%7Eb"}"#, &mut scratch)?;
/// let htu = claims.get("htu").unwrap().text().unwrap();
/// assert!(same_target(htu, "https://api.example/a/~b?page=2"));
/// assert!(!same_target(htu, "https://api.example/a/~b/"));
/// # Ok::<(), jwtick_core::token::ClaimsError>(())
/// ```
#[must_use]
pub fn same_target(htu: Text<'_>, uri: &str) -> bool {
    let Some(htu) = htu.as_str() else {
        let mut plain = heapless::String::<ESCAPED_MOST>::new();
        return write!(plain, "{htu}").is_ok() && same(&plain, uri);
    };
    same(htu, uri)
}

fn same(a: &str, b: &str) -> bool {
    match (Target::of(a), Target::of(b)) {
        (Some(a), Some(b)) => a.equals(b),
        _ => false,
    }
}

/// The compared parts of a URI (RFC 3986 §3).
#[derive(Clone, Copy)]
struct Target<'u> {
    scheme: &'u str,
    host: &'u str,
    port: &'u str, // empty for the default of the scheme
    path: &'u str,
}

impl<'u> Target<'u> {
    fn of(uri: &'u str) -> Option<Self> {
        let (scheme, rest) = uri.split_once("://")?;
        let rest = rest.split(['?', '#']).next().unwrap_or(rest);
        let (authority, path) = match rest.find('/').and_then(|at| rest.split_at_checked(at)) {
            Some(parts) => parts,
            None => (rest, "/"),
        };
        let (host, port) = split_port(authority);
        let usual = match () {
            () if scheme.eq_ignore_ascii_case("https") => "443",
            () if scheme.eq_ignore_ascii_case("http") => "80",
            () => "",
        };
        let port = if port == usual { "" } else { port };
        let named = !scheme.is_empty() && !host.is_empty() && !authority.contains('@');
        named.then_some(Self { scheme, host, port, path })
    }

    fn equals(self, other: Self) -> bool {
        let lower = |text| Normal::of(text).map(|byte: u8| byte.to_ascii_lowercase());
        self.scheme.eq_ignore_ascii_case(other.scheme)
            && lower(self.host).eq(lower(other.host))
            && self.port == other.port
            && ends_in_slash(self.path) == ends_in_slash(other.path)
            && Segments::of(self.path).same_as(Segments::of(other.path))
    }
}

// The colons of an IPv6 address are between brackets (RFC 3986 §3.2.2).
fn split_port(authority: &str) -> (&str, &str) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, ""),
    }
}

/// Returns whether the last segment is empty once dots are removed: `/a/..` is `/` (RFC 3986 §5.2.4).
fn ends_in_slash(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    last.is_empty() || dots(last) > 0
}

/// The number of dots of a segment that is only one or two dots, escaped or not; 0 for any other.
fn dots(segment: &str) -> usize {
    let dots = Normal::of(segment).take(3).filter(|byte| *byte == b'.').count();
    if Normal::of(segment).take(3).count() == dots && dots < 3 { dots } else { 0 }
}

/// The segments of a path without dots, from the last one. A last segment that is empty is left out,
/// since [`ends_in_slash`] tells it.
struct Segments<'u> {
    rest: core::str::RSplit<'u, char>,
    skipped: usize,
    first: bool,
}

impl<'u> Segments<'u> {
    fn of(path: &'u str) -> Self {
        let below_root = path.strip_prefix('/').unwrap_or(path);
        Self { rest: below_root.rsplit('/'), skipped: 0, first: true }
    }

    fn same_as(mut self, mut other: Self) -> bool {
        loop {
            match (self.next(), other.next()) {
                (None, None) => return true,
                (Some(a), Some(b)) if Normal::of(a).eq(Normal::of(b)) => {}
                _ => return false,
            }
        }
    }
}

impl<'u> Iterator for Segments<'u> {
    type Item = &'u str;

    fn next(&mut self) -> Option<&'u str> {
        loop {
            let segment = self.rest.next()?;
            let last = core::mem::take(&mut self.first);
            match dots(segment) {
                0 if last && segment.is_empty() => {}
                0 if self.skipped > 0 => self.skipped = self.skipped.saturating_sub(1),
                0 => return Some(segment),
                1 => {}
                _ => self.skipped = self.skipped.saturating_add(1),
            }
        }
    }
}

/// The bytes of a text in which each character has one form (RFC 3986 §6.2.2.1 and §6.2.2.2).
struct Normal<'u> {
    rest: &'u [u8],
    digits: [Option<u8>; 2], // of an escape that is kept
}

impl<'u> Normal<'u> {
    const fn of(text: &'u str) -> Self {
        Self { rest: text.as_bytes(), digits: [None; 2] }
    }
}

impl Iterator for Normal<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let [first, second] = &mut self.digits;
        if let Some(digit) = first.take().or_else(|| second.take()) {
            return Some(digit);
        }
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        let (b'%', Some((digits, after))) = (*byte, rest.split_first_chunk::<2>()) else {
            return Some(*byte);
        };
        let Some(escaped) = hexadecimal(*digits) else { return Some(*byte) };
        self.rest = after;
        if escaped.is_ascii_alphanumeric() || b"-._~".contains(&escaped) {
            return Some(escaped);
        }
        self.digits = digits.map(|digit| Some(digit.to_ascii_uppercase()));
        Some(b'%')
    }
}

fn hexadecimal(digits: [u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? << 4 | low?).ok()
}

#[cfg(test)]
mod tests {
    use super::same;

    const BASE: &str = "https://api.example/a/b";

    const ROWS: &[(&str, &str, bool)] = &[
        (BASE, BASE, true),
        (BASE, "https://api.example/a/b?x=1#y", true),
        (BASE, "https://api.example/a/b#y?x", true),
        (BASE, "HTTPS://Api.EXAMPLE/a/b", true),
        (BASE, "https://api.example:443/a/b", true),
        (BASE, "https://api.example:/a/b", true),
        (BASE, "https://api.example:80/a/b", false),
        (BASE, "https://api.example:8443/a/b", false),
        (BASE, "http://api.example/a/b", false),
        ("http://a/x", "http://a:80/x", true),
        (BASE, "https://api.example/A/b", false),
        (BASE, "https://api.example/a/b/", false),
        (BASE, "https://api.example/a//b", false),
        (BASE, "https://api.example/a/%62", true),
        (BASE, "https://%61pi.example/a/b", true),
        (BASE, "https://api.example./a/b", false),
        ("https://a/%2f", "https://a/%2F", true),
        ("https://a/%2F", "https://a//", false),
        ("https://a/x%2Fy", "https://a/x/y", false),
        ("https://a/%3F", "https://a/?", false),
        ("https://a/%zz", "https://a/%ZZ", false),
        ("https://a/%", "https://a/%", true),
        ("https://a/%4", "https://a/%4", true),
        (BASE, "https://api.example/a/./b", true),
        (BASE, "https://api.example/a/c/../b", true),
        (BASE, "https://api.example/a/c/d/../../b", true),
        (BASE, "https://api.example/../a/b", true),
        (BASE, "https://api.example/a/c/%2E%2e/b", true),
        (BASE, "https://api.example/a/...%2Fb", false),
        (BASE, "https://api.example/a/b/.", false),
        ("https://a/x/", "https://a/x/.", true),
        ("https://a/x/", "https://a/x/y/..", true),
        ("https://a/x", "https://a/x/y/..", false),
        ("https://a/", "https://a/x/..", true),
        ("https://a/", "https://a/..", true),
        ("https://a//", "https://a/x//..", false),
        ("https://a/x/", "https://a/x//..", true),
        ("https://a", "https://a/", true),
        ("https://a?x", "https://a/", true),
        ("https://a/...", "https://a/..", false),
        ("https://[::1]/x", "https://[::1]:443/x", true),
        ("https://[::1]/x", "https://[::1]:8/x", false),
        ("https://u@a/x", "https://u@a/x", false),
        ("https:///x", "https:///x", false),
        ("://a/x", "://a/x", false),
        ("/x", "/x", false),
        ("", "", false),
    ];

    #[test]
    fn targets_are_compared_after_normalization() {
        for &(a, b, expected) in ROWS {
            assert_eq!(same(a, b), expected, "{a} {b}");
            assert_eq!(same(b, a), expected, "{b} {a}");
        }
    }
}
