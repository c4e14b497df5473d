//! Asking in the order in which one answer helps to judge another.

use core::time::Duration;
use std::time::Instant;

use jwtick_core::render::Language;
use jwtick_core::{Span, TimeBounds};

use super::{Answer, ClockName, Means, Measurement, ask};
use crate::notation::duration::span;
use crate::source::{LocalClock, os};

/// Asks all of `clocks`. Servers over https come last where there are others: what those say of the
/// time, their certificates are held against. Where there are none, it is what the build of this
/// program proves.
pub(crate) fn measure(clocks: &[ClockName], means: &Means, language: Language) -> Measurement {
    let (local, began) = (LocalClock::read(), Instant::now());
    let named = |https| clocks.iter().filter(move |clock| clock.is_https() == https).cloned();
    let (others, https): (Vec<_>, Vec<_>) = (named(false).collect(), named(true).collect());
    // Others that are silent must leave some time.
    let share = if https.is_empty() { Duration::ZERO } else { means.timeout / 2 };
    let first = means.after(share);
    let first = ask(local, first.sources(&others, os::known()), &first, language);
    let left = means.after(began.elapsed());
    let utc = told(&first, means);
    let last = ask(local, left.sources(&https, utc), &left, language);
    let (mut first, mut last) = (first.answers.into_iter(), last.answers.into_iter());
    let next = |clock: &ClockName| if clock.is_https() { last.next() } else { first.next() };
    let answers: Vec<Answer> = clocks.iter().filter_map(next).collect();
    Measurement { local, answers }
}

/// Where UTC lies until time is up, by sources that needed no certificate.
fn told(measurement: &Measurement, means: &Means) -> TimeBounds {
    let known = os::known();
    let offset = measurement.survey(Span::ZERO).offset();
    let now = offset.map(|offset| measurement.utc(offset));
    let until =
        |utc: TimeBounds| TimeBounds::between(utc.earliest(), utc.latest() + span(means.timeout));
    now.and_then(until).and_then(|utc| utc.intersect(known)).unwrap_or(known)
}
