//! The words that only the commands need; those of verdicts and findings are the core's.

use jwtick_core::render::Language;
use jwtick_core::{NumericDate, Scale};

use super::civil;

/// A word or sentence in every language; a missing one does not compile.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words {
    pub(crate) en: &'static str,
    pub(crate) de: &'static str,
    pub(crate) ko: &'static str,
}

impl Words {
    pub(crate) const fn said_in(self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::German => self.de,
            Language::Korean => self.ko,
        }
    }
}

pub(crate) const HEADER: Words = Words { en: "Header", de: "Header", ko: "헤더" };
pub(crate) const CLAIMS: Words = Words { en: "Claims", de: "Claims", ko: "클레임" };
pub(crate) const TIMES: Words = Words { en: "Times", de: "Zeiten", ko: "시간" };
pub(crate) const SIGNATURE: Words = Words { en: "Signature", de: "Signatur", ko: "서명" };
pub(crate) const REASON: Words = Words { en: "Reason", de: "Grund", ko: "사유" };
pub(crate) const NOTE: Words = Words { en: "Note", de: "Hinweis", ko: "참고" };
pub(crate) const VALID: Words = Words { en: "valid", de: "gültig", ko: "유효" };
pub(crate) const INVALID: Words =
    Words { en: "invalid", de: "ungültig", ko: "유효하지 않음" };
pub(crate) const UNCHECKED: Words =
    Words { en: "not checked", de: "nicht geprüft", ko: "확인하지 않음" };

/// What `inspect` says instead of a verdict.
pub(crate) const UNVERIFIED: Words = Words {
    en: "Nobody vouches for this content: the signature was not checked.",
    de: "Für diesen Inhalt bürgt niemand: Die Signatur wurde nicht geprüft.",
    ko: "서명을 확인하지 않았으므로 이 내용은 보증되지 않습니다.",
};

/// Above what no strict reader takes.
pub(crate) const REFUSED: Words = Words {
    en: "This token is refused as malformed.",
    de: "Dieses Token wird als fehlerhaft abgelehnt.",
    ko: "형식이 잘못되어 이 토큰은 거부됩니다.",
};

/// What is odd about a date, if anything is.
pub(crate) fn oddity(name: &str, date: NumericDate, language: Language) -> Option<String> {
    match date.scale() {
        Scale::Milliseconds(meant) => {
            let meant = civil::utc(meant).unwrap_or_default();
            Some(milliseconds(name, &meant, language))
        }
        Scale::Implausible => Some(implausible(name, language)),
        _ => None,
    }
}

fn milliseconds(name: &str, meant: &str, language: Language) -> String {
    match language {
        Language::English => format!(
            "{name} looks like milliseconds ({meant}); it counts seconds (RFC 7519 §2) and is \
             judged as written"
        ),
        Language::German => format!(
            "{name} sieht nach Millisekunden aus ({meant}); es zählt Sekunden (RFC 7519 §2) und \
             wird so gewertet, wie es dasteht"
        ),
        Language::Korean => format!(
            "{name} 값은 밀리초로 보입니다({meant}). 단위는 초이며(RFC 7519 §2) 적힌 그대로 판정합니다"
        ),
    }
}

fn implausible(name: &str, language: Language) -> String {
    match language {
        Language::English => format!("{name} is implausible: no calendar reaches that far"),
        Language::German => format!("{name} ist unplausibel: So weit reicht kein Kalender"),
        Language::Korean => format!("{name} 값은 달력 범위를 벗어나 타당하지 않습니다"),
    }
}
