//! Tells apart the answers about several tokens of one input.

use core::fmt;

use jwtick_core::words::{Language, Said, sentence};
use serde::Serialize;

use super::layout::TITLE;
use crate::input::tokens::Place;
use crate::output::Text;

/// One of several tokens.
pub(crate) struct Which<'p> {
    /// Its position among all, from 0.
    pub(crate) at: usize,
    pub(crate) of: usize,
    pub(crate) place: &'p Place,
}

/// The member `token`.
#[derive(Debug, Serialize)]
pub(crate) struct WhichJson {
    number: usize,
    input: Option<String>,
    line: usize,
    name: Option<String>,
    signature: Option<usize>,
}

impl Which<'_> {
    /// The heading of an answer; empty for the only token.
    pub(crate) fn title(&self, language: Language) -> Text {
        if self.of == 1 {
            return Text::default();
        }
        let apart = if self.at == 0 { "" } else { "\n" };
        Text::from(apart) + &Text::styled(TITLE, self.named(language)) + "\n"
    }

    /// For example, `Token 2 of 3 (a.txt, line 7)`.
    pub(crate) fn named(&self, language: Language) -> String {
        let (number, of) = (self.number(), self.of);
        let Place { input, line, name, signature } = self.place;
        if input.is_none() && name.is_none() && signature.is_none() && *line == 1 {
            return plain(number, of, language);
        }
        let said = Said(move |f: &mut fmt::Formatter<'_>| {
            f.write_str(&plain(number, of, language))?;
            let before = [input, name].into_iter().flatten().map(|name| format!("{name}, "));
            let file: String = before.collect();
            match signature {
                Some(number) => sentence!(f, language,
                    en: " ({file}signature {number})",
                    de: " ({file}Signatur {number})",
                    ko: "({file}서명 {number})",
                ),
                None => sentence!(f, language,
                    en: " ({file}line {line})",
                    de: " ({file}Zeile {line})",
                    ko: "({file}{line}행)",
                ),
            }
        });
        said.to_string()
    }

    pub(crate) fn json(&self) -> WhichJson {
        let Place { input, line, name, signature } = self.place.clone();
        WhichJson { number: self.number(), input, line, name, signature }
    }

    const fn number(&self) -> usize {
        self.at.saturating_add(1)
    }
}

fn plain(number: usize, of: usize, language: Language) -> String {
    let said = Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "Token {number} of {of}",
            de: "Token {number} von {of}",
            ko: "토큰 {number}/{of}",
        )
    });
    said.to_string()
}
