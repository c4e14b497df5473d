//! Combinations of options of `jwtick diagnose` that have no meaning.

use core::fmt;

use jwtick_core::UnixTime;
use jwtick_core::words::{Language, Said, sentence};

use crate::notation::civil;

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
            let [since, until] = [since, until].map(shown);
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

fn shown(at: UnixTime) -> String {
    civil::rfc3339(at).unwrap_or_else(|| at.floor_secs().to_string())
}
