//! One refused exchange: the facts of neighbouring lines that belong together.

use super::books::Pages;
use super::lines::StatingLines;
use super::local_stamps::{LocalStamps, lines_between};
use super::pairs::{ServerTime, compare_delivery, pair};
use super::reasons::is_just_outside;
use super::refusal::{End, Shape};
use super::sight::AGE_ROUNDED;
use super::totals::Totals;
use crate::evidence::{Captures, ClaimTimes, Facts, Moment, Place, Row, Stamp, Validity};
use crate::time::{Span, TimeBounds, UnixTime};

/// Facts that are more lines apart than this belong to different exchanges.
pub(crate) const REACH: u64 = 64;

/// The facts of one exchange so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Episode {
    pub(crate) refusal: Option<(&'static Row, LocalStamps)>,
    refused_on_answer: bool,
    /// `true` if the refused token arrived in this exchange, before it was refused.
    pub(crate) is_fresh: bool,
    is_answer: bool,
    pub(crate) is_delivered: bool,
    /// `true` if the claims of a token were shown again after it was delivered.
    pub(crate) is_presented: bool,
    /// `true` if that was in the exchange before this one.
    pub(crate) is_from_before: bool,
    pub(crate) captures: Captures,
    pub(crate) captured_at: LocalStamps,
    pub(crate) claims: ClaimTimes,
    pub(crate) claimed_at: LocalStamps,
    pub(crate) lines: StatingLines,
    /// `true` if the claims are those of an assertion that was made for this exchange.
    pub(crate) is_made: bool,
    /// `true` if the local side presents a bearer token, which another party may have made.
    pub(crate) is_bearer: bool,
    /// `true` if the claims were computed from the server's time.
    pub(crate) is_corrected: bool,
    /// The newest end that the text had announced before the refusal.
    pub(crate) announced: Option<End>,
    /// The dates of a certificate in this exchange.
    validity: Validity,
    pub(crate) date: Option<(Moment, LocalStamps)>,
    age: Option<Span>,
    /// The `Age` of an answer whose `Date` has not been read yet.
    coming_age: Option<Span>,
    /// `true` if the line with that `Age` has no stamp, so that the next record is of another answer.
    is_bare_age: bool,
    /// `true` after a status line, until its `Date` follows.
    awaits_date: bool,
    /// The number of the last line of an answer's head, and its stamp.
    pub(crate) answered: Option<(u64, Option<Stamp>)>,
    pub(crate) last_line: u64,
}

impl Episode {
    /// An exchange without any facts.
    pub(crate) const NONE: Self = Self {
        refusal: None,
        refused_on_answer: false,
        is_fresh: false,
        is_answer: false,
        is_delivered: false,
        is_presented: false,
        is_from_before: false,
        captures: Captures::NONE,
        captured_at: LocalStamps::NONE,
        claims: ClaimTimes::NONE,
        claimed_at: LocalStamps::NONE,
        lines: StatingLines::NONE,
        is_made: false,
        is_bearer: false,
        is_corrected: false,
        announced: None,
        validity: Validity { from: None, until: None },
        date: None,
        age: None,
        coming_age: None,
        is_bare_age: false,
        awaits_date: false,
        answered: None,
        last_line: 0,
    };

    /// Adds the facts of a line.
    pub(crate) fn add(&mut self, facts: &Facts, stamps: LocalStamps, pages: &mut Pages<'_>) {
        self.last_line = stamps.line;
        // The answer before may be a refusal in unknown words.
        if facts.date.is_some() && self.is_passed_outside() {
            pages.each(|totals| totals.reasons.is_unrefused_outside = true);
        }
        self.is_answer |= facts.is_answer;
        self.follow_token(facts);
        self.is_made |= facts.is_made;
        self.is_bearer |= facts.is_bearer;
        self.is_corrected |= facts.is_retry;
        if facts.refusal.is_some() && self.is_from_before && self.claimed_long_before(&stamps) {
            (self.is_delivered, self.is_from_before) = (false, false);
            self.claims = ClaimTimes::NONE;
        }
        self.add_refusal(facts, stamps, pages.nearest());
        if self.captures == Captures::default() {
            // A single message has no context: the line before it may belong to another request,
            // and may be later than the server's time. The lines of a transcript follow each other.
            let follows = stamps.own.is_none() || stamps.follows_request;
            let before = stamps.before.filter(|_| follows);
            self.captured_at = LocalStamps { before, ..stamps };
        }
        // The token that another answer delivered is presented, or another one.
        if self.is_from_before && facts.claims.is_any() {
            (self.claims, self.is_from_before) = (ClaimTimes::NONE, false);
        }
        if self.claims.iat.or(self.claims.nbf).is_none() {
            self.claimed_at = stamps;
        }
        self.lines.add(&stamps, (&self.captures, &self.claims), facts);
        self.captures.complete_with(&facts.captures);
        self.validity.complete_with(facts.validity.unwrap_or_default());
        self.claims.complete_with(&facts.claims);
        if facts.is_delivered && facts.refusal.is_none() {
            pages.each(|totals| compare_delivery(&facts.claims, &stamps, totals));
        }
        self.add_headers(facts, stamps, pages);
    }

