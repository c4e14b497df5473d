//! Remedies for a surveyed clock, most useful first.

use super::verdict::{ClockVerdict, Doubt, Survey};
use crate::time::Offset;
use crate::time::Span;

/// A remedy for a clock or token fault.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::survey::Remedy;
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"2024-01-09T14:00:00Z chronyd[7]: System clock wrong by 5400.0 seconds\n");
/// diagnoser.feed(b"2024-01-09T14:00:01Z POST /token: invalid_grant: JWT has expired\n");
/// assert!(diagnoser.finish().remedies.contains(&Remedy::SyncChrony));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Remedy {
    /// Compare `date -u` with the `Date` header of the server to confirm the offset.
    ConfirmOffset,
    /// systemd-timesyncd: `timedatectl set-ntp true`, then `timedatectl timesync-status`.
    SyncSystemd,
    /// chrony: `chronyc makestep`, then `chronyc tracking`.
    SyncChrony,
    /// Windows: `w32tm /resync /force`, then `w32tm /query /status`.
    SyncWindows,
    /// macOS: `sudo sntp -sS time.apple.com`, and "Set time automatically".
    SyncMacos,
    /// A virtual machine that was paused: restart the time service in the guest.
    SyncGuest,
    /// A container uses its host's clock: correct the host.
    SyncContainerHost,
    /// A browser: automatic date and time in the settings of the user's computer or phone.
    SyncDevice,
    /// WSL: `wsl --shutdown`, or `hwclock --hctosys`.
    SyncWsl,
    /// Docker Desktop: restart it, so that its virtual machine takes the time of the computer.
    SyncDockerDesktop,
    /// Kubernetes: a pod uses the clock of its node.
    SyncNode,
    /// Android: automatic date and time.
    SyncAndroid,
    /// iOS: automatic date and time.
    SyncIos,
    /// OpenWrt and other systems with BusyBox: `ntpd -n -q -p`.
    SyncBusybox,
    /// RouterOS: `/system ntp client`.
    SyncRouterOs,
    /// ESP32: SNTP before the first connection.
    SyncEsp32,
    /// The commands of the common time services, where nothing shows the platform.
    SyncAny,
    /// A hardware clock kept in local time: `timedatectl set-local-rtc 0`, `hwclock --systohc --utc`.
    KeepRtcInUtc,
    /// An appliance without a battery-backed clock: set the time before the first token is made or
    /// judged, and store the newest trusted time across restarts.
    SetClockAtBoot,
    /// Set the zone of the host, not its clock: `timedatectl set-timezone`.
    CorrectZone,
    /// The same on Windows: `tzutil /s`.
    CorrectZoneOnWindows,
    /// Compute instants in UTC: the code takes a local time for UTC, or the reverse.
    ComputeInUtc,
    /// Until the clock is right, add this offset when issuing or verifying tokens.
    ApplyOffset(Offset),
    /// The smallest leeway with which the token would have been accepted.
    AllowLeeway(Span),
    /// The shortest lifetime with which the token would still have been valid.
    AskLifetime(Span),
    /// Request a lifetime of at most this much.
    LimitLifetime(Span),
    /// Restart, or log in again to, the programs that made tokens with the wrong time.
    RenewSessions,
    /// Renew the token before it expires; make a new assertion for every request.
    RenewToken,
    /// Sign just before sending, and sign again on a retry.
    SignWhenSending,
    /// Write `exp`, `nbf` and `iat` in seconds (RFC 7519 §2), as numbers.
    WriteSeconds,
    /// Check key, issuer, audience and the form of the claims: time is not the reason.
    CheckClaims,
    /// Tell the operator of the other server that its clock is wrong.
    TellOperator,
    /// Synchronize both servers with the same time source.
    SyncPeers,
    /// The certificate needs renewal by the server's operator.
    RenewCertificate,
    /// ntpd: restart it with `-g`, then `ntpq -p`.
    SyncNtpd,
    /// Nothing synchronizes this clock: `jwtick clock --step`.
    StepClock,
    /// Only one source, or no majority: name another source.
    NameAnotherSource,
    /// One source disagrees with the majority: tell its operator, or name another.
    MistrustSource,
    /// No source answered: check names, ports and firewall.
    ReachSources,
    /// The interval is wider than the limit: use a source that is nearer.
    AskNearer,
}

/// The service that sets a host's clock.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::{Keeper, Remedy, Survey};
/// use jwtick_core::time::Offset;
/// let minute = Offset::between(Span::from_secs(59), Span::from_secs(61));
/// let survey = Survey::of(&[minute, minute], Span::from_secs(1));
/// assert_eq!(survey.remedies(Keeper::Chrony).first(), Some(&Remedy::SyncChrony));
/// assert!(survey.remedies(Keeper::Nobody).contains(&Remedy::StepClock));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Keeper {
    /// chrony.
    Chrony,
    /// systemd-timesyncd.
    Timesyncd,
    /// ntpd, from ntp.org or ntpsec.
    Ntpd,
    /// The Windows time service.
    Windows,
    /// timed on macOS.
    Macos,
    /// Windows, for a Linux system under WSL.
    Wsl,
    /// The host that runs this container.
    ContainerHost,
    /// No service sets the clock.
    Nobody,
}

