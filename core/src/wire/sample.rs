//! The result of one SNTP exchange, and the requirements on the server and on the local clock.

use super::packet::{Leap, Reply};
use super::reference::ReferenceId;
use super::refusal::SntpRefusal;
use super::stamp::Instants;
use crate::time::{Bracket, Offset, Ppm, Span, UnixTime};

// Local readings are truncated to microseconds, so the later one may be too early by up to one.
const LOCAL_PRECISION: Span = Span::from_micros(1);

/// The result of one exchange with one server. It is a proof if the server is as accurate as it
/// reports.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::time::Bracket;
/// use jwtick_core::wire::{SntpPolicy, SntpRequest};
/// let nonce = 0x0123_4567_89AB_CDEF_u64;
/// // Version 4, mode 4, stratum 1, precision 2⁻²⁰ s, a reference named GPS, 1970-01-01T00:01:00Z.
/// let mut reply = [0_u8; 48];
/// reply[..4].copy_from_slice(&[0x24, 1, 0, 0xEC]);
/// reply[12..15].copy_from_slice(b"GPS");
/// reply[24..32].copy_from_slice(&nonce.to_be_bytes());
/// for stamp in [32, 40] {
///     reply[stamp..stamp + 4].copy_from_slice(&2_208_988_860_u32.to_be_bytes());
/// }
/// let at = |millis| UnixTime::EPOCH + Span::from_millis(millis);
/// let local = Bracket::between(at(50_000), at(50_010)).unwrap();
/// let sample = SntpRequest::new(nonce).check(&reply, local, SntpPolicy::as_of(at(0)))?;
/// assert!(sample.offset.contains(Span::from_millis(9_995)));
/// assert_eq!(sample.delay, Span::from_millis(10));
/// assert_eq!(sample.reference.to_string(), "GPS");
/// # Ok::<(), jwtick_core::wire::SntpRefusal>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SntpSample {
    /// The local clock just before the request was sent and just after its reply arrived.
    pub local: Bracket,
    /// Reference minus local during the exchange.
    pub offset: Offset,
    /// The round trip δ (RFC 5905 §8): the duration of the exchange without the server's share.
    pub delay: Span,
    /// The server's distance from UTC by its own report: half of its root delay plus its root
    /// dispersion (RFC 5905 §7.3).
    pub root_distance: Span,
    /// The resolution of the server's clock (RFC 5905 §7.3, ρ).
    pub precision: Span,
    /// The number of hops from a reference clock to the server, 1 to 15.
    pub stratum: u8,
    /// The source of the server's time.
    pub reference: ReferenceId,
    /// The leap second announced for the end of the month.
    pub leap: Leap,
}

impl SntpSample {
    pub(super) fn of(
        reply: &Reply,
        local: Bracket,
        policy: SntpPolicy,
    ) -> Result<Self, SntpRefusal> {
        let receive = reply.receive.near(policy.pivot);
        // The transmit timestamp is near the receive timestamp, even across the end of an era.
        let transmit = reply.transmit.near(receive.floor);
        if reply.transmit.is_before(reply.receive) {
            return Err(SntpRefusal::Backwards { by: receive.ceil - transmit.floor });
        }
        check_last_set(reply, transmit)?;
        let root_distance = reply.root_delay.half() + reply.root_dispersion.span();
        let precision = reply.precision.span();
        check_distance(root_distance + precision, policy)?;
        let exchange = local.after() - local.before();
        // RFC 5905 §8: both precisions, plus PHI times the duration of the exchange.
        let reading = precision + LOCAL_PRECISION + policy.drift.of(exchange);
        let held = transmit.floor - receive.ceil;
        if held > exchange + reading {
            return Err(SntpRefusal::Held { held, exchange });
        }
        let error = root_distance + reading;
        let offset = Offset::between(
            transmit.floor - local.after() - error,
            receive.ceil - local.before() + error,
        )
        .ok_or(SntpRefusal::Held { held, exchange })?;
        let delay = (exchange - held).max(Span::ZERO);
        let Reply { stratum, reference, leap, .. } = *reply;
        Ok(Self { local, offset, delay, root_distance, precision, stratum, reference, leap })
    }
}

// RFC 5905 §A.5.1.1 treats a header as invalid if the clock was last set after the packet left. The
// server's clock has gone back in between, and nothing tells which of the two readings is wrong.
fn check_last_set(reply: &Reply, transmit: Instants) -> Result<(), SntpRefusal> {
    if reply.last_set.is_zero() || !reply.transmit.is_before(reply.last_set) {
        return Ok(());
    }
    let last_set = reply.last_set.near(transmit.floor);
    Err(SntpRefusal::SetLater { by: last_set.ceil - transmit.floor })
}

fn check_distance(met: Span, policy: SntpPolicy) -> Result<(), SntpRefusal> {
    let allowed = policy.most_distance;
    if met > allowed { Err(SntpRefusal::Distance { met, allowed }) } else { Ok(()) }
}

/// Requirements on a time server, and on the local clock that it is compared with.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::wire::SntpPolicy;
/// let built = UnixTime::from_secs(1_767_225_600);
/// let strict = SntpPolicy { most_distance: Span::from_millis(100), ..SntpPolicy::as_of(built) };
/// assert!(strict.most_distance < SntpPolicy::MAXDISP);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SntpPolicy {
    /// The instant that selects the era, which NTP timestamps do not carry. Each timestamp is read
    /// as the instant nearest to this one, so timestamps within 68 years are read correctly. The
    /// build date is the natural choice, because it needs no clock.
    pub pivot: UnixTime,
    /// The greatest distance from UTC that a server may report: half of its root delay, plus its
    /// root dispersion and its precision.
    pub most_distance: Span,
    /// The rate at which the local clock may gain or lose during the exchange.
    pub drift: Ppm,
}

impl SntpPolicy {
    /// The greatest distance of a server that RFC 5905 selects (MAXDIST, §A.1.1). The interval of a
    /// server beyond it is still a proof, but too wide to be useful.
    pub const MAXDIST: Span = Span::from_secs(1);
    /// The distance from which RFC 5905 treats the header as invalid (MAXDISP, §A.1.1 and
    /// §A.5.1.1).
    pub const MAXDISP: Span = Span::from_secs(16);

    /// The greatest rate at which `adjtime` slews a clock. PHI (RFC 5905 §7.2), 15 ppm, applies to
    /// a clock that a daemon has disciplined and no longer slews. No crystal is wrong by as much as
    /// this rate.
    pub const SLEW: Ppm = Ppm(500);

    /// A policy with the era of `pivot`, distances up to [`MAXDIST`](Self::MAXDIST) and a local
    /// clock that may be [slewed](Self::SLEW).
    #[must_use]
    pub const fn as_of(pivot: UnixTime) -> Self {
        Self { pivot, most_distance: Self::MAXDIST, drift: Self::SLEW }
    }
}
