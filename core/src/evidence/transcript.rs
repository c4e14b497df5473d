//! The transcript of a connection test. `jwtick probe` and `jwtick rehearse` write it, and a
//! diagnosis reads it.
//!
//! A [`Line`] has a head and one sentence, which is an [`Entry`]:
//!
//! ```text
//! 28.02.2017 18:39:51 - INFO - agent : This clock is 208153.99 to 208154 s behind the clock of login.example (HTTP Date)
//! ```
//!
//! Each line is written in exactly one way: [`Line::parse`] accepts a line only if writing what it
//! has read gives the same text. An entry counts only at the start of the sentence after a head.
//! The same words in a header, in a body or in the log of another program are not an entry.

mod entry;
mod foreign;
mod line;
mod phrase;
mod text;
mod told;

pub use entry::{Entry, Means, Place};
pub use line::{Level, Line};
pub use text::Text;
pub(crate) use told::Told;
