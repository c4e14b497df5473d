//! The words between the acts of a rehearsal.

use jwtick_core::Span;
use jwtick_core::words::{self, Language};

use crate::page::layout::TITLE;

/// Above an act.
pub(crate) fn heading(sentence: &str) -> String {
    format!("\n{TITLE}{sentence}{TITLE:#}\n\n")
}

/// The first act.
pub(crate) fn wrong(offset: Span, language: Language) -> String {
    let by = words::duration(offset.abs(), language).to_string();
    let is_behind = offset >= Span::ZERO;
    match (language, is_behind) {
        (Language::English, true) => {
            format!("An agent whose clock is {by} behind tests its connection.")
        }
        (Language::English, false) => {
            format!("An agent whose clock is {by} ahead tests its connection.")
        }
        (Language::German, true) => {
            format!("Ein Agent, dessen Uhr {by} nachgeht, testet seine Verbindung.")
        }
        (Language::German, false) => {
            format!("Ein Agent, dessen Uhr {by} vorgeht, testet seine Verbindung.")
        }
        (Language::Korean, true) => {
            format!("에이전트의 시계가 {by} 느린 상태에서 연결을 테스트합니다.")
        }
        (Language::Korean, false) => {
            format!("에이전트의 시계가 {by} 빠른 상태에서 연결을 테스트합니다.")
        }
    }
}

/// The second act.
pub(crate) fn corrected(language: Language) -> String {
    match language {
        Language::English => "The same agent tests again, by the time of the server.",
        Language::German => "Derselbe Agent testet noch einmal, nach der Uhr des Servers.",
        Language::Korean => "같은 에이전트가 서버의 시간에 맞춰 다시 테스트합니다.",
    }
    .to_owned()
}
