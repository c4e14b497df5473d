//! The log of a stand-in: a line for every request, without a token, a secret or a query.

use axum::http::{Method, StatusCode};
use jwtick_core::render::{self, Language};
use jwtick_core::{Claims, UnixTime};
use serde::Serialize;

use super::answer::Note;
use crate::notation::civil;
use crate::output::safe;
use crate::report::finding::FindingJson;
use crate::report::json;

/// One request that was answered.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// By the clock of the node.
    pub(crate) at: UnixTime,
    pub(crate) node: Option<String>,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    pub(crate) note: Note,
}

/// Where entries go.
pub(crate) struct Log(Box<dyn Fn(&Entry) + Send + Sync>);

impl Log {
    pub(crate) fn to(write: impl Fn(&Entry) + Send + Sync + 'static) -> Self {
        Self(Box::new(write))
    }

    pub(crate) fn write(&self, entry: &Entry) {
        (self.0)(entry);
    }
}

impl Entry {
    /// One line for people.
    pub(crate) fn line(&self, language: Language) -> String {
        let Note { error, words, findings } = &self.note;
        let mut line = self.time();
        for part in [self.node.as_deref(), Some(self.method.as_str()), Some(&*self.path)] {
            line.extend(part.iter().flat_map(|part| [" ", *part]));
        }
        line.push_str(&format!(" {}", self.status.as_u16()));
        line.extend(error.iter().flat_map(|error| [" ", *error]));
        if !words.is_empty() {
            line.extend([": ", words]);
        }
        let measured = findings.iter().filter(|finding| finding.margin().is_some());
        let measured: Vec<String> =
            measured.map(|it| format!("{} {}", it.rule(), render::finding(it, language))).collect();
        if !measured.is_empty() {
            line.push_str(&format!(" ({})", measured.join("; ")));
        }
        safe::line(&line)
    }

    /// One line for programs.
    pub(crate) fn json(&self) -> String {
        let findings = &self.note.findings;
        json::line(&EntryJson {
            time: self.time(),
            node: self.node.as_deref(),
            method: self.method.as_str(),
            path: &self.path,
            status: self.status.as_u16(),
            error: self.note.error,
            reason: &self.note.words,
            findings: findings.iter().map(|it| FindingJson::of(it, &Claims::EMPTY)).collect(),
        })
    }

    fn time(&self) -> String {
        // A year beyond every calendar is shown by its seconds.
        civil::rfc3339(self.at).unwrap_or_else(|| self.at.floor_secs().to_string())
    }
}

#[derive(Serialize)]
struct EntryJson<'e> {
    time: String,
    node: Option<&'e str>,
    method: &'e str,
    path: &'e str,
    status: u16,
    error: Option<&'static str>,
    reason: &'e str,
    findings: Vec<FindingJson>,
}
