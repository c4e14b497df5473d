//! Settings of the file that took part in an answer: a policy must not apply silently.

use jwtick_core::Span;

use super::settings::{Config, Set};

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
