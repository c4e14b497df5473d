//! `jwtick diagnose`, and combinations of its options that have no meaning.

use core::fmt;

use clap::{Args, ValueEnum};
use jwtick_core::UnixTime;
use jwtick_core::words::{Language, Said, sentence};

use super::intake::Range;
use crate::commands::args::zone_name;
use crate::notation::civil::rfc3339_or_unix;
use crate::notation::instant::{self, Moment};

/// Read logs and report whose clock is wrong, and by how much
#[derive(Debug, Args)]
pub(crate) struct DiagnoseArgs {
    /// Time zone of timestamps without one: an offset (+09:00), a name (Europe/Berlin), or local for that
    /// of this host
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true, value_parser = zone_name())]
    #[arg(hide_possible_values = true)] // hundreds of names
    pub(crate) tz: Option<String>,
    /// Read only lines from this time on: RFC 3339, Unix seconds, an HTTP-date, now or -2h
    ///
    /// A line without a timestamp belongs to the record before it. Timestamps without a zone are those of
    /// --tz, or else UTC. The answer says how many lines were left out.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = instant::moment)]
    pub(crate) since: Option<Moment>,
    /// Read only lines up to this time; same forms as --since
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = instant::moment)]
    pub(crate) until: Option<Moment>,
    /// Print one line per host, the most harmed first
    ///
    /// Hosts with more refusals come first; among equals, the host whose clock is further off. The
    /// offset that counts is the one that is certain in every time zone.
    #[arg(long, conflicts_with = "report")]
    pub(crate) summary: bool,
    /// Print a report to paste into a ticket, without secrets
    #[arg(long, value_name = "FORMAT", conflicts_with = "json")]
    pub(crate) report: Option<Report>,
    /// Wait for the log to grow, and answer whenever the answer changes
    ///
    /// Reads one file, as `tail -F` does: also after it was rotated or cut. Ctrl+C prints what is known and
    /// exits with the code of that answer.
    #[arg(long, conflicts_with_all = ["summary", "report"])]
    pub(crate) follow: bool,
    /// Print one JSON object per host, for `jwtick merge` and `jwtick fleet`
    ///
    /// Reads logs whose lines name their hosts, and tables: `host TAB line`, or `host TAB time TAB source TAB
    /// offset TAB line`, with \t, \n and \\ for tabs, line feeds and backslashes in a line. Folders mean all
    /// files in them; the parts of a rotated log are read as one. The exit code is 0 whatever was found.
    #[arg(long, conflicts_with_all = ["summary", "report", "follow", "since", "until"])]
    pub(crate) by_host: bool,
    /// Print one JSON object per input; with --summary, one per host; with --follow, one per answer
    #[arg(long)]
    pub(crate) json: bool,
    /// Logs to read; `-` is standard input [default: -]
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<std::path::PathBuf>,
}

impl DiagnoseArgs {
    /// Resolves `--since` and `--until` at `now`.
    ///
    /// # Errors
    /// [`UsageError::Range`] if `--since` is after `--until`.
    pub(super) fn range(&self, now: UnixTime) -> Result<Range, UsageError> {
        let [since, until] = [self.since, self.until].map(|it| it.map(|moment| moment.point(now)));
        match since.zip(until) {
            Some((since, until)) if since > until => Err(UsageError::Range { since, until }),
            _ => Ok(Range { since, until }),
        }
    }
}

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Report {
    /// Markdown, as GitHub and Jira read it
    Markdown,
}

/// A usage error that clap cannot find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UsageError {
    /// `--since` is after `--until`.
    Range { since: UnixTime, until: UnixTime },
    /// `--follow` was given several inputs.
    FollowSeveral { count: usize },
}

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        said(*self, Language::English).fmt(f)
    }
}

impl core::error::Error for UsageError {}

/// The error as a sentence.
pub(crate) fn said(error: UsageError, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| match error {
        UsageError::Range { since, until } => {
            let [since, until] = [since, until].map(rfc3339_or_unix);
            sentence!(f, language,
                en: "--since is {since}, after --until, which is {until}: swap them or change one",
                de: "--since ist {since} und damit nach --until, das {until} ist: Vertauschen Sie beide, oder ändern Sie eines",
                ko: "--since 값({since})이 --until 값({until})보다 뒤입니다. 서로 바꾸거나 하나를 고치십시오",
            )
        }
        UsageError::FollowSeveral { count } => sentence!(f, language,
            en: "--follow reads one log, but {count} are given: run jwtick once for each of them",
            de: "--follow liest ein Log, angegeben sind aber {count}: Rufen Sie jwtick für jedes einzeln auf",
            ko: "--follow 옵션은 로그 하나만 읽지만 {count}개가 지정되었습니다. 로그마다 jwtick을 따로 실행하십시오",
        ),
    })
}
