//! Reading logs and transcripts as bytes: stamps, server times, refusals, tokens, clock steps.

mod catalogue;
mod claims;
mod encoding;
mod filter;
mod find;
mod labels;
mod line;
mod lines;
mod moment;
mod node_answer;
mod number;
mod record;
mod server_time;
mod stamp;
mod stripchart;
mod template;

pub use catalogue::longest_lifetime;
pub(crate) use catalogue::{Judge, Row, Says};
pub(crate) use claims::{ClaimTimes, Form, moment as claim_moment};
pub(crate) use encoding::Decoder;
pub(crate) use filter::scan;
pub(crate) use find::{after, contains_any};
pub(crate) use line::{Announced, Facts, examine};
pub(crate) use lines::{Lines, Sink, first_piece};
pub(crate) use moment::{Moment, dated};
pub(crate) use node_answer::{NodeAnswer, node_answer};
pub(crate) use record::{counts_from_boot, printed_alone, stamp as record_stamp};
pub(crate) use stamp::{DateKnowledge, Stamp};
pub(crate) use template::Captures;
