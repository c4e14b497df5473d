//! JWTs judged by a clock that is only known within bounds, and clock faults found in logs.
#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]

#[cfg(test)]
extern crate std;

mod agreement;
mod algorithm;
mod audience;
mod base64url;
mod civil;
mod claims;
mod clock;
mod cursor;
mod date_series;
mod diagnosis;
mod evidence;
mod header;
mod json;
mod judge;
mod jws;
mod key;
mod node_clocks;
mod numeric_date;
mod offset;
mod policy;
mod rank;
mod rate;
pub mod render;
mod rtc;
mod scratch;
mod step;
mod survey;
mod text;
mod ticks;
mod time;
mod token;
mod verdict;
mod wire;

pub use algorithm::Algorithm;
pub use audience::Audience;
pub use base64url::Base64Error;
pub use claims::{Claims, ClaimsError};
pub use clock::Anchor;
pub use date_series::{DateFault, DateOrigin, DateSample, DateSeries};
pub use diagnosis::{
    Cause, Certainty, ClockFault, Decider, Diagnoser, Diagnosis, Direction, Drift, Evidence,
    EvidenceKind, Excerpt, LogZone, Options, Reading, Remedy, ThirdOpinion, ZoneKnowledge,
    ZoneRules,
};
pub use evidence::longest_lifetime;
pub use header::{Header, HeaderError};
pub use json::{
    Expected, Index as MemberIndex, Json, JsonError, JsonFault, JsonKind, ReadError, ReadFault,
};
pub use judge::{Finding, Judgement, Margin};
pub use jws::{DecodeError, Jws, Segment, Unverified, Verified};
pub use key::{
    AnyKey, Curve, Hs256, Hs384, Hs512, InvalidSignature, Jwk, JwkError, JwkKind, JwkSet, KeyError,
    KeyOperation, KeyPart, PublicForm, Tag, Verifier, VerifyError, WeakKey,
};
#[cfg(feature = "rsa")]
pub use key::{
    AnyRsa, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512, Rsa, Rsa2048, Rsa3072, Rsa4096, RsaPublic,
};
#[cfg(feature = "ed")]
pub use key::{Ed25519, EdDsa};
#[cfg(feature = "es")]
pub use key::{Es256, Es384};
pub use node_clocks::{Heard, NodeClock, NodeClocks};
pub use numeric_date::{NumericDate, Scale};
pub use offset::{Bracket, NoMajority, Offset, Selection};
pub use policy::{Enforcement, Policy, Rule};
pub use rank::{Failure, first_refused};
pub use rate::Rate;
pub use rtc::RtcFault;
pub use scratch::Scratch;
pub use step::{Step, StepRefusal};
pub use survey::{ClockVerdict, Doubt, Keeper, Survey};
pub use text::{Text, TextChars};
pub use ticks::{ClockError, Counter, Ppm, TickAnchor};
pub use time::{Span, TimeBounds, UnixTime};
pub use token::Token;
pub use verdict::Verdict;
pub use wire::{
    HttpDate, HttpDateError, KissCode, Leap, ReferenceId, SntpContradiction, SntpPolicy,
    SntpRefusal, SntpRequest, SntpSample, SntpSeries, SntpStamp,
};
