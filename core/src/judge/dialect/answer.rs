//! What a verifier answers: one finding for each date, the verdict, and the finding that decides.

use core::fmt;

use crate::judge::{Margin, Rule, Verdict};
use crate::time::Span;
use crate::token::{Claim, JsonKind};

/// One thing that a verifier finds in the times of a token.
///
/// # Example
/// ```
/// use jwtick_core::judge::dialect::{Answer, Dates, Dialect};
/// use jwtick_core::token::{Claim, JsonKind};
/// use jwtick_core::{TimeBounds, UnixTime};
/// let dates = Dates::of(br#"{"exp":"1000"}"#)?;
/// let judged = Dialect::named("jose").unwrap().judge(&dates, TimeBounds::exactly(UnixTime::EPOCH));
/// assert_eq!(judged.reason(), Some(Answer::Kind(Claim::Exp, JsonKind::String)));
/// # Ok::<(), jwtick_core::token::JsonError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// The object has a name twice, and this parser refuses that.
    Duplicate,
    /// The object has a number that exceeds a double, and this parser refuses that.
    Infinite,
    /// The claim has a type of value that the verifier refuses.
    Kind(Claim, JsonKind),
    /// The number in the claim is one that the verifier refuses: it is too large, negative, 0, has a
    /// fraction or is written with an exponent.
    Number(Claim),
    /// The claim is missing, and the verifier requires it.
    Missing(Claim),
    /// `nbf` is after `exp`.
    Order,
    /// The lifetime from `iat` to `exp` is longer than the limit by this span.
    Lifetime(Span),
    /// The date was compared with the clock.
    Measured {
        /// The distance from the edge, which includes the leeway.
        margin: Margin,
        /// The distance from the instant at which the verifier changes its mind. It differs by the
        /// step of the verifier's clock, and by its verdict at the edge.
        exact: Margin,
    },
    /// The claim is present, and the verifier does not compare it with its clock.
    Unchecked(Claim),
}

impl Answer {
    /// The contribution to the verdict.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Measured { exact, .. } => exact.verdict(),
            Self::Unchecked(_) => Verdict::Accept,
            _ => Verdict::Reject,
        }
    }

    /// The claim that it is about; `None` for those about all claims, or two.
    #[must_use]
    pub const fn claim(self) -> Option<Claim> {
        match self {
            Self::Kind(claim, _)
            | Self::Number(claim)
            | Self::Missing(claim)
            | Self::Unchecked(claim) => Some(claim),
            Self::Measured { margin, .. } => Some(margin.rule().claim()),
            Self::Lifetime(_) => Some(Claim::Exp),
            Self::Duplicate | Self::Infinite | Self::Order => None,
        }
    }

    /// The distance from the edge, if the date was compared with the clock.
    #[must_use]
    pub const fn margin(self) -> Option<Margin> {
        match self {
            Self::Measured { margin, .. } => Some(margin),
            _ => None,
        }
    }

    /// The name of the reason in JSON, such as `expired`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Infinite => "infinite",
            Self::Kind(..) => "type",
            Self::Number(_) => "number",
            Self::Missing(_) => "missing",
            Self::Order => "order",
            Self::Lifetime(_) => "lifetime",
            Self::Unchecked(_) => "unchecked",
            Self::Measured { margin, .. } => match margin.rule() {
                Rule::Exp => "exp",
                Rule::Nbf => "nbf",
                Rule::Iat => "iat",
                Rule::MaxAge => "max-age",
                _ => "lifetime",
            },
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.claim() {
            Some(claim) => write!(f, "{} ({claim})", self.code()),
            None => f.write_str(self.code()),
        }
    }
}

/// Answers at most: two about the text, two for each date, and three for age, lifetime and order.
pub(super) const ANSWERS: usize = 11;

/// What a verifier says of the times of a token. Whether it accepts the token depends on the signature
/// and the other claims, too.
///
/// # Example
/// ```
/// use jwtick_core::judge::dialect::{Dates, Dialect};
/// use jwtick_core::{Span, TimeBounds, UnixTime, Verdict};
/// let dates = Dates::of(br#"{"exp":1000}"#)?;
/// let after = TimeBounds::exactly(UnixTime::from_secs(1_030));
/// let judged = Dialect::named("jose").unwrap().judge(&dates, after);
/// assert_eq!(judged.verdict(), Verdict::Reject);
/// let margin = judged.reason().unwrap().margin().unwrap();
/// assert_eq!(margin.least(), Span::from_secs(-30));
/// # Ok::<(), jwtick_core::token::JsonError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub(super) answers: heapless::Vec<Answer, ANSWERS>,
}

impl Judged {
    /// All answers. Those about the form of the token come first, then `exp`, `nbf` and `iat`.
    pub fn answers(&self) -> impl Iterator<Item = Answer> + '_ {
        self.answers.iter().copied()
    }

    /// Kleene's "and" over all answers.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.answers().map(Answer::verdict).collect()
    }

    /// The answer that decides: the first of those with the verdict if that is not acceptance, otherwise
    /// the comparison that is closest to its edge. `None` if nothing was compared.
    #[must_use]
    pub fn reason(&self) -> Option<Answer> {
        match self.verdict() {
            Verdict::Accept => {
                let measured = self.answers().filter(|answer| answer.margin().is_some());
                measured.min_by_key(|answer| answer.margin().map(Margin::least))
            }
            verdict => self.answers().find(|answer| answer.verdict() == verdict),
        }
    }
}
