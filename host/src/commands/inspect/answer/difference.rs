//! The difference of two tokens: their headers, their claims, and what their times allow.

use core::fmt::{self, Write};

use anstyle::{AnsiColor, Style};
use jwtick_core::judge::Finding;
use jwtick_core::token::Claims;
use jwtick_core::words::{self, Language, Said, sentence};
use jwtick_core::{Scratch, Span, UnixTime, Verdict};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{claims_title, findings_at, header_title, readings, times, title, unverified};
use crate::commands::inspect::token::{Inspected, Now, members, time_of};
use crate::commands::refusal::problem;
use crate::notation::zone;
use crate::output::{Text, safe};
use crate::page::finding::{self, state};
use crate::page::json::{self, Seconds};
use crate::page::layout::{TITLE, padded, widest};
use crate::page::which::Which;

/// Two tokens to compare.
pub(crate) struct Pair<'p> {
    pub(crate) tokens: [&'p Inspected; 2],
    pub(crate) now: &'p Now<'p>,
}

/// A member that one or both of two objects have, as written.
struct Member {
    name: String,
    values: [Option<String>; 2],
}

impl Member {
    fn differs(&self) -> bool {
        self.values[0] != self.values[1]
    }
}

/// The members of two objects: those of the first in their order, then those that only the second has.
fn all_members(objects: [Option<&str>; 2]) -> Vec<Member> {
    let [first, second] = objects.map(|text| text.map(members).unwrap_or_default());
    let value = |of: &[(String, String)], name: &str| {
        of.iter().find(|(held, _)| held == name).map(|(_, value)| value.clone())
    };
    let added = second.iter().filter(|(name, _)| value(&first, name).is_none());
    let names = first.iter().chain(added).map(|(name, _)| name);
    let member = |name: &String| Member {
        name: name.clone(),
        values: [value(&first, name), value(&second, name)],
    };
    names.map(member).collect()
}

impl Pair<'_> {
    fn headers(&self) -> Vec<Member> {
        all_members(self.tokens.map(Inspected::header))
    }

    fn claims(&self) -> Vec<Member> {
        all_members(self.tokens.map(Inspected::payload))
    }

    /// The instants that a claim states in both tokens.
    fn instants(&self, name: &str) -> [Option<UnixTime>; 2] {
        self.tokens.map(|token| {
            let mut index = Scratch::<0>::new();
            let claims = token.claims(&mut index)?;
            let (_, value) = claims.members().find(|(member, _)| *member == *name)?;
            time_of(name, value, &claims)
        })
    }

    fn findings(&self) -> [Vec<Finding>; 2] {
        self.tokens.map(|token| {
            let mut index = Scratch::<0>::new();
            let found = |claims: Claims<'_>| findings_at(&claims, self.now.utc);
            token.claims(&mut index).map(found).unwrap_or_default()
        })
    }

    /// What the times of each token allow; one that is malformed is rejected.
    fn verdicts(&self, findings: &[Vec<Finding>; 2]) -> [Verdict; 2] {
        let [first, second] = findings.each_ref().map(|all| all.iter().map(Finding::verdict));
        let verdicts: [Verdict; 2] = [first.collect(), second.collect()];
        let sound = self.tokens.map(|token| token.fault().is_none());
        [(verdicts[0], sound[0]), (verdicts[1], sound[1])].map(|(verdict, sound)| match sound {
            true => verdict,
            false => Verdict::Reject,
        })
    }
}

/// The difference as text.
pub(crate) fn text(pair: &Pair<'_>, which: &[Which<'_>], language: Language) -> Text {
    let yellow = finding::style(Verdict::Undecided);
    let mut text = Text::styled(yellow, unverified(language)) + "\n";
    let findings = pair.findings();
    text += &Text::styled(TITLE, headline(pair, &findings, language));
    text += "\n";
    for (side, which) in SIDES.iter().zip(which) {
        text += &side.line(&which.named(language), "");
    }
    let blocks =
        [(header_title(language), pair.headers()), (claims_title(language), pair.claims())];
    for (heading, members) in blocks {
        text += &title(heading);
        text += &table(pair, &members, language);
    }
    text += &title(times(language));
    for (side, findings) in SIDES.iter().zip(&findings) {
        for found in findings {
            text += &(Text::styled(side.style, format!("  {}", side.sign))
                + &finding::line(found, 3, language));
        }
    }
    text
}

/// One of the tokens in the text.
struct Side {
    sign: char,
    style: Style,
}

const SIDES: [Side; 2] = [
    Side { sign: '-', style: AnsiColor::Red.on_default() },
    Side { sign: '+', style: AnsiColor::Green.on_default() },
];

impl Side {
    fn line(&self, first: &str, second: &str) -> Text {
        let line = format!("  {} {first}{second}", self.sign);
        Text::styled(self.style, line.trim_end()) + "\n"
    }
}

/// Maximum width of the column of names.
const NAMES: usize = 16;

fn table(pair: &Pair<'_>, members: &[Member], language: Language) -> Text {
    let names: Vec<String> = members.iter().map(|member| safe::line(&member.name)).collect();
    let width = widest(&names).min(NAMES);
    let zone = zone::local();
    let mut text = Text::new();
    for (member, name) in members.iter().zip(&names) {
        let name = padded(name, width) + "  ";
        let instants = pair.instants(&member.name);
        let times = |at: Option<UnixTime>| {
            at.map(|at| readings(at, &zone, pair.now, language)).unwrap_or_default()
        };
        if !member.differs() {
            let value = member.values[0].as_deref().unwrap_or_default();
            let _ = writeln!(text, "    {name}{}", safe::line(value));
            for time in times(instants[0]) {
                let _ = writeln!(text, "    {:width$}  {time}", "");
            }
            continue;
        }
        for ((side, value), at) in SIDES.iter().zip(&member.values).zip(instants) {
            let Some(value) = value else { continue };
            text += &side.line(&name, &safe::line(value));
            for time in times(at) {
                text += &side.line(&" ".repeat(width.saturating_add(2)), &time);
            }
        }
        if let [Some(first), Some(second)] = instants {
            let _ = writeln!(text, "    {:width$}  {}", "", apart(second - first, language));
        }
    }
    text
}

