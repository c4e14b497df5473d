//! A diagnosis as text: the finding, the evidence, and what to do; and the lines outside `--since` and
//! `--until`, in a sentence and in JSON.

use jwtick_core::diagnosis::{Diagnosis, Evidence};
use jwtick_core::words;
use jwtick_core::words::{Heading, Language, Said, sentence, word};
use serde::Serialize;

use super::picture::picture;
use super::proof;
use crate::commands::diagnose::intake::LeftOut;
use crate::notation::civil;
use crate::output::{Text, safe};
use crate::page::layout::{Page, TITLE, padded, remedies, section, widest};
use crate::page::paragraph::paragraph;

/// The answer as text.
pub(crate) fn text(diagnosis: &Diagnosis, page: &Page) -> Text {
    let language = page.language;
    let summary = words::summary(diagnosis, language).to_string();
    let mut text = Text::from(paragraph("", &summary, page.wrap));
    if let Some(drift) = &diagnosis.drift {
        text += &paragraph("", &words::drift(drift, language).to_string(), page.wrap);
    }
    if !diagnosis.evidence.is_empty() {
        text += &section(Heading::Evidence, evidence(diagnosis, page), language);
    }
    if let Some(proof) = &diagnosis.proof {
        text += &section(Heading::Proof, proof::lines(proof, page), language);
    }
    if let Some(drawn) = picture(diagnosis, language, page.width, page.glyphs) {
        text += &section(Heading::Clocks, page.fitted(drawn), language);
    }
    if !diagnosis.remedies.is_empty() {
        text += &section(
            Heading::Remedies,
            remedies(&diagnosis.remedies, &diagnosis.server, page),
            language,
        );
    }
    if !diagnosis.possibilities.is_empty() {
        let sentences = possibilities(diagnosis, language);
        let lines = sentences.map(|it| paragraph("  - ", &it, page.wrap)).collect::<String>();
        text += &section(Heading::Possibilities, lines, language);
    }
    if let Some(decider) = diagnosis.decider {
        let decider = words::decider_at(decider, &diagnosis.server, language).to_string();
        text += &section(Heading::Decider, paragraph("  ", &decider, page.wrap), language);
    }
    text
}

/// A note below the answer.
pub(crate) fn note(sentence: &str, page: &Page) -> Text {
    Text::from("\n") + &paragraph("", sentence, page.wrap)
}

/// A finding below the answer, with the sentences that it rests on.
pub(crate) fn list(sentences: &[String], page: &Page) -> Text {
    let (first, rest) = sentences.split_first().map_or(("", &[][..]), |(it, rest)| (it, rest));
    let rest = rest.iter().map(|it| paragraph("  - ", it, page.wrap));
    note(first, page) + &rest.collect::<String>()
}

/// The answer under the name of its input, followed by an empty line. Used if there are several
/// inputs.
pub(crate) fn titled(name: &str, text: &Text) -> Text {
    let name = format!("==> {} <==", safe::line(name));
    Text::styled(TITLE, name) + "\n" + text + "\n"
}

/// The readings that the text leaves possible, each as a sentence.
pub(crate) fn possibilities(
    diagnosis: &Diagnosis,
    language: Language,
) -> impl Iterator<Item = String> {
    diagnosis.possibilities.iter().map(move |it| words::possibility(*it, language).to_string())
}

pub(super) fn evidence(diagnosis: &Diagnosis, page: &Page) -> String {
    let language = page.language;
    let line = words::heading(Heading::Line, language);
    let numbers: Vec<_> =
        diagnosis.evidence.iter().map(|it| format!("{line} {}", it.line)).collect();
    let kinds: Vec<_> = diagnosis.evidence.iter().map(|it| kind(it, language)).collect();
    let authors: Vec<_> =
        diagnosis.evidence.iter().map(|it| words::author(it.by, language).to_string()).collect();
    let columns = [widest(&numbers), widest(&kinds), widest(&authors)];
    let rows = numbers.iter().zip(&kinds).zip(&authors).zip(&diagnosis.evidence);
    rows.map(|(((number, kind), author), evidence)| {
        let [widest_number, widest_kind, widest_author] = columns;
        let first = format!(
            "  {}  {}  {}  ",
            padded(number, widest_number),
            padded(kind, widest_kind),
            padded(author, widest_author)
        );
        let text = safe::line(&evidence.text);
        if page.has_room_beside(&first) {
            paragraph(&first, &text, page.wrap)
        } else {
            paragraph("  ", &format!("{number}, {kind}, {author}:"), page.wrap)
                + &paragraph("    ", &text, page.wrap)
        }
    })
    .collect()
}

