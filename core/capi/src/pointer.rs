//! Pointers from C, which may be NULL or misaligned, converted to references in one place.
//!
//! Each carrier has an `unsafe` constructor, where a function relies on its caller. Everything
//! after it is checked and safe. Outputs are checked before the work and written after it, through
//! the pointer, when no reference to an input is in use any more.

mod room;

pub(crate) use room::{InRoom, carve};

use core::marker::PhantomData;
use core::slice;
use core::sync::atomic::{Ordering, compiler_fence};

use crate::context::{Context, Held};
use crate::status::Status;

/// An area of memory, to check whether two of them overlap.
#[derive(Clone, Copy)]
pub(crate) struct Area {
    start: usize,
    length: usize,
}

impl Area {
    pub(crate) fn of<T>(slice: &[T]) -> Self {
        Self { start: slice.as_ptr().addr(), length: size_of_val(slice) }
    }

    /// Refuses areas that share a byte, because one of them will be written.
    pub(crate) const fn apart_from(self, other: Self) -> Result<(), Status> {
        let apart = self.start.saturating_add(self.length) <= other.start
            || other.start.saturating_add(other.length) <= self.start
            || self.length == 0
            || other.length == 0;
        if apart { Ok(()) } else { Err(Status::Overlap) }
    }
}

fn check<T>(pointer: *const T) -> Result<(), Status> {
    if pointer.is_null() {
        Err(Status::Null)
    } else if !pointer.is_aligned() {
        Err(Status::Misaligned)
    } else {
        Ok(())
    }
}

/// Refuses lengths that no slice can have. Real lengths never come near the limit, but a negative
/// number converted to a size does.
fn check_slice<T>(pointer: *const T, length: usize) -> Result<(), Status> {
    let bytes = length.checked_mul(size_of::<T>()).ok_or(Status::Length)?;
    let too_long = isize::try_from(bytes).is_err();
    if too_long || pointer.addr().checked_add(bytes).is_none() {
        return Err(Status::Length);
    }
    check(pointer)
}

/// A pointer to read from.
pub(crate) struct Input<'a, T> {
    pointer: *const T,
    life: PhantomData<&'a T>,
}

impl<'a, T> Input<'a, T> {
    /// # Safety
    /// `pointer` is NULL, or misaligned, or points to a `T` that does not change during `'a`.
    pub(crate) const unsafe fn new(pointer: *const T) -> Self {
        Self { pointer, life: PhantomData }
    }

    #[cfg(feature = "words")]
    pub(crate) fn area(&self) -> Area {
        Area { start: self.pointer.addr(), length: size_of::<T>() }
    }

    pub(crate) fn get(&self) -> Result<&'a T, Status> {
        check(self.pointer)?;
        // SAFETY: neither NULL nor misaligned, and therefore valid by the contract of `new`.
        Ok(unsafe { &*self.pointer })
    }
}

impl<'a, C: Context> Input<'a, C> {
    pub(crate) fn held(&self) -> Result<&'a C::Value, Status> {
        check_tag::<C>(self.pointer)?;
        // SAFETY: only `Slot::hold` writes this tag, and it writes the value with it.
        let value = unsafe { &(*self.pointer.cast::<Held<C::Value>>()).value };
        if C::is_current(value) { Ok(value) } else { Err(Status::Reused) }
    }
}

// Distinguishes a context of zeros, or of another kind, from one that holds a value. A context that
// was never initialized cannot be detected; the C caller must prevent it.
fn check_tag<C: Context>(pointer: *const C) -> Result<(), Status> {
    check(pointer)?;
    // SAFETY: neither NULL nor misaligned, so these are the first bytes of a context by the
    // contract of `new`. They are read as a `u32`, for which all bytes are valid.
    let tag = unsafe { pointer.cast::<u32>().read() };
    if tag == C::TAG { Ok(()) } else { Err(Status::Unprepared) }
}

/// A pointer to a value that is changed in place.
pub(crate) struct Update<'a, T> {
    pointer: *mut T,
    life: PhantomData<&'a mut T>,
}

impl<'a, T> Update<'a, T> {
    /// # Safety
    /// `pointer` is NULL, or misaligned, or points to a `T` that has no other user during `'a`.
    pub(crate) const unsafe fn new(pointer: *mut T) -> Self {
        Self { pointer, life: PhantomData }
    }
}

impl<'a, C: Context> Update<'a, C> {
    #[cfg(feature = "words")]
    pub(crate) fn area(&self) -> Area {
        Area { start: self.pointer.addr(), length: size_of::<C>() }
    }

    pub(crate) fn held(self) -> Result<&'a mut C::Value, Status> {
        check_tag::<C>(self.pointer)?;
        // SAFETY: only `Slot::hold` writes this tag, and it writes the value with it. It has no
        // other user by the contract of `new`.
        Ok(unsafe { &mut (*self.pointer.cast::<Held<C::Value>>()).value })
    }

    /// Takes the value out of the context, which is then empty.
    #[cfg(feature = "words")]
    pub(crate) fn take(self) -> Result<C::Value, Status> {
        check_tag::<C>(self.pointer)?;
        let held = self.pointer.cast::<Held<C::Value>>();
        // SAFETY: as in `held`; without its tag, the value cannot be taken a second time.
        unsafe {
            (*held).tag = 0;
            Ok((&raw const (*held).value).read())
        }
    }
}

/// A pointer to write a result to.
pub(crate) struct Output<T> {
    pointer: *mut T,
}

