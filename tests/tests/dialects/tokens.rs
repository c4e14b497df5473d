//! Claims sets around every edge, from a seed: dates near every leeway, and every kind of value.

use jwtick_tests::Noise;

/// Leeways of all verifiers, and 0.
const LEEWAYS: [i64; 5] = [0, 30, 60, 300, 900];
/// Distances from an edge.
const AROUND: [&str; 9] = ["-1", "-0.75", "-0.5", "-0.001", "0", "0.001", "0.5", "0.75", "1"];
/// Values that do not depend on the time.
const FIXED: &[&str] = &[
    "0",
    "-0",
    "0.0",
    "1",
    "-1",
    "0.5",
    "-0.5",
    "-1.5",
    "1e10",
    "1E10",
    "1.7e9",
    "17e8",
    "1e12",
    "1e13",
    "1e15",
    "1e16",
    "1e18",
    "1e19",
    "1e20",
    "1e300",
    "1e400",
    "-1e10",
    "-1e19",
    "-1e400",
    "1e-400",
    "4294967295",
    "4294967296",
    "253402300799",
    "253402300800",
    "8210266876799",
    "8210266876800",
    "9223372036854775",
    "9223372036854776",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "-9223372036854775809",
    "99999999999999999999999999",
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[1700000000]",
    "\"\"",
    "\"abc\"",
    "\"0\"",
    "\"1e10\"",
    "\"1e400\"",
    "\"9999999999\"",
    "\"-1\"",
    "\"12abc\"",
    "\"99999999999999999999\"",
];

/// The claims sets for a clock that shows `now`.
pub(super) fn claims(now: i64) -> Vec<String> {
    let mut sets = vec!["{}".to_owned()];
    for claim in ["exp", "nbf", "iat"] {
        for value in dates(now) {
            sets.push(format!("{{\"{claim}\":{value}}}"));
            sets.push(with_future_exp(claim, &value, now));
        }
    }
    let mut noise = Noise::of(0x7519);
    let values: Vec<String> = dates(now).collect();
    while sets.len() < 3_000 {
        sets.push(random(&mut noise, &values, now));
    }
    sets
}

fn with_future_exp(claim: &str, value: &str, now: i64) -> String {
    if claim == "exp" {
        format!("{{\"iat\":{},\"exp\":{value}}}", now - 10)
    } else {
        format!("{{\"{claim}\":{value},\"exp\":{}}}", now + 86_400)
    }
}

/// Every value of a date.
fn dates(now: i64) -> impl Iterator<Item = String> {
    let signed = LEEWAYS.into_iter().flat_map(|leeway| [leeway, -leeway]);
    let near = signed.flat_map(move |leeway| AROUND.map(|by| around(now + leeway, by)));
    let other = [now * 1_000, (now - 86_400) * 1_000, now + 3_600, now - 3_600];
    let other = other.into_iter().flat_map(|secs| {
        [secs.to_string(), format!("\"{secs}\""), format!("{secs}.0"), format!("{secs}e0")]
    });
    near.chain(other).chain(FIXED.iter().map(|&text| text.to_owned()))
}

/// The decimal text of a sum.
fn around(secs: i64, by: &str) -> String {
    match by.strip_prefix('-') {
        None => match by.strip_prefix("0.") {
            Some(fraction) => format!("{secs}.{fraction}"),
            None => (secs + by.parse::<i64>().unwrap()).to_string(),
        },
        Some("1") => (secs - 1).to_string(),
        Some("0.75") => format!("{}.25", secs - 1),
        Some("0.5") => format!("{}.5", secs - 1),
        Some(_) => format!("{}.999", secs - 1),
    }
}

/// Up to four dates, with duplicates, in any order.
fn random(noise: &mut Noise, values: &[String], now: i64) -> String {
    let mut pick = |count: usize| usize::try_from(noise.number() >> 33).unwrap() % count;
    let members: Vec<String> = (0..=pick(4))
        .map(|_| {
            let claim = ["exp", "nbf", "iat"][pick(3)];
            // Most dates are fine, so that one that is not can decide.
            let fine = if claim == "exp" { now + 7_200 } else { now - 7_200 };
            let value = match pick(3) {
                0 => values[pick(values.len())].clone(),
                1 => (now - 1_000 + i64::try_from(pick(2_000)).unwrap()).to_string(),
                _ => fine.to_string(),
            };
            format!("\"{claim}\":{value}")
        })
        .collect();
    format!("{{{}}}", members.join(","))
}
