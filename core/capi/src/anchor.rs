//! Bounds on UTC, and a free-running counter that is tied to them.

use jwtick_core::time::{Counter, Ppm, TickAnchor};
use jwtick_core::{Span, TimeBounds, UnixTime};

use crate::context::{AnchorContext, RefusalContext};
use crate::pointer::{Input, Output, Update};
use crate::record::BoundsRecord;
use crate::refusal::Why;
use crate::status::Status;

/// A counter: one tick lasts `numerator` / `denominator` seconds, and it wraps after `bits` bits. A
/// counter of milliseconds in 32 bits has 1, 1000 and 32.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct CounterRecord {
    /// Seconds in `denominator` ticks; not 0.
    pub numerator: u32,
    /// Ticks in `numerator` seconds; not 0.
    pub denominator: u32,
    /// Its width, 2 to 64. What a reading has above it is not looked at.
    pub bits: u32,
}

/// Ties what is known of UTC now to what the counter reads now. `drift` is the rate error of its
/// oscillator in parts per million, either way: 50 for an ordinary crystal over its whole range of
/// temperature. For a clock that was never set, `utc` begins at the build time of the firmware, or the
/// newest trusted time that was stored, and is `JWTICK_OPEN` above.
///
/// Statuses: `JWTICK_STATUS_COUNTER`, `JWTICK_STATUS_INVERTED`.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_anchor_start(
    counter: *const CounterRecord,
    reading: u64,
    utc: *const BoundsRecord,
    drift: u32,
    anchor: *mut AnchorContext,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
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

/// UTC at `reading`, by a counter that is wide enough never to wrap: bounds that have widened with
/// the drift, and by a tick at either end.
///
/// Statuses: `JWTICK_STATUS_CLOCK_WENT_BACK`; `JWTICK_STATUS_CLOCK_NARROW` if the counter wraps within
/// 100 years, so that the caller has to say how old the anchor may be.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_anchor_now(
    anchor: *const AnchorContext,
    reading: u64,
    utc: *mut BoundsRecord,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (anchor, utc, why) = unsafe { (Input::new(anchor), Output::new(utc), Output::new(why)) };
    Status::of(|| {
        let (anchor, utc, why) = (anchor.held()?, utc.slot()?, Why::of(why)?);
        utc.put(why.keep(anchor.now(reading))?.into());
        Ok(())
    })
}

/// UTC at `reading`, if the caller knows that no more than `age` microseconds have passed since the
/// anchor was started or last refreshed: by a watchdog, a sleep timer, a scheduler.
///
/// Statuses: `JWTICK_STATUS_CLOCK_WENT_BACK`; `JWTICK_STATUS_CLOCK_NARROW` if the counter may have
/// wrapped in that time; `JWTICK_STATUS_CLOCK_OVERDUE` if it proves that more has passed.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_anchor_now_within(
    anchor: *const AnchorContext,
    reading: u64,
    age: i64,
    utc: *mut BoundsRecord,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (anchor, utc, why) = unsafe { (Input::new(anchor), Output::new(utc), Output::new(why)) };
    Status::of(|| {
        let (anchor, utc, why) = (anchor.held()?, utc.slot()?, Why::of(why)?);
        utc.put(why.keep(anchor.now_within(reading, Span::from_micros(age)))?.into());
        Ok(())
    })
}

/// Moves the anchor to `reading`. A narrow counter is tracked by doing this at least once in half its
/// range; then it may wrap as often as it likes.
///
/// Statuses: as for `jwtick_anchor_now_within`; the anchor stays as it was.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_anchor_refresh(
    anchor: *mut AnchorContext,
    reading: u64,
    age: i64,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (anchor, why) = unsafe { (Update::new(anchor), Output::new(why)) };
    Status::of(|| {
        let (anchor, why) = (anchor.held()?, Why::of(why)?);
        why.keep(anchor.refresh(reading, Span::from_micros(age)))
    })
}

/// Adds another proof of what UTC is at `reading`: a reply of a time server, a token of a trusted
/// issuer.
///
/// Statuses: as for `jwtick_anchor_refresh`, `JWTICK_STATUS_INVERTED`, and
/// `JWTICK_STATUS_CONTRADICTION` if `utc` can't be true together with what the anchor knows; it stays
/// as it was.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_anchor_learn(
    anchor: *mut AnchorContext,
    reading: u64,
    age: i64,
    utc: *const BoundsRecord,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (anchor, utc, why) = unsafe { (Update::new(anchor), Input::new(utc), Output::new(why)) };
    Status::of(|| {
        let (utc, why) = (TimeBounds::try_from(*utc.get()?)?, Why::of(why)?);
        let anchor = anchor.held()?;
        why.keep(anchor.learn(reading, Span::from_micros(age), utc))
    })
}

/// What holds whatever the counter reads, since UTC never goes back: bounds that are open above.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_anchor_floor(
    anchor: *const AnchorContext,
    utc: *mut BoundsRecord,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (anchor, utc) = unsafe { (Input::new(anchor), Output::new(utc)) };
    Status::of(|| {
        let (anchor, utc) = (anchor.held()?, utc.slot()?);
        utc.put(anchor.floor().into());
        Ok(())
    })
}

/// What both bounds allow.
///
/// Statuses: `JWTICK_STATUS_CONTRADICTION` if they share nothing, `JWTICK_STATUS_INVERTED`.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_bounds_intersect(
    one: *const BoundsRecord,
    other: *const BoundsRecord,
    both: *mut BoundsRecord,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (one, other, both) = unsafe { (Input::new(one), Input::new(other), Output::new(both)) };
    Status::of(|| {
        let both = both.slot()?;
        let (one, other) =
            (TimeBounds::try_from(*one.get()?)?, TimeBounds::try_from(*other.get()?)?);
        both.put(one.intersect(other).ok_or(Status::Contradiction)?.into());
        Ok(())
    })
}

/// Bounds of `radius` microseconds either side of `midpoint`; the sign of `radius` does not matter.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_bounds_around(
    midpoint: i64,
    radius: i64,
    utc: *mut BoundsRecord,
) -> Status {
    // SAFETY: what the carrier asks for is what the header asks of the caller.
    let utc = unsafe { Output::new(utc) };
    Status::of(|| {
        let (midpoint, radius) = (UnixTime::from_micros(midpoint), Span::from_micros(radius));
        utc.slot()?.put(TimeBounds::around(midpoint, radius).into());
        Ok(())
    })
}
