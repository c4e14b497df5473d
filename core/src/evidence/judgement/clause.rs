//! The clause around a finding, and the words that show that it judges nothing.
//!
//! Prose, comments, settings and the housekeeping of sessions and caches use the words of a refusal,
//! too. A finding counts only if no such word is in its clause.

use super::finding::{Need, Stem};
use super::words::{Words, first_words, has, last_words};

/// The clause is cut at this distance from the finding.
const BEFORE: usize = 120;
const AFTER: usize = 72;

/// The words around a finding, up to the ends of the sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clause<'t> {
    pub(super) line: &'t [u8],
    pub(super) before: &'t [u8],
    pub(super) found: &'t [u8],
    pub(super) after: &'t [u8],
    next: &'t [u8],
}

impl<'t> Clause<'t> {
    /// Returns the clause of the words at `at..end`.
    pub(super) fn of(line: &'t [u8], at: usize, end: usize) -> Option<Self> {
        let before = last_words(line.get(..at)?, BEFORE);
        let after = first_words(line.get(end..)?, AFTER);
        let start = before.windows(2).rposition(ends_sentence).map_or(0, |at| at.saturating_add(2));
        let stop = after.windows(2).position(ends_sentence).unwrap_or(after.len());
        let (before, after) = (before.get(start..)?, after.get(..stop)?);
        Some(Self { line, before, found: line.get(at..end)?, after, next: line.get(end..)? })
    }

    /// The words after the clause, as far as they may belong to the same message.
    pub(super) fn rest(&self) -> &'t [u8] {
        const REACH: usize = 160;
        self.next.get(..REACH).unwrap_or(self.next)
    }

    /// Returns `true` if the clause has one of `words`.
    pub(super) fn has(&self, words: Words) -> bool {
        has(self.before, words) || has(self.after, words) || has(self.found, words)
    }

    /// Returns `true` if the words judge something, rather than to explain, to configure or to count.
    pub(super) fn judges(&self, stem: &Stem) -> bool {
        self.is_word()
            && !self.is_comment()
            && !self.is_condition()
            && !self.is_housekeeping()
            && !self.is_denied(stem.finding)
            && !self.is_several()
            && !self.is_setting()
            && (stem.need != Need::Failure || self.has_failure())
            && (stem.need != Need::Excess || self.has_excess())
    }

    /// Returns `true` if the line reports a failure.
    pub(super) fn has_failure(&self) -> bool {
        has_failure(self.line)
    }

    fn has_excess(&self) -> bool {
        const CLOCK: Words = &["clock", "time$", "ntp", "skew"];
        const EXCESS: Words = &[
            "too",
            "detect",
            "exceed",
            "large",
            "great",
            "high",
            "beyond",
            "more than",
            "out of",
            "not within",
            "far$",
            "has to be",
            "with kdc",
            "failed",
            "error",
        ];
        self.has(CLOCK) && self.has(EXCESS)
    }
}

fn ends_sentence(pair: &[u8]) -> bool {
    matches!(pair, [b'.' | b';' | b'!' | b'?', b' ' | b'\n' | b'\r'] | [b'"', b','])
}

/// Returns `true` if `line` reports a failure, in words of any language that the grammar knows.
pub(crate) fn has_failure(line: &[u8]) -> bool {
    const WORDS: Words = &[
        "error",
        "err$",
        "exception",
        "fail",
        "invalid",
        "denied",
        "refus",
        "reject",
        "unauthor",
        "unauthenticated",
        "forbidden",
        "warn",
        "fatal",
        "critical",
        "severe",
        "panic",
        "cannot",
        "could not",
        "unable",
        "problem",
        "bad request",
        "abort",
        "mismatch",
        "fehler",
        "ungültig",
        "erreur",
        "échec",
        "fallo",
        "erro$",
        "エラー",
        "失敗",
        "오류",
        "실패",
        "错误",
        "失败",
    ];
    let line = line.get(..1024).unwrap_or(line);
    has(line, WORDS) || has_status(line)
}

/// Returns `true` if `line` has a status of a refused request (RFC 9110 §15.5).
fn has_status(line: &[u8]) -> bool {
    memchr::memchr_iter(b'4', line).any(|at| {
        let before = at.checked_sub(1).and_then(|before| line.get(before));
        let (status, next) = (line.get(at..at.saturating_add(3)), line.get(at.saturating_add(3)));
        matches!(status, Some([b'4', b'0', b'0' | b'1' | b'3' | b'7']))
            && before.is_none_or(|byte| b" =:\"'(".contains(byte))
            && next.is_none_or(|byte| b" ,;:)\"'}\r\n".contains(byte))
    })
}
