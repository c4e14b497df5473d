//! The dates in claims, and notes on those that look wrong.

use core::fmt;
use core::ops::RangeInclusive;

use jwtick_core::time::{NumericDate, Scale};
use jwtick_core::token::{Claims, Json};
use jwtick_core::words::{Language, Said, sentence};
use jwtick_core::{Scratch, UnixTime};

use crate::notation::civil;

/// The date that a claim states.
pub(crate) fn date(name: &str, claims: &Claims<'_>) -> Option<NumericDate> {
    match name {
        "exp" => claims.exp,
        "nbf" => claims.nbf,
        "iat" => claims.iat,
        _ => None,
    }
}

/// The instant that a claim states: a registered date, or a number of seconds or milliseconds of these
/// decades under a name that ends like that of a time, such as `auth_time` or `updatedAt`.
pub(crate) fn time_of(name: &str, value: Json<'_>, claims: &Claims<'_>) -> Option<UnixTime> {
    const ENDS: [&str; 8] = ["_at", "_time", "_iat", "_exp", "_nbf", "_until", "At", "Time"];
    // 2001 to 2100.
    const USUAL: RangeInclusive<UnixTime> =
        UnixTime::from_secs(1_000_000_000)..=UnixTime::from_secs(4_102_444_800);
    if let Some(date) = date(name, claims) {
        return Some(date.at());
    }
    // `toe` is the time of an event (RFC 8417 §2.2).
    let is_time = name == "toe" || ENDS.iter().any(|end| name.ends_with(end));
    let as_exp = format!(r#"{{"exp":{}}}"#, value.as_written());
    let mut index = Scratch::<0>::new();
    let date = Claims::parse(as_exp.as_bytes(), &mut index).ok().filter(|_| is_time)?.exp?;
    let at = match date.scale() {
        Scale::Milliseconds(meant) => meant,
        _ => date.at(),
    };
    USUAL.contains(&at).then_some(at)
}

/// Notes on dates that look wrong.
pub(crate) fn notes(claims: &Claims<'_>, language: Language) -> Vec<String> {
    ["iat", "nbf", "exp"]
        .into_iter()
        .filter_map(|name| oddity(name, date(name, claims)?, language))
        .collect()
}

/// A note on a date that is probably a mistake.
pub(crate) fn oddity(name: &str, date: NumericDate, language: Language) -> Option<String> {
    match date.scale() {
        Scale::Milliseconds(meant) => {
            let meant = civil::utc(meant).unwrap_or_default();
            Some(milliseconds(name, &meant, language))
        }
        Scale::Implausible => Some(implausible(name, language)),
        _ => None,
    }
}

fn milliseconds(name: &str, meant: &str, language: Language) -> String {
    let said = Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "{name} looks like milliseconds ({meant}); it counts seconds (RFC 7519 §2) and is judged as written",
            de: "{name} sieht nach Millisekunden aus ({meant}); es zählt Sekunden (RFC 7519 §2) und wird so gewertet, wie es dasteht",
            ko: "{name} 값은 밀리초로 보입니다({meant}). 단위는 초이며(RFC 7519 §2) 적힌 그대로 판정합니다",
        )
    });
    said.to_string()
}

fn implausible(name: &str, language: Language) -> String {
    let said = Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "{name} is implausible: no calendar reaches that far",
            de: "{name} ist unplausibel: So weit reicht kein Kalender",
            ko: "{name} 값은 달력 범위를 벗어나 타당하지 않습니다",
        )
    });
    said.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_by_name_and_size() {
        const ROWS: &[(&str, Option<i64>)] = &[
            (r#""exp":5"#, Some(5)),
            (r#""auth_time":1700000000"#, Some(1_700_000_000)),
            (r#""updatedAt":1700000000000"#, Some(1_700_000_000)),
            (r#""toe":999999999"#, None),
            (r#""toe":1000000000"#, Some(1_000_000_000)),
            (r#""refresh_exp":4102444800"#, Some(4_102_444_800)),
            (r#""refresh_exp":4102444801"#, None),
            (r#""serial":1700000000"#, None),
            (r#""updated_at":"1700000000""#, None),
        ];
        for &(member, expected) in ROWS {
            let text = format!("{{{member}}}");
            let mut index = Scratch::<0>::new();
            let claims = Claims::parse(text.as_bytes(), &mut index).unwrap();
            let (name, value) = claims.members().next().unwrap();
            let at = time_of(&name.to_string(), value, &claims);
            assert_eq!(at, expected.map(UnixTime::from_secs), "{member}");
        }
    }
}
