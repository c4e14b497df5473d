//! A progress line on the terminal while a large input is read.

use core::time::Duration;
use std::io::{self, Read};
use std::time::Instant;

use crate::output::StatusLine;

/// Inputs up to this size are read too fast to need a progress line.
const LARGE: u64 = 64 * MB;

const MB: u64 = 1_000_000;

/// Minimum time between two updates, so that the line stays readable.
const PAUSE: Duration = Duration::from_millis(200);

/// Progress in reading one input. Writes nothing unless standard error is a terminal.
#[derive(Debug)]
pub(super) struct Progress {
    name: String,
    size: Option<u64>,
    read: u64,
    shown: Option<Instant>,
    line: StatusLine,
}

impl Progress {
    /// Nothing read yet of `name`, whose `size` may be unknown.
    pub(super) fn of(name: String, size: Option<u64>) -> Self {
        // A file that is known to be small never gets a line.
        let large = size.is_none_or(|size| size > LARGE);
        let line = if large { StatusLine::new() } else { StatusLine::hidden() };
        Self { name, size, read: 0, shown: None, line }
    }

    /// Nothing read yet, and nothing to be shown.
    pub(super) const fn hidden(name: String) -> Self {
        Self { name, size: None, read: 0, shown: None, line: StatusLine::hidden() }
    }

    fn advance(&mut self, bytes: usize) {
        self.read = self.read.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        let started = self.size.is_some() || self.read > LARGE;
        let due = self.shown.is_none_or(|shown| shown.elapsed() >= PAUSE);
        if started && due {
            self.shown = Some(Instant::now());
            self.line.show(&self.words());
        }
    }

    // Numbers and a name: the same in every language.
    fn words(&self) -> String {
        let read = self.read / MB;
        match self.size {
            Some(size) if size >= self.read => {
                let percent = u128::from(self.read) * 100 / u128::from(size.max(1));
                format!("{}: {percent} % ({read} / {} MB)", self.name, size / MB)
            }
            _ => format!("{}: {read} MB", self.name),
        }
    }
}

/// A source whose bytes are counted before decompression, to compare them with the size of the file.
#[derive(Debug)]
pub(super) struct Watched<R> {
    source: R,
    progress: Progress,
}

impl<R> Watched<R> {
    pub(super) const fn new(source: R, progress: Progress) -> Self {
        Self { source, progress }
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(block)?;
        self.progress.advance(length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_line_shows_percent_if_the_size_is_known() {
        const ROWS: &[(u64, Option<u64>, &str)] = &[
            (0, Some(200 * MB), "a.log: 0 % (0 / 200 MB)"),
            (50 * MB, Some(200 * MB), "a.log: 25 % (50 / 200 MB)"),
            (200 * MB, Some(200 * MB), "a.log: 100 % (200 / 200 MB)"),
            // The file grew while it was read.
            (201 * MB, Some(200 * MB), "a.log: 201 MB"),
            (70 * MB, None, "a.log: 70 MB"),
            (u64::MAX, Some(u64::MAX), "a.log: 100 % (18446744073709 / 18446744073709 MB)"),
        ];
        for &(read, size, line) in ROWS {
            let hidden = StatusLine::hidden();
            let progress = Progress { name: "a.log".into(), size, read, shown: None, line: hidden };
            assert_eq!(progress.words(), line);
        }
    }
}
