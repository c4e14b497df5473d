//! The time claims of a token, read from JSON, from a program's output, or from the token itself.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::find::Pairs;
use super::moment::Moment;
use super::template::opening;
use super::{find, number};
use crate::time::{Span, UnixTime};

/// A claim with this many digits counts milliseconds: as seconds it would be after the year 30,000.
const MILLIS_DIGITS: usize = 13;
/// A smaller number of seconds is before 2001: a duration was taken for an instant.
const LEAST_EPOCH: i64 = 1_000_000_000;
/// Size of the payload buffer in bytes. Four characters of base64url are three bytes.
const PAYLOAD_MAX: usize = 1_536;

/// The format of the numbers in a set of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Form {
    /// As RFC 7519 §2 requires, as far as the claims were read.
    #[default]
    Seconds,
    /// At least one claim counts milliseconds or is a duration.
    WrongUnit,
    /// At least one claim is a string.
    Text,
}

/// The claims `iat`, `nbf` and `exp`, as far as they are present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ClaimTimes {
    pub(crate) iat: Option<UnixTime>,
    pub(crate) nbf: Option<UnixTime>,
    pub(crate) exp: Option<UnixTime>,
    pub(crate) form: Form,
    /// `true` if `exp` is too small for an instant.
    has_short_end: bool,
}

impl ClaimTimes {
    /// No claim was read.
    pub(crate) const NONE: Self =
        Self { iat: None, nbf: None, exp: None, form: Form::Seconds, has_short_end: false };

    /// Returns `true` if any of the claims was found, in any form.
    pub(crate) fn is_any(&self) -> bool {
        self.iat.is_some() || self.nbf.is_some() || self.exp.is_some() || self.form != Form::Seconds
    }

    /// Returns `true` if the two are claims of different tokens: both state one of them, and not alike.
    pub(crate) fn contradicts(&self, other: &Self) -> bool {
        let differ = |one: Option<UnixTime>, other: Option<UnixTime>| {
            one.zip(other).is_some_and(|(one, other)| one != other)
        };
        differ(self.iat, other.iat) || differ(self.nbf, other.nbf) || differ(self.exp, other.exp)
    }

    /// The time from `iat`, or from `nbf` if there is no `iat`, to `exp`.
    pub(crate) fn lifetime(&self) -> Option<Span> {
        Some(self.exp? - self.iat.or(self.nbf)?)
    }

    /// Adds claims from `other` that are not known yet, so that claims on several lines are
    /// combined.
    pub(crate) fn complete_with(&mut self, other: &Self) {
        self.iat = self.iat.or(other.iat);
        self.nbf = self.nbf.or(other.nbf);
        self.exp = self.exp.or(other.exp);
        if self.form == Form::Seconds {
            self.form = other.form;
        }
        self.has_short_end |= other.has_short_end;
        self.settle();
    }

    // A small end next to an ordinary start is a duration taken for an instant.
    fn settle(&mut self) {
        if self.has_short_end && self.iat.or(self.nbf).is_some() {
            self.form = Form::WrongUnit;
        }
    }

    fn set(&mut self, name: Name, value: Value) {
        match value {
            Value::Seconds(at) => {
                let slot = match name {
                    Name::Iat => &mut self.iat,
                    Name::Nbf => &mut self.nbf,
                    Name::Exp => &mut self.exp,
                };
                *slot = slot.or(Some(at));
            }
            Value::Short if matches!(name, Name::Exp) => self.has_short_end = true,
            Value::Short => {}
            Value::WrongUnit => self.form = Form::WrongUnit,
            Value::Text if self.form == Form::Seconds => self.form = Form::Text,
            Value::Text => {}
        }
    }
}

#[derive(Clone, Copy)]
enum Name {
    Iat,
    Nbf,
    Exp,
}

#[derive(Clone, Copy)]
enum Value {
    Seconds(UnixTime),
    Short,
    WrongUnit,
    Text,
}

/// Returns the claims that `line` names, which has these pairs.
pub(crate) fn in_line(line: &[u8], pairs: &Pairs) -> ClaimTimes {
    const NAMES: [&[u8]; 5] = [b"exp", b"iat", b"nbf", b"token age", b" age="];
    let is_possible = NAMES.iter().any(|name| pairs.may_have(name));
    if is_possible { in_text(line, |name| pairs.may_have(name)) } else { ClaimTimes::NONE }
}

/// The names, and the offset of a letter in each that few words have.
const CLAIMS: [(Name, &[u8; 3], usize); 3] =
    [(Name::Exp, b"exp", 1), (Name::Iat, b"iat", 0), (Name::Nbf, b"nbf", 2)];

