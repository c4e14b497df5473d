//! Remedies that state an amount.

use core::fmt;

use super::super::duration::{amount, duration};
use super::super::language::Language;
use super::super::offset::{Extent, at_least, offset as clock_offset};
use super::super::sentence::sentence;
use crate::time::{Direction, Offset, Span};

pub(super) fn apply_offset(
    offset: Offset,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match Extent::of(offset) {
        Extent::Around { direction, middle, .. } => {
            shift_times(direction, amount(middle, language), language, f)
        }
        Extent::Between { direction, least, .. }
        | Extent::AtLeast { direction, middle: least, .. } => {
            shift_times(direction, at_least(amount(least, language), language), language, f)
        }
        Extent::Unknown | Extent::Exact | Extent::AtMost(..) | Extent::Across { .. } => {
            allow_for(offset, language, f)
        }
    }
}

fn shift_times(
    direction: Direction,
    amount: impl fmt::Display,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match direction {
        Direction::Behind => sentence!(f, language,
            en: "Until the clock is right, add {amount} to its time when issuing or verifying tokens.",
            de: "Solange die Uhr falsch geht: Zählen Sie beim Ausstellen und Prüfen von Token {amount} zu ihrer Zeit hinzu.",
            ko: "시계를 바로잡을 때까지 토큰을 발급하거나 검증할 때 로컬 시각에 더할 값: {amount}.",
        ),
        Direction::Ahead => sentence!(f, language,
            en: "Until the clock is right, subtract {amount} from its time when issuing or verifying tokens.",
            de: "Solange die Uhr falsch geht: Ziehen Sie beim Ausstellen und Prüfen von Token {amount} von ihrer Zeit ab.",
            ko: "시계를 바로잡을 때까지 토큰을 발급하거나 검증할 때 로컬 시각에서 뺄 값: {amount}.",
        ),
    }
}

// The sign is unknown, so the offset can only be allowed for, not added or subtracted.
fn allow_for(offset: Offset, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let offset = clock_offset(offset, language);
    sentence!(f, language,
        en: "Until the clock is right, allow for this when issuing or verifying tokens: {offset}.",
        de: "Berücksichtigen Sie beim Ausstellen und Prüfen von Token, wie die Uhr geht: {offset}.",
        ko: "시계를 바로잡을 때까지 토큰을 발급하거나 검증할 때 다음 차이를 고려하십시오: {offset}.",
    )
}

pub(super) fn allow_leeway(
    leeway: Span,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let leeway = duration(leeway, language);
    sentence!(f, language,
        en: "A leeway of {leeway} would have accepted the token; allow it only until the clock is right.",
        de: "Eine Toleranz (leeway) von {leeway} hätte gereicht; lassen Sie sie nur zu, bis die Uhr richtig geht.",
        ko: "통과에 필요한 최소 허용 오차(leeway): {leeway}. 시계를 바로잡을 때까지만 허용하십시오.",
    )
}

pub(super) fn ask_lifetime(
    lifetime: Span,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let lifetime = duration(lifetime, language);
    sentence!(f, language,
        en: "A lifetime of {lifetime} would have been long enough; request at least that.",
        de: "Eine Gültigkeitsdauer von {lifetime} hätte gereicht; fordern Sie mindestens diese an.",
        ko: "필요한 최소 유효 기간: {lifetime}. 이보다 짧지 않게 요청하십시오.",
    )
}

pub(super) fn limit_lifetime(
    lifetime: Span,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let lifetime = duration(lifetime, language);
    sentence!(f, language,
        en: "Request a lifetime of at most {lifetime} (`exp` minus `iat`); the provider refuses more.",
        de: "Fordern Sie eine Gültigkeitsdauer von höchstens {lifetime} an (`exp` minus `iat`); mehr lehnt der Anbieter ab.",
        ko: "제공자가 허용하는 최대 유효 기간: {lifetime}(`exp` - `iat`). 이보다 길지 않게 요청하십시오.",
    )
}
