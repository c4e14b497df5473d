//! What to do about a cause, and what would decide where none is found.

use crate::offset::Offset;
use crate::time::Span;

/// What to do, most useful first.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options, Remedy};
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
    /// Until the clock is right, add this offset when making or judging tokens.
    ApplyOffset(Offset),
    /// The smallest leeway that would have passed.
    AllowLeeway(Span),
    /// The shortest lifetime that would have survived.
    AskLifetime(Span),
    /// Ask for a lifetime of at most this much.
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

/// The one line or command that would decide what the text leaves open.
///
/// # Example
/// ```
/// use jwtick_core::{Decider, Diagnoser, Options};
/// let decider = |text: &[u8]| {
///     let mut diagnoser = Diagnoser::new(Options::default());
///     diagnoser.feed(text);
///     diagnoser.finish().decider
/// };
/// assert_eq!(decider(b"JWT has expired\n"), Some(Decider::ServerDate));
/// assert_eq!(decider(b"all is well\n"), Some(Decider::FailedCall));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Decider {
    /// The `Date` header of the refusing server beside `date -u` of this host.
    ServerDate,
    /// The zone of the log (`--tz`).
    LogZone,
    /// The client's own stamp, in UTC, of the moment when the refusal arrived.
    OwnStamp,
    /// `iat` and `exp` of the refused token.
    TokenTimes,
    /// The dates of the certificate, and `date -u`.
    CertificateDates,
    /// The log around a failed call: this text holds no refusal.
    FailedCall,
}
