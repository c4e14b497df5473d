//! The judgement of a verified token.

use super::findings::Findings;
use super::margin::Margin;
use super::verdict::Verdict;

/// All findings of a policy for a verified token, and the resulting verdict.
///
/// # Example
/// ```
/// use jwtick_core::{Hs256, Policy, Scratch, Span, TimeBounds, Token, UnixTime, Verdict};
/// # let compact = b"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE0ODgzMDcxOTF9.\
/// # RbwpqIM1m3pqhT2CHHEt7jSTcOUShM0vgab_SCzRgvM";
/// let key = Hs256::new(b"a secret of at least thirty-two bytes")?;
/// let mut scratch = Scratch::<128>::new();
/// let token = Token::decode(compact, &mut scratch)?.verify(&key)?; // {"exp":1488307191}
/// let now = TimeBounds::around(UnixTime::from_secs(1_488_307_190), Span::from_secs(2));
///
/// let judgement = token.judgement(&Policy::RFC7519, now);
/// assert_eq!(judgement.verdict(), Verdict::Undecided);
/// let margin = judgement.tightest().unwrap();
/// assert_eq!((margin.least(), margin.most()), (Span::from_secs(-1), Span::from_secs(3)));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    findings: Findings,
}

impl Judgement {
    pub(super) const fn of(findings: Findings) -> Self {
        Self { findings }
    }

    /// All findings.
    #[must_use]
    pub const fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Combines the findings by Kleene's "and"; without findings, the verdict is accept.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.findings.iter().fold(Verdict::Accept, |all, finding| all.and(finding.verdict()))
    }

    /// The decisive margin, as in [`Findings::tightest`].
    #[must_use]
    pub fn tightest(&self) -> Option<Margin> {
        self.findings.tightest()
    }
}
