//! The answers of `config`: where a file was written, and every key with its value and its origin.

use core::fmt;
use std::path::Path;

use anstyle::Style;
use jwtick_core::Span;
use jwtick_core::words::{self, Language, Said};
use jwtick_core::words::{sentence, word};

use crate::config::{Config, Heeded, Set, Value, default, usual};
use crate::file;
use crate::output::{Text, safe};
use crate::page::layout::{TITLE, padded, widest};

/// A key, its value as text, and the line that sets it.
type Row = (&'static str, String, Option<usize>);

/// The answer of `init`.
pub(crate) fn written(path: &Path, language: Language) -> String {
    let path = safe::line(&file::shown(path));
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "Wrote {path}. Every key is commented out: edit the file, then run `jwtick config check`.\n",
            de: "{path} wurde geschrieben. Alle Schlüssel sind auskommentiert: Bearbeiten Sie die Datei, und rufen Sie dann `jwtick config check` auf.\n",
            ko: "{path} 파일을 만들었습니다. 모든 키는 주석으로 되어 있습니다. 파일을 편집한 다음 `jwtick config check` 명령을 실행하십시오.\n",
        )
    })
    .to_string()
}

/// The answer of `check`.
pub(crate) fn text(config: &Config, language: Language) -> Text {
    let mut text = title(config, language);
    let rows = rows(config, language);
    let names: Vec<String> = rows.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let values: Vec<String> = rows.iter().map(|(_, value, _)| value.clone()).collect();
    let (name_width, value_width) = (widest(&names), widest(&values));
    let dim = Style::new().dimmed();
    for (name, value, line) in rows {
        let from = match line {
            Some(line) => line_of(line, language),
            None => unset(language).to_owned(),
        };
        let (name, value) = (padded(name, name_width), padded(&value, value_width));
        text += &format!("  {name}  {value}  ");
        text += &(Text::styled(dim, from) + "\n");
    }
    text
}

/// Lines to print below a verdict, one for each setting of the configuration file that took part in it.
pub(crate) fn heeded(config: &Config, settings: &[Heeded], language: Language) -> String {
    let Some(path) = &config.path else { return String::new() };
    let file = safe::line(&file::shown(path));
    let line = |Heeded { key, value, line }: &Heeded| {
        let value = match value {
            Value::Length(length) => words::duration(*length, language).to_string(),
            Value::Names(names) => names.join(", "),
        };
        format!("  {key}: {value} ({file}:{line})\n")
    };
    settings.iter().map(line).collect()
}

fn title(config: &Config, language: Language) -> Text {
    match &config.path {
        Some(path) => Text::styled(TITLE, safe::line(&file::shown(path))) + "\n",
        None => {
            let places: Vec<String> =
                usual().iter().map(|path| safe::line(&file::shown(path))).collect();
            format!("{} {}\n", no_file(language), places.join(", ")).into()
        }
    }
}

fn line_of(line: usize, language: Language) -> String {
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language, en: "line {line}", de: "Zeile {line}", ko: "{line}행")
    })
    .to_string()
}

const fn unset(language: Language) -> &'static str {
    word!(language,
        en: "default",
        de: "Vorgabe",
        ko: "기본값",
    )
}
const fn none(language: Language) -> &'static str {
    word!(language,
        en: "none",
        de: "keine",
        ko: "없음",
    )
}
const fn no_file(language: Language) -> &'static str {
    word!(language,
        en: "No configuration file found; jwtick looks for:",
        de: "Keine Konfigurationsdatei gefunden; jwtick sucht:",
        ko: "설정 파일이 없습니다. 찾는 위치:",
    )
}
const fn of_locale(language: Language) -> &'static str {
    word!(language,
        en: "from the locale",
        de: "die der Spracheinstellung",
        ko: "로캘의 언어",
    )
}
const fn of_the_web(language: Language) -> &'static str {
    word!(language,
        en: "public certificate authorities",
        de: "öffentliche Zertifizierungsstellen",
        ko: "공인 인증 기관",
    )
}

fn rows(config: &Config, language: Language) -> Vec<Row> {
    let set = &config.settings;
    let length = |name, set: &Option<Set<Span>>, default: Span| -> Row {
        let value = set.as_ref().map_or(default, |set| set.value);
        (name, words::duration(value, language).to_string(), line(set))
    };
    let max_offset = set.max_offset.as_ref().map_or(default::MAX_OFFSET, |set| set.value);
    let mut rows = vec![
        ("ntp", list(&set.ntp, language), line(&set.ntp)),
        ("http", list(&set.http, language), line(&set.http)),
        ("ca", ca(config, language), line(&set.ca)),
        length("timeout", &set.timeout, default::TIMEOUT),
        length("max-offset", &set.max_offset, default::MAX_OFFSET),
        length("warn", &set.warn, max_offset),
        length("crit", &set.crit, default::CRIT.max(max_offset)),
        length("leeway", &set.leeway, Span::ZERO),
        length("uncertainty", &set.uncertainty, Span::ZERO),
        ("require", required(config, language), line(&set.require)),
        ("language", spoken(config, language), line(&set.language)),
    ];
    // `jwtick serve --check` shows the rest.
    rows.extend(set.serve.as_ref().map(|set| {
        let names: Vec<&str> = set.value.issuers.iter().map(|issuer| &*issuer.name).collect();
        ("serve", names.join(", "), Some(set.line))
    }));
    rows
}

fn line<T>(set: &Option<Set<T>>) -> Option<usize> {
    set.as_ref().map(|set| set.line)
}

fn list<T: ToString>(set: &Option<Set<Vec<T>>>, language: Language) -> String {
    let names = set.iter().flat_map(|set| &set.value);
    let names: Vec<String> = names.map(|name| safe::line(&name.to_string())).collect();
    if names.is_empty() { none(language).to_owned() } else { names.join(", ") }
}

fn required(config: &Config, language: Language) -> String {
    match config.required().map(|set| set.value) {
        Some(Value::Names(names)) if !names.is_empty() => names.join(", "),
        _ => none(language).to_owned(),
    }
}

fn ca(config: &Config, language: Language) -> String {
    let file = config.settings.ca.as_ref();
    file.map_or_else(|| of_the_web(language).to_owned(), |set| safe::line(&file::shown(&set.value)))
}

fn spoken(config: &Config, language: Language) -> String {
    let set = config.settings.language.as_ref();
    set.map_or_else(|| of_locale(language).to_owned(), |set| set.value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::KEYS;

    #[test]
    fn check_shows_every_key() {
        let shown = rows(&Config::default(), Language::English);
        let shown: Vec<&str> = shown.iter().map(|(name, ..)| *name).collect();
        let known: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
        assert_eq!(shown, known);
    }
}
