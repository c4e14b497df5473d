//! The answer of `explain` as text: verifiers by verdict, then by reason.

use core::fmt::Write;

use jwtick_core::judge::Finding;
use jwtick_core::judge::dialect::{Answer, Change, Changes, Dates, Dialect};
use jwtick_core::token::{JsonError, JsonKind};
use jwtick_core::words::{self, Language, word};
use jwtick_core::{Span, TimeBounds, Verdict};

use crate::output::Text;
use crate::page::finding::style;
use crate::page::judging_time;
use crate::page::layout::TITLE;
use crate::verification::Basis;

/// The clock of the user, and how far that of the verifiers is ahead of it.
pub(super) struct Clocks<'r> {
    pub(super) mine: TimeBounds,
    pub(super) offset: Option<Span>,
    pub(super) basis: &'r Basis,
}

impl Clocks<'_> {
    /// The clock of the verifiers, if it differs.
    pub(super) fn theirs(&self) -> Option<TimeBounds> {
        let offset = self.offset?;
        TimeBounds::between(self.mine.earliest() + offset, self.mine.latest() + offset)
    }
}

/// The answer about one token.
pub(super) fn text(
    dates: &Result<Dates<'_>, JsonError>,
    dialects: &[&'static Dialect],
    clocks: &Clocks<'_>,
    language: Language,
) -> Text {
    let dates = match dates {
        Ok(dates) => dates,
        Err(error) => {
            let refused = Text::styled(style(Verdict::Reject), unreadable(language));
            return refused + &format!(": {error}\n");
        }
    };
    let mut text = Text::from(judging_time::lines(clocks.basis, clocks.mine, language));
    text += &groups(dates, dialects, clocks.mine, language);
    if let (Some(theirs), Some(offset)) = (clocks.theirs(), clocks.offset) {
        let title = theirs_title(offset, language);
        text += &(Text::from("\n") + &Text::styled(TITLE, title) + "\n");
        text += &groups(dates, dialects, theirs, language);
    }
    let at = clocks.theirs().unwrap_or(clocks.mine);
    text += &changes(&Changes::between(dialects.iter().copied(), dates, at), language);
    text += &(Text::from("\n") + only_times(language) + "\n");
    text
}

/// Verifiers with the same verdict for the same reason.
struct Group {
    verdict: Verdict,
    reason: String,
    names: Vec<&'static str>,
}

fn groups(
    dates: &Dates<'_>,
    dialects: &[&'static Dialect],
    clock: TimeBounds,
    language: Language,
) -> Text {
    let mut groups: Vec<Group> = Vec::new();
    for dialect in dialects {
        let judged = dialect.judge(dates, clock);
        let verdict = judged.verdict();
        let reason = judged
            .reason()
            .map_or_else(|| unchecked(language).to_owned(), |answer| reason(answer, language));
        let same = |it: &&mut Group| it.verdict == verdict && it.reason == reason;
        match groups.iter_mut().find(same) {
            Some(group) => group.names.push(dialect.name),
            None => groups.push(Group { verdict, reason, names: vec![dialect.name] }),
        }
    }
    let verdicts = [Verdict::Reject, Verdict::Undecided, Verdict::Accept];
    verdicts.into_iter().map(|verdict| section(verdict, &groups, language)).collect()
}

fn section(verdict: Verdict, groups: &[Group], language: Language) -> Text {
    let groups: Vec<&Group> = groups.iter().filter(|group| group.verdict == verdict).collect();
    let count: usize = groups.iter().map(|group| group.names.len()).sum();
    if count == 0 {
        return Text::default();
    }
    let title = title(verdict, count, language);
    let mut text = Text::from("\n") + &Text::styled(style(verdict), title) + "\n";
    for group in groups {
        text += &format!("  {}: {}\n", group.reason, group.names.join(", "));
    }
    text
}

fn title(verdict: Verdict, count: usize, language: Language) -> String {
    match (verdict, language) {
        (Verdict::Accept, Language::English) => format!("Accepted by {count}"),
        (Verdict::Accept, Language::German) => format!("Angenommen von {count}"),
        (Verdict::Accept, Language::Korean) => format!("수락: {count}개"),
        (Verdict::Reject, Language::English) => format!("Rejected by {count}"),
        (Verdict::Reject, Language::German) => format!("Abgelehnt von {count}"),
        (Verdict::Reject, Language::Korean) => format!("거부: {count}개"),
        (Verdict::Undecided, Language::English) => format!("Undecided for {count}"),
        (Verdict::Undecided, Language::German) => format!("Unentschieden bei {count}"),
        (Verdict::Undecided, Language::Korean) => format!("판단할 수 없음: {count}개"),
    }
}

fn reason(answer: Answer, language: Language) -> String {
    let claim = answer.claim().map_or("", |claim| claim.name());
    let refused = |what: &str| match language {
        Language::English => format!("{claim} is {what}"),
        Language::German => format!("{claim} ist {what}"),
        Language::Korean => format!("{claim} 값이 {what}"),
    };
    match answer {
        Answer::Duplicate => word!(language,
            en: "a name appears twice", de: "ein Name kommt doppelt vor", ko: "이름이 중복됨")
        .to_owned(),
        Answer::Infinite => word!(language,
            en: "a number is too large to be read",
            de: "eine Zahl ist zu groß zum Lesen",
            ko: "숫자가 너무 커서 읽을 수 없음")
        .to_owned(),
        Answer::Kind(_, kind) => refused(kind_of(kind, language)),
        Answer::Number(_) => refused(word!(language,
            en: "a number that is not accepted",
            de: "eine Zahl, die nicht angenommen wird",
            ko: "허용되지 않는 숫자임")),
        Answer::Missing(_) => refused(word!(language,
            en: "missing, but required", de: "nicht vorhanden, aber verlangt", ko: "없지만 필수임")),
        Answer::Order => {
            word!(language, en: "nbf is after exp", de: "nbf liegt nach exp", ko: "nbf가 exp보다 늦음")
                .to_owned()
        }
        Answer::Lifetime(over) => {
            let over = words::duration(over, language);
            match language {
                Language::English => format!("valid for {over} longer than allowed"),
                Language::German => format!("um {over} zu lange gültig"),
                Language::Korean => format!("유효 기간이 허용보다 {over} 김"),
            }
        }
        Answer::Measured { margin, .. } => {
            let finding = Finding::Measured(margin);
            format!("{} {}", margin.rule(), words::finding(&finding, language))
        }
        _ => unchecked(language).to_owned(),
    }
}

const fn kind_of(kind: JsonKind, language: Language) -> &'static str {
    match kind {
        JsonKind::String => word!(language, en: "a string", de: "ein String", ko: "문자열임"),
        JsonKind::Null => "null",
        JsonKind::Boolean => {
            word!(language, en: "a boolean", de: "ein Wahrheitswert", ko: "불리언임")
        }
        JsonKind::Number => word!(language, en: "a number", de: "eine Zahl", ko: "숫자임"),
        JsonKind::Array => word!(language, en: "an array", de: "ein Array", ko: "배열임"),
        JsonKind::Object => word!(language, en: "an object", de: "ein Objekt", ko: "객체임"),
    }
}

fn changes(changes: &Changes, language: Language) -> Text {
    if changes.iter().next().is_none() {
        return Text::default();
    }
    let mut text = Text::from("\n") + &Text::styled(TITLE, changes_title(language)) + "\n";
    for change in changes.iter() {
        let _ = writeln!(text, "  {}", change_text(change, language));
    }
    text
}

fn change_text(change: Change, language: Language) -> String {
    let shown = |span: Span| words::duration(span, language).to_string();
    match (change, language) {
        (Change::AsInteger(claim), Language::English) => {
            format!("write {claim} as an integer of seconds")
        }
        (Change::AsInteger(claim), Language::German) => {
            format!("{claim} als ganze Zahl von Sekunden schreiben")
        }
        (Change::AsInteger(claim), Language::Korean) => {
            format!("{claim} 값을 초 단위 정수로 쓰십시오")
        }
        (Change::Add(claim), Language::English) => format!("add {claim}"),
        (Change::Add(claim), Language::German) => format!("{claim} hinzufügen"),
        (Change::Add(claim), Language::Korean) => format!("{claim} 값을 추가하십시오"),
        (Change::Earlier(claim, by), _) => earlier(claim.name(), &shown(by), language),
        (Change::Later(by), _) => later(&shown(by), language),
        (Change::Shorter(by) | Change::Younger(by), _) => shorter(&shown(by), language),
        (Change::Once, _) => word!(language,
            en: "write each name once",
            de: "jeden Namen nur einmal schreiben",
            ko: "각 이름을 한 번만 쓰십시오")
        .to_owned(),
        _ => word!(language,
            en: "set nbf no later than exp",
            de: "nbf nicht nach exp setzen",
            ko: "nbf를 exp보다 늦지 않게 설정하십시오")
        .to_owned(),
    }
}

fn earlier(claim: &str, by: &str, language: Language) -> String {
    match language {
        Language::English => format!("set {claim} {by} earlier"),
        Language::German => format!("{claim} um {by} früher setzen"),
        Language::Korean => format!("{claim} 값을 {by} 앞당기십시오"),
    }
}

fn later(by: &str, language: Language) -> String {
    match language {
        Language::English => {
            format!("grant {by} more leeway where it is refused, or set exp {by} later")
        }
        Language::German => {
            format!(
                "{by} mehr Toleranz gewähren, wo es abgelehnt wird, oder exp um {by} später setzen"
            )
        }
        Language::Korean => {
            format!("거부하는 쪽의 허용 오차를 {by} 늘리거나 exp를 {by} 늦추십시오")
        }
    }
}

fn shorter(by: &str, language: Language) -> String {
    match language {
        Language::English => {
            format!("renew the token at least {by} sooner, with a shorter lifetime")
        }
        Language::German => {
            format!("das Token mindestens {by} eher erneuern, mit kürzerer Gültigkeit")
        }
        Language::Korean => format!("유효 기간을 줄여 토큰을 최소 {by} 일찍 갱신하십시오"),
    }
}

const fn changes_title(language: Language) -> &'static str {
    word!(language,
        en: "For all of them to accept it",
        de: "Damit alle es akzeptieren",
        ko: "모두 수락하게 하려면",
    )
}

