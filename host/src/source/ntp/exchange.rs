//! One request and its replies on one socket, and what a server says in addition to, or instead of,
//! the time.

use core::fmt;
use core::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::io::{self, ErrorKind};
use std::net::UdpSocket;
use std::time::Instant;

use jwtick_core::survey::SntpContradiction;
use jwtick_core::wire::{KissCode, Leap, SntpPolicy, SntpRefusal, SntpRequest, SntpSample};
use ring::rand::{SecureRandom, SystemRandom};

use crate::source::local::LocalClock;

/// Larger than any reply to a plain request; the rest of a packet is cut off and not used.
const BUFFER: usize = 1024;

/// A socket that accepts packets from one address only and reports a closed port: the system does
/// both for a connected socket.
pub(super) struct Line<'a> {
    socket: UdpSocket,
    local: &'a LocalClock,
    policy: SntpPolicy,
}

/// Reasons why an exchange gave no sample.
#[derive(Debug)]
pub(super) enum Silence {
    /// No reply to the request arrived in time.
    Timeout,
    /// The network returned an error.
    Network(io::Error),
    /// The server replied, but without a usable time.
    Fault(NtpFault),
}

impl<'a> Line<'a> {
    /// Opens a new socket, and thereby uses a new port.
    ///
    /// # Errors
    /// Any error of the system.
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

    /// Returns the address from which the system sends to the server.
    ///
    /// # Errors
    /// Any error of the system.
    pub(super) fn local_end(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// Sends a request and waits for its reply until `deadline`.
    ///
    /// Bad packets are ignored: otherwise, anyone who can send to this socket could end the
    /// exchange before the server's reply arrives. Only a kiss code that carries the nonce ends it.
    ///
    /// # Errors
    /// [`Silence`]; a refusal only if no valid reply arrived.
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
                // The sender of these packets is unknown.
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

    /// Returns the length of the next packet; `None` at the deadline, even if packets are waiting.
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

/// Reasons why a reply from an NTP server proved nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum NtpFault {
    /// The reply is not a valid sample.
    Refused(SntpRefusal),
    /// The replies contradict each other.
    Contradiction(SntpContradiction),
    /// The system provides no random bytes, so a forged reply could not be recognized.
    Random,
}

/// Notes on the numbers of an NTP server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum NtpNote {
    /// The month ends with a leap second.
    Leap(Leap),
    /// The server follows its own clock, which is not compared with UTC.
    OwnClock { stratum: u8 },
    /// The server answered, and then refused further requests.
    TurnedAway(KissCode),
}

impl NtpFault {
    /// Returns true if the server must not be queried again, not even at another address.
    pub(super) fn is_final(self) -> bool {
        match self {
            Self::Refused(SntpRefusal::Kiss { code }) => code.asks_to_stop(),
            Self::Refused(_) | Self::Contradiction(_) => false,
            Self::Random => true,
        }
    }
}

impl fmt::Display for NtpFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Contradiction(contradiction) => contradiction.fmt(f),
            Self::Random => f.write_str(
                "the system gives no random bytes, so a forged reply could not be detected",
            ),
        }
    }
}

impl core::error::Error for NtpFault {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Contradiction(contradiction) => Some(contradiction),
            Self::Random => None,
        }
    }
}

impl fmt::Display for NtpNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leap(Leap::Delete) => {
                f.write_str("the server announces that the last minute of the month has 59 seconds")
            }
            Self::Leap(_) => f.write_str(
                "the server announces that the last minute of the month has 61 seconds; at its \
                 end clocks may differ by a second",
            ),
            Self::OwnClock { stratum } => write!(
                f,
                "the server follows its own clock (stratum {stratum}), which is not compared with \
                 UTC"
            ),
            Self::TurnedAway(code) => {
                write!(f, "the server sent {code} after some replies and was not contacted again")
            }
        }
    }
}
