//! An independent reading of the times in a line: it finds whether a line states a given time.
//!
//! Nothing here is shared with the program. It does not guess what a line means, but looks for the digits
//! of a time that a proof says is there, in every order in which a date may be written.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const SECOND: i64 = 1_000_000;
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const GERMAN: [(&str, i64); 4] = [("mär", 3), ("mai", 5), ("okt", 10), ("dez", 12)];
/// Abbreviations of zones, with their minutes east of UTC.
const ZONES: &[(&str, i64)] = &[
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("CET", 60),
    ("CEST", 120),
    ("KST", 540),
    ("JST", 540),
    ("IST", 330),
    ("BST", 60),
];

/// The lines of a text, decoded.
pub(crate) struct Text {
    lines: Vec<String>,
}

impl Text {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let text = match bytes {
            [0xff, 0xfe, rest @ ..] => {
                let units = rest.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
                String::from_utf16_lossy(&units.collect::<Vec<_>>())
            }
            _ => String::from_utf8_lossy(bytes).into_owned(),
        };
        // Windows writes marks of the direction of writing around each part of a date.
        let text = text.replace('\u{200e}', "");
        Self { lines: text.split('\n').map(with_payloads).collect() }
    }

    /// The line, which counts from 1.
    pub(crate) fn line(&self, number: u64) -> &str {
        let at = usize::try_from(number).unwrap().wrapping_sub(1);
        self.lines.get(at).map_or("", String::as_str)
    }

    /// The seconds of `Age` that lines near `number` state.
    pub(crate) fn ages(&self, number: u64) -> Vec<i64> {
        let at = usize::try_from(number).unwrap().saturating_sub(16);
        let near = self.lines.iter().skip(at).take(32).map(|line| line.to_lowercase());
        let mut ages = Vec::new();
        for line in near {
            let after = line.match_indices("age").filter_map(|(at, word)| {
                let rest = &line[at + word.len()..];
                let rest = rest.trim_start_matches(|it: char| !it.is_ascii_alphanumeric());
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                digits.parse::<i64>().ok()
            });
            ages.extend(after);
        }
        ages
    }
}

/// A line, followed by the payloads of the tokens in it.
fn with_payloads(line: &str) -> String {
    let mut all = line.to_owned();
    let is_part = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
    for word in line.split(|it: char| !is_part(it)).filter(|word| word.contains("eyJ")) {
        for part in word.split('.') {
            if let Ok(payload) = URL_SAFE_NO_PAD.decode(part) {
                all.push(' ');
                all += &String::from_utf8_lossy(&payload);
            }
        }
    }
    all
}

/// A number or a word of a line.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(String),
    Month(i64),
    Afternoon,
    Morning,
}

fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let letters: Vec<char> = line.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let is_digit = letters[at].is_ascii_digit();
        let is_same = |it: &char| if is_digit { it.is_ascii_digit() } else { it.is_alphabetic() };
        let run: String = letters[at..].iter().take_while(|it| is_same(it)).collect();
        if run.is_empty() {
            at += 1;
            continue;
        }
        at += run.chars().count();
        if is_digit {
            tokens.push(Token::Number(run));
            continue;
        }
        let lower = run.to_lowercase();
        let month = MONTHS.iter().position(|name| lower.starts_with(name));
        let month = month.map(|at| i64::try_from(at).unwrap() + 1);
        let german = GERMAN.iter().find(|(name, _)| lower.starts_with(name)).map(|(_, it)| *it);
        match month.or(german) {
            Some(month) => tokens.push(Token::Month(month)),
            None if lower == "pm" || lower == "오후" => tokens.push(Token::Afternoon),
            None if lower == "am" || lower == "오전" => tokens.push(Token::Morning),
            None => {}
        }
    }
    tokens
}

/// Minutes east of UTC that a line names, and 0.
fn zones(line: &str) -> Vec<i64> {
    let mut zones = vec![0];
    for (at, sign) in line.char_indices().filter(|(_, it)| "+-−".contains(*it)) {
        let rest = &line[at + sign.len_utf8()..];
        let digits: String =
            rest.chars().filter(|it| *it != ':').take_while(char::is_ascii_digit).take(4).collect();
        let (hours, minutes) = match digits.len() {
            4 => (&digits[..2], &digits[2..]),
            1..=3 => (&digits[..digits.len().min(2)], "0"),
            _ => continue,
        };
        let east = hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap();
        zones.push(if sign == '+' { east } else { -east });
    }
    let names = ZONES.iter().filter(|(name, _)| line.contains(name));
    zones.extend(names.map(|(_, east)| *east));
    zones
}

