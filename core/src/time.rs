//! Instants, spans, bounds on UTC, offsets between clocks, and the text forms of all of them.
//!
//! All arithmetic on time in this crate happens here. It counts whole microseconds and saturates.

mod anchor;
mod civil;
mod cursor;
mod http_date;
mod notation;
mod numeric_date;
mod offset;
mod rate;
#[cfg(feature = "std")]
mod system_clock;
mod ticks;
mod unix_time;
mod zone_offset;

pub use anchor::Anchor;
pub use http_date::{HttpDate, HttpDateError};
pub use numeric_date::{NumericDate, Scale};
pub use offset::{Bracket, Direction, Offset};
pub use rate::Rate;
#[cfg(feature = "std")]
pub use system_clock::TimeOutOfRange;
pub use ticks::{ClockError, Counter, Ppm, TickAnchor};
pub use unix_time::{Span, TimeBounds, UnixTime};

pub(crate) use civil::{Civil, Date, TimeOfDay};
pub(crate) use cursor::{Cursor, two};
pub(crate) use notation::{Grouped, Length, Millionths, Notation, Seconds};
pub(crate) use zone_offset::{EAST, WEST, in_any_zone, looks_like_zone, nearest_zone, zones};
