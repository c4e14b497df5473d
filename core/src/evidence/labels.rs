//! Labels of times: the words next to an instant that give its role.
//!
//! The catalogue knows products, and this table knows how programs name their times, in English and
//! in common words of German, French, Spanish, Portuguese, Japanese, Korean and Chinese. It reads
//! `exp 1700000000`, `id_token.exp=1700000000`, `"nbf": 1700000000`, `Valid from: 2024-…` and
//! `1700000000 (now)`.

use super::catalogue::Role;

/// Labels in lower case, longest first: the first that fits is the most exact one.
#[rustfmt::skip]
const LABELS: &[(&str, Role)] = &[
    ("oauth_timestamp", Role::Sent),
    ("or after", Role::Exp),
    ("issued at future timestamp", Role::Iat),
    ("valable à partir du", Role::Nbf),
    ("current server time", Role::Server),
    ("data de expiração", Role::Exp),
    ("válido a partir de", Role::Nbf),
    ("fecha de caducidad", Role::Exp),
    ("time of the server", Role::Server),
    ("サーバー時刻", Role::Server),
    ("ローカル時刻", Role::Local),
    ("acceptable before", Role::Nbf),
    ("date d'expiration", Role::Exp),
    ("hora del servidor", Role::Server),
    ("request timestamp", Role::Signed),
    ("request-timestamp", Role::Signed),
    ("heure du serveur", Role::Server),
    ("hora do servidor", Role::Server),
    ("not valid before", Role::Nbf),
    ("server timestamp", Role::Server),
    ("server_timestamp", Role::Server),
    ("this node's time", Role::Local),
    ("valable jusqu'au", Role::Exp),
    ("accepted before", Role::Nbf),
    ("evaluation time", Role::Now),
    ("expiration date", Role::Exp),
    ("expiration time", Role::Exp),
    ("not on or after", Role::Exp),
    ("not valid until", Role::Nbf),
    ("not_on_or_after", Role::Exp),
    ("now with offset", Role::Now),
    ("validation time", Role::Nbf),
    ("wall clock time", Role::Local),
    ("服务器时间", Role::Server),
    ("ausgestellt am", Role::Iat),
    ("be used before", Role::Nbf),
    ("expirationtime", Role::Exp),
    ("heure actuelle", Role::Now),
    ("token prior to", Role::Nbf),
    ("aktuelle zeit", Role::Now),
    ("creation time", Role::Iat),
    ("current clock", Role::Now),
    ("current epoch", Role::Local),
    ("currrent time", Role::Now),
    ("expired since", Role::Exp),
    ("issue instant", Role::Iat),
    ("req_timestamp", Role::Signed),
    ("válido desde", Role::Nbf),
    ("válido hasta", Role::Exp),
    ("로컬 시간", Role::Local),
    ("만료 시각", Role::Exp),
    ("만료 시간", Role::Exp),
    ("발급 시각", Role::Iat),
    ("발급 시간", Role::Iat),
    ("서버 시각", Role::Server),
    ("서버 시간", Role::Server),
    ("유효 시작", Role::Nbf),
    ("현재 시각", Role::Now),
    ("현재 시간", Role::Now),
    ("current date", Role::Now),
    ("current time", Role::Now),
    ("current-time", Role::Now),
    ("current_time", Role::Now),
    ("heure locale", Role::Local),
    ("iat prior to", Role::Iat),
    ("issueinstant", Role::Iat),
    ("nbf prior to", Role::Nbf),
    ("notonorafter", Role::Exp),
    ("request date", Role::Signed),
    ("request time", Role::Signed),
    ("request_time", Role::Signed),
    ("server clock", Role::Server),
    ("signing time", Role::Signed),
    ("signing_time", Role::Signed),
    ("válido até", Role::Exp),
    ("到期时间", Role::Exp),
    ("当前时间", Role::Now),
    ("有効期限", Role::Exp),
    ("有効開始", Role::Nbf),
    ("本地时间", Role::Local),
    ("現在日時", Role::Now),
    ("現在時刻", Role::Now),
    ("生效时间", Role::Nbf),
    ("當前時間", Role::Now),
    ("発行日時", Role::Iat),
    ("発行時刻", Role::Iat),
    ("签发时间", Role::Iat),
    ("过期时间", Role::Exp),
    ("ablaufdatum", Role::Exp),
    ("compared to", Role::Now),
    ("currenttime", Role::Now),
    ("date header", Role::Signed),
    ("expiry date", Role::Exp),
    ("expiry time", Role::Exp),
    ("gültig bis", Role::Exp),
    ("hora actual", Role::Now),
    ("local clock", Role::Local),
    ("lokale zeit", Role::Local),
    ("requesttime", Role::Signed),
    ("server date", Role::Server),
    ("server time", Role::Server),
    ("server-time", Role::Server),
    ("server_time", Role::Server),
    ("system time", Role::Local),
    ("used before", Role::Nbf),
    ("valid after", Role::Nbf),
    ("valid until", Role::Exp),
    ("created at", Role::Iat),
    ("created on", Role::Iat),
    ("emitido el", Role::Iat),
    ("emitido em", Role::Iat),
    ("expiration", Role::Exp),
    ("expired at", Role::Exp),
    ("expired on", Role::Exp),
    ("expired_at", Role::Exp),
    ("expires at", Role::Exp),
    ("expires on", Role::Exp),
    ("expires_at", Role::Exp),
    ("gültig ab", Role::Nbf),
    ("hora atual", Role::Now),
    ("hora local", Role::Local),
    ("issue time", Role::Iat),
    ("local time", Role::Local),
    ("local_time", Role::Local),
    ("maintenant", Role::Now),
    ("not before", Role::Nbf),
    ("not_before", Role::Nbf),
    ("servertime", Role::Server),
    ("serverzeit", Role::Server),
    ("start time", Role::Nbf),
    ("systemtime", Role::Local),
    ("systemzeit", Role::Local),
    ("valid from", Role::Nbf),
    ("validuntil", Role::Exp),
    ("currently", Role::Now),
    ("expire le", Role::Exp),
    ("expiredat", Role::Exp),
    ("expiresat", Role::Exp),
    ("inception", Role::Nbf),
    ("issued at", Role::Iat),
    ("issued_at", Role::Iat),
    ("localtime", Role::Local),
    ("not after", Role::Exp),
    ("notbefore", Role::Nbf),
    ("signed at", Role::Signed),
    ("time.time", Role::Local),
    ("validfrom", Role::Nbf),
    ("만료일", Role::Exp),
    ("date.now", Role::Local),
    ("end time", Role::Exp),
    ("is after", Role::Exp),
    ("issuedat", Role::Iat),
    ("ngx.time", Role::Local),
    ("notafter", Role::Exp),
    ("req_time", Role::Signed),
    ("time now", Role::Now),
    ("valid to", Role::Exp),
    ("émis le", Role::Iat),
    ("aktuell", Role::Now),
    ("current", Role::Now),
    ("expires", Role::Exp),
    ("os.time", Role::Local),
    ("validto", Role::Exp),
    ("expiry", Role::Exp),
    ("현재", Role::Now),
    ("agora", Role::Now),
    ("ahora", Role::Now),
    ("jetzt", Role::Now),
    ("start", Role::Nbf),
    ("exp", Role::Exp),
    ("iat", Role::Iat),
    ("nbf", Role::Nbf),
    ("now", Role::Now),
];

