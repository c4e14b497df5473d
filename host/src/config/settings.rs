//! What a configuration file may set.

use std::path::PathBuf;

use jwtick_core::Span;
use jwtick_core::words::Language;

use crate::measurement::ClockName;

/// What a configuration file says, and where it lies.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The file; `None` if there is none.
    pub(crate) path: Option<PathBuf>,
    pub(crate) settings: Settings,
}

/// What a file may set.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    pub(crate) ntp: Option<Set<Vec<ClockName>>>,
    pub(crate) http: Option<Set<Vec<ClockName>>>,
    pub(crate) ca: Option<Set<PathBuf>>,
    pub(crate) timeout: Option<Set<Span>>,
    pub(crate) max_offset: Option<Set<Span>>,
    pub(crate) warn: Option<Set<Span>>,
    pub(crate) crit: Option<Set<Span>>,
    pub(crate) leeway: Option<Set<Span>>,
    pub(crate) uncertainty: Option<Set<Span>>,
    pub(crate) language: Option<Set<Language>>,
}

/// A value of the file, and the line that sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Set<T> {
    pub(crate) value: T,
    pub(crate) line: usize,
}

/// What the command line tells, else what the file sets, else `default`.
pub(crate) fn pick<T: Copy>(told: Option<T>, set: Option<&Set<T>>, default: T) -> T {
    told.or(set.map(|set| set.value)).unwrap_or(default)
}

/// What holds where neither the command line nor a file says something.
pub(crate) mod default {
    use jwtick_core::Span;

    /// Answers that take longer are too late for the caller.
    pub(crate) const TIMEOUT: Span = Span::from_secs(5);
    /// NumericDate is mostly written in whole seconds (RFC 7519 §2).
    pub(crate) const MAX_OFFSET: Span = Span::from_secs(1);
    /// "No more than a few minutes" of leeway (RFC 7519 §4.1.4); most verifiers that have any allow
    /// this much.
    pub(crate) const CRIT: Span = Span::from_secs(60);
}

impl Config {
    /// Every source that the file names.
    pub(crate) fn sources(&self) -> Vec<ClockName> {
        let named = [&self.settings.ntp, &self.settings.http];
        named.into_iter().flatten().flat_map(|set| set.value.iter().cloned()).collect()
    }
}
