//! A stretch of a host's log: the unit of evidence.
//!
//! A stretch is a run of records whose times are in the same quarter of an hour, and is diagnosed as a
//! text of its own. Where it starts depends only on the times of two adjacent records of the host, so any
//! division of a log at such places gives the same stretches. In all time zones, hours and days start
//! with a quarter of an hour of UTC: a log that was rotated or partitioned by them was divided there.

use jwtick_core::diagnosis::{
    Attribution, Cause, Certainty, ClockFault, Diagnosis, Evidence, EvidenceKind,
};
use jwtick_core::survey::Remedy;
use jwtick_core::time::{Direction, Offset};
use jwtick_core::{Span, UnixTime};

/// The length of a stretch.
const QUARTER: i64 = 900;

/// Returns true if a record at `next` starts another stretch than one at `last`.
pub(super) fn starts_anew(last: UnixTime, next: UnixTime) -> bool {
    let quarter = |at: UnixTime| at.floor_secs().div_euclid(QUARTER);
    quarter(last) != quarter(next)
}

/// Where the first relevant line of a stretch is.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The file or stream.
    pub(crate) source: String,
    /// The position in it.
    pub(crate) at: String,
}

/// The evidence of one stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The time of its first record in seconds since 1970, by the clock of the host; `None` without stamps.
    pub(crate) start: Option<i64>,
    /// The time of a server in it, in seconds since 1970.
    pub(crate) seen: Option<i64>,
    /// A digest of its text, by which it is recognised if it is read again.
    pub(crate) digest: u64,
    pub(crate) cause: Cause,
    pub(crate) fault: ClockFault,
    pub(crate) certainty: Certainty,
    pub(crate) attribution: Option<Attribution>,
    pub(crate) direction: Option<Direction>,
    /// The offset of this host's clock, in every time zone.
    pub(crate) offset: Option<Offset>,
    /// The offset if the log is in UTC.
    pub(crate) offset_if_utc: Option<Offset>,
    pub(crate) refusals: u64,
    /// The server that refused.
    pub(crate) server: String,
    /// The code of the first remedy.
    pub(crate) remedy: Option<&'static str>,
    /// Of several places with the same text, the first by name.
    pub(crate) place: Place,
}

/// The time of the first record of a stretch, and the digest of its text.
pub(super) type Key = (Option<i64>, u64);

impl Stretch {
    /// The evidence in `diagnosis` about a text that starts at `start` and has this digest.
    pub(super) fn of(diagnosis: &Diagnosis, (start, digest): Key, place: Place) -> Self {
        // What is known about another clock does not bound this one.
        let is_other = matches!(diagnosis.cause, Cause::RemoteClock | Cause::PeerClocks);
        let known = |offset: Option<Offset>| {
            let offset = if is_other { None } else { offset };
            offset.filter(|offset| *offset != Offset::UNKNOWN)
        };
        let third = diagnosis.third_opinion.map(|opinion| opinion.local).filter(|_| is_other);
        let is_of_server = |it: &&Evidence| it.kind == EvidenceKind::ServerTime;
        let server_time = diagnosis.evidence.iter().find(is_of_server).and_then(|it| it.instant);
        Self {
            start,
            seen: server_time.map(UnixTime::floor_secs).filter(|_| !is_other),
            digest,
            cause: diagnosis.cause,
            fault: diagnosis.fault,
            certainty: diagnosis.certainty,
            attribution: diagnosis.attribution,
            direction: diagnosis.direction,
            offset: third.or(known(diagnosis.offset)).map(in_millis),
            offset_if_utc: known(diagnosis.offset_if_utc).map(in_millis),
            refusals: diagnosis.refusals,
            server: diagnosis.server.as_str().to_owned(),
            remedy: diagnosis.remedies.iter().find_map(code),
            place,
        }
    }

    pub(super) const fn key(&self) -> Key {
        (self.start, self.digest)
    }

    /// Returns true if there is more to say than that the offset is within bounds.
    pub(super) fn says_more(&self) -> bool {
        self.refusals > 0
            || self.fault == ClockFault::Found
            || !matches!(self.cause, Cause::NotClock | Cause::Undetermined)
    }

    /// The narrowest offset that is known.
    pub(crate) fn narrow(&self) -> Option<Offset> {
        self.offset_if_utc.or(self.offset)
    }

