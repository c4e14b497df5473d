//! One measurement of the local clock: every source that was named, asked at the same time.
//!
//! What the answers prove together, `Survey` in the core decides.

mod answer;
mod ask;
mod error;
mod name;
mod options;

pub(crate) use answer::{Answer, Measurement};
pub(crate) use ask::measure;
pub(crate) use error::MeasurementError;
pub(crate) use name::{ClockName, NotAClock, ntp_server};
pub(crate) use options::QueryOptions;
