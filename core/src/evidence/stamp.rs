//! Date-times as products print them: the wall clock, the zone and the resolution.
//!
//! A stamp is read for what it states and nothing more. If its zone, its year or the order of its
//! day and month is not stated, the [`Stamp`] says so, and the caller decides from other evidence.

mod epoch;
mod find;
mod iso;
mod json_record;
mod korean;
mod named;
mod names;
mod numeric;
mod reading;
mod record;
mod shape;
mod time_of_day;
mod zone;

pub(crate) use self::epoch::parse_epoch;
pub(crate) use self::find::{find, parse_at};
pub(crate) use self::record::{is_level, of_line};
pub(crate) use self::shape::{DateKnowledge, Stamp};

#[cfg(test)]
mod tests;
