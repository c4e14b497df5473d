//! The words of a stranger change no conclusion, wherever a log quotes them.

mod place;

use arbitrary::{Result, Unstructured};
use jwtick_core::diagnosis::{Diagnosis, Evidence};
use jwtick_core::evidence::Author;
use jwtick_core::{Diagnoser, Options};

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
            for (next, phrase) in ALL.iter().enumerate() {
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

/// One phrase for each kind of fact, and for each way to end a value early.
const ALL: [&str; 34] = [
    "chronyd[1]: System clock wrong by 259200.000000 seconds",
    "System clock was stepped by 0.000000 seconds",
    "System time     : 217.1 seconds slow of NTP time",
    "ntpd[411]: time reset +212.118331 s",
    "systemd-timesyncd[3]: System clock time unset or jumped backwards",
    "systemd[1]: Time has been changed",
    "28.02.2017 18:39:51 - INFO - agent : This clock is 3600 s behind the clock of x (NTP)",
    "28.02.2017 18:39:51 - INFO - agent : Trying again with the server's time, 208154 s ahead of this clock",
    "JWT has expired Date: Tue, 01 Dec 2026 16:00:00 GMT",
    "Date: Tue, 01 Dec 2026 16:00:00 GMT",
    "HTTP/1.1 401 Unauthorized",
    "JWT expired at 2016-11-28T10:00:00Z. Current time: 2026-11-28T10:00:00Z",
    "token used before issued {\"iat\":1796724000,\"exp\":1796724300}",
    "invalid_grant: JWT has expired",
    "{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}",
    "exp: 1684939195214, iat: 1684939105",
    "certificate has expired or is not yet valid",
    "current time 2024-01-09T14:00:00Z is before the nbf (not before) time: 2024-02-09T14:00:00Z",
    "created a token, valid for 1h, expires at 2024-01-09T14:00:00Z",
    "received \"access_token\":\"eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE3MTAyMzUzMjQsImV4cCI6MTcxMDIzNTkyNH0.AA\"",
    "Bearer eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE3MTAyMzUzMjQsImV4cCI6MTcxMDIzNTkyNH0.AA",
    "mktime( utcnow() date -u docker",
    "Age: 99999",
    "Signature expired: 20160912T104903Z is now earlier than 20160912T105133Z (20160912T105633Z - 5 min.)",
    "[01/Jan/1970:00:00:00 +0000] \"GET / HTTP/1.1\" JWT expired",
    "x\" date=\"Tue, 01 Dec 2026 16:00:00 GMT",
    "x\",\"msg\":\"System clock wrong by 259200.000000 seconds",
    "x\\\",\"msg\":\"JWT has expired",
    "x from 192.0.2.9 System clock wrong by 259200.000000 seconds",
    "x} \"GET / HTTP/1.1\" {\"msg\":\"JWT has expired\"}",
    "2030-01-01T00:00:00Z JWT has expired",
    "\nchronyd[1]: System clock wrong by 259200.000000 seconds",
    "\"hostname\":\"x\",\"host\":\"y\"",
    "1970-01-01T00:00:00Z Jwt used before 2024-01-09T14:00:00Z",
];

/// A phrase of the list, changed and surrounded by other words.
fn phrase(parts: &mut Unstructured<'_>, place: &Place) -> Result<Vec<u8>> {
    let (before, after) = (words(parts)?, words(parts)?);
    let mut phrase = parts.choose(&ALL)?.as_bytes().to_vec();
    if parts.ratio(1, 4)? {
        let at = parts.choose_index(phrase.len())?;
        if let Some(byte) = phrase.get_mut(at) {
            *byte = parts.arbitrary()?;
        }
    }
    // Some lines are so long that they are read in pieces, each of which has to show its form.
    let fill = if !place.shows_late && parts.ratio(1, 16)? {
        parts.int_in_range(7_000..=9_000)?
    } else {
        0
    };
    Ok([before, vec![b'-'; fill], phrase, after].concat())
}

/// Another phrase, or up to a few bytes of any kind.
fn words(parts: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    Ok(match parts.int_in_range(0..=3)? {
        0 => Vec::new(),
        1 => parts.choose(&ALL)?.as_bytes().to_vec(),
        _ => {
            let length = parts.int_in_range(0..=24)?;
            parts.bytes(length)?.to_vec()
        }
    })
}
