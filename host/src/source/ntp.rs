//! NTP servers, queried over UDP (RFC 5905 §14).
//!
//! A few requests are sent, one after another. `jwtick_core` decides what one reply proves and what
//! all of them prove together; this module contains the socket, the deadline and the rate limits: a
//! server that refuses is not queried again, and no server is queried more than [`EXCHANGES`] times
//! at each of its addresses.

mod exchange;
mod server;

use core::net::SocketAddr;
use core::time::Duration;
use std::time::Instant;

use jwtick_core::Span;
use jwtick_core::survey::{SntpContradiction, SntpSeries};
use jwtick_core::wire::{Leap, SntpPolicy, SntpRefusal, SntpSample};

pub(crate) use exchange::{NtpFault, NtpNote};
pub(crate) use server::NtpServer;

use super::local::LocalClock;
use super::observation::{Bound, Kind, Note, Observation, Source, SourceError};
use super::os;
use super::responder::Responder;

use exchange::{Line, Silence};

/// Number of requests per address; fewer if it refuses. Of a few, one usually passes the network
/// without a queue, and servers that limit their clients accept a burst of this size.
const EXCHANGES: u32 = 4;

/// Number of addresses to try per name. A pool has dozens; if none of these answers, the server is
/// not reachable from here.
const ADDRESSES: usize = 4;

/// Minimum wait for a further reply, as delays on one path vary.
const PATIENCE: Duration = Duration::from_millis(100);

impl Source for NtpServer {
    fn name(&self) -> String {
        format!("ntp:{self}")
    }

    fn kind(&self) -> Kind {
        Kind::Ntp
    }

    /// All samples count, not only the one with the least delay: each is a proof, and so is their
    /// intersection.
    fn observe(&self, local: &LocalClock, deadline: Instant) -> Result<Observation, SourceError> {
        let started = Instant::now();
        let mut addresses = self.addresses()?;
        let mut responder = Responder::default();
        responder.name(self.host());
        responder.reach(addresses.iter().copied());
        addresses.truncate(ADDRESSES);
        let after = rounded_up(deadline.saturating_duration_since(started));
        let mut failure = None;
        for (left, address) in (1..=addresses.len()).rev().zip(&addresses) {
            // An address that does not answer leaves enough time for the others.
            let until = share(deadline, left);
            match ask(*address, local, until, &mut responder) {
                Ok(observation) => return Ok(Observation { responder, ..observation }),
                Err(Silence::Network(error)) => failure = Some(SourceError::Network(error)),
                Err(Silence::Fault(fault)) if fault.is_final() => return Err(fault.into()),
                Err(Silence::Fault(fault)) => failure = Some(fault.into()),
                Err(Silence::Timeout) => {}
            }
        }
        Err(failure.unwrap_or(SourceError::Timeout { after }))
    }
}

/// Rounds the wait up to the value that the user gave: a little of it has already passed.
fn rounded_up(wait: Duration) -> Span {
    let tenths = wait.as_millis().div_ceil(100);
    i64::try_from(tenths).map_or(Span::MAX, |tenths| Span::from_millis(tenths.saturating_mul(100)))
}

/// Returns the end of the first of `parts` equal parts of the time that is left.
fn share(deadline: Instant, parts: usize) -> Instant {
    let now = Instant::now();
    let left = deadline.saturating_duration_since(now);
    let parts = u32::try_from(parts).unwrap_or(u32::MAX);
    now + left.checked_div(parts).unwrap_or(left)
}

