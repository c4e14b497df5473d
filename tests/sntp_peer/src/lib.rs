//! The other end of an SNTP exchange (RFC 5905), for the tests of all packages.
//!
//! [`serve`] answers requests on loopback with packets that a test builds, usually from a good
//! [`reply`]. [`ask`] passes a reply to `sntpc`, an independent client, for comparison.
#![forbid(unsafe_code)]

use core::cell::Cell;
use core::net::SocketAddr;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::net::UdpSocket;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{io, thread};

pub use sntpc::{Error, NtpResult};
use sntpc::{NtpContext, NtpTimestampGenerator, NtpUdpSocket};

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

const SERVER: ([u8; 4], u16) = ([127, 0, 0, 1], 123);

/// Returns the result of `sntpc` for `packet` as the reply to a request of its own.
///
/// The request is sent and answered at these readings of the local clock, in microseconds since
/// 1970. `sntpc` chooses the nonce, so the originate stamp of the packet is replaced by it.
///
/// # Errors
/// The reason why `sntpc` refuses the packet.
pub fn ask(packet: &[u8; 48], sent: i64, received: i64) -> Result<NtpResult, Error> {
    let wire = Wire { packet: *packet, nonce: Cell::new([0; 8]) };
    let reads = Cell::new(0);
    let [sent, received] = [sent, received].map(i64::unsigned_abs);
    let context = NtpContext::new(Readings { sent, received, reads: &reads });
    sntpc::sync::get_time(SERVER.into(), &wire, context)
}

/// The local clock before the request, then after the reply.
#[derive(Clone, Copy)]
struct Readings<'a> {
    sent: u64,
    received: u64,
    reads: &'a Cell<usize>,
}

impl NtpTimestampGenerator for Readings<'_> {
    fn init(&mut self) {
        self.reads.update(|reads| reads + 1);
    }

    fn timestamp_sec(&self) -> u64 {
        self.now() / 1_000_000
    }

    fn timestamp_subsec_micros(&self) -> u32 {
        u32::try_from(self.now() % 1_000_000).unwrap_or_default()
    }
}

impl Readings<'_> {
    const fn now(&self) -> u64 {
        if self.reads.get() == 1 { self.sent } else { self.received }
    }
}

/// Answers with the packet, whose originate stamp is that of the request.
struct Wire {
    packet: [u8; 48],
    nonce: Cell<[u8; 8]>,
}

impl NtpUdpSocket for Wire {
    async fn send_to(&self, request: &[u8], _: SocketAddr) -> sntpc::Result<usize> {
        self.nonce.set(request.last_chunk().copied().unwrap_or_default());
        Ok(request.len())
    }

    async fn recv_from(&self, buffer: &mut [u8]) -> sntpc::Result<(usize, SocketAddr)> {
        let answer = self.packet.iter().enumerate().map(|(at, byte)| match at.checked_sub(24) {
            Some(at) => self.nonce.get().get(at).copied().unwrap_or(*byte),
            None => *byte,
        });
        buffer.iter_mut().zip(answer).for_each(|(byte, answer)| *byte = answer);
        Ok((buffer.len(), SERVER.into()))
    }
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