/// Words that may separate a label from its time.
const LINKS: &[&[u8]] = &[
    b"date/time",
    b"utc",
    b"gmt",
    b"is",
    b"was",
    b"at",
    b"of",
    b"on",
    b"in",
    b"the",
    b"claim",
    b"time",
    b"value",
    b"date",
    b"condition",
    b"numericdate",
    b"timestamp",
    "：".as_bytes(),
    "は".as_bytes(),
];

/// A label is searched this far before its time.
const REACH: usize = 72;

/// Returns the role of the time at `at..end`, by the label before it or in brackets after it.
pub(crate) fn role(text: &[u8], at: usize, end: usize) -> Option<Role> {
    let before = text.get(at.saturating_sub(REACH)..at)?;
    if is_sum(before, text.get(end..)?) {
        return Some(Role::Server);
    }
    before_time(before).or_else(|| after_time(text.get(end..)?))
}

/// Returns `true` if the time at `at` is named `timestamp`.
pub(crate) fn is_timestamp(text: &[u8], at: usize) -> bool {
    let before = text.get(at.saturating_sub(REACH)..at).unwrap_or(&[]);
    ends_with_word(strip_marks(before), b"timestamp")
}

/// Returns `true` if the time at `at..end` is the value of the field `Date` (RFC 9110 §6.6.1).
pub(crate) fn is_field(text: &[u8], at: usize, end: usize) -> bool {
    let before = text.get(at.saturating_sub(REACH)..at).unwrap_or(&[]);
    let name = strip_marks(before);
    let marks = before.get(name.len()..).unwrap_or(&[]);
    let is_value = marks.iter().any(|mark| b":=[".contains(mark));
    let value = text.get(at..end).unwrap_or(&[]);
    is_value && value.ends_with(b"GMT") && value.contains(&b',') && ends_with_word(name, b"date")
}

