//! The kernel's information about its clock: adjtimex(2), read-only.

use jwtick_core::Span;
use jwtick_core::time::Offset;

/// The values that a time daemon gave the kernel, which the kernel has since updated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kernel {
    /// `maxerror`: grows by 500 µs per second from the value that the daemon last set.
    most: Span,
    synchronized: bool,
}

impl Kernel {
    /// Reads the values; `None` if the call is forbidden (`EPERM` and `ENOSYS` in containers) or
    /// does not exist.
    #[cfg(target_os = "linux")]
    pub(super) fn ask() -> Option<Self> {
        use rtime_clock::adjtime::{Timex, adjtimex};
        let mut answer = Timex::new(); // its `modes` are zero: nothing is set
        adjtimex(&mut answer).ok()?;
        Some(Self::of(answer.0.maxerror, answer.0.status))
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) const fn ask() -> Option<Self> {
        None
    }

    fn of(maxerror: impl Into<i64>, status: i32) -> Self {
        // STA_UNSYNC of linux/timex.h.
        let synchronized = status & 0x40 == 0;
        Self { most: Span::from_micros(maxerror.into()), synchronized }
    }

    /// Returns true if a daemon controls the clock, as far as the kernel knows.
    pub(super) const fn is_synchronized(self) -> bool {
        self.synchronized
    }

    /// Returns the maximum error of the clock. Only chronyd sets `maxerror` to a bound; ntpd and
    /// systemd-timesyncd set an estimate or nothing.
    pub(super) fn bound_by_chrony(self) -> Option<Offset> {
        Offset::between(-self.most, self.most).filter(|_| self.synchronized)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_synchronized_clock_has_a_bound() {
        const ROWS: &[(&str, i64, i32, Option<i64>)] = &[
            ("kept by chronyd", 1_234, 0x2001, Some(1_234)),
            ("left alone", 16_000_000, 0x40, None),
            ("left alone, with other bits", 1_234, 0x2041, None),
            ("exact", 0, 0, Some(0)),
        ];
        for &(name, maxerror, status, most) in ROWS {
            let bound = Kernel::of(maxerror, status).bound_by_chrony();
            let most = most.map(Span::from_micros);
            assert_eq!(bound.map(Offset::most), most, "{name}");
            assert_eq!(bound.map(Offset::least), most.map(|most| -most), "{name}");
        }
    }

    #[test]
    fn read_sets_nothing_and_may_be_forbidden() {
        let (one, other) = (Kernel::ask(), Kernel::ask());
        assert_eq!(one.map(Kernel::is_synchronized), other.map(Kernel::is_synchronized));
    }
}
