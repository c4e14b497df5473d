//! Where UTC lies for the judge of a token, and whose word that is.
//!
//! This host's clock is believed unless `--clock` names others. Those are measured, what a majority
//! of them shares counts, and how wrong this host's clock is has no part in it any more.

use jwtick_core::survey::Survey;
use jwtick_core::time::Offset;
use jwtick_core::words::Language;
use jwtick_core::{Span, TimeBounds, UnixTime};

use crate::measurement::{Answer, ClockName, Measurement, MeasurementError, QueryOptions, measure};
use crate::notation::instant::Moment;
use crate::source::anchor::AnchoredUtc;
use crate::source::{Kind, os};

/// Where UTC lies at the moment that was asked for.
pub(crate) struct JudgingTime {
    basis: Basis,
    moment: Moment,
    uncertainty: Span,
}

/// Whose word it is.
pub(crate) enum Basis {
    /// Somebody gave a fixed time.
    Given(TimeBounds),
    /// This host's clock, believed.
    Believed { reading: UnixTime },
    /// Clocks that were measured, and agree.
    Measured { measured: Measured, anchored: AnchoredUtc },
    /// Clocks that were measured, and contradict each other: only what the build of this program
    /// proves is left.
    Contradicted(Measured),
}

/// What was measured, and what that comes to.
pub(crate) struct Measured {
    pub(crate) measurement: Measurement,
    pub(crate) survey: Survey,
}

impl JudgingTime {
    /// The time that `moment` options, by the clock that was chosen.
    ///
    /// # Errors
    /// [`MeasurementError::TimeAndClock`] for a fixed time beside a clock;
    /// [`MeasurementError::NoClock`] if no clock that was named could be measured.
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

    /// A lower bound that somebody gave.
    pub(crate) fn since(moment: Moment) -> Self {
        let given = TimeBounds::since(moment.point(os::reading()));
        Self { basis: Basis::Given(given), moment, uncertainty: Span::ZERO }
    }

    /// The reading of this host's clock, if it is believed and was never set.
    pub(crate) fn unset(&self) -> Option<UnixTime> {
        match self.basis {
            Basis::Believed { reading } => Some(reading).filter(|&it| os::is_unset(it)),
            _ => None,
        }
    }

    /// Whose word it is.
    pub(crate) const fn basis(&self) -> &Basis {
        &self.basis
    }

    /// Where UTC lies, by now.
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

    /// The point to write where only one can be: the middle, or the lower end of open bounds.
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

/// The middle of bounds; the lower end where they are open.
pub(crate) const fn middle(utc: TimeBounds) -> UnixTime {
    let (earliest, latest) = (utc.earliest().as_micros(), utc.latest().as_micros());
    UnixTime::from_micros(if utc.is_open() { earliest } else { earliest.midpoint(latest) })
}

fn measured(
    clocks: &[ClockName],
    options: &QueryOptions,
    language: Language,
) -> Result<Basis, MeasurementError> {
    let mut measurement = measure(clocks, options, language);
    // If it is the only source, this host's clock is believed even if its accuracy is unknown.
    if let [Answer { kind: Kind::Os, found: Err(_), .. }] = measurement.answers.as_slice() {
        return Ok(Basis::Believed { reading: os::reading() });
    }
    if measurement.answers.iter().all(|answer| answer.found.is_err()) {
        let faults = measurement.answers.drain(..);
        let faults = faults.filter_map(|it| Some((it.name, it.found.err()?)));
        return Err(MeasurementError::NoClock(faults.collect()));
    }
    let survey = measurement.survey_of_all(Span::ZERO);
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

// What is proved needs no uncertainty: bounds that are open above are.
fn widened(bounds: TimeBounds, uncertainty: Span) -> TimeBounds {
    if bounds.is_open() {
        return bounds;
    }
    let (earliest, latest) = (bounds.earliest() - uncertainty, bounds.latest() + uncertainty);
    TimeBounds::between(earliest, latest).unwrap_or(bounds)
}

impl Measured {
    /// How far this host's clock is off.
    pub(crate) fn offset(&self) -> Option<Offset> {
        self.survey.offset()
    }
}