/// Queries one address, and stops at `deadline`.
fn ask(
    address: SocketAddr,
    local: &LocalClock,
    deadline: Instant,
    responder: &mut Responder,
) -> Result<Observation, Silence> {
    let policy = SntpPolicy::as_of(os::built());
    let line = Line::to(address, local, policy).map_err(Silence::Network)?;
    responder.meet(address, line.local_end().map_err(Silence::Network)?);
    let mut series = SntpSeries::new(policy.drift);
    let mut turned_away = None;
    for left in (1..=EXCHANGES).rev() {
        let until = patience(&series, deadline, left);
        match line.exchange(until) {
            Ok(sample) => series.add(sample).map_err(contradiction)?,
            // The packet was lost; the next one may arrive.
            Err(Silence::Timeout) => {}
            // Earlier samples remain valid.
            Err(Silence::Fault(NtpFault::Refused(SntpRefusal::Kiss { code })))
                if series.newest().is_some() =>
            {
                turned_away = Some(NtpNote::TurnedAway(code));
                break;
            }
            Err(_) if series.newest().is_some() => break,
            Err(silence) => return Err(silence),
        }
    }
    observation(&series, turned_away).ok_or(Silence::Timeout)
}

const fn contradiction(fault: SntpContradiction) -> Silence {
    Silence::Fault(NtpFault::Contradiction(fault))
}

/// Returns the instant until which to wait for the next reply: a share of the time that is left
/// before the first answer, then a few round trips.
fn patience(series: &SntpSeries, deadline: Instant, requests_left: u32) -> Instant {
    let part = share(deadline, usize::try_from(requests_left).unwrap_or(1));
    let Some(delay) = series.delay() else { return part };
    let micros = u64::try_from(delay.as_micros()).unwrap_or(0);
    let trips = Duration::from_micros(micros.saturating_mul(4));
    part.min(Instant::now() + trips.max(PATIENCE))
}

fn observation(series: &SntpSeries, turned_away: Option<NtpNote>) -> Option<Observation> {
    let newest = series.newest()?;
    let notes = notes(newest).chain(turned_away).map(Note::Ntp).collect();
    let delay = series.delay();
    let (bound, responder) = (Bound::RoundTrip, Responder::default());
    Some(Observation { offset: series.offset()?, delay, bound, responder, notes })
}

fn notes(sample: SntpSample) -> impl Iterator<Item = NtpNote> {
    let own = sample.reference.is_own_clock();
    let leap = (sample.leap != Leap::None).then_some(NtpNote::Leap(sample.leap));
    own.then_some(NtpNote::OwnClock { stratum: sample.stratum }).into_iter().chain(leap)
}

