//! The facts that one line states.

use super::announced::{Announced, announced, is_delivered, says_making};
use super::answers::{self, Validity};
use super::author::Author;
use super::captures::Captures;
use super::catalogue::{ANSWERS, INTERIM, NAIVE_CODE, Row, Rows, STATUS, Says};
use super::claims::{self, ClaimTimes, Form};
use super::filter::Hit;
use super::find::Pairs;
use super::head::{Piece, is_own_place};
use super::judgement::{Finding, Found, Place, judgement};
use super::measured::{measured, sample};
use super::mention::Times;
use super::moment::Moment;
use super::record::stripchart_sample;
use super::server_time::Sender;
use super::settled::settled;
use super::template::{Wording, capture, instant};
use super::transcript::{Means, Told};
use super::{filter, named, server_time};
use crate::time::{Offset, Span};

/// The facts of one line.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Facts {
    /// The most informative refusal.
    pub(crate) refusal: Option<&'static Row>,
    /// The position of its row in the catalogue.
    rank: usize,
    /// A statement of a time service about the clock.
    pub(crate) service: Option<&'static Row>,
    /// The offset (reference minus local) that a connection test measured, and the method.
    pub(crate) measured: Option<(Means, Offset)>,
    /// UTC minus the clock of a service that judged a token.
    pub(crate) utc: Option<Offset>,
    /// The times, by role.
    pub(crate) captures: Captures,
    /// The `Date` of an answer.
    pub(crate) date: Option<Moment>,
    /// The `Age` of an answer.
    pub(crate) age: Option<Span>,
    /// The claims of a token.
    pub(crate) claims: ClaimTimes,
    /// The end of a token, if the line says that a token was made.
    pub(crate) announced: Option<Announced>,
    /// `true` if a server delivered a token in its answer, and therefore made it.
    pub(crate) is_delivered: bool,
    /// `true` if the claims are of an assertion that was made for the exchange that follows.
    pub(crate) is_made: bool,
    /// `true` if the line presents a bearer token (RFC 6750 §2.1).
    pub(crate) is_bearer: bool,
    /// `true` if a connection test repeats a refused request with the server's time.
    pub(crate) is_retry: bool,
    /// The position of words that report a failure of any kind.
    pub(crate) failure: Option<usize>,
    /// The position of the most important words.
    pub(crate) focus: usize,
    /// `true` if the line shows code that takes a local civil time for UTC or the reverse.
    pub(crate) is_naive: bool,
    /// `true` if the line is the status line of an answer, whose headers follow.
    pub(crate) is_status: bool,
    /// `true` if that answer is not the last one to the request: a redirection, or a tunnel that was opened.
    pub(crate) is_interim: bool,
    /// `true` if the line says that the token was made whose claims it shows.
    pub(crate) is_making: bool,
    /// `true` if the line shows that a server answered.
    pub(crate) is_answer: bool,
    /// `true` if the other side of the exchange wrote the words, in its answer.
    is_peers: bool,
    /// The dates of a certificate.
    pub(crate) validity: Option<Validity>,
    /// `true` if a time service says that it follows no source.
    pub(crate) is_unsynchronized: bool,
    /// The time of a clock that was never set, if the line shows it as such.
    pub(crate) unset_clock: Option<Moment>,
    /// `true` if the value of a `Date` header is on the next line.
    pub(crate) names_date: bool,
}

impl Facts {
    /// Returns `true` if the line adds to its exchange, even if only as context of a fact.
    pub(crate) fn belongs_to_exchange(&self) -> bool {
        self.is_any()
            || self.is_answer
            || self.is_naive
            || self.is_status
            || self.age.is_some()
            || self.validity.is_some()
            || self.is_unsynchronized
    }

    /// Returns `true` if the line has any fact.
    pub(crate) fn is_any(&self) -> bool {
        self.refusal.is_some()
            || self.service.is_some()
            || self.measured.is_some()
            || self.is_retry
            || self.captures != Captures::default()
            || self.unset_clock.is_some()
            || self.date.is_some()
            || self.claims.is_any()
            || self.announced.is_some()
            || self.is_delivered
    }

