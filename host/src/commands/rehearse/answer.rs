//! Headings between the parts of a rehearsal.

use jwtick_core::Span;
use jwtick_core::words::{self, Language};
use jwtick_core::words::{sentence, sentences, word};

use crate::output::Text;
use crate::page::layout::TITLE;

/// The heading of a part.
pub(crate) fn heading(sentence: &str) -> Text {
    Text::from("\n") + &Text::styled(TITLE, sentence) + "\n\n"
}

/// Heading of the run with a wrong clock.
pub(crate) fn wrong(offset: Span, language: Language) -> String {
    agent(offset, language).to_string()
}

sentences! {
    fn agent(offset: Span, language, f) {
        offset if offset >= Span::ZERO => {
            let by = words::duration(offset, language);
            sentence!(f, language,
                en: "An agent whose clock is {by} behind tests its connection.",
                de: "Ein Agent, dessen Uhr {by} nachgeht, testet seine Verbindung.",
                ko: "에이전트의 시계가 {by} 느린 상태에서 연결을 테스트합니다.",
            )
        }
        offset => {
            let by = words::duration(offset.abs(), language);
            sentence!(f, language,
                en: "An agent whose clock is {by} ahead tests its connection.",
                de: "Ein Agent, dessen Uhr {by} vorgeht, testet seine Verbindung.",
                ko: "에이전트의 시계가 {by} 빠른 상태에서 연결을 테스트합니다.",
            )
        }
    }
}

/// Heading of the run with the server's time.
pub(crate) fn corrected(language: Language) -> String {
    word!(language,
        en: "The same agent tests again, using the server's time.",
        de: "Derselbe Agent testet noch einmal, nach der Uhr des Servers.",
        ko: "같은 에이전트가 서버의 시간에 맞춰 다시 테스트합니다.",
    )
    .to_owned()
}
