//! Text into a buffer of the caller's.

use core::fmt::{self, Write};

use crate::pointer::{Area, Buffer, Output};
use crate::status::Status;

/// Writes `text` and a zero behind it, if both fit, and its length without the zero. A buffer of no
/// bytes asks for the length alone. `sources` is what `text` is read from.
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

/// What is left of a buffer of zeros.
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
