//! What C hands over: pointers that may be NULL or misaligned, made into references once.
//!
//! Each carrier is made by an `unsafe` constructor, which is where a function believes its caller;
//! from there on everything is checked and safe. Outputs are looked at before the work and written
//! after it, through the pointer, when no reference to an input is used any more.

use core::marker::PhantomData;
use core::slice;
use core::sync::atomic::{Ordering, compiler_fence};

use crate::context::{Context, Held};
use crate::status::Status;

/// A place in memory, to see whether two of them overlap.
#[derive(Clone, Copy)]
pub(crate) struct Area {
    start: usize,
    length: usize,
}

impl Area {
    pub(crate) fn of<T>(slice: &[T]) -> Self {
        Self { start: slice.as_ptr().addr(), length: size_of_val(slice) }
    }

    /// Refuses areas that share a byte: one of them is going to be written.
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

/// Refuses what no slice can be: RFC-sized lengths never come near it, but a negative number that
/// was converted does.
fn check_slice<T>(pointer: *const T, length: usize) -> Result<(), Status> {
    let bytes = length.checked_mul(size_of::<T>()).ok_or(Status::Length)?;
    let too_long = isize::try_from(bytes).is_err();
    if too_long || pointer.addr().checked_add(bytes).is_none() {
        return Err(Status::Length);
    }
    check(pointer)
}

/// Something to read.
pub(crate) struct Input<'a, T> {
    pointer: *const T,
    life: PhantomData<&'a T>,
}

impl<'a, T> Input<'a, T> {
    /// # Safety
    /// `pointer` is NULL, or misaligned, or points to a `T` that nobody changes for `'a`.
    pub(crate) const unsafe fn new(pointer: *const T) -> Self {
        Self { pointer, life: PhantomData }
    }

    #[cfg(feature = "words")]
    pub(crate) fn area(&self) -> Area {
        Area { start: self.pointer.addr(), length: size_of::<T>() }
    }

    pub(crate) fn get(&self) -> Result<&'a T, Status> {
        check(self.pointer)?;
        // SAFETY: neither NULL nor misaligned, and so valid by the promise of `new`.
        Ok(unsafe { &*self.pointer })
    }
}

impl<'a, C: Context> Input<'a, C> {
    pub(crate) fn held(&self) -> Result<&'a C::Value, Status> {
        check_tag::<C>(self.pointer)?;
        // SAFETY: only `Slot::hold` writes this tag, and it writes the value with it.
        Ok(unsafe { &(*self.pointer.cast::<Held<C::Value>>()).value })
    }
}

// A context of zeros, or of another kind, is told from one that holds a value; one that never got
// any value is C's to prevent.
fn check_tag<C: Context>(pointer: *const C) -> Result<(), Status> {
    check(pointer)?;
    // SAFETY: neither NULL nor misaligned, and so the first bytes of a context by the promise of
    // `new`. They are read as a number of their own, which any bytes are.
    let tag = unsafe { pointer.cast::<u32>().read() };
    if tag == C::TAG { Ok(()) } else { Err(Status::Unprepared) }
}

/// Something to change in place.
pub(crate) struct Update<'a, T> {
    pointer: *mut T,
    life: PhantomData<&'a mut T>,
}

impl<'a, T> Update<'a, T> {
    /// # Safety
    /// `pointer` is NULL, or misaligned, or points to a `T` that nobody else uses for `'a`.
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
        // SAFETY: only `Slot::hold` writes this tag, and it writes the value with it; nobody else
        // uses it by the promise of `new`.
        Ok(unsafe { &mut (*self.pointer.cast::<Held<C::Value>>()).value })
    }

    /// Takes the value out of the context, which then holds none.
    #[cfg(feature = "words")]
    pub(crate) fn take(self) -> Result<C::Value, Status> {
        check_tag::<C>(self.pointer)?;
        let held = self.pointer.cast::<Held<C::Value>>();
        // SAFETY: as in `held`; without its tag nobody takes the value for one a second time.
        unsafe {
            (*held).tag = 0;
            Ok((&raw const (*held).value).read())
        }
    }
}

/// Where a result goes.
pub(crate) struct Output<T> {
    pointer: *mut T,
}

impl<T> Output<T> {
    /// # Safety
    /// `pointer` is NULL, or misaligned, or may be written as a `T` until the function returns.
    pub(crate) const unsafe fn new(pointer: *mut T) -> Self {
        Self { pointer }
    }

