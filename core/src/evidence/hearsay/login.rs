//! User names in the messages of programs that log people in.

use super::value::{Close, Form, Value};
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

/// The user names in a line.
pub(super) struct Names<'t> {
    text: &'t [u8],
    at: usize,
    message: Option<usize>,
}

impl<'t> Names<'t> {
    pub(super) fn new(text: &'t [u8], from: usize, starts_line: bool) -> Self {
        let message = if starts_line { message_of_login(text) } else { None };
        Self { text, at: from, message }
    }

    /// Returns the first name that starts at or after `at`.
    pub(super) fn next(&mut self, at: usize) -> Option<Value> {
        let text = self.text;
        if let Some(start) = self.message {
            return Some(Value::until(text, start.max(at), Close::Line, Form::Bare));
        }
        self.at = self.at.max(at);
        while let Some(rest) = text.get(self.at..).and_then(|rest| after(rest, b"ser")) {
            self.at = text.len().saturating_sub(rest.len());
            let word = text.get(..self.at.saturating_sub(4)).unwrap_or(&[]);
            let name = rest.strip_prefix(b"name").unwrap_or(rest);
            let Some(name) = name.strip_prefix(b" ") else { continue };
            let start = text.len().saturating_sub(name.len());
            if start < at {
                continue;
            }
            if matches!(name.first(), Some(b'"' | b'\'')) {
                return Some(Value::string(text, start));
            }
            if BEFORE_USER.iter().any(|before| word.ends_with(before)) {
                return Some(unquoted(text, start));
            }
        }
        None
    }
}

/// Returns `true` if a user name may be in `text`.
pub(super) fn may_have_name(text: &[u8]) -> bool {
    let (mut rest, mut is_name) = (text, starts_message(text));
    while let Some(found) = after(rest, b"ser").filter(|_| !is_name) {
        is_name = found.strip_prefix(b"name").unwrap_or(found).first().is_none_or(|it| *it == b' ');
        rest = found;
    }
    is_name
}

/// Returns `true` if `text` starts as a message of a program that logs people in.
pub(super) fn starts_message(text: &[u8]) -> bool {
    message_of_login(text).is_some()
}

fn unquoted(text: &[u8], start: usize) -> Value {
    // In a JSON record the name ends at the latest with the string that it is in.
    let string = Close::Quote { quote: b'"', slashes: 0 };
    let limit = match text.trim_ascii_start().first() {
        Some(b'{') => string.find(text, start).unwrap_or(text.len()),
        _ => text.len(),
    };
    let name = text.get(start..limit).unwrap_or(&[]);
    let len = memchr::memmem::rfind(name, b" from ").unwrap_or(name.len());
    let end = start.saturating_add(len);
    let open = if end == text.len() { Some(Close::Line) } else { None };
    Value { start, end, open, form: Form::Bare }
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
