//! Bounds on UTC for judging a token, and the source of those bounds.
//!
//! This host's clock is used unless `--clock` names others. Those are then measured, and the
//! interval that a majority of them shares counts; an error of this host's clock has no effect on
//! the result.

use jwtick_core::survey::Survey;
use jwtick_core::time::Offset;
use jwtick_core::words::Language;
use jwtick_core::{Span, TimeBounds, UnixTime};

use crate::measurement::{
    Answer, ClockName, Counted, Measurement, MeasurementError, QueryOptions, measure,
};
use crate::notation::instant::Moment;
use crate::source::anchor::AnchoredUtc;
use crate::source::{Kind, os};

/// Bounds on UTC at the moment to judge for.
pub(crate) struct JudgingTime {
    basis: Basis,
    moment: Moment,
    uncertainty: Span,
}

/// The source of the bounds.
pub(crate) enum Basis {
    /// The user gave a fixed time.
    Given(TimeBounds),
    /// This host's clock, taken as right.
    Believed { reading: UnixTime },
    /// Measured clocks that agree.
    Measured { measured: Measured, anchored: AnchoredUtc },
    /// Measured clocks that contradict each other: only the lower bound from the build date
    /// remains.
    Contradicted(Measured),
}

/// A measurement and its result.
pub(crate) struct Measured {
    pub(crate) measurement: Measurement,
    pub(crate) survey: Survey,
}

impl JudgingTime {
    /// Returns the time that `moment` selects, by the chosen clock.
    ///
    /// # Errors
    /// [`MeasurementError::TimeAndClock`] for a fixed time together with a clock;
    /// [`MeasurementError::NoClock`] if none of the named clocks could be measured.
    pub(crate) fn of(
        moment: Moment,
        uncertainty: Span,
        clocks: &[ClockName],
        options: &QueryOptions,
        language: Language,
    ) -> Result<Self, MeasurementError> {
        let basis = match (moment, clocks) {
            (Moment::At(_), [_, ..]) => return Err(MeasurementError::TimeAndClock),
            (Moment::At(at), []) => Basis::Given(TimeBounds::exactly(at)),
            (Moment::FromNow(_), []) => Basis::Believed { reading: os::reading() },
            (Moment::FromNow(_), clocks) => measured(clocks, options, language)?,
        };
        Ok(Self { basis, moment, uncertainty })
    }

    /// Uses a lower bound that the user gave.
    pub(crate) fn since(moment: Moment) -> Self {
        let given = TimeBounds::since(moment.point(os::reading()));
        Self { basis: Basis::Given(given), moment, uncertainty: Span::ZERO }
    }

    /// Returns the reading of this host's clock if it is used and was never set.
    pub(crate) fn unset(&self) -> Option<UnixTime> {
        match self.basis {
            Basis::Believed { reading } => Some(reading).filter(|&it| os::is_unset(it)),
            _ => None,
        }
    }

    /// Returns the source of the bounds.
    pub(crate) const fn basis(&self) -> &Basis {
        &self.basis
    }

    /// Returns the bounds on UTC at present.
    ///
    /// # Errors
    /// [`MeasurementError::Lost`] if the machine slept since its clock was measured.
    pub(crate) fn utc(&self) -> Result<TimeBounds, MeasurementError> {
        let now = match &self.basis {
            Basis::Given(given) => return Ok(widened(*given, self.uncertainty)),
            Basis::Believed { reading } => os::bounds(*reading),
            Basis::Measured { anchored, .. } => anchored.now().map_err(MeasurementError::from)?,
            Basis::Contradicted(_) => os::proved(),
        };
        Ok(widened(self.moment.bounds(now), self.uncertainty))
    }

    /// Returns a single instant for output: the middle, or the lower end of open bounds.
    ///
    /// # Errors
    /// As for [`utc`](Self::utc), and [`MeasurementError::Contradiction`] if the clocks
    /// contradict each other.
    pub(crate) fn point(&self) -> Result<UnixTime, MeasurementError> {
        if let Basis::Contradicted(measured) = &self.basis {
            let answers = measured.measurement.answers.iter();
            let said = answers.map(ToString::to_string);
            return Err(MeasurementError::Contradiction(said.collect()));
        }
        self.utc().map(middle)
    }
}

/// Returns the middle of the bounds, or the lower end if they are open.
pub(crate) const fn middle(utc: TimeBounds) -> UnixTime {
    let (earliest, latest) = (utc.earliest().as_micros(), utc.latest().as_micros());
    UnixTime::from_micros(if utc.is_open() { earliest } else { earliest.midpoint(latest) })
}

fn measured(
    clocks: &[ClockName],
    options: &QueryOptions,
    language: Language,
) -> Result<Basis, MeasurementError> {
    let mut measurement = measure(clocks, Counted::All, options, language);
    // If it is the only source, this host's clock is believed even if its accuracy is unknown.
    if let [Answer { kind: Kind::Os, found: Err(_), .. }] = measurement.answers.as_slice() {
        return Ok(Basis::Believed { reading: os::reading() });
    }
    if measurement.answers.iter().all(|answer| answer.found.is_err()) {
        let faults = measurement.answers.drain(..);
        let faults = faults.filter_map(|it| Some((it.name, it.found.err()?)));
        return Err(MeasurementError::NoClock(faults.collect()));
    }
    let survey = measurement.survey(Span::ZERO);
    let measured = Measured { measurement, survey };
    Ok(match survey.offset() {
        Some(offset) => {
            let utc = measured.measurement.utc(offset);
            let anchored = AnchoredUtc::new(utc).map_err(MeasurementError::from)?;
            Basis::Measured { measured, anchored }
        }
        None => Basis::Contradicted(measured),
    })
}

// Bounds that are open above are proved, so they need no added uncertainty.
fn widened(bounds: TimeBounds, uncertainty: Span) -> TimeBounds {
    if bounds.is_open() {
        return bounds;
    }
    let (earliest, latest) = (bounds.earliest() - uncertainty, bounds.latest() + uncertainty);
    TimeBounds::between(earliest, latest).unwrap_or(bounds)
}

impl Measured {
    /// Returns true if a single host decided that proved no identity.
    pub(crate) fn rests_on_one_word(&self) -> bool {
        self.survey.rests_on() == 1 && !self.is_authenticated()
    }

    /// Returns true if a source that proved its identity is among those that decided.
    pub(crate) fn is_authenticated(&self) -> bool {
        self.measurement.is_authenticated(self.survey)
    }

    /// Returns the offset of this host's clock.
    pub(crate) fn offset(&self) -> Option<Offset> {
        self.survey.offset()
    }
}
