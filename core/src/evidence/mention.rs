//! The times that a message mentions, and their roles by the words around them.
//!
//! Every instant of a message is found first, in any form. Its role follows from the label before it
//! or after it, or from what it is compared with: `iat 1700000000 > 1699999999`.

use core::cell::OnceCell;
use core::cmp::Ordering;

mod instant;
mod relation;

use self::instant::instant_at;
use self::relation::{difference, gap, is_now, is_symbol, order, roles};
use super::captures::Captures;
use super::catalogue::Role;
use super::judgement::Finding;
use super::labels;
use super::moment::Moment;
use super::number;
use crate::time::Span;

/// A message mentions hardly more times than this.
const MOST: usize = 12;

/// An instant that starts before this position is the stamp of the line.
const HEAD: usize = 8;

/// The tolerance follows its clock at once.
const NEAR_TOLERANCE: usize = 16;

/// An epoch number has at least this many digits.
const EPOCH_DIGITS: usize = 10;

/// An instant in a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mention {
    pub(crate) at: usize,
    pub(crate) end: usize,
    pub(crate) moment: Moment,
    role: Option<Role>,
    /// Number of digits of an epoch number, or 0.
    digits: usize,
    /// The order that the words state between this instant and the next one.
    next: Option<Ordering>,
}

/// The instants of a message in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mentions {
    all: heapless::Vec<Mention, MOST>,
}

/// The instants of a line, which are found when the first reader asks for them.
pub(crate) struct Times<'t> {
    text: &'t [u8],
    found: OnceCell<Mentions>,
}

impl<'t> Times<'t> {
    /// The instants of `text`.
    pub(crate) const fn of(text: &'t [u8]) -> Self {
        Self { text, found: OnceCell::new() }
    }

    /// The line.
    pub(crate) const fn text(&self) -> &'t [u8] {
        self.text
    }

    /// The instants in order, with the roles that their labels give.
    pub(crate) fn mentions(&self) -> &Mentions {
        // Every instant has a digit, and most short lines have none.
        if !self.text.iter().any(u8::is_ascii_digit) {
            return Mentions::NONE;
        }
        self.found.get_or_init(|| Mentions::of(self.text))
    }
}

impl Mentions {
    const NONE: &'static Self = &Self { all: heapless::Vec::new() };

    /// Returns `true` if there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Finds the instants of `text`, and the roles that their labels give.
    fn of(text: &[u8]) -> Self {
        let mut found = Self::default();
        let mut at = 0_usize;
        while let Some(start) = next_start(text, at) {
            at = start;
            let Some((moment, len)) = instant_at(text, at) else {
                at = at.saturating_add(1);
                continue;
            };
            let end = at.saturating_add(len);
            let role = labels::role(text, at, end);
            // The time of an answer or of a cookie is that of no token.
            let is_others = role.is_none() && labels::is_field(text, at, end);
            if is_others || labels::is_of_cookie(text, at) {
                at = end;
                continue;
            }
            let digits = text.get(at..end).map_or(0, number::digits);
            let digits = if digits < EPOCH_DIGITS { 0 } else { digits };
            if let Some(last) = found.all.last_mut() {
                last.next = text.get(last.end..at).and_then(order);
                // `expired: 1665643262 >= 1665643018`: the label is that of the comparison.
                if last.next.is_some() && role.is_none() && is_symbol(text.get(last.end..at)) {
                    last.role = last.role.filter(|role| *role != Role::Exp && *role != Role::Nbf);
                }
            }
            let _ = found.all.push(Mention { at, end, moment, role, digits, next: None });
            at = end.max(at.saturating_add(1));
        }
        found
    }

    /// Gives roles to instants without a label that are compared with others, or that are judged as
    /// the time of a request. `from` is the position of the finding.
    pub(crate) fn relate(&mut self, finding: Finding, from: usize, is_request: bool) {
        // The first instant of a line is its stamp.
        let from = from.saturating_sub(80).max(HEAD);
        let server = self.all.iter().any(|it| it.role == Some(Role::Server));
        if is_request && server {
            self.sign(from);
            return;
        }
        let has_now = self.all.iter().any(|it| is_now(it.role));
        for index in 0..self.all.len() {
            let pair = self.all.get(index..).unwrap_or(&[]);
            if let [one, other, ..] = *pair
                && one.at >= from
                && let Some(order) = one.next
            {
                let (first, second) = roles(finding, one.role, other.role, order, has_now);
                self.give(index, first);
                self.give(index.saturating_add(1), second);
            }
        }
        let is_edge = |role| matches!(role, Some(Role::Exp | Role::Nbf | Role::Iat));
        if is_request
            && self.all.iter().any(|it| it.role == Some(Role::Now))
            && !self.all.iter().any(|it| is_edge(it.role))
        {
            self.sign(from);
        }
    }

    /// Leaves an instant without a label before the finding at `from` out of any comparison with one after it:
    /// it may be the stamp. Returns `true` if there is none but at the start of the line.
    pub(crate) fn part(&mut self, from: usize) -> bool {
        let last = self.all.iter_mut().rfind(|it| it.end <= from && it.role.is_none());
        let Some(last) = last else { return true };
        last.next = None;
        last.at == 0
    }

