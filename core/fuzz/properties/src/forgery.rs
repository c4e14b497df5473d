//! The words of a stranger change no conclusion, wherever a log quotes them.

mod phrase;
mod place;

use arbitrary::{Result, Unstructured};
use jwtick_core::diagnosis::{Diagnosis, Evidence};
use jwtick_core::evidence::Author;
use jwtick_core::{Diagnoser, Options};

use self::phrase::phrase;
use self::place::{PLACES, Place};

/// Logs of every kind of conclusion, and one without any.
const LOGS: [&[u8]; 9] = [
    include_bytes!("../../../../fixtures/logs/ka-10565.log"),
    include_bytes!("../../../../fixtures/cases/001-jjwt-exp-fresh-token.log"),
    include_bytes!("../../../../fixtures/cases/008-go-oidc-nbf-minutes-ahead.log"),
    include_bytes!("../../../../fixtures/cases/010-spring-expired-after-an-hour.log"),
    include_bytes!("../../../../fixtures/cases/017-snowflake-390144.txt"),
    include_bytes!("../../../../fixtures/cases/021-vault-nbf-vault-behind.log"),
    include_bytes!("../../../../fixtures/cases/033-chrony-rtc-in-local-time.log"),
    include_bytes!("../../../../fixtures/cases/133-docusign-no-valid-keys.log"),
    b"2026-11-28T10:00:00Z all is well\n",
];

/// The input selects a log, a place where logs quote strangers, a line, and the words.
///
/// The log with these words must lead to the same conclusion as the log with harmless words of the
/// same length at the same place.
pub fn forgery(input: &[u8]) {
    let _ = compare(&mut Unstructured::new(input));
}

/// Asserts the property for every log, place and phrase, at the start, in the middle or at the end
/// of the log. Of `share` combinations, only one is tried.
pub fn every_forgery(share: usize) {
    // The others differ in their products, not in their kind.
    for (log_number, log) in LOGS.into_iter().step_by(3).enumerate() {
        for (number, place) in PLACES.iter().enumerate() {
            for (next, phrase) in phrase::ALL.iter().enumerate() {
                let line = (number + next) % 3 * lines(log) / 2;
                if (log_number + 5 * number + next).is_multiple_of(share) {
                    assert_same(log, place, phrase.as_bytes(), line);
                }
            }
        }
    }
}

fn compare(parts: &mut Unstructured<'_>) -> Result<()> {
    let (log, place) = (*parts.choose(&LOGS)?, parts.choose(&PLACES)?);
    let line = parts.choose_index(lines(log) + 1)?;
    let words = phrase(parts, place)?;
    assert_same(log, place, &words, line);
    Ok(())
}

fn assert_same(log: &[u8], place: &Place, words: &[u8], line: usize) {
    let forged = place.quote(words);
    let harmless = place.harmless(forged.len());
    let [met, expected] = [&forged, &harmless].map(|quoted| diagnose(&with(log, line, quoted)));
    let shown = String::from_utf8_lossy(&forged);
    assert_eq!(without_hearsay(&met), without_hearsay(&expected), "{shown}");
    assert_eq!(conclusion(&met), conclusion(&expected), "{shown}");
}

/// Everything of a diagnosis apart from its evidence.
fn conclusion(diagnosis: &Diagnosis) -> Diagnosis {
    Diagnosis { evidence: Default::default(), ..diagnosis.clone() }
}

/// The evidence that counts, without the text of the lines.
fn without_hearsay(diagnosis: &Diagnosis) -> Vec<Evidence> {
    let evidence = diagnosis.evidence.iter().filter(|it| it.by != Author::Stranger);
    evidence.map(|it| Evidence { text: Default::default(), ..it.clone() }).collect()
}

fn lines(log: &[u8]) -> usize {
    log.split_inclusive(|&byte| byte == b'\n').count()
}

/// The log with `quoted` as its line number `line`, counted from 0.
fn with(log: &[u8], line: usize, quoted: &[u8]) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = log.split_inclusive(|&byte| byte == b'\n').collect();
    let is_last = line >= lines.len() && !log.ends_with(b"\n");
    let quoted = if is_last { [b"\n", quoted].concat() } else { quoted.to_vec() };
    lines.insert(line.min(lines.len()), &quoted);
    lines.concat()
}

fn diagnose(text: &[u8]) -> Diagnosis {
    let mut diagnoser = Diagnoser::new(Options::default());
    diagnoser.feed(text);
    diagnoser.finish()
}
