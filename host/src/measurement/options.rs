//! By what means sources are asked.

use core::time::Duration;
use std::path::PathBuf;
use std::sync::Arc;

use jwtick_core::TimeBounds;

use super::name::ClockName;
use crate::http::client::{Target, Trust};
use crate::signal::Interrupt;
use crate::source::Source;
use crate::source::http_date::{HttpDateSource, Unproved};
use crate::source::os::machine::Machine;

/// What every source needs to know, whatever it is asked by.
#[derive(Debug, Clone)]
pub(crate) struct QueryOptions {
    /// For all answers together.
    pub(crate) timeout: Duration,
    /// Authorities for https servers, in addition to those that the platform trusts.
    pub(crate) ca: Option<PathBuf>,
    /// Treatment of servers whose identity is not proved.
    pub(crate) insecure_date: bool,
    /// Ends the waiting.
    pub(crate) interrupt: Interrupt,
}

impl QueryOptions {
    /// What is left of the time when `spent` of it is gone.
    pub(super) fn after(&self, spent: Duration) -> Self {
        Self { timeout: self.timeout.saturating_sub(spent), ..self.clone() }
    }

    /// The sources that are called so; certificates are held against `utc`.
    pub(super) fn sources(&self, clocks: &[ClockName], utc: TimeBounds) -> Vec<Arc<dyn Source>> {
        let source = |clock: &ClockName| -> Arc<dyn Source> {
            match clock {
                ClockName::Os => Arc::new(Machine),
                ClockName::Http(url) => Arc::new(self.http(url, utc)),
                ClockName::Ntp(server) => Arc::new(server.clone()),
            }
        };
        clocks.iter().map(source).collect()
    }

    fn http(&self, url: &Target, utc: TimeBounds) -> HttpDateSource {
        let unproved = if self.insecure_date { Unproved::Measured } else { Unproved::Refused };
        let trust = Trust { authorities: self.ca.iter().cloned().collect(), utc };
        HttpDateSource::new(url.clone(), trust, unproved)
    }
}
