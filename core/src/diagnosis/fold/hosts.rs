//! The output of `date -u` on several hosts, run one after the other.

use crate::evidence::{DATE_COMMAND, GUEST_COMMANDS, Stamp, contains, contains_word};
use crate::time::Offset;
use crate::time::{Span, UnixTime};

/// Number of lines after the command that may be its output.
const OUTPUT: u64 = 12;
/// The longest time that a person takes to type such commands one after the other.
const TYPING: Span = Span::from_secs(60);
const KEPT: usize = 8;

/// The readings found in a text so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct HostReadings {
    asked_at: Option<u64>,
    in_container: bool,
    readings: heapless::Vec<UnixTime, KEPT>,
}

impl HostReadings {
    pub(crate) const fn new() -> Self {
        Self { asked_at: None, in_container: false, readings: heapless::Vec::new() }
    }

    /// Records that line `number` queries the time.
    pub(crate) fn ask(&mut self, line: &[u8], number: u64) {
        if contains(line, DATE_COMMAND.as_bytes()) {
            self.asked_at = Some(number);
            self.in_container |= contains_word(line, GUEST_COMMANDS);
        }
    }

    /// Returns `true` if line `number` may be an answer.
    pub(crate) fn awaits(&self, number: u64) -> bool {
        self.asked_at.is_some_and(|asked| number.saturating_sub(asked) <= OUTPUT)
    }

    /// Records the time that a host printed.
    pub(crate) fn answer(&mut self, stamp: Stamp) {
        if let Some(at) = stamp.instant() {
            let _ = self.readings.push(at);
        }
    }

    /// Returns `true` if the clocks differ by more than typing explains.
    pub(crate) fn differ(&self) -> bool {
        let ordered = self.readings.iter().zip(self.readings.iter().skip(1));
        // A later answer that shows an earlier time needs no allowance for typing.
        ordered.clone().any(|(first, next)| *next < *first - Span::from_secs(1))
            || ordered.clone().any(|(first, next)| *next - *first > TYPING)
    }

    /// Returns how far the guest, which was queried last, is behind its host.
    pub(crate) fn guest_offset(&self) -> Option<Offset> {
        match self.readings.as_slice() {
            [host, guest] if self.in_container => {
                let apart = *host - *guest;
                Offset::between(apart - Span::from_secs(1), apart + TYPING)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::printed_alone;

    fn readings(lines: &[&str]) -> HostReadings {
        let mut hosts = HostReadings::new();
        for line in lines {
            hosts.answer(printed_alone(line.as_bytes()).unwrap());
        }
        hosts
    }

    #[test]
    fn hosts_differ_by_order_or_distance() {
        const ROWS: &[(&str, &[&str], bool)] = &[
            ("one host", &["Tue Jan  9 14:20:05 UTC 2024"], false),
            (
                "two that agree",
                &["Tue Jan  9 14:20:05 UTC 2024", "Tue Jan  9 14:20:07 UTC 2024"],
                false,
            ),
            (
                "the second is behind",
                &["Tue Jan  9 14:20:05 UTC 2024", "Tue Jan  9 14:19:07 UTC 2024"],
                true,
            ),
            (
                "the second is ahead",
                &["a Tue Jan  9 14:20:05 UTC 2024", "b Tue Jan  9 15:26:51 UTC 2024"],
                true,
            ),
        ];
        for &(name, lines, expected) in ROWS {
            assert_eq!(readings(lines).differ(), expected, "{name}");
        }
    }
}
