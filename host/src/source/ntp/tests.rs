//! NTP servers with various behaviours, on loopback.

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
    assert_ne!((offset.least(), offset.most()), (Offset::UNKNOWN.least(), Offset::UNKNOWN.most()));
    assert!(delay.is_some_and(|delay| delay < Span::from_secs(1)), "{delay:?}");
}
