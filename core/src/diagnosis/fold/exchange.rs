//! A closed exchange, in which it is settled which side judged which.

use super::episode::Episode;
use super::pairs::ServerTime;
use super::refusal::Shape;
use super::sight::Sight;
use super::totals::Totals;
use crate::diagnosis::proof::{Fact, Premise, Sum};
use crate::evidence::{Judge, Moment, Row, Says, claim_moment};
use crate::time::Bracket;
use crate::time::{EAST, WEST};
use crate::time::{Span, TimeBounds, UnixTime};

/// No request is under way for longer than this, including queues and retries.
const IN_FLIGHT: Span = Span::from_secs(3_600);
/// The same limit for a request whose transcript is in the text, from its headers to those of the
/// answer.
const TRANSCRIPT: Span = Span::from_secs(300);

/// The facts of an exchange and their meaning.
pub(crate) struct Exchange<'e> {
    pub(crate) shape: Shape,
    /// The server's time, and where the text states it.
    pub(crate) server: Option<ServerTime>,
    pub(crate) facts: &'e Episode,
    /// The local clock at the refusal: as printed, otherwise from the stamps around it.
    local: Option<(Bracket, Option<Span>)>,
}

impl<'e> Exchange<'e> {
    pub(crate) fn new(shape: Shape, facts: &'e Episode) -> Self {
        let server = facts.server(shape);
        let mut exchange = Self { shape, server, facts, local: None };
        exchange.local = exchange.find_local();
        exchange
    }

    /// Returns a time near the exchange, for stamps without a year.
    pub(crate) fn hint(&self) -> Option<UnixTime> {
        let captures = &self.facts.captures;
        let stated = self.server.map(|it| it.utc.earliest());
        let captured = [captures.local, captures.now, captures.signed, captures.exp, captures.nbf];
        let captured = captured.into_iter().flatten().next().map(|moment| moment.civil);
        stated.or(captured).or(self.facts.claims.exp).or(self.facts.claims.iat)
    }

    pub(crate) fn says(&self) -> Option<Says> {
        self.facts.refusal.map(|(row, _)| row.says)
    }

    pub(crate) fn refused(&self) -> bool {
        self.says().is_some_and(|says| says != Says::Refused)
    }

    /// The current time as printed by the verifier on this host.
    pub(crate) fn local_now(&self) -> Option<Moment> {
        let captures = &self.facts.captures;
        match self.shape {
            Shape::Provider => None,
            Shape::Us | Shape::Peers | Shape::Open => captures.local.or(captures.now),
        }
    }

    /// Records the time of the refusal by the local clock.
    pub(crate) fn date_refusal(&self, totals: &mut Totals) {
        let Some((_, stamps)) = self.facts.refusal else { return };
        let hint = self.hint().or(totals.last_date);
        let stamped = stamps.reading(hint).map(|reading| (reading.bracket, reading.zone));
        for (bracket, zone) in stamped.into_iter().chain(self.local) {
            let track = if zone.is_some() { &mut totals.zoned } else { &mut totals.zoneless };
            track.refuse(bracket.before(), stamps.number());
        }
    }

    /// The local clock at the refusal: as printed, otherwise from the stamps around it.
    pub(crate) const fn local(&self) -> Option<(Bracket, Option<Span>)> {
        self.local
    }

    fn find_local(&self) -> Option<(Bracket, Option<Span>)> {
        if let Some(now) = self.local_now() {
            let bounds = now.as_utc();
            return Some((Bracket::between(bounds.earliest(), bounds.latest())?, now.zone));
        }
        let (_, stamps) = self.facts.refusal?;
        let reading = stamps.reading(self.hint())?;
        Some((reading.bracket, reading.zone))
    }

    /// The readings of the local clock before and after the refusal, and the line from which they are
    /// seen.
    fn sighted(&self) -> Option<(Bracket, Sight, u64, bool)> {
        if let Some(now) = self.local_now() {
            let bounds = now.as_utc();
            let bracket = Bracket::between(bounds.earliest(), bounds.latest())?;
            let sight = Sight::printed(now.resolution);
            return Some((bracket, sight, self.facts.lines.local(), now.zone.is_some()));
        }
        let (_, stamps) = self.facts.refusal?;
        let reading = stamps.reading(self.hint())?;
        Some((reading.bracket, reading.sight, stamps.number(), reading.zone.is_some()))
    }

    /// The lower end of the offset that follows from `reference`, which the local clock has not reached.
    pub(crate) fn least_of(&self, reference: Premise, zone: Span) -> Option<Sum> {
        let (bracket, sight, line, is_zoned) = self.sighted()?;
        let seen = sight.after();
        let local = seen.premise(line, bracket.after(), is_zoned);
        let (resolution, delay) = (-seen.resolution, -seen.delay);
        Some(Sum { resolution, delay, zone, ..Sum::between(reference, local) })
    }