/// Returns `true` for the judge's time of `… (20241002T081950Z - 15 min.)`, which states a sum.
fn is_sum(before: &[u8], after: &[u8]) -> bool {
    let digit = |text: &[u8]| text.first().is_some_and(u8::is_ascii_digit);
    let sum = after.strip_prefix(b" - ").or_else(|| after.strip_prefix(b" + "));
    before.last() == Some(&b'(') && sum.is_some_and(digit)
}

fn before_time(text: &[u8]) -> Option<Role> {
    const STEPS: usize = 4;
    let mut text = strip_marks(text);
    for _ in 0..STEPS {
        if let Some(role) = label_at_end(text) {
            return Some(role);
        }
        text = strip_marks(strip_link(text)?);
    }
    None
}

/// `1700000000 (now)`.
fn after_time(text: &[u8]) -> Option<Role> {
    const LONGEST: usize = 24;
    let inside = text.trim_ascii_start().strip_prefix(b"(")?;
    let len = inside.iter().take(LONGEST).position(|byte| *byte == b')')?;
    let name = inside.get(..len)?;
    LABELS.iter().find(|(label, _)| name.eq_ignore_ascii_case(label.as_bytes())).map(|row| row.1)
}

fn label_at_end(text: &[u8]) -> Option<Role> {
    let last = usize::from(text.last()?.to_ascii_lowercase());
    let end = ENDS.get(last.saturating_add(1)).copied().map_or(LABELS.len(), usize::from);
    let ranks = BY_LAST.get(usize::from(*ENDS.get(last)?)..end)?;
    let labels = ranks.iter().filter_map(|rank| LABELS.get(usize::from(*rank)));
    labels.into_iter().find(|(label, _)| ends_with_word(text, label.as_bytes())).map(|row| row.1)
}

/// The positions of the labels, sorted by the last byte of each, and otherwise in order.
static BY_LAST: [u8; LABELS.len()] = by_last().0;
/// For each byte, the number of labels that end with a smaller one.
static ENDS: [u8; 256] = by_last().1;

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "there are fewer than 256 labels"
)]
const fn by_last() -> ([u8; LABELS.len()], [u8; 256]) {
    let (mut ranks, mut ends) = ([0; LABELS.len()], [0; 256]);
    let (mut count, mut byte) = (0, 0);
    while byte < 256 {
        ends[byte] = count as u8;
        let mut rank = 0;
        while rank < LABELS.len() {
            let label = LABELS[rank].0.as_bytes();
            if label[label.len() - 1] as usize == byte {
                ranks[count] = rank as u8;
                count += 1;
            }
            rank += 1;
        }
        byte += 1;
    }
    (ranks, ends)
}

fn strip_link(text: &[u8]) -> Option<&[u8]> {
    let link = LINKS.iter().find(|link| ends_with_word(text, link))?;
    text.get(..text.len().saturating_sub(link.len()))
}

/// Returns `true` if `text` ends with `word`, and the word does not start inside another one.
fn ends_with_word(text: &[u8], word: &[u8]) -> bool {
    let is_last = |byte: &u8| word.last().is_some_and(|last| last.eq_ignore_ascii_case(byte));
    let Some(start) = text.len().checked_sub(word.len()) else { return false };
    if !text.last().is_some_and(is_last) {
        return false;
    }
    let (before, met) = text.split_at_checked(start).unwrap_or((text, &[]));
    let first = met.first().is_some_and(u8::is_ascii_uppercase);
    let last = before.last();
    let is_hump = first && last.is_some_and(u8::is_ascii_lowercase);
    met.eq_ignore_ascii_case(word)
        && (is_hump || !word.is_ascii() || last.is_none_or(|byte| !byte.is_ascii_alphanumeric()))
}

fn strip_marks(text: &[u8]) -> &[u8] {
    const MOST: usize = 8;
    let mark = |byte: &&u8| b" \t\r\n\"'`([{<>]:=,\\)_".contains(byte);
    let count = text.iter().rev().take(MOST).take_while(mark).count();
    text.get(..text.len().saturating_sub(count)).unwrap_or(&[])
}
