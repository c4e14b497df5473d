//! The output of the commands that a reader is asked to run: `openssl x509 -noout -dates`, `date -u`
//! and its equivalent in PowerShell, `timedatectl`, `chronyc tracking`, `w32tm`, `ntpq -p`.
//!
//! A line counts only in the exact form in which its command prints it.

use super::find::{Pairs, after, contains};
use super::number;
use super::stamp::{self, Stamp};
use crate::time::{Span, UnixTime};

/// The dates of a certificate, which are in UTC (RFC 5280 §4.1.2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Validity {
    pub(crate) from: Option<UnixTime>,
    pub(crate) until: Option<UnixTime>,
}

/// Names of the start of a certificate: `openssl x509 -dates`, `openssl s_client`, `openssl x509
/// -text`, `curl -v`.
const STARTS: &[&[u8]] = &[b"notBefore=", b"NotBefore: ", b"Not Before: ", b"start date: "];
/// Names of its end.
const ENDS: &[&[u8]] = &[b"notAfter=", b"NotAfter: ", b"Not After : ", b"expire date: "];

impl Validity {
    /// Reads the dates of a certificate that `line` states at its head.
    pub(crate) fn of(line: &[u8]) -> Option<Self> {
        let line = line.trim_ascii_start();
        let line = line.strip_prefix(b"* ").map_or(line, <[u8]>::trim_ascii_start);
        let line = line.strip_prefix(b"v:").unwrap_or(line);
        let at_head = |names: &[&[u8]]| names.iter().find_map(|name| line.strip_prefix(*name));
        let (from, until) = (at_head(STARTS), at_head(ENDS));
        // `v:NotBefore: Jun 19 00:00:00 2026 GMT; NotAfter: Sep 17 00:00:00 2026 GMT`
        let until = until.or_else(|| from.and_then(|from| after(from, b"; NotAfter: ")));
        let date = |text| stamp::parse_at(text).map(|(stamp, _)| stamp.civil);
        let found = Self { from: from.and_then(date), until: until.and_then(date) };
        (found != Self::default()).then_some(found)
    }

    /// Adds what `other` states and this does not.
    pub(crate) fn complete_with(&mut self, other: Self) {
        self.from = self.from.or(other.from);
        self.until = self.until.or(other.until);
    }
}

/// Returns the time of this host in `timedatectl`: `Universal time: Thu 2026-06-18 10:14:31 UTC`.
pub(crate) fn own_clock(line: &[u8]) -> Option<Stamp> {
    let value = line.trim_ascii_start().strip_prefix(b"Universal time: ")?;
    stamp::parse_at(value).map(|(stamp, _)| stamp)
}

/// Returns how far the local clock is behind according to a time service that is synchronized.
pub(crate) fn offset(line: &[u8]) -> Option<Span> {
    let line = line.trim_ascii();
    match line.first()? {
        b'O' => of_timesyncd(line),
        b'P' => of_w32time(line),
        b'*' | b'o' => of_peer(line),
        _ => None,
    }
}

/// `Offset: -1.119ms`: the server's time minus the local time, as systemd-timesyncd measured it.
fn of_timesyncd(line: &[u8]) -> Option<Span> {
    let (is_negative, length) = match line.strip_prefix(b"Offset: ")? {
        [b'+', length @ ..] => (false, length),
        [b'-', length @ ..] => (true, length),
        _ => return None,
    };
    if length.strip_suffix(b"us").is_some_and(|digits| number::digits(digits) == digits.len()) {
        return Some(Span::ZERO);
    }
    let (offset, used) = number::duration(length)?;
    (used == length.len()).then_some(if is_negative { -offset } else { offset })
}

/// `Phase Offset: -0.0001234s`. The sign is not documented, so only a small offset says something.
fn of_w32time(line: &[u8]) -> Option<Span> {
    const SMALL: Span = Span::from_secs(1);
    let value = line.strip_prefix(b"Phase Offset: ")?;
    let (offset, used) = number::seconds(value)?;
    (value.get(used..)? == b"s" && offset.abs() < SMALL).then_some(offset)
}

