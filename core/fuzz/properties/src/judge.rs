//! Verdicts compared with a literal reading of RFC 7519, in integers that cannot overflow.

mod case;
mod rules;

use jwtick_core::judge::{Finding, Findings, Rule};
use jwtick_core::token::Claims;
use jwtick_core::{Policy, Scratch, Span, TimeBounds, UnixTime, Verdict};

use crate::broken;
use case::Case;

/// The input is divided into claims, a policy and two bounds on UTC.
pub fn judge(input: &[u8]) {
    let Some(case) = Case::cut(input) else { return };
    let (text, policy) = (case.claims(), case.policy());
    let mut scratch = Scratch::<0>::new();
    let Ok(claims) = Claims::parse(text.as_bytes(), &mut scratch) else {
        broken(format_args!("{text} is refused"))
    };
    let judged = Judged { case: &case, claims, policy };
    judged.findings_are_those_of_the_rfc();
    judged.verdict_is_kleenes_and();
    judged.wider_bounds_decide_nothing_more();
    judged.points_within_agree();
    judged.later_bounds_reverse_nothing();
    judged.nothing_holds_after_the_end();
    judged.leeway_rejects_nothing_more();
}

struct Judged<'a> {
    case: &'a Case,
    claims: Claims<'a>,
    policy: Policy<'static>,
}

impl Judged<'_> {
    fn at(&self, utc: TimeBounds) -> Findings {
        self.policy.findings_of_unverified(&self.claims, utc)
    }

    fn findings_are_those_of_the_rfc(&self) {
        let findings = self.at(self.case.narrow);
        let ours: Vec<_> = findings.iter().map(|it| (it.rule(), it.verdict())).collect();
        assert_eq!(ours, rules::findings(self.case), "{:?}", self.case);
        for margin in findings.iter().filter_map(|finding| finding.margin()) {
            assert!(margin.least() <= margin.most(), "{margin:?}");
            assert_eq!(margin.leeway(), self.policy.leeway());
        }
        let tightest = findings.tightest().map(|margin| margin.verdict());
        assert!(
            tightest.is_none_or(|tightest| tightest.and(verdict(&findings)) == verdict(&findings))
        );
    }

    /// Asserts that a rejection rejects, that otherwise a doubt leaves the verdict undecided, and
    /// that each is the verdict of a finding.
    fn verdict_is_kleenes_and(&self) {
        let findings = self.at(self.case.narrow);
        let any = |verdict| findings.iter().any(|finding| finding.verdict() == verdict);
        let expected = if any(Verdict::Reject) {
            Verdict::Reject
        } else if any(Verdict::Undecided) {
            Verdict::Undecided
        } else {
            Verdict::Accept
        };
        assert_eq!(verdict(&findings), expected, "{:?}", self.case);
    }

    fn wider_bounds_decide_nothing_more(&self) {
        let narrow = self.at(self.case.narrow);
        let wide = self.at(self.case.wide());
        for (narrow, wide) in narrow.iter().zip(wide.iter()) {
            assert!(
                says_no_more(wide.verdict(), narrow.verdict()),
                "{:?} {narrow:?} {wide:?}",
                self.case
            );
        }
        assert!(says_no_more(verdict(&wide), verdict(&narrow)), "{:?}", self.case);
    }

    /// Asserts that an instant within the bounds gives the same decision as the bounds, if those
    /// decide.
    fn points_within_agree(&self) {
        let sure = verdict(&self.at(self.case.narrow));
        let at = self
            .case
            .other
            .earliest()
            .clamp(self.case.narrow.earliest(), self.case.narrow.latest());
        // The limits of the range also represent everything beyond them.
        if at != UnixTime::MIN && at != UnixTime::MAX {
            let exact = verdict(&self.at(TimeBounds::exactly(at)));
            assert_ne!(exact, Verdict::Undecided, "{:?}", self.case);
            assert!(says_no_more(sure, exact), "{:?} at {at:?}", self.case);
        }
    }

    /// Asserts that an expired token stays expired, and that a valid token is never too early
    /// afterwards.
    fn later_bounds_reverse_nothing(&self) {
        let later = self.case.later();
        let (now, then) = (self.at(self.case.narrow), self.at(later));
        for (now, then) in now.iter().zip(then.iter()) {
            let (now, then) = match now.rule() {
                Rule::Exp | Rule::MaxAge => (then.verdict(), now.verdict()),
                Rule::Nbf | Rule::Iat | Rule::Lifetime => (now.verdict(), then.verdict()),
                _ => continue,
            };
            assert!(now != Verdict::Accept || then == Verdict::Accept, "{:?} {later:?}", self.case);
            assert!(then != Verdict::Reject || now == Verdict::Reject, "{:?} {later:?}", self.case);
        }
    }

    fn nothing_holds_after_the_end(&self) {
        let end = self.policy.rejects_after(&self.claims);
        let after = end + Span::from_micros(1);
        if after != UnixTime::MAX {
            let utc = TimeBounds::since(after);
            assert_eq!(verdict(&self.at(utc)), Verdict::Reject, "{:?}", self.case);
        }
    }

    fn leeway_rejects_nothing_more(&self) {
        let strict = self.policy.with_leeway(Span::ZERO);
        let strict = verdict(&strict.findings_of_unverified(&self.claims, self.case.narrow));
        let lenient = verdict(&self.at(self.case.narrow));
        assert!(strict != Verdict::Accept || lenient == Verdict::Accept, "{:?}", self.case);
        assert!(lenient != Verdict::Reject || strict == Verdict::Reject, "{:?}", self.case);
    }
}

fn verdict(findings: &Findings) -> Verdict {
    findings.iter().map(Finding::verdict).collect()
}

/// Returns `true` if the first verdict decides no more than the second.
fn says_no_more(less: Verdict, more: Verdict) -> bool {
    less == Verdict::Undecided || less == more
}