impl<T> Output<T> {
    /// # Safety
    /// `pointer` is NULL, or misaligned, or valid for writes of a `T` until the function returns.
    pub(crate) const unsafe fn new(pointer: *mut T) -> Self {
        Self { pointer }
    }

    /// Checks the pointer before any work that might have to be undone.
    pub(crate) fn slot(self) -> Result<Slot<T>, Status> {
        check(self.pointer)?;
        Ok(Slot { pointer: self.pointer })
    }

    /// Checks the pointer; NULL means that the caller does not want the result.
    pub(crate) fn optional(self) -> Result<Option<Slot<T>>, Status> {
        if self.pointer.is_null() { Ok(None) } else { self.slot().map(Some) }
    }
}

/// An output whose pointer was checked.
pub(crate) struct Slot<T> {
    pointer: *mut T,
}

impl<T> Slot<T> {
    pub(crate) fn area(&self) -> Area {
        Area { start: self.pointer.addr(), length: size_of::<T>() }
    }

    pub(crate) fn put(self, value: T) {
        // SAFETY: `Output::slot` has checked the pointer, which is valid for writes by its
        // contract.
        unsafe { self.pointer.write(value) }
    }
}

impl<C: Context> Slot<C> {
    pub(crate) fn hold(self, value: C::Value) {
        const {
            assert!(size_of::<Held<C::Value>>() <= size_of::<C>(), "the context is too small");
            assert!(align_of::<Held<C::Value>>() <= align_of::<C>(), "the context is misaligned");
        }
        let held = self.pointer.cast::<Held<C::Value>>();
        // SAFETY: `Output::slot` has checked the pointer, which is valid for writes by its
        // contract, and the value fits into the context by the assertions above.
        unsafe { held.write(Held { tag: C::TAG, value }) }
    }

    /// Overwrites the context with zeros; the compiler cannot remove the writes.
    pub(crate) fn wipe(self) {
        let bytes = self.pointer.cast::<u8>();
        for at in 0..size_of::<C>() {
            // SAFETY: within the context, which `Output::slot` has checked.
            unsafe { bytes.add(at).write_volatile(0) }
        }
        compiler_fence(Ordering::SeqCst);
    }
}

/// Elements to read. NULL is allowed if there are none.
pub(crate) struct Items<'a, T> {
    pointer: *const T,
    length: usize,
    life: PhantomData<&'a [T]>,
}

impl<'a, T> Items<'a, T> {
    /// # Safety
    /// `pointer` is NULL, or misaligned, or points to `length` elements that do not change during
    /// `'a`.
    pub(crate) const unsafe fn new(pointer: *const T, length: usize) -> Self {
        Self { pointer, length, life: PhantomData }
    }

    pub(crate) fn get(&self) -> Result<&'a [T], Status> {
        if self.length == 0 {
            return Ok(&[]);
        }
        check_slice(self.pointer, self.length)?;
        // SAFETY: neither NULL nor misaligned nor longer than an object can be; the rest is the
        // contract of `new`.
        Ok(unsafe { slice::from_raw_parts(self.pointer, self.length) })
    }
}

/// A buffer to write to. NULL is allowed if it has no bytes.
pub(crate) struct Buffer<'a> {
    pointer: *mut u8,
    length: usize,
    life: PhantomData<&'a mut [u8]>,
}

impl<'a> Buffer<'a> {
    /// # Safety
    /// `pointer` is NULL, or valid for writes of `length` bytes, which have no other user during
    /// `'a` unless [`area`](Self::area) reports an overlap with another argument.
    pub(crate) const unsafe fn new(pointer: *mut u8, length: usize) -> Self {
        Self { pointer, length, life: PhantomData }
    }

    pub(crate) const fn len(&self) -> usize {
        self.length
    }

    /// The area of the buffer, if its length is possible.
    pub(crate) fn area(&self) -> Result<Area, Status> {
        if self.length > 0 {
            check_slice(self.pointer, self.length)?;
        }
        Ok(Area { start: self.pointer.addr(), length: self.length })
    }

    /// The first `most` bytes, or all if there are fewer, filled with zeros because C may pass
    /// uninitialized memory. Call this only after all other arguments were found to be
    /// [apart](Area::apart_from).
    pub(crate) fn get(self, most: usize) -> Result<&'a mut [u8], Status> {
        if self.length == 0 {
            return Ok(&mut []);
        }
        check_slice(self.pointer, self.length)?;
        let length = self.length.min(most);
        // SAFETY: neither NULL nor longer than an object can be; the rest is the contract of `new`.
        unsafe {
            self.pointer.write_bytes(0, length);
            Ok(slice::from_raw_parts_mut(self.pointer, length))
        }
    }

    /// All bytes, of which the first `kept` stay as they are and the others are filled with zeros. Call
    /// this only after all other arguments were found to be [apart](Area::apart_from); the caller of the
    /// function has written the first ones.
    #[cfg(feature = "sign")]
    pub(crate) fn after(self, kept: usize) -> Result<&'a mut [u8], Status> {
        check_slice(self.pointer, self.length)?;
        let rest = self.length.checked_sub(kept).ok_or(Status::Length)?;
        // SAFETY: neither NULL nor longer than an object can be, and the sum is its length; the rest is
        // the contract of `new`.
        unsafe {
            self.pointer.add(kept).write_bytes(0, rest);
            Ok(slice::from_raw_parts_mut(self.pointer, self.length))
        }
    }

    /// The first `needed` bytes, or a refusal if there are fewer.
    pub(crate) fn whole(self, needed: usize) -> Result<&'a mut [u8], Status> {
        if self.length < needed { Err(Status::Buffer) } else { self.get(needed) }
    }
}
