//! One refused exchange: the facts that belong together, and what they prove.

use super::report::EvidenceKind;
use super::totals::{Shape, Totals, shape};
use super::track::Sample;
use super::witness::Witness;
use super::zone::nearest_zone;
use crate::evidence::{
    Captures, ClaimTimes, Facts, Form, Moment, Row, Says, Stamp, claim_moment, dated,
};
use crate::offset::{Bracket, Offset};
use crate::time::{Span, TimeBounds, UnixTime};

const YEAR_1971: UnixTime = UnixTime::from_secs(31_536_000);
/// Facts further apart than this belong to different exchanges.
pub(crate) const REACH: u64 = 64;
/// No request is under way for longer than this, queues and retries included.
const IN_FLIGHT: Span = Span::from_secs(3_600);
/// Nor is one whose transcript the text shows, from its headers to the answer's.
const TRANSCRIPT: Span = Span::from_secs(300);
/// Two readings of one clock on one line differ by at most this much beside their zone.
const SAME_READING: Span = Span::from_secs(5);
/// An assertion lives at most this long where its end is set from "now".
const LONGEST_ASSERTION: Span = Span::from_secs(600);

/// The facts of one exchange so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Episode {
    refusal: Option<(&'static Row, Witness)>,
    refused_on_answer: bool,
    is_answer: bool,
    is_delivered: bool,
    captures: Captures,
    captured_at: Witness,
    claims: ClaimTimes,
    /// The newest end that the text had announced when the refusal came.
    announced: Option<UnixTime>,
    date: Option<(Moment, Witness)>,
    age: Option<Span>,
    last_line: u64,
}

impl Episode {
    /// An exchange of which nothing is known yet.
    pub(crate) const NONE: Self = Self {
        refusal: None,
        refused_on_answer: false,
        is_answer: false,
        is_delivered: false,
        captures: Captures::NONE,
        captured_at: Witness::NONE,
        claims: ClaimTimes::NONE,
        announced: None,
        date: None,
        age: None,
        last_line: 0,
    };

    /// Whether `facts` on `line` start another exchange.
    pub(crate) fn is_over(&self, line: u64, facts: &Facts) -> bool {
        let strong = |row: &Row| row.says != Says::Refused;
        let second = facts.refusal.is_some_and(strong)
            && self.refusal.is_some_and(|(row, witness)| strong(row) && witness.line != line);
        second || line.saturating_sub(self.last_line) > REACH
    }

    /// Takes the facts of a line.
    pub(crate) fn add(&mut self, facts: &Facts, witness: Witness, totals: &mut Totals) {
        self.last_line = witness.line;
        self.is_answer |= facts.is_answer;
        self.is_delivered |= facts.is_delivered;
        if let Some(row) = facts.refusal {
            let held_weak = self.refusal.is_none_or(|(held, _)| held.says == Says::Refused);
            if held_weak {
                self.refusal = Some((row, witness));
                self.refused_on_answer = facts.is_answer;
                self.announced = totals.announced;
            }
        }
        if self.captures == Captures::default() {
            self.captured_at = witness;
        }
        self.captures.complete_with(&facts.captures);
        self.claims.complete_with(&facts.claims);
        if let Some(date) = facts.date {
            self.flush_date(totals);
            self.date = Some((date, witness));
        }
        self.age = facts.age.or(self.age);
    }

    /// Gives the stamp of a later line to what still waits for one.
    pub(crate) fn stamp_follows(&mut self, stamp: Stamp, line: u64) {
        let near = |witness: &Witness| witness.line < line && line - witness.line <= REACH;
        let refusal = self.refusal.as_mut().map(|(_, witness)| witness);
        let date = self.date.as_mut().map(|(_, witness)| witness);
        for witness in [refusal, date, Some(&mut self.captured_at)].into_iter().flatten() {
            if witness.after.is_none() && near(witness) {
                witness.after = Some(stamp);
            }
        }
    }