    /// Returns `true` if the time of the answer is just outside the validity of what was sent.
    fn is_passed_outside(&self) -> bool {
        let held = self.date.filter(|_| self.refusal.is_none() && !self.is_delivered);
        held.is_some_and(|(date, _)| is_just_outside(&self.claims, self.answer_time(date), false))
    }

    /// Notes whether the token whose claims are known was delivered, and has been presented since.
    fn follow_token(&mut self, facts: &Facts) {
        if self.presents_another(facts) {
            (self.is_delivered, self.is_presented, self.claims) = (false, false, ClaimTimes::NONE);
        }
        self.is_presented |= self.is_delivered && !facts.is_delivered && facts.claims.is_any();
        self.is_delivered |= facts.is_delivered;
        if facts.is_delivered && facts.refusal.is_none() {
            // What was sent for the token was accepted.
            self.claims = ClaimTimes::NONE;
        }
    }

    fn add_refusal(&mut self, facts: &Facts, stamps: LocalStamps, totals: &Totals) {
        let Some(row) = facts.refusal else { return };
        let weight = row.says.weight();
        if self.refusal.is_none_or(|(held, _)| held.says.weight() < weight) {
            self.refusal = Some((row, stamps));
            self.refused_on_answer = facts.is_answer;
            self.announced = totals.announced;
            self.is_fresh = self.is_delivered;
        }
    }

    /// Returns `true` if the line presents another token than the one that was delivered.
    fn presents_another(&self, facts: &Facts) -> bool {
        let is_opaque = facts.is_bearer && !self.claims.is_any();
        self.is_delivered
            && !facts.is_delivered
            && (is_opaque || facts.claims.contradicts(&self.claims))
    }

    /// Adds `Date` and `Age` of an answer, in either order.
    fn add_headers(&mut self, facts: &Facts, stamps: LocalStamps, pages: &mut Pages<'_>) {
        if facts.is_status {
            (self.awaits_date, self.coming_age) = (true, None);
        }
        // The record of another answer may state its `Date`, too.
        let age = self.coming_age.filter(|_| !self.is_long_before(&stamps));
        if facts.date.is_some() {
            self.coming_age = None;
        }
        let is_head = facts.is_status && !facts.is_interim;
        if is_head || facts.date.is_some() || facts.is_delivered {
            let before = stamps.before.filter(|_| stamps.follows_request);
            // The status line of an answer is the first one of its head.
            let head = self.answered.filter(|_| !facts.is_status).and_then(|(_, stamp)| stamp);
            self.answered = Some((stamps.number(), stamps.own.or(before).or(head)));
        }
        if let Some(date) = facts.date {
            self.flush_date(pages);
            self.date = Some((date, stamps));
            (self.age, self.awaits_date) = (age, false);
        }
        match facts.age {
            Some(age) if self.awaits_date || self.date.is_none() => {
                (self.coming_age, self.is_bare_age) = (Some(age), stamps.own.is_none());
            }
            Some(age) => self.age = Some(age),
            None => {}
        }
    }

    /// Gives the stamp of a later line to values that still lack one.
    pub(crate) fn stamp_follows(&mut self, stamp: Stamp, place: Place) {
        let line = place.at;
        if self.is_bare_age {
            self.coming_age = None;
        }
        let near = |stamps: &LocalStamps| line.saturating_sub(stamps.line) <= REACH;
        let refusal = self.refusal.as_mut().map(|(_, stamps)| stamps);
        let date = self.date.as_mut().map(|(_, stamps)| stamps);
        for stamps in [refusal, date, Some(&mut self.captured_at)].into_iter().flatten() {
            if stamps.after.is_none() && near(stamps) {
                stamps.after = Some(stamp);
                stamps.after_ahead = lines_between(stamps.number(), place.number);
            }
        }
    }

