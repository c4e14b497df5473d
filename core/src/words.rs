//! Sentences for a diagnosis, a verdict and the errors, in English, German and Korean.
//!
//! Each function returns a value that implements `Display` and needs no heap. A sentence has all
//! its languages side by side, written with [`sentence!`], [`word!`] or [`sentences!`], and does
//! not compile with a language missing. If the `Display` of an error is the English sentence, the
//! row says `"{error}"`.
//!
//! Korean sentences put no particle after a value, because the form of a particle depends on how
//! the value is pronounced.

mod dpop;
mod duration;
mod headline;
mod key;
mod label;
mod language;
mod measured;
mod offset;
mod proof;
mod remedy;
mod reservation;
mod sentence;
#[cfg(feature = "sign")]
mod sign;
mod sntp;
mod step;
mod summary;
mod survey;
mod time;
mod token;
mod typ;
mod verdict;

pub use self::dpop::{confirmation_error, proof_error, proof_fault};
pub use self::duration::{duration, relative, rounded};
pub use self::key::{jwk_error, weak_key};
pub use self::label::{
    Heading, author, cause, certainty, decider, decider_at, evidence_kind, heading,
};
pub use self::language::Language;
pub use self::offset::{offset, utc_offset};
pub use self::proof::{premise, sum};
pub use self::remedy::{remedy, remedy_at};
pub use self::reservation::possibility;
pub use self::sentence::{Said, sentence, sentences, word};
#[cfg(feature = "sign")]
pub use self::sign::{assertion_error, private_key_error};
pub use self::sntp::{sntp_contradiction, sntp_refusal};
pub use self::step::{correction_refusal, step_refusal};
pub use self::summary::{drift, summary};
pub use self::survey::{interval, limits, never_set, survey, unset_clock};
pub use self::time::{clock_error, http_date_error, rate};
pub use self::token::{decode_error, verify_error};
pub use self::typ::type_error;
pub use self::verdict::{finding, verdict};