fn theirs_title(offset: Span, language: Language) -> String {
    let (is_ahead, by) = (offset >= Span::ZERO, words::duration(offset.abs(), language));
    match (language, is_ahead) {
        (Language::English, true) => format!("With a clock that is {by} ahead of yours"),
        (Language::English, false) => format!("With a clock that is {by} behind yours"),
        (Language::German, true) => format!("Mit einer Uhr, die Ihrer um {by} vorgeht"),
        (Language::German, false) => format!("Mit einer Uhr, die Ihrer um {by} nachgeht"),
        (Language::Korean, true) => format!("내 시계보다 {by} 빠른 시계의 경우"),
        (Language::Korean, false) => format!("내 시계보다 {by} 느린 시계의 경우"),
    }
}

const fn unchecked(language: Language) -> &'static str {
    word!(language,
        en: "compares no date",
        de: "vergleicht kein Datum",
        ko: "날짜를 비교하지 않음",
    )
}

const fn unreadable(language: Language) -> &'static str {
    word!(language,
        en: "The payload is no JSON object, so no verifier accepts it",
        de: "Die Nutzdaten sind kein JSON-Objekt, also akzeptiert sie kein Prüfer",
        ko: "페이로드가 JSON 객체가 아니므로 어떤 검증기도 수락하지 않습니다",
    )
}

const fn only_times(language: Language) -> &'static str {
    word!(language,
        en: "Only the times were judged, with the default settings of each verifier; the signature and other claims were not checked.",
        de: "Beurteilt wurden nur die Zeiten, mit den Voreinstellungen jedes Prüfers; Signatur und andere Claims wurden nicht geprüft.",
        ko: "각 검증기의 기본 설정으로 시간만 판정했으며 서명과 다른 클레임은 확인하지 않았습니다.",
    )
}