    /// The upper end of the offset that follows from `reference`, which is `width` wide and which the
    /// local clock has passed.
    pub(crate) fn most_of(&self, reference: Premise, width: Span, zone: Span) -> Option<Sum> {
        let (bracket, sight, line, is_zoned) = self.sighted()?;
        let seen = sight.before();
        let local = seen.premise(line, bracket.before(), is_zoned);
        let (resolution, delay) = (width - seen.resolution, -seen.delay);
        Some(Sum { resolution, delay, zone, ..Sum::between(reference, local) })
    }

    /// The reading of the local clock after the refusal.
    pub(crate) fn local_reading(&self) -> Option<Premise> {
        let (bracket, sight, line, is_zoned) = self.sighted()?;
        Some(sight.after().premise(line, bracket.after(), is_zoned))
    }

    /// The line of the refusal, as one that states `fact`.
    pub(crate) fn refused_by(&self, fact: Fact) -> Option<Premise> {
        self.facts.refusal.map(|(_, stamps)| Premise { line: stamps.number(), fact })
    }

    /// The zone of the local stamps for a sum; `outermost` if it is not known.
    pub(crate) fn zone_allowance(&self, totals: &Totals, outermost: Span) -> Span {
        match self.local() {
            Some((_, Some(_))) | None => Span::ZERO,
            Some((local, None)) => totals.zone_at(local.before()).unwrap_or(outermost),
        }
    }

    /// The same in UTC, if the zone is known from these stamps or from others of the same clock.
    pub(crate) fn local_in_utc(&self, totals: &Totals) -> Option<Bracket> {
        let (bracket, stated) = self.local()?;
        let zone = if stated.is_some() { Span::ZERO } else { totals.zone_at(bracket.before())? };
        Bracket::between(bracket.before() - zone, bracket.after() - zone)
    }

    /// The same, widened so that it holds in every zone.
    pub(crate) fn local_in_any_zone(&self, totals: &Totals) -> Option<Bracket> {
        self.local_in_utc(totals).or_else(|| {
            let (bracket, _) = self.local()?;
            Bracket::between(bracket.before() - EAST, bracket.after() - WEST)
        })
    }

    /// The zone of the local stamps, if they name one other than UTC.
    pub(crate) fn zone(&self) -> Option<Span> {
        let (_, stamps) = self.facts.refusal?;
        stamps.own.or(stamps.before)?.zone.filter(|zone| *zone != Span::ZERO)
    }

    /// The time when the local side signed, sent or made what was judged, and how long ago that may
    /// be.
    ///
    /// An assertion may be used repeatedly, so its `iat` or `nbf` may be of any age.
    pub(crate) fn made_at(&self) -> Option<(Moment, Span)> {
        if self.shape != Shape::Provider || self.facts.is_corrected {
            return None;
        }
        if let Some(sent) = self.facts.captures.sent {
            return Some((sent, TRANSCRIPT));
        }
        let is_ours = self.facts.refusal.is_some_and(|(row, _)| !row.is_bearer);
        let is_ours = is_ours && !self.facts.is_delivered && !self.may_be_of_another();
        let claims = &self.facts.claims;
        let claimed = claims.iat.or(claims.nbf).map(claim_moment);
        let stated = self.facts.captures.iat.or(self.facts.captures.nbf);
        let assertion = claimed.or(stated).filter(|_| is_ours);
        let signed = self.facts.captures.signed.map(|signed| (signed, IN_FLIGHT));
        signed.or(assertion.map(|made| (made, Span::MAX)))
    }

    // A client may sign the bearer token that it presents, but then only a provider's own words show
    // that it did.
    pub(crate) fn may_be_of_another(&self) -> bool {
        let by_provider = self
            .facts
            .refusal
            .is_some_and(|(row, _)| row.judge == Judge::Provider && !row.is_bearer);
        self.facts.is_bearer && !by_provider
    }

    /// The end of validity that was held against the token.
    pub(crate) fn end(&self) -> Option<TimeBounds> {
        let captured = self.stated_end(self.facts.claims.exp);
        captured.or_else(|| self.end_by_age()).map(Moment::as_utc)
    }

    /// The end in the words of the judge, or `claimed`. The end of an assertion that jwtick made is
    /// known, whatever the other side says about it.
    pub(crate) fn stated_end(&self, claimed: Option<UnixTime>) -> Option<Moment> {
        let claimed = claimed.map(claim_moment).filter(|_| !self.is_another_thing());
        let stated = self.facts.captures.exp;
        if self.facts.is_made { claimed.or(stated) } else { stated.or(claimed) }
    }

    // What a server delivered is no assertion of the local side.
    fn is_another_thing(&self) -> bool {
        let is_assertion = |row: &Row| row.judge == Judge::Provider && !row.is_bearer;
        self.facts.is_delivered && self.facts.refusal.is_some_and(|(row, _)| is_assertion(row))
    }

    // A judge that counts from `iat` uses no `exp`.
    pub(crate) fn end_by_age(&self) -> Option<Moment> {
        let (row, _) = self.facts.refusal.filter(|(row, _)| row.says == Says::Expired)?;
        let iat = self.facts.claims.iat.filter(|_| row.cap_secs > 0)?;
        Some(claim_moment(iat + Span::from_secs(row.cap_secs)))
    }
}
