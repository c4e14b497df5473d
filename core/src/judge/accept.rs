//! The last step of a token: from verified to accepted, or returned with the reason.

use core::fmt;

use super::findings::Judgement;
use super::policy::Policy;
use super::verdict::Verdict;
use crate::time::TimeBounds;
use crate::token::{Accepted, Claims, Token, Verified};

impl<'a> Token<'a, Verified> {
    /// Judges the claims at an unknown instant in `utc`, and accepts the token if the claims hold
    /// at every instant in `utc`.
    ///
    /// The kind of the token is not judged. If its issuer also makes tokens for one purpose, such as
    /// `dpop+jwt`, call [`Header::check_type`](crate::token::Header::check_type) first (RFC 8725 §3.11).
    ///
    /// # Errors
    /// [`NotAccepted`] if the verdict is [`Verdict::Reject`] or [`Verdict::Undecided`].
    #[expect(clippy::result_large_err, reason = "there is no heap to put the error on")]
    pub fn judge(
        self,
        policy: &Policy<'_>,
        utc: TimeBounds,
    ) -> Result<Token<'a, Accepted>, NotAccepted<'a>> {
        let judgement = self.judgement(policy, utc);
        match judgement.verdict() {
            Verdict::Accept => Ok(self.accept()),
            Verdict::Reject | Verdict::Undecided => Err(NotAccepted { judgement, token: self }),
        }
    }

    /// The judgement alone, for a report. It gives the margin of each rule.
    #[must_use]
    pub fn judgement(&self, policy: &Policy<'_>, utc: TimeBounds) -> Judgement {
        Judgement::of(policy.findings(self.claims(), utc))
    }
}

/// A verified token that a policy does not accept. Its claims stay readable, for example for a log.
///
/// # Example
/// ```
/// use jwtick_core::{Hs256, Policy, Scratch, TimeBounds, Token, UnixTime, Verdict};
/// # let compact = b"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE0ODgzMDcxOTF9.\
/// # RbwpqIM1m3pqhT2CHHEt7jSTcOUShM0vgab_SCzRgvM";
/// let key = Hs256::new(b"a secret of at least thirty-two bytes")?;
/// let mut scratch = Scratch::<128>::new();
/// let token = Token::decode(compact, &mut scratch)?.verify(&key)?; // {"exp":1488307191}
/// let at_exp = TimeBounds::exactly(UnixTime::from_secs(1_488_307_191));
/// let refusal = token.judge(&Policy::RFC7519, at_exp).unwrap_err();
/// assert_eq!(refusal.to_string(), "the policy rejects the token because of exp");
/// assert_eq!(refusal.judgement().verdict(), Verdict::Reject);
/// assert_eq!(refusal.claims().as_written(), r#"{"exp":1488307191}"#);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct NotAccepted<'a> {
    judgement: Judgement,
    token: Token<'a, Verified>,
}

impl<'a> NotAccepted<'a> {
    /// All findings and the verdict, which is reject or undecided.
    #[must_use]
    pub const fn judgement(&self) -> &Judgement {
        &self.judgement
    }

    /// The claims. They are authentic, but the policy does not accept them.
    #[must_use]
    pub const fn claims(&self) -> &Claims<'a> {
        self.token.claims()
    }

    /// The token, to judge it again when the time is known more exactly.
    #[must_use]
    pub fn into_token(self) -> Token<'a, Verified> {
        self.token
    }
}

impl fmt::Display for NotAccepted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = self.judgement.verdict();
        f.write_str(match verdict {
            Verdict::Undecided => "the clock is not known well enough to judge ",
            _ => "the policy rejects the token because of ",
        })?;
        let deciding = self.judgement.findings().iter().filter(|it| it.verdict() == verdict);
        for (place, finding) in deciding.enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(f, "{comma}{}", finding.rule())?;
        }
        Ok(())
    }
}

impl core::error::Error for NotAccepted<'_> {}