/// The row of `ntpq -p` for the peer that the clock follows:
/// `*time.example.com .PPS. 1 u 43 64 377 0.312 -0.121 0.023`, with the offset in milliseconds.
fn of_peer(line: &[u8]) -> Option<Span> {
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let (_peer, _reference) = (words.next()?, words.next()?);
    let is_number = |word: &[u8]| number::digits(word) == word.len();
    let (stratum, kind) = (words.next()?, words.next()?);
    let (_when, poll, reach, _delay) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let is_row = [stratum, poll, reach].into_iter().all(is_number) && matches!(kind, [b'a'..=b'z']);
    let (millis, used) = words.next().and_then(number::seconds)?;
    // The jitter ends the row.
    let ends = words.next().is_some() && words.next().is_none();
    (is_row && ends && used > 0).then(|| Span::from_micros(millis.as_micros() / 1_000))
}

/// Returns `true` if a time service says that it follows no source. The offset that it prints next
/// to this is zero, whatever the clock shows.
pub(crate) fn is_unsynchronized(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let value = |name: &[u8]| {
        let colon = line.strip_prefix(name)?.trim_ascii_start().strip_prefix(b":")?;
        Some(colon.trim_ascii_start())
    };
    match line.first() {
        // chronyc prints 7F7F0101 if the local clock is its own reference.
        Some(b'R') => value(b"Reference ID")
            .is_some_and(|id| id.starts_with(b"00000000") || id.starts_with(b"7F7F01")),
        // systemd-timesyncd and w32tm.
        Some(b'L') => value(b"Leap")
            .or_else(|| value(b"Leap Indicator"))
            .is_some_and(|leap| contains(leap, b"not synchronized")),
        _ => false,
    }
}

/// A command that prints the time of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Query {
    /// `true` if the answer is in UTC, even where it does not say so.
    pub(crate) in_utc: bool,
    /// `true` if the `Date` header of a server is printed as well.
    pub(crate) of_server: bool,
    /// `true` if the command is one of PowerShell.
    pub(crate) in_windows: bool,
}

/// The last part of a command of a shell that prints the local time.
const PROMPTED: &[&[u8]] = &[b"$ date", b"# date", b"% date", b"> date"];

impl Query {
    /// Reads the command in `line`, which has these pairs, if it is one.
    pub(crate) fn of(line: &[u8], pairs: &Pairs) -> Option<Self> {
        // All of them contain these letters.
        let has_letters = pairs.find(line, b"ate") || pairs.find(line, b"UtcNow");
        has_letters.then_some(())?;
        let says = |words: &[u8]| pairs.may_have(words) && contains_folded(line, words);
        let line_end = line.trim_ascii_end();
        let in_windows = says(b"get-date") || says(b"::utcnow") || says(b"::now");
        let of_server = says(b"headers") && says(b"date");
        let is_utc = contains(line, b"date -u") || contains(line, b"date --utc");
        let prompted = PROMPTED.iter().any(|command| line_end.ends_with(command));
        let in_utc = is_utc || says(b"touniversaltime") || says(b"-asutc") || says(b"::utcnow");
        (in_windows || of_server || is_utc || prompted).then_some(Self {
            in_utc,
            of_server,
            in_windows,
        })
    }
}

/// Returns `true` if `text` contains `word`, which is in lower case, in either case.
fn contains_folded(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}

