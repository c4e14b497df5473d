//! A device that keeps the newest trusted time over restarts, in two slots of its flash: through an
//! interrupted write, a poisoned time, and a deep sleep that a timer counts.
//!
//! Prints:
//!
//! ```text
//! first boot: UTC is at or after 1794000000 s, 0 writes
//! a token of an hour ago: undecided
//! synced: slot 0 is written
//! an hour later: not worth writing
//! a day later: slot 1 is written
//! restart without a network: UTC is at or after 1795346400 s, 2 writes
//! a token of an hour ago: reject
//! restart after an interrupted write: UTC is at or after 1795260000 s, 1 damaged
//! a poisoned time: expected UTC to be at most 2267352000 s after 1970, but found 4000000000 s
//! restart: UTC is at or after 1795346400 s, 2 writes
//! after a deep sleep of 600 s: UTC is 1795346999968 ms to 1795347000036 ms
//! ```
#![no_std]
#![no_main]

use jwtick_core::time::{Counter, Ppm, RecordToWrite, TickAnchor, TimeKeeper};
use jwtick_core::{Hs256, Span, TimeBounds, UnixTime};
use jwtick_firmware::tokens::{FRESH, SECRET};
use jwtick_firmware::{end, entry, say, say_verdict};

/// 2026-11-06T21:20:00Z, a fortnight before [`SYNCED`].
const BUILT: UnixTime = UnixTime::from_secs(1_794_000_000);
const SYNCED: UnixTime = UnixTime::from_secs(1_795_260_000);
const DAY: Span = Span::from_secs(86_400);
const IN_USE: Span = Span::from_secs(15 * 31_556_800);

/// The flash of the device, in which a write first erases the slot.
type Flash = [[u8; 24]; 2];

fn boot(flash: &Flash) -> TimeKeeper {
    let mut keeper = TimeKeeper::new(BUILT, IN_USE, DAY);
    keeper.recall(flash);
    keeper
}

fn floor(keeper: &TimeKeeper) -> i64 {
    keeper.floor().earliest().floor_secs()
}

fn say_write(name: &str, write: Option<RecordToWrite>, flash: &mut Flash) {
    match write {
        None => say!("{name}: not worth writing"),
        Some(write) => {
            say!("{name}: slot {} is written", write.slot);
            flash.iter_mut().skip(write.slot).take(1).for_each(|slot| *slot = write.bytes);
        }
    }
}

fn learn(flash: &mut Flash, keeper: &mut TimeKeeper) -> Option<()> {
    let at = |secs| TimeBounds::around(SYNCED + Span::from_secs(secs), Span::from_millis(20));
    let exact = TimeBounds::between(SYNCED, SYNCED + Span::from_millis(20))?;
    say_write("synced", keeper.worth_writing(exact).ok()?, flash);
    say_write("an hour later", keeper.worth_writing(at(3_600)).ok()?, flash);
    let day = TimeBounds::between(SYNCED + DAY, SYNCED + DAY + Span::from_millis(5))?;
    say_write("a day later", keeper.worth_writing(day).ok()?, flash);
    Some(())
}

/// A write that loses power after ten bytes.
fn interrupted(flash: &Flash) -> Flash {
    let mut torn = *flash;
    let last = torn.iter_mut().skip(1).flatten().skip(10);
    last.for_each(|byte| *byte = 0xFF);
    torn
}

fn main_loop(flash: &mut Flash, key: &Hs256) -> Option<()> {
    let mut keeper = boot(flash);
    say!("first boot: UTC is at or after {} s, {} writes", floor(&keeper), keeper.writes());
    say_verdict("a token of an hour ago", FRESH, key, keeper.floor());
    learn(flash, &mut keeper)?;

    let keeper = boot(flash);
    let (earliest, writes) = (floor(&keeper), keeper.writes());
    say!("restart without a network: UTC is at or after {earliest} s, {writes} writes");
    say_verdict("a token of an hour ago", FRESH, key, keeper.floor());

    let mut keeper = TimeKeeper::new(BUILT, IN_USE, DAY);
    let recalled = keeper.recall(&interrupted(flash));
    let (earliest, damaged) = (floor(&keeper), recalled.damaged);
    say!("restart after an interrupted write: UTC is at or after {earliest} s, {damaged} damaged");

    let mut keeper = boot(flash);
    let poisoned = TimeBounds::exactly(UnixTime::from_secs(4_000_000_000));
    say!("a poisoned time: {}", keeper.worth_writing(poisoned).err()?);
    let keeper = boot(flash);
    say!("restart: UTC is at or after {} s, {} writes", floor(&keeper), keeper.writes());

    // The timer of the deep sleep read 0 when the record was written, and counts milliseconds at 50 ppm.
    let timer = Counter::new(1, 1_000, 32)?;
    let anchor = TickAnchor::new(timer, 0, keeper.kept()?, Ppm::QUARTZ);
    let now = anchor.now_within(600_000, Span::from_secs(3_600)).ok()?;
    let (least, most) = (now.earliest().as_micros() / 1_000, now.latest().as_micros() / 1_000);
    say!("after a deep sleep of 600 s: UTC is {least} ms to {most} ms");
    Some(())
}

#[entry]
fn main() -> ! {
    let Ok(key) = Hs256::new(SECRET) else { end(false) };
    let mut flash = [[0xFF; 24]; 2];
    end(main_loop(&mut flash, &key).is_some())
}
