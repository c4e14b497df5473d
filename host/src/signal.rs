//! Requests to end the program: SIGINT, SIGTERM and Ctrl+C.

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
        Ok(Self { runtime, ends })
    }

    /// Waits for the first signal.
    pub(crate) fn wait(mut self) {
        let [interrupt, terminate] = &mut self.ends;
        self.runtime.block_on(async {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        });
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

    /// Waits for the first signal.
    pub(crate) fn wait(self) {
        // An error means that there is no console, so no Ctrl+C can arrive.
        let _ = self.runtime.block_on(tokio::signal::ctrl_c());
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
