//! Writes text into the caller's buffer.

use core::fmt::{self, Write};

use crate::pointer::{Area, Buffer, Output};
use crate::status::Status;

/// Writes `text` and a terminating zero if both fit, and always the length without the zero. With a
/// buffer of zero bytes, only the length is written. `sources` are the areas that `text` is read
/// from.
pub(crate) fn say(
    text: impl fmt::Display,
    sources: &[Area],
    buffer: Buffer<'_>,
    length: Output<usize>,
) -> Result<(), Status> {
    let length = length.slot()?;
    let target = buffer.area()?;
    for source in sources {
        target.apart_from(*source)?;
    }
    target.apart_from(length.area())?;
    let mut counted = Counted(0);
    write!(counted, "{text}").map_err(|_| Status::Other)?;
    if buffer.len() > 0 {
        let room = buffer.whole(counted.0.saturating_add(1))?;
        write!(Filled(room), "{text}").map_err(|_| Status::Other)?;
    }
    length.put(counted.0);
    Ok(())
}

struct Counted(usize);

impl Write for Counted {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.saturating_add(text.len());
        Ok(())
    }
}

/// The unused rest of a buffer of zeros.
struct Filled<'b>(&'b mut [u8]);

impl Write for Filled<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = core::mem::take(&mut self.0);
        let (place, rest) = room.split_at_mut_checked(text.len()).ok_or(fmt::Error)?;
        place.copy_from_slice(text.as_bytes());
        self.0 = rest;
        Ok(())
    }
}
