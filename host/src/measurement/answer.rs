//! The answers of all sources about one local clock, and the witnesses among them.

use core::fmt;

use jwtick_core::survey::{Survey, Testimony};
use jwtick_core::time::Offset;
use jwtick_core::words::{self, Language};
use jwtick_core::{Span, TimeBounds, UnixTime};

use crate::output::safe;
use crate::source::{
    Identity, Kind, LocalClock, Note, Observation, Responder, SameHost, SourceError, Tie, Witnesses,
};

/// The answers of all sources about one local clock.
#[derive(Debug)]
pub(crate) struct Measurement {
    /// The clock that was measured.
    pub(crate) local: LocalClock,
    /// One answer per source, in the order of their names; the one of this host comes last.
    pub(crate) answers: Vec<Answer>,
    /// The answers that decide.
    pub(crate) counted: Counted,
}

/// The answers that decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    /// Those of other hosts.
    Others,
    /// All, since the user named this host as a source too.
    All,
}

/// The answer of one source.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) found: Result<Observation, SourceError>,
    /// Notes of the source that apply whatever was found.
    pub(crate) aside: Vec<Note>,
}

/// An answer and its relation to the others.
#[derive(Debug)]
pub(crate) struct Standing<'m> {
    pub(crate) answer: &'m Answer,
    /// True if its witness shares the selected offset; `None` if there is nothing to compare.
    pub(crate) agrees: Option<bool>,
    /// Another source that is the same host, which is the first of them if possible. The first
    /// itself has none.
    pub(crate) same_host: Option<SameHost>,
}

impl Answer {
    /// Returns all notes to show with the numbers, or with the reason why there are none.
    pub(crate) fn notes(&self) -> impl Iterator<Item = &Note> {
        self.found.iter().flat_map(|observation| &observation.notes).chain(&self.aside)
    }

    pub(crate) fn offset(&self) -> Option<Offset> {
        self.found.as_ref().ok().map(|observation| observation.offset)
    }

    // The reason why both count as one.
    fn tie(&self, other: &Self) -> Option<Tie> {
        let [own, found] = [self, other].map(|it| it.found.as_ref().ok().map(|it| &it.responder));
        let tie = own?.kinship(found?)?.into();
        let daemon = self.kind == Kind::Os || other.kind == Kind::Os;
        Some(match tie {
            Tie::Address(address) if daemon && !address.is_loopback() => Tie::Followed(address),
            tie => tie,
        })
    }

    fn is_certified(&self) -> bool {
        self.found.as_ref().is_ok_and(|it| it.responder.identity == Identity::Certified)
    }
}

impl Standing<'_> {
    /// Returns all notes on the answer, the one on its host first.
    pub(crate) fn notes(&self) -> impl Iterator<Item = Note> {
        let same = self.same_host.clone().map(Note::SameHost);
        same.into_iter().chain(self.answer.notes().cloned())
    }
}

impl Measurement {
    /// Surveys the counted sources, each host once, where an offset up to `allowed` is not an
    /// error.
    pub(crate) fn survey(&self, allowed: Span) -> Survey {
        self.witnesses().survey(allowed)
    }

    /// Returns every answer, compared with `survey` and with the other answers.
    pub(crate) fn standings(&self, survey: Survey) -> Vec<Standing<'_>> {
        let witnesses = self.witnesses();
        let mut index = 0;
        let mut stand = |answer| {
            if !self.counts(answer) {
                return Standing {
                    answer,
                    agrees: survey.agrees(answer.offset()),
                    same_host: None,
                };
            }
            let (first, testimony) = (witnesses.first(index), witnesses.testimony(index));
            let agrees = answer.offset().and_then(|_| survey.confirms(testimony));
            let same_host = (first != index).then(|| self.same_host(index, first)).flatten();
            let torn = testimony == Some(Testimony::Torn);
            let same_host = same_host.map(|same| SameHost { torn, ..same });
            index = index.saturating_add(1);
            Standing { answer, agrees, same_host }
        };
        self.answers.iter().map(&mut stand).collect()
    }

    fn witnesses(&self) -> Witnesses {
        let nobody = Responder::default();
        let sources = self.counted().map(|answer| match &answer.found {
            Ok(found) => (Some(found.offset), &found.responder),
            Err(_) => (None, &nobody),
        });
        Witnesses::of(&sources.collect::<Vec<_>>())
    }

    // The source that the one at `index` shares its host with: the first of the witness, or else any
    // other that has an address or a name in common.
    fn same_host(&self, index: usize, first: usize) -> Option<SameHost> {
        let counted: Vec<&Answer> = self.counted().collect();
        let own = *counted.get(index)?;
        let related = |at: usize| {
            let other = counted.get(at).filter(|_| at != index)?;
            let by = own.tie(other)?;
            Some(SameHost { name: other.name.clone(), by, torn: false })
        };
        related(first).or_else(|| (0..counted.len()).find_map(related))
    }

    /// Returns true if a source that proved its identity shares the selected offset.
    pub(crate) fn is_authenticated(&self, survey: Survey) -> bool {
        let standings = self.standings(survey);
        standings.iter().any(|it| it.agrees == Some(true) && it.answer.is_certified())
    }

    /// Returns the number of counted witnesses, whether or not they gave an interval.
    pub(crate) fn asked(&self) -> usize {
        self.witnesses().count()
    }

    /// Returns true if any of the counted sources gave an interval.
    pub(crate) fn heard_anybody(&self) -> bool {
        self.counted().any(|answer| answer.found.is_ok())
    }

    fn counts(&self, answer: &Answer) -> bool {
        self.counted == Counted::All || answer.kind != Kind::Os
    }

    fn counted(&self) -> impl Iterator<Item = &Answer> {
        self.answers.iter().filter(|answer| self.counts(answer))
    }

    /// Returns UTC now, from a selected offset.
    pub(crate) fn utc(&self, offset: Offset) -> TimeBounds {
        offset.apply(self.local.now())
    }

    /// The reading of the local clock when it was measured.
    pub(crate) fn reading(&self) -> UnixTime {
        self.local.now()
    }
}

