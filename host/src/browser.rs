//! The answers of the web page (`host/page`), which runs this crate without the feature `program`.
//!
//! The page feeds a log block by block and then asks with a JSON object, which gets JSON back. The member
//! `json` of a diagnosis is the line that `jwtick diagnose --json` prints; `view` has the same diagnosis
//! in the words of the reader.

mod clock;
mod token;

use jwtick_core::diagnosis::{ClockFault, Diagnosis, LogZone, ZoneRules};
use jwtick_core::evidence::redaction::Redacted;
use jwtick_core::words::{self, Heading, Language};
use jwtick_core::{Diagnoser, Options, Span, UnixTime};
use serde::{Deserialize, Serialize};

use crate::commands::diagnose::HOSTS;
use crate::commands::diagnose::answer::{self, Found, markdown};
use crate::output::safe;
use crate::page::json;
use crate::page::layout::Page;
use crate::page::terminal::Glyphs;

/// Columns of the pictures in a report.
const WIDTH: usize = 80;

/// A log that is being read, and the diagnosis of the last one.
#[derive(Default)]
pub struct Session {
    diagnoser: Option<Box<Diagnoser<'static, HOSTS>>>,
    diagnosis: Option<Diagnosis>,
}

/// A question of the page.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Question {
    /// Begins a log.
    Start { zone: Option<Zone> },
    /// Ends it, and describes the diagnosis.
    Finish(Wording),
    /// Describes the last diagnosis again, for example in another language.
    Describe(Wording),
    /// Makes lines of the log fit to be shown: without secrets, and with hidden characters visible.
    Show(Vec<String>),
    /// Reads and judges a token.
    Token(token::Question),
    /// Compares this clock with a `Date` header.
    Clock(clock::Question),
}

/// The zone of stamps that name none.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Zone {
    /// Seconds of local time minus UTC.
    Fixed(i64),
    /// For each change of the offset, the civil time in seconds from which the second number holds. The
    /// first row holds before its time as well.
    Changes(Vec<(i64, i64)>),
}

/// How to describe a diagnosis.
#[derive(Debug, Deserialize)]
struct Wording {
    /// The name of the log.
    input: String,
    language: String,
    /// The value of `--tz` that names the zone.
    tz: Option<String>,
    /// Why only a part of the log could be read.
    incomplete: Option<String>,
}

impl Wording {
    fn language(&self) -> Language {
        Language::from_code(&self.language).unwrap_or(Language::English)
    }

    /// The command that gives the same answer.
    fn command(&self) -> String {
        let zone = self.tz.iter().flat_map(|zone| ["--tz".to_owned(), zone.clone()]);
        let words = ["jwtick", "diagnose"].map(str::to_owned).into_iter().chain(zone);
        markdown::command(&words.chain([self.input.clone()]).collect::<Vec<_>>())
    }
}

/// The rules of a zone as its changes.
struct Changes(Vec<(i64, i64)>);

impl ZoneRules for Changes {
    fn utc_offset(&self, civil: UnixTime) -> Span {
        let civil = civil.floor_secs();
        let after = self.0.partition_point(|&(from, _)| from <= civil);
        let row = self.0.get(after.saturating_sub(1));
        Span::from_secs(row.map_or(0, |&(_, offset)| offset))
    }
}

impl Zone {
    /// The form that the core uses. The rules stay in memory until the page is closed: a page reads few
    /// logs, and gives each one a worker of its own.
    fn of_log(self) -> LogZone<'static> {
        match self {
            Self::Fixed(offset) => LogZone::Fixed(Span::from_secs(offset)),
            Self::Changes(changes) => LogZone::Rules(Box::leak(Box::new(Changes(changes)))),
        }
    }
}

impl Session {
    /// Reads the next bytes of the log.
    pub fn feed(&mut self, block: &[u8]) {
        let unknown = || Box::new(Diagnoser::for_hosts(Options::default()));
        self.diagnoser.get_or_insert_with(unknown).feed(block);
    }

