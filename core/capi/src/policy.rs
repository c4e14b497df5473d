//! What a caller demands of a claims set (RFC 7519 §4.1, RFC 7523 §3).

use jwtick_core::judge::{Enforcement, Rule};
use jwtick_core::{Policy, Span};

use crate::number::{
    FromNumber, RULE_AUD, RULE_EXP, RULE_IAT, RULE_ISS, RULE_JTI, RULE_NBF, RULE_SUB,
};
use crate::pointer::Items;
use crate::record::TextRecord;
use crate::status::Status;

/// The most names that a list of a policy may have.
pub const NAMES_MAX: usize = 8;

/// `exp` must be there.
pub const REQUIRE_EXP: u32 = 1 << 1;
/// `nbf` must be there.
pub const REQUIRE_NBF: u32 = 1 << 2;
/// `iat` must be there.
pub const REQUIRE_IAT: u32 = 1 << 3;
/// `iss` must be there.
pub const REQUIRE_ISS: u32 = 1 << 6;
/// `sub` must be there.
pub const REQUIRE_SUB: u32 = 1 << 7;
/// `aud` must be there.
pub const REQUIRE_AUD: u32 = 1 << 8;
/// `jti` must be there.
pub const REQUIRE_JTI: u32 = 1 << 9;
/// What an authorization grant and a client's authentication must have (RFC 7523 §3, items 1 to 4):
/// `iss`, `sub`, `aud` and `exp`.
pub const REQUIRE_RFC7523: u32 = 450;

/// What is demanded of claims. All zeros are RFC 7519 alone: no claim is required, no leeway is given,
/// an `iat` in the future is only reported. A claim that is there is always judged.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct PolicyRecord {
    /// Tolerance for the other party's clock, in microseconds; a negative one counts as none. What is
    /// not known about the own clock belongs into the bounds and not here.
    pub leeway: i64,
    /// If not 0, `iat` must be there and lie no more than so many microseconds (and the leeway) in
    /// the past.
    pub max_age: i64,
    /// If not 0, `exp` must be there and lie no more than so many microseconds (and the leeway) in
    /// the future (RFC 7523 §3, item 4).
    pub max_lifetime: i64,
    /// Which claims must be there: `JWTICK_REQUIRE_…`, added up.
    pub required: u32,
    /// Whether an `iat` in the future rejects: `JWTICK_FUTURE_IAT_…`.
    pub future_iat: u32,
    /// If any are listed, `iss` must be there and equal one of them, byte for byte. UTF-8.
    pub issuers: *const TextRecord,
    /// How many, up to `JWTICK_NAMES_MAX`.
    pub issuer_count: usize,
    /// If any are listed, `sub` must be there and equal one of them.
    pub subjects: *const TextRecord,
    /// How many, up to `JWTICK_NAMES_MAX`.
    pub subject_count: usize,
    /// If any are listed, `aud` must be there and hold at least one of them. Who lists none takes the
    /// duty of RFC 7519 §4.1.3 on itself.
    pub audiences: *const TextRecord,
    /// How many, up to `JWTICK_NAMES_MAX`.
    pub audience_count: usize,
}

/// An `iat` in the future is reported, and the verdict ignores it (RFC 7519 §4.1.6).
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
    /// `names` and what they point to are as the header says, for `'a`.
    unsafe fn of(names: *const TextRecord, count: usize) -> Result<Self, Status> {
        // SAFETY: what the carrier asks for is what this function asks for.
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

    // An empty list would match nothing; for C, nothing listed is nothing demanded.
    fn any(&self) -> Option<&[&'a str]> {
        self.names.get(..self.count).filter(|names| !names.is_empty())
    }
}

impl<'a> Names<'a> {
    /// # Safety
    /// The lists of `policy` are as the header says, for `'a`.
    pub(crate) unsafe fn of(policy: &PolicyRecord) -> Result<Self, Status> {
        // SAFETY: what each list asks for is what this function asks for.
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
        // A record without audiences leaves `aud` to its caller, as it says.
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

/// A limit of no length is none; a negative one is a miscalculation, which must not lift it.
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
    fn the_bits_name_the_rules() {
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
