//! The durations by which a message says that times differ.

use crate::evidence::{find, number};
use crate::time::Span;

/// Returns the difference that exceeds a limit: `too high [7.3s > 1s]`, `of 612ms exceeds 500ms`.
pub(super) fn difference(text: &[u8], end: usize) -> Option<Span> {
    const REACH: usize = 120;
    const EXCEEDS: &[&[u8]] = &[b"> ", b"exceeds", b"is more than", b"is greater than", b"is over"];
    let after = text.get(end..)?;
    let after = after.get(..REACH).unwrap_or(after);
    (0..after.len()).find_map(|start| {
        let before = start.checked_sub(1).and_then(|at| after.get(at))?;
        let value = after.get(start..).filter(|_| b" [(:=".contains(before))?;
        let (gap, len) = number::duration(value)?;
        let rest = value.get(len..)?.trim_ascii_start();
        EXCEEDS.iter().any(|words| rest.starts_with(words)).then_some(gap)
    })
}

/// Returns the duration by which the start was missed: `17227 seconds in the future`, `by 3h2m1s`.
pub(super) fn gap(text: &[u8], at: usize, end: usize) -> Option<Span> {
    const LEADS: &[&[u8]] = &[b" by ", b"another ", b"difference of ", b"early by "];
    const REACH: usize = 28;
    let from = at.saturating_sub(REACH);
    let before = text.get(from..at)?;
    let ends_here = (0..before.len()).find_map(|start| {
        let is_start =
            start.checked_sub(1).and_then(|at| before.get(at)).is_none_or(|b| *b == b' ');
        let value = before.get(start..).filter(|_| is_start)?;
        let (gap, len) = number::duration(value)?;
        value.get(len..)?.trim_ascii().is_empty().then_some(gap)
    });
    let after = text.get(end..)?;
    let after = after.get(..160).unwrap_or(after);
    ends_here.or_else(|| {
        LEADS.iter().find_map(|lead| {
            let value = find::after(after, lead)?;
            number::duration(value).map(|(gap, _)| gap)
        })
    })
}
