//! Reads the values named by a row of the catalogue from a line, and finds the wordings that a text quotes.

use super::captures::Captures;
use super::catalogue::{Role, Row, Says};
use super::find::contains;
use super::hearsay::Hearsay;
use super::moment::{Moment, turned};
use super::{filter, number, stamp};
use crate::time::Span;

/// Largest distance of a wording's start before its anchor, and of the words after a value. The
/// longest zone names, and time zones in brackets, fit.
const REACH: usize = 160;

/// The wording of a row, found in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wording {
    /// The position where its words start.
    pub(crate) at: usize,
    /// Its values, or `None` if its words have none.
    pub(crate) captures: Option<Captures>,
}

/// Returns the wording of `row` in `text`, whose anchor is at `anchor_at`, or `None` if its words
/// do not fit.
pub(crate) fn capture(row: &Row, text: &[u8], anchor_at: usize) -> Option<Wording> {
    let first = literal(row.words);
    let from = anchor_at.saturating_sub(REACH);
    let to = anchor_at.saturating_add(row.anchor.len());
    let window = text.get(from..to.min(text.len()))?;
    // Most rows are words only.
    if first.len() == row.words.len() {
        let at = starts(text, from, window, first).next();
        return at.map(|at| Wording { at, captures: None });
    }
    let mut wording = match_words(row, text, (from, to), window, first)?;
    // A product that writes "UTC" next to its times does not repeat it in them.
    if contains(row.words.as_bytes(), b"UTC") {
        wording.captures = wording.captures.map(Captures::in_utc);
    }
    Some(wording)
}

fn match_words(
    row: &Row,
    text: &[u8],
    (from, to): (usize, usize),
    window: &[u8],
    first: &str,
) -> Option<Wording> {
    // A wording that starts with a value is searched for by its first fixed words.
    if first.is_empty() {
        return leading_value(row.words, text, from, to);
    }
    starts(text, from, window, first)
        .find_map(|start| follow(row.words, text, start, Next::WithinReach))
}

/// Yields the places in `window`, which starts at `from`, where `text` has the words `first`, from the last
/// one to the first one.
fn starts(text: &[u8], from: usize, window: &[u8], first: &str) -> impl Iterator<Item = usize> {
    let initial = first.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    // Blanks and quotes have more than one form.
    let is_exact = initial.is_ascii_alphanumeric();
    let (exact, any) = if is_exact { (window, 0) } else { (&[][..], window.len()) };
    let places = memchr::memchr2_iter(initial, initial.to_ascii_uppercase(), exact).rev();
    let places = places.chain((0..any).rev());
    places.filter_map(move |start| {
        let start = from.saturating_add(start);
        literal_end(text, start, first).map(|_| start)
    })
}

/// The place where the words after a value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    AtOnce,
    WithinReach,
}

// `{behind_s} seconds slow of NTP time`: tries the value at every start of a word. The value meant
// is the one directly before the words, not the day of the stamp before it.
fn leading_value(words: &str, text: &[u8], from: usize, to: usize) -> Option<Wording> {
    let starts_word = |start: &usize| {
        let before = start.checked_sub(1).and_then(|before| text.get(before));
        before.is_none_or(|byte| byte.is_ascii_whitespace())
    };
    let starts = || (from..to).filter(starts_word);
    let mut close = starts().filter_map(|start| follow(words, text, start, Next::AtOnce));
    let far = || starts().find_map(|start| follow(words, text, start, Next::WithinReach));
    close.next().or_else(far)
}