    /// When the clock was observed, in seconds since 1970 by a right clock: the time of a server, or else that
    /// by the host's clock, corrected by as much as is certain.
    pub(super) fn observed_at(&self) -> Option<i64> {
        if self.seen.is_some() {
            return self.seen;
        }
        let certain = self.narrow().map_or(Span::ZERO, |offset| {
            if offset.least() > Span::ZERO { offset.least() } else { offset.most().min(Span::ZERO) }
        });
        Some((UnixTime::from_secs(self.start?) + certain).floor_secs())
    }

    /// The harm that it shows: refusals, weighted by the certainty of their cause.
    pub(crate) fn harm(&self) -> u64 {
        let weight = match self.certainty {
            Certainty::Proven => 10,
            Certainty::Likely => 5,
            Certainty::Weak => 1,
        };
        self.refusals.saturating_mul(weight)
    }

    /// All that is compared, in a form that has an order.
    fn order(&self) -> impl Ord + '_ {
        let ends = |offset: Option<Offset>| offset.map(|it| (it.least(), it.most()));
        (
            (self.key(), self.seen),
            (self.fault == ClockFault::Found, self.certainty, self.refusals),
            (self.cause.code(), self.attribution.map(Attribution::code)),
            (self.fault == ClockFault::Cleared, self.direction.map(Direction::code)),
            (ends(self.offset), ends(self.offset_if_utc)),
            (self.remedy, self.server.as_str()),
            core::cmp::Reverse(&self.place),
        )
    }
}

impl Ord for Stretch {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for Stretch {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The offset in whole milliseconds, as it is written, and not narrower than it is known.
pub(super) fn in_millis(offset: Offset) -> Offset {
    let floor = |end: Span| Span::from_millis(end.as_micros().div_euclid(1_000));
    let is_open = |end: Span| end == Span::MIN || end == Span::MAX;
    let (least, most) = (offset.least(), offset.most());
    let below = if is_open(least) { least } else { floor(least) };
    let above = if is_open(most) { most } else { -floor(-most) };
    Offset::between(below, above).unwrap_or(offset)
}

/// The remedies that tell what is to be done with a host, each with the code that a state has for it. Those
/// of a fault come before those of a symptom in a diagnosis, and the first counts. [`ANY`] is that of a host
/// of which nothing shows the platform.
pub(crate) const REMEDIES: &[(&str, Remedy)] = &[
    ("sync-systemd", Remedy::SyncSystemd),
    ("sync-chrony", Remedy::SyncChrony),
    ("sync-ntpd", Remedy::SyncNtpd),
    ("sync-windows", Remedy::SyncWindows),
    ("sync-macos", Remedy::SyncMacos),
    ("sync-guest", Remedy::SyncGuest),
    ("sync-container-host", Remedy::SyncContainerHost),
    ("sync-device", Remedy::SyncDevice),
    ("sync-wsl", Remedy::SyncWsl),
    ("sync-docker-desktop", Remedy::SyncDockerDesktop),
    ("sync-node", Remedy::SyncNode),
    ("sync-android", Remedy::SyncAndroid),
    ("sync-ios", Remedy::SyncIos),
    ("sync-busybox", Remedy::SyncBusybox),
    ("sync-routeros", Remedy::SyncRouterOs),
    ("sync-esp32", Remedy::SyncEsp32),
    ("sync-any", Remedy::SyncAny),
    ("keep-rtc-in-utc", Remedy::KeepRtcInUtc),
    ("set-clock-at-boot", Remedy::SetClockAtBoot),
    ("correct-zone", Remedy::CorrectZone),
    ("correct-zone-on-windows", Remedy::CorrectZoneOnWindows),
    ("compute-in-utc", Remedy::ComputeInUtc),
    ("renew-token", Remedy::RenewToken),
    ("sign-when-sending", Remedy::SignWhenSending),
    ("write-seconds", Remedy::WriteSeconds),
    ("check-claims", Remedy::CheckClaims),
    ("tell-operator", Remedy::TellOperator),
    ("sync-peers", Remedy::SyncPeers),
    ("renew-certificate", Remedy::RenewCertificate),
];

/// The code of a remedy.
pub(super) fn code(remedy: &Remedy) -> Option<&'static str> {
    REMEDIES.iter().find(|(_, known)| known == remedy).map(|(code, _)| *code)
}

/// The code of the remedy for any platform.
pub(super) const ANY: &str = "sync-any";

/// The one of two remedies that comes first in the table.
pub(super) fn first(
    one: Option<&'static str>,
    other: Option<&'static str>,
) -> Option<&'static str> {
    let place = |code: &&str| REMEDIES.iter().position(|(known, _)| known == code);
    one.into_iter().chain(other).min_by_key(place)
}
