//! One request and what comes back on one socket.

use core::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::io::{self, ErrorKind};
use std::net::UdpSocket;
use std::time::Instant;

use jwtick_core::wire::{SntpPolicy, SntpRefusal, SntpRequest, SntpSample};
use ring::rand::{SecureRandom, SystemRandom};

use super::fault::NtpFault;
use crate::source::local::LocalClock;

/// More than any reply to a plain request has; the rest is cut off, and nothing of it is read.
const BUFFER: usize = 1024;

/// A socket that takes packets from one address only, and reports a closed port: the system
/// sees to both once it is connected.
pub(super) struct Line<'a> {
    socket: UdpSocket,
    local: &'a LocalClock,
    policy: SntpPolicy,
}

/// Why an exchange gave no sample.
#[derive(Debug)]
pub(super) enum Silence {
    /// Nothing that answers the request came in time.
    Timeout,
    /// The network refused.
    Network(io::Error),
    /// The server answered, but not with the time.
    Fault(NtpFault),
}

impl<'a> Line<'a> {
    /// Opens a socket of its own, so that its port is a new one too.
    ///
    /// # Errors
    /// Whatever the system says.
    pub(super) fn to(
        server: SocketAddr,
        local: &'a LocalClock,
        policy: SntpPolicy,
    ) -> io::Result<Self> {
        let any: SocketAddr = match server {
            SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
            SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
        };
        let socket = UdpSocket::bind(any)?;
        socket.connect(server)?;
        Ok(Self { socket, local, policy })
    }

    /// Sends a request and waits for its reply until `deadline`.
    ///
    /// Bad packets are passed over: whoever can send to this socket could otherwise end the exchange
    /// before the server's reply is there. Only a kiss code that carries the nonce ends it.
    ///
    /// # Errors
    /// [`Silence`]; a refusal only if nothing better came.
    pub(super) fn exchange(&self, deadline: Instant) -> Result<SntpSample, Silence> {
        let request = SntpRequest::new(nonce()?);
        let bytes = request.to_bytes();
        let sent = Instant::now();
        self.socket.send(&bytes).map_err(Silence::Network)?;
        let mut met = Silence::Timeout;
        let mut buffer = [0; BUFFER];
        while let Some(length) = self.receive(&mut buffer, deadline)? {
            let Some(local) = self.local.bracket(sent, Instant::now()) else { continue };
            let reply = buffer.get(..length).unwrap_or_default();
            match request.check(reply, local, self.policy) {
                Ok(sample) => return Ok(sample),
                // The sender of these is unknown.
                Err(SntpRefusal::Origin | SntpRefusal::Short { .. }) => {}
                Err(refusal) => {
                    let fault = NtpFault::Refused(refusal);
                    if fault.is_final() {
                        return Err(Silence::Fault(fault));
                    }
                    met = Silence::Fault(fault);
                }
            }
        }
        Err(met)
    }

    /// The length of the next packet; `None` at the deadline, however many are waiting.
    fn receive(&self, buffer: &mut [u8], deadline: Instant) -> Result<Option<usize>, Silence> {
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            self.socket.set_read_timeout(Some(left)).map_err(Silence::Network)?;
            match self.socket.recv(buffer) {
                Ok(length) => return Ok(Some(length)),
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted => {}
                    _ => return Err(Silence::Network(error)),
                },
            }
        }
    }
}

fn nonce() -> Result<u64, Silence> {
    let mut bytes = [0; 8];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Silence::Fault(NtpFault::Random))?;
    Ok(u64::from_be_bytes(bytes))
}
