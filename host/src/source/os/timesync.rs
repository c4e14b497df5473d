//! The clock's offset as systemd-timesyncd reports it: its last exchange with a server, over D-Bus.
//!
//! `timedatectl show-timesync` shows the same message, but truncates its timestamps to whole
//! seconds.

use core::net::IpAddr;

use jwtick_core::time::{Offset, Ppm};
use jwtick_core::{Span, UnixTime};

use super::note::Unknown;

/// The program and its arguments.
pub(super) const QUESTION: (&str, &[&str]) = (
    "busctl",
    &[
        "get-property",
        "org.freedesktop.timesync1",
        "/org/freedesktop/timesync1",
        "org.freedesktop.timesync1.Manager",
        "NTPMessage",
    ],
);

/// The program that tells the address of the server, and its arguments.
pub(super) const SERVER: (&str, &[&str]) = (
    "busctl",
    &[
        "get-property",
        "org.freedesktop.timesync1",
        "/org/freedesktop/timesync1",
        "org.freedesktop.timesync1.Manager",
        "ServerAddress",
    ],
);

/// Returns the server that timesyncd follows: `(iay)`, the address family, and the bytes of the
/// address with their count.
pub(super) fn server(reply: &str) -> Option<IpAddr> {
    let mut words = reply.trim().strip_prefix("(iay) ")?.split(' ').skip(1);
    let count = words.next()?.parse::<usize>().ok()?;
    let bytes: Vec<u8> = words.map(|word| word.parse().ok()).collect::<Option<_>>()?;
    let v4 = <[u8; 4]>::try_from(bytes.as_slice()).ok().map(IpAddr::from);
    let v6 = <[u8; 16]>::try_from(bytes.as_slice()).ok().map(IpAddr::from);
    v4.or(v6).filter(|_| bytes.len() == count)
}

/// Offsets above this are stepped at once, smaller ones are slewed (systemd's timesyncd-manager.c,
/// `NTP_MAX_ADJUST`).
const SLEWED: Span = Span::from_millis(400);

/// Twice the longest interval between exchanges (timesyncd.conf(5), `PollIntervalMaxSec`).
const FRESH: Span = Span::from_secs(2 * 2_048);

/// The message of the last exchange (RFC 5905 §7.3); all instants in microseconds since 1970.
struct Message {
    root_delay: Span,
    root_dispersion: Span,
    // The clock's reading at T4, and the interval that the exchange proved: T3 − T4 to T2 − T1.
    destination: UnixTime,
    measured: Offset,
    spike: bool,
}

/// Returns the offset of a clock that now reads `local`.
///
/// The exchange bounds the offset at that time. Since then the clock was stepped, or is still being
/// slewed: anything from none to all of the offset may remain.
pub(super) fn offset(reply: &str, local: UnixTime) -> Result<Offset, Unknown> {
    let message = message(reply)?;
    let (least, most) = (message.measured.least(), message.measured.most());
    let correction = Span::from_micros(least.as_micros().midpoint(most.as_micros()));
    let stepped = correction.abs() >= SLEWED && !message.spike;
    let corrected = message.measured.shift(-correction, -correction);
    let since = if stepped { message.destination + correction } else { message.destination };
    let age = local - since;
    if !(Span::ZERO..=FRESH).contains(&age) {
        return Err(Unknown::Stale);
    }
    let left = if stepped { corrected } else { message.measured.hull(corrected) };
    let dispersion = message.root_dispersion + Ppm::QUARTZ.of(age);
    Ok(Offset::vouched(left, message.root_delay, dispersion))
}

// `(uuuuittayttttbtt)`: leap, version, mode, stratum, precision, root delay, root dispersion, the
// bytes of the reference with their count, T1 to T4, whether the reply was ignored as a spike, the
// number of packets, jitter.
fn message(reply: &str) -> Result<Message, Unknown> {
    let mut words =
        reply.trim().strip_prefix("(uuuuittayttttbtt) ").ok_or(Unknown::Unreadable)?.split(' ');
    let [_leap, _version, mode, _stratum, _precision] = take(&mut words)?;
    let [root_delay, root_dispersion, reference] = take(&mut words)?;
    let reference: usize = reference.parse().map_err(|_| Unknown::Unreadable)?;
    let mut words = words.skip(reference);
    let stamps: [&str; 4] = take(&mut words)?;
    let [spike] = take(&mut words)?;
    if mode == "0" {
        return Err(Unknown::Unsynchronised); // nothing has come yet, all is zero
    }
    let [t1, t2, t3, t4] =
        [stamp(stamps[0])?, stamp(stamps[1])?, stamp(stamps[2])?, stamp(stamps[3])?];
    Ok(Message {
        root_delay: micros(root_delay)?,
        root_dispersion: micros(root_dispersion)?,
        destination: t4,
        measured: Offset::between(t3 - t4, t2 - t1).ok_or(Unknown::Unreadable)?,
        spike: spike == "true",
    })
}