    /// Adds a `Date` that was followed by another one, without further stamps.
    fn flush_date(&mut self, pages: &mut Pages<'_>) {
        if let Some((date, stamps)) = self.date.take() {
            let utc = self.answer_time(date);
            let stamps = LocalStamps { is_aged: self.age.is_some(), ..self.answered_at(stamps) };
            let has_passed = self.refusal.is_none();
            pages.each(|totals| {
                pair(ServerTime { utc, line: stamps.number(), stamps }, false, totals);
                if has_passed {
                    totals.writers.count(stamps.host, false);
                }
            });
            self.age = None;
        }
    }

    // A cached answer is older by its `Age` (RFC 9111 §5.1).
    fn answer_time(&self, date: Moment) -> TimeBounds {
        let utc = date.as_utc();
        let Some(age) = self.age else { return utc };
        let (earliest, latest) = (utc.earliest() + age, utc.latest() + age);
        TimeBounds::between(earliest - AGE_ROUNDED, latest + AGE_ROUNDED).unwrap_or(utc)
    }

    /// Takes the dates of the certificate for the validity that was judged, if the refusal is about a
    /// certificate.
    pub(crate) fn judge_certificate(&mut self) {
        const SECOND: Span = Span::from_secs(1);
        if self.refusal.is_some_and(|(row, _)| row.says.is_about_certificate()) {
            let date = |at: Option<UnixTime>| at.map(|at| Moment::utc(at, SECOND));
            self.captures.nbf = self.captures.nbf.or(date(self.validity.from));
            self.captures.exp = self.captures.exp.or(date(self.validity.until));
        }
    }

    /// The roles in this exchange: which side judged which.
    pub(crate) fn shape(&self) -> Shape {
        let judged = |(row, _)| Shape::of(row, self.refused_on_answer, self.is_answer);
        self.refusal.map_or(Shape::Open, judged)
    }

    /// Returns `true` if the text shows that the exchange took place: a server answered, or a log
    /// has the refusal.
    pub(crate) fn happened(&self) -> bool {
        self.is_answer || self.refusal.is_some_and(|(_, stamps)| stamps.is_stamped())
    }

    // The stamp of a refusal is nearer to an answer without stamps than that of the line before it,
    // which may belong to anything.
    fn answered_at(&self, stamps: LocalStamps) -> LocalStamps {
        let refused = self
            .refusal
            .and_then(|(_, refused)| refused.own.filter(|_| refused.line > stamps.line));
        match refused {
            Some(_) if stamps.own.is_none() && !stamps.follows_request => {
                let ahead = self.refusal.map_or(0, |(_, refused)| refused.number());
                let stamps = stamps.before_record_of(refused);
                LocalStamps { after_ahead: lines_between(stamps.number(), ahead), ..stamps }
            }
            _ if stamps.is_between_records()
                || (stamps.is_before_all() && self.refusal.is_none()) =>
            {
                LocalStamps { before: None, after: None, ..stamps }
            }
            _ => stamps,
        }
    }

    /// The server's time, and where the text states it.
    pub(crate) fn server(&self, shape: Shape) -> Option<ServerTime> {
        // The words of the refusal may state the server's time next to a stamp, which says more than a
        // header without one.
        let is_nearer = self.captures.server.is_some() && self.captured_at.own.is_some();
        let date = self.date.filter(|(_, stamps)| stamps.own.is_some() || !is_nearer);
        if let Some((date, stamps)) = date {
            let stamps = LocalStamps { is_aged: self.age.is_some(), ..self.answered_at(stamps) };
            return Some(ServerTime { utc: self.answer_time(date), line: stamps.number(), stamps });
        }
        let provider_now = match shape {
            Shape::Provider => self.captures.now.or(self.captures.local),
            Shape::Us | Shape::Peers | Shape::Open => None,
        };
        let line = self.lines.server(self.captures.server.is_none());
        let utc = self.captures.server.or(provider_now)?.as_utc();
        Some(ServerTime { utc, line, stamps: self.captured_at })
    }
}