impl Survey {
    /// Remedies for a host whose clock `keeper` sets.
    #[must_use]
    pub fn remedies(self, keeper: Keeper) -> heapless::Vec<Remedy, 8> {
        let mut list = heapless::Vec::new();
        let mut add = |remedy| {
            let _ = list.push(remedy);
        };
        match self.verdict() {
            ClockVerdict::Right => {}
            ClockVerdict::Wrong(_) => self.correct(keeper, &mut add),
            ClockVerdict::Undecided(Doubt::NothingMeasured) => add(Remedy::ReachSources),
            ClockVerdict::Undecided(Doubt::NoMajority(_)) => add(Remedy::NameAnotherSource),
            ClockVerdict::Undecided(Doubt::AcrossTheEdge) => add(Remedy::AskNearer),
        }
        if self.measured() > self.rests_on() && self.rests_on() > 0 {
            add(Remedy::MistrustSource);
        }
        list
    }

    /// Remedies for a host whose clock was never set, which has no offset worth applying: tokens need
    /// its time, and it loses that at the next start.
    #[must_use]
    pub fn remedies_for_unset(self, keeper: Keeper) -> heapless::Vec<Remedy, 8> {
        let mut list = self.remedies(keeper);
        list.retain(|remedy| !matches!(remedy, Remedy::ApplyOffset(_)));
        let _ = list.push(Remedy::SetClockAtBoot);
        list
    }

    fn correct(self, keeper: Keeper, add: &mut impl FnMut(Remedy)) {
        // Do not set a clock from the unauthenticated answer of a single server.
        if self.rests_on() < 2 {
            add(Remedy::NameAnotherSource);
        }
        match keeper {
            Keeper::Chrony => add(Remedy::SyncChrony),
            Keeper::Timesyncd => add(Remedy::SyncSystemd),
            Keeper::Ntpd => add(Remedy::SyncNtpd),
            Keeper::Windows => add(Remedy::SyncWindows),
            Keeper::Macos => add(Remedy::SyncMacos),
            Keeper::Wsl => add(Remedy::SyncWsl),
            Keeper::ContainerHost => add(Remedy::SyncContainerHost),
            Keeper::Nobody => {
                add(Remedy::StepClock);
                add(Remedy::SyncSystemd);
            }
        }
        if let Some(offset) = self.offset() {
            add(Remedy::ApplyOffset(offset));
        }
        add(Remedy::RenewSessions);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Offset;
    use crate::time::Span;

    #[test]
    fn unset_clock_gets_no_offset_to_apply() {
        let decades = Some(Offset::exactly(Span::from_secs(1_795_000_000)));
        let survey = Survey::of(&[decades, decades], Span::ZERO);
        let found = survey.remedies_for_unset(Keeper::Timesyncd);
        let expected = [Remedy::SyncSystemd, Remedy::RenewSessions, Remedy::SetClockAtBoot];
        assert_eq!(found.as_slice(), expected);
    }

    #[test]
    fn each_verdict_has_remedies() {
        let at = |secs| Some(Offset::exactly(Span::from_secs(secs)));
        let across = Offset::between(Span::ZERO, Span::from_secs(5));
        let apply = |secs| Remedy::ApplyOffset(Offset::exactly(Span::from_secs(secs)));
        type Row<'r> = (&'r str, &'r [Option<Offset>], Keeper, &'r [Remedy]);
        let rows: &[Row<'_>] = &[
            ("right", &[at(0)], Keeper::Chrony, &[]),
            ("no answer", &[None], Keeper::Chrony, &[Remedy::ReachSources]),
            ("contradiction", &[at(0), at(9)], Keeper::Chrony, &[Remedy::NameAnotherSource]),
            ("too wide", &[across], Keeper::Chrony, &[Remedy::AskNearer]),
            ("a falseticker", &[at(0), at(0), at(9)], Keeper::Chrony, &[Remedy::MistrustSource]),
            (
                "wrong by two",
                &[at(9), at(9)],
                Keeper::Timesyncd,
                &[Remedy::SyncSystemd, apply(9), Remedy::RenewSessions],
            ),
            (
                "wrong by one, no service sets it",
                &[at(9)],
                Keeper::Nobody,
                &[
                    Remedy::NameAnotherSource,
                    Remedy::StepClock,
                    Remedy::SyncSystemd,
                    apply(9),
                    Remedy::RenewSessions,
                ],
            ),
        ];
        for &(name, sources, keeper, expected) in rows {
            let found = Survey::of(sources, Span::from_secs(1)).remedies(keeper);
            assert_eq!(found.as_slice(), expected, "{name}");
        }
    }
}
