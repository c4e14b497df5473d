//! The clock's offset as the Windows Time service reports it: `w32tm /query /status /verbose`.
//!
//! Windows translates the names of the values, but not their order and their notation.

use core::net::IpAddr;

use jwtick_core::Span;
use jwtick_core::time::Offset;

use super::ask::seconds;
use super::note::Unknown;

/// The program and its arguments.
pub(super) const QUESTION: (&str, &[&str]) = ("w32tm", &["/query", "/status", "/verbose"]);

/// Returns the clock's offset: the difference at the last exchange, which has been slewed since, so that
/// some or all of it may remain. The sign of the difference is not documented, so both are allowed.
pub(super) fn offset(report: &str) -> Result<Offset, Unknown> {
    let values: Vec<&str> = values(report).collect();
    let &[leap, stratum, _, delay, dispersion, reference, _, _, _, phase, ..] = values.as_slice()
    else {
        return Err(Unknown::Unreadable);
    };
    // RFC 5905 §7.3: leap 3 and stratum 0 are "unsynchronized"; `LOCL` is the clock itself.
    if leap.starts_with('3') || stratum.starts_with("0 ") || stratum == "0" {
        return Err(Unknown::Unsynchronised);
    }
    if reference.starts_with("0x4C4F434C") {
        return Err(Unknown::Itself);
    }
    let span = |value: &str| {
        let number = value.strip_suffix('s').ok_or(Unknown::Unreadable)?;
        seconds(number)
    };
    let phase = span(phase)?;
    let most = phase.least().abs().max(phase.most().abs());
    let (delay, dispersion) = (span(delay)?.most(), span(dispersion)?.most());
    if delay < Span::ZERO || dispersion < Span::ZERO {
        return Err(Unknown::Unreadable);
    }
    Ok(Offset::vouched(Offset::around(Span::ZERO, most), delay, dispersion))
}

/// Returns the server that the service follows: the address in brackets after the reference ID.
pub(super) fn server(report: &str) -> Option<IpAddr> {
    let reference = values(report).nth(5)?;
    reference.trim_end_matches(')').rsplit([' ', ':']).next()?.parse().ok()
}

fn values(report: &str) -> impl Iterator<Item = &str> {
    report.lines().filter_map(|line| line.split_once(": ")).map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture() -> String {
        crate::source::os::recorded("w32tm-right")
    }

    #[test]
    fn reads_output_of_w32tm() {
        let right = fixture();
        // Half of 31.25 ms, 7,790.2343 ms and 1.5323 ms, each rounded up.
        let distance = 15_626 + 7_790_235 + 1_533;
        let german = right.replace("Root Delay", "Stammverzögerung").replace("Phase", "Phasen");
        let rows = [
            ("right", right.clone(), Ok(distance)),
            ("in German", german, Ok(distance)),
            ("the other sign", right.replace("0.0015323s", "-0.0015323s"), Ok(distance)),
            ("no leap", right.replace(": 0(no", ": 3(not"), Err(Unknown::Unsynchronised)),
            ("no stratum", right.replace(": 4 (", ": 0 ("), Err(Unknown::Unsynchronised)),
            ("itself", right.replace("0xC0A80001", "0x4C4F434C"), Err(Unknown::Itself)),
            (
                "not verbose",
                right.lines().take(9).collect::<Vec<_>>().join("\n"),
                Err(Unknown::Unreadable),
            ),
            ("no unit", right.replace("0.0312500s", "0.0312500"), Err(Unknown::Unreadable)),
            ("an error", "The service has not been started.".to_owned(), Err(Unknown::Unreadable)),
        ];
        for (name, report, expected) in rows {
            let found = offset(&report).map(|o| (o.least().as_micros(), o.most().as_micros()));
            assert_eq!(found, expected.map(|most| (-most, most)), "{name}");
        }
    }

    #[test]
    fn server_is_the_source_of_the_reference() {
        let right = fixture();
        assert_eq!(server(&right), Some([192, 168, 0, 1].into()));
        assert_eq!(
            server(&right.replace("(source IP:  192.168.0.1)", "(source name: \"LOCL\")")),
            None
        );
    }
}
