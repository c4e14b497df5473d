//! An answer as a test of a connection notes it: who answered, the `Date`, and the local clock
//! before and after. `jwtick probe --repeat` writes such lines.

use super::find::after;
use super::number;
use crate::survey::{DateOrigin, DateSample};
use crate::time::Bracket;
use crate::time::HttpDate;
use crate::time::UnixTime;

/// An answer of one of the servers behind a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NodeAnswer<'l> {
    /// The name that was asked.
    pub(crate) name: &'l [u8],
    /// What it answered, and when.
    pub(crate) sample: DateSample,
}

/// The answer that `line` notes: `Answered for NAME by a clock … from this one: Date 1488515345,
/// here 1488515284.9 to 1488515285.1`, all in seconds since 1970.
pub(crate) fn node_answer(line: &[u8]) -> Option<NodeAnswer<'_>> {
    let rest = after(line, b"Answered for ")?;
    let name = rest.split(|&byte| byte == b' ').next()?;
    let (date, rest) = instant(after(rest, b" from this one: Date ")?)?;
    let (sent, rest) = instant(rest.strip_prefix(b", here ")?)?;
    let (received, _) = instant(rest.strip_prefix(b" to ")?)?;
    let (local, date) = (Bracket::between(sent, received)?, HttpDate::new(date)?);
    Some(NodeAnswer { name, sample: DateSample { local, date, origin: DateOrigin::Fresh } })
}

fn instant(text: &[u8]) -> Option<(UnixTime, &[u8])> {
    let (since, len) = number::seconds(text)?;
    Some((UnixTime::EPOCH + since, text.get(len..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_notes_and_nothing_else() {
        type Row = (&'static str, Option<(i64, i64, i64)>);
        const ROWS: &[Row] = &[
            (
                "x : Answered for a:80 by a clock 60 to 61 s from this one: Date 100, here 39.5 to 40.25\n",
                Some((100_000, 39_500, 40_250)),
            ),
            (
                "Answered for a:80 by a clock 1 to 2 s from this one: Date 0, here -1.5 to -0.5",
                Some((0, -1_500, -500)),
            ),
            ("Answered for a:80: Date 100, here 39.5 to 40.25", None),
            ("Answered for a:80 from this one: Date 100, here 40.25 to 39.5", None),
            ("Answered for a:80 from this one: Date 100, here 40.25", None),
            ("Answered for a:80 from this one: Date -99999999999, here 1 to 2", None),
            ("Answered for a question about the clock", None),
        ];
        for &(line, expected) in ROWS {
            let read = node_answer(line.as_bytes());
            assert!(read.is_none_or(|answer| answer.name == b"a:80"), "{line}");
            let sample = read.map(|answer| answer.sample);
            let millis = |at: UnixTime| (at - UnixTime::EPOCH).as_micros() / 1_000;
            let read = sample
                .map(|s| (millis(s.date.at()), millis(s.local.before()), millis(s.local.after())));
            assert_eq!(read, expected, "{line}");
        }
    }
}
