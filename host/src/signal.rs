//! The wish of somebody else that this program ends: SIGINT and SIGTERM.

use std::io;

use tokio::runtime::{Builder, Runtime};

/// Signals that are caught from now on.
pub(crate) struct Signals {
    runtime: Runtime,
    #[cfg(unix)]
    ends: [tokio::signal::unix::Signal; 2],
}

#[cfg(unix)]
impl Signals {
    /// Starts to catch them.
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

    /// Waits for the first.
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
    /// Starts to catch them.
    ///
    /// # Errors
    /// Only if the system has no event queue left.
    pub(crate) fn catch() -> io::Result<Self> {
        Ok(Self { runtime: runtime()? })
    }

    /// Waits for the first.
    pub(crate) fn wait(self) {
        // Without a console there is nobody who could end the program in good order.
        let _ = self.runtime.block_on(tokio::signal::ctrl_c());
    }
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}
