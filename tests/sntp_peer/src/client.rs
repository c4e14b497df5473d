//! The client `sntpc`, over a wire that returns a given packet.

use core::cell::Cell;
use core::net::SocketAddr;

use sntpc::{Error, NtpContext, NtpResult, NtpTimestampGenerator, NtpUdpSocket};

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
