//! The roles of instants that a message compares with each other.

use core::cmp::Ordering;

use crate::evidence::catalogue::Role;
use crate::evidence::find::contains_any;
use crate::evidence::judgement::Finding;

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
    let has = |words: &[&[u8]]| contains_any(between, words);
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
