//! Judging claims by a policy, at a moment that is only known within bounds (RFC 7519 §4.1).

use jwtick_core::judge::{Finding, Margin};
use jwtick_core::{Span, TimeBounds, Verdict};

use crate::context::{ClaimsContext, JudgementContext};
use crate::number::Number;
use crate::pointer::{Input, Output};
use crate::policy::{Names, PolicyRecord};
use crate::record::BoundsRecord;
use crate::status::Status;

/// What one rule came to. A margin says how far inside the edge of the rule UTC lies, in
/// microseconds: at least `least`, at most `most`; negative is outside. The leeway is part of the
/// edge. Where nothing was measured, all three are 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct FindingRecord {
    /// The rule that was looked at: a `JWTICK_RULE_…`.
    pub rule: u32,
    /// What it came to: a `JWTICK_FINDING_…`.
    pub kind: u32,
    /// What that adds to the verdict: a `JWTICK_VERDICT_…`.
    pub verdict: u32,
    /// 0.
    pub reserved: u32,
    /// The least that may be left; `JWTICK_OPEN_BELOW` if the bounds are open there.
    pub least: i64,
    /// The most that may be left; `JWTICK_OPEN` if the bounds are open there.
    pub most: i64,
    /// The leeway that is part of the edge.
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

/// Judges claims at a moment that lies somewhere in `utc`. All findings are kept, not the first, and
/// `verdict` is a `JWTICK_VERDICT_…`: any finding that rejects rejects, else any doubt leaves it
/// undecided. With bounds that are a point it is RFC 7519 to the letter: `exp` is too late at its own
/// second, `nbf` is in time.
///
/// Statuses: `JWTICK_STATUS_INVERTED`, `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_TOO_MANY_NAMES`,
/// `JWTICK_STATUS_UTF8`.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_judge(
    policy: *const PolicyRecord,
    claims: *const ClaimsContext,
    utc: *const BoundsRecord,
    judgement: *mut JudgementContext,
    verdict: *mut u32,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (policy, claims, utc, judgement, verdict) = unsafe {
        let (judgement, verdict) = (Output::new(judgement), Output::new(verdict));
        (Input::new(policy), Input::new(claims), Input::new(utc), judgement, verdict)
    };
    Status::of(|| {
        let (claims, judgement, verdict) = (claims.held()?, judgement.slot()?, verdict.slot()?);
        let utc = TimeBounds::try_from(*utc.get()?)?;
        let record: &PolicyRecord = policy.get()?;
        // SAFETY: the lists of a policy are as the header says, as all of what is handed in.
        let names = unsafe { Names::of(record) }?;
        let findings = record.policy(&names)?.findings_of_unverified(claims, utc);
        let combined: Verdict = findings.iter().map(Finding::verdict).collect();
        judgement.hold(findings);
        verdict.put(combined.number());
        Ok(())
    })
}

/// The `index`th finding, from 0, in the order of the rules' numbers.
///
/// Statuses: `JWTICK_STATUS_INDEX` behind the last one.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_judgement_finding(
    judgement: *const JudgementContext,
    index: usize,
    finding: *mut FindingRecord,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (judgement, finding) = unsafe { (Input::new(judgement), Output::new(finding)) };
    Status::of(|| {
        let (judgement, finding) = (judgement.held()?, finding.slot()?);
        finding.put(judgement.iter().nth(index).ok_or(Status::Index)?.into());
        Ok(())
    })
}

/// The index of the finding whose margin decides: of those that count, with the worst verdict, the
/// one with the least room.
///
/// Statuses: `JWTICK_STATUS_INDEX` if nothing was measured.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_judgement_tightest(
    judgement: *const JudgementContext,
    index: *mut usize,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (judgement, index) = unsafe { (Input::new(judgement), Output::new(index)) };
    Status::of(|| {
        let (judgement, index) = (judgement.held()?, index.slot()?);
        let tightest = judgement.tightest().map(Finding::Measured);
        let is_it = |finding: &Finding| Some(*finding) == tightest;
        index.put(judgement.iter().position(is_it).ok_or(Status::Index)?);
        Ok(())
    })
}

/// After which instant the policy rejects these claims for ever, in microseconds since 1970;
/// `JWTICK_OPEN` if they never die. For so long a `jti` has to be remembered, lest the token is used
/// twice (RFC 7523 §3, item 7).
///
/// Statuses: as for `jwtick_judge`.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_dies_at(
    policy: *const PolicyRecord,
    claims: *const ClaimsContext,
    at: *mut i64,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (policy, claims, at) = unsafe { (Input::new(policy), Input::new(claims), Output::new(at)) };
    Status::of(|| {
        let (claims, at) = (claims.held()?, at.slot()?);
        let record: &PolicyRecord = policy.get()?;
        // SAFETY: the lists of a policy are as the header says, as all of what is handed in.
        let names = unsafe { Names::of(record) }?;
        at.put(record.policy(&names)?.rejects_after(claims).as_micros());
        Ok(())
    })
}
