//! What to do about a surveyed clock, most useful first.

use super::verdict::{ClockVerdict, Doubt, Survey};
use crate::time::Offset;
use crate::time::Span;

/// What to do, most useful first.
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
    /// A virtual machine or WSL that was paused: restart the time service in the guest.
    SyncGuest,
    /// A container has its host's clock: correct the host.
    SyncContainerHost,
    /// A phone or browser: automatic date and time in the settings of the device.
    SyncDevice,
    /// A hardware clock kept in local time: `timedatectl set-local-rtc 0`, `hwclock --systohc --utc`.
    KeepRtcInUtc,
    /// An appliance without a battery-backed clock: set the time before the first token is made or
    /// judged, and keep the newest trusted time over a restart.
    SetClockAtBoot,
    /// Set the zone of the host, not its clock.
    CorrectZone,
    /// Compute instants in UTC: the code takes a local civil time for UTC or the reverse.
    ComputeInUtc,
    /// Until the clock is right, add this offset when issuing or verifying tokens.
    ApplyOffset(Offset),
    /// The smallest leeway that would have passed.
    AllowLeeway(Span),
    /// The shortest lifetime that would have survived.
    AskLifetime(Span),
    /// Request a lifetime of at most this much.
    LimitLifetime(Span),
    /// Restart or log in again whatever made tokens by the wrong time.
    RenewSessions,
    /// Renew the token before it ends; make a new assertion for every request.
    RenewToken,
    /// Sign right before sending, and sign again on a retry.
    SignWhenSending,
    /// Write `exp`, `nbf` and `iat` in seconds (RFC 7519 §2), as numbers.
    WriteSeconds,
    /// Look at key, issuer, audience and the form of the claims: time is not the reason.
    CheckClaims,
    /// Tell the operator of the other server; its clock is wrong.
    TellOperator,
    /// Synchronize both servers with one source of time.
    SyncPeers,
    /// The certificate needs renewal by the server's operator.
    RenewCertificate,
    /// ntpd: restart it with `-g`, then `ntpq -p`.
    SyncNtpd,
    /// Nobody sets this clock: `jwtick clock --step`.
    StepClock,
    /// One source that nobody confirms, or no majority: name another one.
    NameAnotherSource,
    /// A source says something else than the majority: tell its operator, or name another.
    MistrustSource,
    /// No source answered: check names, ports and firewall.
    ReachSources,
    /// The interval is wider than what is allowed: ask a source that is nearer.
    AskNearer,
}

/// Who sets the clock of a host, or would.
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
    /// ntpd, of ntp.org or as ntpsec.
    Ntpd,
    /// The time service of Windows.
    Windows,
    /// timed of macOS.
    Macos,
    /// A Linux inside of Windows (WSL).
    Wsl,
    /// The machine that runs this container.
    ContainerHost,
    /// Nobody.
    Nobody,
}

impl Survey {
    /// What to do on a host whose clock `keeper` sets.
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

    fn correct(self, keeper: Keeper, add: &mut impl FnMut(Remedy)) {
        // A clock is not to be set on the word of one server that nobody vouches for.
        if self.rests_on() < 2 {
            add(Remedy::NameAnotherSource);
        }
        match keeper {
            Keeper::Chrony => add(Remedy::SyncChrony),
            Keeper::Timesyncd => add(Remedy::SyncSystemd),
            Keeper::Ntpd => add(Remedy::SyncNtpd),
            Keeper::Windows => add(Remedy::SyncWindows),
            Keeper::Macos => add(Remedy::SyncMacos),
            Keeper::Wsl => add(Remedy::SyncGuest),
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
    fn says_what_to_do_about_each_verdict() {
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
                "wrong by one, nobody sets it",
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
