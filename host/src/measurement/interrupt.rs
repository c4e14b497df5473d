//! Ctrl-C and a request to end, for commands that run on.

use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use crate::signal::Signals;

/// Whether somebody asked the program to end (SIGINT, SIGTERM, Ctrl-C).
#[derive(Debug, Clone, Default)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

/// Nobody notices a delay below this.
const NAP: Duration = Duration::from_millis(50);

impl Interrupt {
    /// From now on such a request is noted instead of ending the program at once.
    ///
    /// # Errors
    /// As for [`Signals::catch`].
    pub(crate) fn listen() -> io::Result<Self> {
        let interrupt = Self::default();
        let raised = Arc::clone(&interrupt.0);
        let signals = Signals::catch()?;
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            signals.wait();
            raised.store(true, Ordering::Relaxed);
        })?;
        Ok(interrupt)
    }

    /// Whether the request came.
    pub(crate) fn is_raised(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Waits so long; whether the request came meanwhile.
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
