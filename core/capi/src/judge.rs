//! Judges claims by a policy, at an instant known only within bounds (RFC 7519 §4.1).

use jwtick_core::judge::{Finding, Findings, Margin, judge_window};
use jwtick_core::token::Claims;
use jwtick_core::{Span, TimeBounds, UnixTime, Verdict};

use crate::context::{ClaimsContext, JudgementContext, Signature};
use crate::number::Number;
use crate::pointer::{InRoom, Input, Output};
use crate::policy::{Names, PolicyRecord};
use crate::record::BoundsRecord;
use crate::status::Status;

/// The result of one rule. The margin is the distance of UTC from the edge of the rule in
/// microseconds, at least `least` and at most `most`; negative is outside. The edge includes the
/// leeway. If nothing was measured, all three are 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct FindingRecord {
    /// The rule that was applied: a `JWTICK_RULE_…`.
    pub rule: u32,
    /// The kind of result: a `JWTICK_FINDING_…`.
    pub kind: u32,
    /// Its contribution to the verdict: a `JWTICK_VERDICT_…`.
    pub verdict: u32,
    /// Always 0.
    pub reserved: u32,
    /// The least distance; `JWTICK_OPEN_BELOW` if the bounds are open there.
    pub least: i64,
    /// The greatest distance; `JWTICK_OPEN` if the bounds are open there.
    pub most: i64,
    /// The leeway included in the edge.
    pub leeway: i64,
}

impl From<&Finding> for FindingRecord {
    fn from(finding: &Finding) -> Self {
        let micros = |of: fn(Margin) -> Span| finding.margin().map_or(0, |it| of(it).as_micros());
        Self {
            rule: finding.rule().number(),
            kind: finding.number(),
            verdict: finding.verdict().number(),
            reserved: 0,
            least: micros(Margin::least),
            most: micros(Margin::most),
            leeway: micros(Margin::leeway),
        }
    }
}

/// Judges authentic claims, those that `jwtick_verify` wrote, at an unknown instant in `utc`. All
/// findings are kept, not only the first.
/// `verdict` is a `JWTICK_VERDICT_…`: any finding that rejects rejects; otherwise any doubt leaves
/// it undecided. With exact bounds, the verdict is that of RFC 7519: a token is invalid at `exp`
/// itself, but valid at `nbf`.
///
/// Statuses: `JWTICK_STATUS_UNVERIFIED` for claims whose signature was not checked,
/// `JWTICK_STATUS_INVERTED`, `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_EMPTY_LIST`,
/// `JWTICK_STATUS_TOO_MANY_NAMES`, `JWTICK_STATUS_UTF8`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_judge(
    policy: *const PolicyRecord,
    claims: *const ClaimsContext,
    utc: *const BoundsRecord,
    judgement: *mut JudgementContext,
    verdict: *mut u32,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (policy, claims, utc, judgement, verdict) = unsafe {
        let (judgement, verdict) = (Output::new(judgement), Output::new(verdict));
        (Input::new(policy), Input::new(claims), Input::new(utc), judgement, verdict)
    };
    Status::of(|| {
        let (claims, judgement, verdict) = (claims.held()?, judgement.slot()?, verdict.slot()?);
        if claims.value().1 == Signature::Unchecked {
            return Err(Status::Unverified);
        }
        // SAFETY: the header requires the lists of a policy to be valid, like all other arguments.
        let findings = unsafe { findings(&policy, claims, &utc) }?;
        let combined: Verdict = findings.iter().map(Finding::verdict).collect();
        judgement.hold(findings);
        verdict.put(combined.number());
        Ok(())
    })
}

/// Applies a policy to claims whose signature may not have been checked, for a report. There is no
/// verdict: such claims are never accepted.
///
/// Statuses: those of `jwtick_judge`, except `JWTICK_STATUS_UNVERIFIED`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_findings_of_unverified(
    policy: *const PolicyRecord,
    claims: *const ClaimsContext,
    utc: *const BoundsRecord,
    judgement: *mut JudgementContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (policy, claims, utc, judgement) = unsafe {
        (Input::new(policy), Input::new(claims), Input::new(utc), Output::new(judgement))
    };
    Status::of(|| {
        let (claims, judgement) = (claims.held()?, judgement.slot()?);
        // SAFETY: the header requires the lists of a policy to be valid, like all other arguments.
        judgement.hold(unsafe { findings(&policy, claims, &utc) }?);
        Ok(())
    })
}

