//! What the kernel says of its clock: adjtimex(2), asked without setting anything.

use jwtick_core::Span;
use jwtick_core::time::Offset;

/// What a time daemon told the kernel, and the kernel counts on since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kernel {
    /// `maxerror`: it grows by 500 µs a second from what the daemon set last.
    most: Span,
    synchronized: bool,
}

impl Kernel {
    /// Asks; `None` where the answer is forbidden (`EPERM` and `ENOSYS` in containers) or there is
    /// no such call.
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

    /// Whether a daemon keeps the clock, as far as the kernel knows.
    pub(super) const fn is_synchronized(self) -> bool {
        self.synchronized
    }

    /// How far the clock is off at most. Only chronyd sets `maxerror` to a bound; ntpd and
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
    fn asking_sets_nothing_and_may_be_forbidden() {
        let (one, other) = (Kernel::ask(), Kernel::ask());
        assert_eq!(one.map(Kernel::is_synchronized), other.map(Kernel::is_synchronized));
    }
}
