//! Reasons for refusing an exchange other than a clock.

use super::exchange::Exchange;
use super::local_stamps::was_never_set;
use super::reasons::{Length, begins_at, is_just_outside};
use super::refusal::{End, LONGEST_LIFETIME, Shape};
use super::totals::Totals;
use crate::evidence::{Form, Says, claim_moment};
use crate::time::{Span, TimeBounds, UnixTime};

const YEAR_2000: UnixTime = UnixTime::from_secs(946_684_800);
/// A clock that was never set is hardly ever in use for longer than a week.
const WEEK: UnixTime = UnixTime::from_secs(7 * 86_400);
const YEAR_1971: UnixTime = UnixTime::from_secs(31_536_000);
/// The longest lifetime of an assertion whose end is computed from the current time.
const LONGEST_ASSERTION: Span = Span::from_secs(600);
/// The largest tolerance that is in use (Kerberos, Entra; RFC 4120 §1.6).
const LARGEST_TOLERANCE: Span = Span::from_secs(300);
/// The longest time between the stamp of a token and that of its answer, both written by one
/// server.
pub(super) const SAME_ANSWER: Span = Span::from_secs(5);

impl Exchange<'_> {
    pub(crate) fn find_reasons(&self, totals: &mut Totals) {
        let claims = &self.facts.claims;
        // Source code also names claims. A set of claims or a refusal shows that they belong to a
        // token.
        let is_token = self.facts.refusal.is_some() || claims.iat.or(claims.nbf).is_some();
        if is_token && claims.form != Form::Seconds {
            totals.claims_by.get_or_insert(self.facts.lines.claims());
        }
        totals.reasons.wrong_unit |= is_token && claims.form == Form::WrongUnit;
        totals.reasons.text_claim |= is_token && claims.form == Form::Text;
        let limit = self.facts.refusal.map_or(0, |(row, _)| row.cap_secs);
        // A token that was delivered is not the one that was judged.
        let lifetime = claims.lifetime().filter(|_| !self.facts.is_from_before);
        let over = lifetime.is_some_and(|lifetime| lifetime > Span::from_secs(limit));
        if limit > 0 && over {
            totals.reasons.over_lifetime = Some(Span::from_secs(limit));
        }
        self.find_long_lifetime(totals);
        self.find_past_end(totals);
        self.find_wait(totals);
        self.find_outside(totals);
        self.find_age(totals);
        self.find_own_end(totals);
        self.find_valid_here(totals);
        self.find_start_in_zone(totals);
        self.find_start(totals);
        totals.reasons.others_token |= self.facts.is_delivered
            && !self.facts.is_from_before
            && self.shape == Shape::Provider
            && self.says() == Some(Says::NotYet);
        self.find_age_at_limit(totals);
        self.find_dates_going_back(totals);
    }

    /// Records an end that is too far ahead by the local clock as well. The lifetime is no
    /// evidence: many programs set `iat` back by a minute.
    fn find_long_lifetime(&self, totals: &mut Totals) {
        let Some((row, _)) = self.facts.refusal else { return };
        let limit = match (row.cap_secs, row.says) {
            (0, Says::TooFar) => LONGEST_LIFETIME,
            (0, _) => return,
            (cap, _) => Span::from_secs(cap),
        };
        let end = self.judged_claims().exp;
        if let (Some(end), Some(local)) = (end, self.local_in_utc(totals)) {
            totals.reasons.long_lifetime |= end - local.after() > limit;
        }
    }

    fn find_past_end(&self, totals: &mut Totals) {
        let Some(end) = self.end().filter(|end| !self.is_own_stamp(*end)) else { return };
        if self.refused() {
            self.find_early_end(end, totals);
        }
        let Some(judged_at) = self.judged_at(totals) else { return };
        self.find_fresh_ends(end, judged_at, totals);
        totals.reasons.is_bearer |= self.shape != Shape::Us && self.may_be_of_another();
        let past = Length::between(end, judged_at);
        let is_past = past.most >= Span::ZERO;
        // If the text does not say who judged, it was the one whose clock has passed the end.
        let server = self.server.filter(|_| self.shape == Shape::Open);
        let latest = server.map_or(judged_at.earliest(), |it| it.utc.earliest());
        let left = end.earliest() - judged_at.earliest().max(latest);
        totals.reasons.end_to_come |= left > SAME_ANSWER && self.end_is_judged();
        let reasons = &mut totals.reasons;
        if is_past && reasons.past_end.is_none_or(|held| past.most < held.most) {
            reasons.past_end = Some(past);
            reasons.ended_lifetime = self.facts.claims.lifetime();
        }
        if is_past && reasons.longest_past_end.is_none_or(|held| past.least > held.least) {
            reasons.longest_past_end = Some(past);
        }
        let past = judged_at.earliest() - end.earliest();
        totals.reasons.zone_in_code |=
            is_past && (self.is_early_by_zone(past) || self.ends_before_made());
    }

    // The stamp of the refusal's own record is no end of a token, which would be a whole second.
    fn is_own_stamp(&self, end: TimeBounds) -> bool {
        let own = self.facts.refusal.and_then(|(_, stamps)| stamps.own?.instant());
        let is_whole = end.earliest().as_micros().rem_euclid(1_000_000) == 0;
        own.is_some_and(|own| own == end.earliest()) && !is_whole
    }

    // No token is issued to end in 1970, or in another epoch of clocks: its issuer's clock was never set,
    // or a lifetime was taken for an instant. Lifetimes are whole minutes.
    fn find_early_end(&self, end: TimeBounds, totals: &mut Totals) {
        let counts_from_boot = self.facts.refusal.is_some_and(|(_, at)| at.counts_from_boot);
        let is_issued_then = self.facts.claims.iat.is_some_and(was_never_set);
        let is_minutes = end.earliest().floor_secs().rem_euclid(60) == 0;
        let is_lifetime = is_minutes || end.earliest() > WEEK;
        if YEAR_2000 <= end.earliest() && was_never_set(end.earliest()) {
            totals.reasons.issued_unset = true;
        } else if end.latest() < YEAR_1971 {
            let is_unset = is_issued_then || counts_from_boot || !is_lifetime;
            totals.reasons.issued_unset |= is_unset;
            totals.reasons.wrong_unit |= !is_unset;
            totals
                .claims_by
                .get_or_insert(self.facts.lines.end(end.earliest(), &self.facts.claims));
        }
    }

    /// The time of the judge at the refusal, by its own clock, in the zone of the token.
    fn judged_at(&self, totals: &Totals) -> Option<TimeBounds> {
        if self.shape == Shape::Provider {
            return self.server.map(|it| it.utc);
        }
        // One program prints both times in the same zone, whichever zone that is.
        let alike = self.local_now().filter(|now| now.zone.is_none());
        let captures = &self.facts.captures;
        let stated = captures.exp.or(captures.nbf).or(captures.iat);
        if let (Some(now), Some(None)) = (alike, stated.map(|stated| stated.zone)) {
            return Some(now.as_utc());
        }
        let local = self.local_in_utc(totals)?;
        TimeBounds::between(local.before(), local.after())
    }

    /// Records how long before its start a token was judged.
    fn find_wait(&self, totals: &mut Totals) {
        let early = matches!(self.says(), Some(Says::NotYet | Says::Window | Says::Skewed));
        let captures = &self.facts.captures;
        let claims = self.judged_claims();
        let claimed = claims.nbf.max(claims.iat).map(claim_moment);
        let signed = captures.signed.filter(|_| self.says() == Some(Says::Skewed));
        let start = captures.nbf.or(captures.iat).or(claimed).or(signed).filter(|_| early);
        let (Some(start), Some(now)) = (start, self.judged_at(totals)) else { return };
        // Claims are exact, whatever the resolution in which they are printed.
        let left = Length::between(now, TimeBounds::exactly(start.as_utc().earliest()));
        if left.most > Span::ZERO
            && totals.reasons.to_start.is_none_or(|held| left.most < held.most)
        {
            totals.reasons.to_start = Some(left);
        }
    }

    /// Records that the judge's time is just outside the validity of what was refused, or of what was
    /// sent in an exchange without a refusal, whose words may be unknown.
    fn find_outside(&self, totals: &mut Totals) {
        let claims = self.facts.claims;
        let silent = matches!(self.says(), None | Some(Says::Refused | Says::Window));
        let server = self.server.map(|it| it.utc);
        // In unknown words, the local side may have judged.
        let local = self.facts.claimed_at.own.filter(|_| self.says().is_none());
        let local = local.and_then(|own| own.instant());
        totals.reasons.is_unrefused_new |= local.is_some_and(|now| begins_at(&claims, now));
        let local = local.map(TimeBounds::exactly);
        for now in [self.judged_at(totals), server, local].into_iter().flatten().filter(|_| silent)
        {
            let is_anothers = self.says().is_some() && self.may_be_of_another();
            let is_outside = is_just_outside(&claims, now, is_anothers);
            match self.says() {
                Some(_) => totals.reasons.is_outside |= is_outside,
                None => totals.reasons.is_unrefused_outside |= is_outside,
            }
        }
    }

    /// Records the age of a signed request, the shortest if there are several: one that is sent again is
    /// older each time. Both times are those of the local clock.
    fn find_age(&self, totals: &mut Totals) {
        let captures = &self.facts.captures;
        let signed = captures.signed.or(captures.sent).filter(|_| self.shape == Shape::Provider);
        let Some(signed) = signed else { return };
        totals.reasons.is_signature = true;
        let received = self.server.and_then(|it| it.stamps.reading(Some(it.utc.earliest())));
        let received = received.filter(|received| received.zone.is_some()).map(|it| it.bracket);
        if let Some(at) = received
            && let Some(at) = TimeBounds::between(at.before(), at.after())
        {
            let age = Length::between(signed.as_utc(), at);
            if totals.reasons.aged.is_none_or(|(held, _)| age.least < held.least) {
                totals.reasons.aged = Some((age, captures.limit));
            }
        }
    }

    // The end of another token in the text says nothing about this one.
    fn end_is_judged(&self) -> bool {
        let claims = self.facts.claims.exp.is_some() && !self.facts.is_from_before;
        self.facts.captures.exp.is_some()
            || self.judged_claims().exp.is_some()
            || (claims && (self.facts.is_bearer || self.is_sent()))
    }

    /// Returns `true` if the claims are part of the request that a server refused.
    fn is_sent(&self) -> bool {
        let Some((_, refused)) = self.facts.refusal else { return false };
        let request = refused.number().saturating_sub(refused.request_back.into());
        let claimed = self.facts.claimed_at.number();
        let is_ours = self.shape == Shape::Provider && !self.facts.is_delivered;
        is_ours && refused.request.is_some() && (request..=refused.number()).contains(&claimed)
    }

    /// Records that the end had passed by the local clock as well, according to the token or the
    /// log.
    fn find_own_end(&self, totals: &mut Totals) {
        if !matches!(self.says(), Some(Says::Expired | Says::Window)) {
            return;
        }
        let Some((local, zone)) = self.local() else { return };
        let announced = self.facts.announced;
        let passed = |end: End| end.in_utc == zone.is_some() && local.after() >= end.at;
        if let Some(end) = announced.filter(|end| passed(*end)) {
            let [first, second] = end.by();
            totals.announced_by = [first, second, self.local_reading()];
            totals.reasons.own_token = true;
        }
        if let (Shape::Provider, Some(local)) = (self.shape, self.local_in_utc(totals)) {
            let end = self.end().map(TimeBounds::earliest);
            // A provider that counts from `iat` states its limit, which includes its tolerance.
            let states_limit = self.end_by_age().is_some() && self.facts.claims.exp.is_none();
            let is_past = |end| match states_limit {
                true => local.after() - end > Span::ZERO,
                // The end is cut to a whole second.
                false => local.before() - end > LARGEST_TOLERANCE + Span::from_secs(1),
            };
            totals.reasons.past_here |= end.is_some_and(is_past);
            // The judge's own time says more, where it is known.
            let is_judged = self.judged_at(totals).is_some();
            let is_early = |end| !is_judged && self.is_early_by_zone(local.after() - end);
            totals.reasons.zone_in_code |= end.is_some_and(is_early);
        }
    }

    /// Records that a token refused for its time was valid by the local clock.
    fn find_valid_here(&self, totals: &mut Totals) {
        let claims = self.judged_claims();
        let about_time = matches!(self.says(), Some(Says::Expired | Says::NotYet | Says::Window));
        let Some(local) = self.local_in_utc(totals).filter(|_| about_time) else { return };
        let begun = claims.iat.is_some_and(|iat| iat <= local.after());
        let lives = claims.exp.is_some_and(|exp| local.after() < exp);
        let ours = self.shape == Shape::Provider && !self.facts.is_corrected;
        totals.reasons.valid_here |= ours && begun && lives;
    }

    // A token ends before it was made, by less than a day: a zone or summer-time offset was applied
    // wrongly.
    fn ends_before_made(&self) -> bool {
        const LONGEST: Span = Span::from_secs(14 * 3_600);
        self.facts.claims.lifetime().is_some_and(|life| -LONGEST <= life && life < Span::ZERO)
    }

    // An end computed from local time that was taken for UTC is early by the zone's offset.
    fn is_early_by_zone(&self, past: Span) -> bool {
        let Some(zone) = self.zone() else { return false };
        let left = zone.abs() - past;
        let iat = self.facts.claims.iat.is_none();
        iat && Span::ZERO < left && left <= LONGEST_ASSERTION
    }

    // A start computed that way is late or early by the zone's offset.
    fn find_start_in_zone(&self, totals: &mut Totals) {
        let start = self.facts.captures.nbf.map(|nbf| nbf.civil).or(self.facts.claims.iat);
        if let (Some(zone), Some(start), Some(server)) = (self.zone(), start, self.server) {
            let apart = (start - server.utc.earliest()).abs();
            let beside_zone = (apart - zone.abs()).abs();
            totals.reasons.zone_in_code |= self.refused() && beside_zone <= LONGEST_ASSERTION;
        }
    }

    /// Records how far from local time the start of a token is that came too early for its judge.
    /// An issuer stamps a token with its current time, so a clock that is ahead shows in the next
    /// seconds.
    fn find_start(&self, totals: &mut Totals) {
        let claims = self.judged_claims();
        let start = claims.nbf.max(claims.iat);
        let refused = self.says() == Some(Says::NotYet) && self.shape == Shape::Provider;
        if let (Some(start), Some(local), true) = (start, self.local_in_utc(totals), refused) {
            totals.reasons.starts_later |= start - local.after() > SAME_ANSWER;
            let judged_at = self.judged_at(totals).map(TimeBounds::earliest);
            totals.reasons.has_begun |= judged_at.is_some_and(|now| now - start > SAME_ANSWER);
        }
    }
}
