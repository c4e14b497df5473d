//! What the service tells systemd (sd_notify(3)), and the socket that systemd may hand over
//! (sd_listen_fds(3)). Without systemd, nothing here does anything.

use core::fmt;
use core::time::Duration;
use std::io;

use listenfd::ListenFd;
use tokio::time::sleep;

use crate::http::server::{Bound, Socket};

/// Tells systemd that requests are answered, and what `systemctl status` shows.
pub(crate) fn ready(status: &str) {
    notify(&[State::Ready, State::Status(status)]);
}

/// Tells systemd that the service reads its configuration again. [`ready`] ends that.
///
/// The time makes this the answer to a request of systemd 253 and later (`Type=notify-reload`); earlier
/// ones ignore it.
pub(crate) fn reloading() {
    match State::monotonic_usec_now() {
        Ok(now) => notify(&[State::Reloading, now]),
        Err(_) => notify(&[State::Reloading]),
    }
}

/// Tells systemd that the service ends.
pub(crate) fn stopping() {
    notify(&[State::Stopping]);
}

/// Tells systemd regularly that the service runs, if it wants to know. It is a task of the runtime that
/// answers requests: if that hangs, systemd restarts the service.
pub(crate) async fn watch() {
    let Some(limit) = watchdog() else { return };
    loop {
        notify(&[State::Watchdog]);
        sleep((limit / 2).max(Duration::from_millis(1))).await;
    }
}

#[cfg(unix)]
use sd_notify::NotifyState as State;

// A manager that does not listen restarts the service by its own limits.
#[cfg(unix)]
fn notify(states: &[State<'_>]) {
    let _ = sd_notify::notify(states);
}

#[cfg(unix)]
fn watchdog() -> Option<Duration> {
    sd_notify::watchdog_enabled()
}

#[cfg(not(unix))]
enum State<'s> {
    Ready,
    Status(&'s str),
    Reloading,
    Stopping,
    Watchdog,
}

#[cfg(not(unix))]
impl State<'_> {
    fn monotonic_usec_now() -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(not(unix))]
fn notify(_: &[State<'_>]) {}

#[cfg(not(unix))]
fn watchdog() -> Option<Duration> {
    None
}

/// Reasons why a socket of systemd cannot be used.
#[derive(Debug)]
pub(crate) enum SocketError {
    /// There is more than one.
    Several { count: usize },
    /// It is no stream socket that listens.
    Unfit(io::Error),
}

impl fmt::Display for SocketError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Several { count } => write!(
                f,
                "expected one socket of systemd, but found {count}: write one ListenStream in the socket unit"
            ),
            Self::Unfit(source) => {
                write!(
                    f,
                    "expected a TCP or Unix stream socket of systemd, but found another: {source}"
                )
            }
        }
    }
}

impl core::error::Error for SocketError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Several { .. } => None,
            Self::Unfit(source) => Some(source),
        }
    }
}

/// Takes the socket that systemd has opened; `None` if there is none. To be called before any thread is
/// started, since it removes variables of the environment.
///
/// # Errors
/// [`SocketError`] if there are several, or if it cannot be listened on.
pub(crate) fn inherited() -> Result<Option<Bound>, SocketError> {
    let mut sockets = ListenFd::from_env();
    match sockets.len() {
        0 => return Ok(None),
        1 => {}
        count => return Err(SocketError::Several { count }),
    }
    let socket = match sockets.take_tcp_listener(0) {
        Ok(Some(tcp)) => Ok(Socket::Tcp(tcp)),
        Ok(None) => return Ok(None),
        #[cfg(unix)]
        Err(_) => match sockets.take_unix_listener(0) {
            Ok(Some(unix)) => Ok(Socket::Unix(unix)),
            Ok(None) => return Ok(None),
            Err(fault) => Err(fault),
        },
        #[cfg(not(unix))]
        Err(fault) => Err(fault),
    };
    let bound = socket.and_then(Bound::inherited).map_err(SocketError::Unfit)?;
    Ok(Some(bound))
}
