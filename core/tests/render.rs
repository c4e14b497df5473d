//! Whole summaries, and the guarantee that rendering never fails.
#![cfg(test)]

use std::string::ToString;

use jwtick_core::diagnosis::{
    Cause, Certainty, ClockFault, Decider, Diagnosis, Drift, EvidenceKind, ThirdOpinion,
    ZoneKnowledge,
};
use jwtick_core::survey::{DateOrigin, DateSample, NodeClocks, Remedy, Survey};
use jwtick_core::time::{Bracket, Direction, HttpDate, Offset, Rate};
use jwtick_core::words::{self, Heading, Language};
use jwtick_core::{Span, UnixTime};
use proptest::prelude::*;

fn secs(least: i64, most: i64) -> Option<Offset> {
    Offset::between(Span::from_secs(least), Span::from_secs(most))
}

fn at_least(millis: i64) -> Option<Offset> {
    Offset::between(Span::from_millis(millis), Span::MAX)
}

fn diagnosis(cause: Cause, fault: ClockFault) -> Diagnosis {
    Diagnosis {
        cause,
        fault,
        direction: None,
        certainty: Certainty::Proven,
        offset: None,
        offset_if_utc: None,
        assumptions: Default::default(),
        difference: None,
        possibilities: Default::default(),
        attribution: None,
        proof: None,
        third_opinion: None,
        zone: ZoneKnowledge::Stated,
        reading: None,
        drift: None,
        clocks: None,
        hosts: Default::default(),
        evidence: heapless::Vec::new(),
        remedies: heapless::Vec::new(),
        server: Default::default(),
        decider: None,
        refusals: 1,
        lines: 38,
    }
}

fn local_clock(offset: Option<Offset>) -> Diagnosis {
    let direction = Some(Direction::Behind);
    Diagnosis { direction, offset, ..diagnosis(Cause::LocalClock, ClockFault::Found) }
}

