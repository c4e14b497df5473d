//! Offsets of time zones: the range in use, and a test for clock differences that look like a zone.

use super::offset::Offset;
use super::unix_time::Span;

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;

/// The western limit: the zones in use range from UTC−12 to UTC+14.
pub(crate) const WEST: Span = Span::from_secs(-12 * HOUR);
/// The eastern limit; see [`WEST`].
pub(crate) const EAST: Span = Span::from_secs(14 * HOUR);

/// The zones in use: all multiples of 15 minutes from [`WEST`] to [`EAST`].
pub(crate) fn zones() -> impl Iterator<Item = Span> {
    (-48..=56).map(|quarters: i64| Span::from_secs(quarters.saturating_mul(15 * MINUTE)))
}

/// Widens an offset computed as if the stamps were in UTC to the one that holds in any zone.
pub(crate) fn in_any_zone(if_utc: Offset) -> Offset {
    if_utc.shift(WEST, EAST)
}

/// The offsets from UTC in use since 2000 that are no whole hours, in quarters of an hour: from
/// Marquesas (−9:30) to Chatham in summer (+13:45), with Venezuela (−4:30) and North Korea (+8:30),
/// which have given theirs up.
const QUARTERS_IN_USE: &[i64] =
    &[-38, -18, -14, -10, 14, 18, 22, 23, 26, 34, 35, 38, 42, 46, 51, 55];

/// The offset in use that explains `local − UTC` to within `slack`.
pub(crate) fn nearest_zone(difference: Span, slack: Span) -> Option<Span> {
    const STEP: i64 = 15 * MINUTE;
    let secs = difference.floor_secs();
    let quarters = secs.saturating_add(STEP / 2).div_euclid(STEP);
    let nearest = Span::from_secs(quarters.saturating_mul(STEP));
    let in_use = WEST <= nearest
        && nearest <= EAST
        && (quarters.rem_euclid(4) == 0 || QUARTERS_IN_USE.contains(&quarters));
    (in_use && (difference - nearest).abs() <= slack).then_some(nearest)
}

/// Returns whether the whole of `offset` looks like a zone or daylight-saving error: it contains, to
/// within two seconds, a multiple of 30 min from one hour to 14 hours, or is known to within ten
/// seconds and contains one of 15 min. Half an hour alone is no such error: no daylight-saving rule in
/// wide use has it, and few zones differ from UTC by it.
pub(crate) fn looks_like_zone(offset: Offset) -> bool {
    const SLACK: Span = Span::from_secs(2);
    let (least, most) = (offset.least(), offset.most());
    if least == Span::MIN || most == Span::MAX || most - least > Span::from_secs(2 * MINUTE) {
        return false;
    }
    let is_narrow = most - least <= Span::from_secs(10);
    let wide = offset.widen(SLACK);
    let is_used = |zone: &Span| {
        let secs = zone.abs().floor_secs();
        let is_half = secs.rem_euclid(30 * MINUTE) == 0;
        (HOUR..=14 * HOUR).contains(&secs) && (is_half || is_narrow)
    };
    (-56..=56)
        .map(|quarters: i64| Span::from_secs(quarters.saturating_mul(15 * MINUTE)))
        .any(|zone| is_used(&zone) && wide.contains(zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zone_errors_are_distinguished_from_other_offsets() {
        const ROWS: &[(i64, bool)] = &[
            (3_600, true),
            (-3_600, true),
            (3_602, true),
            (3_603, false),
            (1_800, false),
            (5_400, true),
            (19_800, true),
            (5 * 3_600 + 45 * 60, true),
            (900, false),
            (0, false),
            (40, false),
            (19_327, false),
            (14 * 3_600, true),
            (15 * 3_600, false),
            (208_154, false),
        ];
        for &(secs, expected) in ROWS {
            let offset = Offset::exactly(Span::from_secs(secs));
            assert_eq!(looks_like_zone(offset), expected, "{secs} s");
        }
        let hour_within = |secs: i64| {
            let end = |secs| Offset::exactly(Span::from_secs(3_600 + secs));
            end(-secs).hull(end(secs))
        };
        assert!(looks_like_zone(hour_within(60)), "two minutes wide");
        assert!(!looks_like_zone(hour_within(61)), "more than two minutes wide");
        let open = Offset::between(Span::from_secs(3_600), Span::MAX).unwrap();
        assert!(!looks_like_zone(open), "an offset with an open end is not a zone");
    }

    #[test]
    fn nearest_zone_is_found_within_the_slack() {
        const ROWS: &[(i64, Option<i64>)] = &[
            (19_801, Some(19_800)),
            (-18_003, Some(-18_000)),
            (0, Some(0)),
            (19_810, None),
            (600, None),
            (15 * 3_600, None),
            // Quarters that no zone has.
            (5_400, None),
            (900, None),
            (-900, None),
            (-12_600, Some(-12_600)),
            (20_700, Some(20_700)),
            (49_500, Some(49_500)),
        ];
        for &(secs, zone) in ROWS {
            let found = nearest_zone(Span::from_secs(secs), Span::from_secs(5));
            assert_eq!(found, zone.map(Span::from_secs), "{secs} s");
        }
    }

    #[test]
    fn any_zone_covers_26_hours() {
        let any = in_any_zone(Offset::exactly(Span::from_secs(208_154)));
        assert_eq!(any.least(), Span::from_secs(164_954));
        assert_eq!(any.most(), Span::from_secs(258_554));
    }
}
