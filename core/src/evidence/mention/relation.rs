//! The roles of instants that a message compares with each other, and the durations by which it says
//! that times differ.

use core::cmp::Ordering;

use crate::evidence::catalogue::Role;
use crate::evidence::find::contains_any;
use crate::evidence::judgement::Finding;
use crate::evidence::{find, number};
use crate::time::Span;

pub(super) fn is_symbol(between: Option<&[u8]>) -> bool {
    between.is_some_and(|between| between.iter().all(|byte| b" <>=".contains(byte)))
}

/// Returns the order that the words between two instants state.
pub(super) fn order(between: &[u8]) -> Option<Ordering> {
    const LONGEST: usize = 72;
    const LESS: &[&[u8]] =
        &[b"<", b" before ", b"earlier than", b"&lt;", b"older than", b"less than"];
    const MORE: &[&[u8]] =
        &[b">", b" after ", b"later than", b"&gt;", b"newer than", b"greater than"];
    // Another member of an object is another matter.
    if between.len() > LONGEST || between.iter().any(|byte| b"\"{}".contains(byte)) {
        return None;
    }
    // AWS compares with its clock less what it tolerates, and states the clock in brackets, which may be cut off.
    const LIMITS: &[&[u8]] = &[b"now earlier than", b"still later than"];
    let has = |words: &[&[u8]]| contains_any(between, words);
    if has(LIMITS) {
        return None;
    }
    match (has(LESS), has(MORE)) {
        (true, false) => Some(Ordering::Less),
        (false, true) => Some(Ordering::Greater),
        _ => None,
    }
}

pub(super) fn is_now(role: Option<Role>) -> bool {
    matches!(role, Some(Role::Now | Role::Local | Role::Server))
}

/// Returns the roles of two instants in this order.
pub(super) fn roles(
    finding: Finding,
    one: Option<Role>,
    other: Option<Role>,
    order: Ordering,
    has_now: bool,
) -> (Option<Role>, Option<Role>) {
    let edge = match (order, is_now(one)) {
        (Ordering::Less, true) => Role::Nbf,
        (Ordering::Greater, true) => Role::Exp,
        (Ordering::Less, false) => Role::Exp,
        _ => Role::Nbf,
    };
    match (one, other) {
        // The judge's time is the later one of what has ended, and the earlier one of what is early.
        (None, None) => match (finding, order) {
            (Finding::Ended, Ordering::Greater) => (Some(Role::Now), Some(Role::Exp)),
            (Finding::Ended, _) => (Some(Role::Exp), Some(Role::Now)),
            (Finding::NotYet, Ordering::Less) => (Some(Role::Now), Some(Role::Nbf)),
            (Finding::NotYet, _) => (Some(Role::Nbf), Some(Role::Now)),
            _ => (None, None),
        },
        (Some(_), Some(_)) => (None, None),
        (Some(_), None) if is_now(one) => (None, Some(edge)),
        (Some(_), None) | (None, Some(_)) if has_now && !is_now(other) => (None, None),
        (Some(_), None) => (None, Some(Role::Now)),
        (None, Some(_)) if is_now(other) => {
            (Some(if order == Ordering::Less { Role::Exp } else { Role::Nbf }), None)
        }
        (None, Some(_)) => (Some(Role::Now), None),
    }
}

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