    /// Answers a question; the answer to one that cannot be read is `null`.
    pub fn ask(&mut self, question: &str) -> String {
        let Ok(question) = serde_json::from_str(question) else { return "null".to_owned() };
        match question {
            Question::Start { zone } => {
                let zone = zone.map_or(LogZone::Unknown, Zone::of_log);
                self.diagnoser = Some(Box::new(Diagnoser::for_hosts(Options { zone })));
                "{}".to_owned()
            }
            Question::Finish(wording) => {
                let read = self.diagnoser.take();
                self.diagnosis = read.map(|diagnoser| diagnoser.finish());
                self.described(&wording)
            }
            Question::Describe(wording) => self.described(&wording),
            Question::Token(question) => written(&token::answer(&question)),
            Question::Clock(question) => written(&clock::answer(&question)),
            Question::Show(lines) => {
                let shown = |text: &String| safe::line(&Redacted::new(text, &[]).to_string());
                written(&lines.iter().map(shown).collect::<Vec<_>>())
            }
        }
    }

    fn described(&self, wording: &Wording) -> String {
        let diagnosis = self.diagnosis.as_ref().map(|it| Described::of(it, wording));
        written(&diagnosis)
    }
}

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A diagnosis for the page.
#[derive(Serialize)]
struct Described {
    /// What `jwtick diagnose --json` prints.
    json: String,
    /// What `jwtick diagnose --report markdown` prints.
    report: String,
    view: View,
}

/// A diagnosis in the words of the reader.
#[derive(Serialize)]
struct View {
    fault: &'static str,
    cause: String,
    certainty: String,
    summary: Vec<String>,
    evidence: Vec<Line>,
    proof: Vec<answer::Step>,
    clocks: Option<answer::Clocks>,
    remedies: Vec<String>,
    possibilities: Vec<String>,
    decider: Option<String>,
    headings: Headings,
    lines: u64,
}

#[derive(Serialize)]
struct Line {
    line: u64,
    code: &'static str,
    kind: String,
    by: String,
    text: String,
    /// The instant that the line states, in seconds.
    time_s: Option<json::Seconds>,
}

#[derive(Serialize)]
struct Headings {
    evidence: String,
    proof: String,
    clocks: String,
    remedies: String,
    possibilities: String,
    decider: String,
    line: String,
}

impl Headings {
    fn of(language: Language) -> Self {
        let said = |heading| words::heading(heading, language).to_string();
        Self {
            evidence: said(Heading::Evidence),
            proof: said(Heading::Proof),
            clocks: said(Heading::Clocks),
            remedies: said(Heading::Remedies),
            possibilities: said(Heading::Possibilities),
            decider: said(Heading::Decider),
            line: said(Heading::Line),
        }
    }
}

impl Described {
    fn of(diagnosis: &Diagnosis, wording: &Wording) -> Self {
        let language = wording.language();
        let found = Found {
            diagnosis,
            incomplete: wording.incomplete.clone(),
            left_out: None,
            relations: &[],
        };
        let command = wording.command();
        let around =
            markdown::Surroundings { input: &wording.input, command: &command, notes: &[] };
        let page = Page { language, width: WIDTH, wrap: None, glyphs: Glyphs::Unicode };
        Self {
            json: answer::json(&wording.input, &found, language),
            report: markdown::markdown(diagnosis, &around, &page),
            view: View::of(diagnosis, language),
        }
    }
}

impl View {
    fn of(diagnosis: &Diagnosis, language: Language) -> Self {
        let server = diagnosis.server.as_str();
        let summary = words::summary(diagnosis, language).to_string();
        let drift = diagnosis.drift.as_ref().map(|it| words::drift(it, language).to_string());
        let remedy = |it| words::remedy_at(it, server, language).to_string();
        let decider = |it| words::decider_at(it, server, language).to_string();
        Self {
            fault: match diagnosis.fault {
                ClockFault::Found => "found",
                ClockFault::Cleared => "cleared",
                ClockFault::Open => "open",
            },
            cause: words::cause(diagnosis.cause, language).to_string(),
            certainty: words::certainty(diagnosis.certainty, language).to_string(),
            summary: [Some(summary), drift].into_iter().flatten().collect(),
            evidence: lines(diagnosis, language),
            proof: diagnosis
                .proof
                .as_ref()
                .map_or_else(Vec::new, |proof| answer::steps(proof, language)),
            clocks: answer::clocks(diagnosis, language, Glyphs::Unicode),
            remedies: diagnosis.remedies.iter().map(remedy).collect(),
            possibilities: answer::possibilities(diagnosis, language).collect(),
            decider: diagnosis.decider.map(decider),
            headings: Headings::of(language),
            lines: diagnosis.lines,
        }
    }
}

