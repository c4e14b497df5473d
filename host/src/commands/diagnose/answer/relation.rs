//! The difference between the clocks of two inputs, with the lines that prove it.

use core::fmt;

use jwtick_core::words::{self, Language, Said, sentence, word};
use serde::Serialize;

use crate::commands::diagnose::relate::{Mark, Premise, Relation};
use crate::notation::civil;
use crate::page::json::{Interval, interval};

/// A relation between two inputs, by their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Related {
    /// The earlier input.
    pub(crate) a: String,
    pub(crate) b: String,
    /// The clock of `b` minus that of `a`.
    pub(crate) relation: Relation,
}

/// A sentence on the difference, and one for each of its premises.
pub(crate) fn said(related: &Related, language: Language) -> Vec<String> {
    let Related { a, b, relation } = related;
    let finding = Said(move |f: &mut fmt::Formatter<'_>| match relation.offset() {
        Some(offset) => {
            let offset = words::offset(offset, language);
            sentence!(f, language,
                en: "Compared with the clock of `{b}`, that of `{a}` is {offset}.",
                de: "Verglichen mit der Uhr von `{b}` geht die von `{a}` {offset}.",
                ko: "`{b}` 시계와 비교한 `{a}` 시계: {offset}.",
            )
        }
        None => sentence!(f, language,
            en: "The requests in `{a}` and `{b}` contradict each other: no difference of the two clocks explains them all, so a clock was set in between, or an identifier was used twice.",
            de: "Die Anfragen in `{a}` und `{b}` widersprechen einander: Kein Unterschied der beiden Uhren erklärt sie alle. Eine Uhr wurde zwischendurch gestellt, oder eine Kennung wurde zweimal verwendet.",
            ko: "`{a}`, `{b}` 로그의 요청들이 서로 모순됩니다. 두 시계의 차이 하나로는 모두 설명할 수 없으므로, 중간에 시계가 조정되었거나 식별자가 두 번 사용된 것입니다.",
        ),
    });
    let condition = if relation.if_utc {
        word!(language,
            en: " This holds if the timestamps without a zone are in UTC.",
            de: " Das gilt, wenn die Zeitstempel ohne Zeitzone in UTC sind.",
            ko: " 시간대가 없는 시각이 UTC라는 전제에서 성립합니다.",
        )
    } else {
        ""
    };
    let premises = relation.premises().map(|it| premise(related, &it, language));
    core::iter::once(format!("{finding}{condition}")).chain(premises).collect()
}

fn premise(related: &Related, premise: &Premise, language: Language) -> String {
    let (first, second) = inputs(related, premise);
    let (before, after) = (premise.before, premise.after);
    let (at, then) = (shown(before), shown(after));
    let (one, two) = (before.line, after.line);
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "Line {one} of `{first}` ({at}) was written before line {two} of `{second}` ({then}), about the same request.",
            de: "Zeile {one} von `{first}` ({at}) wurde vor Zeile {two} von `{second}` ({then}) geschrieben; beide betreffen dieselbe Anfrage.",
            ko: "`{first}` {one}행({at})은 같은 요청에 대한 `{second}` {two}행({then})보다 먼저 기록되었습니다.",
        )
    })
    .to_string()
}

/// The inputs of the first and the second line.
fn inputs<'r>(related: &'r Related, premise: &Premise) -> (&'r str, &'r str) {
    let Related { a, b, .. } = related;
    if premise.is_forward { (a, b) } else { (b, a) }
}

fn shown(mark: Mark) -> String {
    civil::utc(mark.at.earliest()).unwrap_or_default()
}

/// A relation, in the schema of `diagnose`.
#[derive(Debug, Serialize)]
pub(crate) struct RelationJson<'r> {
    a: &'r str,
    b: &'r str,
    offset_s: Option<Interval>,
    if_utc: bool,
    requests: u64,
    premises: Vec<PremiseJson<'r>>,
}

#[derive(Debug, Serialize)]
struct PremiseJson<'r> {
    before: MarkJson<'r>,
    after: MarkJson<'r>,
}

#[derive(Debug, Serialize)]
struct MarkJson<'r> {
    input: &'r str,
    line: u64,
    time: Option<String>,
}

pub(crate) fn json(related: &Related) -> RelationJson<'_> {
    let mark = |input, mark: Mark| MarkJson {
        input,
        line: mark.line,
        time: civil::rfc3339(mark.at.earliest()),
    };
    let premises = related.relation.premises().map(|it| {
        let (first, second) = inputs(related, &it);
        PremiseJson { before: mark(first, it.before), after: mark(second, it.after) }
    });
    RelationJson {
        a: &related.a,
        b: &related.b,
        offset_s: related.relation.offset().map(interval),
        if_utc: related.relation.if_utc,
        requests: related.relation.requests,
        premises: premises.collect(),
    }
}