/// Matches `words` from `start` on.
fn follow(words: &str, text: &[u8], start: usize, next: Next) -> Option<Wording> {
    let mut captures = Captures::default();
    let mut from: Option<Moment> = None;
    let (mut words, mut at) = (words, start);
    let mut after_value = false;
    while !words.is_empty() {
        if let Some((role, rest)) = Role::split(words) {
            at = match role {
                Role::From | Role::To => {
                    let (moment, end) = read_instant(text, at)?;
                    let step = |first: Moment| moment.civil - first.civil;
                    // `changed to B from A` states the new time first.
                    captures.step =
                        from.map(|first| if role == Role::To { step(first) } else { -step(first) });
                    from = Some(moment);
                    end
                }
                _ => read_value(role, text, at, &mut captures)?,
            };
            (words, after_value) = (rest, true);
            continue;
        }
        let fixed = literal(words);
        if fixed.is_empty() {
            return None;
        }
        at = if after_value && next == Next::WithinReach {
            find_literal(text, at, fixed)?
        } else {
            literal_end(text, at, fixed)?
        };
        (words, after_value) = (words.get(fixed.len()..).unwrap_or(""), false);
    }
    Some(Wording { at: start, captures: Some(captures) })
}

/// Reads a value of `role` at `at`, and returns its end.
fn read_value(role: Role, text: &[u8], at: usize, captures: &mut Captures) -> Option<usize> {
    if role == Role::Skip {
        return Some(at);
    }
    let at = at.saturating_add(opening(text.get(at..)?));
    let rest = text.get(at..)?;
    let len = match role {
        Role::LimitMinutes | Role::LimitMillis => {
            let (count, len) = number::whole(rest)?;
            let unit = if role == Role::LimitMinutes { 60_000 } else { 1 };
            captures.limit = Some(Span::from_millis(count.saturating_mul(unit)));
            len
        }
        Role::GapMillis => {
            let (millis, len) = number::whole(rest)?;
            captures.gap = Some(Span::from_millis(millis));
            len
        }
        Role::Gap => {
            let (gap, len) = number::duration(rest)?;
            captures.gap = Some(gap);
            len
        }
        Role::StepSecs | Role::FastSecs => {
            let (behind, len) = number::seconds(rest)?;
            captures.step = Some(if role == Role::FastSecs { -behind } else { behind });
            len
        }
        Role::Behind | Role::Ahead => {
            let (behind, len) = number::length(rest)?;
            captures.step = Some(if role == Role::Ahead { -behind } else { behind });
            len
        }
        _ => {
            let (moment, len) = instant(rest)?;
            captures.offer(role, moment);
            len
        }
    };
    Some(at.saturating_add(len))
}

/// Reads an instant at `at`, and returns its end.
fn read_instant(text: &[u8], at: usize) -> Option<(Moment, usize)> {
    let at = at.saturating_add(opening(text.get(at..)?));
    let (moment, len) = instant(text.get(at..)?)?;
    Some((moment, at.saturating_add(len)))
}

/// Reads an instant in any form at the start of `text`: a stamp or an epoch number.
pub(crate) fn instant(text: &[u8]) -> Option<(Moment, usize)> {
    if let Some(turned) = turned(text) {
        return Some(turned);
    }
    let (stamp, len) = stamp::parse_at(text).or_else(|| stamp::parse_epoch(text))?;
    Some((stamp.into(), len))
}

/// Returns how many bytes of quotes, brackets and blanks open a value.
pub(crate) fn opening(text: &[u8]) -> usize {
    const MOST: usize = 4;
    text.iter().take(MOST).take_while(|byte| b" \t\"'`([{<\\".contains(byte)).count()
}

/// Returns the fixed words up to the next role.
fn literal(words: &str) -> &str {
    words.bytes().position(|byte| byte == b'{').and_then(|end| words.get(..end)).unwrap_or(words)
}

fn find_literal(text: &[u8], from: usize, fixed: &str) -> Option<usize> {
    (from..=from.saturating_add(REACH)).find_map(|at| literal_end(text, at, fixed))
}

/// Returns the end of `fixed` if `text` has it at `at`. Letters match in either case, a blank
/// matches any white space, and the backslash of an escaped quote is skipped.
fn literal_end(text: &[u8], at: usize, fixed: &str) -> Option<usize> {
    let mut at = at;
    for &wanted in fixed.as_bytes() {
        if wanted != b' ' && text.get(at) == Some(&wanted) {
            at = at.saturating_add(1);
            continue;
        }
        if matches!(wanted, b'"' | b'\'') && text.get(at) == Some(&b'\\') {
            at = at.saturating_add(1);
        }
        let met = *text.get(at)?;
        // A blank in a query is written as `+`.
        let fits = if wanted == b' ' {
            met.is_ascii_whitespace() || met == b'+'
        } else {
            met.eq_ignore_ascii_case(&wanted)
        };
        if !fits {
            return None;
        }
        at = at.saturating_add(1);
        if wanted == b' ' {
            at = at.saturating_add(blanks(text.get(at..).unwrap_or(&[])));
        }
    }
    Some(at)
}