/// A diagnosis in English, German and Korean.
type Row = (Diagnosis, &'static str, &'static str, &'static str);

fn clocks_of_any_zone() -> Vec<Row> {
    vec![
        (
            Diagnosis {
                offset_if_utc: secs(208_153, 208_155),
                zone: ZoneKnowledge::Unknown,
                ..local_clock(secs(164_953, 258_555))
            },
            "The clock of the host that wrote this log is 208,154 s (2 d 9 h 49 min 14 s) ±1 s behind if the log is in UTC, and at least 164,954 s (1 d 21 h 49 min 14 s) ±1 s behind in any time zone.",
            "Die Uhr des Hosts, der dieses Log geschrieben hat, geht 208.154 s (2 d 9 h 49 min 14 s) ±1 s nach, wenn das Log in UTC geschrieben ist, und in jeder Zeitzone mindestens 164.954 s (1 d 21 h 49 min 14 s) ±1 s nach.",
            "로그 시각이 UTC라면 이 로그를 기록한 호스트의 시계가 208,154초(2일 9시간 49분 14초, 오차 ±1초) 느리고, 시간대와 관계없이 최소 164,954초(1일 21시간 49분 14초, 오차 ±1초) 느립니다.",
        ),
        (
            Diagnosis {
                offset_if_utc: secs(-208_155, -208_153),
                zone: ZoneKnowledge::Unknown,
                ..local_clock(secs(-258_555, -157_753))
            },
            "The clock of the host that wrote this log is 208,154 s (2 d 9 h 49 min 14 s) ±1 s ahead if the log is in UTC, and at least 157,754 s (1 d 19 h 49 min 14 s) ±1 s ahead in any time zone.",
            "Die Uhr des Hosts, der dieses Log geschrieben hat, geht 208.154 s (2 d 9 h 49 min 14 s) ±1 s vor, wenn das Log in UTC geschrieben ist, und in jeder Zeitzone mindestens 157.754 s (1 d 19 h 49 min 14 s) ±1 s vor.",
            "로그 시각이 UTC라면 이 로그를 기록한 호스트의 시계가 208,154초(2일 9시간 49분 14초, 오차 ±1초) 빠르고, 시간대와 관계없이 최소 157,754초(1일 19시간 49분 14초, 오차 ±1초) 빠릅니다.",
        ),
    ]
}

fn local_clocks() -> Vec<Row> {
    vec![
        (
            Diagnosis { zone: ZoneKnowledge::Assumed, ..local_clock(secs(240_553, 240_555)) },
            "The clock of the host that wrote this log is 240,554 s (2 d 18 h 49 min 14 s) ±1 s behind. This holds for the given time zone.",
            "Die Uhr des Hosts, der dieses Log geschrieben hat, geht 240.554 s (2 d 18 h 49 min 14 s) ±1 s nach. Das gilt für die angegebene Zeitzone.",
            "이 로그를 기록한 호스트의 시계가 240,554초(2일 18시간 49분 14초, 오차 ±1초) 느립니다. 이 결과는 지정된 시간대를 전제로 합니다.",
        ),
        (
            Diagnosis {
                certainty: Certainty::Likely,
                refusals: 3,
                zone: ZoneKnowledge::Recovered(Span::from_secs(32_400)),
                ..local_clock(at_least(2_640))
            },
            "The clock of the host that wrote this log is most likely at least 2.64 s behind. Other timestamps of the same clock show the time zone of the log: UTC+09:00. 3 refusals in 38 lines.",
            "Die Uhr des Hosts, der dieses Log geschrieben hat, geht sehr wahrscheinlich mindestens 2,64 s nach. Andere Zeitstempel derselben Uhr zeigen die Zeitzone des Logs: UTC+09:00. 3 Ablehnungen in 38 Zeilen.",
            "이 로그를 기록한 호스트의 시계가 최소 2.64초 느릴 가능성이 높습니다. 같은 시계의 다른 시각으로 확인한 로그 시간대: UTC+09:00. 거부 3건(전체 38행).",
        ),
        (
            Diagnosis { certainty: Certainty::Weak, ..local_clock(None) },
            "The clock of the host that wrote this log may be wrong. It is behind, but the text does not show by how much.",
            "Die Uhr des Hosts, der dieses Log geschrieben hat, geht möglicherweise falsch. Sie geht nach; um wie viel, zeigt der Text nicht.",
            "이 로그를 기록한 호스트의 시계가 잘못되었을 수 있습니다. 시계가 느리지만, 얼마나 느린지는 로그에 나타나지 않습니다.",
        ),
    ]
}

fn nodes(ahead: &[i64]) -> NodeClocks {
    let mut clocks = NodeClocks::new();
    for ahead in ahead {
        let (local, date) = (UnixTime::from_secs(1_000), UnixTime::from_secs(1_000 + ahead));
        let (local, date) = (Bracket::between(local, local), HttpDate::new(date));
        let (local, date) = (local.unwrap(), date.unwrap());
        let _ = clocks.add(DateSample { local, date, origin: DateOrigin::Fresh });
    }
    clocks
}

fn clocks_of_nodes() -> Vec<Row> {
    let clocks = Some(nodes(&[90, -1, 0, 91]));
    vec![(
        Diagnosis { clocks, ..diagnosis(Cause::PeerClocks, ClockFault::Found) },
        "Several servers share one name, and their clocks differ. According to 2 of 4 answers, the local clock is between 0 s and 1.001 s behind; according to 2, it is 92 s (1 min 32 s) ±1 s behind.",
        "Mehrere Server teilen sich einen Namen, und ihre Uhren weichen voneinander ab. Laut 2 von 4 Antworten geht die lokale Uhr zwischen 0 s und 1,001 s nach; laut 2 geht sie 92 s (1 min 32 s) ±1 s nach.",
        "하나의 이름으로 응답하는 서버들의 시계가 서로 다릅니다. 응답 4개로 본 로컬 시계: 2개는 최소 0초, 최대 1.001초 느림; 2개는 92초(1분 32초, 오차 ±1초) 느림.",
    )]
}

#[test]
fn clocks_beyond_capacity_are_counted() {
    let clocks = Some(nodes(&[0, 10, 20, 30, 40, 50, 60, 70, 80]));
    let diagnosis = Diagnosis { clocks, ..diagnosis(Cause::PeerClocks, ClockFault::Found) };
    let said = |language| words::summary(&diagnosis, language).to_string();
    assert!(said(Language::English).ends_with("behind; according to 1, it is something else."));
    assert!(said(Language::German).ends_with("nach; laut 1 geht sie wieder anders."));
    assert!(said(Language::Korean).ends_with("느림; 1개는 그 밖의 값."));
}

fn other_causes() -> Vec<Row> {
    vec![
        (
            Diagnosis {
                offset: secs(-43_000, 50_600),
                offset_if_utc: secs(199, 201),
                zone: ZoneKnowledge::Unknown,
                ..diagnosis(Cause::Undetermined, ClockFault::Open)
            },
            "Undetermined: something was refused, but the text does not show whether a clock is wrong, or which one. The local clock is 200 s (3 min 20 s) ±1 s behind if the log is in UTC; in another time zone it may be right.",
            "Nicht feststellbar: Etwas wurde abgelehnt, aber der Text zeigt nicht, ob eine Uhr falsch geht und welche. Die lokale Uhr geht 200 s (3 min 20 s) ±1 s nach, wenn das Log in UTC geschrieben ist; in einer anderen Zeitzone kann sie richtig gehen.",
            "판단할 수 없습니다. 거부된 기록은 있으나, 시계가 잘못되었는지, 어느 시계인지는 로그에 나타나지 않습니다. 로그 시각이 UTC라면 로컬 시계가 200초(3분 20초, 오차 ±1초) 느립니다. 다른 시간대라면 시계가 맞을 수도 있습니다.",
        ),
        (
            Diagnosis { refusals: 0, lines: 1, ..diagnosis(Cause::NotClock, ClockFault::Cleared) },
            "Nothing here points to a wrong clock: no token, signature or certificate was refused for its time. 1 line read.",
            "Nichts deutet hier auf eine falsche Uhr hin: Kein Token, keine Signatur und kein Zertifikat wurde wegen der Zeit abgelehnt. 1 Zeile gelesen.",
            "시계 오류를 나타내는 내용이 없습니다. 시간 때문에 거부된 토큰, 서명, 인증서가 없습니다. 읽은 행 수: 1.",
        ),
        (
            Diagnosis { offset: secs(28, 28), ..diagnosis(Cause::PeerClocks, ClockFault::Found) },
            "Two clocks differ, but the text does not prove which of them is wrong. Compared with the other, the local clock is 28 s behind.",
            "Zwei Uhren weichen voneinander ab; welche von beiden falsch geht, beweist der Text nicht. Verglichen mit der anderen geht die lokale Uhr 28 s nach.",
            "두 시계가 서로 다릅니다. 어느 쪽이 잘못되었는지는 이 로그만으로 입증되지 않습니다. 상대 시계와 비교하면 로컬 시계가 28초 느립니다.",
        ),
        (
            Diagnosis {
                certainty: Certainty::Likely,
                refusals: 1_200,
                lines: 3_456,
                ..diagnosis(Cause::LateRequest, ClockFault::Cleared)
            },
            "No clock is at fault: the request was signed at the right time, but was sent or received too late. This is likely, but not proven. 1,200 refusals in 3,456 lines.",
            "An einer Uhr liegt es nicht: Die Anfrage wurde zur richtigen Zeit signiert, aber zu spät gesendet oder empfangen. Das ist wahrscheinlich, aber nicht bewiesen. 1.200 Ablehnungen in 3.456 Zeilen.",
            "시계 문제가 아닙니다. 요청은 올바른 시각에 서명되었지만 너무 늦게 전송되었거나 수신되었습니다. 가능성은 높지만 입증된 것은 아닙니다. 거부 1,200건(전체 3,456행).",
        ),
    ]
}

/// The ends of summaries, which depend on the numbers of lines read and calls refused.
#[test]
fn summary_distinguishes_no_refusal_from_other_refusals() {
    let open = |refusals, lines| Diagnosis {
        refusals,
        lines,
        certainty: Certainty::Weak,
        ..diagnosis(Cause::Undetermined, ClockFault::Open)
    };
    let other = |refusals, certainty| Diagnosis {
        refusals,
        certainty,
        ..diagnosis(Cause::NotClock, ClockFault::Cleared)
    };
    let nothing = "Nothing here points to a wrong clock: no token, signature or certificate was \
                   refused for its time. 38 lines read.";
    let another = "No clock is at fault: the refusal has another reason, such as the key, the \
                   audience or the form of a claim.";
    let to_judge = "Undetermined: this text holds no refusal that jwtick recognises.";
    let rows = [
        (other(0, Certainty::Likely), nothing.to_owned()),
        (other(1, Certainty::Proven), another.to_owned()),
        (other(1, Certainty::Likely), format!("{another} This is likely, but not proven.")),
        (open(0, 38), format!("{to_judge} 38 lines read.")),
        (open(0, 0), format!("{to_judge} The input is empty.")),
    ];
    for (diagnosis, expected) in rows {
        let said = words::summary(&diagnosis, Language::English).to_string();
        assert_eq!(said, expected, "{} refusals in {} lines", diagnosis.refusals, diagnosis.lines);
    }
}

#[test]
fn third_opinion_is_shown_only_if_it_agrees() {
    let said = |cause, local, remote| {
        let third_opinion = Some(ThirdOpinion { local: secs(local, local + 2).unwrap(), remote });
        let diagnosis = Diagnosis { third_opinion, ..diagnosis(cause, ClockFault::Found) };
        words::summary(&diagnosis, Language::English).to_string().contains("NTP")
    };
    assert!(said(Cause::RemoteClock, -1, None));
    assert!(!said(Cause::RemoteClock, 60, None), "the local clock is wrong, too");
    assert!(said(Cause::LocalClock, 60, secs(-1, 1)));
    assert!(!said(Cause::LocalClock, 60, secs(60, 62)), "so is the server's");
}

fn third_opinions() -> Vec<Row> {
    let opinion = |cause, local, remote| Diagnosis {
        third_opinion: Some(ThirdOpinion { local: secs(local, local + 2).unwrap(), remote }),
        ..diagnosis(cause, ClockFault::Found)
    };
    vec![
        (
            opinion(Cause::RemoteClock, -1, secs(-172_801, -172_799)),
            "The clock of another server is wrong; the local clock plays no part. That clock is 172,800 s (2 d) ±1 s ahead. According to a time service (NTP), the local clock is right.",
            "Die Uhr eines anderen Servers geht falsch; die lokale Uhr spielt keine Rolle. Diese Uhr geht 172.800 s (2 d) ±1 s vor. Laut einem Zeitdienst (NTP) geht die lokale Uhr richtig.",
            "다른 서버의 시계가 잘못되었습니다. 로컬 시계와는 관계가 없습니다. 상대 서버의 시계가 172,800초(2일, 오차 ±1초) 빠릅니다. 시간 서비스(NTP)에 따르면 로컬 시계는 정확합니다.",
        ),
        (
            Diagnosis { offset: secs(199, 201), ..opinion(Cause::LocalClock, 199, secs(-1, 1)) },
            "The clock of the host that wrote this log is 200 s (3 min 20 s) ±1 s behind. According to a time service (NTP), the server's clock is right.",
            "Die Uhr des Hosts, der dieses Log geschrieben hat, geht 200 s (3 min 20 s) ±1 s nach. Laut einem Zeitdienst (NTP) geht die Uhr des Servers richtig.",
            "이 로그를 기록한 호스트의 시계가 200초(3분 20초, 오차 ±1초) 느립니다. 시간 서비스(NTP)에 따르면 서버의 시계는 정확합니다.",
        ),
        (
            opinion(Cause::PeerClocks, 199, secs(-101, -99)),
            "Two clocks differ, but the text does not prove which of them is wrong. According to a time service (NTP), both are wrong: the local clock is 200 s (3 min 20 s) ±1 s behind, and the server's is 100 s (1 min 40 s) ±1 s ahead.",
            "Zwei Uhren weichen voneinander ab; welche von beiden falsch geht, beweist der Text nicht. Laut einem Zeitdienst (NTP) gehen beide falsch: die lokale Uhr 200 s (3 min 20 s) ±1 s nach, die des Servers 100 s (1 min 40 s) ±1 s vor.",
            "두 시계가 서로 다릅니다. 어느 쪽이 잘못되었는지는 이 로그만으로 입증되지 않습니다. 시간 서비스(NTP)에 따르면 둘 다 잘못되었습니다. 로컬 시계가 200초(3분 20초, 오차 ±1초) 느리고, 서버의 시계가 100초(1분 40초, 오차 ±1초) 빠릅니다.",
        ),
        (
            opinion(Cause::Expired, 199, None),
            "No clock is at fault: the token, assertion or session has really expired.",
            "An einer Uhr liegt es nicht: Token, Assertion oder Sitzung sind tatsächlich abgelaufen.",
            "시계 문제가 아닙니다. 토큰, 어설션 또는 세션이 실제로 만료되었습니다.",
        ),
    ]
}

#[test]
fn summary_names_the_clock_and_the_offset() {
    let rows =
        [clocks_of_any_zone(), local_clocks(), clocks_of_nodes(), other_causes(), third_opinions()];
    for (diagnosis, english, german, korean) in rows.into_iter().flatten() {
        let said = |language| words::summary(&diagnosis, language).to_string();
        assert_eq!(said(Language::English), english);
        assert_eq!(said(Language::German), german, "{english}");
        assert_eq!(said(Language::Korean), korean, "{english}");
    }
}

const AMOUNTS: &[(Remedy, &str, &str, &str)] = &[
    (
        Remedy::ApplyOffset(Offset::exactly(Span::from_secs(302))),
        "Until the clock is right, add 302 s (5 min 2 s) to its time when issuing or verifying tokens.",
        "Solange die Uhr falsch geht: Zählen Sie beim Ausstellen und Prüfen von Token 302 s (5 min 2 s) zu ihrer Zeit hinzu.",
        "시계를 바로잡을 때까지 토큰을 발급하거나 검증할 때 로컬 시각에 더할 값: 302초(5분 2초).",
    ),
    (
        Remedy::ApplyOffset(Offset::exactly(Span::from_secs(-7))),
        "Until the clock is right, subtract 7 s from its time when issuing or verifying tokens.",
        "Solange die Uhr falsch geht: Ziehen Sie beim Ausstellen und Prüfen von Token 7 s von ihrer Zeit ab.",
        "시계를 바로잡을 때까지 토큰을 발급하거나 검증할 때 로컬 시각에서 뺄 값: 7초.",
    ),
    (
        Remedy::AllowLeeway(Span::from_millis(2_641)),
        "A leeway of 2.641 s would have accepted the token; allow it only until the clock is right.",
        "Eine Toleranz (leeway) von 2,641 s hätte gereicht; lassen Sie sie nur zu, bis die Uhr richtig geht.",
        "통과에 필요한 최소 허용 오차(leeway): 2.641초. 시계를 바로잡을 때까지만 허용하십시오.",
    ),
    (
        Remedy::LimitLifetime(Span::from_secs(3_600)),
        "Request a lifetime of at most 1 h (`exp` minus `iat`); the provider refuses more.",
        "Fordern Sie eine Gültigkeitsdauer von höchstens 1 h an (`exp` minus `iat`); mehr lehnt der Anbieter ab.",
        "제공자가 허용하는 최대 유효 기간: 1시간(`exp` - `iat`). 이보다 길지 않게 요청하십시오.",
    ),
];

#[test]
fn remedies_state_their_amount() {
    for (remedy, english, german, korean) in AMOUNTS {
        let said = |language| words::remedy(remedy, language).to_string();
        assert_eq!(said(Language::English), *english);
        assert_eq!(said(Language::German), *german, "{english}");
        assert_eq!(said(Language::Korean), *korean, "{english}");
    }
}

/// Text in backticks is for copying, so it must not be translated.
fn commands(said: &str) -> Vec<&str> {
    let mut commands: Vec<_> = said.split('`').skip(1).step_by(2).collect();
    commands.sort_unstable();
    commands
}

#[test]
fn commands_are_the_same_in_every_language() {
    for remedy in REMEDIES {
        let english = words::remedy(remedy, Language::English).to_string();
        for &language in Language::ALL {
            let said = words::remedy(remedy, language).to_string();
            let known = commands(&said);
            // A translation may add claim names where the language has no word for them.
            assert!(commands(&english).iter().all(|it| known.contains(it)), "{language}: {said}");
        }
    }
}

const REMEDIES: &[Remedy] = &[
    Remedy::ConfirmOffset,
    Remedy::SyncSystemd,
    Remedy::SyncChrony,
    Remedy::SyncWindows,
    Remedy::SyncMacos,
    Remedy::SyncGuest,
    Remedy::SyncContainerHost,
    Remedy::SyncDevice,
    Remedy::SyncWsl,
    Remedy::SyncDockerDesktop,
    Remedy::SyncNode,
    Remedy::SyncAndroid,
    Remedy::SyncIos,
    Remedy::SyncBusybox,
    Remedy::SyncRouterOs,
    Remedy::SyncEsp32,
    Remedy::SyncAny,
    Remedy::CorrectZoneOnWindows,
    Remedy::KeepRtcInUtc,
    Remedy::SetClockAtBoot,
    Remedy::CorrectZone,
    Remedy::ComputeInUtc,
    Remedy::RenewSessions,
    Remedy::RenewToken,
    Remedy::SignWhenSending,
    Remedy::WriteSeconds,
    Remedy::CheckClaims,
    Remedy::TellOperator,
    Remedy::SyncPeers,
    Remedy::RenewCertificate,
    Remedy::SyncNtpd,
    Remedy::StepClock,
    Remedy::NameAnotherSource,
    Remedy::MistrustSource,
    Remedy::ReachSources,
    Remedy::AskNearer,
];

const DECIDERS: &[Decider] = &[
    Decider::ServerDate,
    Decider::LogZone,
    Decider::OwnStamp,
    Decider::TokenTimes,
    Decider::CertificateDates,
    Decider::FailedCall,
];

const KINDS: &[EvidenceKind] = &[
    EvidenceKind::Refusal,
    EvidenceKind::ServerTime,
    EvidenceKind::LocalTime,
    EvidenceKind::Token,
    EvidenceKind::ClockStep,
    EvidenceKind::Certificate,
    EvidenceKind::NodeTime,
];

const HEADINGS: &[Heading] = &[
    Heading::Evidence,
    Heading::Clocks,
    Heading::Remedies,
    Heading::Decider,
    Heading::Line,
    Heading::LocalClock,
    Heading::LocalClockIfUtc,
    Heading::Reference,
    Heading::Sources,
    Heading::Host,
    Heading::Worth,
];

#[test]
fn labels_never_fail() {
    for &language in Language::ALL {
        KINDS.iter().for_each(|&kind| check(&words::evidence_kind(kind, language), language));
        DECIDERS.iter().for_each(|&open| check(&words::decider(open, language), language));
        REMEDIES.iter().for_each(|remedy| check(&words::remedy(remedy, language), language));
        HEADINGS.iter().for_each(|&head| check(&words::heading(head, language), language));
    }
}

fn check(said: &impl ToString, language: Language) {
    let text = said.to_string();
    assert!(!text.trim().is_empty());
    assert!(!text.contains("  ") && !text.contains('\n'), "{text:?}");
    assert!(language != Language::Korean || !has_particle_after_value(&text), "{text}");
}

// A particle has two forms, after a consonant and after a vowel: after a value neither is right.
const PARTICLES: &[&str] = &["은", "는", "이", "가", "을", "를", "과", "와", "로", "으로"];

fn has_particle_after_value(said: &str) -> bool {
    let value = |&(_, c): &(usize, char)| c.is_ascii_digit() || c == ')' || c == '`';
    said.char_indices().filter(value).filter_map(|(at, _)| said.get(at + 1..)).any(|rest| {
        let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
        PARTICLES.contains(&word.as_str())
    })
}

fn surveys() -> impl Strategy<Value = Survey> {
    let sources = proptest::collection::vec(proptest::option::of(offsets()), 0..5);
    (sources, spans()).prop_map(|(sources, allowed)| Survey::of(&sources, allowed))
}

fn spans() -> impl Strategy<Value = Span> {
    let limits = prop_oneof![Just(i64::MIN), Just(i64::MAX), Just(0)];
    prop_oneof![limits, any::<i64>(), -100_000_000_000_i64..100_000_000_000]
        .prop_map(Span::from_micros)
}

fn offsets() -> impl Strategy<Value = Offset> {
    (spans(), spans()).prop_map(|(a, b)| Offset::between(a.min(b), a.max(b)).unwrap())
}

fn remedies() -> impl Strategy<Value = Remedy> {
    prop_oneof![
        offsets().prop_map(Remedy::ApplyOffset),
        spans().prop_map(Remedy::AllowLeeway),
        spans().prop_map(Remedy::AskLifetime),
        spans().prop_map(Remedy::LimitLifetime),
    ]
}

fn zones() -> impl Strategy<Value = ZoneKnowledge> {
    prop_oneof![
        Just(ZoneKnowledge::Stated),
        Just(ZoneKnowledge::Assumed),
        Just(ZoneKnowledge::Unknown),
        spans().prop_map(ZoneKnowledge::Recovered),
    ]
}

fn causes() -> impl Strategy<Value = Diagnosis> {
    let faults = [ClockFault::Found, ClockFault::Cleared, ClockFault::Open];
    let certainties = [Certainty::Weak, Certainty::Likely, Certainty::Proven];
    let directions = [None, Some(Direction::Behind), Some(Direction::Ahead)];
    let choices = (
        proptest::sample::select(Cause::ALL),
        proptest::sample::select(faults.to_vec()),
        proptest::sample::select(certainties.to_vec()),
        proptest::sample::select(directions.to_vec()),
    );
    let opinions = (offsets(), proptest::option::of(offsets()))
        .prop_map(|(local, remote)| ThirdOpinion { local, remote });
    let choices = (choices, proptest::option::of(opinions));
    choices.prop_map(|((cause, fault, certainty, direction), third_opinion)| Diagnosis {
        certainty,
        direction,
        third_opinion,
        ..diagnosis(cause, fault)
    })
}

fn diagnoses() -> impl Strategy<Value = Diagnosis> {
    let counts = || prop_oneof![0..4_u64, any::<u64>()];
    let offsets = || proptest::option::of(offsets());
    (causes(), offsets(), offsets(), zones(), counts(), counts()).prop_map(
        |(words, offset, offset_if_utc, zone, refusals, lines)| Diagnosis {
            offset,
            offset_if_utc,
            zone,
            refusals,
            lines,
            ..words
        },
    )
}

proptest! {
    #[test]
    fn summaries_never_fail(diagnosis in diagnoses()) {
        for &language in Language::ALL {
            check(&words::summary(&diagnosis, language), language);
            check(&words::cause(diagnosis.cause, language), language);
            check(&words::certainty(diagnosis.certainty, language), language);
        }
    }

    #[test]
    fn values_never_fail(offset in offsets(), span in spans(), remedy in remedies()) {
        let drift = Drift { first: offset, last: Offset::exactly(span), over: span };
        for &language in Language::ALL {
            check(&words::offset(offset, language), language);
            check(&words::duration(span, language), language);
            check(&words::relative(span, language), language);
            check(&words::utc_offset(span), language);
            check(&words::remedy(&remedy, language), language);
            check(&words::drift(&drift, language), language);
            check(&words::interval(offset, language), language);
        }
    }

    #[test]
    fn surveys_never_fail(survey in surveys(), first in offsets(), last in offsets(), over in spans()) {
        let rate = Rate::between(first, last, over);
        for &language in Language::ALL {
            check(&words::survey(survey, language), language);
            rate.iter().for_each(|&rate| check(&words::rate(rate, language), language));
        }
    }
}
