//! The zone of a stamp: `Z`, `+0200`, `-05:00`, `+02`, `UTC`, `CEST`, `GMT+0100`.

use crate::time::Cursor;
use crate::time::Span;

/// The statement of a stamp about its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Local time minus UTC.
    Offset(Span),
    /// A name that means different offsets in different places.
    Ambiguous,
}

impl Zone {
    pub(super) fn offset(self) -> Option<Span> {
        match self {
            Self::Offset(offset) => Some(offset),
            Self::Ambiguous => None,
        }
    }
}

/// Reads the zone after a time of day.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Zone> {
    // Most stamps that state a zone are in UTC.
    if let [b'Z', rest @ ..] = cursor.rest()
        && rest.first().is_none_or(|next| !next.is_ascii_alphanumeric() && *next != b'_')
    {
        cursor.skip(1);
        skip_abbreviation(cursor);
        return Some(Zone::Offset(Span::ZERO));
    }
    let spaced = cursor.spaces();
    match (cursor.peek()?, spaced) {
        (b'+' | b'-', 0) => read_offset(cursor, Minutes::Optional),
        // ` -05` may also be a number that follows the stamp.
        (b'+' | b'-', 1) => read_offset(cursor, Minutes::Required),
        (b'A'..=b'Z', 0 | 1) | (b'z', 0) => read_name(cursor),
        _ => None,
    }
    .inspect(|_| skip_abbreviation(cursor))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Minutes {
    Optional,
    Required,
}

fn read_offset(cursor: &mut Cursor<'_>, minutes: Minutes) -> Option<Zone> {
    let sign = if cursor.eat_one_of(b"+-")? == b'-' { -1 } else { 1 };
    let hours = cursor.two_digits()?;
    let tail = cursor.attempt(|ahead| {
        ahead.attempt(|colon| colon.eat(b':'));
        ahead.two_digits()
    });
    if tail.is_none() && minutes == Minutes::Required {
        return None;
    }
    offset(sign, hours, tail.unwrap_or(0)).filter(|_| !cursor.at_digit())
}

// Zones are between −12 and +14 hours from UTC, at quarters of an hour.
fn offset(sign: i64, hours: u8, minutes: u8) -> Option<Zone> {
    let total = sign * (i64::from(hours) * 60 + i64::from(minutes));
    let valid = (-12 * 60..=14 * 60).contains(&total) && minutes < 60 && minutes.is_multiple_of(15);
    valid.then(|| Zone::Offset(Span::from_secs(total * 60)))
}

fn read_name(cursor: &mut Cursor<'_>) -> Option<Zone> {
    let name = cursor.take_while(|byte| byte.is_ascii_alphabetic());
    let zone = named(name)?;
    match cursor.peek() {
        Some(b'0'..=b'9' | b'_') => None,
        Some(b'+' | b'-') if matches!(name, b"GMT" | b"UTC") => {
            Some(read_shift(cursor).unwrap_or(zone))
        }
        _ => Some(zone),
    }
}

// `GMT+0100`, `GMT+01:00`, `UTC+9`.
fn read_shift(cursor: &mut Cursor<'_>) -> Option<Zone> {
    cursor.attempt(|ahead| read_offset(ahead, Minutes::Optional)).or_else(|| {
        cursor.attempt(|ahead| {
            let sign = if ahead.eat_one_of(b"+-")? == b'-' { -1 } else { 1 };
            offset(sign, u8::try_from(ahead.number(1, 1)?).ok()?, 0)
        })
    })
}

/// Names with one meaning in current logs, in hours from UTC. Names that are not listed are either
/// unknown or mean more than one zone: `CST` (America, China, Cuba), `IST` (India, Ireland, Israel)
/// and `BST` (Britain, Bougainville).
fn named(name: &[u8]) -> Option<Zone> {
    let hours = match name {
        b"Z" | b"z" | b"UTC" | b"GMT" | b"UT" | b"WET" => 0,
        b"CET" | b"MEZ" | b"WEST" => 1,
        b"CEST" | b"MESZ" | b"EET" => 2,
        b"EEST" | b"MSK" => 3,
        b"JST" | b"KST" => 9,
        b"AEST" => 10,
        b"AEDT" => 11,
        b"NZST" => 12,
        b"NZDT" => 13,
        b"HST" => -10,
        b"AKST" => -9,
        b"PST" | b"AKDT" => -8,
        b"MST" | b"PDT" => -7,
        b"MDT" => -6,
        b"EST" | b"CDT" => -5,
        b"EDT" => -4,
        b"CST" | b"IST" | b"BST" | b"AST" | b"ADT" | b"SST" | b"WAT" | b"WIT" => {
            return Some(Zone::Ambiguous);
        }
        _ => return None,
    };
    Some(Zone::Offset(Span::from_secs(hours * 3_600)))
}