/// NTP servers with various behaviours, on loopback.
#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::net::UdpSocket;
    use std::sync::mpsc::{self, Receiver};
    use std::thread;

    use jwtick_core::Span;
    use jwtick_core::time::Offset;
    use jwtick_core::wire::KissCode;

    use super::*;

    const HOUR: Span = Span::from_secs(3_600);
    const TIMEOUT: Duration = Duration::from_secs(2);

    /// Answers each request with the packets that `answer` returns for its number and bytes, and sends
    /// each request to the receiver.
    fn server(
        at: &str,
        answer: impl Fn(u32, &[u8; 48]) -> Vec<Vec<u8>> + Send + 'static,
    ) -> (NtpServer, Receiver<[u8; 48]>) {
        let (sender, seen) = mpsc::channel();
        let mut numbers = 0..;
        let address = jwtick_sntp_peer::spawn(at, move |request| {
            let _ = sender.send(*request); // before the last reply ends the test
            answer(numbers.next().unwrap(), request)
        });
        (NtpServer::parse(&address.unwrap().to_string()).unwrap(), seen)
    }

    /// Returns the reply of a correct server whose clock is `ahead` of this machine's.
    fn reply(request: &[u8; 48], ahead: Span) -> Vec<u8> {
        jwtick_sntp_peer::reply(request, jwtick_sntp_peer::now() + ahead.as_micros()).to_vec()
    }

    fn with(mut packet: Vec<u8>, at: usize, bytes: &[u8]) -> Vec<u8> {
        packet[at..at + bytes.len()].copy_from_slice(bytes);
        packet
    }

    fn observe(server: &NtpServer) -> Result<Observation, SourceError> {
        let started = Instant::now();
        let observed = server.observe(&LocalClock::read(), started + TIMEOUT);
        let busy = Duration::from_secs(30); // extra time for a busy machine
        assert!(started.elapsed() < TIMEOUT + busy, "{:?}", started.elapsed());
        observed
    }

    fn fault(server: &NtpServer) -> NtpFault {
        match observe(server) {
            Err(SourceError::Ntp(fault)) => fault,
            other => panic!("{other:?}"),
        }
    }

    fn kiss(code: &[u8; 4]) -> SntpRefusal {
        SntpRefusal::Kiss { code: KissCode::read(*code).unwrap() }
    }

    #[test]
    fn several_samples_give_narrow_interval() {
        for ahead in [Span::ZERO, HOUR, -HOUR, Span::from_secs(-40 * 365 * 86_400)] {
            let (server, seen) = server("127.0.0.1", move |_, request| vec![reply(request, ahead)]);
            let observation = observe(&server).unwrap();
            assert!(observation.offset.contains(ahead), "{ahead:?}: {:?}", observation.offset);
            let width = observation.offset.most() - observation.offset.least();
            assert!(width < Span::from_secs(1), "{width:?}");
            assert_eq!((observation.bound, observation.notes), (Bound::RoundTrip, vec![]));
            let requests: Vec<_> = seen.try_iter().collect();
            assert_eq!(requests.len(), 4);
            assert!(requests.iter().all(|request| request[0] == 0x23 && request[1..40] == [0; 39]));
            assert!(requests.windows(2).all(|two| two[0] != two[1]), "a nonce is used once");
        }
    }

    #[test]
    fn ipv6_server_in_brackets_is_queried() {
        if UdpSocket::bind("[::1]:0").is_err() {
            return; // this machine has no IPv6
        }
        let (server, _) = server("::1", |_, request| vec![reply(request, HOUR)]);
        assert!(server.to_string().starts_with("[::1]:"), "{server}");
        assert!(observe(&server).unwrap().offset.contains(HOUR));
    }

    #[test]
    fn bad_packets_are_ignored() {
        let (server, _) = server("127.0.0.1", |number, request| {
            let good = reply(request, HOUR);
            let liar = reply(request, Span::ZERO);
            vec![
                with(liar.clone(), 24, &request[32..40]), // no nonce
                with(liar.clone(), 24, &[request[40] ^ 1]),
                liar[..47].to_vec(),
                vec![],
                request.to_vec(),
                with(liar.clone(), 0, &[0x23]), // a client's
                with(liar.clone(), 0, &[0xE4]), // not synchronized
                with(liar.clone(), 1, &[16]),
                with(with(liar.clone(), 1, &[0]), 12, b"INIT"),
                with(liar, 40, &[0; 8]),
                if number == 0 { vec![0xFF; 1_400] } else { vec![] },
                good,
            ]
        });
        assert!(observe(&server).unwrap().offset.contains(HOUR));
    }

    #[test]
    fn client_stops_after_kiss_of_death() {
        for code in [b"RATE", b"DENY", b"RSTR"] {
            let (server, seen) = server("127.0.0.1", |_, request| {
                vec![with(with(reply(request, HOUR), 1, &[0]), 12, code), reply(request, HOUR)]
            });
            assert_eq!(fault(&server), NtpFault::Refused(kiss(code)));
            thread::sleep(Duration::from_millis(50));
            assert_eq!(seen.try_iter().count(), 1);
        }
    }

    #[test]
    fn samples_before_kiss_code_remain_valid() {
        let (server, seen) = server("127.0.0.1", |number, request| {
            let reply = reply(request, HOUR);
            vec![if number < 2 { reply } else { with(with(reply, 1, &[0]), 12, b"RATE") }]
        });
        let observation = observe(&server).unwrap();
        assert!(observation.offset.contains(HOUR));
        assert_eq!(observation.notes, [Note::Ntp(NtpNote::TurnedAway(KissCode::RATE))]);
        assert_eq!(seen.try_iter().count(), 3);
    }

    #[test]
    fn leap_and_own_clock_are_reported() {
        let (server, _) = server("127.0.0.1", |_, request| {
            vec![with(with(reply(request, HOUR), 0, &[0x64, 10]), 12, &[127, 127, 1, 1])]
        });
        let notes = [NtpNote::OwnClock { stratum: 10 }, NtpNote::Leap(Leap::Insert)].map(Note::Ntp);
        assert_eq!(observe(&server).unwrap().notes, notes);
    }

    #[test]
    fn reply_without_time_is_rejected() {
        let rows: [(&str, usize, &[u8], SntpRefusal); 3] = [
            ("not synchronized", 0, &[0xE4], SntpRefusal::Unsynchronized),
            ("stratum 16", 1, &[16], SntpRefusal::Stratum { met: 16 }),
            ("starting", 1, &[0], kiss(b"GPS\0")),
        ];
        for (name, at, bytes, refusal) in rows {
            let (server, _) =
                server("127.0.0.1", move |_, request| vec![with(reply(request, HOUR), at, bytes)]);
            assert_eq!(fault(&server), NtpFault::Refused(refusal), "{name}");
        }
    }

    #[test]
    fn contradictory_replies_are_rejected() {
        let (server, _) = server("127.0.0.1", |number, request| {
            vec![reply(request, if number == 0 { HOUR } else { Span::ZERO })]
        });
        assert!(matches!(fault(&server), NtpFault::Contradiction(_)));
    }

    #[test]
    fn lost_packet_is_tolerated() {
        let (server, seen) =
            server(
                "127.0.0.1",
                |number, request| {
                    if number == 0 { vec![] } else { vec![reply(request, HOUR)] }
                },
            );
        assert!(observe(&server).unwrap().offset.contains(HOUR));
        assert_eq!(seen.try_iter().count(), 4);
    }

    #[test]
    fn silent_server_times_out_at_deadline() {
        let (server, seen) = server("127.0.0.1", |_, _| vec![]);
        let silence = observe(&server).unwrap_err();
        assert_eq!(silence.to_string(), "no answer within 2 s");
        assert_eq!(seen.try_iter().count(), 4);
    }

    #[test]
    fn closed_port_is_network_error() {
        let free = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let error = observe(&NtpServer::parse(&free.to_string()).unwrap()).unwrap_err();
        assert!(
            matches!(&error, SourceError::Network(error) if error.kind() == ErrorKind::ConnectionRefused),
            "{error}"
        );
    }

    #[test]
    fn packets_from_other_addresses_are_ignored() {
        let stranger = UdpSocket::bind("127.0.0.1:0").unwrap();
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let name = socket.local_addr().unwrap().to_string();
        thread::spawn(move || {
            let mut request = [0; 48];
            // Even a sender that knows the nonce is ignored: packets must come from the server's
            // address.
            while let Ok((_, client)) = socket.recv_from(&mut request) {
                stranger.send_to(&reply(&request, Span::ZERO), client).unwrap();
                socket.send_to(&reply(&request, HOUR), client).unwrap();
            }
        });
        assert!(observe(&NtpServer::parse(&name).unwrap()).unwrap().offset.contains(HOUR));
    }

    #[test]
    fn no_offset_is_half_known() {
        let (server, _) = server("127.0.0.1", |_, request| vec![reply(request, HOUR)]);
        let Observation { offset, delay, .. } = observe(&server).unwrap();
        assert_ne!(
            (offset.least(), offset.most()),
            (Offset::UNKNOWN.least(), Offset::UNKNOWN.most())
        );
        assert!(delay.is_some_and(|delay| delay < Span::from_secs(1)), "{delay:?}");
    }
}
