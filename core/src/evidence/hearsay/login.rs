//! User names in the messages of programs that log people in.

use super::Stretches;
use super::value::{Close, Value};
use crate::evidence::find::after;

/// Programs whose messages consist of names that their clients chose. They state nothing about
/// tokens or clocks.
const PROGRAMS: &[&str] = &[
    "sshd",
    "sshd-session",
    "sshd-auth",
    "dropbear",
    "sudo",
    "su",
    "vsftpd",
    "proftpd",
    "pure-ftpd",
    "dovecot",
    "postfix/smtpd",
    "postfix/submission/smtpd",
    "saslauthd",
    "xrdp",
    "smbd",
    "radiusd",
    "asterisk",
    "fail2ban",
    "systemd-logind",
];

/// Words before ` user ` after which a name without quotes follows. It ends at the last ` from `.
const BEFORE_USER: &[&[u8]] = &[b"nvalid ", b"llegal ", b"nknown "];

/// Adds the names in `text`, from `from` on. Returns the end that a name lacks.
pub(super) fn find(text: &[u8], from: usize, found: &mut Stretches) -> Option<Close> {
    if let Some(start) = message_of_login(text).filter(|_| from == 0) {
        found.add(start, text.len());
        return Some(Close::Line);
    }
    let mut at = from;
    while let Some(rest) = text.get(at..).and_then(|rest| after(rest, b"ser")) {
        at = text.len().saturating_sub(rest.len());
        let name = rest.strip_prefix(b"name").unwrap_or(rest);
        let Some(name) = name.strip_prefix(b" ") else { continue };
        let start = text.len().saturating_sub(name.len());
        let word = text.get(..at.saturating_sub(4)).unwrap_or(&[]);
        if matches!(name.first(), Some(b'"' | b'\'')) {
            let name = Value::string(text, start);
            found.add(name.start, name.end);
            at = name.end;
        } else if BEFORE_USER.iter().any(|before| word.ends_with(before)) {
            return add_name(text, start, found);
        }
    }
    None
}

fn add_name(text: &[u8], start: usize, found: &mut Stretches) -> Option<Close> {
    // In a JSON record the name ends at the latest with the string that it is in.
    let string = Close::Quote { quote: b'"', slashes: 0 };
    let limit = match text.trim_ascii_start().first() {
        Some(b'{') => string.find(text, start).unwrap_or(text.len()),
        _ => text.len(),
    };
    let name = text.get(start..limit).unwrap_or(&[]);
    let len = memchr::memmem::rfind(name, b" from ").unwrap_or(name.len());
    let end = start.saturating_add(len);
    found.add(start, end);
    (end == text.len()).then_some(Close::Line)
}

/// Returns where the message of such a program starts: after its tag, which is in the head.
fn message_of_login(text: &[u8]) -> Option<usize> {
    const LONGEST_HEAD: usize = 160;
    let head = text.get(..LONGEST_HEAD.min(text.len()))?;
    let ends =
        memchr::memchr_iter(b':', head).filter(|&at| head.get(at.saturating_add(1)) == Some(&b' '));
    ends.map(|at| (at, head.get(..at).unwrap_or(&[]))).find_map(|(at, before)| {
        let tag = before.rsplit(|byte| *byte == b' ').next().unwrap_or(before);
        let name = tag.split(|byte| b"[(".contains(byte)).next().unwrap_or(tag);
        let is_known = PROGRAMS.iter().any(|program| program.as_bytes() == name);
        is_known.then(|| at.saturating_add(2))
    })
}
