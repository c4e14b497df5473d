//! Reading logs and transcripts as bytes: stamps, server times, refusals, tokens and clock steps.

mod announced;
mod answers;
mod author;
mod captures;
mod catalogue;
mod claims;
mod encoding;
mod field;
mod filter;
mod find;
mod head;
mod hearsay;
mod judgement;
mod labels;
mod line;
mod lines;
mod measured;
mod mention;
mod moment;
mod named;
mod number;
mod quoted_printable;
mod record;
mod record_time;
pub mod redaction;
mod server_name;
mod server_time;
mod settled;
mod stamp;
mod template;
pub mod transcript;
mod undress;
mod wrap;

pub(crate) use announced::{Announced, TOKENS, says_making};
pub(crate) use answers::{Query, Validity, http_date_alone};
pub(crate) use captures::Captures;
pub(crate) use catalogue::{CLOCK_COMMANDS, GUEST_COMMANDS, Judge, PLATFORMS, Platform, Row, Says};
pub(crate) use claims::{ClaimTimes, Form, moment as claim_moment};
pub(crate) use encoding::Decoder;
pub(crate) use filter::scan;
pub(crate) use find::{Pairs, after, contains_any, contains_word};
pub(crate) use head::Piece;
pub(crate) use hearsay::{Context, Hearsay, Room};
pub(crate) use line::{Facts, examine};
pub(crate) use lines::{LINE_MAX, Lines, Sink, first_piece};
pub(crate) use mention::unlabelled;
pub(crate) use moment::{Moment, dated};
pub(crate) use record::{counts_from_boot, printed_alone};
pub(crate) use record_time::{RecordTime, may_have_two_times, without_stamps};
pub(crate) use server_name::server_name;
pub(crate) use stamp::{DateKnowledge, Stamp, find as find_stamp, is_level};
pub(crate) use template::quoted;
pub(crate) use undress::{Before, HostName, Layers, Undresser, hash, is_request_line};
pub(crate) use wrap::{Look, Place, Wrapping};

pub use author::Author;
#[doc(hidden)]
pub use catalogue::Rows;
pub use catalogue::longest_lifetime;
#[doc(hidden)]
pub use template::products;

/// Refusals in the words of real products, for test servers that imitate them.
///
/// They are stored in the rows by which a diagnosis recognises them, so a
/// [`Diagnoser`](crate::Diagnoser) recognises what [`refusal`](spoken::refusal) returns.
pub mod spoken {
    pub use super::catalogue::{Code, Reason, Speaker, Spoken, refusal};
}