/// Returns the claims that `text` names: `"exp": 1488307191`, `exp: 1488307191`, `exp =
/// 1488307191`.
fn in_text(text: &[u8], may_have: impl Fn(&[u8]) -> bool) -> ClaimTimes {
    let mut claims = ClaimTimes::default();
    for (name, letters, inset) in CLAIMS {
        let (Some(rare), true) = (letters.get(inset), may_have(letters)) else { continue };
        for at in memchr::memchr_iter(*rare, text).filter_map(|at| at.checked_sub(inset)) {
            let Some((met, rest)) = text.get(at..).and_then(<[u8]>::split_first_chunk) else {
                continue;
            };
            let before = at.checked_sub(1).and_then(|before| text.get(before));
            if met != letters
                || before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte))
            {
                continue;
            }
            if let Some(value) = value(rest) {
                claims.set(name, value);
            }
        }
    }
    claims.settle();
    if (may_have(b"token age") || may_have(b" age=")) && is_mixed_age(text) {
        claims.form = Form::WrongUnit;
    }
    claims
}

/// Returns `true` if `text` states an age of fifty years in milliseconds, which is a clock's
/// milliseconds minus a claim's seconds.
fn is_mixed_age(text: &[u8]) -> bool {
    let Some(after) = find::after(text, b"token age").or_else(|| find::after(text, b" age="))
    else {
        return false;
    };
    let marks = after.iter().take_while(|byte| b" :=".contains(byte)).count();
    after.get(marks..).is_some_and(|value| number::digits(value) == MILLIS_DIGITS)
}

/// Returns the value after the name of a claim, or `None` if it is not a member of an object.
fn value(after_name: &[u8]) -> Option<Value> {
    let quoted = after_name.iter().take_while(|byte| b"\"'\\".contains(byte)).count();
    let rest = after_name.get(quoted..)?;
    let blanks = rest.iter().take_while(|&&byte| byte == b' ').count();
    let [b':' | b'=', rest @ ..] = rest.get(blanks..)? else { return None };
    let opened = opening(rest);
    let (opening, rest) = rest.split_at_checked(opened)?;
    if rest.first().is_some_and(u8::is_ascii_digit) {
        let value = number_value(rest);
        // An object does not end with a number, so the text may be cut inside of it: at its end, or by a
        // soft line break (RFC 2045 §6.7).
        let after = rest.get(number::digits(rest)..);
        let is_cut = quoted > 0 && matches!(after, Some([] | [b'=']));
        return value.filter(|value| !is_cut || matches!(value, Value::Seconds(_)));
    }
    let is_text = opening.iter().any(|byte| b"\"'".contains(byte));
    (is_text && rest.first().is_some_and(u8::is_ascii_alphabetic)).then_some(Value::Text)
}

fn number_value(text: &[u8]) -> Option<Value> {
    let (secs, len) = number::whole(text)?;
    // `"exp": "2024-03-05…"` starts with digits but is a string.
    if matches!(text.get(len), Some(b'-' | b'/' | b'T')) {
        return Some(Value::Text);
    }
    match len {
        MILLIS_DIGITS => Some(Value::WrongUnit),
        // An instant before 2001 was counted from another epoch (2000 in MicroPython).
        _ if (LEAST_EPOCH / 10..LEAST_EPOCH).contains(&secs) => Some(Value::WrongUnit),
        _ if secs < LEAST_EPOCH => Some(Value::Short),
        _ => Some(Value::Seconds(UnixTime::from_secs(secs))),
    }
}

/// Returns the claims of the first readable token in `text`, whether it is signed or truncated.
pub(crate) fn in_token(text: &[u8]) -> Option<ClaimTimes> {
    memchr::memmem::find_iter(text, b"eyJ").find_map(|at| {
        let token = text.get(at..)?;
        let mut segments = token.split(|byte| !is_base64url(*byte));
        let header = segments.next()?;
        // The byte between the segments must be the dot of the compact form (RFC 7515 §7.1).
        (token.get(header.len()) == Some(&b'.')).then_some(())?;
        let claims = in_payload(segments.next()?)?;
        claims.is_any().then_some(claims)
    })
}

fn in_payload(segment: &[u8]) -> Option<ClaimTimes> {
    let mut payload = [0; PAYLOAD_MAX];
    // A payload that exceeds the buffer is read as far as it fits.
    let whole_groups = segment.len().min(PAYLOAD_MAX / 3 * 4);
    let segment = segment.get(..whole_groups)?;
    let len = URL_SAFE_NO_PAD.decode_slice(segment, &mut payload).ok()?;
    // A number at which the payload is cut may have had more digits.
    let cut = payload.get(..len)?.iter().rposition(|byte| !b"0123456789.".contains(byte))?;
    payload.get(..=cut).map(|payload| in_text(payload, |_| true))
}

