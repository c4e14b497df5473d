//! Bounds on UTC, and a free-running counter tied to them.

use jwtick_core::time::{Counter, Ppm, TickAnchor};
use jwtick_core::{Span, TimeBounds, UnixTime};

use crate::context::{AnchorContext, RefusalContext};
use crate::pointer::{Input, Output, Update};
use crate::record::BoundsRecord;
use crate::refusal::Why;
use crate::status::Status;

/// A counter: one tick lasts `numerator` / `denominator` seconds, and the counter wraps after
/// `bits` bits. A counter of milliseconds in 32 bits has the values 1, 1000 and 32.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct CounterRecord {
    /// Seconds in `denominator` ticks; not 0.
    pub numerator: u32,
    /// Ticks in `numerator` seconds; not 0.
    pub denominator: u32,
    /// The width of the counter, 2 to 64. Higher bits of a reading are ignored.
    pub bits: u32,
}

/// Ties the current bounds on UTC to the counter's current reading. `drift` is the rate error of
/// its oscillator in parts per million, in either direction: 50 for an ordinary crystal over its
/// full temperature range. For a clock that was never set, `utc` starts at the build time of the
/// firmware or at the newest trusted time in storage, and ends at `JWTICK_OPEN`.
///
/// Statuses: `JWTICK_STATUS_COUNTER`, `JWTICK_STATUS_INVERTED`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_anchor_start(
    counter: *const CounterRecord,
    reading: u64,
    utc: *const BoundsRecord,
    drift: u32,
    anchor: *mut AnchorContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (counter, utc, anchor) =
        unsafe { (Input::new(counter), Input::new(utc), Output::new(anchor)) };
    Status::of(|| {
        let anchor = anchor.slot()?;
        let CounterRecord { numerator, denominator, bits } = *counter.get()?;
        let counter = Counter::new(numerator, denominator, bits).ok_or(Status::Counter)?;
        let utc = TimeBounds::try_from(*utc.get()?)?;
        anchor.hold(TickAnchor::new(counter, reading, utc, Ppm(drift)));
        Ok(())
    })
}

/// Writes the bounds on UTC at `reading`, from a counter wide enough never to wrap. The bounds
/// include the drift and one tick at either end.
///
/// Statuses: `JWTICK_STATUS_CLOCK_WENT_BACK`; `JWTICK_STATUS_CLOCK_NARROW` if the counter wraps
/// within 100 years: use `jwtick_anchor_now_within` then.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_anchor_now(
    anchor: *const AnchorContext,
    reading: u64,
    utc: *mut BoundsRecord,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (anchor, utc, why) = unsafe { (Input::new(anchor), Output::new(utc), Output::new(why)) };
    Status::of(|| {
        let (anchor, utc, why) = (anchor.held()?, utc.slot()?, Why::of(why)?);
        utc.put(why.keep(anchor.now(reading))?.into());
        Ok(())
    })
}

/// Writes the bounds on UTC at `reading`, given that at most `age` microseconds have passed since
/// the anchor was started or last refreshed. A watchdog, a sleep timer or a scheduler can guarantee
/// this.
///
/// Statuses: `JWTICK_STATUS_CLOCK_WENT_BACK`; `JWTICK_STATUS_CLOCK_NARROW` if the counter may have
/// wrapped in that time; `JWTICK_STATUS_CLOCK_OVERDUE` if the counter proves that more time has
/// passed.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_anchor_now_within(
    anchor: *const AnchorContext,
    reading: u64,
    age: i64,
    utc: *mut BoundsRecord,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (anchor, utc, why) = unsafe { (Input::new(anchor), Output::new(utc), Output::new(why)) };
    Status::of(|| {
        let (anchor, utc, why) = (anchor.held()?, utc.slot()?, Why::of(why)?);
        utc.put(why.keep(anchor.now_within(reading, Span::from_micros(age)))?.into());
        Ok(())
    })
}

/// Moves the anchor to `reading`. Call this at least once per half range of a narrow counter; the
/// counter may then wrap any number of times.
///
/// Statuses: those of `jwtick_anchor_now_within`. The anchor is unchanged on failure.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_anchor_refresh(
    anchor: *mut AnchorContext,
    reading: u64,
    age: i64,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (anchor, why) = unsafe { (Update::new(anchor), Output::new(why)) };
    Status::of(|| {
        let (anchor, why) = (anchor.held()?, Why::of(why)?);
        why.keep(anchor.refresh(reading, Span::from_micros(age)))
    })
}

/// Adds an independent proof of UTC at `reading`, such as a reply of a time server or a token of a
/// trusted issuer.
///
/// Statuses: those of `jwtick_anchor_refresh`, `JWTICK_STATUS_INVERTED`, and
/// `JWTICK_STATUS_CONTRADICTION` if `utc` contradicts what the anchor knows. The anchor is
/// unchanged on failure.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_anchor_learn(
    anchor: *mut AnchorContext,
    reading: u64,
    age: i64,
    utc: *const BoundsRecord,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (anchor, utc, why) = unsafe { (Update::new(anchor), Input::new(utc), Output::new(why)) };
    Status::of(|| {
        let (utc, why) = (TimeBounds::try_from(*utc.get()?)?, Why::of(why)?);
        let anchor = anchor.held()?;
        why.keep(anchor.learn(reading, Span::from_micros(age), utc))
    })
}

/// Writes bounds that hold for any reading of the counter, because UTC never goes back. They are
/// open above.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_anchor_floor(
    anchor: *const AnchorContext,
    utc: *mut BoundsRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (anchor, utc) = unsafe { (Input::new(anchor), Output::new(utc)) };
    Status::of(|| {
        let (anchor, utc) = (anchor.held()?, utc.slot()?);
        utc.put(anchor.floor().into());
        Ok(())
    })
}

/// Writes the overlap of both bounds.
///
/// Statuses: `JWTICK_STATUS_CONTRADICTION` if they do not overlap, `JWTICK_STATUS_INVERTED`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_bounds_intersect(
    one: *const BoundsRecord,
    other: *const BoundsRecord,
    both: *mut BoundsRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (one, other, both) = unsafe { (Input::new(one), Input::new(other), Output::new(both)) };
    Status::of(|| {
        let both = both.slot()?;
        let (one, other) =
            (TimeBounds::try_from(*one.get()?)?, TimeBounds::try_from(*other.get()?)?);
        both.put(one.intersect(other).ok_or(Status::Contradiction)?.into());
        Ok(())
    })
}

/// Writes bounds of `radius` microseconds on either side of `midpoint`; the sign of `radius` does
/// not matter.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_bounds_around(
    midpoint: i64,
    radius: i64,
    utc: *mut BoundsRecord,
) -> Status {
    // SAFETY: the header requires of the caller what the constructor requires.
    let utc = unsafe { Output::new(utc) };
    Status::of(|| {
        let (midpoint, radius) = (UnixTime::from_micros(midpoint), Span::from_micros(radius));
        utc.slot()?.put(TimeBounds::around(midpoint, radius).into());
        Ok(())
    })
}