/// `5 min later`, for the second token.
fn apart(span: Span, language: Language) -> String {
    let length = words::rounded(span.abs(), language);
    let said = Said(|f: &mut fmt::Formatter<'_>| {
        if span < Span::ZERO {
            sentence!(f, language, en: "{length} earlier", de: "{length} früher", ko: "{length} 이름")
        } else {
            sentence!(f, language, en: "{length} later", de: "{length} später", ko: "{length} 늦음")
        }
    });
    said.to_string()
}

/// What the times allow, and why.
fn headline(pair: &Pair<'_>, findings: &[Vec<Finding>; 2], language: Language) -> String {
    let because = |at: usize| {
        let token = pair.tokens.get(at)?;
        let refused = findings.get(at)?.iter().find(|found| found.verdict() != Verdict::Accept);
        let named =
            |found: &Finding| format!("{} {}", found.rule(), words::finding(found, language));
        token.fault().map(|fault| problem(fault, language)).or_else(|| refused.map(named))
    };
    let [first, second] = [because(0).unwrap_or_default(), because(1).unwrap_or_default()];
    let verdicts = pair.verdicts(findings);
    let said = Said(|f: &mut fmt::Formatter<'_>| match verdicts {
        [Verdict::Accept, Verdict::Accept] => sentence!(f, language,
            en: "Both tokens are within their times.",
            de: "Beide Tokens liegen innerhalb ihrer Zeiten.",
            ko: "두 토큰 모두 유효 시간 이내입니다.",
        ),
        [Verdict::Accept, Verdict::Reject] => sentence!(f, language,
            en: "By the times alone, only token 1 can be accepted; token 2 cannot: {second}",
            de: "Allein nach den Zeiten kann nur Token 1 angenommen werden, Token 2 nicht: {second}",
            ko: "시각만 보면 토큰 1만 수락할 수 있습니다. 토큰 2의 거부 사유: {second}",
        ),
        [Verdict::Reject, Verdict::Accept] => sentence!(f, language,
            en: "By the times alone, only token 2 can be accepted; token 1 cannot: {first}",
            de: "Allein nach den Zeiten kann nur Token 2 angenommen werden, Token 1 nicht: {first}",
            ko: "시각만 보면 토큰 2만 수락할 수 있습니다. 토큰 1의 거부 사유: {first}",
        ),
        [Verdict::Reject, Verdict::Reject] => sentence!(f, language,
            en: "Neither token can be accepted. Token 1: {first}. Token 2: {second}",
            de: "Keines der Tokens kann angenommen werden. Token 1: {first}. Token 2: {second}",
            ko: "두 토큰 모두 수락할 수 없습니다. 토큰 1: {first}. 토큰 2: {second}",
        ),
        _ => sentence!(f, language,
            en: "The clock is not known well enough to compare what the times allow.",
            de: "Die Uhr ist nicht genau genug bekannt, um die Zeiten zu beurteilen.",
            ko: "시계의 정확도가 부족하여 유효 시간을 비교할 수 없습니다.",
        ),
    });
    said.to_string()
}

/// The difference, as a member of the answer about the second token.
#[derive(Serialize)]
pub(crate) struct DifferenceJson {
    by_times: [String; 2],
    header: Vec<ChangeJson>,
    claims: Vec<ChangeJson>,
    findings: Vec<FindingChangeJson>,
}

#[derive(Serialize)]
struct ChangeJson {
    name: String,
    change: &'static str,
    values: [Option<Box<RawValue>>; 2],
    later_s: Option<Seconds>,
}

#[derive(Serialize)]
struct FindingChangeJson {
    rule: String,
    states: [Option<&'static str>; 2],
}

pub(crate) fn difference(pair: &Pair<'_>) -> DifferenceJson {
    let findings = pair.findings();
    let change = |member: Member| {
        let instants = pair.instants(&member.name);
        ChangeJson {
            change: match &member.values {
                [None, _] => "added",
                [_, None] => "removed",
                _ => "changed",
            },
            values: member.values.map(|value| json::raw(&value?)),
            later_s: instants[0].zip(instants[1]).map(|(first, second)| Seconds(second - first)),
            name: member.name,
        }
    };
    let changes =
        |members: Vec<Member>| members.into_iter().filter(Member::differs).map(change).collect();
    DifferenceJson {
        by_times: pair.verdicts(&findings).map(|verdict| verdict.to_string()),
        header: changes(pair.headers()),
        claims: changes(pair.claims()),
        findings: changed_findings(&findings),
    }
}

/// The findings whose states differ.
fn changed_findings(findings: &[Vec<Finding>; 2]) -> Vec<FindingChangeJson> {
    let of = |at: usize| findings.get(at).into_iter().flatten();
    let found = |at, rule| of(at).find(|found| found.rule() == rule).map(state);
    let rules = jwtick_core::judge::Rule::ALL.into_iter();
    let states = rules.map(|rule| (rule, [found(0, rule), found(1, rule)]));
    let changed = states.filter(|(_, [first, second])| first != second);
    changed.map(|(rule, states)| FindingChangeJson { rule: rule.to_string(), states }).collect()
}