/// Returns `true` for a character of base64url (RFC 4648 §5).
pub(crate) const fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// The claim as a reading of the clock that made it.
pub(crate) fn moment(claim: UnixTime) -> Moment {
    Moment::utc(claim, Span::from_secs(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &[u8] = b"authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3MTAyMzUzMjQsImV4cCI6MTcxMDIzNTkyNCwiaXNzIjoiMTAwMjAwIn0.FpmgcEnRE7_E3q-SZGRMwhsBAKrazqG83zXMdQOobo0";

    #[test]
    fn reads_claims_in_every_printed_form() {
        type Row = (&'static str, Option<i64>, Option<i64>, Form);
        const ROWS: &[Row] = &[
            (
                r#"{"iat":1710235324,"exp":1710235924}"#,
                Some(1_710_235_324),
                Some(1_710_235_924),
                Form::Seconds,
            ),
            (r#"  "exp": 1715074552,"#, None, Some(1_715_074_552), Form::Seconds),
            (r#"{"iat":1710235324,"exp":1="#, Some(1_710_235_324), None, Form::Seconds),
            (r#"{"iat":1710235324,"exp":17"#, Some(1_710_235_324), None, Form::Seconds),
            (r#"{\"exp\":1715074552}"#, None, Some(1_715_074_552), Form::Seconds),
            ("{ exp: 1684939195214, iat: 1684939105 }", Some(1_684_939_105), None, Form::WrongUnit),
            ("{'exp': 1715074552}", None, Some(1_715_074_552), Form::Seconds),
            ("     exp: 'Tue Feb 13 21:40:18 CET 2024',", None, None, Form::Text),
            (r#""exp":"2024-02-13T21:40:18Z""#, None, None, Form::Text),
            ("expires_in=1715074552 regexp: 1715074552", None, None, Form::Seconds),
            ("push: token age 1711109581112 > 3000", None, None, Form::WrongUnit),
            ("push: token age 1200 > 3000", None, None, Form::Seconds),
            ("{'iat': 762182651, 'exp': 762186251}", None, None, Form::WrongUnit),
            ("exp=3600", None, None, Form::Seconds),
            ("exp=999999999", None, None, Form::WrongUnit),
            ("exp=1000000000", None, Some(1_000_000_000), Form::Seconds),
            ("exp: true, exp: '-'", None, None, Form::Seconds),
            ("{ iat: 1715249000, nbf: 3600 }", Some(1_715_249_000), None, Form::Seconds),
            ("{ exp: 1684939195214, iat: 'soon' }", None, None, Form::WrongUnit),
            ("{ iat: 1715249000, exp: 3600 }", Some(1_715_249_000), None, Form::WrongUnit),
        ];
        for &(text, iat, exp, form) in ROWS {
            let claims = in_text(text.as_bytes(), |_| true);
            assert_eq!(claims.iat, iat.map(UnixTime::from_secs), "{text}");
            assert_eq!(claims.exp, exp.map(UnixTime::from_secs), "{text}");
            assert_eq!(claims.form, form, "{text}");
        }
    }

    #[test]
    fn reads_claims_from_token() {
        let claims = in_token(TOKEN).unwrap();
        assert_eq!(claims.lifetime(), Some(Span::from_secs(600)));
        let redacted = TOKEN.split_at(TOKEN.len() - 30).0;
        assert_eq!(in_token(redacted), Some(claims), "a truncated signature does not matter");
        assert_eq!(in_token(b"eyJhbGciOiJIUzI1NiJ9 eyJpYXQiOjE3MTAyMzUzMjR9"), None, "no dot");
        assert_eq!(in_token(b"eyJ"), None);
    }

    #[test]
    fn reads_claims_among_other_members_up_to_buffer_size() {
        let others = ["???>>>", &"a".repeat(2 * PAYLOAD_MAX), &"~".repeat(PAYLOAD_MAX)];
        for other in others {
            let payload = std::format!(r#"{{"iat":1710235324,"exp":1710235924,"x":"{other}"}}"#);
            let mut room = [0; 8 * PAYLOAD_MAX];
            let len = URL_SAFE_NO_PAD.encode_slice(payload, &mut room).unwrap();
            let token = [b"eyJhbGciOiJIUzI1NiJ9.", &room[..len], b".AA"].concat();
            let lifetime = in_token(&token).and_then(|claims| claims.lifetime());
            assert_eq!(lifetime, Some(Span::from_secs(600)), "{len} symbols");
        }
    }

    #[test]
    fn reads_claims_at_end_of_buffer() {
        let filler = "a".repeat(PAYLOAD_MAX - 100);
        let payload = std::format!(r#"{{"x":"{filler}","iat":1710235324,"exp":1710235924}}"#);
        let mut room = [0; 2 * PAYLOAD_MAX];
        let len = URL_SAFE_NO_PAD.encode_slice(payload, &mut room).unwrap();
        let token = [b"eyJhbGciOiJIUzI1NiJ9.", &room[..len], b".AA"].concat();
        assert!(in_token(&token).is_some_and(|claims| claims.exp.is_some()));
    }

    #[test]
    fn claims_of_several_lines_are_combined() {
        let mut claims = in_text(b"exp=3600", |_| true);
        claims.complete_with(&in_text(b"iat=1715249000", |_| true));
        assert_eq!(claims.iat, Some(UnixTime::from_secs(1_715_249_000)));
        assert_eq!(claims.form, Form::WrongUnit, "the end is a duration");
    }
}
