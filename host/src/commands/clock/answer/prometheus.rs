//! The answer for the textfile collector of Prometheus (exposition format 0.0.4).

use core::fmt::Write;

use jwtick_core::Span;

use crate::commands::clock::plan::Surveyed;
use crate::measurement::{Answer, Standing};
use crate::notation::duration::decimal;
use crate::output::safe;

/// One metric: its name without the prefix, its help text, and a function that reads its value.
type Metric = (&'static str, &'static str, fn(&Standing<'_>) -> Option<String>);

const OF_A_SOURCE: &[Metric] = &[
    ("source_up", "Whether the source gave an interval.", |it| Some(flag(it.answer.found.is_ok()))),
    ("source_agrees", "Whether the source shares the selected offset.", |it| it.agrees.map(flag)),
    ("source_offset_least_seconds", "Source minus local clock, at least.", |it| {
        it.answer.offset().map(|offset| number(offset.least()))
    }),
    ("source_offset_most_seconds", "Source minus local clock, at most.", |it| {
        it.answer.offset().map(|offset| number(offset.most()))
    }),
    ("source_delay_seconds", "Shortest round trip to the source.", |it| {
        it.answer.found.as_ref().ok()?.delay.map(number)
    }),
];

/// The answer as metrics.
pub(crate) fn prometheus(surveyed: &Surveyed) -> String {
    let mut text = String::new();
    let survey = surveyed.survey;
    let offset = survey.offset();
    let standings = surveyed.measurement.standings(survey);
    let mut gauge = |name: &str, help: &str, samples: &[(String, String)]| {
        if !samples.is_empty() {
            head(&mut text, name, help);
            for (labels, value) in samples {
                let _ = writeln!(text, "jwtick_clock_{name}{labels} {value}");
            }
        }
    };
    let (expected, allowed) = (survey.allowed().middle(), survey.allowed().most());
    let plain = |value: String| (String::new(), value);
    let ends = [
        ("offset_least_seconds", "UTC minus local clock, at least.", offset.map(|it| it.least())),
        ("offset_most_seconds", "UTC minus local clock, at most.", offset.map(|it| it.most())),
        ("expected_offset_seconds", "Offset that the clock is meant to have.", Some(expected)),
        ("max_offset_seconds", "How far the clock may be from that.", Some(allowed - expected)),
    ];
    for (name, help, value) in ends {
        let samples: Vec<_> = value.map(number).map(plain).into_iter().collect();
        gauge(name, help, &samples);
    }
    gauge(
        "agreeing_sources",
        "How many hosts share the offset.",
        &[plain(survey.rests_on().to_string())],
    );
    gauge("verdict", "1 for the verdict that holds.", &verdicts(survey.verdict().code()));
    for &(name, help, value) in OF_A_SOURCE {
        let samples: Vec<_> = standings
            .iter()
            .filter_map(|standing| Some((labels(standing.answer), value(standing)?)))
            .collect();
        gauge(name, help, &samples);
    }
    text
}

fn head(text: &mut String, name: &str, help: &str) {
    let _ = writeln!(text, "# HELP jwtick_clock_{name} {help}\n# TYPE jwtick_clock_{name} gauge");
}

fn verdicts(holds: &str) -> Vec<(String, String)> {
    let sample = |word: &str| (format!("{{verdict=\"{word}\"}}"), flag(word == holds));
    ["ok", "wrong", "undecided"].map(sample).to_vec()
}

fn labels(answer: &Answer) -> String {
    format!("{{source=\"{}\",kind=\"{}\"}}", escaped(&answer.name), answer.kind.word())
}

// In label values, only backslash, quote and line break are escaped.
fn escaped(text: &str) -> String {
    safe::line(text).replace('\\', r"\\").replace('"', r#"\""#).replace('\n', r"\n")
}

fn flag(holds: bool) -> String {
    if holds { "1" } else { "0" }.to_owned()
}

fn number(span: Span) -> String {
    match span {
        Span::MIN => "-Inf".to_owned(),
        Span::MAX => "+Inf".to_owned(),
        span => decimal(span),
    }
}
