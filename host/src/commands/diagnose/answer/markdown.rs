//! `--report markdown`: an answer to paste into a ticket.
//!
//! Uses only headings, lists, code spans and fences, which GitHub (CommonMark) and Jira both read. Words
//! that come from a log are in code spans or fences, so that they are neither markup nor HTML.

use jwtick_core::diagnosis::Diagnosis;
use jwtick_core::evidence::redaction::Redacted;
use jwtick_core::words::{self, Heading, Language, word};

use super::picture::picture;
use super::proof;
use super::text::{evidence, possibilities};
use crate::output::safe;
use crate::page::layout::Page;

/// The surroundings of one diagnosis in a report.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    /// The input as named on the command line.
    pub(crate) input: &'a str,
    /// The command that gives the same answer.
    pub(crate) command: &'a str,
    /// Sentences on the lines that were left out or could not be read, and on other inputs.
    pub(crate) notes: &'a [String],
}

/// The report on one input.
pub(crate) fn markdown(diagnosis: &Diagnosis, around: &Surroundings<'_>, page: &Page) -> String {
    let page = Page { wrap: None, ..*page };
    let language = page.language;
    let cause = words::cause(diagnosis.cause, language);
    let mut text = format!("## jwtick: {cause} ({})\n\n", span(around.input));
    text += &prose(&words::summary(diagnosis, language).to_string());
    if let Some(drift) = &diagnosis.drift {
        text += &format!("\n\n{}", prose(&words::drift(drift, language).to_string()));
    }
    let certainty = words::certainty(diagnosis.certainty, language);
    text += &format!("\n\n**{}:** {certainty}\n", certainty_label(language));
    for note in around.notes {
        text += &format!("\n{}\n", prose(note));
    }
    if !diagnosis.evidence.is_empty() {
        text += &section(Heading::Evidence, &fence(&evidence(diagnosis, &page), ""), language);
    }
    if let Some(proof) = &diagnosis.proof {
        text += &section(Heading::Proof, &fence(&proof::lines(proof, &page), ""), language);
    }
    if let Some(drawn) = picture(diagnosis, language, page.width, page.glyphs) {
        text += &section(Heading::Clocks, &fence(&drawn, ""), language);
    }
    text += &steps(diagnosis, language);
    let command = Redacted::by_look(around.command).to_string();
    let command = fence(&format!("{}\n", safe::line(&command)), "sh");
    let version = env!("CARGO_PKG_VERSION");
    text + &format!("\n### {}\n\n{command}\njwtick {version}\n", reproduce(language))
}

/// What to do, what remains possible, and how to find out.
fn steps(diagnosis: &Diagnosis, language: Language) -> String {
    let mut text = String::new();
    if !diagnosis.remedies.is_empty() {
        let remedies = diagnosis.remedies.iter();
        let sentences =
            remedies.map(|it| words::remedy_at(it, &diagnosis.server, language).to_string());
        let items = (1..).zip(sentences).map(|(at, it)| format!("{at}. {}\n", prose(&it)));
        text += &section(Heading::Remedies, &items.collect::<String>(), language);
    }
    if !diagnosis.possibilities.is_empty() {
        let items = possibilities(diagnosis, language).map(|it| format!("- {}\n", prose(&it)));
        text += &section(Heading::Possibilities, &items.collect::<String>(), language);
    }
    if let Some(decider) = diagnosis.decider {
        let decider = words::decider_at(decider, &diagnosis.server, language).to_string();
        text += &section(Heading::Decider, &(prose(&decider) + "\n"), language);
    }
    text
}

fn section(title: Heading, body: &str, language: Language) -> String {
    format!("\n### {}\n\n{body}", words::heading(title, language))
}

const fn certainty_label(language: Language) -> &'static str {
    word!(language, en: "Certainty", de: "Gewissheit", ko: "확실성")
}

const fn reproduce(language: Language) -> &'static str {
    word!(language, en: "How to reproduce", de: "So lässt es sich wiederholen", ko: "재현 방법")
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// A fenced block. Its fence is longer than any run of backticks inside (CommonMark §4.5).
fn fence(text: &str, language: &str) -> String {
    let fence = "`".repeat(longest_run(text).saturating_add(1).max(3));
    let end = if text.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{text}{end}{fence}\n")
}

/// A code span, whose marks are longer than any run of backticks inside (CommonMark §6.1).
fn span(text: &str) -> String {
    let text = safe::line(text);
    let mark = "`".repeat(longest_run(&text).saturating_add(1));
    // Blanks keep a backtick at an end apart from the mark; a pair of them is not shown.
    let blank = if text.contains('`') { " " } else { "" };
    format!("{mark}{blank}{text}{blank}{mark}")
}

/// A sentence with code spans, in which nothing else is markup.
fn prose(sentence: &str) -> String {
    let sentence = safe::line(sentence);
    let is_paired = sentence.matches('`').count().is_multiple_of(2);
    let mut text = String::with_capacity(sentence.len());
    let mut is_code = false;
    for character in sentence.chars() {
        match character {
            '`' if is_paired => is_code = !is_code,
            '<' | '>' | '&' | '*' | '[' | ']' | '\\' | '`' | '|' | '#' | '@' if !is_code => {
                text.push('\\');
            }
            _ => {}
        }
        text.push(character);
    }
    text
}

/// The words of a command, quoted for a shell (POSIX XCU §2.2) where that is needed.
pub(crate) fn command(words: &[String]) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./:+=%,-".contains(c);
    let quoted = |word: &String| {
        if !word.is_empty() && word.chars().all(is_plain) {
            word.clone()
        } else {
            format!("'{}'", word.replace('\'', r"'\''"))
        }
    };
    words.iter().map(quoted).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fence_is_longer_than_any_run_inside() {
        assert_eq!(fence("a\n", ""), "```\na\n```\n");
        assert_eq!(fence("a ``` b", ""), "````\na ``` b\n````\n");
        assert_eq!(fence("`````\n", "sh"), "``````sh\n`````\n``````\n");
    }

    #[test]
    fn code_span_holds_any_name() {
        assert_eq!(span("a.log"), "`a.log`");
        assert_eq!(span("a`<b>`.log"), "`` a`<b>`.log ``");
    }

    #[test]
    fn nothing_outside_code_is_markup() {
        const ROWS: &[(&str, &str)] = &[
            ("run `a <b>` now", "run `a <b>` now"),
            ("<b> *c* [d](e)", r"\<b\> \*c\* \[d\](e)"),
            ("host `a`<img>`b`", r"host `a`\<img\>`b`"),
            ("one ` alone <b>", r"one \` alone \<b\>"),
            ("two\nlines # @all", r"two lines \# \@all"),
        ];
        for &(sentence, expected) in ROWS {
            assert_eq!(prose(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn command_is_quoted_for_a_shell() {
        let words = ["jwtick", "a b.log", "it's", "", "+09:00"].map(str::to_owned);
        assert_eq!(command(&words), r"jwtick 'a b.log' 'it'\''s' '' +09:00");
    }
}