    /// Takes the only instant without a role, after the finding at `from`, for the time of the judged thing:
    /// `either too old or with date in the future, time 2019-…`.
    pub(crate) fn judge(&mut self, finding: Finding, from: usize) {
        let is_known = |it: &Mention| {
            matches!(it.role, Some(Role::Exp | Role::Nbf | Role::Iat | Role::Signed))
        };
        let role = match finding {
            Finding::NotYet | Finding::Window => Role::Iat,
            Finding::Ended => Role::Exp,
            _ => return,
        };
        if self.all.iter().any(is_known) {
            return;
        }
        let mut open = self.all.iter_mut().filter(|it| it.at > from && it.role.is_none());
        let (first, second) = (open.next(), open.next());
        if let (Some(first), None) = (first, second) {
            first.role = Some(role);
        }
    }

    /// Takes the first instant of the sentence for the time when a request was signed.
    fn sign(&mut self, from: usize) {
        if self.all.iter().any(|it| it.role == Some(Role::Signed)) {
            return;
        }
        let is_open = |role| matches!(role, None | Some(Role::Exp));
        if let Some(first) = self.all.iter_mut().find(|it| it.at >= from && is_open(it.role)) {
            first.role = Some(Role::Signed);
        }
    }

    /// The instant named `timestamp`, which in the answer of a server is its time.
    pub(crate) fn timestamp(&self, text: &[u8]) -> Option<Moment> {
        self.all.iter().find(|it| labels::is_timestamp(text, it.at)).map(|it| it.moment)
    }

    /// The instant at `at`, if the words before it say that a clock shows it: `time is 1970-…`.
    pub(crate) fn clock(&self, text: &[u8], at: usize) -> Option<Moment> {
        let shown = self.all.iter().find(|it| it.at <= at && at < it.end)?;
        let is_clock = shown.role == Some(Role::Now) || labels::is_clock(text, shown.at);
        is_clock.then_some(shown.moment)
    }

    fn give(&mut self, index: usize, role: Option<Role>) {
        if let Some(mention) = self.all.get_mut(index) {
            mention.role = mention.role.or(role);
        }
    }

    /// Returns `true` if a request states its time in another unit than its judge does.
    pub(crate) fn mixes_units(&self) -> bool {
        let digits = |is: fn(Role) -> bool| {
            let mut all = self.all.iter().filter(|it| it.digits > 0 && it.role.is_some_and(is));
            all.next().map(|it| it.digits)
        };
        let made = digits(|role| matches!(role, Role::Signed | Role::Sent));
        let server = digits(|role| role == Role::Server);
        made.zip(server).is_some_and(|(made, server)| made != server)
    }

    /// The clock that a message states next to its tolerance: `now: 1700000000, tolerance: 10`.
    pub(crate) fn plain_now(&self, text: &[u8]) -> Option<Moment> {
        let near = |it: &&Mention| {
            let rest = text.get(it.end..).unwrap_or(&[]);
            let rest = rest.get(..NEAR_TOLERANCE).unwrap_or(rest);
            it.role == Some(Role::Now) && super::find::contains(rest, b"tolerance: ")
        };
        self.all.iter().find(near).map(|it| it.moment)
    }

    /// The instants by role, and the duration by which an edge was missed.
    pub(crate) fn captures(
        &self,
        text: &[u8],
        finding: Finding,
        at: usize,
        end: usize,
    ) -> Captures {
        let mut captures = self.labelled();
        captures.limit = self.limit(text);
        captures.plain_now = self.plain_now(text);
        captures.gap = match finding {
            Finding::NotYet => gap(text, at, end),
            Finding::Skewed => difference(text, end),
            _ => None,
        };
        captures
    }

    /// The allowed age in the sum of `… (20241002T081950Z - 15 min.)`.
    fn limit(&self, text: &[u8]) -> Option<Span> {
        let server = self.all.iter().find(|it| it.role == Some(Role::Server))?;
        let sum = text.get(server.end..)?;
        let length = sum.strip_prefix(b" - ").or_else(|| sum.strip_prefix(b" + "))?;
        number::duration(length).map(|(length, _)| length)
    }

    /// The instants whose role is known.
    pub(crate) fn labelled(&self) -> Captures {
        let mut captures = Captures::default();
        for mention in &self.all {
            if let Some(role) = mention.role {
                captures.offer(role, mention.moment);
            }
        }
        captures
    }
}

/// Returns the first instant of `text` before `until`, if no label names it: it may be the stamp.
pub(crate) fn unlabelled(text: &[u8], until: usize) -> Option<Moment> {
    let found = Mentions::of(text);
    let first = found.all.first().filter(|it| it.end <= until && it.role.is_none())?;
    Some(first.moment)
}

/// Yields the instants of `text`, in order.
pub(crate) fn instants(text: &[u8]) -> impl Iterator<Item = Mention> {
    Mentions::of(text).all.into_iter()
}

/// Returns the next position from `from` on where a number or a capital letter starts a word.
fn next_start(text: &[u8], from: usize) -> Option<usize> {
    let is_first = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    let is_inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$';
    let mut at = from;
    loop {
        at = at.saturating_add(text.get(at..)?.iter().position(is_first)?);
        let last = at.checked_sub(1).and_then(|at| text.get(at)).copied().unwrap_or(b' ');
        // A label may end where a number starts.
        if !is_inside(last) || last == b'e' {
            return Some(at);
        }
        at = at.saturating_add(1);
    }
}