    /// A `Date` that is followed by another stands for itself.
    fn flush_date(&mut self, totals: &mut Totals) {
        if let Some((date, witness)) = self.date.take() {
            let utc = self.answer_time(date);
            pair(utc, &witness, false, totals);
            self.age = None;
        }
    }

    // A cached answer is as much older as its `Age` says (RFC 9111 §5.1).
    fn answer_time(&self, date: Moment) -> TimeBounds {
        let utc = date.as_utc();
        let age = self.age.unwrap_or(Span::ZERO);
        TimeBounds::between(utc.earliest() + age, utc.latest() + age).unwrap_or(utc)
    }

    /// Adds what the exchange proves to the totals.
    pub(crate) fn close(self, totals: &mut Totals) {
        let shape = self
            .refusal
            .map_or(Shape::Open, |(row, _)| shape(row, self.refused_on_answer, self.is_answer));
        let known = Exchange { shape, server: self.server(shape), facts: self };
        if let Some((row, witness)) = self.refusal {
            totals.refuse(row, shape, self.is_answer || witness.is_stamped());
        }
        known.recover_zone(totals);
        known.find_reasons(totals);
        known.observe(totals);
        known.observe_edges(totals);
    }

    /// The server's time and where the text states it.
    fn server(&self, shape: Shape) -> Option<(TimeBounds, Witness)> {
        if let Some((date, witness)) = self.date {
            return Some((self.answer_time(date), witness));
        }
        let provider_now = match shape {
            Shape::Provider => self.captures.now.or(self.captures.local),
            Shape::Us | Shape::Peers | Shape::Open => None,
        };
        let stated = self.captures.server.or(provider_now)?;
        Some((stated.as_utc(), self.captured_at))
    }
}

/// A closed exchange, with who judged whom settled.
struct Exchange {
    shape: Shape,
    server: Option<(TimeBounds, Witness)>,
    facts: Episode,
}

impl Exchange {
    /// Some time near the exchange, for stamps that print no year.
    fn hint(&self) -> Option<UnixTime> {
        let captures = &self.facts.captures;
        let stated = self.server.map(|(utc, _)| utc.earliest());
        let captured = [captures.local, captures.now, captures.signed, captures.exp, captures.nbf];
        let captured = captured.into_iter().flatten().next().map(|moment| moment.civil);
        stated.or(captured).or(self.facts.claims.exp).or(self.facts.claims.iat)
    }

    fn says(&self) -> Option<Says> {
        self.facts.refusal.map(|(row, _)| row.says)
    }

    fn refused(&self) -> bool {
        self.says().is_some_and(|says| says != Says::Refused)
    }

    /// What the verifier on this host printed as its own time.
    fn local_now(&self) -> Option<Moment> {
        let captures = &self.facts.captures;
        match self.shape {
            Shape::Provider => None,
            Shape::Us | Shape::Peers | Shape::Open => captures.local.or(captures.now),
        }
    }

    /// The local clock at the refusal: as printed, else by the stamps around it.
    fn local(&self) -> Option<(Bracket, Option<Span>)> {
        if let Some(now) = self.local_now() {
            let bounds = now.as_utc();
            return Some((Bracket::between(bounds.earliest(), bounds.latest())?, now.zone));
        }
        let (_, witness) = self.facts.refusal?;
        let reading = witness.reading(self.hint())?;
        Some((reading.bracket, reading.zone))
    }

    /// When we signed, sent or made what was judged, and how long ago that may be.
    fn made_at(&self) -> Option<(Moment, Span)> {
        if self.shape != Shape::Provider {
            return None;
        }
        if let Some(sent) = self.facts.captures.sent {
            return Some((sent, TRANSCRIPT));
        }
        let is_ours = self.facts.refusal.is_some_and(|(row, _)| !row.is_bearer());
        let is_ours = is_ours && !self.facts.is_delivered;
        let assertion = self.facts.claims.iat.filter(|_| is_ours).map(claim_moment);
        Some((self.facts.captures.signed.or(assertion)?, IN_FLIGHT))
    }