/// Returns `true` if the line states the time, in microseconds since 1970. A stamp without a zone is stated
/// as it is written, and other times in a zone that the line names.
pub(crate) fn states(line: &str, micros: i64, is_civil: bool) -> bool {
    if is_epoch(line, micros) {
        return true;
    }
    let zones = if is_civil { vec![0] } else { zones(line) };
    let tokens = tokens(line);
    let written = |east: i64, micros: i64, parts: Parts| {
        is_written(&tokens, micros + east * 60 * SECOND, parts)
    };
    // A stamp of another program on the same line shows the zone.
    let is_shown = || {
        (-2..=2).any(|secs| written(0, micros + secs * SECOND, Parts::Seconds))
            && (-48..=56).any(|quarters| written(quarters * 15, micros, Parts::All))
    };
    zones.into_iter().any(|east| written(east, micros, Parts::All)) || (!is_civil && is_shown())
}

/// The parts of a time that are compared.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Parts {
    All,
    Seconds,
}

/// Seconds, milliseconds, microseconds or nanoseconds since 1970, as one number or with a fraction.
fn is_epoch(line: &str, micros: i64) -> bool {
    let [secs, rest] = [micros.div_euclid(SECOND), micros.rem_euclid(SECOND)];
    let all: Vec<Token> = tokens(line);
    all.iter().enumerate().any(|(at, token)| {
        let Token::Number(number) = token else { return false };
        let fraction = match all.get(at + 1) {
            Some(Token::Number(next)) => starts_fraction(next, rest),
            _ => false,
        };
        let is_secs = number.parse::<i64>() == Ok(secs) && (rest == 0 || fraction);
        let is_finer = [13, 16, 19].contains(&number.len())
            && number.starts_with(&secs.to_string())
            && starts_fraction(&number[secs.to_string().len()..], rest);
        is_secs || is_finer
    })
}

/// Returns `true` if `digits` are a fraction of a second that was cut to microseconds.
fn starts_fraction(digits: &str, micros: i64) -> bool {
    let written = format!("{digits:0<6}");
    written[..6].parse() == Ok(micros)
}

fn is_written(tokens: &[Token], micros: i64, parts: Parts) -> bool {
    let (days, of_day) = (micros.div_euclid(86_400 * SECOND), micros.rem_euclid(86_400 * SECOND));
    let (secs, fraction) = (of_day / SECOND, of_day % SECOND);
    let date = civil(days);
    (0..tokens.len()).any(|at| {
        time_at(&tokens[at..], secs, (parts == Parts::All).then_some(fraction)).is_some_and(
            |length| {
                // A date is written before the time, or after it with the zone in between.
                let before = &tokens[at.saturating_sub(4)..at];
                let after =
                    &tokens[(at + length).min(tokens.len())..(at + length + 4).min(tokens.len())];
                let is_ended_by_year = has_year(&after[..after.len().min(2)]);
                let near = [before, after].concat();
                has_date(if has_year(before) || !is_ended_by_year { before } else { &near }, date)
            },
        )
    })
}

