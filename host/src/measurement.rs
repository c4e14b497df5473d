//! Measures the local clock once against every named source, all at the same time.
//!
//! `Survey` in the core decides what the answers prove together.

mod answer;
mod ask;
mod error;
mod name;

pub(crate) use answer::{Answer, Counted, Measurement, Standing};
pub(crate) use ask::{QueryOptions, measure};
pub(crate) use error::MeasurementError;
pub(crate) use name::{ClockName, NotAClock, ntp_server};
