//! The answer of `config check`: every key, its value, and where that comes from.

use core::fmt::Write;

use anstyle::Style;
use jwtick_core::Span;
use jwtick_core::words::{self, Language};

use crate::config::{Config, Set, default, usual};
use crate::file;
use crate::language::Words;
use crate::output::safe;
use crate::page::layout::{padded, widest};

/// A key, its value in words, and the line that sets it.
type Row = (&'static str, String, Option<usize>);

/// The answer.
pub(crate) fn text(config: &Config, language: Language) -> String {
    let mut text = title(config, language);
    let rows = rows(config, language);
    let names: Vec<String> = rows.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let values: Vec<String> = rows.iter().map(|(_, value, _)| value.clone()).collect();
    let (name_width, value_width) = (widest(&names), widest(&values));
    let dim = Style::new().dimmed();
    for (name, value, line) in rows {
        let from = match line {
            Some(line) => format!("{} {line}", LINE.said_in(language)),
            None => DEFAULT.said_in(language).to_owned(),
        };
        let (name, value) = (padded(name, name_width), padded(&value, value_width));
        let _ = writeln!(text, "  {name}  {value}  {dim}{from}{dim:#}");
    }
    text
}

/// The lines under a verdict for lengths that nobody told but a file: a policy is not to work in
/// silence.
pub(crate) fn heeded(
    config: &Config,
    lengths: &[(&str, Option<&Set<Span>>)],
    language: Language,
) -> String {
    let Some(path) = &config.path else { return String::new() };
    let file = safe::line(&file::shown(path));
    let set = lengths.iter().filter_map(|&(name, set)| Some((name, set?)));
    set.filter(|(_, set)| set.value != Span::ZERO)
        .map(|(name, set)| {
            let value = words::duration(set.value, language);
            format!("  {name}: {value} ({file}:{})\n", set.line)
        })
        .collect()
}

fn title(config: &Config, language: Language) -> String {
    let bold = Style::new().bold();
    match &config.path {
        Some(path) => format!("{bold}{}{bold:#}\n", safe::line(&file::shown(path))),
        None => {
            let places: Vec<String> =
                usual().iter().map(|path| safe::line(&file::shown(path))).collect();
            format!("{} {}\n", NO_FILE.said_in(language), places.join(", "))
        }
    }
}

const LINE: Words = Words { en: "line", de: "Zeile", ko: "줄" };
const DEFAULT: Words = Words { en: "default", de: "Vorgabe", ko: "기본값" };
const NONE: Words = Words { en: "none", de: "keine", ko: "없음" };
const NO_FILE: Words = Words {
    en: "There is no configuration file; it would be one of:",
    de: "Es gibt keine Konfigurationsdatei; sie hieße:",
    ko: "설정 파일이 없습니다. 찾는 위치:",
};
const OF_LOCALE: Words =
    Words { en: "that of the locale", de: "die der Locale", ko: "로캘의 언어" };
const OF_THE_WEB: Words = Words {
    en: "authorities of the web",
    de: "Zertifizierungsstellen des Webs",
    ko: "웹 인증 기관",
};

fn rows(config: &Config, language: Language) -> Vec<Row> {
    let set = &config.settings;
    let length = |name, set: &Option<Set<Span>>, default: Span| -> Row {
        let value = set.as_ref().map_or(default, |set| set.value);
        (name, words::duration(value, language).to_string(), line(set))
    };
    let max_offset = set.max_offset.as_ref().map_or(default::MAX_OFFSET, |set| set.value);
    vec![
        ("ntp", list(&set.ntp, language), line(&set.ntp)),
        ("http", list(&set.http, language), line(&set.http)),
        ("ca", ca(config, language), line(&set.ca)),
        length("timeout", &set.timeout, default::TIMEOUT),
        length("max-offset", &set.max_offset, default::MAX_OFFSET),
        length("warn", &set.warn, max_offset),
        length("crit", &set.crit, default::CRIT.max(max_offset)),
        length("leeway", &set.leeway, Span::ZERO),
        length("uncertainty", &set.uncertainty, Span::ZERO),
        ("language", spoken(config, language), line(&set.language)),
    ]
}

fn line<T>(set: &Option<Set<T>>) -> Option<usize> {
    set.as_ref().map(|set| set.line)
}

fn list<T: ToString>(set: &Option<Set<Vec<T>>>, language: Language) -> String {
    let names = set.iter().flat_map(|set| &set.value);
    let names: Vec<String> = names.map(|name| safe::line(&name.to_string())).collect();
    if names.is_empty() { NONE.said_in(language).to_owned() } else { names.join(", ") }
}

fn ca(config: &Config, language: Language) -> String {
    let file = config.settings.ca.as_ref();
    file.map_or_else(
        || OF_THE_WEB.said_in(language).to_owned(),
        |set| safe::line(&file::shown(&set.value)),
    )
}

fn spoken(config: &Config, language: Language) -> String {
    let set = config.settings.language.as_ref();
    set.map_or_else(|| OF_LOCALE.said_in(language).to_owned(), |set| set.value.to_string())
}
