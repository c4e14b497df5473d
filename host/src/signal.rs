//! Requests to end the program: SIGINT, SIGTERM and Ctrl+C.

use core::future::pending;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::sync::Arc;
use std::time::Instant;
use std::{io, thread};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use tokio::runtime::{Builder, Runtime};

/// Signals that the program catches.
pub(crate) struct Signals {
    runtime: Runtime,
    #[cfg(unix)]
    ends: [tokio::signal::unix::Signal; 2],
    #[cfg(unix)]
    hangup: Option<tokio::signal::unix::Signal>,
}

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Request {
    /// SIGINT, SIGTERM or Ctrl+C.
    End,
    /// SIGHUP, to a service.
    #[cfg_attr(not(unix), expect(dead_code, reason = "only Unix has SIGHUP"))]
    Reload,
}

#[cfg(unix)]
impl Signals {
    /// Starts to catch signals.
    ///
    /// # Errors
    /// Only if the system has no event queue left.
    pub(crate) fn catch() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let runtime = runtime()?;
        let entered = runtime.enter();
        let ends = [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?];
        drop(entered);
        Ok(Self { runtime, ends, hangup: None })
    }

    /// Starts to catch SIGHUP, too, which otherwise ends the program.
    ///
    /// # Errors
    /// As for [`catch`](Self::catch).
    pub(crate) fn with_reload(mut self) -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let entered = self.runtime.enter();
        self.hangup = Some(signal(SignalKind::hangup())?);
        drop(entered);
        Ok(self)
    }

    /// Waits for the next signal.
    pub(crate) fn next(&mut self) -> Request {
        let Self { runtime, ends: [interrupt, terminate], hangup } = self;
        let hung_up = async {
            match hangup {
                Some(hangup) => hangup.recv().await,
                None => pending().await,
            }
        };
        runtime.block_on(async {
            tokio::select! {
                biased;
                _ = interrupt.recv() => Request::End,
                _ = terminate.recv() => Request::End,
                _ = hung_up => Request::Reload,
            }
        })
    }

    /// Waits for the first signal.
    pub(crate) fn wait(mut self) {
        self.next();
    }
}

#[cfg(not(unix))]
impl Signals {
    /// Starts to catch signals.
    ///
    /// # Errors
    /// Only if the system has no event queue left.
    pub(crate) fn catch() -> io::Result<Self> {
        Ok(Self { runtime: runtime()? })
    }

    /// Does nothing more: there is no SIGHUP.
    ///
    /// # Errors
    /// None.
    pub(crate) fn with_reload(self) -> io::Result<Self> {
        Ok(self)
    }

    /// Waits for the next signal.
    pub(crate) fn next(&mut self) -> Request {
        // An error means that there is no console, so no Ctrl+C can arrive.
        let _ = self.runtime.block_on(tokio::signal::ctrl_c());
        Request::End
    }

    /// Waits for the first signal.
    pub(crate) fn wait(mut self) {
        self.next();
    }
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// A flag that is set when the program is asked to end (SIGINT, SIGTERM, Ctrl+C).
#[derive(Debug, Clone, Default)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

/// Interval at which the flag is checked; users do not notice a shorter delay.
const NAP: Duration = Duration::from_millis(50);

impl Interrupt {
    /// Starts to record requests, which then no longer end the program at once.
    ///
    /// # Errors
    /// Only if the system refuses to register a handler.
    pub(crate) fn listen() -> io::Result<Self> {
        let interrupt = Self::default();
        for signal in [SIGINT, SIGTERM] {
            flag::register(signal, Arc::clone(&interrupt.0))?;
        }
        Ok(interrupt)
    }

    /// Returns true once a request has arrived.
    pub(crate) fn is_raised(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Waits for `pause`, or until a request arrives. Returns true if one has arrived.
    pub(crate) fn within(&self, pause: Duration) -> bool {
        let started = Instant::now();
        while !self.is_raised() {
            let left = pause.saturating_sub(started.elapsed());
            if left.is_zero() {
                return false;
            }
            thread::sleep(left.min(NAP));
        }
        true
    }
}
