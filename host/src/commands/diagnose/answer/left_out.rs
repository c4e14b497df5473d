//! The lines outside `--since` and `--until`, in a sentence and in JSON.

use jwtick_core::words::{Language, Said, sentence, word};
use serde::Serialize;

use crate::commands::diagnose::intake::LeftOut;
use crate::notation::civil;

/// Says how many lines were left out; if all were, which times the input covers.
pub(crate) fn said(left_out: &LeftOut, language: Language) -> String {
    let LeftOut { lines, of, covered, takes_utc } = *left_out;
    let shown = covered.and_then(|(first, last)| civil::utc(first).zip(civil::utc(last)));
    let count = Said(move |f: &mut core::fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "{lines} of {of} lines were left out by --since and --until.",
            de: "{lines} von {of} Zeilen liegen außerhalb von --since und --until und wurden ausgelassen.",
            ko: "--since 및 --until 범위를 벗어난 행은 제외했습니다(전체 {of}행 중 {lines}행).",
        )
    });
    let mut text = count.to_string();
    if lines == of && of > 0 {
        text += &match shown {
            Some((first, last)) => Said(move |f: &mut core::fmt::Formatter<'_>| {
                sentence!(f, language,
                    en: " The log covers {first} to {last}.",
                    de: " Das Log reicht von {first} bis {last}.",
                    ko: " 로그의 시간 범위: {first} ~ {last}.",
                )
            })
            .to_string(),
            None => word!(language,
                en: " No line has a timestamp that jwtick can read.",
                de: " Keine Zeile hat einen Zeitstempel, den jwtick lesen kann.",
                ko: " jwtick이 읽을 수 있는 시각이 있는 행이 없습니다.",
            )
            .to_owned(),
        };
    }
    if takes_utc {
        text += word!(language,
            en: " Timestamps without a zone were taken as UTC; --tz names another zone.",
            de: " Zeitstempel ohne Zeitzone wurden als UTC gelesen; --tz nennt eine andere Zone.",
            ko: " 시간대가 없는 시각은 UTC로 해석했습니다. 다른 시간대는 --tz 옵션으로 지정하십시오.",
        );
    }
    text
}

/// The lines that were left out, and the times that the input covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LeftOutJson {
    lines: u64,
    first: Option<String>,
    last: Option<String>,
}

pub(crate) fn json(left_out: &LeftOut) -> LeftOutJson {
    let (first, last) = left_out.covered.unzip();
    LeftOutJson {
        lines: left_out.lines,
        first: first.and_then(civil::rfc3339),
        last: last.and_then(civil::rfc3339),
    }
}
