//! Local stamps of a text that name their zone, and the prefixes in which other programs repeat them.

/// The instant of a stamp, in UTC, with as many digits as it states.
pub(crate) struct Stamp {
    /// Seconds since 1970.
    pub(crate) secs: i64,
    /// The digits after the decimal point.
    pub(crate) fraction: String,
    /// The length of the line up to the end of the stamp.
    pub(crate) end: usize,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Stamp {
    /// Returns the stamp with which `line` starts, if it is in ISO 8601 and names its zone. The members
    /// of a record that may precede it are skipped.
    pub(crate) fn of(line: &str) -> Option<Self> {
        let start = line.find(|c: char| c.is_ascii_digit())?;
        let (head, rest) = line.split_at(start);
        let named = head.ends_with('"')
            && ["{\"", "time=", "level=", "ts="].iter().any(|s| head.starts_with(s));
        (head.is_empty() || head == "[" || named).then_some(())?;
        let date_time = rest.get(..19)?;
        let number = |from: usize, to: usize| date_time.get(from..to)?.parse::<i64>().ok();
        let between: Vec<_> = [4, 7, 10, 13, 16].map(|at| date_time.as_bytes()[at]).to_vec();
        (between == b"--T::" || between == b"-- ::").then_some(())?;
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let time = number(11, 13)? * 3_600 + number(14, 16)? * 60 + number(17, 19)?;
        let mut after = &rest[19..];
        let mut fraction = String::new();
        if let Some(digits) = after.strip_prefix(['.', ',']) {
            fraction = digits.chars().take_while(char::is_ascii_digit).collect();
            after = &digits[fraction.len()..];
        }
        let (zone, after) = read_zone(after)?;
        let secs = days(year, month, day) * 86_400 + time - zone;
        Some(Self { secs, fraction, end: line.len() - after.len() })
    }

    /// The civil date and time in UTC.
    fn civil(&self) -> (i64, i64, i64, i64, i64, i64) {
        let (year, month, day) = date(self.secs.div_euclid(86_400));
        let time = self.secs.rem_euclid(86_400);
        (year, month, day, time / 3_600, time / 60 % 60, time % 60)
    }

    fn whole(&self) -> String {
        let (year, month, day, hour, minute, second) = self.civil();
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }

    /// `2025-08-13T14:00:03.118`, with the digits of the original.
    pub(crate) fn iso(&self) -> String {
        let point = if self.fraction.is_empty() { "" } else { "." };
        format!("{}{point}{}", self.whole(), self.fraction)
    }

    /// The same with nine digits, as container runtimes write it.
    pub(crate) fn nanos(&self) -> String {
        format!("{}.{:0<9.9}", self.whole(), self.fraction)
    }

    /// `Aug 13 14:00:03`, as in RFC 3164.
    pub(crate) fn bsd(&self) -> String {
        let (_, month, day, hour, minute, second) = self.civil();
        let month = MONTHS[usize::try_from(month - 1).unwrap()];
        format!("{month} {day:2} {hour:02}:{minute:02}:{second:02}")
    }

    /// The digits of a count since 1970 in units of `10^-digits` seconds.
    pub(crate) fn count(&self, digits: usize) -> String {
        let fraction: String = format!("{:0<9.9}", self.fraction).chars().take(digits).collect();
        format!("{}{fraction}", self.secs)
    }
}

fn read_zone(text: &str) -> Option<(i64, &str)> {
    if let Some(rest) = text.strip_prefix('Z').or_else(|| text.strip_prefix(" UTC")) {
        return Some((0, rest));
    }
    let signed = text.strip_prefix(' ').unwrap_or(text);
    let sign = if signed.starts_with('+') {
        1
    } else if signed.starts_with('-') {
        -1
    } else {
        return None;
    };
    let digits: String = signed[1..].chars().filter(|c| *c != ':').take(4).collect();
    let minutes =
        digits.get(..2)?.parse::<i64>().ok()? * 60 + digits.get(2..4)?.parse::<i64>().ok()?;
    let length = if signed.as_bytes().get(3) == Some(&b':') { 6 } else { 5 };
    Some((sign * minutes * 60, &signed[length..]))
}

/// Days since 1970 of a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a day since 1970.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Prefixes every line with the stamp of its record, as a program does that receives the lines when they
/// are written. A text that does not start with such a stamp is left alone.
pub(crate) fn stamped(text: &str, dress: fn(&Stamp, &str) -> String) -> Option<String> {
    let mut last = None;
    let mut dressed = String::new();
    for line in text.lines() {
        last = Stamp::of(line).or(last);
        dressed += &dress(last.as_ref()?, line);
        dressed.push('\n');
    }
    Some(dressed)
}

/// Returns the part of `line` that states its time in the form of this log.
pub(crate) fn time_of_log(line: &str) -> Option<&str> {
    if let Some(stamp) = Stamp::of(line) {
        return line.get(..stamp.end);
    }
    let month = MONTHS.iter().any(|month| line.starts_with(month));
    let start = if month { 4 } else { 0 };
    let is_part = |c: char| c.is_ascii_digit() || " :.,-/T[]".contains(c);
    let length = line[start..].find(|c| !is_part(c)).unwrap_or(line.len() - start);
    let time = line[..start + length].trim_end_matches([' ', '-', '[', ',', '.', '/', 'T']);
    (time.matches(':').count() >= 2 && time.len() >= 15).then_some(time)
}

#[test]
fn stamps_are_repeated_in_utc() {
    const ROWS: &[(&str, &str)] = &[
        (
            "2025-08-13T16:00:03.5+02:00 x",
            "2025-08-13T14:00:03.500000000 Aug 13 14:00:03 1755093603500 27",
        ),
        (
            "2018-05-14 21:29:43 +0800 x",
            "2018-05-14T13:29:43.000000000 May 14 13:29:43 1526304583000 25",
        ),
        (
            "{\"ts\":\"2024-02-29T00:00:00Z\"}",
            "2024-02-29T00:00:00.000000000 Feb 29 00:00:00 1709164800000 27",
        ),
        (
            "time=\"1970-01-01T00:00:01,25Z\" x",
            "1970-01-01T00:00:01.250000000 Jan  1 00:00:01 1250 29",
        ),
    ];
    for &(line, expected) in ROWS {
        let at = Stamp::of(line).expect(line);
        let met = format!("{} {} {} {}", at.nanos(), at.bsd(), at.count(3), at.end);
        assert_eq!(met, expected, "{line}");
    }
    let others = ["2025-08-13 16:00:03 x", "at 2025-08-13T16:00:03Z", "Aug 13 16:00:03 x"];
    assert!(others.iter().all(|line| Stamp::of(line).is_none()));
}