fn take<'w, const N: usize>(
    words: &mut impl Iterator<Item = &'w str>,
) -> Result<[&'w str; N], Unknown> {
    let taken: Vec<&str> = words.take(N).collect();
    taken.try_into().map_err(|_| Unknown::Unreadable)
}

fn micros(text: &str) -> Result<Span, Unknown> {
    let count = text.parse().map(Span::from_micros).map_err(|_| Unknown::Unreadable)?;
    if count < Span::ZERO { Err(Unknown::Unreadable) } else { Ok(count) }
}

fn stamp(text: &str) -> Result<UnixTime, Unknown> {
    micros(text).map(|since_1970| UnixTime::EPOCH + since_1970)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn server_is_read_from_its_bytes() {
        const ROWS: &[(&str, Option<&str>)] = &[
            ("(iay) 2 4 192 0 2 1\n", Some("192.0.2.1")),
            ("(iay) 10 16 32 1 13 184 0 0 0 0 0 0 0 0 0 0 0 1", Some("2001:db8::1")),
            ("(iay) 0 0", None),
            ("(iay) 2 4 192 0 2", None),
            ("(iay) 2 5 192 0 2 1", None),
            ("(iay) 2 4 192 0 2 256", None),
            ("s \"192.0.2.1\"", None),
            ("", None),
        ];
        for &(reply, expected) in ROWS {
            let expected = expected.map(|address| address.parse().unwrap());
            assert_eq!(server(reply), expected, "{reply}");
        }
    }

    fn fixture(name: &str) -> String {
        crate::source::os::recorded(&format!("timesyncd-{name}"))
    }

    // T1 to T4 of an exchange with a root delay of 10 µs and a root dispersion of 20 µs.
    fn exchange([t1, t2, t3, t4]: [i64; 4], spike: bool) -> String {
        format!("(uuuuittayttttbtt) 0 4 4 2 -23 10 20 0 {t1} {t2} {t3} {t4} {spike} 9 7\n")
    }

    fn read(reply: &str, local: i64) -> Result<(i64, i64), Unknown> {
        let found = offset(reply, UnixTime::from_micros(local))?;
        Ok((found.least().as_micros(), found.most().as_micros()))
    }

    #[test]
    fn reads_output_of_busctl() {
        let (right, stepped) = (fixture("right"), fixture("stepped"));
        // 100 s later; 50 ppm of that are 5,001 µs.
        let rows = [
            // −8 to 166 µs, of which 79 are corrected or still to be corrected.
            ("right", right.as_str(), 1_795_246_487_147_293, Ok((-8 - 79 - 5_001, 166 + 5_001))),
            // 3,599.999989 to 3,600.000267 s, stepped by their middle, 3,600.000128.
            ("stepped", &stepped, 1_795_250_093_272_749, Ok((-139 - 5_001, 139 + 5_001))),
            ("not stepped after all", &stepped, 1_795_246_493_272_749, Err(Unknown::Stale)),
            ("went back since", &right, 1_795_246_387_147_292, Err(Unknown::Stale)),
            ("went far ahead", &right, 1_795_250_487_147_293, Err(Unknown::Stale)),
            (
                "nothing came yet",
                &fixture("unsynchronised"),
                1_795_246_487_147_293,
                Err(Unknown::Unsynchronised),
            ),
        ];
        for (name, reply, local, expected) in rows {
            assert_eq!(read(reply, local), expected, "{name}");
        }
    }

    #[test]
    fn slew_may_be_complete_or_pending() {
        let (slewed, stepped) = ([0, 300_000, 300_100, 200], [0, 400_100, 400_100, 200]);
        let rows = [
            ("slewed", slewed, false, 200, (-25 - 50, 300_000 + 25)),
            ("stepped", stepped, false, 400_200, (-100 - 25, 100 + 25)),
            ("a spike was ignored", stepped, true, 200, (-100 - 25, 400_100 + 25)),
        ];
        for (name, stamps, spike, local, expected) in rows {
            assert_eq!(read(&exchange(stamps, spike), local), Ok(expected), "{name}");
        }
    }

    #[test]
    fn rejects_other_output() {
        let right = fixture("right");
        let rows = [
            ("empty", String::new()),
            ("another type", right.replace("(uuuuitt", "(uuuuit")),
            ("cut short", right[..right.len() - 20].to_owned()),
            ("a negative round trip", exchange([0, 100, 400, 200], false)),
            ("a number too long", right.replace(" 0 0 4 127", " 0 99999999999999999999 4 127")),
            ("more bytes than words", right.replace(" 4 127", " 99999999 127")),
        ];
        for (name, reply) in rows {
            assert_eq!(read(&reply, 1_795_246_387_147_293), Err(Unknown::Unreadable), "{name}");
        }
    }
}