/// The number of tokens that write the time of day, if those at the start do.
fn time_at(tokens: &[Token], secs: i64, fraction: Option<i64>) -> Option<usize> {
    let number = |at: usize| match tokens.get(at) {
        Some(Token::Number(digits)) if digits.len() <= 2 => digits.parse::<i64>().ok(),
        _ => None,
    };
    let (hour, minute, second) = (secs / 3_600, secs / 60 % 60, secs % 60);
    let has_fraction = |at: usize| match tokens.get(at) {
        Some(Token::Number(digits)) => fraction.is_some_and(|it| starts_fraction(digits, it)),
        _ => false,
    };
    let is_whole = fraction.is_none_or(|it| it == 0);
    if let Some(Token::Number(digits)) = tokens.first()
        && digits.len() == 6
        && digits.parse() == Ok(hour * 10_000 + minute * 100 + second)
    {
        return if has_fraction(1) { Some(2) } else { is_whole.then_some(1) };
    }
    let half = tokens.iter().take(5).find_map(|token| match token {
        Token::Afternoon => Some(12),
        Token::Morning => Some(0),
        _ => None,
    });
    let is_hour = number(0).is_some_and(|it| match half {
        Some(half) => it % 12 + half == hour,
        None => it == hour,
    });
    if !is_hour || number(1) != Some(minute) {
        return None;
    }
    match number(2) {
        Some(it) if it == second && has_fraction(3) => Some(4),
        Some(it) if it == second && is_whole => Some(3),
        _ if second == 0 && is_whole => Some(2),
        _ => None,
    }
}

fn has_year(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| is_year(token).is_some())
}

fn is_year(token: &Token) -> Option<i64> {
    let Token::Number(digits) = token else { return None };
    let year = digits.parse::<i64>().ok().filter(|year| (1_900..2_100).contains(year));
    year.filter(|_| digits.len() == 4)
}

/// Returns `true` if the tokens write the date, in any order, with the year or without it.
fn has_date(tokens: &[Token], (year, month, day): (i64, i64, i64)) -> bool {
    let is = |number: i64| {
        move |token: &Token| match token {
            Token::Number(digits) => digits.parse() == Ok(number),
            _ => false,
        }
    };
    let whole = year * 10_000 + month * 100 + day;
    let days = tokens.iter().filter(|token| is(day)(token)).count();
    let needed = if month == day { 2 } else { 1 };
    let in_numbers = tokens.iter().any(is(month)) && days >= needed;
    let in_words = tokens.contains(&Token::Month(month)) && days > 0;
    // Another number of four digits, such as `2035 milliseconds`, may precede the date.
    let mut years = tokens.iter().filter_map(is_year);
    let names_other_year = years.next_back().is_some_and(|it| it != year);
    tokens.iter().any(is(whole)) || ((in_numbers || in_words) && !names_other_year)
}