/// Returns the time if all of `line` is an HTTP date (RFC 9110 §5.6.7), as a script prints the value
/// of a header.
pub(crate) fn http_date_alone(line: &[u8]) -> Option<Stamp> {
    let line = line.trim_ascii();
    let is_form = line.get(3) == Some(&b',') && line.ends_with(b" GMT");
    let (stamp, used) = is_form.then(|| stamp::parse_at(line)).flatten()?;
    (used == line.len()).then_some(stamp)
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;
    use crate::time::Civil;

    #[test]
    fn reads_dates_of_certificates() {
        type Row = (&'static str, Option<&'static str>, Option<&'static str>);
        const START: Option<&str> = Some("2026-06-19 00:00:00");
        const END: Option<&str> = Some("2026-09-17 00:00:00");
        const ROWS: &[Row] = &[
            ("notBefore=Jun 19 00:00:00 2026 GMT", START, None),
            ("notAfter=Sep 17 00:00:00 2026 GMT\r\n", None, END),
            ("*  start date: Jun 19 00:00:00 2026 GMT", START, None),
            ("*  expire date: Sep 17 00:00:00 2026 GMT", None, END),
            ("            Not Before: Jun 19 00:00:00 2026 GMT", START, None),
            ("            Not After : Sep 17 00:00:00 2026 GMT", None, END),
            (
                "   v:NotBefore: Jun 19 00:00:00 2026 GMT; NotAfter: Sep 17 00:00:00 2026 GMT",
                START,
                END,
            ),
            ("token notBefore=Jun 19 00:00:00 2026 GMT", None, None),
            ("notBefore=tomorrow", None, None),
        ];
        for &(line, from, until) in ROWS {
            let validity = Validity::of(line.as_bytes()).unwrap_or_default();
            let said = |at: Option<UnixTime>| at.map(|at| Civil::of_utc(at).to_string());
            assert_eq!(said(validity.from).as_deref(), from, "{line}");
            assert_eq!(said(validity.until).as_deref(), until, "{line}");
        }
    }

    #[test]
    fn reads_offsets_of_synchronized_services() {
        const ROWS: &[(&str, Option<i64>)] = &[
            ("       Offset: -1.119ms", Some(-1_119)),
            ("       Offset: +12us", Some(0)),
            ("       Offset: +1h 45min 34.119s", Some(6_334_119_000)),
            ("       Offset: 4711", None),
            ("       Offset: +4711", None),
            ("       Offset: +5s behind", None),
            ("Phase Offset: -0.0001234s", Some(-123)),
            ("Phase Offset: 63.5s", None),
            ("*time.example.com .PPS.  1 u 43 64 377 0.312 -0.121 0.023", Some(-121)),
            ("o127.127.22.0   .PPS.  0 l 4 16 377 0.000 12.5 0.023", Some(12_500)),
            ("*198.51.100.7 .GPS. 1 u - 64 377 0.312 -0.121 0.023", Some(-121)),
            ("+time.example.com .PPS.  1 u 43 64 377 0.312 -0.121 0.023", None),
            ("* Connected to 192.0.2.44 port 443 a b c d e f", None),
            ("* one two three", None),
        ];
        for &(line, micros) in ROWS {
            assert_eq!(offset(line.as_bytes()), micros.map(Span::from_micros), "{line}");
        }
    }

    #[test]
    fn recognises_services_without_a_source() {
        const ROWS: &[(&str, bool)] = &[
            ("Reference ID    : 00000000 ()", true),
            ("Reference ID    : 7F7F0101 ()", true),
            ("Reference ID    : C0000201 (time.example.com)", false),
            ("Leap Indicator: 3(not synchronized)", true),
            ("Leap Indicator: 0(no warning)", false),
            ("         Leap: not synchronized", true),
            ("         Leap: normal", false),
            ("Leap years are not synchronized", false),
        ];
        for &(line, expected) in ROWS {
            assert_eq!(is_unsynchronized(line.as_bytes()), expected, "{line}");
        }
    }

    #[test]
    fn recognises_commands_that_print_a_time() {
        type Row = (&'static str, Option<(bool, bool, bool)>);
        const ROWS: &[Row] = &[
            ("$ date -u", Some((true, false, false))),
            ("dev@laptop:~$ date", Some((false, false, false))),
            ("PS C:\\> get-date", Some((false, false, true))),
            ("PS C:\\> (Get-Date).ToUniversalTime()", Some((true, false, true))),
            ("PS C:\\> Get-Date -AsUTC", Some((true, false, true))),
            ("PS C:\\> [DateTime]::UtcNow", Some((true, false, true))),
            ("PS C:\\> (iwr https://a.example).Headers.Date", Some((false, true, false))),
            (
                "PS C:\\> Get-Date; (iwr https://a.example).Headers['Date']",
                Some((false, true, true)),
            ),
            ("$ update", None),
            ("the certificate was created", None),
        ];
        for &(line, expected) in ROWS {
            let query = Query::of(line.as_bytes(), &Pairs::of(line.as_bytes()));
            let met = query.map(|it| (it.in_utc, it.of_server, it.in_windows));
            assert_eq!(met, expected, "{line}");
        }
    }

    #[test]
    fn http_date_counts_only_if_it_is_all_of_the_line() {
        const ROWS: &[(&str, bool)] = &[
            ("Thu, 18 Jun 2026 12:00:05 GMT\r\n", true),
            ("Thu Jun 18 10:14:31 UTC 2026", false),
            ("Thu, 18 Jun 2026 12:00:05 +0000", false),
            ("Thu, 18 Jun 2026 12:00:05 GMT x GMT", false),
        ];
        for &(line, expected) in ROWS {
            assert_eq!(http_date_alone(line.as_bytes()).is_some(), expected, "{line}");
        }
    }
}