    /// Returns the facts of a line of a transcript, in which `self` was read from its words.
    ///
    /// What jwtick states is taken from `told`; the other words are claims, or those of the other side.
    pub(crate) fn of_transcript(self, told: Told) -> Self {
        let read = self.of_quotation();
        match told {
            Told::Measured(means, offset) => {
                Self { measured: Some((means, offset)), ..Self::default() }
            }
            Told::Judged(it) => Self { measured: it.issuer(), utc: it.utc, ..self },
            Told::Retrying => Self { is_retry: true, ..Self::default() },
            Told::Made => Self { claims: self.claims, is_made: true, ..Self::default() },
            Told::Answer => Self { is_answer: true, is_peers: true, ..read },
            Told::Fault if self.refusal.is_some_and(|row| row.says.is_about_certificate()) => read,
            Told::Fault | Told::Answered(..) | Told::Other => Self::default(),
        }
    }

    /// Returns the facts of a line that its program may only have quoted, without those of time services.
    pub(crate) fn of_quotation(self) -> Self {
        Self { service: None, captures: Captures { step: None, ..self.captures }, ..self }
    }

    /// Returns the facts of a line of a dumped request. Whoever sent it wrote the line, so it measures no
    /// clock and refuses nothing; but the token that it shows is the one that was sent. If the request is
    /// one of the local side, `is_ours`, its times are those of the local clock.
    pub(crate) fn of_request(self, is_ours: bool) -> Self {
        let claims = self.claims;
        let captures = Captures {
            signed: self.captures.signed,
            sent: self.captures.sent.or(self.date),
            ..Captures::NONE
        };
        let captures = if is_ours { captures } else { Captures::NONE };
        Self { claims, captures, ..Self::default() }
    }

    /// The author of the most important words.
    pub(crate) fn author(&self) -> Author {
        if self.measured.is_some() || self.is_made || self.is_retry {
            return Author::Jwtick;
        }
        if self.service.is_some() || self.captures.step.is_some() {
            return Author::TimeService;
        }
        let is_peers = match self.refusal {
            Some(_) => self.is_answer,
            None => self.date.is_some() || self.captures.server.is_some() || self.is_delivered,
        };
        if is_peers || self.is_peers { Author::Peer } else { Author::Program }
    }
}

/// Reads `text` without the words of strangers. `after_date_name`: the line before named a `Date` header.
pub(crate) fn examine(
    text: &[u8],
    pairs: &Pairs,
    after_date_name: bool,
    piece: Piece,
    rows: Rows<'_>,
) -> Facts {
    let mut facts = Facts { claims: claims::in_line(text, pairs), ..Facts::default() };
    let (mut found, times) = (Found::new(), Times::of(text));
    filter::scan(text, |hit| {
        if let Some(stem) = hit.stem() {
            let _ = found.push(Place { at: hit.at, stem });
        }
        if let Some(row) = hit.row()
            && rows.has(row)
            && let Some(wording) = capture(row, text, hit.at)
            && (!row.says.is_service() || is_own_place(row, text, wording.at, piece))
        {
            facts.take(row, &wording, hit);
        }
        None::<()>
    });
    facts.judge(&times, &found);
    facts.read_others(&times, &found, piece);
    if let Some(row) = facts.refusal {
        let is_signed = facts.captures.signed.is_some() && facts.captures.server.is_some();
        if !facts.captures.states_both() && !is_signed {
            facts.captures.complete_with(&named::read(&times, row.says, facts.focus));
        }
        facts.refusal = Some(settled(row, &facts.captures));
        facts.is_answer |= pairs.find_any(text, ANSWERS) || row.says == Says::Refused;
    } else {
        facts.is_answer = pairs.find_any(text, ANSWERS);
        facts.announced = announced(&times, pairs);
    }
    let token = if pairs.may_have(b"eyJ") { claims::in_token(text) } else { None };
    facts.is_delivered = is_delivered(text, pairs, token.is_some() || facts.claims.is_any());
    facts.is_bearer = token.is_some() && pairs.find_any(text, &[b"Bearer ey", b"bearer ey"]);
    if let Some(claims) = token {
        facts.claims.complete_with(&claims);
    }
    facts.read_times(text, pairs, after_date_name, piece);
    facts.read_marks(text, pairs);
    facts.age = if pairs.may_have(b"age") { server_time::age(text) } else { None };
    facts.names_date = piece == Piece::Record && server_time::names_date(text);
    facts
}

