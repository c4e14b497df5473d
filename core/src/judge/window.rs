//! Validity windows that are not claims: certificates, manifests, licences.

use super::verdict::Verdict;
use crate::time::{TimeBounds, UnixTime};

/// Judges a window of validity at an unknown instant in `utc`. Both ends belong to the window, as RFC 5280
/// §4.1.2.5 requires of certificates. [`UnixTime::MIN`] and [`UnixTime::MAX`] mean that it has no such end.
///
/// The verdict is [`Verdict::Accept`] if every instant in `utc` is in the window, [`Verdict::Reject`] if
/// none is, and otherwise [`Verdict::Undecided`]. A window that ends before it begins contains no instant.
/// To learn which end is at fault, judge each end alone.
///
/// A certificate names whole seconds. If your format counts its last second as valid to the end, as some
/// licences do, add it to `not_after`.
///
/// # Example
/// ```
/// use jwtick_core::judge::judge_window;
/// use jwtick_core::{TimeBounds, UnixTime, Verdict};
/// let of = UnixTime::from_secs;
/// let (not_before, not_after) = (of(1_795_250_000), of(1_803_026_000)); // 90 days from 2026-11-21
///
/// // The clock was never set. UTC is after the build of the firmware, so an old certificate is refused,
/// // and a newer one is neither refused nor accepted.
/// let built = TimeBounds::since(of(1_798_000_000));
/// assert_eq!(judge_window(not_before, not_after, built), Verdict::Undecided);
/// assert_eq!(judge_window(of(1_700_000_000), of(1_707_776_000), built), Verdict::Reject);
///
/// // The beginning alone is certain.
/// assert_eq!(judge_window(not_before, UnixTime::MAX, built), Verdict::Accept);
/// ```
#[must_use]
pub fn judge_window(not_before: UnixTime, not_after: UnixTime, utc: TimeBounds) -> Verdict {
    let (first, last) = (utc.earliest().max(not_before), utc.latest().min(not_after));
    if first > last {
        Verdict::Reject
    } else if (first, last) == (utc.earliest(), utc.latest()) {
        Verdict::Accept
    } else {
        Verdict::Undecided
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::judge::Policy;
    use crate::time::Span;
    use crate::token::Claims;

    const MIN: i64 = i64::MIN;
    const MAX: i64 = i64::MAX;

    type Row = (&'static str, [i64; 2], [i64; 2], Verdict);
    const ROWS: &[Row] = &[
        ("inside", [10, 20], [11, 19], Verdict::Accept),
        ("exactly the window", [10, 20], [10, 20], Verdict::Accept),
        ("at its first instant", [10, 20], [10, 10], Verdict::Accept),
        ("at its last instant", [10, 20], [20, 20], Verdict::Accept),
        ("an instant too early", [10, 20], [9, 9], Verdict::Reject),
        ("an instant too late", [10, 20], [21, 21], Verdict::Reject),
        ("the beginning within the bounds", [10, 20], [9, 10], Verdict::Undecided),
        ("the end within the bounds", [10, 20], [20, 21], Verdict::Undecided),
        ("both ends within the bounds", [10, 20], [0, 30], Verdict::Undecided),
        ("never set, and before the window", [10, 20], [0, MAX], Verdict::Undecided),
        ("never set, and in the window", [10, 20], [15, MAX], Verdict::Undecided),
        ("never set, and after the window", [10, 20], [21, MAX], Verdict::Reject),
        ("never set, and no end", [10, MAX], [15, MAX], Verdict::Accept),
        ("nothing known", [10, 20], [MIN, MAX], Verdict::Undecided),
        ("nothing known, and no ends", [MIN, MAX], [MIN, MAX], Verdict::Accept),
        ("no beginning", [MIN, 20], [0, 20], Verdict::Accept),
        ("one instant", [10, 10], [10, 10], Verdict::Accept),
        ("ends before it begins", [20, 10], [0, 30], Verdict::Reject),
        ("ends before it begins, and nothing known", [20, 10], [MIN, MAX], Verdict::Reject),
    ];

    fn judged([not_before, not_after]: [i64; 2], [earliest, latest]: [i64; 2]) -> Verdict {
        let at = UnixTime::from_micros;
        let utc = TimeBounds::between(at(earliest), at(latest)).unwrap();
        judge_window(at(not_before), at(not_after), utc)
    }

    #[test]
    fn window_is_judged_at_every_instant_within_the_bounds() {
        for &(name, window, utc, expected) in ROWS {
            assert_eq!(judged(window, utc), expected, "{name}");
        }
    }

    proptest! {
        // The definition, instant by instant.
        #[test]
        fn verdict_equals_that_of_all_instants(
            window in [0_i64..12, 0..12], earliest in 0_i64..12, width in 0_i64..12,
        ) {
            let within = |at: &i64| window[0] <= *at && *at <= window[1];
            let (mut instants, latest) = (earliest..=earliest + width, earliest + width);
            let expected = match (instants.clone().all(|at| within(&at)), instants.any(|at| within(&at))) {
                (true, _) => Verdict::Accept,
                (false, true) => Verdict::Undecided,
                (false, false) => Verdict::Reject,
            };
            prop_assert_eq!(judged(window, [earliest, latest]), expected);
        }

        // `exp` is the first instant at which a token is invalid, and `not_after` the last valid one.
        #[test]
        fn claims_and_windows_are_judged_alike(
            nbf in -9_i64..9, length in 1_i64..9, at in -9_i64..9, radius in 0_i64..9,
        ) {
            let of = UnixTime::from_secs;
            let mut claims = Claims::EMPTY;
            (claims.nbf, claims.exp) = (Some(of(nbf).into()), Some(of(nbf + length).into()));
            let utc = TimeBounds::around(of(at), Span::from_secs(radius));
            let findings = Policy::RFC7519.findings_of_unverified(&claims, utc);
            let not_after = of(nbf + length) - Span::from_micros(1);
            let combined: Verdict = findings.iter().map(crate::judge::Finding::verdict).collect();
            prop_assert_eq!(judge_window(of(nbf), not_after, utc), combined);
        }
    }
}
