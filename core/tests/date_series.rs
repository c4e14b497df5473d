//! Results of `Date` series from simulated servers, and the signs by which wrong dates are detected.
#![cfg(test)]

use jwtick_core::survey::{DateFault, DateOrigin, DateSample, DateSeries};
use jwtick_core::time::{Bracket, HttpDate, Offset};
use jwtick_core::{Span, UnixTime};
use proptest::prelude::*;

const REQUESTS: usize = 8;

/// A server and the path to it, as the local clock sees them.
#[derive(Debug, Clone)]
struct Simulated {
    offset: Span,
    /// Delay to the server and back, for each request.
    ways: Vec<(Span, Span)>,
    /// Delay between the planned and the actual time of each request.
    late: Span,
}

impl Simulated {
    fn answer(&self, request: usize, asked: UnixTime) -> DateSample {
        let (there, back) = self.ways[request % self.ways.len()];
        let sent = asked + self.late;
        let arrived = sent + there;
        let local = Bracket::between(sent, arrived + back).unwrap();
        let date = HttpDate::new(arrived + self.offset).unwrap();
        DateSample { local, date, origin: DateOrigin::Fresh }
    }

    fn measure(&self, start: UnixTime) -> (DateSeries, usize) {
        let (mut series, mut now) = (DateSeries::new(), start);
        for request in 0..REQUESTS {
            let Some(at) = series.next_request(now) else { return (series, request) };
            assert!(at >= now, "{at:?} is before {now:?}");
            assert!(at - now <= Span::from_secs(2), "{at:?} is long after {now:?}");
            let sample = self.answer(request, at);
            series.add(sample).unwrap();
            now = sample.local.after();
        }
        (series, REQUESTS)
    }
}

fn width(offset: Offset) -> Span {
    offset.most() - offset.least()
}

fn micros(range: core::ops::Range<i64>) -> impl Strategy<Value = Span> {
    range.prop_map(Span::from_micros)
}

fn any_start() -> impl Strategy<Value = UnixTime> {
    // From 1900 to 2200: an unset clock may read 1900.
    (-2_208_988_800_000_000_i64..7_258_118_400_000_000).prop_map(UnixTime::from_micros)
}

fn any_offset() -> impl Strategy<Value = Span> {
    let years = 100 * 366 * 86_400_000_000_i64;
    prop_oneof![micros(-2_000_000..2_000_000), micros(-years..years)]
}

proptest! {
    #[test]
    fn offset_contains_the_truth_for_any_delay(
        start in any_start(),
        offset in any_offset(),
        ways in prop::collection::vec((micros(0..3_000_000), micros(0..3_000_000)), REQUESTS),
        late in micros(0..2_000_000),
    ) {
        let server = Simulated { offset, ways, late };
        let (series, _) = server.measure(start);
        let measured = series.offset().expect("more than a second passed, so Date advanced");
        prop_assert!(measured.contains(offset), "{measured:?} without {offset:?}");
    }

    #[test]
    fn series_narrows_to_the_round_trip(
        start in any_start(),
        offset in any_offset(),
        there in micros(0..400_000),
        back in micros(0..400_000),
        late in micros(0..300),
    ) {
        let round_trip = there + back;
        let (series, _) = Simulated { offset, ways: vec![(there, back)], late }.measure(start);
        let measured = series.offset().unwrap();
        prop_assert!(measured.contains(offset), "{measured:?} without {offset:?}");
        // Seven halvings of a second, and a clock may be slewed for up to eight seconds. With a long round
        // trip, the last eighth of the gain is not worth a request.
        let open = Span::from_micros(1_000_000 / 128 + 2 * 8 * 500 + 2 * late.as_micros())
            .max(Span::from_micros(round_trip.as_micros() / 4 + 8_000));
        prop_assert!(width(measured) <= round_trip + open, "{:?}", width(measured));
    }

    #[test]
    fn text_up_to_a_second_old_refutes_nothing(
        start in any_start(),
        offset in any_offset(),
        ways in prop::collection::vec((micros(0..400_000), micros(0..400_000)), REQUESTS),
        stale in prop::collection::vec(micros(0..1_000_000), REQUESTS),
    ) {
        let server = Simulated { offset, ways, late: Span::ZERO };
        let (mut series, mut now) = (DateSeries::new(), start);
        let mut newest = None;
        for (request, stale) in stale.into_iter().enumerate() {
            let Some(at) = series.next_request(now) else { break };
            let sample = server.answer(request, at);
            // A date text stays in use until the next one replaces it.
            let date = HttpDate::new(sample.local.before() + server.ways[request].0 + offset - stale);
            let date = date.max(newest).unwrap();
            newest = Some(date);
            prop_assert_eq!(series.add(DateSample { date, ..sample }), Ok(()), "request {}", request);
            now = sample.local.after();
        }
    }

    #[test]
    fn constant_date_proves_nothing(
        start in any_start(),
        offset in any_offset(),
        way in micros(0..400_000),
    ) {
        let server = Simulated { offset, ways: vec![(way, way)], late: Span::ZERO };
        let (mut series, mut now) = (DateSeries::new(), start);
        let frozen = server.answer(0, start).date;
        for request in 0..REQUESTS {
            let Some(at) = series.next_request(now) else { break };
            let sample = DateSample { date: frozen, ..server.answer(request, at) };
            let _ = series.add(sample);
            now = sample.local.after();
            prop_assert_eq!(series.offset(), None, "after request {}", request);
        }
        prop_assert_eq!(series.next_request(now), None);
    }

    #[test]
    fn two_clocks_behind_one_name_are_told_apart(
        start in any_start(),
        offset in any_offset(),
        // Each answer leaves a second open, and its text may be a second old, so differences below three
        // seconds may still come from one clock.
        apart in prop_oneof![micros(3_100_000..90_000_000), micros(-90_000_000..-3_100_000)],
        way in micros(0..20_000),
    ) {
        let node = |offset| Simulated { offset, ways: vec![(way, way)], late: Span::ZERO };
        let nodes = [node(offset), node(offset + apart)];
        let (mut series, mut now, mut refuted) = (DateSeries::new(), start, false);
        for request in 0..REQUESTS {
            let Some(at) = series.next_request(now) else { break };
            let sample = nodes[request % 2].answer(request, at);
            now = sample.local.after();
            refuted |= series.add(sample).is_err();
        }
        prop_assert!(refuted, "{series:?}");
        prop_assert_eq!(series.offset(), None);
    }

    #[test]
    fn arbitrary_samples_do_not_panic(samples: Vec<(i64, i64, i64, bool)>, now: i64) {
        let mut series = DateSeries::new();
        for (before, after, date, stored) in samples {
            let at = UnixTime::from_micros;
            let Some(local) = Bracket::between(at(before), at(after)) else { continue };
            let Some(date) = HttpDate::new(at(date)) else { continue };
            let origin = if stored { DateOrigin::Stored } else { DateOrigin::Fresh };
            let _ = series.add(DateSample { local, date, origin }).map_err(|fault| fault.to_string());
            let _ = series.next_request(at(now));
        }
    }
}

