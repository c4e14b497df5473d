//! The answer without servers: what this host itself shows about its clock, and what that proves.

use jwtick_core::survey::ClockVerdict;
use jwtick_core::words::{self, Heading, Language};
use jwtick_core::words::{sentences, word};
use jwtick_core::{Span, UnixTime};

use crate::commands::clock::plan::{Basis, Surveyed};
use crate::measurement::Answer;
use crate::notation::civil;
use crate::output::{Text, safe};
use crate::page::layout::{Page, padded, remedies, section, widest};
use crate::page::paragraph::paragraph;
use crate::page::{machine, source};
use crate::source::daemon::Place;
use crate::source::os::{self, Facts};

/// The answer as text.
pub(super) fn text(surveyed: &Surveyed, facts: &Facts, page: &Page) -> Text {
    let language = page.language;
    let list = |texts: Vec<String>| -> String {
        texts.iter().map(|text| paragraph("  ", text, page.wrap)).collect()
    };
    let mut text = Text::from(paragraph("", &summary(surveyed, language), page.wrap));
    text += &section(Heading::Host, rows(surveyed, facts, page), language);
    text += &section(Heading::Worth, list(worth(surveyed, facts, language)), language);
    let todo = surveyed.remedies();
    if !todo.is_empty() {
        text += &section(Heading::Remedies, remedies(&todo, "", page), language);
    }
    text += &section(Heading::Decider, list(vec![decider(language).to_owned()]), language);
    text
}

/// The verdict in a sentence, and that no server was asked.
pub(super) fn summary(surveyed: &Surveyed, language: Language) -> String {
    let daemon = surveyed.measurement.answers.first().map_or("os", |answer| &answer.name);
    let verdict = surveyed.survey.verdict();
    let said = match (surveyed.unset(), surveyed.survey.offset()) {
        (Some(reading), _) => words::never_set(reading, language).to_string(),
        (None, Some(offset)) => {
            let offset = words::offset(offset, language).to_string();
            let allowed = words::limits(surveyed.survey.allowed(), language).to_string();
            reported((verdict, &safe::line(daemon), &offset, &allowed), language).to_string()
        }
        (None, None) => nothing(language).to_owned(),
    };
    format!("{said} {}", unasked(language))
}

sentences! {
    fn reported(report: (ClockVerdict, &str, &str, &str), language, f) {
        (ClockVerdict::Right, daemon, offset, allowed) => [
            en: "{daemon} reports that this clock is right: it is {offset}; {allowed}.",
            de: "{daemon} meldet, dass diese Uhr richtig geht: Sie geht {offset}; {allowed}.",
            ko: "{daemon} 보고로는 이 시계가 정확합니다. 차이 {offset}, {allowed}.",
        ]
        (ClockVerdict::Wrong(_), daemon, offset, allowed) => [
            en: "{daemon} reports that this clock is wrong: it is {offset}; {allowed}.",
            de: "{daemon} meldet, dass diese Uhr falsch geht: Sie geht {offset}; {allowed}.",
            ko: "{daemon} 보고로는 이 시계가 틀립니다. 차이 {offset}, {allowed}.",
        ]
        (ClockVerdict::Undecided(_), daemon, offset, allowed) => [
            en: "Undecided: {daemon} reports that this clock is {offset}, and {allowed}.",
            de: "Nicht feststellbar, ob diese Uhr richtig geht: {daemon} meldet, sie gehe {offset}; {allowed}.",
            ko: "이 시계가 정확한지 판단할 수 없습니다. {daemon} 보고로는 차이 {offset}, {allowed}.",
        ]
    }
}

const fn nothing(language: Language) -> &'static str {
    word!(language,
        en: "Undecided: nothing on this host shows how far its clock is off.",
        de: "Nicht feststellbar, ob diese Uhr richtig geht: Auf diesem Host zeigt nichts ihre Abweichung.",
        ko: "이 시계가 정확한지 판단할 수 없습니다. 이 호스트에는 시계의 오차를 알려 주는 정보가 없습니다.",
    )
}

const fn unasked(language: Language) -> &'static str {
    word!(language,
        en: "No server was asked.",
        de: "Es wurde kein Server gefragt.",
        ko: "서버에는 질의하지 않았습니다.",
    )
}

const fn decider(language: Language) -> &'static str {
    word!(language,
        en: "`jwtick clock --ntp pool.ntp.org` measures this clock. Any NTP server that you trust will do, such as one of your own network.",
        de: "`jwtick clock --ntp pool.ntp.org` misst diese Uhr. Geeignet ist jeder NTP-Server, dem Sie vertrauen, etwa einer im eigenen Netz.",
        ko: "`jwtick clock --ntp pool.ntp.org` 명령으로 이 시계를 측정할 수 있습니다. 내부망의 서버 등 신뢰하는 NTP 서버라면 무엇이든 됩니다.",
    )
}

