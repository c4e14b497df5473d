//! Options for querying sources.

use core::time::Duration;
use std::path::PathBuf;
use std::sync::Arc;

use jwtick_core::TimeBounds;

use super::name::ClockName;
use crate::http::client::{Target, Trust};
use crate::signal::Interrupt;
use crate::source::Source;
use crate::source::http_date::{Follow, HttpDateSource, Unproved};
use crate::source::os::machine::Machine;

/// Options that apply to every kind of source.
#[derive(Debug, Clone)]
pub(crate) struct QueryOptions {
    /// Time limit for all answers together.
    pub(crate) timeout: Duration,
    /// Certificate authorities for https servers, in addition to those of the platform.
    pub(crate) ca: Option<PathBuf>,
    /// Measures servers without a valid certificate too.
    pub(crate) insecure_date: bool,
    /// The hosts to which answers may redirect.
    pub(crate) follow: Follow,
    /// Ends the wait early.
    pub(crate) interrupt: Interrupt,
}

impl QueryOptions {
    /// Returns the options with the time that is left after `spent`.
    pub(super) fn after(&self, spent: Duration) -> Self {
        Self { timeout: self.timeout.saturating_sub(spent), ..self.clone() }
    }

    /// Creates the sources with these names; certificates are verified at `utc`.
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
        HttpDateSource::new(url.clone(), trust, unproved, self.follow)
    }
}
