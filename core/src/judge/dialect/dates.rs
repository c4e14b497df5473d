//! `exp`, `nbf` and `iat` as a claims set has them, for verifiers that read them differently.

use super::number::Number;
use crate::token::{Claim, Index, Json, JsonError, JsonFault, JsonKind, Members};

/// The claims that are dates, in the order in which their findings are reported.
pub(super) const CLAIMS: [Claim; 3] = [Claim::Exp, Claim::Nbf, Claim::Iat];

/// Values of one date that are kept; of more, the last.
const VALUES: usize = 8;

/// All values of a date. Most parsers look only at the last.
pub(super) type Values<'a> = heapless::Vec<Json<'a>, VALUES>;

/// The dates of a claims set, not yet read as numbers. It is parsed once for all verifiers.
///
/// # Example
/// ```
/// use jwtick_core::judge::dialect::{Dates, Dialect};
/// use jwtick_core::{TimeBounds, UnixTime, Verdict};
/// let dates = Dates::of(br#"{"exp":"1000"}"#)?; // as a string
/// let before = TimeBounds::exactly(UnixTime::from_secs(900));
/// let verdict = |name| Dialect::named(name).unwrap().judge(&dates, before).verdict();
/// assert_eq!(verdict("pyjwt"), Verdict::Accept);
/// assert_eq!(verdict("envoy"), Verdict::Reject);
/// # Ok::<(), jwtick_core::token::JsonError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates<'a> {
    values: [Values<'a>; 3],
    has_duplicates: bool,
    has_infinite: bool,
}

impl<'a> Dates<'a> {
    /// Finds the dates in the text of a claims set. Unlike
    /// [`Claims::parse`](crate::token::Claims::parse), it accepts any type of value, and duplicates.
    ///
    /// # Errors
    /// [`JsonError`] if the text is no JSON object, or has more members than the index can hold.
    pub fn of(claims: &'a [u8]) -> Result<Self, JsonError> {
        let mut index = Index::new();
        let is_repeated = |error: &JsonError| error.fault == JsonFault::Duplicate;
        let has_duplicates =
            Members::parse(claims, &mut index).err().is_some_and(|e| is_repeated(&e));
        let members = Members::with_duplicates(claims, &mut index)?;
        let values = CLAIMS.map(|claim| {
            let mut values = Values::new();
            for (_, value) in members.iter().filter(|(name, _)| *name == *claim.name()) {
                if let (Err(value), Some(last)) = (values.push(value), values.last_mut()) {
                    *last = value;
                }
            }
            values
        });
        let is_infinite = |value: Json<'_>| {
            value.kind() == JsonKind::Number && Number::of(value.as_written()).is_infinite
        };
        let has_infinite = members.iter().any(|(_, value)| is_infinite(value));
        Ok(Self { values, has_duplicates, has_infinite })
    }

    /// Returns whether an object of the claims set has a name twice.
    #[must_use]
    pub const fn has_duplicates(&self) -> bool {
        self.has_duplicates
    }

    /// Returns whether a claim is a number that exceeds a double, such as `1e400`.
    pub(super) const fn has_infinite(&self) -> bool {
        self.has_infinite
    }

    /// The value of `exp`, `nbf` or `iat` that most parsers take: the last one.
    #[must_use]
    pub fn value(&self, claim: Claim) -> Option<Json<'a>> {
        self.values(claim).last().copied()
    }

    pub(super) fn values(&self, claim: Claim) -> &[Json<'a>] {
        let [exp, nbf, iat] = &self.values;
        match claim {
            Claim::Exp => exp,
            Claim::Nbf => nbf,
            Claim::Iat => iat,
            _ => &[],
        }
    }
}
