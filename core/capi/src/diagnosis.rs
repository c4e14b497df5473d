//! Diagnoses a text: a log or a transcript, fed in chunks of any size, in constant memory.

use core::ffi::c_char;

use jwtick_core::diagnosis::{Diagnosis, Evidence, LogZone, ZoneKnowledge};
use jwtick_core::time::Offset;
use jwtick_core::{Diagnoser, Options, Span, UnixTime};

use crate::context::{DiagnoserContext, DiagnosisContext};
use crate::number::Number;
use crate::pointer::{Area, Input, Items, Output, Update};
use crate::record::{OffsetRecord, TextRecord};
use crate::status::Status;

/// The zone of the stamps in a text is unknown.
pub const ZONE_OFFSET_UNKNOWN: i64 = i64::MIN;

/// The conclusion, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct FactsRecord {
    /// The reason why a call was refused: a `JWTICK_CAUSE_…`.
    pub cause: u32,
    /// The verdict on the clocks, local and remote: a `JWTICK_FAULT_…`.
    pub fault: u32,
    /// The direction in which the local clock is wrong: a `JWTICK_DIRECTION_…`, or 0 if unknown.
    pub direction: u32,
    /// The certainty of the conclusion: a `JWTICK_CERTAINTY_…`.
    pub certainty: u32,
    /// The origin of the zone of the local stamps: a `JWTICK_ZONE_…`.
    pub zone: u32,
    /// 1 if `jwtick_say_decider` has a sentence, else 0.
    pub has_decider: u32,
    /// Local minus UTC in microseconds if the text shows it, else 0.
    pub zone_offset: i64,
    /// The proven interval of the offset; open at both ends if nothing is known.
    pub offset: OffsetRecord,
    /// The narrower interval that holds if stamps without a zone are in UTC; open at both ends if
    /// there is none.
    pub offset_if_utc: OffsetRecord,
    /// UTC minus the server's clock, if the text also contains a measurement of a time service;
    /// open at both ends otherwise.
    pub remote_offset: OffsetRecord,
    /// The number of lines that support the conclusion, best first.
    pub evidence: usize,
    /// The number of remedies, most useful first.
    pub remedies: usize,
    /// The number of refusals found.
    pub refusals: u64,
    /// The number of lines read.
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

/// A line that supports the conclusion.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct EvidenceRecord {
    /// The number of the line, from 1.
    pub line: u64,
    /// Its contribution: a `JWTICK_EVIDENCE_…`.
    pub kind: u32,
    /// 1 if `instant` is known, else 0.
    pub has_instant: u32,
    /// The instant that the line states, as far as it is known in UTC: microseconds since 1970.
    pub instant: i64,
    /// Its content, up to 200 bytes, without control characters and signatures and with shortened
    /// tokens. It points into the diagnosis.
    pub text: TextRecord,
    /// The product that prints this line, if known; otherwise empty. The text is static.
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

/// Starts an empty text. `zone` is local minus UTC, in microseconds, for stamps without a zone.
/// With `JWTICK_ZONE_OFFSET_UNKNOWN`, the results hold in every zone from UTC-12 to UTC+14.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_diagnoser_start(
    zone: i64,
    diagnoser: *mut DiagnoserContext,
) -> Status {
    // SAFETY: the header requires of the caller what the constructor requires.
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

/// Reads the next `length` bytes: UTF-8, UTF-16 with a byte order mark, or any bytes around ASCII.
/// The division of a text into chunks does not matter.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_diagnoser_feed(
    diagnoser: *mut DiagnoserContext,
    text: *const c_char,
    length: usize,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (diagnoser, text) = unsafe { (Update::new(diagnoser), Items::new(text.cast(), length)) };
    Status::of(|| {
        let text: &[u8] = text.get()?;
        diagnoser.area().apart_from(Area::of(text))?;
        diagnoser.held()?.feed(text);
        Ok(())
    })
}

/// Writes the conclusion. The diagnoser is consumed; start it again before the next text.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_diagnoser_finish(
    diagnoser: *mut DiagnoserContext,
    diagnosis: *mut DiagnosisContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (diagnoser, diagnosis) = unsafe { (Update::new(diagnoser), Output::new(diagnosis)) };
    Status::of(|| {
        let diagnosis = diagnosis.slot()?;
        diagnosis.area().apart_from(diagnoser.area())?;
        diagnosis.hold(diagnoser.take()?.finish());
        Ok(())
    })
}

/// Writes the conclusion in numbers.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_diagnosis_facts(
    diagnosis: *const DiagnosisContext,
    facts: *mut FactsRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (diagnosis, facts) = unsafe { (Input::new(diagnosis), Output::new(facts)) };
    Status::of(|| {
        let (diagnosis, facts) = (diagnosis.held()?, facts.slot()?);
        facts.put(diagnosis.into());
        Ok(())
    })
}

/// Writes the `index`th line, from 0, that supports the conclusion.
///
/// Statuses: `JWTICK_STATUS_INDEX` after the last one.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_diagnosis_evidence(
    diagnosis: *const DiagnosisContext,
    index: usize,
    evidence: *mut EvidenceRecord,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (diagnosis, evidence) = unsafe { (Input::new(diagnosis), Output::new(evidence)) };
    Status::of(|| {
        let (diagnosis, evidence) = (diagnosis.held()?, evidence.slot()?);
        evidence.put(diagnosis.evidence.get(index).ok_or(Status::Index)?.into());
        Ok(())
    })
}