/// The kind of a piece of evidence, and the product that wrote it.
pub(crate) fn kind(evidence: &Evidence, language: Language) -> String {
    let kind = words::evidence_kind(evidence.kind, language);
    match evidence.product {
        Some(product) => format!("{kind} ({product})"),
        None => kind.to_string(),
    }
}

/// Says how many lines were left out; if all were, which times the input covers.
pub(crate) fn left_out_said(left_out: &LeftOut, language: Language) -> String {
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

pub(crate) fn left_out_json(left_out: &LeftOut) -> LeftOutJson {
    let (first, last) = left_out.covered.unzip();
    LeftOutJson {
        lines: left_out.lines,
        first: first.and_then(civil::rfc3339),
        last: last.and_then(civil::rfc3339),
    }
}

#[cfg(test)]
mod tests {
    use jwtick_core::Span;
    use jwtick_core::diagnosis::{
        Cause, Certainty, ClockFault, Decider, EvidenceKind, ZoneKnowledge,
    };
    use jwtick_core::evidence::Author;
    use jwtick_core::survey::Remedy;
    use jwtick_core::time::{Direction, Offset};

    use super::*;
    use crate::page::terminal::{Glyphs, columns};

    fn diagnosis() -> Diagnosis {
        let evidence = |line, kind, product: Option<&'static str>, text: &str| Evidence {
            line,
            kind,
            by: if product.is_some() { Author::Program } else { Author::Peer },
            product,
            instant: None,
            text: text.try_into().unwrap(),
        };
        Diagnosis {
            cause: Cause::LocalClock,
            fault: ClockFault::Found,
            direction: Some(Direction::Ahead),
            certainty: Certainty::Proven,
            offset: Some(Offset::exactly(Span::from_secs(-7))),
            offset_if_utc: None,
            assumptions: Default::default(),
            difference: None,
            possibilities: Default::default(),
            attribution: None,
            proof: None,
            third_opinion: None,
            zone: ZoneKnowledge::Stated,
            reading: None,
            drift: None,
            clocks: None,
            hosts: Default::default(),
            evidence: [
                evidence(7, EvidenceKind::Refusal, Some("jjwt"), "JWT expired"),
                evidence(120, EvidenceKind::ServerTime, None, "Date: x"),
            ]
            .into_iter()
            .collect(),
            remedies: [Remedy::SyncPeers, Remedy::SyncChrony].into_iter().collect(),
            server: Default::default(),
            decider: Some(Decider::TokenTimes),
            refusals: 1,
            lines: 120,
        }
    }

    fn plain(language: Language, wrap: Option<usize>) -> String {
        let page = Page { language, width: 80, wrap, glyphs: Glyphs::Unicode };
        text(&diagnosis(), &page).plain()
    }

    const ENGLISH: &str = "\
The clock of the host that wrote this log is 7 s ahead.

Evidence
  line 7    refusal (jjwt)  program     JWT expired
  line 120  server time     other side  Date: x

What to do
  1. Synchronize both servers with the same time source.
  2. chrony: set the clock at once with `sudo chronyc makestep`, then check with `chronyc tracking`.

How to find out
  Check `iat` and `exp` of the refused token with `jwtick inspect TOKEN`.
";

    #[test]
    fn says_first_what_is_wrong() {
        assert_eq!(plain(Language::English, None), ENGLISH);
    }

    #[test]
    fn aligns_columns_in_every_language() {
        for &language in Language::ALL {
            let text = plain(language, None);
            let at = |word: &str| {
                let line = text.lines().find(|line| line.contains(word)).unwrap();
                columns(line.split(word).next().unwrap())
            };
            assert_eq!(at("JWT expired"), at("Date: x"), "{text}");
        }
    }

    #[test]
    fn wraps_only_on_a_terminal() {
        let wrapped = plain(Language::English, Some(40));
        let text = wrapped.lines().filter(|line| !line.contains('`'));
        assert!(text.map(columns).all(|width| width <= 40), "{wrapped}");
    }

    #[test]
    fn evidence_keeps_minimum_width_on_a_narrow_terminal() {
        let wrapped = plain(Language::English, Some(30));
        let lines = "  line 7, refusal (jjwt),\n  program:\n    JWT expired\n";
        assert!(wrapped.contains(lines), "{wrapped}");
    }

    #[test]
    fn removes_control_characters_from_input_name() {
        let titled = titled("a\u{9b}31m.log", &Text::from("ok\n")).plain();
        assert_eq!(titled, "==> a\\u{9b}31m.log <==\nok\n\n");
    }
}