    // A stamp without a zone and one with, of one clock and one moment, give the zone away.
    fn recover_zone(&self, totals: &mut Totals) {
        let own = self.facts.captured_at.own.filter(|own| own.zone.is_none());
        let own = own.and_then(|own| dated(own, self.hint()));
        let made = self.made_at().map(|(made, _)| made);
        let utc = self.local_now().or(made).filter(|utc| utc.zone.is_some());
        if let (Some(own), Some(utc), None) = (own, utc, totals.zone) {
            totals.zone = nearest_zone(own.civil - utc.as_utc().earliest(), SAME_READING);
        }
    }

    fn observe(&self, totals: &mut Totals) {
        let Some((utc, witness)) = self.server else { return };
        let paired = pair(utc, &witness, self.refused(), totals)
            || self.local_now().is_some_and(|now| pair_reading(utc, now, self.refused(), totals));
        let Some((made, flight)) = self.made_at() else { return };
        let made = made.as_utc();
        let youngest = utc.latest() - made.earliest();
        let oldest = utc.earliest() - made.latest() - flight;
        if let Some(offset) = Offset::between(oldest, youngest) {
            let refused = self.refused();
            totals.signing.add(Sample { offset, at: utc.earliest(), line: witness.line, refused });
        }
        if paired && let Some(upper) = Offset::between(Span::MIN, youngest) {
            totals.bound(upper);
        }
    }

    /// What an edge in the future, or in the past of a token just made, proves alone.
    fn observe_edges(&self, totals: &mut Totals) {
        match (self.shape, self.says()) {
            (Shape::Provider, Some(Says::Expired)) => self.end_ahead_of_us(totals),
            (Shape::Provider, Some(Says::TooFar)) => self.end_too_far(totals),
            (Shape::Provider, _) | (_, None) => {}
            (_, Some(Says::NotYet | Says::Window | Says::CertificateNotYet)) => {
                self.start_ahead_of_us(totals);
            }
            (_, Some(Says::Expired)) => self.fresh_end_behind_us(totals),
            _ => {}
        }
    }

    /// A token whose start lies in our future: we are behind whoever made it by that much.
    fn start_ahead_of_us(&self, totals: &mut Totals) {
        let captures = &self.facts.captures;
        let claims = &self.facts.claims;
        let start = (captures.iat.or(captures.nbf)).or(claims.iat.or(claims.nbf).map(claim_moment));
        // One program prints both in one zone, whichever that is.
        let measured = match (start, self.local()) {
            (Some(start), Some((local, zone))) if zone.is_some() == start.zone.is_some() => {
                start.as_utc().earliest() - local.after()
            }
            _ => Span::MIN,
        };
        let least = captures.gap.unwrap_or(Span::MIN).max(measured);
        if least <= Span::ZERO {
            return;
        }
        if self.shape == Shape::Peers {
            totals.reasons.peers_differ = true;
        }
        totals.bound(Offset::between(least, Span::MAX).unwrap_or(Offset::UNKNOWN));
    }

    /// A token fetched a moment ago whose end lies in our past: we are ahead by that much.
    fn fresh_end_behind_us(&self, totals: &mut Totals) {
        let is_fresh = self.facts.refusal.is_some_and(|(row, _)| row.is_fresh);
        let end = self.end();
        if let (true, Some(end), Some((local, Some(_)))) = (is_fresh, end, self.local()) {
            let most = end.latest() - local.before();
            if let (true, Some(offset)) = (most < Span::ZERO, Offset::between(Span::MIN, most)) {
                totals.bound(offset);
            }
        }
    }

    /// The provider calls an assertion expired whose end our own clock has not reached.
    fn end_ahead_of_us(&self, totals: &mut Totals) {
        if let (Some(end), Some((local, Some(_)))) = (self.end(), self.local()) {
            let least = end.earliest() - local.after();
            if let (true, Some(offset)) = (least > Span::ZERO, Offset::between(least, Span::MAX)) {
                totals.bound(offset);
            }
        }
    }

