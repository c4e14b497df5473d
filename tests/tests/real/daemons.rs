//! The daemons that other tests rely on tell the expected time.

use core::time::Duration;
use std::net::UdpSocket;
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_sntp_peer::TO_1970;
use jwtick_tests::Chrony;

/// The second in the server's reply (the transmit timestamp, RFC 5905 §7.3).
fn second(server: &Chrony) -> i64 {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut request = [0; 48];
    request[0] = 0x23;
    socket.send_to(&request, server.address()).unwrap();
    let mut reply = [0; 48];
    socket.recv(&mut reply).unwrap();
    i64::from(u32::from_be_bytes(reply[40..44].try_into().unwrap())) - TO_1970
}

#[test]
fn chronyd_serves_the_machine_time_or_a_shifted_one() {
    let now = || i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs());
    let (right, ahead) = (Chrony::start(), Chrony::shifted("+1h"));
    let rows = [("the machine's", &right, 0), ("an hour ahead", &ahead, 3_600)];
    for (name, server, offset) in rows {
        let off = second(server) - now().unwrap() - offset;
        assert!((-2..=2).contains(&off), "{name}: {off} s off, {}", server.daemon().log());
    }
}
