//! The newest trusted time, kept over a restart in memory of the caller's choice.

use jwtick_core::time::{RecordToWrite, TimeKeeper};
use jwtick_core::{Span, TimeBounds, UnixTime};

use crate::context::{KeeperContext, RefusalContext};
use crate::pointer::{Buffer, Input, Items, Output, Update};
use crate::record::BoundsRecord;
use crate::refusal::Why;
use crate::status::Status;

/// The length of a slot and of a record, in bytes.
pub const KEPT_LENGTH: usize = 24;

/// The contents of the slots, by `jwtick_keeper_start`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct RecalledRecord {
    /// 1 if a time was read, and otherwise 0.
    pub used: u32,
    /// The number of slots that contain neither a record nor erased memory: a write was interrupted, or
    /// the memory is worn out.
    pub damaged: u32,
    /// The number of records beyond the cap, which are ignored.
    pub beyond: u32,
}

/// Reads the newest trusted time after a restart. `slots` are `slot_count` slots of `JWTICK_KEPT_LENGTH`
/// bytes, erased (all bytes 0 or all 255) or written with records. Two are enough to survive a power failure
/// while one is written, and more spread the wear. The records are not authenticated: keep them where only
/// the firmware can write.
///
/// `built` is the build time of the firmware, and `in_use` the time after it at which no record is believed
/// any more, so that a poisoned time does not last. A record is worth writing if it is newer than the last
/// one by `every`. All three are in microseconds.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_keeper_start(
    built: i64,
    in_use: i64,
    every: i64,
    slots: *const u8,
    slot_count: usize,
    keeper: *mut KeeperContext,
    recalled: *mut RecalledRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (slots, keeper, recalled) = unsafe {
        let slots: Items<'_, [u8; KEPT_LENGTH]> = Items::new(slots.cast(), slot_count);
        (slots, Output::new(keeper), Output::new(recalled))
    };
    Status::of(|| {
        let (keeper, recalled) = (keeper.slot()?, recalled.slot()?);
        let (built, span) = (UnixTime::from_micros(built), Span::from_micros);
        let mut made = TimeKeeper::new(built, span(in_use), span(every));
        let met = made.recall(slots.get()?);
        let (damaged, beyond) = (met.damaged.into(), met.beyond.into());
        recalled.put(RecalledRecord { used: met.used.into(), damaged, beyond });
        keeper.hold(made);
        Ok(())
    })
}

/// Writes the bounds on UTC without any clock: at or after the newest trusted time, and at or after the
/// build.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_keeper_floor(
    keeper: *const KeeperContext,
    utc: *mut BoundsRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (keeper, utc) = unsafe { (Input::new(keeper), Output::new(utc)) };
    Status::of(|| {
        let (keeper, utc) = (keeper.held()?, utc.slot()?);
        utc.put(keeper.floor().into());
        Ok(())
    })
}

/// Writes the bounds on UTC when the newest record was made, or those of `jwtick_keeper_floor` if there is
/// none. If something has counted the time since then, such as a real-time clock or the timer of a deep
/// sleep, start an anchor with them and with its reading at that moment.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_keeper_kept(
    keeper: *const KeeperContext,
    utc: *mut BoundsRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (keeper, utc) = unsafe { (Input::new(keeper), Output::new(utc)) };
    Status::of(|| {
        let (keeper, utc) = (keeper.held()?, utc.slot()?);
        utc.put(keeper.kept().unwrap_or(keeper.floor()).into());
        Ok(())
    })
}

/// Writes the number of records written so far, to compare with the endurance of the memory.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_keeper_writes(
    keeper: *const KeeperContext,
    writes: *mut u32,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (keeper, writes) = unsafe { (Input::new(keeper), Output::new(writes)) };
    Status::of(|| {
        let (keeper, writes) = (keeper.held()?, writes.slot()?);
        writes.put(keeper.writes());
        Ok(())
    })
}

/// Learns bounds on UTC now, from a source that you trust. If `worth` is then true, write the
/// `JWTICK_KEPT_LENGTH` bytes of `record` to the slot with the number `slot`; otherwise, `record` is zeros.
/// If your write fails, call `jwtick_keeper_start` again.
///
/// Statuses: `JWTICK_STATUS_CONTRADICTION` if `utc` ends before the floor: either it or the record is
/// wrong; `JWTICK_STATUS_CLOCK_BEYOND`, `JWTICK_STATUS_INVERTED`, `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_keeper_worth_writing(
    keeper: *mut KeeperContext,
    utc: *const BoundsRecord,
    record: *mut u8,
    room: usize,
    slot: *mut usize,
    worth: *mut bool,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (keeper, utc, record, slot, worth, why) = unsafe {
        let (slot, worth, why) = (Output::new(slot), Output::new(worth), Output::new(why));
        (Update::new(keeper), Input::new(utc), Buffer::new(record, room), slot, worth, why)
    };
    Status::of(|| {
        let (slot, worth, why) = (slot.slot()?, worth.slot()?, Why::of(why)?);
        let (utc, room) = (TimeBounds::try_from(*utc.get()?)?, checked(record)?);
        let write = why.keep(keeper.held()?.worth_writing(utc))?;
        worth.put(write.is_some());
        let none = RecordToWrite { slot: 0, bytes: [0; KEPT_LENGTH] };
        let write = write.unwrap_or(none);
        room.whole(KEPT_LENGTH)?.copy_from_slice(&write.bytes);
        slot.put(write.slot);
        Ok(())
    })
}

/// Replaces the newest time by `utc`, even by an earlier one, on the word of an authenticated source: the
/// way back from a poisoned time. Write `record` to the slot with the number `slot`.
///
/// Statuses: `JWTICK_STATUS_CONTRADICTION` if `utc` ends before the build; `JWTICK_STATUS_CLOCK_BEYOND`,
/// `JWTICK_STATUS_INVERTED`, `JWTICK_STATUS_BUFFER`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_keeper_recover(
    keeper: *mut KeeperContext,
    utc: *const BoundsRecord,
    record: *mut u8,
    room: usize,
    slot: *mut usize,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (keeper, utc, record, slot, why) = unsafe {
        let (slot, why) = (Output::new(slot), Output::new(why));
        (Update::new(keeper), Input::new(utc), Buffer::new(record, room), slot, why)
    };
    Status::of(|| {
        let (slot, why) = (slot.slot()?, Why::of(why)?);
        let (utc, room) = (TimeBounds::try_from(*utc.get()?)?, checked(record)?);
        let write = why.keep(keeper.held()?.recover(utc))?;
        room.whole(KEPT_LENGTH)?.copy_from_slice(&write.bytes);
        slot.put(write.slot);
        Ok(())
    })
}

/// Refuses a buffer before anything is changed.
fn checked(record: Buffer<'_>) -> Result<Buffer<'_>, Status> {
    record.area()?;
    if record.len() < KEPT_LENGTH { Err(Status::Buffer) } else { Ok(record) }
}