    /// The end is too far in the provider's future although the lifetime is within its limit.
    fn end_too_far(&self, totals: &mut Totals) {
        let limit = self.facts.refusal.map_or(0, |(row, _)| row.cap_secs);
        let Some(lifetime) = self.facts.claims.lifetime() else { return };
        let most = lifetime - Span::from_secs(limit) - Span::from_micros(1);
        if let (true, Some(offset)) = (most < Span::ZERO, Offset::between(Span::MIN, most)) {
            totals.bound(offset);
        }
    }

    /// The end of validity that was refused.
    fn end(&self) -> Option<TimeBounds> {
        let captured = self.facts.captures.exp.or(self.facts.claims.exp.map(claim_moment));
        captured.or_else(|| self.end_by_age()).map(Moment::as_utc)
    }

    // Where the judge counts from `iat` there is no `exp`.
    fn end_by_age(&self) -> Option<Moment> {
        let (row, _) = self.facts.refusal.filter(|(row, _)| row.says == Says::Expired)?;
        let iat = self.facts.claims.iat.filter(|_| row.cap_secs > 0)?;
        Some(claim_moment(iat + Span::from_secs(row.cap_secs)))
    }

    fn find_reasons(&self, totals: &mut Totals) {
        let claims = &self.facts.claims;
        // Source code names claims too; a set of them or a refusal makes them claims of a token.
        let is_token = self.facts.refusal.is_some() || claims.iat.or(claims.nbf).is_some();
        totals.reasons.wrong_unit |= is_token && claims.form == Form::WrongUnit;
        totals.reasons.text_claim |= is_token && claims.form == Form::Text;
        let limit = self.facts.refusal.map_or(0, |(row, _)| row.cap_secs);
        let over = claims.lifetime().is_some_and(|lifetime| lifetime > Span::from_secs(limit));
        if limit > 0 && over {
            totals.reasons.over_lifetime = Some(Span::from_secs(limit));
        }
        self.find_past_end(totals);
        self.find_own_end(totals);
        self.find_start_in_zone(totals);
        totals.reasons.others_token |= self.facts.is_delivered
            && self.shape == Shape::Provider
            && self.says() == Some(Says::NotYet);
        self.find_age_at_limit(totals);
        self.find_dates_going_back(totals);
    }

    fn find_past_end(&self, totals: &mut Totals) {
        let Some(end) = self.end() else { return };
        // Nobody makes a token that ends in 1970: a lifetime was taken for an instant.
        totals.reasons.wrong_unit |= end.latest() < YEAR_1971 && self.refused();
        let judged_at = match self.shape {
            Shape::Provider => self.server.map(|(utc, _)| utc.earliest()),
            _ => self.local().map(|(local, _)| local.before()),
        };
        let Some(judged_at) = judged_at else { return };
        let past = judged_at - end.earliest();
        let is_past = past >= Span::ZERO;
        if is_past {
            let held = totals.reasons.past_end.unwrap_or(Span::MAX);
            totals.reasons.past_end = Some(held.min(past));
        }
        totals.reasons.zone_in_code |=
            is_past && (self.is_early_by_zone(past) || self.ends_before_made());
    }

    /// Whether our own clock had passed the end too, by what the token or the log says.
    fn find_own_end(&self, totals: &mut Totals) {
        if !matches!(self.says(), Some(Says::Expired | Says::Window)) {
            return;
        }
        let Some((local, zone)) = self.local() else { return };
        let announced = self.facts.announced;
        totals.reasons.own_token |= announced.is_some_and(|end| local.after() >= end);
        if self.shape == Shape::Provider && zone.is_some() {
            let end = self.end().map(TimeBounds::earliest);
            totals.reasons.past_here |= end.is_some_and(|end| local.after() >= end);
        }
    }

    /// The zone of the local stamps, if they name one other than UTC.
    fn zone(&self) -> Option<Span> {
        let (_, witness) = self.facts.refusal?;
        witness.own.or(witness.before)?.zone.filter(|zone| *zone != Span::ZERO)
    }