// The answer of a server at 2026-01-01T00:00:00Z + `date_secs`, 10 ms after the request.
fn answer(sent_millis: i64, date_secs: i64) -> DateSample {
    answer_at(UnixTime::EPOCH + Span::from_millis(sent_millis), date_secs)
}

fn answer_at(sent: UnixTime, date_secs: i64) -> DateSample {
    DateSample {
        local: Bracket::between(sent, sent + Span::from_millis(10)).unwrap(),
        date: HttpDate::new(UnixTime::from_secs(1_767_225_600 + date_secs)).unwrap(),
        origin: DateOrigin::Fresh,
    }
}

#[test]
fn reports_why_a_series_is_refuted() {
    const ROWS: &[(&str, (i64, i64), &str)] = &[
        ("fits", (1_500, 2), ""),
        ("the same within a second", (900, 0), ""),
        ("the same, as a text may stay in use", (1_990, 0), ""),
        (
            "stopped clock",
            (2_510, 0),
            "expected Date to advance, but it stayed at Thu, 01 Jan 2026 00:00:00 GMT for 2.5 s",
        ),
        (
            "goes back",
            (2_510, -3_600),
            "expected Date to advance, but it went back from Thu, 01 Jan 2026 00:00:00 GMT to Wed, 31 Dec 2025 23:00:00 GMT",
        ),
        (
            "leaps",
            (2_000, 62),
            "the Dates of two answers differ by 57.988994 s or more: several servers with different clocks answered, or the clock was set in between",
        ),
        (
            "lags",
            (10_000, 3),
            "the Dates of two answers differ by 4.984994 s or more: several servers with different clocks answered, or the clock was set in between",
        ),
    ];
    for &(name, (sent, date), expected) in ROWS {
        let mut series = DateSeries::new();
        series.add(answer(0, 0)).unwrap();
        let said = series.add(answer(sent, date)).err().map(|fault| fault.to_string());
        assert_eq!(said.unwrap_or_default(), expected, "{name}");
        let proves = expected.is_empty() && date > 0;
        assert_eq!(series.offset().is_some(), proves, "{name}");
    }
}

#[test]
fn refuted_series_stays_refuted() {
    let mut series = DateSeries::new();
    series.add(answer(0, 0)).unwrap();
    series.add(answer(1_500, 100)).unwrap_err();
    series.add(answer(2_500, 2)).unwrap();
    assert_eq!((series.offset(), series.delay()), (None, None));
    assert_eq!(series.next_request(UnixTime::EPOCH), None);
}

