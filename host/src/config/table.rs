//! Tables of keys, which are documented and read by the same rows, and the types of their values.

use jwtick_core::Span;
use jwtick_core::judge::Rule;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{self, Fault, Located, Type};
use super::settings::Set;
use crate::http::client::without_credentials;
use crate::measurement::{ClockName, NotAClock};
use crate::notation::claim::claim;
use crate::notation::duration;

/// A key of a table: its documentation, and the function that stores its value.
pub(crate) struct Key<S: 'static> {
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    /// The value without the key, in words.
    pub(crate) default: &'static str,
    /// A value in TOML: the default, where TOML can state it.
    pub(crate) example: &'static str,
    pub(crate) meaning: &'static str,
    pub(super) put: fn(&mut S, Value<'_>) -> Result<(), Located>,
}

/// Reads a table.
///
/// # Errors
/// The first error, with its position.
pub(super) fn read<S>(
    table: &DeTable<'_>,
    keys: &[&'static [Key<S>]],
    into: &mut S,
    text: &str,
) -> Result<(), Located> {
    for (name, value) in table {
        let mut known = keys.iter().copied().flatten();
        let key = known.find(|known| known.name == name.get_ref());
        let key = key.ok_or_else(|| unknown(name.get_ref(), keys).at(name.span().start))?;
        (key.put)(into, Value { value, text })?;
    }
    Ok(())
}

/// Minimum similarity for a suggestion; clap uses the same measure and threshold.
const SIMILAR: f64 = 0.7;

fn unknown<S>(name: &str, keys: &[&'static [Key<S>]]) -> Fault {
    let written = name.replace('_', "-");
    let names = || keys.iter().copied().flatten().map(|known| known.name);
    let rated = names().map(|known| (strsim::jaro(&written, known), known));
    let best = rated.max_by(|(one, _), (other, _)| one.total_cmp(other));
    let similar = best.filter(|&(likeness, _)| likeness > SIMILAR).map(|(_, known)| known);
    let met = error::shown_name(name);
    match similar {
        Some(similar) => Fault::Key { met, similar },
        None => Fault::NoKey { met, known: names().collect::<Vec<_>>().join(", ") },
    }
}

pub(super) type Met<'v> = &'v Spanned<DeValue<'v>>;

/// A value, and the text of the file.
#[derive(Clone, Copy)]
pub(super) struct Value<'v> {
    pub(super) value: Met<'v>,
    pub(super) text: &'v str,
}

impl<'v> Value<'v> {
    /// Stores a value and its line.
    pub(super) fn set<T>(
        self,
        place: &mut Option<Set<T>>,
        read: impl FnOnce(Met<'v>) -> Result<T, Located>,
    ) -> Result<(), Located> {
        *place = Some(Set { value: read(self.value)?, line: self.line() });
        Ok(())
    }

    /// The number of its line.
    pub(super) fn line(self) -> usize {
        error::line(self.text, self.value.span().start)
    }

    /// The table that it is.
    pub(super) fn table(self) -> Result<&'v DeTable<'v>, Located> {
        self.value.get_ref().as_table().ok_or_else(|| mismatch(self.value, Type::Table))
    }

    /// The tables that it is a list of.
    pub(super) fn tables(self) -> Result<impl Iterator<Item = Self>, Located> {
        let list = self.value.get_ref().as_array();
        let list = list.ok_or_else(|| mismatch(self.value, Type::ListOfTables))?;
        Ok(list.iter().map(move |value| Self { value, text: self.text }))
    }
}

/// Stores what a value was read as.
///
/// # Errors
/// The fault of the value.
pub(super) fn keep<T>(place: &mut T, read: Result<T, Located>) -> Result<(), Located> {
    *place = read?;
    Ok(())
}

pub(super) fn text<'v>(value: Met<'v>) -> Result<&'v str, Located> {
    value.get_ref().as_str().ok_or_else(|| mismatch(value, Type::Text))
}

pub(super) fn texts<'v>(value: Met<'v>) -> Result<Vec<&'v str>, Located> {
    let list = value.get_ref().as_array().ok_or_else(|| mismatch(value, Type::ListOfTexts))?;
    list.iter().map(text).collect()
}

pub(super) fn switch(value: Met<'_>) -> Result<bool, Located> {
    value.get_ref().as_bool().ok_or_else(|| mismatch(value, Type::Switch))
}

/// A whole number of at least 1.
pub(super) fn count(value: Value<'_>) -> Result<usize, Located> {
    let number = value.value.get_ref().as_integer().map(|number| number.as_str().parse());
    match number {
        Some(Ok(number)) if number > 0 => Ok(number),
        _ => Err(mismatch(value.value, Type::Number)),
    }
}

pub(super) fn mismatch(value: Met<'_>, allowed: Type) -> Located {
    Fault::Type { met: value.get_ref().type_str(), allowed }.at(value.span().start)
}

pub(super) fn length(value: Met<'_>) -> Result<Span, Located> {
    let text = text(value)?;
    let refuse = |fault| Fault::Duration { met: text.to_owned(), fault }.at(value.span().start);
    duration::length(text).map_err(refuse)
}

/// One of several words.
pub(super) fn choice<T: Copy>(
    value: Met<'_>,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Result<T, Located> {
    let text = text(value)?;
    let found = all.iter().copied().find(|&it| name(it) == text);
    found.ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|&it| name(it)).collect();
        let met = error::shown_name(text);
        Fault::Choice { met, known: known.join(", ") }.at(value.span().start)
    })
}

pub(super) fn claims(value: Met<'_>) -> Result<Vec<Rule>, Located> {
    let list = value.get_ref().as_array().ok_or_else(|| mismatch(value, Type::ListOfTexts))?;
    let rule = |value| {
        let text = text(value)?;
        claim(text).map_err(|_| Fault::Claim { met: text.to_owned() }.at(value.span().start))
    };
    list.iter().map(rule).collect()
}

/// Clocks by their names.
pub(super) fn clocks(
    value: Met<'_>,
    named: fn(&str) -> Result<ClockName, NotAClock>,
) -> Result<Vec<ClockName>, Located> {
    let list = value.get_ref().as_array().ok_or_else(|| mismatch(value, Type::ListOfTexts))?;
    let clock = |value| {
        let text = text(value)?;
        let met = || without_credentials(text);
        let refuse = |fault| Fault::Clock { met: met(), fault }.at(value.span().start);
        named(text).map_err(refuse)
    };
    list.iter().map(clock).collect()
}