fn lines(diagnosis: &Diagnosis, language: Language) -> Vec<Line> {
    let line = |it: &jwtick_core::diagnosis::Evidence| Line {
        line: it.line,
        code: it.kind.code(),
        kind: answer::kind(it, language),
        by: words::author(it.by, language).to_string(),
        text: safe::line(&it.text),
        time_s: it.instant.map(|at| json::Seconds(at - UnixTime::EPOCH)),
    };
    diagnosis.evidence.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn asked(session: &mut Session, question: &Value) -> Value {
        serde_json::from_str(&session.ask(&question.to_string())).unwrap()
    }

    #[test]
    fn zone_changes_at_its_civil_times() {
        let zone = Changes(vec![(0, 3_600), (1_000, 7_200), (2_000, 3_600)]);
        const ROWS: &[(i64, i64)] =
            &[(-5, 3_600), (999, 3_600), (1_000, 7_200), (1_999, 7_200), (2_000, 3_600)];
        for &(civil, offset) in ROWS {
            let found = zone.utc_offset(UnixTime::from_secs(civil));
            assert_eq!(found, Span::from_secs(offset), "{civil}");
        }
        assert_eq!(Changes(Vec::new()).utc_offset(UnixTime::EPOCH), Span::ZERO);
    }

    #[test]
    fn blocks_of_any_size_give_one_answer() {
        let log = b"2024-01-09 14:00:00 POST /token\n2024-01-09 14:00:00 Date: Tue, 09 Jan 2024 14:37:10 GMT\n\
            2024-01-09 14:00:00 JWT has expired\n";
        let wording = json!({"input": "a.log", "language": "de", "tz": "UTC"});
        let answers = [1, 7, log.len()].map(|size| {
            let mut session = Session::default();
            assert_eq!(asked(&mut session, &json!({"start": {"zone": {"fixed": 0}}})), json!({}));
            log.chunks(size).for_each(|block| session.feed(block));
            let answer = asked(&mut session, &json!({"finish": wording}));
            assert_eq!(answer, asked(&mut session, &json!({"describe": wording})), "{size}");
            answer
        });
        assert!(answers.iter().all(|it| *it == answers[0]));
        let printed: Value = serde_json::from_str(answers[0]["json"].as_str().unwrap()).unwrap();
        assert_eq!(printed["offset_s"], json!({"least": 2229, "most": 2231}));
        assert_eq!(answers[0]["view"]["fault"], "found");
        let report = answers[0]["report"].as_str().unwrap();
        assert!(report.contains("jwtick diagnose --tz UTC a.log"), "{report}");
    }

    #[test]
    fn shown_lines_hide_secrets_and_show_hidden_characters() {
        let mut session = Session::default();
        let shown = session.ask(r#"{"show": ["client_secret=hunter2 \u202ea"]}"#);
        assert_eq!(shown, r#"["client_secret=(redacted) \\u{202e}a"]"#);
    }

    #[test]
    fn unreadable_question_has_no_answer() {
        let mut session = Session::default();
        for question in ["", "{}", r#"{"unknown":1}"#, r#"{"start":{"zone":{"fixed":"a"}}}"#] {
            assert_eq!(session.ask(question), "null", "{question}");
        }
        let wording = json!({"input": "-", "language": "en", "tz": null, "incomplete": null});
        assert_eq!(asked(&mut session, &json!({"describe": wording})), Value::Null);
    }
}