#[test]
fn cached_answers_are_ignored() {
    let mut series = DateSeries::new();
    series.add(answer(0, 0)).unwrap();
    let before = series;
    let stored = DateSample { origin: DateOrigin::Stored, ..answer(1_500, 100) };
    let fault = series.add(stored).unwrap_err();
    assert_eq!(fault, DateFault::Stored { date: stored.date });
    assert_eq!(series, before);
}

/// The answers of a series: send time in milliseconds, and the second that the answer named.
type Sent = &'static [(i64, i64)];

fn series(answers: Sent) -> DateSeries {
    let mut series = DateSeries::new();
    for &(sent, date) in answers {
        series.add(answer(sent, date)).unwrap();
    }
    series
}

#[test]
fn next_request_aims_at_the_end_of_a_second() {
    // Earliest time, and the chosen time, in milliseconds; the fraction is what a clock may slew meanwhile.
    const ROWS: &[(&str, Sent, i64, Option<i64>)] = &[
        ("nothing known: now", &[], 123, Some(123)),
        ("half a second open either way", &[(0, 0)], 10, Some(500)),
        ("that moment is gone: the next one", &[(0, 0)], 600, Some(1_500)),
        ("not advanced, but much is open", &[(0, 0), (860, 0)], 870, Some(930)),
        ("not advanced, and little is open: a second later", &[(0, 0), (890, 0)], 900, Some(1_945)),
        ("not advanced, but a second has passed", &[(0, 0), (890, 0)], 3_000, Some(3_945)),
        ("advanced, and much is open", &[(0, 0), (500, 1)], 510, Some(1_250)),
        ("advanced, and an eighth of the way is open", &[(0, 0), (1_001, 2)], 1_011, None),
        ("advanced, and more than that is open", &[(0, 0), (1_004, 2)], 1_014, Some(2_002)),
    ];
    for &(name, answers, now, expected) in ROWS {
        let at = |millis| UnixTime::EPOCH + Span::from_millis(millis);
        let met = series(answers).next_request(at(now));
        let apart = met.zip(expected).map(|(met, millis)| (met - at(millis)).abs());
        assert_eq!(met.is_some(), expected.is_some(), "{name}: {met:?}");
        assert!(apart.is_none_or(|apart| apart < Span::from_millis(1)), "{name}: {met:?}");
    }
}

#[test]
fn request_is_sent_only_if_it_narrows_the_offset() {
    // Send time of the second request, the second that it named, and the delay between its answer and the
    // next request; all in microseconds.
    const ROWS: &[(&str, i64, i64, Option<i64>)] = &[
        ("an eighth of the way to gain", 1_001_994, 2, Some(988_750)),
        ("a microsecond less", 1_001_993, 2, None),
        ("not advanced, and 63 ms to gain", 874_443, 0, Some(53_000)),
        ("a microsecond less: a second later", 874_444, 0, Some(1_053_000)),
    ];
    for &(name, sent, date, expected) in ROWS {
        let mut series = series(&[(0, 0)]);
        let sample = answer_at(UnixTime::from_micros(sent), date);
        series.add(sample).unwrap();
        let now = sample.local.after();
        let waits = series.next_request(now).map(|at| at - now);
        assert_eq!(waits, expected.map(Span::from_micros), "{name}");
    }
}

#[test]
fn contradiction_explained_by_one_late_text_leaves_a_second_open() {
    // The second answer names a second that has just begun; the third names one that is already over.
    let series = series(&[(0, 0), (1_000, 1), (2_020, 1)]);
    let offset = series.offset().unwrap();
    let micros = |span: Span| (span - Span::from_secs(1_767_225_600)).as_micros();
    assert_eq!((micros(offset.least()), micros(offset.most())), (-10_516, 980_000));
    assert_eq!(series.next_request(UnixTime::from_secs(3)), None);
}

#[test]
fn date_in_use_is_dated_from_its_first_appearance() {
    let fault = |answers: Sent, sent| {
        series(answers).add(answer(sent, 2)).unwrap_err().to_string() //
    };
    let stood = |secs: &str| {
        format!(
            "expected Date to advance, but it stayed at Thu, 01 Jan 2026 00:00:02 GMT for {secs} s"
        )
    };
    assert_eq!(fault(&[(0, 0), (1_500, 2)], 4_110), stood("2.6"));
    assert_eq!(fault(&[(0, 0), (1_500, 2), (2_000, 2)], 4_110), stood("2.6"));
}

#[test]
fn shortest_path_bounds_the_offset() {
    let mut series = series(&[(0, 0)]);
    assert_eq!(series.delay(), Some(Span::from_millis(10)));
    for (sent, took, shortest) in [(600, 30, 10), (1_200, 4, 4), (1_300, 20, 4)] {
        let sent = UnixTime::EPOCH + Span::from_millis(sent);
        let local = Bracket::between(sent, sent + Span::from_millis(took)).unwrap();
        series.add(DateSample { local, ..answer(0, 1) }).unwrap();
        assert_eq!(series.delay(), Some(Span::from_millis(shortest)), "{took} ms");
    }
}