/// Year, month and day.
fn civil(days: i64) -> (i64, i64, i64) {
    // Counted year by year and month by month, unlike the program.
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = |year: i64| if is_leap(year) { 366 } else { 365 };
    let (mut year, mut left) = (1970, days);
    while left < 0 {
        year -= 1;
        left += length(year);
    }
    while left >= length(year) {
        left -= length(year);
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    (year, month, left + 1)
}

/// Returns `true` if the line states a length between these, of either sign and in any unit.
pub(crate) fn states_length(line: &str, least: i64, most: i64) -> bool {
    const UNITS: &[i64] = &[1, 1_000, SECOND, 60 * SECOND, 3_600 * SECOND, 86_400 * SECOND];
    let is_between =
        |size: i64| (least <= size && size <= most) || (least <= -size && -size <= most);
    let is_part = |it: char| it.is_ascii_digit() || it == '.';
    let words = line.split(|it: char| !is_part(it)).filter(|word| !word.is_empty());
    let is_stated = |word: &str| {
        let (whole, rest) = word.split_once('.').unwrap_or((word, ""));
        let Ok(whole) = whole.parse::<i64>() else { return false };
        let rest = rest.trim_end_matches('.');
        let fraction: i64 = format!("{rest:0<6}")[..6].parse().unwrap_or(0);
        UNITS.iter().any(|unit| {
            is_between(whole.saturating_mul(*unit).saturating_add(fraction * unit / SECOND))
        })
    };
    in_units(line).is_some_and(is_between)
        || words.into_iter().any(is_stated)
        || from_one_to_another(line).is_some_and(is_between)
}

/// The length between the two times of RFC 3339 in UTC that a line such as `changed to B from A` has.
fn from_one_to_another(line: &str) -> Option<i64> {
    let mut times = line.split(' ').filter_map(|word| utc(word.trim_end_matches(['.', '\r'])));
    Some(times.next()? - times.next()?)
}

/// `2024-03-11T08:02:11.5Z` in microseconds since 1970, if it is before 2106.
fn utc(word: &str) -> Option<i64> {
    let (date, time) = word.strip_suffix('Z')?.split_once('T')?;
    let date: Vec<i64> = date.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let time: Vec<i64> = time.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
    let (&[year, month, day], &[hour, minute, second]) = (&date[..], &time[..]) else {
        return None;
    };
    let fraction: i64 = format!("{fraction:0<6}")[..6].parse().ok()?;
    let days = (0..50_000).find(|days| civil(*days) == (year, month, day))?;
    Some((days * 86_400 + hour * 3_600 + minute * 60 + second) * SECOND + fraction)
}

/// The length that is written in several units, such as `23h19m27.8s` or `5 hours, 14 minutes`.
fn in_units(line: &str) -> Option<i64> {
    let digits = line.char_indices().filter(|(_, it)| it.is_ascii_digit());
    digits.filter_map(|(at, _)| parts(&line[at..])).find(|(_, parts)| *parts > 1).map(|(it, _)| it)
}

fn parts(mut rest: &str) -> Option<(i64, u8)> {
    let (mut size, mut parts) = (0, 0);
    while let Some(end) = rest.find(|it: char| !it.is_ascii_digit() && it != '.') {
        let tail = rest[end..].trim_start_matches(' ');
        let word = tail.find(|it: char| !it.is_ascii_alphabetic()).unwrap_or(tail.len());
        let unit = match &tail[..word] {
            "d" | "day" | "days" => 86_400 * SECOND,
            "h" | "hour" | "hours" => 3_600 * SECOND,
            "m" | "min" | "minute" | "minutes" => 60 * SECOND,
            "s" | "sec" | "second" | "seconds" => SECOND,
            _ => break,
        };
        let (whole, fraction) = rest[..end].split_once('.').unwrap_or((&rest[..end], ""));
        let Ok(whole) = whole.parse::<i64>() else { break };
        let fraction: i64 = format!("{fraction:0<6}")[..6].parse().ok()?;
        size += whole * unit + fraction * unit / SECOND;
        (rest, parts) = (tail[word..].trim_start_matches([',', ' ']), parts + 1);
    }
    Some((size, parts))
}

#[test]
fn times_are_found_as_they_are_written() {
    // 2017-03-03 04:29:05
    const AT: i64 = 1_488_515_345 * SECOND;
    const ROWS: &[(&str, i64, bool)] = &[
        ("Date: Fri, 03 Mar 2017 04:29:05 GMT", AT, true),
        ("03.03.2017 04:29:05 - ERROR", AT, true),
        ("2017-03-03T05:29:05+01:00", AT, true),
        ("2017-03-03T05:29:05Z", AT, false),
        ("20170303T042905Z", AT, true),
        ("Mar  3 04:29:05 web1", AT, true),
        ("Fri Mar  3 04:29:05 UTC 2017", AT, true),
        ("Fri Mar  3 04:29:05 UTC 2016", AT, false),
        ("2035 milliseconds, Date: 03 Mar 2017 04:29:05", AT, true),
        ("2017 milliseconds, Date: 03 Mar 2016 04:29:05", AT, false),
        ("exp=1488515345", AT, true),
        ("exp=1488515346", AT, false),
        ("t=1488515345120", AT + 120_000, true),
        ("t=1488515345120", AT, false),
        ("2017-03-03 04:29:05,120 x", AT + 120_000, true),
        ("2017-03-03 04:29:05,120 x", AT + 121_000, false),
        ("2017-03-04 04:29:05", AT, false),
        ("3/3/2017 4:29:05 AM", AT, true),
        ("3/3/2017 4:29:05 PM", AT, false),
        ("3/3/2017 4:29:05 PM", AT + 12 * 3_600 * SECOND, true),
    ];
    for &(line, at, expected) in ROWS {
        assert_eq!(states(line, at, false), expected, "{line}");
    }
    assert!(states_length("off by 12.5 s", 12_400_000, 12_600_000));
    assert!(!states_length("off by 12.5 s", 13_000_000, 14_000_000));
    let step = "changed to 2024-03-11T08:02:11.5Z from 2024-03-11T07:01:58.8123456Z.\r";
    assert!(states_length(step, 3_612_687_655, 3_612_687_655));
    assert!(!states_length(step, 3_612_687_656, 3_612_700_000));
}
