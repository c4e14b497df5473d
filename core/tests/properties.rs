//! What must hold for every clock, every token and every set of sources.
#![cfg(test)]

use jwtick_core::{
    Claims, Offset, Policy, Scratch, Selection, Span, TimeBounds, UnixTime, Verdict,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Claims with any of the three times.
#[derive(Debug, Clone, Copy)]
struct Times {
    exp: Option<i64>,
    nbf: Option<i64>,
    iat: Option<i64>,
}

impl Times {
    fn verdict(self, policy: &Policy<'_>, utc: TimeBounds) -> Verdict {
        let member = |name: &str, time: Option<i64>| time.map(|time| format!("\"{name}\":{time}"));
        let members = [member("exp", self.exp), member("nbf", self.nbf), member("iat", self.iat)];
        let members: Vec<String> = members.into_iter().flatten().collect();
        let text = format!("{{{}}}", members.join(","));
        let mut scratch = Scratch::<0>::new();
        let claims = Claims::parse(text.as_bytes(), &mut scratch).unwrap();
        policy.judge(&claims, utc).verdict()
    }
}

// Few enough values that edges are met often.
fn time() -> impl Strategy<Value = i64> {
    prop_oneof![-5..15_i64, Just(i64::MIN), Just(i64::MAX), any::<i64>()]
}

fn times() -> impl Strategy<Value = Times> {
    (option::of(time()), option::of(time()), option::of(time())).prop_map(|(exp, nbf, iat)| Times {
        exp,
        nbf,
        iat,
    })
}

fn bounds() -> impl Strategy<Value = TimeBounds> {
    let instant = || prop_oneof![(-5..15_i64).prop_map(UnixTime::from_secs), Just(UnixTime::MAX)];
    (instant(), instant())
        .prop_map(|(one, other)| TimeBounds::between(one.min(other), one.max(other)).unwrap())
}

fn offset() -> impl Strategy<Value = Offset> {
    (-20..20_i64, 0..10_i64).prop_map(|(least, width)| {
        Offset::between(Span::from_secs(least), Span::from_secs(least + width)).unwrap()
    })
}

proptest! {
    #[test]
    fn wider_bounds_never_decide_more(
        times in times(),
        narrow in bounds(),
        wider in bounds(),
        leeway in 0..5_i64,
    ) {
        let policy = Policy::RFC7519.with_leeway(Span::from_secs(leeway));
        let wide = TimeBounds::between(
            narrow.earliest().min(wider.earliest()),
            narrow.latest().max(wider.latest()),
        )
        .unwrap();
        let (narrow, wide) = (times.verdict(&policy, narrow), times.verdict(&policy, wide));
        prop_assert!(wide == narrow || wide == Verdict::Undecided, "{narrow} became {wide}");
    }

    #[test]
    fn a_later_clock_never_revives_what_expired(
        exp in time(),
        now in -5..15_i64,
        later in 0..20_i64,
        leeway in 0..5_i64,
    ) {
        let policy = Policy::RFC7519.with_leeway(Span::from_secs(leeway));
        let times = Times { exp: Some(exp), nbf: None, iat: None };
        let at = |secs| TimeBounds::exactly(UnixTime::from_secs(secs));
        if times.verdict(&policy, at(now)) == Verdict::Reject {
            prop_assert_eq!(times.verdict(&policy, at(now + later)), Verdict::Reject);
        }
    }

    // RFC 7519 §4.1.4: "on or after which the JWT MUST NOT be accepted"; §4.1.5: "before which".
    #[test]
    fn an_exact_clock_is_rfc_7519(exp in option::of(-5..15_i64), nbf in option::of(-5..15_i64), now in -5..15_i64) {
        let accepted = exp.is_none_or(|exp| now < exp) && nbf.is_none_or(|nbf| now >= nbf);
        let expected = if accepted { Verdict::Accept } else { Verdict::Reject };
        let utc = TimeBounds::exactly(UnixTime::from_secs(now));
        let met = Times { exp, nbf, iat: None }.verdict(&Policy::RFC7519, utc);
        prop_assert_eq!(met, expected);
    }

    #[test]
    fn an_open_clock_never_accepts_what_ends(exp in time(), since in -5..15_i64) {
        let utc = TimeBounds::since(UnixTime::from_secs(since));
        let met = Times { exp: Some(exp), nbf: None, iat: None }.verdict(&Policy::RFC7519, utc);
        let expected = if since >= exp { Verdict::Reject } else { Verdict::Undecided };
        prop_assert_eq!(met, expected);
    }

    #[test]
    fn selection_does_not_depend_on_order(sources in vec(offset(), 0..7), turn in 0..7_usize) {
        let mut turned = sources.clone();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
        }
        let mut sorted = sources.clone();
        sorted.sort_by_key(|offset| (offset.most(), offset.least()));
        prop_assert_eq!(Selection::of(&sources), Selection::of(&turned));
        prop_assert_eq!(Selection::of(&sources), Selection::of(&sorted));
    }

    #[test]
    fn a_selection_is_what_a_majority_allows(sources in vec(offset(), 1..7)) {
        if let Ok(selection) = Selection::of(&sources) {
            let ends = [selection.offset().least(), selection.offset().most()];
            for end in ends {
                let agreeing = sources.iter().filter(|source| source.contains(end)).count();
                prop_assert!(agreeing * 2 > sources.len(), "{agreeing} of {}", sources.len());
            }
        }
    }
}
