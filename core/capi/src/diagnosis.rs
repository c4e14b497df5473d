//! Diagnosing a text: a log or a transcript, fed in chunks of any size, in constant memory.

use core::ffi::c_char;

use jwtick_core::diagnosis::{Diagnosis, Evidence, LogZone, ZoneKnowledge};
use jwtick_core::time::Offset;
use jwtick_core::{Diagnoser, Options, Span, UnixTime};

use crate::context::{DiagnoserContext, DiagnosisContext};
use crate::number::Number;
use crate::pointer::{Area, Input, Items, Output, Update};
use crate::record::{OffsetRecord, TextRecord};
use crate::status::Status;

/// The zone of the stamps in a text is not known.
pub const ZONE_OFFSET_UNKNOWN: i64 = i64::MIN;

/// The conclusion, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct FactsRecord {
    /// Why a call was refused: a `JWTICK_CAUSE_…`.
    pub cause: u32,
    /// Whether a clock is wrong, here or elsewhere: a `JWTICK_FAULT_…`.
    pub fault: u32,
    /// Which way the local clock is off: a `JWTICK_DIRECTION_…`, or 0 if that is not known.
    pub direction: u32,
    /// How far the conclusion can be trusted: a `JWTICK_CERTAINTY_…`.
    pub certainty: u32,
    /// How the zone of the local stamps is known: a `JWTICK_ZONE_…`.
    pub zone: u32,
    /// 1 if `jwtick_say_decider` has something to say, else 0.
    pub has_decider: u32,
    /// Local minus UTC in microseconds, where the text gave it away, else 0.
    pub zone_offset: i64,
    /// The sound interval of the offset; open at both ends if nothing is known.
    pub offset: OffsetRecord,
    /// The narrow one, if the stamps without a zone are in UTC; open at both ends if there is none.
    pub offset_if_utc: OffsetRecord,
    /// UTC minus the clock of the server, where the text has the word of a time service too; open at
    /// both ends if it has not.
    pub remote_offset: OffsetRecord,
    /// How many lines the conclusion rests on, best first.
    pub evidence: usize,
    /// How many things there are to do, most useful first.
    pub remedies: usize,
    /// How many refusals were seen.
    pub refusals: u64,
    /// How many lines were read.
    pub lines: u64,
}

impl From<&Diagnosis> for FactsRecord {
    fn from(diagnosis: &Diagnosis) -> Self {
        let known = |offset: Option<Offset>| offset.unwrap_or(Offset::UNKNOWN).into();
        let recovered = match diagnosis.zone {
            ZoneKnowledge::Recovered(zone) => zone,
            _ => Span::ZERO,
        };
        Self {
            cause: diagnosis.cause.number(),
            fault: diagnosis.fault.number(),
            direction: diagnosis.direction.map_or(0, |direction| direction.number()),
            certainty: diagnosis.certainty.number(),
            zone: diagnosis.zone.number(),
            has_decider: diagnosis.decider.is_some().into(),
            zone_offset: recovered.as_micros(),
            offset: known(diagnosis.offset),
            offset_if_utc: known(diagnosis.offset_if_utc),
            remote_offset: known(diagnosis.third_opinion.and_then(|opinion| opinion.remote)),
            evidence: diagnosis.evidence.len(),
            remedies: diagnosis.remedies.len(),
            refusals: diagnosis.refusals,
            lines: diagnosis.lines,
        }
    }
}

/// A line that the conclusion rests on.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct EvidenceRecord {
    /// The number of the line, from 1.
    pub line: u64,
    /// What it contributes: a `JWTICK_EVIDENCE_…`.
    pub kind: u32,
    /// 1 if `instant` is known, else 0.
    pub has_instant: u32,
    /// The instant that it states, as far as it is known in UTC: microseconds since 1970.
    pub instant: i64,
    /// What it says, up to 200 bytes: without control characters, tokens cut, signatures left out. It
    /// stands in the diagnosis.
    pub text: TextRecord,
    /// The product that prints these words, where it is known; else of no bytes. It lives for ever.
    pub product: TextRecord,
}

impl From<&Evidence> for EvidenceRecord {
    fn from(evidence: &Evidence) -> Self {
        Self {
            line: evidence.line,
            kind: evidence.kind.number(),
            has_instant: evidence.instant.is_some().into(),
            instant: evidence.instant.map_or(0, UnixTime::as_micros),
            text: TextRecord::of(&evidence.text),
            product: TextRecord::of(evidence.product.unwrap_or_default()),
        }
    }
}

/// Starts on an empty text. `zone` is local minus UTC, in microseconds, of the stamps that name no
/// zone, or `JWTICK_ZONE_OFFSET_UNKNOWN`: then the results hold in every zone from UTC-12 to UTC+14.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_diagnoser_start(
    zone: i64,
    diagnoser: *mut DiagnoserContext,
) -> Status {
    // SAFETY: what the carrier asks for is what the header asks of the caller.
    let diagnoser = unsafe { Output::new(diagnoser) };
    Status::of(|| {
        let zone = match zone {
            ZONE_OFFSET_UNKNOWN => LogZone::Unknown,
            known => LogZone::Fixed(Span::from_micros(known)),
        };
        diagnoser.slot()?.hold(Diagnoser::new(Options { zone }));
        Ok(())
    })
}

/// Reads the next `length` bytes: UTF-8, UTF-16 with a mark, or any bytes around ASCII. How a text is
/// cut into chunks does not matter.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_diagnoser_feed(
    diagnoser: *mut DiagnoserContext,
    text: *const c_char,
    length: usize,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (diagnoser, text) = unsafe { (Update::new(diagnoser), Items::new(text.cast(), length)) };
    Status::of(|| {
        let text: &[u8] = text.get()?;
        diagnoser.area().apart_from(Area::of(text))?;
        diagnoser.held()?.feed(text);
        Ok(())
    })
}

/// Says what the text proves. The diagnoser is used up: it has to be started again.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_diagnoser_finish(
    diagnoser: *mut DiagnoserContext,
    diagnosis: *mut DiagnosisContext,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (diagnoser, diagnosis) = unsafe { (Update::new(diagnoser), Output::new(diagnosis)) };
    Status::of(|| {
        let diagnosis = diagnosis.slot()?;
        diagnosis.area().apart_from(diagnoser.area())?;
        diagnosis.hold(diagnoser.take()?.finish());
        Ok(())
    })
}

/// The conclusion, in numbers.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_diagnosis_facts(
    diagnosis: *const DiagnosisContext,
    facts: *mut FactsRecord,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (diagnosis, facts) = unsafe { (Input::new(diagnosis), Output::new(facts)) };
    Status::of(|| {
        let (diagnosis, facts) = (diagnosis.held()?, facts.slot()?);
        facts.put(diagnosis.into());
        Ok(())
    })
}

/// The `index`th line, from 0, that the conclusion rests on.
///
/// Statuses: `JWTICK_STATUS_INDEX` behind the last one.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_diagnosis_evidence(
    diagnosis: *const DiagnosisContext,
    index: usize,
    evidence: *mut EvidenceRecord,
) -> Status {
    // SAFETY: what each carrier asks for is what the header asks of the caller.
    let (diagnosis, evidence) = unsafe { (Input::new(diagnosis), Output::new(evidence)) };
    Status::of(|| {
        let (diagnosis, evidence) = (diagnosis.held()?, evidence.slot()?);
        evidence.put(diagnosis.evidence.get(index).ok_or(Status::Index)?.into());
        Ok(())
    })
}