/// One fact per line, each after its name.
fn rows(surveyed: &Surveyed, facts: &Facts, page: &Page) -> String {
    let language = page.language;
    let reading = surveyed.measurement.reading();
    let reading = UnixTime::from_secs(reading.floor_secs());
    let clock = civil::at_offset(reading, facts.zone.offset).unwrap_or_default();
    let rows = [
        (word!(language, en: "clock", de: "Uhr", ko: "시계"), clock),
        (
            word!(language, en: "time service", de: "Zeitdienst", ko: "시간 서비스"),
            surveyed.measurement.answers.first().map(|it| daemon(it, language)).unwrap_or_default(),
        ),
        (
            word!(language, en: "kernel", de: "Kernel", ko: "커널"),
            machine::kernel(facts.kernel, language),
        ),
        (
            word!(language, en: "hardware clock", de: "Hardware-Uhr", ko: "하드웨어 시계"),
            machine::hardware(facts.hardware, language),
        ),
        (
            word!(language, en: "time zone", de: "Zeitzone", ko: "시간대"),
            machine::zone(&facts.zone),
        ),
        (
            word!(language, en: "uptime", de: "Laufzeit", ko: "가동 시간"),
            machine::uptime(facts.uptime, facts.suspended, language),
        ),
        (
            word!(language, en: "environment", de: "Umgebung", ko: "환경"),
            machine::environment(facts, language),
        ),
    ];
    let names = widest(&rows.each_ref().map(|(name, _)| (*name).to_owned()));
    let row = |(name, fact): &(&str, String)| {
        paragraph(&format!("  {}  ", padded(name, names)), &safe::line(fact), page.wrap)
    };
    rows.iter().map(row).collect()
}

fn daemon(answer: &Answer, language: Language) -> String {
    match &answer.found {
        Ok(found) => {
            let offset = words::offset(found.offset, language);
            format!("{}: {offset}", answer.name)
        }
        Err(error) => source::error(error, language),
    }
}

/// What the facts prove, and what they leave open.
fn worth(surveyed: &Surveyed, facts: &Facts, language: Language) -> Vec<String> {
    let least = surveyed.survey.offset().map_or(Span::ZERO, |offset| offset.least());
    let mut list = vec![basis((surveyed.basis(), least), language).to_string()];
    let told = facts.kernel.is_some_and(|kernel| kernel.synchronized);
    if told && surveyed.basis() == Basis::Nothing {
        list.push(told_kernel(language).to_owned());
    }
    if facts.place == Place::Container {
        list.push(container(language).to_owned());
    } else if facts.hypervisor.is_some() {
        list.push(virtual_machine(language).to_owned());
    }
    let answers = surveyed.measurement.answers.iter();
    list.extend(
        answers.flat_map(Answer::notes).map(|note| sentence_of(&source::note(note, language))),
    );
    list
}

/// A note as a sentence of its own.
fn sentence_of(note: &str) -> String {
    let mut rest = note.chars();
    rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).chain(['.']).collect()
}

sentences! {
    fn basis(basis: (Basis, Span), language, f) {
        (Basis::Proof, least) => {
            let least = words::rounded(least, language);
            let written = civil::utc(os::proved().earliest()).unwrap_or_default();
            words::sentence!(f, language,
                en: "Proven: this program was written after {written}, so the clock is at least {least} behind. The rest only a server can show.",
                de: "Bewiesen: Dieses Programm entstand nach {written}, also geht die Uhr mindestens {least} nach. Den Rest kann nur ein Server zeigen.",
                ko: "증명됨: 이 프로그램은 {written} 이후에 작성되었으므로 시계는 최소 {least} 느립니다. 나머지는 서버에 질의해야 알 수 있습니다.",
            )
        }
        (Basis::Daemon, _) => [
            en: "Reported, not proven: a time service that follows a wrong server reports no error.",
            de: "Gemeldet, nicht bewiesen: Ein Zeitdienst, der einem falschen Server folgt, meldet keinen Fehler.",
            ko: "보고되었지만 증명되지 않음: 잘못된 서버를 따르는 시간 서비스는 오류를 보고하지 않습니다.",
        ]
        (Basis::Servers | Basis::Nothing, _) => [
            en: "Unknown: the clock may be off by any amount in either direction.",
            de: "Unbekannt: Die Uhr kann beliebig weit vor- oder nachgehen.",
            ko: "알 수 없음: 시계가 얼마나 빠르거나 느린지 알 수 없습니다.",
        ]
    }
}

const fn told_kernel(language: Language) -> &'static str {
    word!(language,
        en: "A time service told the kernel that this clock is synchronized, but not with what.",
        de: "Ein Zeitdienst hat dem Kernel gemeldet, dass diese Uhr synchronisiert ist, aber nicht womit.",
        ko: "시간 서비스가 커널에 이 시계가 동기화되었다고 알렸지만, 무엇을 기준으로 했는지는 알 수 없습니다.",
    )
}

const fn container(language: Language) -> &'static str {
    word!(language,
        en: "A container has no clock of its own: the host that runs it sets the time, with a time service that is not visible here.",
        de: "Ein Container hat keine eigene Uhr: Der Host, auf dem er läuft, stellt die Zeit, mit einem Zeitdienst, der hier nicht zu sehen ist.",
        ko: "컨테이너에는 자체 시계가 없습니다. 컨테이너를 실행하는 호스트의 시간 서비스가 시각을 맞추며, 여기서는 보이지 않습니다.",
    )
}

const fn virtual_machine(language: Language) -> &'static str {
    word!(language,
        en: "A virtual machine that was paused or restored continues with an old time until a time service corrects it.",
        de: "Eine virtuelle Maschine, die angehalten oder wiederhergestellt wurde, läuft mit einer alten Zeit weiter, bis ein Zeitdienst sie berichtigt.",
        ko: "일시 중지되거나 복원된 가상 머신은 시간 서비스가 고칠 때까지 이전 시각으로 계속 동작합니다.",
    )
}
