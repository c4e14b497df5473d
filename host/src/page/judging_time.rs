//! The clock that a token was judged by: a line of text, a member of JSON.

use core::fmt;

use jwtick_core::words::{self, Language, Said, sentence, word};
use jwtick_core::{TimeBounds, UnixTime};
use serde::Serialize;

use super::json::{self, Interval};
use super::source;
use crate::measurement::{Answer, Standing};
use crate::notation::civil;
use crate::output::safe;
use crate::source::Note;
use crate::verification::{Basis, Measured, middle};

/// The clock that a token was judged by, as `fixtures/schema` describes it.
#[derive(Debug, Serialize)]
pub(crate) struct JudgingTimeJson {
    kind: &'static str,
    sources: Vec<SourceJson>,
    offset_s: Option<Interval>,
    rests_on: Option<usize>,
    authenticated: Option<bool>,
    utc: UtcJson,
}

#[derive(Debug, Serialize)]
struct SourceJson {
    name: String,
    offset_s: Option<Interval>,
    agrees: Option<bool>,
    same_host_as: Option<String>,
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct UtcJson {
    earliest: Option<String>,
    latest: Option<String>,
}

/// The member `clock`.
pub(crate) fn json(basis: &Basis, utc: TimeBounds) -> JudgingTimeJson {
    let (kind, measured) = match basis {
        Basis::Given(_) => ("given", None),
        Basis::Believed { .. } => ("os", None),
        Basis::Measured { measured, .. } => ("measured", Some(measured)),
        Basis::Contradicted(measured) => ("contradicted", Some(measured)),
    };
    JudgingTimeJson {
        kind,
        sources: measured.map_or_else(Vec::new, sources),
        offset_s: measured.and_then(Measured::offset).map(json::interval),
        rests_on: measured.map(|it| it.survey.rests_on()),
        authenticated: measured.map(Measured::is_authenticated),
        utc: UtcJson {
            earliest: civil::rfc3339(utc.earliest()),
            latest: civil::rfc3339(utc.latest()),
        },
    }
}

fn sources(measured: &Measured) -> Vec<SourceJson> {
    let source = |standing: &Standing<'_>| SourceJson {
        name: standing.answer.name.clone(),
        offset_s: standing.answer.offset().map(json::interval),
        agrees: standing.agrees,
        same_host_as: standing.same_host.as_ref().map(|same| same.name.clone()),
        error: standing.answer.found.as_ref().err().map(ToString::to_string),
    };
    standings(measured).iter().map(source).collect()
}

fn standings(measured: &Measured) -> Vec<Standing<'_>> {
    measured.measurement.standings(measured.survey)
}

/// The lines about the clock, the first with a title and the others below it.
pub(crate) fn lines(basis: &Basis, utc: TimeBounds, language: Language) -> String {
    let said = match basis {
        Basis::Given(_) => format!(
            "{} {}",
            word!(language, en: "given,", de: "angegeben,", ko: "지정됨,"),
            shown(utc)
        ),
        Basis::Believed { .. } => believed(utc, language),
        Basis::Measured { measured, .. } => by_measurement(measured, language),
        Basis::Contradicted(_) => word!(language,
            en: "the clocks contradict each other, so only the age of this program is certain",
            de: "Die Uhren widersprechen einander, sicher ist nur das Alter dieses Programms",
            ko: "시계들이 서로 모순되므로 이 프로그램이 만들어진 시점 이후라는 것만 확실합니다",
        )
        .to_owned(),
    };
    let mut text = format!("  {}: {said}\n", word!(language, en: "Clock", de: "Uhr", ko: "시계"));
    if let Basis::Measured { measured, .. } | Basis::Contradicted(measured) = basis {
        for line in odd(measured, language) {
            text += &format!("    {line}\n");
        }
    }
    if let Some(said) = one_word(basis, language) {
        text += &format!("    {said}\n");
    }
    text
}

/// A sentence if a single host decided that proved no identity.
fn one_word(basis: &Basis, language: Language) -> Option<&'static str> {
    let Basis::Measured { measured, .. } = basis else { return None };
    measured.rests_on_one_word().then_some(word!(language,
        en: "Only one host decided, and nothing proves its identity: name another source with --clock, or an https URL.",
        de: "Nur ein Host hat entschieden, und nichts weist seine Identität nach: Nennen Sie mit --clock eine weitere Quelle oder eine https-URL.",
        ko: "호스트 하나만으로 결정했으며 그 신원이 증명되지 않았습니다. --clock 옵션으로 다른 소스나 https URL을 지정하십시오.",
    ))
}

