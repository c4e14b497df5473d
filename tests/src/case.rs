//! A text with a failed call, and the truth about it: one line of a `manifest.ndjson`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Error};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Deserialize;

use crate::command::jwtick;
use crate::outcome::Outcome;
use crate::shared_cases;

/// An interval of seconds; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub least: Option<f64>,
    /// The upper end.
    pub most: Option<f64>,
}

impl Interval {
    /// Returns true if `seconds` lies inside, with `tolerance` at either end.
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "the manifest gives fractions of a second")]
    pub fn contains(self, seconds: f64, tolerance: f64) -> bool {
        self.least.is_none_or(|least| least - tolerance <= seconds)
            && self.most.is_none_or(|most| seconds <= most + tolerance)
    }

    /// Returns true if some value lies in both.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        let below = |least: Option<f64>, most: Option<f64>| {
            least.zip(most).is_none_or(|(least, most)| least <= most)
        };
        below(self.least, other.most) && below(other.least, self.most)
    }

    /// Returns true if an end is open.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.least.is_none() || self.most.is_none()
    }

    /// True if it claims to know the value exactly.
    #[must_use]
    pub fn is_point(self) -> bool {
        !self.is_open() && self.least == self.most
    }
}

/// The truth about one text. Signs are as in RFC 5905: positive means that the local clock is behind.
#[derive(Debug, Clone, Deserialize)]
pub struct Case {
    /// Name in tables.
    pub id: String,
    /// File name of the text, next to the manifest.
    pub file: PathBuf,
    /// Reason why the call was refused.
    pub cause: String,
    /// True if a clock was wrong; `None` if the text cannot decide.
    pub clock_fault: Option<bool>,
    /// Reference minus local time in seconds.
    pub offset_true: Option<f64>,
    /// Tolerance for a stated interval.
    pub offset_tol: Option<f64>,
    /// Bounds that the text permits.
    pub offset_bound: Option<Interval>,
    /// `behind`, `ahead` or `None`.
    pub direction: Option<String>,
    /// Other causes that count as right.
    #[serde(default)]
    pub also: Vec<String>,
    /// Reason why the cause is known to be missed; a case that has a reason and passes is an error.
    #[serde(default)]
    pub known_miss: Option<String>,
}

impl Case {
    /// Asks `complaint` about the file of every case in `folder`, and returns how many there are.
    ///
    /// # Errors
    ///
    /// Returns the error of reading the manifest, or the complaints.
    pub fn check_all(
        folder: &Path,
        complaint: impl Fn(&Path) -> Option<String>,
    ) -> Result<usize, String> {
        let cases = Self::load(folder).map_err(|error| error.to_string())?;
        let files = cases.iter().map(|case| folder.join(&case.file));
        let complaints: Vec<_> = files
            .filter_map(|file| Some(format!("{}: {}", file.display(), complaint(&file)?)))
            .collect();
        if complaints.is_empty() { Ok(cases.len()) } else { Err(complaints.join("\n")) }
    }

    /// Does the same for the cases next to the project, if there are any.
    ///
    /// # Errors
    ///
    /// As [`check_all`](Self::check_all).
    pub fn check_shared(complaint: impl Fn(&Path) -> Option<String>) -> Result<(), String> {
        let Some(folder) = shared_cases() else {
            println!("no ../shared beside the project: nothing to do");
            return Ok(());
        };
        Self::check_all(&folder, &complaint)?;
        let more = folder.with_file_name("cases2");
        if more.is_dir() {
            Self::check_all(&more, &complaint)?;
        }
        Ok(())
    }

    /// Returns every case of the manifest in `folder`.
    ///
    /// # Errors
    ///
    /// Returns the error of reading the manifest, or the line that is not a case.
    pub fn load(folder: &Path) -> io::Result<Vec<Self>> {
        let manifest = folder.join("manifest.ndjson");
        let text = fs::read_to_string(&manifest)
            .map_err(|error| Error::other(format!("{}: {error}", manifest.display())))?;
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines.map(|(index, line)| parse(line, index.saturating_add(1))).collect()
    }

    /// Returns true if `cause` means a clock fault; `None` if that cause is wrong here.
    #[must_use]
    pub fn fault_for(&self, cause: &str) -> Option<Option<bool>> {
        if cause == self.cause {
            return Some(self.clock_fault);
        }
        self.also.iter().find(|also| *also == cause).map(|_| match cause {
            "local-clock" | "clock-unset" | "remote-clock" | "peer-clocks" => Some(true),
            "undetermined" => None,
            // A zone is a fault of the clock's settings or of code: as in the case's own cause.
            "time-zone" => self.clock_fault,
            _ => Some(false),
        })
    }
}

/// The answers that were given, by the file and the options.
type Answers = BTreeMap<(PathBuf, Vec<String>), Arc<OnceLock<Outcome>>>;

/// Returns what `jwtick diagnose` with `options` answers about `file`. Several tests ask something about
/// the same answer: the program runs once for all.
#[must_use]
#[track_caller]
pub fn diagnosed(file: &Path, options: &[&str]) -> Outcome {
    static ANSWERS: Mutex<Answers> = Mutex::new(BTreeMap::new());
    let key = (file.to_owned(), options.iter().map(|&option| option.to_owned()).collect());
    let answer = {
        let mut answers = ANSWERS.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(answers.entry(key).or_default())
    };
    let words = ["diagnose".as_ref(), file.as_os_str()];
    let options = options.iter().map(AsRef::as_ref);
    answer.get_or_init(|| jwtick(words.into_iter().chain(options)).run()).clone()
}

fn parse(line: &str, number: usize) -> io::Result<Case> {
    serde_json::from_str(line)
        .map_err(|error| Error::other(format!("line {number} of the manifest: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Ends = [Option<f64>; 2];

    const MEETINGS: &[(&str, Ends, Ends, bool)] = &[
        ("overlap", [Some(1.0), Some(3.0)], [Some(2.0), Some(4.0)], true),
        ("touch", [Some(1.0), Some(2.0)], [Some(2.0), Some(4.0)], true),
        ("apart", [Some(1.0), Some(2.0)], [Some(3.0), Some(4.0)], false),
        ("open end reaches", [Some(1.0), None], [Some(3.0), Some(4.0)], true),
        ("open end turned away", [None, Some(2.0)], [Some(3.0), None], false),
    ];

    #[test]
    fn meets_where_a_value_lies_in_both() {
        for &(name, [least, most], [other_least, other_most], meets) in MEETINGS {
            let (one, other) =
                (Interval { least, most }, Interval { least: other_least, most: other_most });
            assert_eq!(one.meets(other), meets, "{name}");
            assert_eq!(other.meets(one), meets, "{name}, turned round");
        }
    }
}
