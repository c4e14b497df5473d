//! Properties of every token, every clock and every set of sources.
#![cfg(test)]

use jwtick_core::judge::{Enforcement, Finding, Findings, Rule};
use jwtick_core::survey::{ClockVerdict, Selection, Survey};
use jwtick_core::time::Offset;
use jwtick_core::token::Claims;
use jwtick_core::{Policy, Span, TimeBounds, UnixTime, Verdict};
use proptest::collection::vec;
use proptest::prelude::*;

/// Mostly close together, so that edges meet; sometimes at the limits.
fn micros() -> impl Strategy<Value = i64> {
    prop_oneof![
        8 => -6_i64..6,
        1 => any::<i64>(),
        1 => prop::sample::select(&[i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX][..]),
    ]
}

fn instant() -> impl Strategy<Value = UnixTime> {
    micros().prop_map(UnixTime::from_micros)
}

fn bounds() -> impl Strategy<Value = TimeBounds> {
    (instant(), instant()).prop_map(|(one, other)| between(one.min(other), one.max(other)))
}

fn between(earliest: UnixTime, latest: UnixTime) -> TimeBounds {
    TimeBounds::between(earliest, latest).unwrap_or(TimeBounds::since(earliest))
}

fn claims() -> impl Strategy<Value = Claims<'static>> {
    let date = || prop::option::of(instant());
    (date(), date(), date()).prop_map(|(exp, nbf, iat)| {
        let mut claims = Claims::EMPTY;
        claims.exp = exp.map(Into::into);
        claims.nbf = nbf.map(Into::into);
        claims.iat = iat.map(Into::into);
        claims
    })
}

fn policy() -> impl Strategy<Value = Policy<'static>> {
    let leeway = prop_oneof![3 => 0_i64..4, 1 => any::<i64>()];
    (leeway, prop::option::of(micros()), any::<bool>(), any::<bool>()).prop_map(
        |(leeway, max_age, future, exp)| {
            let mut policy = Policy::RFC7519.with_leeway(Span::from_micros(leeway));
            if let Some(max_age) = max_age {
                policy = policy.with_max_age(Span::from_micros(max_age));
            }
            if future {
                policy = policy.with_future_iat(Enforcement::Enforce);
            }
            if exp { policy.require(Rule::Exp) } else { policy }
        },
    )
}

fn judged(policy: &Policy<'_>, claims: &Claims<'_>, utc: TimeBounds) -> Findings {
    policy.findings_of_unverified(claims, utc)
}

fn verdict(findings: &Findings) -> Verdict {
    findings.iter().map(Finding::verdict).collect()
}

fn offset() -> impl Strategy<Value = Offset> {
    (-20..20_i64, 0..10_i64).prop_map(|(least, width)| {
        Offset::between(Span::from_secs(least), Span::from_secs(least + width)).unwrap()
    })
}

/// RFC 7519 §4.1.4 and §4.1.5, word for word, for a clock that is known exactly.
fn rfc_7519_accepts(claims: &Claims<'_>, now: UnixTime) -> bool {
    let on_or_after = |edge: UnixTime| now >= edge;
    let expired = claims.exp.is_some_and(|exp| on_or_after(exp.at()));
    let early = claims.nbf.is_some_and(|nbf| !on_or_after(nbf.at()));
    !expired && !early
}