// Go prints the offset and then the abbreviation of the zone, which may be a number again: ` -0500
// EST`, ` -0300 -03`.
fn skip_abbreviation(cursor: &mut Cursor<'_>) {
    cursor.attempt(|ahead| {
        ahead.eat(b' ')?;
        named(ahead.take_while(|byte| byte.is_ascii_uppercase()))
            .or_else(|| read_offset(ahead, Minutes::Optional))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn offset(minutes: i64) -> Option<Zone> {
        Some(Zone::Offset(Span::from_secs(minutes * 60)))
    }

    #[test]
    fn reads_zones_that_products_print_after_time() {
        const ROWS: &[(&str, Option<Zone>, &str)] = &[
            ("Z", offset(0), ""),
            (" Z,", offset(0), ","),
            ("+0200", offset(120), ""),
            (" +0200 - INFO", offset(120), " - INFO"),
            ("-05:00", offset(-300), ""),
            ("+02", offset(120), ""),
            ("+05:45", offset(345), ""),
            ("-00:00", offset(0), ""),
            (" UTC]", offset(0), "]"),
            (" -0500 EST m=+12.3", offset(-300), " m=+12.3"),
            (" +0530 IST", offset(330), ""),
            (" -0300 -03", offset(-180), ""),
            (" +0000 UTC", offset(0), ""),
            (" GMT+0100 (x)", offset(60), " (x)"),
            (" GMT-08:00 2024", offset(-480), " 2024"),
            (" UTC+9", offset(540), ""),
            (" CEST 2017", offset(120), " 2017"),
            (" KST", offset(540), ""),
            (" CST", Some(Zone::Ambiguous), ""),
            (" BST 2024", Some(Zone::Ambiguous), " 2024"),
            (" -05", None, ""),
            (" - INFO", None, ""),
            (" - 15 min.", None, ""),
            ("+02001", None, ""),
            (" INFO", None, ""),
            (" ESTABLISHED", None, ""),
            (" Zebra", None, ""),
            ("  UTC", None, ""),
            ("", None, ""),
        ];
        for &(text, zone, rest) in ROWS {
            let mut cursor = Cursor::new(text.as_bytes());
            assert_eq!(read(&mut cursor), zone, "{text}");
            if zone.is_some() {
                assert_eq!(cursor.rest(), rest.as_bytes(), "{text}");
            }
        }
    }

    #[test]
    fn accepts_offsets_in_quarters_from_minus_12_to_plus_14_hours() {
        const ROWS: &[(&str, Option<Zone>)] = &[
            ("+0545", offset(345)),
            ("+0217", None),
            ("+0260", None),
            ("+1400", offset(840)),
            ("+1415", None),
            ("-1200", offset(-720)),
            ("-1215", None),
        ];
        for &(text, zone) in ROWS {
            assert_eq!(read(&mut Cursor::new(text.as_bytes())), zone, "{text}");
        }
    }

    /// Each name with its hours from UTC.
    const NAMES: &[(&[&str], i64)] = &[
        (&["Z", "UTC", "GMT", "UT", "WET"], 0),
        (&["CET", "MEZ", "WEST"], 1),
        (&["CEST", "MESZ", "EET"], 2),
        (&["EEST", "MSK"], 3),
        (&["JST", "KST"], 9),
        (&["AEST"], 10),
        (&["AEDT"], 11),
        (&["NZST"], 12),
        (&["NZDT"], 13),
        (&["HST"], -10),
        (&["AKST"], -9),
        (&["PST", "AKDT"], -8),
        (&["MST", "PDT"], -7),
        (&["MDT"], -6),
        (&["EST", "CDT"], -5),
        (&["EDT"], -4),
    ];

    #[test]
    fn named_zone_has_its_offset() {
        for &(names, hours) in NAMES {
            for name in names {
                let text = std::format!(" {name}");
                let zone = read(&mut Cursor::new(text.as_bytes()));
                assert_eq!(zone, offset(hours * 60), "{name}");
            }
        }
    }

    #[test]
    fn only_utc_and_gmt_take_an_offset() {
        const ROWS: &[(&str, Option<Zone>)] = &[
            (" UTC-9", offset(-540)),
            (" GMT-0100", offset(-60)),
            (" UTC+14", offset(840)),
            (" UTC+10:00", offset(600)),
            (" CET+2", offset(60)),
            (" UTC2", None),
            (" UTC_x", None),
        ];
        for &(text, zone) in ROWS {
            assert_eq!(read(&mut Cursor::new(text.as_bytes())), zone, "{text}");
        }
    }
}
