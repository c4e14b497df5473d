//! The name of the server that a request goes to, as lines about requests name it.

use super::find::{Pairs, after, contains};

/// Marks after which the name of a server follows, in a line about a request: by programs that print a
/// method (RFC 9110 §9.3) and an address, and by curl.
const MARKS: &[&[u8]] = &[
    b"POST https://",
    b"GET https://",
    b"PUT https://",
    b"HEAD https://",
    b"PATCH https://",
    b"DELETE https://",
    b"Post \"https://",
    b"Get \"https://",
    b"Put \"https://",
    b"Head \"https://",
    b"POST \"https://",
    b"GET \"https://",
    b"curl https://",
    b"curl -v https://",
    b"Connected to ",
];

/// The first words of the marks.
const METHODS: &[&[u8]] =
    &[b"POST", b"GET", b"PUT", b"HEAD", b"PATCH", b"DELETE", b"curl", b"Connected"];

/// Returns the name of the server that `line` says a request is sent to, with its port if that is not
/// 443. Every byte of it may stand in a command of a shell.
///
/// `words` are those of `line` that no stranger wrote: the target of a request may be a stranger's, but
/// the method before it is not. A request that arrived is logged with its version.
/// They have these pairs.
pub(crate) fn server_name<'t>(line: &'t [u8], words: &[u8], pairs: &Pairs) -> Option<&'t [u8]> {
    if !METHODS.iter().any(|method| pairs.may_have(method)) {
        return None;
    }
    // To look for each mark takes long where methods are frequent.
    if !contains(line, b"://") && !contains(line, b"Connected to ") {
        return None;
    }
    let rest = MARKS.iter().find_map(|mark| {
        let rest = after(line, mark)?;
        let start = line.len().checked_sub(rest.len())?.checked_sub(mark.len())?;
        let method = mark.split(|&byte| byte == b' ').next()?;
        words.get(start..)?.starts_with(method).then_some(rest)
    })?;
    if contains(line, b" HTTP/") {
        return None;
    }
    let end = rest.iter().position(|&byte| !is_part(byte)).unwrap_or(rest.len());
    let name = rest.get(..end)?;
    // A name of the user before the host ends with `@`.
    let is_host = rest.get(end) != Some(&b'@');
    let name = name.strip_suffix(b":443").unwrap_or(name);
    (is_host && is_public(name)).then_some(name)
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".-:".contains(&byte)
}

/// Returns `true` if `name` is the name of another host, with a port or without.
fn is_public(name: &[u8]) -> bool {
    let mut parts = name.split(|&byte| byte == b':');
    let (host, port) = (parts.next().unwrap_or(&[]), parts.next());
    let is_port = port.is_none_or(|port| {
        !port.is_empty() && port.len() <= 5 && port.iter().all(u8::is_ascii_digit)
    });
    let has_edges =
        [host.first(), host.last()].iter().all(|edge| edge.is_some_and(u8::is_ascii_alphanumeric));
    // The time of this host says nothing about another clock.
    let is_local = host == b"localhost" || host.starts_with(b"127.");
    is_port && has_edges && host.contains(&b'.') && !is_local && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_starts_with_a_method() {
        for mark in MARKS {
            let method = mark.split(|&byte| byte == b' ').next().unwrap().to_ascii_lowercase();
            assert!(METHODS.iter().any(|known| known.to_ascii_lowercase() == method));
        }
    }

    #[test]
    fn name_has_only_characters_of_hosts() {
        const ROWS: &[(&str, Option<&str>)] = &[
            ("POST https://id.example.com/token 400", Some("id.example.com")),
            ("POST https://id.example.com:8443/token", Some("id.example.com:8443")),
            ("POST https://id.example.com:443/token", Some("id.example.com")),
            ("Post \"https://id.example.com/token\": x509: expired", Some("id.example.com")),
            ("* Connected to api.github.com (140.82.121.6) port 443", Some("api.github.com")),
            ("GET https://user:secret@id.example.com/", None),
            ("GET https://user@id.example.com/", None),
            ("POST https://$(reboot).example.com/", None),
            ("POST https://a.b;reboot/", Some("a.b")),
            ("POST https://-oProxyCommand=x.y/", None),
            ("POST https://localhost:8080/", None),
            ("POST https://127.0.0.1:8080/", None),
            ("POST https://id.example.com:99999999/", None),
            ("POST https://a.b:1:2/", None),
            ("see https://jwt.io/introduction", None),
            ("POST https:///", None),
            ("POST https://", None),
            ("\"GET https://a.example/ HTTP/1.1\" 400", None),
        ];
        for &(line, name) in ROWS {
            assert_eq!(
                server_name(line.as_bytes(), line.as_bytes(), &Pairs::of(line.as_bytes())),
                name.map(str::as_bytes),
                "{line}"
            );
        }
    }
}
