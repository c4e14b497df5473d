//! The other end of an SNTP exchange (RFC 5905), for the tests of all packages.
//!
//! [`serve`] answers requests on loopback with packets that a test builds, usually from a good
//! [`reply`]. [`ask`] passes a reply to `sntpc`, an independent client, for comparison.
#![forbid(unsafe_code)]

mod client;

use core::net::SocketAddr;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::net::UdpSocket;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{io, thread};

pub use sntpc::{Error, NtpResult};

pub use client::ask;

/// Seconds from 1900 to 1970 (RFC 5905 §6).
pub const TO_1970: i64 = 2_208_988_800;

/// An instant in microseconds since 1970 as an NTP timestamp, rounded down.
///
/// Seconds have 32 bits, so that an instant of the next era looks like one of this era.
#[must_use]
pub const fn stamp(micros: i64) -> u64 {
    let (secs, rest) = (micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000));
    let secs = (secs + TO_1970).rem_euclid(1 << 32).cast_unsigned();
    (secs << 32) | ((rest.cast_unsigned() << 32) / 1_000_000)
}

/// This machine's time in microseconds since 1970.
#[must_use]
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// The reply to `request` of a server that receives and sends at `at`, in microseconds since 1970.
///
/// The server follows a GPS receiver and is accurate to a microsecond.
#[must_use]
pub fn reply(request: &[u8; 48], at: i64) -> [u8; 48] {
    let header = [0x24, 1, 0, 0xEC]; // version 4, a server; stratum 1; precision 2⁻²⁰ s
    let time = stamp(at).to_be_bytes();
    let nonce = request.last_chunk::<8>().copied().unwrap_or_default();
    // Header, root delay and dispersion, reference and its time, then the three stamps.
    let fields = [header.as_slice(), &[0; 8], b"GPS\0", &[0; 8], &nonce, &time, &time].concat();
    fields.try_into().unwrap_or([0; 48])
}

/// Number of packets that any client's receive buffer can hold.
const BURST: usize = 50;
/// Time that a client may need to read a burst.
const PAUSE: Duration = Duration::from_millis(1);
/// Interval at which the end of a test is noticed.
const NAP: Duration = Duration::from_millis(20);

/// Answers each request with the packets that `answer` returns, until `ended` is set.
///
/// # Errors
/// Returns the socket's error if no timeout can be set.
pub fn serve(
    socket: &UdpSocket,
    ended: &AtomicBool,
    mut answer: impl FnMut(&[u8; 48]) -> Vec<Vec<u8>>,
) -> io::Result<()> {
    socket.set_read_timeout(Some(NAP))?;
    let mut request = [0; 48];
    while !ended.load(Ordering::Relaxed) {
        // The read times out so that the end is noticed.
        let Ok((_, client)) = socket.recv_from(&mut request) else { continue };
        for (number, packet) in answer(&request).iter().enumerate() {
            if number % BURST == BURST - 1 {
                thread::sleep(PAUSE);
            }
            // A client that has left is not a failure of the server.
            let _ = socket.send_to(packet, client);
        }
    }
    Ok(())
}

/// Starts a server on a free port of the IP address `ip`, which runs until the test program ends.
///
/// # Errors
/// Returns the error of the socket.
pub fn spawn(
    ip: &str,
    answer: impl FnMut(&[u8; 48]) -> Vec<Vec<u8>> + Send + 'static,
) -> io::Result<SocketAddr> {
    let socket = UdpSocket::bind((ip, 0))?;
    let address = socket.local_addr()?;
    thread::spawn(move || serve(&socket, &AtomicBool::new(false), answer));
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_count_from_1900_and_start_anew_in_2036() {
        let rows = [
            ("1900-01-01T00:00:00Z", -2_208_988_800_000_000, 0),
            ("1970-01-01T00:00:00Z", 0, 2_208_988_800 << 32),
            ("half a second later", 500_000, (2_208_988_800 << 32) | (1 << 31)),
            ("2036-02-07T06:28:16Z", 2_085_978_496_000_000, 0),
        ];
        for (name, micros, expected) in rows {
            assert_eq!(stamp(micros), expected, "{name}");
        }
    }

    #[test]
    fn reply_carries_nonce_and_time() {
        let mut request = [0; 48];
        request[40..].copy_from_slice(b"a nonce.");
        let reply = reply(&request, 1_767_225_600_000_000);
        let time = stamp(1_767_225_600_000_000).to_be_bytes();
        assert_eq!(&reply[..4], [0x24, 1, 0, 0xEC]);
        assert_eq!(&reply[12..16], b"GPS\0");
        assert_eq!(
            (&reply[24..32], &reply[32..40], &reply[40..]),
            (&b"a nonce."[..], &time[..], &time[..])
        );
    }
}