/// The sources to list one by one: all in a contradiction, else those that did not contribute, or
/// that are the same host as another.
fn odd(measured: &Measured, language: Language) -> Vec<String> {
    let lines = |standing: Standing<'_>| {
        let answer = standing.answer;
        let said = (standing.agrees != Some(true)).then(|| said_by(answer, language));
        let same = standing.same_host.map(|same| {
            let note = source::note(&Note::SameHost(same), language);
            safe::line(&format!("{}: {note}", answer.name))
        });
        said.into_iter().chain(same)
    };
    standings(measured).into_iter().flat_map(lines).collect()
}

/// `ntp:a.example: +3,600.1 … +3,600.2 s`, or the reason why it has no offset.
pub(crate) fn said_by(answer: &Answer, language: Language) -> String {
    let name = safe::line(&answer.name);
    match &answer.found {
        Ok(found) => format!("{name}: {}", words::interval(found.offset, language)),
        Err(error) => format!("{name}: {}", safe::line(&source::error(error, language))),
    }
}

fn believed(utc: TimeBounds, language: Language) -> String {
    let shown = shown(utc);
    let said = Said(|f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "this host's, {shown} (use --clock to ask another)",
            de: "die dieses Hosts, {shown} (eine andere mit --clock)",
            ko: "이 호스트의 시계, {shown}(다른 시계는 --clock으로 지정)",
        )
    });
    said.to_string()
}

fn by_measurement(measured: &Measured, language: Language) -> String {
    let agreeing = standings(measured);
    let agreeing = agreeing.iter().filter(|it| it.agrees == Some(true) && it.same_host.is_none());
    let names: Vec<String> = agreeing.map(|it| safe::line(&it.answer.name)).collect();
    let names = names.join(", ");
    let offset = measured.offset().unwrap_or(jwtick_core::time::Offset::UNKNOWN);
    let offset = words::offset(offset, language);
    let said = Said(|f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "measured by {names}; this host's is {offset}",
            de: "gemessen mit {names}; die dieses Hosts geht {offset}",
            ko: "측정 기준 {names}. 이 호스트의 시계: {offset}",
        )
    });
    said.to_string()
}

/// The middle of closed bounds, the lower end of open ones.
fn shown(utc: TimeBounds) -> String {
    let at = |at: UnixTime| {
        let whole = UnixTime::from_secs(at.floor_secs());
        civil::utc(whole).unwrap_or_else(|| format!("{} s", at.floor_secs()))
    };
    if utc.is_open() { format!("≥ {}", at(utc.earliest())) } else { at(middle(utc)) }
}

/// A sentence on the clock that a token was made by.
pub(crate) fn minted(basis: &Basis, now: UnixTime, language: Language) -> String {
    let lines = lines(basis, TimeBounds::exactly(now), language);
    let lines = lines.trim();
    let now = civil::utc(now).unwrap_or_default();
    let said = Said(|f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "the token is made at {now}. {lines}",
            de: "Das Token entsteht um {now}. {lines}",
            ko: "토큰 발급 시각: {now}. {lines}",
        )
    });
    said.to_string()
}

/// A sentence for a clock of this host that was never set.
pub(crate) fn unset(reading: UnixTime, language: Language) -> String {
    let shown = civil::utc(UnixTime::from_secs(reading.floor_secs()));
    let shown = shown.unwrap_or_else(|| format!("{} s", reading.floor_secs()));
    let said = Said(|f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "the clock reads {shown}, which is before this program was written: UTC is only known to be at or after 2026-01-01. Set the clock, or name another one with --clock",
            de: "Die Uhr zeigt {shown}, das ist vor der Entstehung dieses Programms: Von UTC ist nur bekannt, dass es nicht vor 2026-01-01 liegt. Stellen Sie die Uhr, oder nennen Sie mit --clock eine andere",
            ko: "시계가 이 프로그램이 만들어지기 전의 시각({shown})을 가리킵니다. UTC는 2026-01-01 이후라는 것만 알 수 있습니다. 시계를 맞추거나 --clock 옵션으로 다른 시계를 지정하십시오",
        )
    });
    said.to_string()
}
