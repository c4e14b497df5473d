//! The newest trusted time, kept over a restart in 24 bytes of flash or EEPROM.
//!
//! UTC never goes back, so a device that has lost its clock still knows that UTC is at or after the newest
//! time that it has trusted. A record has a checksum, because power may fail while it is written, and the
//! slots are written in turn, so that the one before stays. A time beyond the cap is neither stored nor
//! read: a single poisoned time would otherwise make every certificate and token expired for good.

use super::ticks::ClockError;
use super::unix_time::{Span, TimeBounds, UnixTime};

/// A record: mark and version, writes, earliest time, width, checksum; all numbers big-endian.
const BYTES: usize = 24;
const MARK: [u8; 4] = *b"jtk\x01";
/// A width that is greater than every other one: the latest time was not known.
const OPEN: u32 = u32::MAX;

/// The contents of the slots that could not be used, by [`TimeKeeper::recall`].
///
/// # Example
/// ```
/// use jwtick_core::time::{Recalled, TimeKeeper};
/// use jwtick_core::{Span, UnixTime};
/// let (year, day) = (Span::from_secs(31_556_952), Span::from_secs(86_400));
/// let mut keeper = TimeKeeper::new(UnixTime::from_secs(1_795_000_000), year, day);
/// let recalled = keeper.recall(&[[0xFF; 24], [7; 24]]);
/// assert_eq!(recalled, Recalled { used: false, damaged: 1, beyond: 0 });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recalled {
    /// A time was read.
    pub used: bool,
    /// The number of slots that contain neither a record nor erased memory: a write was interrupted, or
    /// the memory is worn out.
    pub damaged: u8,
    /// The number of records beyond the cap, which are ignored.
    pub beyond: u8,
}

/// A record to write to memory that survives a restart.
///
/// # Example
/// ```
/// use jwtick_core::time::TimeKeeper;
/// use jwtick_core::{Span, TimeBounds, UnixTime};
/// let (year, day) = (Span::from_secs(31_556_952), Span::from_secs(86_400));
/// let mut keeper = TimeKeeper::new(UnixTime::from_secs(1_795_000_000), year, day);
/// let mut flash = [[0xFF; 24]; 2];
/// keeper.recall(&flash);
/// let synced = TimeBounds::exactly(UnixTime::from_secs(1_800_000_000));
/// let write = keeper.worth_writing(synced).unwrap().unwrap();
/// flash[write.slot] = write.bytes;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordToWrite {
    /// The slot to write, of those that were recalled.
    pub slot: usize,
    /// Its new content.
    pub bytes: [u8; BYTES],
}

/// What a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Record {
    writes: u32,
    earliest: UnixTime,
    width: u32, // milliseconds
}

impl Record {
    fn to_bytes(self) -> [u8; BYTES] {
        let [w0, w1, w2, w3] = self.writes.to_be_bytes();
        let [e0, e1, e2, e3, e4, e5, e6, e7] = self.earliest.as_micros().to_be_bytes();
        let [d0, d1, d2, d3] = self.width.to_be_bytes();
        let [m0, m1, m2, m3] = MARK;
        let content =
            [m0, m1, m2, m3, w0, w1, w2, w3, e0, e1, e2, e3, e4, e5, e6, e7, d0, d1, d2, d3];
        let mut bytes = [0; BYTES];
        let sum = checksum(&content).to_be_bytes();
        bytes.iter_mut().zip(content.iter().chain(&sum)).for_each(|(place, byte)| *place = *byte);
        bytes
    }

    fn of(bytes: &[u8; BYTES]) -> Option<Self> {
        let (content, sum) = bytes.split_last_chunk::<4>()?;
        let (mark, rest) = content.split_first_chunk::<4>()?;
        let (writes, rest) = rest.split_first_chunk::<4>()?;
        let (earliest, rest) = rest.split_first_chunk::<8>()?;
        let (width, _) = rest.split_first_chunk::<4>()?;
        let valid = *mark == MARK && checksum(content) == u32::from_be_bytes(*sum);
        valid.then(|| Self {
            writes: u32::from_be_bytes(*writes),
            earliest: UnixTime::from_micros(i64::from_be_bytes(*earliest)),
            width: u32::from_be_bytes(*width),
        })
    }

    fn utc(self) -> TimeBounds {
        match self.width {
            OPEN => TimeBounds::since(self.earliest),
            millis => {
                let latest = self.earliest + Span::from_millis(millis.into());
                TimeBounds::between(self.earliest, latest)
                    .unwrap_or(TimeBounds::since(self.earliest))
            }
        }
    }
}

