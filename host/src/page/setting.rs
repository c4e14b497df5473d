//! The surroundings of an answer as JSON: the settings of a configuration file that took part in it, and
//! keys of an earlier run.

use serde::Serialize;

use super::json::Seconds;
use crate::config::{Config, Heeded, Value};
use crate::file;
use crate::keys::Stale;

/// A setting, in the schemas of `verify` and `inspect`.
#[derive(Debug, Serialize)]
pub(crate) struct SettingJson {
    key: &'static str,
    value_s: Option<Seconds>,
    names: Option<Vec<String>>,
    file: String,
    line: usize,
}

/// The member `settings`.
pub(crate) fn settings(config: &Config, settings: &[Heeded]) -> Vec<SettingJson> {
    let file = config.path.as_deref().map(file::shown).unwrap_or_default();
    let setting = |Heeded { key, value, line }: &Heeded| {
        let (value_s, names) = match value {
            Value::Length(length) => (Some(Seconds(*length)), None),
            Value::Names(names) => (None, Some(names.clone())),
        };
        SettingJson { key, value_s, names, file: file.clone(), line: *line }
    };
    settings.iter().map(setting).collect()
}

/// Keys of an earlier run, since their server could not be asked.
#[derive(Serialize)]
pub(crate) struct StaleJson {
    url: String,
    age_s: Seconds,
    error: String,
}

impl StaleJson {
    pub(crate) fn of(stale: &Stale) -> Self {
        let error = stale.fault.to_string();
        Self { url: stale.url.clone(), age_s: Seconds(stale.age), error }
    }
}
