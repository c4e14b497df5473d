//! Rooms: memory of the caller that tokens and claims point into.

/// A value that points into a room, with the generation that the room had. Every decoding gives its room
/// another generation, so that a value from before is refused: it would read the new, unverified token.
#[derive(Clone, Copy)]
pub(crate) struct InRoom<V> {
    value: V,
    place: *const u32,
    generation: u32,
}

impl<V> InRoom<V> {
    /// Marks a room with `generation`, and connects a value to it.
    pub(crate) fn new(value: V, place: &'static u32) -> Self {
        Self { value, place, generation: *place }
    }

    /// Another value that points into the same room.
    pub(crate) const fn with<W>(&self, value: W) -> InRoom<W> {
        InRoom { value, place: self.place, generation: self.generation }
    }

    pub(crate) const fn value(&self) -> &V {
        &self.value
    }

    pub(crate) fn is_current(&self) -> bool {
        // SAFETY: the room is there while a value that points into it is in use, as the header requires.
        // Another token may have been decoded into it meanwhile, so no reference is kept.
        unsafe { self.place.read_unaligned() == self.generation }
    }
}

/// Writes `value` at the first aligned position in `room`, and returns it with the rest of `room`.
pub(crate) fn carve<T>(room: &mut [u8], value: T) -> Option<(&mut T, &mut [u8])> {
    let skipped = room.as_ptr().align_offset(align_of::<T>());
    let (place, rest) = room.get_mut(skipped..)?.split_at_mut_checked(size_of::<T>())?;
    let place = place.as_mut_ptr().cast::<T>();
    // SAFETY: as many bytes as a `T` has, aligned for it, and not borrowed elsewhere.
    unsafe {
        place.write(value);
        Some((&mut *place, rest))
    }
}