/// CRC-32 (ISO 3309), bit by bit: a table would be four times the code of everything else here.
fn checksum(bytes: &[u8]) -> u32 {
    let bit = |sum: u32, _: u32| sum >> 1 ^ if sum & 1 == 0 { 0 } else { 0xEDB8_8320 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), bit))
}

/// Keeps the newest trusted time over a restart, and tells when to write it.
///
/// The record is not authenticated: keep it where only the firmware can write.
///
/// # Example
/// ```
/// use jwtick_core::time::{ClockError, TimeKeeper};
/// use jwtick_core::{Span, TimeBounds, UnixTime};
/// // Built on 2026-11-18, in use for 15 years, and written at most once a day: 5,500 times in all.
/// const BUILT: UnixTime = UnixTime::from_secs(1_795_000_000);
/// const DAY: Span = Span::from_secs(86_400);
/// const IN_USE: Span = Span::from_secs(15 * 31_556_952);
/// let mut flash = [[0xFF; 24]; 2]; // two erased slots
///
/// let mut keeper = TimeKeeper::new(BUILT, IN_USE, DAY);
/// keeper.recall(&flash);
/// assert_eq!(keeper.floor(), TimeBounds::since(BUILT));
/// let synced = TimeBounds::around(UnixTime::from_secs(1_800_000_000), Span::from_secs(1));
/// if let Some(write) = keeper.worth_writing(synced)? {
///     flash[write.slot] = write.bytes;
/// }
///
/// // After a restart, without a network.
/// let mut keeper = TimeKeeper::new(BUILT, IN_USE, DAY);
/// assert!(keeper.recall(&flash).used);
/// assert_eq!(keeper.floor(), TimeBounds::since(UnixTime::from_secs(1_799_999_999)));
/// # Ok::<(), ClockError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct TimeKeeper {
    built: UnixTime,
    cap: UnixTime,
    every: Span,
    newest: Option<Record>,
    slots: usize,
    next: usize,
}

impl TimeKeeper {
    /// A keeper for firmware that was built at `built` and is in use for at most `in_use`, a time after
    /// which no record is believed. A record is worth writing if it is newer than the last one by `every`.
    #[must_use]
    pub fn new(built: UnixTime, in_use: Span, every: Span) -> Self {
        let cap = built + in_use.max(Span::ZERO);
        Self { built, cap, every: every.max(Span::ZERO), newest: None, slots: 1, next: 0 }
    }

    /// Reads all slots after a restart. Two are enough to survive a power failure while one is written, and
    /// more spread the wear.
    pub fn recall(&mut self, slots: &[[u8; BYTES]]) -> Recalled {
        let mut recalled = Recalled::default();
        (self.newest, self.slots, self.next) = (None, slots.len().max(1), 0);
        for (slot, bytes) in slots.iter().enumerate() {
            let erased =
                bytes.iter().all(|byte| *byte == 0xFF) || bytes.iter().all(|byte| *byte == 0);
            match Record::of(bytes) {
                Some(record) if record.earliest > self.cap => {
                    recalled.beyond = recalled.beyond.saturating_add(1);
                }
                Some(record) if self.newest.is_none_or(|newest| newest.writes < record.writes) => {
                    self.newest = Some(record);
                    self.next = slot.saturating_add(1).checked_rem(self.slots).unwrap_or(0);
                }
                Some(_) => {}
                None if erased => {}
                None => recalled.damaged = recalled.damaged.saturating_add(1),
            }
        }
        recalled.used = self.newest.is_some();
        recalled
    }

    /// The bounds on UTC without any clock: at or after the newest trusted time, and at or after the build.
    #[must_use]
    pub fn floor(&self) -> TimeBounds {
        let kept = self.newest.map_or(self.built, |record| record.earliest);
        TimeBounds::since(kept.max(self.built))
    }

    /// The bounds on UTC when the newest record was made. Add the time that has passed since then, if
    /// something has counted it, such as a real-time clock or the timer of a deep sleep.
    #[must_use]
    pub fn kept(&self) -> Option<TimeBounds> {
        self.newest.map(Record::utc)
    }

    /// The number of records written so far, to compare with the endurance of the memory.
    #[must_use]
    pub fn writes(&self) -> u32 {
        self.newest.map_or(0, |record| record.writes)
    }

    /// Learns bounds on UTC now, from a source that you trust, and returns the record to write if it is
    /// worth it. If the write fails, call [`recall`](Self::recall).
    ///
    /// # Errors
    /// [`ClockError::Contradiction`] if `utc` ends before the floor: either it or the record is wrong. If
    /// the source is authenticated, call [`recover`](Self::recover).
    /// [`ClockError::BeyondCap`] if `utc` begins after the cap.
    pub fn worth_writing(&mut self, utc: TimeBounds) -> Result<Option<RecordToWrite>, ClockError> {
        let known = self.floor();
        let utc = known.intersect(utc).ok_or(ClockError::Contradiction { known, told: utc })?;
        if utc.earliest() > self.cap {
            return Err(ClockError::BeyondCap { earliest: utc.earliest(), cap: self.cap });
        }
        let worth = match self.newest {
            Some(record) => utc.earliest() >= record.earliest + self.every,
            // The build time needs no record.
            None => utc.earliest() > self.built,
        };
        Ok(worth.then(|| self.keep(utc)))
    }

