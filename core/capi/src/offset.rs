//! Clock offsets as intervals, and the selection among several sources (RFC 5905 §11.2.1).

use jwtick_core::survey::Selection;
use jwtick_core::time::{Bracket, Offset};
use jwtick_core::{TimeBounds, UnixTime};

use crate::context::RefusalContext;
use crate::pointer::{Input, Items, Output};
use crate::record::{BoundsRecord, BracketRecord, OffsetRecord};
use crate::refusal::Why;
use crate::status::Status;

/// The agreement of more than half of the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct SelectionRecord {
    /// The interval that they share.
    pub offset: OffsetRecord,
    /// The number of sources that share it.
    pub truechimers: usize,
    /// The number of sources.
    pub sources: usize,
}

impl From<Selection> for SelectionRecord {
    fn from(selection: Selection) -> Self {
        let (truechimers, sources) = (selection.truechimers(), selection.sources());
        Self { offset: selection.offset().into(), truechimers, sources }
    }
}

/// Writes the offset proved by an event that happened within `local` on this clock and within `utc`
/// on the reference. No symmetry is assumed: the event may be anywhere in both.
///
/// Statuses: `JWTICK_STATUS_INVERTED`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_offset_observed(
    local: *const BracketRecord,
    utc: *const BoundsRecord,
    offset: *mut OffsetRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (local, utc, offset) = unsafe { (Input::new(local), Input::new(utc), Output::new(offset)) };
    Status::of(|| {
        let offset = offset.slot()?;
        let (local, utc) = (Bracket::try_from(*local.get()?)?, TimeBounds::try_from(*utc.get()?)?);
        offset.put(Offset::observed(local, utc).into());
        Ok(())
    })
}

/// Writes UTC when the local clock reads `local`, according to `offset`.
///
/// Statuses: `JWTICK_STATUS_INVERTED`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_offset_apply(
    offset: *const OffsetRecord,
    local: i64,
    utc: *mut BoundsRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (offset, utc) = unsafe { (Input::new(offset), Output::new(utc)) };
    Status::of(|| {
        let utc = utc.slot()?;
        let offset = Offset::try_from(*offset.get()?)?;
        utc.put(offset.apply(UnixTime::from_micros(local)).into());
        Ok(())
    })
}

/// Writes the overlap of both offsets. For a selection and one of its sources, it shows whether the
/// source agrees.
///
/// Statuses: `JWTICK_STATUS_CONTRADICTION` if they do not overlap, `JWTICK_STATUS_INVERTED`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_offset_intersect(
    one: *const OffsetRecord,
    other: *const OffsetRecord,
    both: *mut OffsetRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (one, other, both) = unsafe { (Input::new(one), Input::new(other), Output::new(both)) };
    Status::of(|| {
        let both = both.slot()?;
        let (one, other) = (Offset::try_from(*one.get()?)?, Offset::try_from(*other.get()?)?);
        both.put(one.intersect(other).ok_or(Status::Contradiction)?.into());
        Ok(())
    })
}

/// Selects the interval that the most of `count` sources allow, if they are more than half of all.
/// A source that does not overlap it is a falseticker. The time is quadratic in `count`.
///
/// Statuses: `JWTICK_STATUS_NO_MAJORITY`, `JWTICK_STATUS_INVERTED`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_select(
    sources: *const OffsetRecord,
    count: usize,
    selection: *mut SelectionRecord,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (sources, selection, why) =
        unsafe { (Items::new(sources, count), Output::new(selection), Output::new(why)) };
    Status::of(|| {
        let (selection, why) = (selection.slot()?, Why::of(why)?);
        let sources: &[OffsetRecord] = sources.get()?;
        for source in sources {
            Offset::try_from(*source)?;
        }
        let offsets = sources.iter().filter_map(|source| Offset::try_from(*source).ok());
        selection.put(why.keep(Selection::among(offsets))?.into());
        Ok(())
    })
}
