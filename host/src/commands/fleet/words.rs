//! The words of the fleet report.

use core::fmt;

use jwtick_core::UnixTime;
use jwtick_core::diagnosis::ClockFault;
use jwtick_core::time::{Offset, Rate};
use jwtick_core::words::{self, Language, Said, sentence, word};

use super::ranking::{Bin, Group, Ranked, Ranking, Shared, Standing};
use crate::fleet::Since;
use crate::notation::civil::rfc3339_or_unix;

/// The totals.
pub(super) fn headline(ranking: &Ranking<'_>, language: Language) -> String {
    let [wrong, corrected, open, right] = Standing::ALL.map(|it| ranking.count(it));
    let (hosts, refusals) = (ranking.hosts.len(), ranking.refusals());
    say(move |f| {
        sentence!(f, language,
            en: "Hosts: {hosts}. Clock wrong: {wrong}, wrong but corrected since: {corrected}, undetermined: {open}, right: {right}. Refused requests: {refusals}.",
            de: "Hosts: {hosts}. Uhr falsch: {wrong}, inzwischen wieder richtig: {corrected}, nicht feststellbar: {open}, richtig: {right}. Abgelehnte Anfragen: {refusals}.",
            ko: "호스트 {hosts}대: 시계 오류 {wrong}대, 오류 후 바로잡힘 {corrected}대, 판단 불가 {open}대, 정상 {right}대. 거부된 요청 {refusals}건.",
        )
    })
}

/// The time that the logs cover.
pub(super) fn covered((first, last): (UnixTime, UnixTime), language: Language) -> String {
    let [first, last] = [first, last].map(rfc3339_or_unix);
    say(move |f| {
        sentence!(f, language,
            en: "The logs are from {first} to {last}.",
            de: "Die Logs reichen von {first} bis {last}.",
            ko: "로그 기간: {first} ~ {last}.",
        )
    })
}

/// What the hosts of a group share, and what that suggests.
pub(super) fn shared(group: &Group<'_>, language: Language) -> String {
    let count = group.hosts.len();
    let offset = |offset: Offset| words::offset(offset, language).to_string();
    match group.shared {
        Shared::Zone => say(move |f| {
            sentence!(f, language,
                en: "{count} hosts have a wrong time zone: look for one setting or image that they share.",
                de: "{count} Hosts haben eine falsche Zeitzone: Suchen Sie eine Einstellung oder ein Image, das sie gemeinsam haben.",
                ko: "호스트 {count}대의 시간대가 잘못되었습니다. 공통된 설정이나 이미지를 찾으십시오.",
            )
        }),
        Shared::Moment { offset: it, by } => {
            let (offset, by) = (offset(it), rfc3339_or_unix(by));
            say(move |f| {
                sentence!(f, language,
                    en: "{count} clocks went wrong together, by {by}, and have the same offset ({offset}): look for a hypervisor that was paused, or for a change at that time.",
                    de: "{count} Uhren gehen seit spätestens {by} gemeinsam falsch und haben denselben Versatz ({offset}): Suchen Sie einen Hypervisor, der angehalten war, oder eine Änderung zu dieser Zeit.",
                    ko: "시계 {count}개가 늦어도 {by}부터 함께 어긋났고 오프셋이 같습니다({offset}). 일시 중지되었던 하이퍼바이저나 그 시점의 변경을 찾으십시오.",
                )
            })
        }
        Shared::Source { offset: it } => {
            let offset = offset(it);
            say(move |f| {
                sentence!(f, language,
                    en: "{count} clocks have the same offset ({offset}): look for a time source, a hypervisor or an image that they share.",
                    de: "{count} Uhren haben denselben Versatz ({offset}): Suchen Sie eine Zeitquelle, einen Hypervisor oder ein Image, das sie gemeinsam haben.",
                    ko: "시계 {count}개의 오프셋이 같습니다({offset}). 공통된 시간 소스, 하이퍼바이저 또는 이미지를 찾으십시오.",
                )
            })
        }
        Shared::Server { offset: it, server } => of_server(count, &offset(it), server, language),
    }
}

fn of_server(count: usize, offset: &str, server: &str, language: Language) -> String {
    say(move |f| {
        sentence!(f, language,
            en: "All {count} hosts that were refused by {server} have the same offset from it ({offset}), so its clock may be the one that is wrong: measure it with `jwtick clock --http https://{server}/ --ntp SERVER`.",
            de: "Alle {count} Hosts, die {server} abgelehnt hat, haben denselben Versatz zu ihm ({offset}); falsch kann also auch seine Uhr sein: Messen Sie sie mit `jwtick clock --http https://{server}/ --ntp SERVER`.",
            ko: "{server} 서버가 거부한 호스트 {count}대 모두 이 서버와의 오프셋이 같으므로({offset}) 서버 시계가 틀렸을 수 있습니다. `jwtick clock --http https://{server}/ --ntp SERVER` 명령으로 측정하십시오.",
        )
    })
}

fn say(write: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result) -> String {
    Said(write).to_string()
}

/// The parts of the report.
#[derive(Debug, Clone, Copy)]
pub(super) enum Title {
    Fleet,
    Offsets,
    Hosts,
    Shared,
    Remedies,
}

