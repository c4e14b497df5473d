//! Sentences for a diagnosis and a verdict, in English, German and Korean.
//!
//! Each function returns something to show; nothing is kept on a heap. Every sentence stands in
//! all languages side by side, in a `Phrase` or in a match over [`Language`], and
//! neither compiles with one missing. Korean sentences put no particle after a value, since its
//! form depends on how the value is read aloud.

mod amount;
mod clock;
mod decider;
mod duration;
mod headline;
mod http_date;
mod judgement;
mod label;
mod language;
mod measured;
mod node_clocks;
mod number;
mod offset;
mod opinion;
mod refusal;
mod relative;
mod remedy;
mod said;
mod sntp;
mod step;
mod summary;
mod survey;
mod zone;

pub use self::clock::clock_error;
pub use self::decider::decider;
pub use self::duration::{duration, rounded};
pub use self::http_date::http_date_error;
pub use self::judgement::{finding, verdict};
pub use self::label::{Heading, cause, certainty, evidence_kind, heading};
pub use self::language::Language;
pub use self::offset::offset;
pub use self::refusal::{decode_error, jwk_error, verify_error, weak_key};
pub use self::relative::relative;
pub use self::remedy::remedy;
pub use self::sntp::{sntp_contradiction, sntp_refusal};
pub use self::step::step_refusal;
pub use self::summary::{drift, summary};
pub use self::survey::{interval, rate, survey};
pub use self::zone::utc_offset;
