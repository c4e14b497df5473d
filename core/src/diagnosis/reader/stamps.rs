//! The stamps of the lines before the current one, and what these lines say about it.

use super::record::{CONTEXT, Fold, Line, PassedOn, Stamped};
use crate::diagnosis::fold::episode::REACH;
use crate::diagnosis::fold::local_stamps::LocalStamps;
use crate::diagnosis::fold::origin::{Origin, UNNAMED};
use crate::diagnosis::zone::LogZone;
use crate::evidence::{
    Before, Context, Hearsay, Layers, Pairs, Place, Query, RecordTime, Room, Stamp, TOKENS,
    Undresser, contains_any, first_piece, http_date_alone, may_have_two_times, printed_alone,
    says_making,
};
use crate::time::Span;

/// A runtime or collector puts its stamp before each line, and a program only before the first line of a
/// record. It writes all of them within this time.
const ONE_RECORD: Span = Span::from_secs(1);

/// Phrases with which logs announce an outgoing request: the methods of RFC 9110 §9.3, and words.
const REQUESTS: &[&[u8]] = &[b"GET ", b"POST ", b"PUT ", b"DELETE ", b"ending ", b"equest sent"];

impl<const HOSTS: usize> Fold<'_, HOSTS> {
    /// Keeps the last stamp and the last request in `passed`, the lines directly before the one at `place`.
    pub(super) fn pass(&mut self, passed: &[u8], place: Place) {
        let mut rest = passed.strip_suffix(b"\n").unwrap_or(passed);
        let mut rooms = Undresser::new();
        let (mut last, mut request) = (None, None);
        for back in 1..=REACH {
            let start = memchr::memrchr(b'\n', rest);
            let line = rest.get(start.map_or(0, |at| at.saturating_add(1))..).unwrap_or(&[]);
            let line = first_piece(line);
            let context = if start.is_some() { Context::LINE } else { self.context };
            let is_near = last.is_none() || back <= CONTEXT || contains_any(line, REQUESTS);
            let is_needed = last.is_none() || self.may_add(line, request.is_some());
            if is_near && is_needed && context.starts_record(line) {
                let (text, layers) = rooms.undress(line, &mut Before::new());
                let hearsay = Hearsay::of(text, context);
                // Most lines have no word of a stranger, and need no copy.
                let mut room = Room::new();
                let words = if hearsay.is_empty() { text } else { hearsay.blot(text, &mut room) };
                let pairs = Pairs::of(words);
                if request.is_none() {
                    self.name_server(text, words, &pairs);
                }
                let stamped = self.stamped(words, &pairs, &layers, place.back(back));
                last = last.or(stamped);
                request = request.or(stamped.filter(|it| it.is_request));
            }
            let is_done = last.is_some() && request.is_some() && back >= CONTEXT;
            let Some(start) = start.filter(|_| !is_done) else { break };
            rest = rest.get(..start).unwrap_or(&[]);
        }
        self.note_set_back(last);
        self.last_request = request.or(self.last_request);
        self.last_stamp = last.or(self.last_stamp);
    }

    /// Notes that the clock was set back, if the stamp of the next line of a host is earlier than its last one.
    fn note_set_back(&mut self, next: Option<Stamped>) {
        let (Some(last), Some(next)) = (self.last_stamp, next) else { return };
        let (before, own) = (Some(last.stamp), Some(next.stamp));
        let jump = LocalStamps { own, before, ..LocalStamps::NONE }.jump();
        // Lines of several threads overtake each other.
        if last.host == next.host && jump.is_some_and(|jump| jump < -ONE_RECORD) {
            self.totals.set_back(next.number);
        }
    }

    /// Keeps the stamp of the current line.
    pub(super) fn keep(&mut self, stamped: Option<Stamped>) {
        self.note_set_back(stamped);
        self.last_stamp = stamped.or(self.last_stamp);
        self.last_request = stamped.filter(|it| it.is_request).or(self.last_request);
    }

    /// Returns `true` if `line` may say more than that it has a stamp, before a line that has one: that
    /// a request is sent, unless that `is_known`, that a token is made, or the zone of the log. To take off
    /// the layers of a line takes ten times as long.
    fn may_add(&self, line: &[u8], is_known: bool) -> bool {
        // Marks of requests and of servers. What follows a method may be in another member.
        const SENT: &[&[u8]] = &[
            b"GET",
            b"POST",
            b"PUT",
            b"DELETE",
            b"ending",
            b"equest sent",
            b"https://",
            b"Connected to ",
        ];
        !matches!(self.options.zone, LogZone::Unknown)
            || may_have_two_times(line)
            || (!is_known && contains_any(line, SENT))
            || contains_any(line, TOKENS)
    }

    /// Returns the stamp of `line`, and keeps what it says about the lines after it. If the stamp
    /// names no zone, the zone given by the caller applies.
    fn stamped(
        &mut self,
        line: &[u8],
        pairs: &Pairs,
        layers: &Layers,
        place: Place,
    ) -> Option<Stamped> {
        let Place { number, at } = place;
        let awaited = self.totals.hosts.awaited(at);
        let is_servers = |query: Query| query.of_server && http_date_alone(line).is_some();
        if awaited.is_some_and(is_servers) {
            return None;
        }
        let time = RecordTime::of(&layers.stamps, line);
        let stamp = time.own()?;
        let host = Origin::of(line, pairs, layers).map_or(UNNAMED, |origin| origin.id);
        // A line that says nothing else is a part of any record.
        let by = if line.is_empty() { None } else { Some(layers.passed_by) };
        if !time.is_passed_on && self.goes_on(time.first, by, at) {
            return None;
        }
        if self.passed_on.is_none_or(|head| head.at <= at) {
            let first = time.first.filter(|_| time.is_passed_on);
            let by = layers.passed_by;
            self.passed_on = first.map(|first| PassedOn { time: first.civil, at, by });
        }
        let in_utc = awaited.is_some_and(|query| query.in_utc) && printed_alone(line).is_some();
        let stamp = Stamp { zone: stamp.zone.or(in_utc.then_some(Span::ZERO)), ..stamp };
        let assumed = self.options.zone.at(stamp.civil).filter(|_| stamp.zone.is_none());
        self.totals.zone_assumed |= assumed.is_some();
        let stamp = Stamp { zone: stamp.zone.or(assumed), ..stamp };
        let stamped =
            Stamped { stamp, at, number, is_request: pairs.find_any(line, REQUESTS), host };
        let is_newer = |held: u64| held <= at;
        if self.last_zone.is_none_or(|(_, held)| is_newer(held)) {
            self.last_zone = time.zone.map(|zone| (zone, at)).or(self.last_zone);
        }
        let says_making = stamp.zone.is_none()
            && self.last_making.is_none_or(|held| is_newer(held.at))
            && says_making(line, pairs);
        self.last_making = says_making.then_some(stamped).or(self.last_making);
        Some(stamped)
    }

    /// Returns `true` if a line at `at` that starts with no other stamp than `first` goes on with the record
    /// before it, if `by` passed it on.
    pub(super) fn goes_on(&self, first: Option<Stamp>, by: Option<Option<u32>>, at: u64) -> bool {
        let at_once = |since| Span::ZERO <= since && since <= ONE_RECORD;
        let goes_on = |first: Stamp, head: &PassedOn| {
            head.at <= at && by.is_none_or(|by| head.by == by) && at_once(first.civil - head.time)
        };
        first.zip(self.passed_on.as_ref()).is_some_and(|(first, head)| goes_on(first, head))
    }

    /// Returns the stamp of the current line, if it is a record.
    pub(super) fn own(&mut self, words: &[u8], pairs: &Pairs, line: Line<'_>) -> Option<Stamped> {
        if line.is_record { self.stamped(words, pairs, line.layers, self.place) } else { None }
    }
}
