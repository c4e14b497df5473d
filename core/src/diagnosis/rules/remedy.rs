//! The remedies for a cause, most useful first.

use super::outcome::Outcome;
use super::view::View;
use crate::diagnosis::cause::{Cause, ClockFault, Decider};
use crate::diagnosis::fold::hosts::Platform;
use crate::diagnosis::fold::refusal::{LONGEST_LIFETIME, Shape};
use crate::diagnosis::host_clock::ServerName;
use crate::evidence::{PLATFORMS, Pairs, Says};
use crate::survey::Remedy;
use crate::time::Direction;
use crate::time::Offset;
use crate::time::Span;

type Remedies = heapless::Vec<Remedy, 8>;

impl View<'_> {
    /// The server whose clock the commands ask. If this host refused, the text names no other clock.
    pub(crate) fn server(&self) -> ServerName {
        match self.shape() {
            Shape::Us => ServerName::new(),
            _ => self.totals.server.clone(),
        }
    }
}

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
            let platform = view.totals.platforms.best();
            if platform != Some(Platform::Appliance) {
                synchronize(platform, &mut add);
            }
        }
        Cause::TimeZone if outcome.fault == ClockFault::Cleared => add(Remedy::ComputeInUtc),
        Cause::TimeZone => {
            time_zone(view.totals.platforms.best(), &mut add);
            synchronize(view.totals.platforms.best(), &mut add);
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
        // These deciders have the same commands.
        Cause::Undetermined
            if matches!(
                outcome.decider,
                Some(Decider::ServerDate | Decider::OwnStamp | Decider::CertificateDates)
            ) => {}
        Cause::Undetermined if view.totals.refusals > 0 => add(Remedy::ConfirmOffset),
        Cause::Undetermined => {}
    }
    list
}

/// The settings of a zone, on a platform that has them.
fn time_zone(platform: Option<Platform>, add: &mut impl FnMut(Remedy)) {
    match platform {
        Some(Platform::WindowsTime | Platform::Windows) => add(Remedy::CorrectZoneOnWindows),
        // The step that sets the clock sets the zone as well, or there is none to set.
        Some(
            Platform::Android
            | Platform::Ios
            | Platform::Browser
            | Platform::RouterOs
            | Platform::Busybox
            | Platform::Esp32
            | Platform::Appliance,
        ) => {}
        Some(_) => {
            add(Remedy::KeepRtcInUtc);
            add(Remedy::CorrectZone);
        }
        None => {
            add(Remedy::KeepRtcInUtc);
            add(Remedy::CorrectZone);
            add(Remedy::CorrectZoneOnWindows);
        }
    }
}

fn local_clock(view: &View<'_>, outcome: &Outcome, add: &mut impl FnMut(Remedy)) {
    add(Remedy::ConfirmOffset);
    synchronize(view.totals.platforms.best(), add);
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
        (Shape::Us, Some(Direction::Behind), Some(Says::NotYet)) => tolerate(view, offset, add),
        (Shape::Provider, Some(Direction::Behind), Some(Says::Expired | Says::Window)) => {
            outlived(view, offset, add);
        }
        (Shape::Provider, Some(Direction::Ahead), Some(Says::NotYet)) => {
            tolerate(view, offset.reversed(), add);
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
            allow(past, add);
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
    synchronize(view.totals.platforms.best(), add);
    if let (Some(Direction::Behind), Some(offset)) = (outcome.direction, outcome.offset) {
        tolerate(view, offset, add);
    }
}

/// The leeway that would have let this very token pass, as the whole setting and not in addition to
/// one: the time from its judgement to its start, rounded up to what the text shows. A token starts
/// when it is made, so without its start the judge needs to allow for at most the `error` of its clock.
fn tolerate(view: &View<'_>, error: Offset, add: &mut impl FnMut(Remedy)) {
    let is_certificate = view.says().is_some_and(Says::is_about_certificate);
    let wait = view.totals.reasons.to_start.map_or(error.most(), |left| left.most);
    if !is_certificate {
        allow(wait, add);
    }
}

/// Adds a leeway that a verifier may reasonably grant: "usually no more than a few minutes" (RFC 7519
/// §4.1.4). TLS knows none.
fn allow(leeway: Span, add: &mut impl FnMut(Remedy)) {
    const MOST: Span = Span::from_secs(600);
    if leeway <= MOST {
        add(Remedy::AllowLeeway(leeway));
    }
}

/// Adds the steps that set the clock, for the platform that the text shows.
fn synchronize(platform: Option<Platform>, add: &mut impl FnMut(Remedy)) {
    let Some(platform) = platform else {
        add(Remedy::SyncAny);
        return;
    };
    add(match platform {
        Platform::Chrony => Remedy::SyncChrony,
        Platform::Timesyncd | Platform::Systemd => Remedy::SyncSystemd,
        Platform::WindowsTime | Platform::Windows => Remedy::SyncWindows,
        Platform::Macos => Remedy::SyncMacos,
        Platform::Wsl => Remedy::SyncWsl,
        Platform::DockerDesktop => Remedy::SyncDockerDesktop,
        Platform::Guest => Remedy::SyncGuest,
        Platform::Container => Remedy::SyncContainerHost,
        Platform::Node => Remedy::SyncNode,
        Platform::Android => Remedy::SyncAndroid,
        Platform::Ios => Remedy::SyncIos,
        Platform::Browser => Remedy::SyncDevice,
        Platform::Busybox => Remedy::SyncBusybox,
        Platform::RouterOs => Remedy::SyncRouterOs,
        Platform::Esp32 => Remedy::SyncEsp32,
        Platform::Appliance => Remedy::SetClockAtBoot,
    });
}

/// The step that sets the clock of the host that wrote `line`, if the line shows which service sets it. Signs
/// of the system around it are not counted: one of many lines may well have them by chance.
pub(crate) fn of_line(line: &[u8]) -> Option<Remedy> {
    let pairs = &Pairs::of(line);
    let signs = PLATFORMS.iter().filter(|(sign, _)| pairs.find(line, sign.as_bytes()));
    let platform = signs.map(|&(_, platform)| platform).min();
    let platform = platform.filter(|platform| *platform <= Platform::WindowsTime)?;
    let mut first = None;
    synchronize(Some(platform), &mut |remedy| first = first.or(Some(remedy)));
    first
}