/// Returns true for an exact instant, false for one that saturated at the limits.
fn is_exact(at: UnixTime) -> bool {
    at != UnixTime::MIN && at != UnixTime::MAX
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn wider_bounds_never_decide_more(
        (claims, policy, narrow, wide) in (claims(), policy(), bounds(), bounds())
    ) {
        let wide = between(
            narrow.earliest().min(wide.earliest()),
            narrow.latest().max(wide.latest()),
        );
        let (narrow, wide) = (judged(&policy, &claims, narrow), judged(&policy, &claims, wide));
        let agrees = verdict(&wide) == Verdict::Undecided || verdict(&wide) == verdict(&narrow);
        prop_assert!(agrees, "{narrow:?} {wide:?}");
    }

    #[test]
    fn every_instant_within_the_bounds_agrees_with_a_decision(
        (claims, policy, utc, at) in (claims(), policy(), bounds(), instant())
    ) {
        let at = at.clamp(utc.earliest(), utc.latest());
        let (sure, exact) = (judged(&policy, &claims, utc), judged(&policy, &claims, TimeBounds::exactly(at)));
        if verdict(&sure) != Verdict::Undecided && is_exact(at) {
            prop_assert_eq!(verdict(&sure), verdict(&exact));
        }
    }

    #[test]
    fn later_clock_never_reverses_expiry(
        (exp, policy, utc, earlier, later) in (instant(), policy(), bounds(), 0_i64..8, 0_i64..8)
    ) {
        let mut claims = Claims::EMPTY;
        claims.exp = Some(exp.into());
        // RFC 7519 alone, since a missing claim rejects at any time.
        let policy = Policy::RFC7519.with_leeway(policy.leeway());
        let later = between(
            utc.earliest() + Span::from_micros(earlier.min(later)),
            utc.latest() + Span::from_micros(earlier.max(later)),
        );
        let (now, then) = (judged(&policy, &claims, utc), judged(&policy, &claims, later));
        let (now, then) = (verdict(&now), verdict(&then));
        prop_assert!(now != Verdict::Reject || then == Verdict::Reject, "{now} {then}");
        prop_assert!(then != Verdict::Accept || now == Verdict::Accept, "{now} {then}");
    }

    #[test]
    fn exact_clock_follows_rfc_7519((claims, now) in (claims(), instant())) {
        prop_assume!(is_exact(now));
        let verdict = verdict(&judged(&Policy::RFC7519, &claims, TimeBounds::exactly(now)));
        let accepts = rfc_7519_accepts(&claims, now);
        prop_assert_eq!(verdict, if accepts { Verdict::Accept } else { Verdict::Reject });
    }

    #[test]
    fn unset_clock_accepts_no_exp_and_rejects_none_above_its_lower_bound(
        (exp, floor) in (instant(), instant())
    ) {
        let mut claims = Claims::EMPTY;
        claims.exp = Some(exp.into());
        let verdict = verdict(&judged(&Policy::RFC7519, &claims, TimeBounds::since(floor)));
        prop_assert_ne!(verdict, Verdict::Accept);
        prop_assert!(verdict != Verdict::Reject || exp <= floor);
    }

    #[test]
    fn leeway_never_rejects_more((claims, leeway, utc) in (claims(), 0_i64..8, bounds())) {
        let strict = verdict(&judged(&Policy::RFC7519, &claims, utc));
        let policy = Policy::RFC7519.with_leeway(Span::from_micros(leeway));
        let lenient = verdict(&judged(&policy, &claims, utc));
        prop_assert!(strict != Verdict::Accept || lenient == Verdict::Accept);
        prop_assert!(lenient != Verdict::Reject || strict == Verdict::Reject);
    }

    #[test]
    fn margins_and_verdict_agree((claims, policy, utc) in (claims(), policy(), bounds())) {
        let findings = judged(&policy, &claims, utc);
        for margin in findings.iter().filter_map(|finding| finding.margin()) {
            prop_assert!(margin.least() <= margin.most(), "{margin:?}");
        }
        let all = findings.iter().map(|finding| finding.verdict());
        prop_assert_eq!(verdict(&findings), all.fold(Verdict::Accept, Verdict::and));
    }

    #[test]
    fn selection_does_not_depend_on_order(
        (sources, shuffled) in vec(offset(), 0..7)
            .prop_flat_map(|sources| (Just(sources.clone()), Just(sources).prop_shuffle()))
    ) {
        prop_assert_eq!(Selection::of(&sources), Selection::of(&shuffled));
    }

    #[test]
    fn selection_is_what_a_majority_agrees_on(sources in vec(offset(), 1..7)) {
        if let Ok(selection) = Selection::of(&sources) {
            for end in [selection.offset().least(), selection.offset().most()] {
                let agreeing = sources.iter().filter(|source| source.contains(end)).count();
                prop_assert!(agreeing * 2 > sources.len(), "{agreeing} of {}", sources.len());
            }
        }
    }

    #[test]
    fn survey_does_not_depend_on_order(
        (sources, shuffled) in vec(prop::option::of(offset()), 0..7)
            .prop_flat_map(|sources| (Just(sources.clone()), Just(sources).prop_shuffle())),
        allowed in 0..20_i64,
    ) {
        let allowed = Span::from_secs(allowed);
        prop_assert_eq!(Survey::of(&sources, allowed), Survey::of(&shuffled, allowed));
    }

    // Only if all sources agree: otherwise a wider source may create a majority.
    #[test]
    fn wider_agreeing_sources_never_decide_more(
        (truth, sources, allowed) in (-20..20_i64, vec([0..9_i64, 0..9, 0..9, 0..9], 1..5), 0..20_i64)
    ) {
        let around = |below: i64, above: i64| {
            Offset::between(Span::from_secs(truth - below), Span::from_secs(truth + above))
        };
        let allowed = Span::from_secs(allowed);
        let narrow: Vec<_> = sources.iter().map(|s| around(s[0], s[1])).collect();
        let wide: Vec<_> = sources.iter().map(|s| around(s[0] + s[2], s[1] + s[3])).collect();
        let narrow = Survey::of(&narrow, allowed).verdict();
        let wide = Survey::of(&wide, allowed).verdict();
        let agrees = matches!(wide, ClockVerdict::Undecided(_)) || wide == narrow;
        prop_assert!(agrees, "{narrow:?} {wide:?}");
    }

    #[test]
    fn decided_survey_holds_for_every_offset_within(
        (sources, allowed) in (vec(prop::option::of(offset()), 0..7), 0..20_i64)
    ) {
        let allowed = Span::from_secs(allowed);
        let survey = Survey::of(&sources, allowed);
        for end in survey.offset().iter().flat_map(|it| [it.least(), it.most()]) {
            match survey.verdict() {
                ClockVerdict::Right => prop_assert!(end.abs() <= allowed),
                ClockVerdict::Wrong(_) => prop_assert!(end.abs() > allowed),
                ClockVerdict::Undecided(_) => {}
            }
        }
    }
}