    /// Checks the pointer, before anything is done that might have to be taken back.
    pub(crate) fn slot(self) -> Result<Slot<T>, Status> {
        check(self.pointer)?;
        Ok(Slot { pointer: self.pointer })
    }

    /// The same where NULL says that nobody wants the result.
    pub(crate) fn optional(self) -> Result<Option<Slot<T>>, Status> {
        if self.pointer.is_null() { Ok(None) } else { self.slot().map(Some) }
    }
}

/// An output that was checked.
pub(crate) struct Slot<T> {
    pointer: *mut T,
}

impl<T> Slot<T> {
    pub(crate) fn area(&self) -> Area {
        Area { start: self.pointer.addr(), length: size_of::<T>() }
    }

    pub(crate) fn put(self, value: T) {
        // SAFETY: `Output::slot` has checked the pointer, which may be written by its promise.
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
        // SAFETY: `Output::slot` has checked the pointer, which may be written by its promise, and
        // the value fits into the context by the assertions above.
        unsafe { held.write(Held { tag: C::TAG, value }) }
    }

    /// Overwrites the context with zeros, which the compiler may not leave out.
    pub(crate) fn wipe(self) {
        let bytes = self.pointer.cast::<u8>();
        for at in 0..size_of::<C>() {
            // SAFETY: within the context, which `Output::slot` has checked.
            unsafe { bytes.add(at).write_volatile(0) }
        }
        compiler_fence(Ordering::SeqCst);
    }
}

/// Elements to read; NULL is as good as any other pointer where there are none.
pub(crate) struct Items<'a, T> {
    pointer: *const T,
    length: usize,
    life: PhantomData<&'a [T]>,
}

impl<'a, T> Items<'a, T> {
    /// # Safety
    /// `pointer` is NULL, or misaligned, or points to `length` elements that nobody changes for
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
        // promise of `new`.
        Ok(unsafe { slice::from_raw_parts(self.pointer, self.length) })
    }
}

/// A buffer to write into; NULL is as good as any other pointer where it has no bytes.
pub(crate) struct Buffer<'a> {
    pointer: *mut u8,
    length: usize,
    life: PhantomData<&'a mut [u8]>,
}

impl<'a> Buffer<'a> {
    /// # Safety
    /// `pointer` is NULL, or may be written for `length` bytes, which nobody else uses for `'a`
    /// unless [`area`](Self::area) tells that they overlap with what the function was given too.
    pub(crate) const unsafe fn new(pointer: *mut u8, length: usize) -> Self {
        Self { pointer, length, life: PhantomData }
    }

    pub(crate) const fn len(&self) -> usize {
        self.length
    }

    /// Where it is, if it can be anywhere.
    pub(crate) fn area(&self) -> Result<Area, Status> {
        if self.length > 0 {
            check_slice(self.pointer, self.length)?;
        }
        Ok(Area { start: self.pointer.addr(), length: self.length })
    }

    /// The first `most` bytes, if there are so many, filled with zeros: C need not have given them
    /// any value. Not before everything else that is used was found [apart](Area::apart_from).
    pub(crate) fn get(self, most: usize) -> Result<&'a mut [u8], Status> {
        if self.length == 0 {
            return Ok(&mut []);
        }
        check_slice(self.pointer, self.length)?;
        let length = self.length.min(most);
        // SAFETY: neither NULL nor longer than an object can be; the rest is the promise of `new`.
        unsafe {
            self.pointer.write_bytes(0, length);
            Ok(slice::from_raw_parts_mut(self.pointer, length))
        }
    }

    /// The first `needed` bytes, or a refusal if there are fewer.
    pub(crate) fn whole(self, needed: usize) -> Result<&'a mut [u8], Status> {
        if self.length < needed { Err(Status::Buffer) } else { self.get(needed) }
    }
}

/// Puts `value` at the first place in `room` that is aligned for it: there, and what is left.
pub(crate) fn carve<T>(room: &mut [u8], value: T) -> Option<(&mut T, &mut [u8])> {
    let skipped = room.as_ptr().align_offset(align_of::<T>());
    let (place, rest) = room.get_mut(skipped..)?.split_at_mut_checked(size_of::<T>())?;
    let place = place.as_mut_ptr().cast::<T>();
    // SAFETY: as many bytes as a `T` has, aligned for it, and borrowed by nobody else.
    unsafe {
        place.write(value);
        Some((&mut *place, rest))
    }
}
