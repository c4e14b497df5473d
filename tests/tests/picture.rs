//! The picture of `jwtick diagnose` shows the numbers of its sentence, in every case.
#![cfg(test)]
#![expect(clippy::float_arithmetic, reason = "the sentence states seconds with fractions")]

use std::path::Path;

use jwtick_tests::{Case, diagnosed, fixture, jwtick};

/// The largest difference between the picture and the sentence, in seconds: both are rounded.
const ROUNDED: f64 = 0.6;

/// A picture, as it is printed.
struct Picture<'t> {
    labels: &'t str,
    /// Seconds since 1970 in UTC.
    ends: [f64; 2],
    caption: &'t str,
}

impl<'t> Picture<'t> {
    fn of(answer: &'t str) -> Option<Self> {
        let mut lines = answer.lines().skip_while(|line| *line != "Clocks").skip(1);
        let (labels, times) = (lines.next()?, lines.next()?);
        let caption = lines.nth(1)?.trim();
        let mut ends = times.trim().split("  ").filter(|end| !end.trim().is_empty()).map(instant);
        Some(Self { labels, ends: [ends.next()?, ends.next()?], caption })
    }

    fn apart(&self) -> f64 {
        let [left, right] = self.ends;
        right - left
    }
}

/// The instant of `2017-03-01 03:39:51 UTC+09:00`, which may be an approximation.
fn instant(end: &str) -> f64 {
    let (civil, zone) = end.trim().trim_start_matches(['≈', '~', ' ']).split_once(" UTC").unwrap();
    let numbers = |text: &str| -> Vec<f64> {
        text.split([' ', '-', ':']).map(|number| number.parse().unwrap()).collect()
    };
    let [year, month, day, hour, minute, second] = numbers(civil)[..] else {
        panic!("{end} is no time");
    };
    let zone = match zone.split_at_checked(1) {
        Some((sign, zone)) => {
            let zone = numbers(zone);
            let ahead = zone[0] * 3_600.0 + zone[1] * 60.0;
            if sign == "-" { -ahead } else { ahead }
        }
        None => 0.0,
    };
    days(year, month, day) * 86_400.0 + hour * 3_600.0 + minute * 60.0 + second - zone
}

/// The number of the day (Meeus, Astronomical Algorithms, chapter 7).
fn days(year: f64, month: f64, day: f64) -> f64 {
    let (year, month) = if month > 2.0 { (year, month) } else { (year - 1.0, month + 12.0) };
    let leap = (year / 400.0).floor() - (year / 100.0).floor();
    (365.25 * year).floor() + leap + (30.6001 * (month + 1.0)).floor() + day
}

/// The amounts that `caption` states, in seconds, without what is in brackets or after `±`.
fn amounts(caption: &str) -> Vec<f64> {
    let words: Vec<&str> = caption.split_whitespace().collect();
    let pairs = words.windows(2).filter(|pair| !pair[0].starts_with(['(', '±']));
    let amount = |pair: &[&str]| {
        let unit = match pair[1] {
            "s" => 1.0,
            "ms" => 1e-3,
            "µs" => 1e-6,
            _ => return None,
        };
        pair[0].replace(',', "").parse::<f64>().ok().map(|number| number * unit)
    };
    let bracketed = caption.split(['(', ')']).skip(1).step_by(2).collect::<Vec<_>>();
    let outside = |pair: &&[&str]| !bracketed.iter().any(|it| it.contains(&pair.join(" ")));
    pairs.filter(outside).filter_map(amount).collect()
}

/// Complains about the picture of the text at `file`, if there is one.
fn complaint(file: &Path) -> Option<String> {
    let done = diagnosed(file, &[]);
    let picture = Picture::of(&done.stdout)?;
    let sentence = done.stdout.lines().next().unwrap_or_default();
    let amounts = amounts(picture.caption);
    let fits = match amounts.as_slice() {
        [one] => (picture.apart() - one).abs() <= ROUNDED,
        [least, most] => (least - ROUNDED..=most + ROUNDED).contains(&picture.apart()),
        _ => false,
    };
    let behind = picture.caption.ends_with("behind");
    let local_first = picture.labels.trim().starts_with("local clock");
    let wrong = [
        (!fits, "other numbers"),
        (behind != local_first || picture.apart() <= 0.0, "the wrong side"),
        (!sentence.contains(picture.caption), "another caption"),
    ];
    let wrong: Vec<_> = wrong.iter().filter(|(is, _)| *is).map(|(_, what)| *what).collect();
    (!wrong.is_empty()).then(|| format!("{}: {}\n{}", wrong.join(", "), sentence, picture.caption))
}

#[test]
fn picture_has_numbers_of_sentence_in_every_own_case() {
    assert!(Case::check_all(&fixture("cases"), complaint).unwrap() > 100);
}

#[test]
fn picture_has_numbers_of_sentence_in_every_shared_case() {
    Case::check_shared(complaint).unwrap();
}

#[test]
fn picture_of_recovered_zone_shows_times_of_log() {
    let log = "2025-01-09 14:20:00 GET https://id.example/token\n\
         2025-01-09 14:20:05 made an assertion {\"iat\":1736400005,\"exp\":1736400305}\n\
         2025-01-09 14:20:05 POST https://id.example/token\n\
         2025-01-09 14:20:05 < HTTP/1.1 400 Bad Request\n\
         2025-01-09 14:20:05 < Date: Thu, 09 Jan 2025 05:26:17 GMT\n\
         2025-01-09 14:20:05 {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";
    let done = jwtick(["diagnose", "--lang", "en"]).stdin(log).run();
    assert!(done.stdout.contains("2025-01-09 14:20:05 UTC+09:00"), "{done}");
    assert!(done.stdout.contains("2025-01-09 14:26:17 UTC+09:00"), "{done}");
}

#[test]
fn acquitted_clock_is_not_drawn_apart() {
    let log = "2026-01-09T14:00:31Z POST https://id.example/token\n\
         2026-01-09T14:00:31Z < HTTP/1.1 400 Bad Request\n\
         2026-01-09T14:00:31Z < Date: Fri, 09 Jan 2026 14:00:31 GMT\n\
         2026-01-09T14:00:31Z {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";
    let done = jwtick(["diagnose", "--lang", "en"]).stdin(log).run();
    assert!(!done.stdout.contains("Clocks"), "{done}");
}