pub(super) const fn title(title: Title, language: Language) -> &'static str {
    match title {
        Title::Fleet => {
            word!(language, en: "Clocks of the fleet", de: "Uhren der Flotte", ko: "전체 호스트의 시계")
        }
        Title::Offsets => word!(language, en: "Offsets", de: "Versatz", ko: "오프셋"),
        Title::Hosts => {
            word!(language, en: "Hosts, the most harmed first", de: "Hosts, die mit dem größten Schaden zuerst", ko: "호스트(피해가 큰 순)")
        }
        Title::Shared => {
            word!(language, en: "Shared causes", de: "Gemeinsame Ursachen", ko: "공통 원인")
        }
        Title::Remedies => word!(language, en: "What to do", de: "Was zu tun ist", ko: "조치"),
    }
}

/// The headings of the table of hosts.
pub(super) const fn columns(language: Language) -> [&'static str; 7] {
    [
        word!(language, en: "host", de: "Host", ko: "호스트"),
        word!(language, en: "refused", de: "abgelehnt", ko: "거부"),
        word!(language, en: "cause", de: "Ursache", ko: "원인"),
        word!(language, en: "certainty", de: "Gewissheit", ko: "확실성"),
        word!(language, en: "clock", de: "Uhr", ko: "시계"),
        word!(language, en: "loses (ppm)", de: "verliert (ppm)", ko: "느려짐(ppm)"),
        word!(language, en: "wrong since", de: "falsch seit", ko: "오류 시작"),
    ]
}

/// The cells of a host.
pub(super) fn cells(host: &Ranked<'_>, language: Language) -> [String; 7] {
    let verdict = &host.verdict;
    let clock = host.offset().map(|it| words::offset(it, language).to_string());
    let clock = match (clock, verdict.offset_if_utc) {
        (Some(clock), Some(_)) => {
            let condition = word!(language, en: "if UTC", de: "wenn UTC", ko: "UTC라면");
            format!("{clock} ({condition})")
        }
        (clock, _) => clock.unwrap_or_default(),
    };
    let since = verdict.since.filter(|_| verdict.fault != ClockFault::Cleared);
    let cells = [
        host.name.to_owned(),
        verdict.refusals.to_string(),
        words::cause(verdict.cause, language).to_string(),
        words::certainty(verdict.certainty, language).to_string(),
        clock,
        verdict.rate.map(drift).unwrap_or_default(),
        since.map(|since| self::since(since, verdict.until, language)).unwrap_or_default(),
    ];
    cells.map(|cell| if cell.is_empty() { "-".to_owned() } else { cell })
}

/// The rate in whole parts per million, or the interval that holds it.
fn drift(rate: Rate) -> String {
    let (least, most) = (rate.least_ppb().div_euclid(1_000), -(-rate.most_ppb()).div_euclid(1_000));
    if least == most { least.to_string() } else { format!("{least}…{most}") }
}

fn since(since: Since, until: Option<UnixTime>, language: Language) -> String {
    let by = rfc3339_or_unix(since.by);
    // Before the log starts, the clock may have been wrong for long.
    let from = if since.after.is_some() { by } else { format!("≤ {by}") };
    match until.map(rfc3339_or_unix) {
        Some(until) => {
            let to = word!(language, en: "until", de: "bis", ko: "~");
            format!("{from} {to} {until}")
        }
        None => from,
    }
}

/// The label of a bin.
pub(super) fn bin(bin: &Bin, language: Language) -> String {
    let behind = word!(language, en: "behind", de: "nach", ko: "느림");
    let ahead = word!(language, en: "ahead", de: "vor", ko: "빠름");
    let length = |secs: i64| short(secs.abs());
    match bin.ends {
        (Some(least), Some(most)) if least < 0 && most > 0 => {
            let right = word!(language, en: "right", de: "richtig", ko: "정상");
            format!("{right} (± {})", length(most))
        }
        (Some(least), Some(most)) if least > 0 => {
            format!("{}–{} {behind}", length(least), length(most))
        }
        (Some(least), Some(most)) => format!("{}–{} {ahead}", length(most), length(least)),
        (Some(least), None) => format!("> {} {behind}", length(least)),
        (None, Some(most)) => format!("> {} {ahead}", length(most)),
        (None, None) => String::new(),
    }
}

fn short(secs: i64) -> String {
    match secs {
        86_400.. => format!("{} d", secs / 86_400),
        3_600.. => format!("{} h", secs / 3_600),
        60.. => format!("{} min", secs / 60),
        _ => format!("{secs} s"),
    }
}

/// The label of hosts whose offset is not known.
pub(super) const fn unknown(language: Language) -> &'static str {
    word!(language, en: "unknown", de: "unbekannt", ko: "알 수 없음")
}

/// How many hosts are not listed.
pub(super) fn more(count: usize, language: Language) -> String {
    say(move |f| {
        sentence!(f, language,
            en: "Hosts not listed: {count} (`--limit N` lists more of them, `--json` all)",
            de: "Nicht aufgeführte Hosts: {count} (`--limit N` zeigt mehr von ihnen, `--json` alle)",
            ko: "표시하지 않은 호스트: {count}대(`--limit N` 옵션으로 더 많이, `--json` 옵션으로 모두 표시)",
        )
    })
}

/// The names of hosts, of which the first few are listed.
pub(super) fn names(hosts: &[&str]) -> String {
    const FEW: usize = 8;
    let listed = hosts.iter().take(FEW).copied().collect::<Vec<_>>().join(", ");
    match hosts.len().checked_sub(FEW) {
        Some(left @ 1..) => format!("{listed} … (+{left})"),
        _ => listed,
    }
}

/// The right ends of bars.
pub(super) fn length(hosts: usize, most: usize, width: usize) -> usize {
    let scaled = hosts.saturating_mul(width).checked_div(most).unwrap_or_default();
    scaled.max(usize::from(hosts > 0))
}
