//! The clock's offset as chronyd reports it: `chronyc -c -n tracking`.

use core::net::IpAddr;

use jwtick_core::Span;
use jwtick_core::time::Offset;

use super::ask::seconds;
use super::note::Unknown;

/// The program and its arguments.
pub(super) const QUESTION: (&str, &[&str]) = ("chronyc", &["-c", "-n", "tracking"]);

/// 127.127.1.1: chronyd uses its own clock as the reference (chrony.conf(5), `local`), and then
/// reports no error at all.
const ITSELF: &str = "7F7F0101";

/// Returns the clock's offset from a tracking report (chronyc(1), `tracking`): the amount by which
/// it is slow, plus or minus half the root delay and the root dispersion, which grows until the
/// next update.
pub(super) fn offset(report: &str) -> Result<Offset, Unknown> {
    let fields: Vec<&str> = report.trim_end().split(',').collect();
    let &[reference, _, _, _, slow, _, _, _, _, _, delay, dispersion, _, leap] = fields.as_slice()
    else {
        return Err(Unknown::Unreadable);
    };
    match (leap, reference) {
        ("Not synchronised", _) | (_, "00000000") => return Err(Unknown::Unsynchronised),
        (_, ITSELF) => return Err(Unknown::Itself),
        _ => {}
    }
    let estimate = seconds(slow)?;
    let (delay, dispersion) = (seconds(delay)?.most(), seconds(dispersion)?.most());
    if delay < Span::ZERO || dispersion < Span::ZERO {
        return Err(Unknown::Unreadable);
    }
    Ok(Offset::vouched(estimate, delay, dispersion))
}

/// Returns the server that chronyd follows (chronyc(1), `tracking`, with `-n` and `-c`: the second
/// field); `None` for a reference clock.
pub(super) fn server(report: &str) -> Option<IpAddr> {
    report.split(',').nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> String {
        crate::source::os::recorded(&format!("chrony-{name}"))
    }

    #[test]
    fn reads_output_of_chronyc() {
        let rows = [
            // −1.440 µs; a delay of 6.203 µs, half of which rounds up to 4, and 1.526 µs.
            ("right", Ok((-2 - 4 - 2, -1 + 4 + 2))),
            // The system time was "3600.000000000 seconds slow of NTP time".
            ("hour-slow", Ok((3_600_000_000 - 18 - 10, 3_600_000_000 + 18 + 10))),
            ("unsynchronised", Err(Unknown::Unsynchronised)),
            ("local", Err(Unknown::Itself)),
        ];
        for (name, expected) in rows {
            let found = offset(&fixture(name));
            let ends = found.map(|o| (o.least().as_micros(), o.most().as_micros()));
            assert_eq!(ends, expected, "{name}");
        }
    }

    #[test]
    fn server_is_the_second_field() {
        let rows = [
            (fixture("right"), Some([127, 0, 0, 1].into())),
            ("0A000001,2001:db8::1,3".to_owned(), "2001:db8::1".parse().ok()),
            ("50505330,PPS0,1".to_owned(), None),
            (String::new(), None),
        ];
        for (report, expected) in rows {
            assert_eq!(server(&report), expected, "{report}");
        }
    }

    #[test]
    fn rejects_other_output() {
        let right = fixture("right");
        let rows = [
            ("empty", String::new()),
            ("a field too few", right.replacen(',', "", 1)),
            ("a field too many", right.replacen(',', ",,", 1)),
            ("no number", right.replace("-0.000001440", "slow")),
            ("a negative delay", right.replace("0.000006203", "-0.000006203")),
            ("not a number", right.replace("0.000001526", "nan")),
        ];
        for (name, report) in rows {
            assert_eq!(offset(&report), Err(Unknown::Unreadable), "{name}");
        }
    }

    #[test]
    fn accepts_pending_leap_second() {
        let report = fixture("right").replace("Normal", "Insert second");
        assert!(offset(&report).is_ok());
    }
}