    // A token that ends before it was made, by less than a day: a zone or summer time went wrong.
    fn ends_before_made(&self) -> bool {
        const LONGEST: Span = Span::from_secs(14 * 3_600);
        self.facts.claims.lifetime().is_some_and(|life| -LONGEST <= life && life < Span::ZERO)
    }

    // An end that was computed from local time taken for UTC is early by the zone.
    fn is_early_by_zone(&self, past: Span) -> bool {
        let Some(zone) = self.zone() else { return false };
        let left = zone.abs() - past;
        let iat = self.facts.claims.iat.is_none();
        iat && Span::ZERO < left && left <= LONGEST_ASSERTION
    }

    // A start that was computed so is late or early by the zone.
    fn find_start_in_zone(&self, totals: &mut Totals) {
        let start = self.facts.captures.nbf.map(|nbf| nbf.civil).or(self.facts.claims.iat);
        if let (Some(zone), Some(start), Some((utc, _))) = (self.zone(), start, self.server) {
            let apart = (start - utc.earliest()).abs();
            let beside_zone = (apart - zone.abs()).abs();
            totals.reasons.zone_in_code |= self.refused() && beside_zone <= LONGEST_ASSERTION;
        }
    }

    fn find_age_at_limit(&self, totals: &mut Totals) {
        let captures = &self.facts.captures;
        if let (Some(signed), Some(server), Some(limit)) =
            (captures.signed, captures.server, captures.limit)
        {
            let over = server.civil - signed.civil - limit;
            if Span::ZERO <= over && over <= Span::from_secs(1) {
                totals.reasons.at_limit = totals.reasons.at_limit.saturating_add(1);
            }
        }
    }

    // The issuer's second is the token's, and the judge's is an earlier one.
    fn find_dates_going_back(&self, totals: &mut Totals) {
        let made = self.facts.claims.nbf.or(self.facts.claims.iat).map(claim_moment);
        if let (Some((utc, witness)), Some(made)) = (self.server, made)
            && witness.reading(Some(utc.earliest())).is_none()
            && self.shape == Shape::Provider
            && utc.latest() <= made.as_utc().earliest()
            && totals.last_date.is_some_and(|date| (date - made.civil).abs() <= SAME_READING)
        {
            totals.reasons.dates_go_back = true;
        }
    }
}

/// Adds the server's time beside the local stamps; whether there were any.
fn pair(utc: TimeBounds, witness: &Witness, refused: bool, totals: &mut Totals) -> bool {
    totals.last_date = Some(utc.earliest());
    let Some(reading) = witness.reading(Some(utc.earliest())) else { return false };
    let offset = Offset::observed(reading.bracket, utc);
    let sample = Sample { offset, at: utc.earliest(), line: witness.line, refused };
    match reading.zone {
        Some(_) => totals.zoned.add(sample),
        None => totals.zoneless.add(sample),
    }
    true
}

/// The same for a time that the local verifier printed.
fn pair_reading(utc: TimeBounds, local: Moment, refused: bool, totals: &mut Totals) -> bool {
    let bounds = local.as_utc();
    let Some(bracket) = Bracket::between(bounds.earliest(), bounds.latest()) else { return false };
    let sample =
        Sample { offset: Offset::observed(bracket, utc), at: utc.earliest(), line: 0, refused };
    totals.zoned.add(sample);
    true
}

/// The kind of evidence that `facts` are, for the report.
pub(crate) fn kind(facts: &Facts) -> EvidenceKind {
    let certificate = facts.refusal.is_some_and(|row| {
        matches!(
            row.says,
            Says::CertificateNotYet | Says::CertificateEnded | Says::CertificateWindow
        )
    });
    if facts.service.is_some() {
        EvidenceKind::ClockStep
    } else if certificate {
        EvidenceKind::Certificate
    } else if facts.refusal.is_some() {
        EvidenceKind::Refusal
    } else if facts.date.is_some() || facts.captures.server.is_some() {
        EvidenceKind::ServerTime
    } else if facts.claims.is_any() {
        EvidenceKind::Token
    } else {
        EvidenceKind::LocalTime
    }
}
