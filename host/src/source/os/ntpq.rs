//! The clock's offset as ntpd reports it: `ntpq -n -c rv`.

use core::net::IpAddr;

use jwtick_core::Span;
use jwtick_core::time::{Offset, Ppm};

use super::ask::millis;
use super::note::Unknown;

/// The program and its arguments. The default `localhost` may resolve to an address on which ntpd
/// does not answer.
pub(super) const QUESTION: (&str, &[&str]) = ("ntpq", &["-n", "-c", "rv", "127.0.0.1"]);

/// Returns the clock's offset from ntpd's system variables (ntpq(1)): in milliseconds, the amount
/// by which it was slow at the last update. It has been slewed since, so some or all of it may
/// remain.
pub(super) fn offset(report: &str) -> Result<Offset, Unknown> {
    let variable = |name| variable(report, name).ok_or(Unknown::Unreadable);
    // RFC 5905 §7.3: leap 3 and stratum 16 are "unsynchronized"; `LOCL` is the clock itself.
    if variable("leap")? == "11" || variable("stratum")? == "16" {
        return Err(Unknown::Unsynchronised);
    }
    if variable("refid")?.starts_with("LOC") {
        return Err(Unknown::Itself);
    }
    let left = millis(variable("offset")?)?.hull(Offset::exactly(Span::ZERO));
    let (delay, dispersion) = (millis(variable("rootdelay")?)?, millis(variable("rootdisp")?)?);
    let age = seconds(variable("clock")?)?.wrapping_sub(seconds(variable("reftime")?)?);
    let drift = Ppm::QUARTZ.of(Span::from_secs(i64::from(age) + 1));
    Ok(Offset::vouched(left, delay.most(), dispersion.most() + drift))
}

/// Returns the server that ntpd follows, if it has an IPv4 address: the reference ID of any other is
/// a hash or the name of a reference clock (RFC 5905 §7.3).
pub(super) fn server(report: &str) -> Option<IpAddr> {
    variable(report, "refid")?.parse().ok()
}

fn variable<'r>(report: &'r str, name: &str) -> Option<&'r str> {
    let mut assignments = report.split([',', '\n']).filter_map(|part| part.trim().split_once('='));
    assignments.find(|(variable, _)| *variable == name).map(|(_, value)| value)
}

/// Parses the seconds of an NTP timestamp, `eeabc894.2cc1526d` followed by a readable form.
fn seconds(stamp: &str) -> Result<u32, Unknown> {
    let digits = stamp.split('.').next().unwrap_or_default();
    u32::from_str_radix(digits, 16).map_err(|_| Unknown::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> String {
        crate::source::os::recorded(&format!("ntpq-{name}"))
    }

    #[test]
    fn reads_output_of_ntpq() {
        let right = fixture("right");
        // Half of 0.055 ms is 28 µs, plus 1.135 ms of dispersion, plus 501 µs for 10 s at 50 ppm.
        let distance = 28 + 1_136 + 501;
        let rows = [
            ("right", right.clone(), Ok((-distance, 19 + distance))),
            (
                "ahead",
                right.replace("offset=0.018928", "offset=-2.5"),
                Ok((-2_500 - distance, distance)),
            ),
            ("starting", fixture("starting"), Err(Unknown::Unsynchronised)),
            ("lost its servers", right.replace("leap=00", "leap=11"), Err(Unknown::Unsynchronised)),
            ("the local clock", right.replace("10.77.0.2", "LOCL"), Err(Unknown::Itself)),
            ("empty", String::new(), Err(Unknown::Unreadable)),
            ("no offset", right.replace("offset=", "of="), Err(Unknown::Unreadable)),
            ("no number", right.replace("0.018928", "-"), Err(Unknown::Unreadable)),
        ];
        for (name, report, expected) in rows {
            let found = offset(&report);
            let ends = found.map(|o| (o.least().as_micros(), o.most().as_micros()));
            assert_eq!(ends, expected, "{name}");
        }
        assert_eq!(server(&right), Some([10, 77, 0, 2].into()));
        assert_eq!(server(&right.replace("10.77.0.2", "GPS")), None);
    }
}
