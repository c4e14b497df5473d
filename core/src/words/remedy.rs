//! What to do, with the exact commands in backticks.

mod phrases;

use core::fmt;

use super::amount::amount;
use super::duration::duration;
use super::language::Language;
use super::language::Phrase;
use super::offset::{Extent, offset as clock_offset};
use super::said::Said;
use crate::survey::Remedy;
use crate::time::Direction;
use crate::time::Offset;
use crate::time::Span;

/// One thing to do, as a sentence; commands stand in backticks, and what the operator has to fill
/// in (`SERVER`, `ZONE`) in capitals.
///
/// # Example
/// ```
/// use jwtick_core::survey::Remedy;
/// use jwtick_core::words::{Language, remedy};
/// let said = remedy(&Remedy::SyncChrony, Language::German).to_string();
/// assert!(said.contains("`sudo chronyc makestep`"));
/// ```
#[must_use]
pub fn remedy(remedy: &Remedy, language: Language) -> impl fmt::Display {
    let remedy = *remedy;
    Said(move |f: &mut fmt::Formatter<'_>| {
        let mut plain = |phrase: Phrase| f.write_str(phrase.said_in(language));
        match remedy {
            Remedy::ConfirmOffset => plain(phrases::CONFIRM_OFFSET),
            Remedy::SyncSystemd => plain(phrases::SYNC_SYSTEMD),
            Remedy::SyncChrony => plain(phrases::SYNC_CHRONY),
            Remedy::SyncWindows => plain(phrases::SYNC_WINDOWS),
            Remedy::SyncMacos => plain(phrases::SYNC_MACOS),
            Remedy::SyncGuest => plain(phrases::SYNC_GUEST),
            Remedy::SyncContainerHost => plain(phrases::SYNC_CONTAINER_HOST),
            Remedy::SyncDevice => plain(phrases::SYNC_DEVICE),
            Remedy::KeepRtcInUtc => plain(phrases::KEEP_RTC_IN_UTC),
            Remedy::SetClockAtBoot => plain(phrases::SET_CLOCK_AT_BOOT),
            Remedy::CorrectZone => plain(phrases::CORRECT_ZONE),
            Remedy::ComputeInUtc => plain(phrases::COMPUTE_IN_UTC),
            Remedy::ApplyOffset(offset) => apply_offset(offset, language, f),
            Remedy::AllowLeeway(leeway) => allow_leeway(leeway, language, f),
            Remedy::AskLifetime(lifetime) => ask_lifetime(lifetime, language, f),
            Remedy::LimitLifetime(lifetime) => limit_lifetime(lifetime, language, f),
            Remedy::RenewSessions => plain(phrases::RENEW_SESSIONS),
            Remedy::RenewToken => plain(phrases::RENEW_TOKEN),
            Remedy::SignWhenSending => plain(phrases::SIGN_WHEN_SENDING),
            Remedy::WriteSeconds => plain(phrases::WRITE_SECONDS),
            Remedy::CheckClaims => plain(phrases::CHECK_CLAIMS),
            Remedy::TellOperator => plain(phrases::TELL_OPERATOR),
            Remedy::SyncPeers => plain(phrases::SYNC_PEERS),
            Remedy::RenewCertificate => plain(phrases::RENEW_CERTIFICATE),
            Remedy::SyncNtpd => plain(phrases::SYNC_NTPD),
            Remedy::StepClock => plain(phrases::STEP_CLOCK),
            Remedy::NameAnotherSource => plain(phrases::NAME_ANOTHER_SOURCE),
            Remedy::MistrustSource => plain(phrases::MISTRUST_SOURCE),
            Remedy::ReachSources => plain(phrases::REACH_SOURCES),
            Remedy::AskNearer => plain(phrases::ASK_NEARER),
        }
    })
}

