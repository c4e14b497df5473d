//! A log that need not end: read by a thread, so that its reader can wait for other things too.

use core::time::Duration;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::{io, thread};

use jwtick_core::words::Language;

use super::followed::Restart;
use super::log::Log;
use crate::file::FileError;

/// Number of blocks that are read ahead.
const AHEAD: usize = 1;

/// What happens to a log while it is read.
#[derive(Debug)]
pub(crate) enum Event {
    /// It has more bytes.
    Block(Vec<u8>),
    /// A file that is followed starts anew.
    Restarted(Restart),
    /// It has ended, or cannot be read any further.
    Ended(Result<(), FileError>),
}

/// A log that is being read.
#[derive(Debug)]
pub(crate) struct Stream(Receiver<Event>);

/// What to do at the end of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AtEnd {
    Stop,
    /// Wait for more, as `tail -F` does.
    Follow,
}

impl Stream {
    /// Starts to read a log.
    ///
    /// # Errors
    /// If the system has no thread left.
    pub(crate) fn start(path: &Path, at_end: AtEnd, language: Language) -> io::Result<Self> {
        let (sender, events) = sync_channel(AHEAD);
        let path = path.to_owned();
        let read = move || read(&path, at_end, language, &sender);
        thread::Builder::new().name("log".to_owned()).spawn(read)?;
        Ok(Self(events))
    }

    /// Waits for the next event, but not for longer than `patience`.
    pub(crate) fn next(&self, patience: Duration) -> Option<Event> {
        match self.0.recv_timeout(patience) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            // The thread sends its end, unless it panics.
            Err(RecvTimeoutError::Disconnected) => Some(Event::Ended(Ok(()))),
        }
    }

    /// The events that have happened already.
    pub(crate) fn queued(&self) -> impl Iterator<Item = Event> + '_ {
        self.0.try_iter().take(AHEAD)
    }
}

// If the receiver is gone, the program is about to end.
fn read(path: &Path, at_end: AtEnd, language: Language, sender: &SyncSender<Event>) {
    let log = Log::at(path);
    let take = |block: &[u8]| {
        let _ = sender.send(Event::Block(block.to_owned()));
    };
    let notice = |restart| {
        let _ = sender.send(Event::Restarted(restart));
    };
    let ended = match at_end {
        AtEnd::Stop => log.read_all(language, take),
        AtEnd::Follow => log.follow(language, take, notice),
    };
    let _ = sender.send(Event::Ended(ended));
}
