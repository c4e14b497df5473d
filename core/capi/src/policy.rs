//! The requirements of a caller on a claims set (RFC 7519 §4.1, RFC 7523 §3).

use jwtick_core::judge::{Enforcement, Rule};
use jwtick_core::{Policy, Span};

use crate::number::{
    FromNumber, RULE_AUD, RULE_EXP, RULE_IAT, RULE_ISS, RULE_JTI, RULE_NBF, RULE_SUB,
};
use crate::pointer::Items;
use crate::record::TextRecord;
use crate::status::Status;

/// The greatest number of names in a list of a policy.
pub const NAMES_MAX: usize = 8;

/// `exp` must be present.
pub const REQUIRE_EXP: u32 = 1 << 1;
/// `nbf` must be present.
pub const REQUIRE_NBF: u32 = 1 << 2;
/// `iat` must be present.
pub const REQUIRE_IAT: u32 = 1 << 3;
/// `iss` must be present.
pub const REQUIRE_ISS: u32 = 1 << 6;
/// `sub` must be present.
pub const REQUIRE_SUB: u32 = 1 << 7;
/// `aud` must be present.
pub const REQUIRE_AUD: u32 = 1 << 8;
/// `jti` must be present.
pub const REQUIRE_JTI: u32 = 1 << 9;
/// The claims required for an authorization grant and for client authentication (RFC 7523 §3, items
/// 1 to 4): `iss`, `sub`, `aud` and `exp`.
pub const REQUIRE_RFC7523: u32 = 450;

/// The requirements on a claims set. All zeros mean RFC 7519 alone: no claim is required, there is
/// no leeway, and an `iat` in the future is only reported. A claim that is present is always
/// judged.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct PolicyRecord {
    /// The tolerance for the other party's clock, in microseconds; a negative value counts as zero.
    /// Uncertainty about the local clock belongs in the bounds, not here.
    pub leeway: i64,
    /// If not 0, `iat` must be present and at most this many microseconds (plus the leeway) in the
    /// past. An `iat` in the future then fails, whatever `future_iat` is.
    pub max_age: i64,
    /// If not 0, `exp` must be present and at most this many microseconds (plus the leeway) in the
    /// future (RFC 7523 §3, item 4).
    pub max_lifetime: i64,
    /// The required claims: the sum of `JWTICK_REQUIRE_…`.
    pub required: u32,
    /// The effect of an `iat` in the future: `JWTICK_FUTURE_IAT_…`.
    pub future_iat: u32,
    /// If not NULL, `iss` must be present and equal one of them, byte for byte. UTF-8.
    pub issuers: *const TextRecord,
    /// The number of issuers, 1 to `JWTICK_NAMES_MAX`; 0 with NULL.
    pub issuer_count: usize,
    /// If not NULL, `sub` must be present and equal one of them.
    pub subjects: *const TextRecord,
    /// The number of subjects, 1 to `JWTICK_NAMES_MAX`; 0 with NULL.
    pub subject_count: usize,
    /// If not NULL, `aud` must be present and contain at least one of them. With NULL, every `aud` is
    /// accepted, and the caller must check by other means that the token is meant for it (RFC 7519
    /// §4.1.3).
    pub audiences: *const TextRecord,
    /// The number of audiences, 1 to `JWTICK_NAMES_MAX`; 0 with NULL.
    pub audience_count: usize,
}

/// An `iat` in the future is reported, but the verdict ignores it (RFC 7519 §4.1.6).
pub const FUTURE_IAT_REPORT: u32 = 0;
/// An `iat` in the future counts towards the verdict.
pub const FUTURE_IAT_ENFORCE: u32 = 1;

/// The lists of a policy, as the core reads them.
pub(crate) struct Names<'a> {
    issuers: List<'a>,
    subjects: List<'a>,
    audiences: List<'a>,
}

struct List<'a> {
    names: [&'a str; NAMES_MAX],
    count: usize,
}