fn apply_offset(offset: Offset, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match Extent::of(offset) {
        Extent::Around { direction, middle, .. } => {
            shift_times(direction, amount(middle, language), language, f)
        }
        Extent::Between { direction, least, .. }
        | Extent::AtLeast { direction, middle: least, .. } => {
            shift_times(direction, AtLeast(amount(least, language), language), language, f)
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
    match (language, direction) {
        (Language::English, Direction::Behind) => {
            write!(
                f,
                "Until the clock is right, add {amount} to its time when making or judging tokens."
            )
        }
        (Language::English, Direction::Ahead) => {
            write!(
                f,
                "Until the clock is right, subtract {amount} from its time when making or judging tokens."
            )
        }
        (Language::German, Direction::Behind) => {
            write!(
                f,
                "Solange die Uhr falsch geht: Zählen Sie beim Ausstellen und Prüfen von Token {amount} zu ihrer Zeit hinzu."
            )
        }
        (Language::German, Direction::Ahead) => {
            write!(
                f,
                "Solange die Uhr falsch geht: Ziehen Sie beim Ausstellen und Prüfen von Token {amount} von ihrer Zeit ab."
            )
        }
        (Language::Korean, Direction::Behind) => {
            write!(
                f,
                "시계를 바로잡을 때까지 토큰을 발급하거나 검증할 때 로컬 시각에 더할 값: {amount}."
            )
        }
        (Language::Korean, Direction::Ahead) => {
            write!(
                f,
                "시계를 바로잡을 때까지 토큰을 발급하거나 검증할 때 로컬 시각에서 뺄 값: {amount}."
            )
        }
    }
}

// The sign is open, so there is nothing to add or to subtract, only something to allow for.
fn allow_for(offset: Offset, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let offset = clock_offset(offset, language);
    match language {
        Language::English => {
            write!(
                f,
                "Until the clock is right, allow for this when making or judging tokens: {offset}."
            )
        }
        Language::German => {
            write!(
                f,
                "Berücksichtigen Sie beim Ausstellen und Prüfen von Token, wie die Uhr geht: {offset}."
            )
        }
        Language::Korean => {
            write!(
                f,
                "시계를 바로잡을 때까지 토큰을 발급하거나 검증할 때 다음 차이를 고려하십시오: {offset}."
            )
        }
    }
}

struct AtLeast<T>(T, Language);

impl<T: fmt::Display> fmt::Display for AtLeast<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(amount, language) = self;
        match language {
            Language::English => write!(f, "at least {amount}"),
            Language::German => write!(f, "mindestens {amount}"),
            Language::Korean => write!(f, "최소 {amount}"),
        }
    }
}

fn allow_leeway(leeway: Span, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let leeway = duration(leeway, language);
    match language {
        Language::English => {
            write!(
                f,
                "A leeway of {leeway} would have let it pass; allow that only until the clock is right."
            )
        }
        Language::German => {
            write!(
                f,
                "Eine Toleranz (leeway) von {leeway} hätte gereicht; lassen Sie sie nur zu, bis die Uhr richtig geht."
            )
        }
        Language::Korean => {
            write!(
                f,
                "통과에 필요한 최소 허용 오차(leeway): {leeway}. 시계를 바로잡을 때까지만 허용하십시오."
            )
        }
    }
}

fn ask_lifetime(lifetime: Span, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let lifetime = duration(lifetime, language);
    match language {
        Language::English => {
            write!(f, "A lifetime of {lifetime} would have survived; ask for at least that.")
        }
        Language::German => {
            write!(
                f,
                "Eine Gültigkeitsdauer von {lifetime} hätte gereicht; fordern Sie mindestens diese an."
            )
        }
        Language::Korean => {
            write!(f, "필요한 최소 유효 기간: {lifetime}. 이보다 짧지 않게 요청하십시오.")
        }
    }
}

fn limit_lifetime(lifetime: Span, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let lifetime = duration(lifetime, language);
    match language {
        Language::English => {
            write!(
                f,
                "Ask for a lifetime of at most {lifetime} (`exp` minus `iat`); the provider refuses more."
            )
        }
        Language::German => {
            write!(
                f,
                "Fordern Sie eine Gültigkeitsdauer von höchstens {lifetime} an (`exp` minus `iat`); mehr lehnt der Anbieter ab."
            )
        }
        Language::Korean => {
            write!(
                f,
                "제공자가 허용하는 최대 유효 기간: {lifetime}(`exp` - `iat`). 이보다 길지 않게 요청하십시오."
            )
        }
    }
}