impl Facts {
    /// Reads what kind of line it is.
    fn read_marks(&mut self, text: &[u8], pairs: &Pairs) {
        self.is_naive = pairs.find_any(text, NAIVE_CODE);
        self.is_status = pairs.find_any(text, STATUS);
        self.is_interim = self.is_status && pairs.find_any(text, INTERIM);
        self.is_making = self.claims.is_any() && says_making(text, pairs);
    }

    /// Adds what the line judges in no product's words. A row of the catalogue is more exact.
    fn judge(&mut self, times: &Times<'_>, found: &Found) {
        let is_open = self.refusal.is_none_or(|row| row.says == Says::Refused);
        if is_open && let Some(judged) = judgement(times, found) {
            self.is_answer |= self.refusal.is_some();
            (self.refusal, self.focus) = (Some(judged.row), judged.at);
            self.captures.complete_with(&judged.captures);
        }
        if self.refusal.is_some() && named::mixes_units(times) {
            self.claims.form = Form::WrongUnit;
        }
    }

    /// Adds what a program measured, and the times that members and headers name.
    fn read_others(&mut self, times: &Times<'_>, found: &Found, piece: Piece) {
        let text = times.text();
        if self.service.is_none()
            && self.captures.step.is_none()
            && let Some(measured) = measured(text, found, piece)
        {
            (self.service, self.focus) = (Some(measured.row), measured.at);
            self.captures.step = Some(measured.behind);
        }
        if self.refusal.is_none() {
            self.captures.plain_now = named::member(text);
            let failed = found.iter().find(|place| place.stem.finding == Finding::Failed);
            self.failure = failed.map(|place| place.at);
        }
        self.unset_clock = named::unset_clock(times, found);
        for place in found.iter().filter(|place| place.stem.finding == Finding::Named) {
            if place.stem.words.ends_with(": ") {
                let sent = text.get(place.end()..).and_then(instant);
                self.captures.sent = self.captures.sent.or(sent.map(|(sent, _)| sent));
            } else {
                self.captures.complete_with(&named::named(times));
            }
        }
    }

    fn read_times(&mut self, text: &[u8], pairs: &Pairs, after_date_name: bool, piece: Piece) {
        let has_date = pairs.may_have(b"date");
        match has_date.then(|| server_time::date(text, piece)).flatten() {
            Some((Sender::Server, date)) => self.date = Some(date),
            Some((Sender::Client, date)) => self.captures.sent = Some(date),
            None if after_date_name => self.date = server_time::value(text),
            None => {}
        }
        if piece == Piece::Record {
            let step = stripchart_sample(text).or_else(|| sample(text));
            let step = step.or_else(|| answers::offset(text));
            self.captures.step = self.captures.step.or(step);
            self.validity = Validity::of(text);
            self.is_unsynchronized = answers::is_unsynchronized(text);
            self.captures.server = self.captures.server.or_else(|| server_time::azure_time(text));
            if (self.refusal.is_some() || self.is_answer) && self.captures.now.is_none() {
                let server = self.captures.server.or_else(|| server_time::body_time(text));
                self.captures.server = server;
            }
        }
    }

    fn take(&mut self, row: &'static Row, wording: &Wording, hit: Hit) {
        match row.says {
            Says::Fact => {}
            says if says.is_service() => self.service = self.service.or(Some(row)),
            _ if self.refusal.is_none_or(|held| self.is_weaker(held, row, hit)) => {
                (self.refusal, self.rank, self.focus) = (Some(row), hit.rank(), wording.at);
            }
            _ => {}
        }
        if let Some(captures) = &wording.captures {
            self.captures.complete_with(captures);
        }
    }

