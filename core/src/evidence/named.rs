//! The times of a message by their names.

use super::captures::Captures;
use super::catalogue::Says;
use super::find;
use super::judgement::{Finding, Found};
use super::mention::Times;
use super::moment::Moment;
use super::template::instant;

/// Returns those of `times` that have a label, that are compared with one that has, or that follow the words
/// at `at`. An instant before these words may be the stamp of the record.
pub(crate) fn read(times: &Times<'_>, says: Says, at: usize) -> Captures {
    if times.mentions().is_empty() {
        return Captures::NONE;
    }
    let (text, mut mentions) = (times.text(), times.mentions().clone());
    let finding = match says {
        Says::NotYet | Says::CertificateNotYet => Finding::NotYet,
        Says::Expired | Says::CertificateEnded => Finding::Ended,
        _ => Finding::Skewed,
    };
    let is_parted = mentions.part(at);
    mentions.relate(finding, 0, false);
    if is_parted {
        mentions.judge(finding, at);
    }
    let plain_now = mentions.plain_now(text);
    let captures = Captures { plain_now, ..mentions.labelled() };
    // `ValidTo (UTC): '3/14/2024 1:22:41 PM'` states the zone next to the label.
    if find::contains(text, b"(UTC)") { captures.in_utc() } else { captures }
}

/// Returns the clock of a verifier that prints it as a member of an error: `now: 1700000000,`.
pub(crate) fn member(text: &[u8]) -> Option<Moment> {
    let value = text.trim_ascii().strip_prefix(b"now: ")?;
    let (moment, len) = instant(value)?;
    let rest = value.get(len..)?;
    matches!(rest, [] | [b',', ..]).then_some(moment)
}

/// Returns `true` if the line of `times` states those of a request and of its judge in different units.
pub(crate) fn mixes_units(times: &Times<'_>) -> bool {
    times.mentions().mixes_units()
}

/// Returns the times of an exchange that members and headers name.
pub(crate) fn named(times: &Times<'_>) -> Captures {
    let Captures { server, signed, sent, .. } = times.mentions().labelled();
    Captures { server, signed, sent, ..Captures::default() }
}

/// Returns the time that the line shows on a clock that was never set.
pub(crate) fn unset_clock(times: &Times<'_>, found: &Found) -> Option<Moment> {
    let mut places = found.iter().filter(|place| place.stem.finding == Finding::Epoch);
    places.find_map(|place| times.mentions().clock(times.text(), place.at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_products_without_catalogue_row() {
        type Row = (&'static str, fn(&Captures) -> bool);
        const ROWS: &[Row] = &[
            ("rejected: exp 1700000000, current time 1700003600", |c| {
                c.exp.is_some() && c.now.is_some()
            }),
            ("token expired (exp=1700000000 now=1700003600)", |c| {
                c.exp.is_some() && c.now.is_some()
            }),
            ("NotOnOrAfter=\"2024-03-05T10:11:12Z\"", |c| c.exp.is_some()),
            ("server time is 2024-03-05T10:11:12Z", |c| c.server.is_some()),
            ("issued at: 1700000000", |c| c.iat.is_some()),
            ("not before (UTC): 2024-03-05 10:11:12", |c| c.nbf.is_some()),
            ("expected 1700000000 knowing 1700000000", |c| *c == Captures::default()),
        ];
        for &(text, holds) in ROWS {
            assert!(holds(&read(&Times::of(text.as_bytes()), Says::Expired, 0)), "{text}");
        }
    }
}
