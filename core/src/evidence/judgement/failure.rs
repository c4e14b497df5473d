//! Words of a failure of any kind.

use super::words::{Words, has};

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
