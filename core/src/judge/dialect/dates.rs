//! `exp`, `nbf` and `iat` as a claims set has them, for verifiers that read them differently.

use crate::token::{Claim, Index, Json, JsonError, JsonFault, Members};

/// The claims that are dates, in the order in which their findings are reported.
pub(super) const CLAIMS: [Claim; 3] = [Claim::Exp, Claim::Nbf, Claim::Iat];

/// The values of a date: no parser looks at more than the first and the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Values<'a> {
    pub(super) first: Json<'a>,
    pub(super) last: Json<'a>,
    pub(super) is_repeated: bool,
}

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates<'a> {
    values: [Option<Values<'a>>; 3],
    has_duplicates: bool,
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
            let mut values = members.iter().filter(|(name, _)| *name == *claim.name());
            let (_, first) = values.next()?;
            let last = values.last();
            let is_repeated = last.is_some();
            Some(Values { first, last: last.map_or(first, |(_, value)| value), is_repeated })
        });
        Ok(Self { values, has_duplicates })
    }

    /// Returns whether an object of the claims set has a name twice.
    #[must_use]
    pub const fn has_duplicates(&self) -> bool {
        self.has_duplicates
    }

    /// The value of `exp`, `nbf` or `iat` that most parsers take: the last one.
    #[must_use]
    pub fn value(&self, claim: Claim) -> Option<Json<'a>> {
        self.values(claim).map(|values| values.last)
    }

    pub(super) fn values(&self, claim: Claim) -> Option<Values<'a>> {
        let [exp, nbf, iat] = self.values;
        match claim {
            Claim::Exp => exp,
            Claim::Nbf => nbf,
            Claim::Iat => iat,
            _ => None,
        }
    }
}