    // A refusal that time may explain takes precedence over one that has many possible reasons.
    // Among equals, the earlier row of the catalogue is the more exact wording.
    fn is_weaker(&self, held: &Row, met: &Row, hit: Hit) -> bool {
        let (held, met) = (held.says.weight(), met.says.weight());
        held < met || (held == met && hit.rank() < self.rank)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::format;
    use std::string::String;

    use super::super::catalogue::{Reason, Speaker, entries};
    use super::super::spoken;
    use super::*;
    use crate::judge::Rule;

    fn read(text: &[u8]) -> Facts {
        examine(text, &Pairs::of(text), false, Piece::Record, Rows::All)
    }

    #[test]
    fn more_exact_wording_takes_precedence() {
        type Row = (&'static str, Option<&'static str>, Option<Says>);
        const ROWS: &[Row] = &[
            ("nothing to see", None, None),
            (
                "x509: certificate has expired or is not yet valid",
                Some("Go crypto/x509"),
                Some(Says::CertificateWindow),
            ),
            (
                "invalid_client: AADSTS50012: Client assertion is not within its valid time range",
                Some("Microsoft Entra"),
                Some(Says::Window),
            ),
            (
                "{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}",
                Some("JWT"),
                Some(Says::Expired),
            ),
            ("{\"error\":\"invalid_grant\"}", Some("OAuth 2"), Some(Says::Refused)),
            ("validation failed, token not valid yet (nbf)", Some("go-jose"), Some(Says::NotYet)),
        ];
        for &(text, product, says) in ROWS {
            let facts = read(text.as_bytes());
            assert_eq!(facts.refusal.map(|row| row.product), product, "{text}");
            assert_eq!(facts.refusal.map(|row| row.says), says, "{text}");
        }
    }

    #[test]
    fn time_before_the_words_of_a_refusal_may_be_a_stamp() {
        const ROWS: &[(&str, bool, bool)] = &[
            ("Token was issued in the future, 2024-01-09T14:05:00Z", true, false),
            ("x# 2024-01-09T14:00:00Z Token was issued in the future", false, false),
            (
                "x# 2024-01-09T14:00:00Z Token was issued in the future, 2024-01-09T14:05:00Z",
                false,
                false,
            ),
            ("x# 2024-01-09T14:00:00Z Jwt used before 2024-01-09T14:05:00Z", false, false),
            ("x# iat 2024-01-09T14:05:00Z: Token was issued in the future", true, false),
            ("x# Token used too early, 1704808800 < 1704809100", true, true),
        ];
        for &(text, states_start, states_now) in ROWS {
            let captures = read(text.as_bytes()).captures;
            let met = (captures.iat.is_some(), captures.local_or_now().is_some());
            assert_eq!(met, (states_start, states_now), "{text}");
        }
    }

    #[test]
    fn focus_is_first_of_repeated_words() {
        assert_eq!(read(b"cause: JWT expired: JWT expired").focus, 7);
    }

    #[test]
    fn labels_complete_refusal_without_times() {
        const ROWS: &[(&str, bool)] = &[
            ("JWT expired at 2024-01-09T14:00:00Z, current time is 2024-01-09T14:05:00Z", true),
            ("Token used too late, 1704809100 > 1704808800, current time 1704809100", false),
        ];
        for &(text, is_added) in ROWS {
            let captures = read(text.as_bytes()).captures;
            let met = (captures.exp.is_some(), captures.local.is_some(), captures.now.is_some());
            assert_eq!(met, (true, !is_added, is_added), "{text}");
        }
    }

    #[test]
    fn value_is_date_only_after_its_name() {
        let line = br#""value": "Thu, 25 Apr 2024 18:09:31 GMT""#;
        assert!(examine(line, &Pairs::of(line), true, Piece::Record, Rows::All).date.is_some());
        assert_eq!(read(line).date, None);
    }

    #[test]
    fn reads_lifetime_of_announced_token() {
        const ROWS: &[(&str, Option<i64>)] = &[
            ("token issued, expires_in: 300", Some(300)),
            ("created a token, valid for 1h", Some(3_600)),
            ("token issued, expires_in=0", None),
            ("token received, expires_in: 300", None),
        ];
        for &(text, secs) in ROWS {
            let expected = secs.map(|secs| Announced::In(Span::from_secs(secs)));
            assert_eq!(
                announced(&Times::of(text.as_bytes()), &Pairs::of(text.as_bytes())),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn distinguishes_answer_from_stack_trace() {
        assert!(read(b"HTTP/1.1 401 Unauthorized").is_answer);
        assert!(!read(b"at JwtValidator.java:77: JWT expired").is_answer);
        assert!(read(b"<Error><Code>RequestTimeTooSkewed</Code>").is_answer);
        assert!(!read(b"iPhone App(CFNetwork)[411] <Error>: the token is expired").is_answer);
    }

    /// The findings that the catalogue may give to a wording that is used for `reason`.
    fn says(reason: Reason) -> &'static [Says] {
        match reason {
            Reason::Expired | Reason::TooOld => &[Says::Expired, Says::Window],
            Reason::NotYet | Reason::Future => &[Says::NotYet, Says::Window],
            Reason::TooLong => &[Says::TooFar, Says::Window],
            Reason::Malformed | Reason::Kind | Reason::Missing(_) => &[Says::Malformed],
            Reason::UnknownKey
            | Reason::Signature
            | Reason::Issuer
            | Reason::Subject
            | Reason::Audience
            | Reason::Replayed => &[Says::Unfit],
        }
    }

    fn filled(words: &str, name: &str, time: &str) -> String {
        let names = ["{audience}", "{iss}", "{sub}", "{claim}", "{fault}"];
        let times = ["{exp}", "{nbf}", "{iat}"];
        let words = names.iter().fold(String::from(words), |words, at| words.replace(at, name));
        times.iter().fold(words, |words, at| words.replace(at, time))
    }

    proptest! {
        #[test]
        fn spoken_words_match_their_row(
            name in "[a-z0-9:/.@-]{0,40}",
            time in "20[0-9]{2}-0[1-9]-1[0-9]T1[0-9]:00:00Z",
            is_json in any::<bool>(),
        ) {
            for entry in entries() {
                let Some(said) = entry.spoken_form() else { continue };
                let words = filled(said.words, &name, &time);
                let line = if is_json {
                    format!("{{\"error\":\"invalid_grant\",\"error_description\":\"{words}\"}}")
                } else {
                    format!("invalid_client: {words}")
                };
                let refusal = read(line.as_bytes()).refusal.expect(&line);
                prop_assert_eq!(refusal.words, entry.row.words, "{}", line);
                for &reason in said.reasons {
                    prop_assert!(says(reason).contains(&refusal.says), "{:?}: {}", reason, line);
                }
            }
        }
    }

    #[test]
    fn each_reason_has_its_own_words() {
        let missing = Rule::ALL.map(Reason::Missing);
        let others = [
            Reason::Malformed,
            Reason::Kind,
            Reason::UnknownKey,
            Reason::Signature,
            Reason::Expired,
            Reason::NotYet,
            Reason::Future,
            Reason::TooOld,
            Reason::TooLong,
            Reason::Issuer,
            Reason::Subject,
            Reason::Audience,
            Reason::Replayed,
        ];
        for reason in missing.into_iter().chain(others) {
            for by in Speaker::ALL {
                let refusal = spoken::refusal(by, reason);
                assert!(refusal.reasons.contains(&reason), "{by:?}: {reason:?}");
                let same =
                    entries().filter_map(|entry| entry.spoken_form()).filter(|it| it.by == by);
                let same = same.filter(|it| it.reasons.contains(&reason)).count();
                assert!(same <= 1, "{by:?}: {reason:?}");
                // RFC 6749 §5.2: quotes and backslashes are not allowed.
                let allowed = |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
                assert!(refusal.words.bytes().all(allowed), "{}", refusal.words);
            }
        }
    }
}