/// # Safety
/// The lists of `policy` are valid as the header requires.
unsafe fn findings(
    policy: &Input<'_, PolicyRecord>,
    claims: &InRoom<(Claims<'static>, Signature)>,
    utc: &Input<'_, BoundsRecord>,
) -> Result<Findings, Status> {
    let utc = TimeBounds::try_from(*utc.get()?)?;
    let record: &PolicyRecord = policy.get()?;
    // SAFETY: this function requires of its caller what the constructor requires.
    let names = unsafe { Names::of(record) }?;
    Ok(record.policy(&names)?.findings_of_unverified(&claims.value().0, utc))
}

/// Writes the `index`th finding, from 0, in the order of the rules' numbers.
///
/// Statuses: `JWTICK_STATUS_INDEX` after the last one.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_judgement_finding(
    judgement: *const JudgementContext,
    index: usize,
    finding: *mut FindingRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (judgement, finding) = unsafe { (Input::new(judgement), Output::new(finding)) };
    Status::of(|| {
        let (judgement, finding) = (judgement.held()?, finding.slot()?);
        finding.put(judgement.iter().nth(index).ok_or(Status::Index)?.into());
        Ok(())
    })
}

/// Writes the index of the finding with the decisive margin: among those that count and have the
/// worst verdict, the smallest one.
///
/// Statuses: `JWTICK_STATUS_INDEX` if nothing was measured.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_judgement_tightest(
    judgement: *const JudgementContext,
    index: *mut usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (judgement, index) = unsafe { (Input::new(judgement), Output::new(index)) };
    Status::of(|| {
        let (judgement, index) = (judgement.held()?, index.slot()?);
        let tightest = judgement.tightest().map(Finding::Measured);
        let is_it = |finding: &Finding| Some(*finding) == tightest;
        index.put(judgement.iter().position(is_it).ok_or(Status::Index)?);
        Ok(())
    })
}

/// Writes the instant after which the policy always rejects these claims, in microseconds since
/// 1970; `JWTICK_OPEN` if they never expire. To prevent replay, remember a `jti` until then (RFC
/// 7523 §3, item 7).
///
/// Statuses: those of `jwtick_judge`, except `JWTICK_STATUS_UNVERIFIED`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_dies_at(
    policy: *const PolicyRecord,
    claims: *const ClaimsContext,
    at: *mut i64,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (policy, claims, at) = unsafe { (Input::new(policy), Input::new(claims), Output::new(at)) };
    Status::of(|| {
        let (claims, at) = (claims.held()?, at.slot()?);
        let record: &PolicyRecord = policy.get()?;
        // SAFETY: the header requires the lists of a policy to be valid, like all other arguments.
        let names = unsafe { Names::of(record) }?;
        at.put(record.policy(&names)?.rejects_after(&claims.value().0).as_micros());
        Ok(())
    })
}

/// Judges a window of validity, of a certificate, a manifest or a licence, at an unknown instant in `utc`.
/// Both ends belong to the window (RFC 5280 §4.1.2.5); `JWTICK_OPEN_BELOW` and `JWTICK_OPEN` mean that it
/// has no such end. `verdict` is a `JWTICK_VERDICT_…`: accept if every instant in `utc` is in the window,
/// reject if none is, and otherwise undecided. To learn which end is at fault, judge each end alone.
///
/// Statuses: `JWTICK_STATUS_INVERTED` for inverted bounds. A window that ends before it begins is rejected.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_judge_window(
    not_before: i64,
    not_after: i64,
    utc: *const BoundsRecord,
    verdict: *mut u32,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (utc, verdict) = unsafe { (Input::new(utc), Output::new(verdict)) };
    Status::of(|| {
        let (verdict, utc) = (verdict.slot()?, TimeBounds::try_from(*utc.get()?)?);
        let (first, last) = (UnixTime::from_micros(not_before), UnixTime::from_micros(not_after));
        verdict.put(judge_window(first, last, utc).number());
        Ok(())
    })
}
