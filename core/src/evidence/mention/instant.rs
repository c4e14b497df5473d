//! Instants in a message.

use crate::evidence::moment::Moment;
use crate::evidence::number;
use crate::evidence::stamp::{self, DateKnowledge};

/// Returns the instant at `at`, if a number, a weekday or a month starts there.
pub(super) fn instant_at(text: &[u8], at: usize) -> Option<(Moment, usize)> {
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_$".contains(byte))
        && !follows_label(text, at)
    {
        return None;
    }
    let rest = text.get(at..)?;
    match *rest.first()? {
        b'0'..=b'9' => {
            let digits = number::digits(rest);
            let next = rest.get(digits);
            let is_epoch = matches!(digits, 10 | 13 | 16 | 19);
            if is_epoch && next.is_none_or(|next| !next.is_ascii_alphabetic() && *next != b'-') {
                let (stamp, len) = stamp::parse_epoch(rest)?;
                return Some((stamp.into(), len));
            }
            if !matches!(
                (digits, next),
                (4 | 1 | 2, Some(b'-' | b'/' | b'.' | b' ')) | (8, Some(b'T'))
            ) {
                return None;
            }
        }
        b'A'..=b'Z' if is_name(rest) => {}
        _ => return None,
    }
    let (stamp, len) = stamp::parse_at(rest)?;
    let follows = rest.get(len).is_none_or(|next| !next.is_ascii_alphabetic());
    (stamp.date == DateKnowledge::Full && follows).then(|| (stamp.into(), len))
}

/// AWS STS prints `the expiration date/time1701295906`.
fn follows_label(text: &[u8], at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.ends_with(b"/time"))
}

fn is_name(text: &[u8]) -> bool {
    let start = text.first_chunk::<3>();
    start.is_some_and(|start| {
        matches!(
            start,
            b"Mon"
                | b"Tue"
                | b"Wed"
                | b"Thu"
                | b"Fri"
                | b"Sat"
                | b"Sun"
                | b"Jan"
                | b"Feb"
                | b"Mar"
                | b"Apr"
                | b"May"
                | b"Jun"
                | b"Jul"
                | b"Aug"
                | b"Sep"
                | b"Oct"
                | b"Nov"
                | b"Dec"
        )
    })
}
