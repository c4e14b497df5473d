//! The answer of `clock`: for people, for programs, for a check plugin and for Prometheus.

mod json;
mod nagios;
mod picture;
mod prometheus;
mod table;
mod text;
mod watch;

use jwtick_core::{Keeper, Rate, Survey};

pub(crate) use json::{interval, json};
pub(crate) use nagios::{State, nagios};
pub(crate) use prometheus::prometheus;
pub(crate) use text::text;
pub(crate) use watch::{line, stepped};

use crate::measurement::Measurement;

/// A measurement, and what it comes to.
#[derive(Debug)]
pub(crate) struct Surveyed {
    pub(crate) measurement: Measurement,
    pub(crate) survey: Survey,
    /// Who sets this host's clock.
    pub(crate) keeper: Keeper,
    /// How fast the clock gains or loses, where it was watched.
    pub(crate) rate: Option<Rate>,
}