impl<'a> List<'a> {
    /// # Safety
    /// `names` and the texts it points to are valid as the header requires, for `'a`.
    unsafe fn of(names: *const TextRecord, count: usize) -> Result<Self, Status> {
        // A list that a program has filled and found empty must not mean "any name".
        if count == 0 && !names.is_null() {
            return Err(Status::EmptyList);
        }
        // SAFETY: this function requires of its caller what the constructor requires.
        let records: &[TextRecord] = unsafe { Items::new(names, count) }.get()?;
        let mut list = Self { names: [""; NAMES_MAX], count: records.len() };
        if list.count > NAMES_MAX {
            return Err(Status::TooManyNames);
        }
        for (name, record) in list.names.iter_mut().zip(records) {
            // SAFETY: as above.
            *name = unsafe { record.text() }?;
        }
        Ok(list)
    }

    // NULL means no requirement.
    fn any(&self) -> Option<&[&'a str]> {
        self.names.get(..self.count).filter(|names| !names.is_empty())
    }
}

impl<'a> Names<'a> {
    /// # Safety
    /// The lists of `policy` are valid as the header requires, for `'a`.
    pub(crate) unsafe fn of(policy: &PolicyRecord) -> Result<Self, Status> {
        // SAFETY: this function requires of its caller what each list requires.
        unsafe {
            Ok(Self {
                issuers: List::of(policy.issuers, policy.issuer_count)?,
                subjects: List::of(policy.subjects, policy.subject_count)?,
                audiences: List::of(policy.audiences, policy.audience_count)?,
            })
        }
    }
}

impl PolicyRecord {
    pub(crate) fn policy<'n>(&self, names: &'n Names<'n>) -> Result<Policy<'n>, Status> {
        let mut policy = required(self.required)?
            .with_leeway(Span::from_micros(self.leeway))
            .with_future_iat(self.future_iat()?);
        if let Some(max_age) = limit(self.max_age)? {
            policy = policy.with_max_age(max_age);
        }
        if let Some(max_lifetime) = limit(self.max_lifetime)? {
            policy = policy.with_max_lifetime(max_lifetime);
        }
        if let Some(issuers) = names.issuers.any() {
            policy = policy.with_issuers(issuers);
        }
        if let Some(subjects) = names.subjects.any() {
            policy = policy.with_subjects(subjects);
        }
        // Without audiences, the record leaves the check of `aud` to its caller, as documented.
        Ok(match names.audiences.any() {
            Some(audiences) => policy.with_audiences(audiences),
            None => policy.any_audience(),
        })
    }

    const fn future_iat(&self) -> Result<Enforcement, Status> {
        match self.future_iat {
            FUTURE_IAT_REPORT => Ok(Enforcement::Report),
            FUTURE_IAT_ENFORCE => Ok(Enforcement::Enforce),
            _ => Err(Status::Value),
        }
    }
}

fn required(bits: u32) -> Result<Policy<'static>, Status> {
    const RULES: [u32; 7] = [RULE_EXP, RULE_NBF, RULE_IAT, RULE_ISS, RULE_SUB, RULE_AUD, RULE_JTI];
    let (mut policy, mut known) = (Policy::RFC7519, 0);
    for rule in RULES {
        let bit = 1 << rule;
        known |= bit;
        if bits & bit != 0 {
            policy = policy.require(Rule::from_number(rule)?);
        }
    }
    if bits & !known == 0 { Ok(policy) } else { Err(Status::Value) }
}

/// Zero means no limit. A negative limit is a miscalculation, which must not remove the limit.
fn limit(micros: i64) -> Result<Option<Span>, Status> {
    match micros {
        ..0 => Err(Status::Value),
        0 => Ok(None),
        _ => Ok(Some(Span::from_micros(micros))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn require_bits_equal_rule_numbers() {
        const ROWS: &[(u32, Rule)] = &[
            (REQUIRE_EXP, Rule::Exp),
            (REQUIRE_NBF, Rule::Nbf),
            (REQUIRE_IAT, Rule::Iat),
            (REQUIRE_ISS, Rule::Iss),
            (REQUIRE_SUB, Rule::Sub),
            (REQUIRE_AUD, Rule::Aud),
            (REQUIRE_JTI, Rule::Jti),
        ];
        for &(bit, rule) in ROWS {
            assert_eq!(required(bit), Ok(Policy::RFC7519.require(rule)), "{rule}");
        }
        assert_eq!(required(REQUIRE_RFC7523), Ok(Policy::RFC7523));
        for bits in [1, 1 << 4, 1 << 5, 1 << 10, u32::MAX] {
            assert_eq!(required(bits), Err(Status::Value), "{bits:#x}");
        }
    }
}
