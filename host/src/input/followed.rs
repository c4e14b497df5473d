//! A file that is still written to: read on as it grows, also after it was replaced or cut.

use core::time::Duration;
use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::thread;

/// Time between two looks at a file that has not grown.
const PAUSE: Duration = Duration::from_millis(200);

/// A new start of a file that is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Restart {
    /// Another file has its name (logrotate's `create`).
    Replaced,
    /// It got shorter than what was read (logrotate's `copytruncate`).
    Cut,
}

/// A reader that waits at the end of its file. `notice` is told about each new start.
pub(super) struct Followed<N> {
    path: PathBuf,
    file: File,
    /// The file that now has the name, to be read once the old one is read to its end.
    next: Option<File>,
    at: u64,
    /// True if the last byte was in the middle of a line.
    is_inside_line: bool,
    notice: N,
}

impl<N: FnMut(Restart)> Followed<N> {
    pub(super) fn new(path: &Path, file: File, notice: N) -> Self {
        let path = path.to_owned();
        Self { path, file, next: None, at: 0, is_inside_line: false, notice }
    }

    /// Looks for a new start. Returns true if the reader is at one.
    fn restarts(&mut self) -> io::Result<bool> {
        if let Some(next) = self.next.take() {
            self.file = next;
            self.start(Restart::Replaced);
            return Ok(true);
        }
        let own = self.file.metadata()?;
        if own.is_file() && own.len() < self.at {
            self.file.seek(SeekFrom::Start(0))?;
            self.start(Restart::Cut);
            return Ok(true);
        }
        // Between the renaming of the old file and the creation of the new one, nothing has the name.
        self.next = File::open(&self.path).ok();
        let named = self.next.as_ref().and_then(|next| next.metadata().ok());
        if named.is_none_or(|named| is_same(&own, &named)) {
            self.next = None;
        }
        Ok(false)
    }

    fn start(&mut self, restart: Restart) {
        self.at = 0;
        (self.notice)(restart);
    }
}

impl<N: FnMut(Restart)> Read for Followed<N> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        loop {
            let length = self.file.read(block)?;
            if length > 0 || block.is_empty() {
                self.at = self.at.saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
                self.is_inside_line =
                    length.checked_sub(1).and_then(|last| block.get(last)) != Some(&b'\n');
                return Ok(length);
            }
            let restarts = self.restarts()?;
            // The line that was cut off is not the start of the next one.
            if restarts && self.is_inside_line {
                self.is_inside_line = false;
                if let Some(first) = block.first_mut() {
                    *first = b'\n';
                    return Ok(1);
                }
            }
            // What the old file got in the meantime is read before the new one.
            if !restarts && self.next.is_none() {
                thread::sleep(PAUSE);
            }
        }
    }
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    !other.is_file() || (one.dev(), one.ino()) == (other.dev(), other.ino())
}

// Other systems keep a file that is open from being replaced.
#[cfg(not(unix))]
fn is_same(_: &Metadata, _: &Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;
    use std::sync::mpsc;

    use super::*;

    /// Reads at least `length` bytes.
    fn read(source: &mut impl Read, length: usize) -> String {
        let mut text = Vec::new();
        while text.len() < length {
            let mut block = [0; 64];
            let read = source.read(&mut block).unwrap();
            text.extend_from_slice(&block[..read]);
        }
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn reads_on_after_rotation_and_truncation() {
        let (sender, ended) = mpsc::channel();
        thread::spawn(move || {
            rotate_and_cut();
            sender.send(())
        });
        // A reader that misses a new start waits for ever.
        ended.recv_timeout(Duration::from_secs(60)).unwrap();
    }

    fn rotate_and_cut() {
        let folder = tempfile::tempdir().unwrap();
        let (path, old) = (folder.path().join("a.log"), folder.path().join("a.log.1"));
        fs::write(&path, "one\ntwo").unwrap();
        let mut restarts = Vec::new();
        let file = File::open(&path).unwrap();
        let mut followed = Followed::new(&path, file, |restart| restarts.push(restart));
        assert_eq!(read(&mut followed, 7), "one\ntwo");
        fs::rename(&path, &old).unwrap();
        File::options().append(true).open(&old).unwrap().write_all(b" more").unwrap();
        fs::write(&path, "three\n").unwrap();
        assert_eq!(read(&mut followed, 12), " more\nthree\n");
        fs::write(&path, "4\n").unwrap();
        assert_eq!(read(&mut followed, 2), "4\n");
        assert_eq!(restarts, [Restart::Replaced, Restart::Cut]);
    }
}