fn blanks(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// A wording of the catalogue in the words of a stranger.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quoted {
    /// The row of the wording.
    pub(crate) row: &'static Row,
    /// The position where its words start.
    pub(crate) at: usize,
}

/// Returns the first wording in `text` that a stranger may have written.
pub(crate) fn quoted(text: &[u8], hearsay: &Hearsay) -> Option<Quoted> {
    filter::scan(text, |hit| {
        let row = hit.row().filter(|row| row.says != Says::Fact && hearsay.contains(hit.at))?;
        let wording = capture(row, text, hit.at)?;
        Some(Quoted { row, at: wording.at })
    })
}

/// Calls `found` for the product of every wording in `text`.
#[doc(hidden)]
pub fn products(text: &[u8], mut found: impl FnMut(&'static str)) {
    filter::scan(text, |hit| {
        if let Some(row) = hit.row()
            && capture(row, text, hit.at).is_some()
        {
            found(row.product);
        }
        None::<()>
    });
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::entries;
    use super::super::filter;
    use super::*;

    #[test]
    fn every_row_reads_its_example() {
        for entry in entries() {
            let (row, text) = (entry.row, entry.example.as_bytes());
            let found = filter::scan(text, |hit| {
                (hit.row()?.words == row.words).then(|| capture(hit.row()?, text, hit.at))?
            });
            let found = found.unwrap_or_else(|| panic!("`{}` does not fit", row.words));
            let captures = found.captures.unwrap_or_default();
            let roles = [
                ("{now}", captures.now.is_some()),
                ("{server}", captures.server.is_some()),
                ("{local}", captures.local.is_some()),
                ("{signed}", captures.signed.is_some()),
                ("{sent}", captures.sent.is_some()),
                ("{exp}", captures.exp.is_some()),
                ("{nbf}", captures.nbf.is_some()),
                ("{iat}", captures.iat.is_some()),
                ("{limit_m", captures.limit.is_some()),
                ("{gap", captures.gap.is_some()),
            ];
            for (role, met) in roles {
                assert_eq!(row.words.contains(role), met, "{role} of `{}`", row.words);
            }
            let steps = ["_s}", "{behind}", "{ahead}", "{to}"];
            let states = steps.iter().any(|role| row.words.contains(role));
            assert_eq!(states, captures.step.is_some(), "step of `{}`", row.words);
        }
    }

    #[test]
    fn sign_follows_from_words() {
        let step = |line: &str| {
            filter::scan(line.as_bytes(), |hit| {
                capture(hit.row()?, line.as_bytes(), hit.at)?.captures?.step
            })
        };
        assert_eq!(
            step("System time : 3.5 seconds slow of NTP time"),
            Some(Span::from_millis(3_500))
        );
        assert_eq!(
            step("System time : 3.5 seconds fast of NTP time"),
            Some(Span::from_millis(-3_500))
        );
        assert_eq!(
            step("21.11.2026 09:23:11 - System time : 3.5 seconds fast of NTP time"),
            Some(Span::from_millis(-3_500)),
            "the day of a stamp is no length of time"
        );
        assert_eq!(step("System clock wrong by -2.0 seconds"), Some(Span::from_secs(-2)));
    }

    #[test]
    fn ignores_white_space_and_escapes() {
        let end = |text: &str, fixed| literal_end(text.as_bytes(), 0, fixed);
        assert_eq!(end("jwt  \n expired", "JWT expired"), Some(14));
        assert_eq!(end("\\\"exp\\\" claim", "\"exp\" claim"), Some(13));
        assert_eq!(end("jwtexpired", "JWT expired"), None);
    }
}
