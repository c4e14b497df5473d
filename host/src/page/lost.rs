//! Why measured bounds on UTC hold no longer, in the language of the reader.

use jwtick_core::render::{self, Language};

use crate::source::anchor::Lost;

/// Why the bounds were dropped. A clock that tells nothing is a fault of the system, and is named
/// in the words of the system.
pub(crate) fn lost(lost: &Lost, language: Language) -> String {
    let Lost::Suspended { at_least } = lost else {
        return lost.to_string();
    };
    let slept = render::duration(*at_least, language);
    match language {
        Language::English => lost.to_string(),
        Language::German => format!(
            "Der Rechner hat seit der Messung seiner Uhr {slept} geschlafen, messen Sie noch einmal"
        ),
        Language::Korean => {
            format!("시계를 측정한 후 시스템이 절전 상태였습니다({slept}). 다시 측정하십시오")
        }
    }
}
