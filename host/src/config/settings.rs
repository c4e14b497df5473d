//! Settings that a configuration file can contain, and those that took part in an answer: a policy
//! must not apply silently.

use std::path::PathBuf;

use jwtick_core::Span;
use jwtick_core::judge::Rule;
use jwtick_core::words::Language;

use super::exposure::Exposed;
use crate::measurement::ClockName;
use crate::serve::ServePolicy;

/// The content of a configuration file, and its path.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The path of the file; `None` if there is none.
    pub(crate) path: Option<PathBuf>,
    /// A file that others may write; its settings are absent if it is not used.
    pub(crate) exposed: Option<Exposed>,
    pub(crate) settings: Settings,
}

/// The settings of a file.
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
    /// Claims that every token must have, in addition to those of the command line.
    pub(crate) require: Option<Set<Vec<Rule>>>,
    pub(crate) language: Option<Set<Language>>,
    /// The policies of `jwtick serve`.
    pub(crate) serve: Option<Set<ServePolicy>>,
}

/// A value from the file, and the line that sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Set<T> {
    pub(crate) value: T,
    pub(crate) line: usize,
}

/// Returns the value from the command line, or else the one from the file, or else `default`.
pub(crate) fn pick<T: Copy>(told: Option<T>, set: Option<&Set<T>>, default: T) -> T {
    told.or(set.map(|set| set.value)).unwrap_or(default)
}

/// Default values, used when neither the command line nor a file sets one.
pub(crate) mod default {
    use jwtick_core::Span;

    /// Longest time to wait for answers.
    pub(crate) const TIMEOUT: Span = Span::from_secs(5);
    /// NumericDate values are usually whole seconds (RFC 7519 §2).
    pub(crate) const MAX_OFFSET: Span = Span::from_secs(1);
    /// "No more than a few minutes" of leeway (RFC 7519 §4.1.4); most verifiers with a leeway use
    /// this value.
    pub(crate) const CRIT: Span = Span::from_secs(60);
}

impl Config {
    /// Returns every source that the file names.
    pub(crate) fn sources(&self) -> Vec<ClockName> {
        let named = [&self.settings.ntp, &self.settings.http];
        named.into_iter().flatten().flat_map(|set| set.value.iter().cloned()).collect()
    }
}

/// A setting of the file, in force because no option overrides it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heeded {
    /// The key in the file.
    pub(crate) key: &'static str,
    pub(crate) value: Value,
    /// The line that sets it.
    pub(crate) line: usize,
}

/// The value of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Length(Span),
    Names(Vec<String>),
}

impl Heeded {
    /// The duration of the file, unless the command line gives one or it is zero, which has no effect.
    pub(crate) fn length(
        key: &'static str,
        told: Option<Span>,
        set: Option<&Set<Span>>,
    ) -> Option<Self> {
        let Set { value, line } = set.filter(|set| told.is_none() && set.value != Span::ZERO)?;
        Some(Self { key, value: Value::Length(*value), line: *line })
    }
}

impl Config {
    /// The claims that the file requires in every token.
    pub(crate) fn required(&self) -> Option<Heeded> {
        let Set { value, line } = self.settings.require.as_ref()?;
        let names = value.iter().map(|rule| rule.claim().name().to_owned()).collect();
        Some(Heeded { key: "require", value: Value::Names(names), line: *line })
    }
}