    /// Replaces the newest time by `utc`, even by an earlier one, on the word of an authenticated source, and
    /// returns the record to write. It is the way back from a poisoned time.
    ///
    /// # Errors
    /// [`ClockError::Contradiction`] if `utc` ends before the build, and [`ClockError::BeyondCap`] if it
    /// begins after the cap.
    pub fn recover(&mut self, utc: TimeBounds) -> Result<RecordToWrite, ClockError> {
        let known = TimeBounds::since(self.built);
        let utc = known.intersect(utc).ok_or(ClockError::Contradiction { known, told: utc })?;
        if utc.earliest() > self.cap {
            return Err(ClockError::BeyondCap { earliest: utc.earliest(), cap: self.cap });
        }
        Ok(self.keep(utc))
    }

    fn keep(&mut self, utc: TimeBounds) -> RecordToWrite {
        // Rounded up, so that the bounds that are read contain those that were written.
        let width = utc.latest() - utc.earliest();
        let millis = width.as_micros().saturating_add(999).div_euclid(1_000);
        let width = if utc.is_open() { OPEN } else { u32::try_from(millis).unwrap_or(OPEN) };
        let record =
            Record { writes: self.writes().saturating_add(1), earliest: utc.earliest(), width };
        let slot = self.next;
        self.newest = Some(record);
        self.next = slot.saturating_add(1).checked_rem(self.slots).unwrap_or(0);
        RecordToWrite { slot, bytes: record.to_bytes() }
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    const BUILT: UnixTime = UnixTime::from_secs(1_795_000_000);
    const DAY: Span = Span::from_secs(86_400);
    const YEAR: Span = Span::from_secs(31_556_952);
    const ERASED: [u8; BYTES] = [0xFF; BYTES];

    fn keeper(slots: &[[u8; BYTES]]) -> TimeKeeper {
        let mut keeper = TimeKeeper::new(BUILT, YEAR, DAY);
        keeper.recall(slots);
        keeper
    }

    fn at(secs: i64) -> TimeBounds {
        TimeBounds::exactly(BUILT + Span::from_secs(secs))
    }

    fn since(secs: i64) -> TimeBounds {
        TimeBounds::since(BUILT + Span::from_secs(secs))
    }

    fn write(keeper: &mut TimeKeeper, slots: &mut [[u8; BYTES]], utc: TimeBounds) {
        let write = keeper.worth_writing(utc).unwrap().unwrap();
        slots[write.slot] = write.bytes;
    }

    // https://reveng.sourceforge.io/crc-catalogue: CRC-32/ISO-HDLC.
    #[test]
    fn checksum_is_that_of_the_standard() {
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
        assert_eq!(checksum(b""), 0);
    }

    #[test]
    fn record_is_worth_writing_after_a_day() {
        const DAY: i64 = 86_400;
        // Seconds after the build, and whether a record is written.
        const ROWS: &[(&str, i64, bool)] = &[
            ("at the build", 0, false),
            ("the first", 1, true),
            ("the same", 1, false),
            ("not a day later", DAY, false),
            ("a day later", DAY + 1, true),
            ("a year later", 31_556_952, true),
        ];
        let mut keeper = keeper(&[ERASED; 2]);
        let mut writes = 0;
        for &(name, secs, expected) in ROWS {
            let write = keeper.worth_writing(at(secs)).unwrap();
            assert_eq!(write.is_some(), expected, "{name}");
            writes += u32::from(expected);
            assert_eq!(keeper.writes(), writes, "{name}");
        }
    }

    #[test]
    fn times_beyond_the_cap_are_neither_written_nor_read() {
        let (mut poisoned, mut slots) = (TimeKeeper::new(BUILT, Span::MAX, DAY), [ERASED; 3]);
        poisoned.recall(&slots);
        write(&mut poisoned, &mut slots, at(100));
        write(&mut poisoned, &mut slots, at(31_556_953));
        let mut keeper = TimeKeeper::new(BUILT, YEAR, DAY);
        let recalled = keeper.recall(&slots);
        assert_eq!(recalled, Recalled { used: true, damaged: 0, beyond: 1 });
        assert_eq!(keeper.floor(), since(100));
        let (earliest, cap) = (BUILT + YEAR + Span::from_secs(1), BUILT + YEAR);
        let beyond = ClockError::BeyondCap { earliest, cap };
        assert_eq!(keeper.worth_writing(at(31_556_953)), Err(beyond));
        assert_eq!(keeper.recover(at(31_556_953)), Err(beyond));
        assert_eq!(keeper.floor(), since(100), "nothing was learned");
        // The slot of the poisoned record is the next one to be written.
        assert_eq!(keeper.worth_writing(at(86_500)).unwrap().unwrap().slot, 1);
    }

    #[test]
    fn poisoned_time_below_the_cap_is_replaced_by_an_authenticated_source() {
        let mut slots = [ERASED; 2];
        let mut keeper = keeper(&slots);
        write(&mut keeper, &mut slots, at(30_000_000));
        let (known, told) = (since(30_000_000), at(9));
        assert_eq!(keeper.worth_writing(told), Err(ClockError::Contradiction { known, told }));
        let write = keeper.recover(told).unwrap();
        slots[write.slot] = write.bytes;
        assert_eq!(
            self::keeper(&slots).floor(),
            since(9),
            "the later record, and not the later time"
        );
        let (known, told) = (since(0), at(-1));
        assert_eq!(keeper.recover(told), Err(ClockError::Contradiction { known, told }));
    }

    #[test]
    fn interrupted_write_leaves_the_record_before() {
        let mut slots = [ERASED; 2];
        let mut keeper = keeper(&slots);
        write(&mut keeper, &mut slots, at(100));
        let before = slots;
        write(&mut keeper, &mut slots, at(100_000));
        for written in 0..BYTES {
            let mut torn = before;
            torn[1][..written].copy_from_slice(&slots[1][..written]);
            let mut restarted = TimeKeeper::new(BUILT, YEAR, DAY);
            let recalled = restarted.recall(&torn);
            let damaged = u8::from(written > 0);
            assert_eq!(recalled, Recalled { used: true, damaged, beyond: 0 }, "{written} bytes");
            assert_eq!(restarted.floor(), since(100), "{written} bytes");
            assert_eq!(restarted.worth_writing(at(100_000)).unwrap().unwrap().slot, 1);
        }
        assert_eq!(self::keeper(&slots).floor(), since(100_000));
    }

    #[test]
    fn erased_slots_leave_the_build_time() {
        for slots in [&[][..], &[ERASED], &[[0; BYTES], ERASED]] {
            let mut keeper = TimeKeeper::new(BUILT, YEAR, DAY);
            assert_eq!(keeper.recall(slots), Recalled::default());
            assert_eq!((keeper.floor(), keeper.kept(), keeper.writes()), (since(0), None, 0));
            assert_eq!(keeper.worth_writing(at(1)).unwrap().unwrap().slot, 0);
        }
    }

    #[test]
    fn bounds_are_kept_with_their_width() {
        let micros = |earliest, latest| {
            let at = |micros| BUILT + Span::from_micros(micros);
            TimeBounds::between(at(earliest), at(latest)).unwrap()
        };
        let rows = [
            ("exact", micros(7, 7), micros(7, 7)),
            ("rounded up", micros(7, 1_008), micros(7, 2_007)),
            ("open", since(7), since(7)),
            ("49 days", micros(7, 4_294_967_294_007), micros(7, 4_294_967_294_007)),
            (
                "too wide",
                micros(7, 4_294_967_294_008),
                TimeBounds::since(BUILT + Span::from_micros(7)),
            ),
        ];
        for (name, utc, expected) in rows {
            let mut slots = [ERASED];
            write(&mut keeper(&slots), &mut slots, utc);
            assert_eq!(keeper(&slots).kept(), Some(expected), "{name}");
        }
    }

    proptest! {
        // Whatever is in the memory, the floor is a time that was trusted, or the build.
        #[test]
        fn floor_is_a_time_that_was_written(
            times in proptest::collection::vec(0_i64..40_000_000, 1..9), slots in 1_usize..5,
            damage in proptest::collection::vec((0_usize..5, 0_usize..BYTES, 1_u8..), 0..6),
        ) {
            let mut memory: Vec<[u8; BYTES]> = std::vec![ERASED; slots];
            let mut running = keeper(&memory);
            let mut written = std::vec![since(0)];
            for secs in times {
                if let Ok(Some(write)) = running.worth_writing(at(secs)) {
                    memory[write.slot] = write.bytes;
                    written.push(since(secs));
                }
                prop_assert_eq!(running.floor(), *written.last().unwrap());
            }
            prop_assert_eq!(keeper(&memory).floor(), *written.last().unwrap());
            for (slot, at, by) in damage {
                memory[slot % slots][at] ^= by;
            }
            prop_assert!(written.contains(&keeper(&memory).floor()));
        }
    }
}