/// In English: `ntp:a.example: +3,600.1 … +3,600.2 s`, or the reason why there is no interval.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = safe::line(&self.name);
        match &self.found {
            Ok(found) => write!(f, "{name}: {}", words::interval(found.offset, Language::English)),
            Err(error) => write!(f, "{name}: {}", safe::line(&error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Bound;

    fn answer(name: &str, kind: Kind, responder: Responder, secs: i64) -> Answer {
        let offset = Offset::exactly(Span::from_secs(secs));
        let (bound, notes) = (Bound::RoundTrip, Vec::new());
        let found = Ok(Observation { offset, delay: None, bound, responder, notes });
        Answer { name: name.to_owned(), kind, found, aside: Vec::new() }
    }

    fn at(endpoint: &str) -> Responder {
        let mut responder = Responder::default();
        responder.reach(endpoint.parse());
        responder
    }

    fn measured(answers: Vec<Answer>, counted: Counted) -> Measurement {
        Measurement { local: LocalClock::read(), answers, counted }
    }

    #[test]
    fn this_host_and_its_servers_are_one_witness_if_both_count() {
        let answers = || {
            vec![
                answer("one", Kind::Ntp, at("[::1]:123"), 0),
                answer("os", Kind::Os, Responder::this_host(), 0),
            ]
        };
        let all = measured(answers(), Counted::All);
        let survey = all.survey(Span::ZERO);
        assert_eq!((survey.rests_on(), survey.answers()), (1, 2));
        let same: Vec<_> =
            all.standings(survey).into_iter().map(|it| it.same_host.map(|it| it.name)).collect();
        assert_eq!(same, [None, Some("one".to_owned())]);
        let others = measured(answers(), Counted::Others);
        let survey = others.survey(Span::ZERO);
        assert_eq!((survey.rests_on(), survey.answers()), (1, 1));
        assert!(others.standings(survey).iter().all(|it| it.same_host.is_none()));
    }

    #[test]
    fn daemon_and_the_server_that_it_follows_are_one_witness() {
        let mut daemon = Responder::this_host();
        daemon.reach("192.0.2.1:123".parse());
        let answers = vec![
            answer("os", Kind::Os, daemon, 0),
            answer("ntp", Kind::Ntp, at("192.0.2.1:123"), 0),
        ];
        let measured = measured(answers, Counted::All);
        let survey = measured.survey(Span::ZERO);
        assert_eq!(survey.rests_on(), 1);
        let standings = measured.standings(survey);
        let same = standings.iter().filter_map(|it| it.same_host.as_ref());
        let said: Vec<String> = same.map(ToString::to_string).collect();
        let expected = "rests on the same server as os (192.0.2.1), so both count as one source";
        assert_eq!(said, [expected]);
    }

    #[test]
    fn source_that_is_linked_through_another_names_that_one() {
        let mut both = at("192.0.2.1:123");
        both.reach("[2001:db8::1]:123".parse());
        let answers = vec![
            answer("v4", Kind::Ntp, at("192.0.2.1:123"), 0),
            answer("v6", Kind::Ntp, at("[2001:db8::1]:123"), 0),
            answer("other", Kind::Ntp, at("198.51.100.1:123"), 9),
            answer("name", Kind::Http, both, 5),
        ];
        let measured = measured(answers, Counted::Others);
        let survey = measured.survey(Span::ZERO);
        // Three addresses answered, so it may be three hosts that disagree with the other one.
        assert_eq!((survey.measured(), survey.offset(), measured.asked()), (4, None, 2));
        let standings = measured.standings(survey);
        let same = standings.iter().map(|it| Some((it.same_host.as_ref()?, it.answer)));
        let same: Vec<_> = same.map(|it| it.map(|(same, _)| (&*same.name, same.torn))).collect();
        assert_eq!(same, [None, Some(("name", true)), None, Some(("v4", true))]);
    }

    #[test]
    fn certified_source_authenticates_only_what_it_agrees_with() {
        let mut certified = at("192.0.2.1:443");
        certified.identity = Identity::Certified;
        for (secs, expected) in [(0, true), (60, false)] {
            let answers = vec![
                answer("a", Kind::Ntp, at("192.0.2.2:123"), 0),
                answer("b", Kind::Ntp, at("192.0.2.3:123"), 0),
                answer("c", Kind::Http, certified.clone(), secs),
            ];
            let measured = measured(answers, Counted::Others);
            assert_eq!(measured.is_authenticated(measured.survey(Span::ZERO)), expected, "{secs}");
        }
    }
}
