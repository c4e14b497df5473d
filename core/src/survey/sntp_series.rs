//! The combined proof of several exchanges with one server.
//!
//! RFC 5905 §10 keeps the sample with the least delay and drops the others. Our samples are proofs,
//! and their intersection is never wider than the best one, so all of them count.

use core::fmt;

use super::agreement::Agreement;
use crate::time::Offset;
use crate::time::Ppm;
use crate::time::Span;
use crate::wire::SntpSample;

/// The combined proof of several exchanges with one server.
///
/// All brackets must come from one local clock that is not set in between, in the order of time.
///
/// # Example
/// ```
/// use jwtick_core::survey::SntpSeries;
/// use jwtick_core::time::Ppm;
/// let series = SntpSeries::new(Ppm(500));
/// assert!(series.offset().is_none() && series.newest().is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SntpSeries {
    drift: Ppm,
    agreement: Agreement<Agreed>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Agreed {
    offset: Offset, // as of the newest sample
    delay: Span,    // the shortest
    newest: SntpSample,
}

impl SntpSeries {
    /// An empty series, for a local clock that gains or loses at most `drift`.
    #[must_use]
    pub const fn new(drift: Ppm) -> Self {
        Self { drift, agreement: Agreement::Open }
    }

    /// Adds the next sample.
    ///
    /// # Errors
    /// [`SntpContradiction`] if the samples share no offset. Any of them may be wrong, so the
    /// series proves nothing from then on.
    pub fn add(&mut self, sample: SntpSample) -> Result<(), SntpContradiction> {
        self.agreement.add(Agreed::of(sample), |agreed| agreed.and(sample, self.drift))
    }

    /// The offset that all samples allow, as of the newest; `None` if there are none or they
    /// contradict each other.
    #[must_use]
    pub fn offset(&self) -> Option<Offset> {
        self.agreement.reached().map(|agreed| agreed.offset)
    }

    /// The shortest round trip.
    #[must_use]
    pub fn delay(&self) -> Option<Span> {
        self.agreement.reached().map(|agreed| agreed.delay)
    }

    /// The newest sample, with the server's reference and stratum.
    #[must_use]
    pub fn newest(&self) -> Option<SntpSample> {
        self.agreement.reached().map(|agreed| agreed.newest)
    }
}

impl Agreed {
    const fn of(sample: SntpSample) -> Self {
        Self { offset: sample.offset, delay: sample.delay, newest: sample }
    }

    fn and(self, sample: SntpSample, drift: Ppm) -> Result<Self, SntpContradiction> {
        let age = (sample.local.after() - self.newest.local.after()).max(Span::ZERO);
        let widened = self.offset.widen(drift.of(age));
        let offset = widened
            .intersect(sample.offset)
            .ok_or_else(|| SntpContradiction { least: widened.apart(sample.offset) })?;
        Ok(Self { offset, delay: self.delay.min(sample.delay), newest: sample })
    }
}

/// The error when two samples of one server share no offset.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::SntpContradiction;
/// let fault = SntpContradiction { least: Span::from_secs(2) };
/// assert_eq!(
///     fault.to_string(),
///     "two replies of the server differ by 2 s or more: its clock was set in between, or \
///      several servers share its name",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SntpContradiction {
    /// The least distance between the offsets.
    pub least: Span,
}

impl fmt::Display for SntpContradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let least = self.least;
        write!(
            f,
            "two replies of the server differ by {least} or more: its clock was set in between, or \
             several servers share its name"
        )
    }
}

impl core::error::Error for SntpContradiction {}
