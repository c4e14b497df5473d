//! The remedies for a cause, most useful first.

use super::outcome::Outcome;
use super::view::View;
use crate::diagnosis::cause::{Cause, ClockFault};
use crate::diagnosis::fold::platform::Platform;
use crate::diagnosis::fold::refusal::{LONGEST_LIFETIME, Shape};
use crate::evidence::Says;
use crate::survey::Remedy;
use crate::time::Direction;
use crate::time::Offset;
use crate::time::Span;

type Remedies = heapless::Vec<Remedy, 8>;

/// Returns the remedies for `outcome`.
pub(crate) fn remedies(view: &View<'_>, outcome: &Outcome) -> Remedies {
    let mut list = Remedies::new();
    let mut add = |remedy| {
        let _ = list.push(remedy);
    };
    match outcome.cause {
        Cause::LocalClock => local_clock(view, outcome, &mut add),
        Cause::ClockUnset => {
            add(Remedy::SetClockAtBoot);
            synchronize(view.totals.platform, &mut add);
        }
        Cause::TimeZone if outcome.fault == ClockFault::Cleared => add(Remedy::ComputeInUtc),
        Cause::TimeZone => {
            add(Remedy::KeepRtcInUtc);
            add(Remedy::CorrectZone);
            synchronize(view.totals.platform, &mut add);
        }
        Cause::RemoteClock => add(Remedy::TellOperator),
        Cause::PeerClocks => peers(view, outcome, &mut add),
        Cause::Expired => add(Remedy::RenewToken),
        Cause::LateRequest => add(Remedy::SignWhenSending),
        Cause::Units => add(Remedy::WriteSeconds),
        Cause::Lifetime => match view.totals.reasons.over_lifetime {
            Some(limit) => add(Remedy::LimitLifetime(limit)),
            None => add(Remedy::CheckClaims),
        },
        Cause::NotClock if view.totals.refusals == 0 => {}
        Cause::NotClock => add(Remedy::CheckClaims),
        Cause::ServerCertificate => add(Remedy::RenewCertificate),
        Cause::Undetermined if view.totals.refusals > 0 => add(Remedy::ConfirmOffset),
        Cause::Undetermined => {}
    }
    list
}

fn local_clock(view: &View<'_>, outcome: &Outcome, add: &mut impl FnMut(Remedy)) {
    add(Remedy::ConfirmOffset);
    synchronize(view.totals.platform, add);
    if let Some(offset) = outcome.offset {
        numbers(view, outcome, offset, add);
    }
    add(Remedy::RenewSessions);
}

/// The settings that would have let the call pass.
fn numbers(view: &View<'_>, outcome: &Outcome, offset: Offset, add: &mut impl FnMut(Remedy)) {
    if offset.most() - offset.least() <= Span::from_secs(120) {
        add(Remedy::ApplyOffset(offset));
    }
    match (view.shape(), outcome.direction, view.says()) {
        (Shape::Us, Some(Direction::Behind), Some(Says::NotYet)) => {
            add(Remedy::AllowLeeway(wait(view).unwrap_or(offset.least())));
        }
        (Shape::Provider, Some(Direction::Behind), Some(Says::Expired | Says::Window)) => {
            outlived(view, offset, add);
        }
        (Shape::Provider, Some(Direction::Ahead), Some(Says::NotYet))
            if offset.least() != Span::MIN =>
        {
            add(Remedy::AllowLeeway(wait(view).unwrap_or(-offset.least())));
        }
        _ => {}
    }
}

/// The leeway and the lifetime that would have kept an assertion valid until it was judged.
fn outlived(view: &View<'_>, offset: Offset, add: &mut impl FnMut(Remedy)) {
    // A token is expired at the instant of its end. Otherwise the judge's time is before the end of
    // the second that it states.
    const ITS_SECOND: Span = Span::from_secs(1);
    let reasons = &view.totals.reasons;
    let lifetime = match reasons.past_end {
        Some(past) => {
            let past = if past.least < past.most { past.most } else { past.most + ITS_SECOND };
            add(Remedy::AllowLeeway(past));
            reasons.ended_lifetime.map(|lifetime| lifetime + past)
        }
        None => Some(offset.most()),
    };
    if let Some(lifetime) = lifetime.filter(|lifetime| *lifetime <= LONGEST_LIFETIME) {
        add(Remedy::AskLifetime(lifetime));
    }
}

fn peers(view: &View<'_>, outcome: &Outcome, add: &mut impl FnMut(Remedy)) {
    add(Remedy::ConfirmOffset);
    add(Remedy::SyncPeers);
    synchronize(view.totals.platform, add);
    if let (Some(Direction::Behind), Some(offset)) = (outcome.direction, outcome.offset) {
        add(Remedy::AllowLeeway(wait(view).unwrap_or(offset.least())));
    }
}

/// The leeway that would have let this very token pass: the time from its judgement to its start,
/// rounded up to what the text shows.
fn wait(view: &View<'_>) -> Option<Span> {
    view.totals.reasons.to_start.map(|left| left.most)
}

/// Adds the steps that set the clock, for the platform that the text shows.
fn synchronize(platform: Option<Platform>, add: &mut impl FnMut(Remedy)) {
    match platform {
        Some(Platform::Chrony) => add(Remedy::SyncChrony),
        Some(Platform::Windows) => add(Remedy::SyncWindows),
        Some(Platform::Macos) => add(Remedy::SyncMacos),
        Some(Platform::Guest) => {
            add(Remedy::SyncGuest);
            add(Remedy::SyncSystemd);
        }
        Some(Platform::Container) => {
            add(Remedy::SyncContainerHost);
            add(Remedy::SyncSystemd);
        }
        Some(Platform::Device) => add(Remedy::SyncDevice),
        Some(Platform::Appliance) => {
            add(Remedy::SetClockAtBoot);
        }
        None => {
            add(Remedy::SyncSystemd);
            add(Remedy::SyncChrony);
            add(Remedy::SyncWindows);
        }
    }
}
