//! Logs of any size, read in blocks from files and standard input, plain or compressed.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, IsTerminal, Read};
use std::path::Path;
use std::time::SystemTime;

use jwtick_core::words::Language;

use super::followed::{Followed, Restart};
use super::progress::{Progress, Watched};
use super::{Awaited, compression};
use crate::file::{FileError, FileFault, Foreign, STDIN, is_stdin, shown};
use crate::output::{self, safe};

/// Bytes to read at once. The kernel takes longer to copy larger blocks, which do not fit in the nearest
/// caches of a processor.
const BLOCK: usize = 64 * 1024;

/// How much of a log was read.
#[derive(Debug)]
pub(crate) enum Extent {
    Whole,
    /// The text before a fault: its compressed data is cut, a disk or network failed, or it got
    /// shorter while it was read.
    Part(FileError),
}

/// The source of a log.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Log<'a> {
    path: &'a Path,
    is_silent: bool,
}

impl<'a> Log<'a> {
    /// Standard input.
    pub(crate) fn stdin() -> Self {
        Self::at(Path::new("-"))
    }

    /// A file; `-` is standard input.
    pub(crate) const fn at(path: &'a Path) -> Self {
        Self { path, is_silent: false }
    }

    /// The name as it was given.
    pub(crate) fn name(self) -> String {
        safe::name(self.path.as_os_str())
    }

    /// The time at which the file was last written; `None` for other inputs.
    pub(crate) fn written(self) -> Option<SystemTime> {
        let about = self.path.metadata().ok().filter(Metadata::is_file)?;
        about.modified().ok()
    }

    /// Passes the text to `take`, block by block.
    ///
    /// # Errors
    /// [`FileError`] if it cannot be opened, is a folder, or no byte of it can be read or
    /// decompressed.
    pub(crate) fn read(
        self,
        language: Language,
        mut take: impl FnMut(&[u8]),
    ) -> Result<Extent, FileError> {
        let mut taken = false;
        let read = self.read_all(language, |block| {
            taken |= !block.is_empty();
            take(block);
        });
        match read {
            Ok(()) => Ok(Extent::Whole),
            Err(fault) if taken => Ok(Extent::Part(fault)),
            Err(fault) => Err(fault),
        }
    }

    /// The same without a progress line, which several threads cannot share.
    ///
    /// # Errors
    /// As for [`Self::read`].
    pub(crate) fn read_silently(
        self,
        language: Language,
        take: impl FnMut(&[u8]),
    ) -> Result<Extent, FileError> {
        Self { is_silent: true, ..self }.read(language, take)
    }

    /// The path as it was given.
    pub(crate) const fn path(self) -> &'a Path {
        self.path
    }

    /// Returns true if the log need not end: standard input that is not a file.
    pub(crate) fn is_endless(self) -> bool {
        is_stdin(self.path) && !stdin_is_file()
    }

    /// Returns true if a person types the log.
    pub(crate) fn is_typed(self) -> bool {
        is_stdin(self.path) && io::stdin().is_terminal()
    }

    /// Passes the text to `take`, block by block, up to its end or its first fault.
    pub(super) fn read_all(
        self,
        language: Language,
        take: impl FnMut(&[u8]),
    ) -> Result<(), FileError> {
        if is_stdin(self.path) {
            return self.read_stdin(language, take);
        }
        let (file, about) = self.open()?;
        let size = about.is_file().then_some(about.len());
        self.blocks(Watched::new(&file, self.progress(size)), take)?;
        self.is_whole(&file, size.unwrap_or_default())
    }

    /// Passes the text to `take`, and waits for more at its end.
    pub(super) fn follow(
        self,
        language: Language,
        take: impl FnMut(&[u8]),
        notice: impl FnMut(Restart),
    ) -> Result<(), FileError> {
        if is_stdin(self.path) {
            return self.read_stdin(language, take);
        }
        let (file, _) = self.open()?;
        self.blocks(Followed::new(self.path, file, notice), take)
    }

    fn open(self) -> Result<(File, Metadata), FileError> {
        let file = File::open(self.path).map_err(|source| self.unreadable(source))?;
        let about = file.metadata().map_err(|source| self.unreadable(source))?;
        if about.is_dir() {
            return Err(self.failed(FileFault::Folder { example: Awaited::Log.example() }));
        }
        Ok((file, about))
    }

    // logrotate's `copytruncate` shortens a log. One that grows is read up to its first size.
    fn is_whole(self, file: &File, was: u64) -> Result<(), FileError> {
        let is = file.metadata().map_err(|source| self.unreadable(source))?.len();
        if is < was { Err(self.failed(FileFault::Cut { was, is })) } else { Ok(()) }
    }

    fn read_stdin(self, language: Language, take: impl FnMut(&[u8])) -> Result<(), FileError> {
        let stdin = io::stdin().lock();
        if stdin.is_terminal() {
            output::warn(Awaited::Log.request(language));
        }
        self.blocks(Watched::new(stdin, self.progress(None)), take)
    }

    fn progress(self, size: Option<u64>) -> Progress {
        let name = if is_stdin(self.path) { STDIN.into() } else { self.name() };
        if self.is_silent { Progress::hidden(name) } else { Progress::of(name, size) }
    }

    fn blocks(self, source: impl Read, take: impl FnMut(&[u8])) -> Result<(), FileError> {
        compression::plain(source)
            .and_then(|plain| each_block(plain, take))
            .map_err(|source| self.unreadable(source))
    }

    fn unreadable(self, source: io::Error) -> FileError {
        let foreign =
            |source: io::Error| source.downcast().map_or_else(FileFault::Read, FileFault::Foreign);
        self.failed(source.downcast().map_or_else(foreign, FileFault::Packed))
    }

    fn failed(self, fault: FileFault) -> FileError {
        fault.of(shown(self.path))
    }
}

#[cfg(unix)]
fn stdin_is_file() -> bool {
    use std::os::fd::AsFd;
    let stdin = io::stdin().as_fd().try_clone_to_owned();
    stdin.and_then(|stdin| File::from(stdin).metadata()).is_ok_and(|about| about.is_file())
}

#[cfg(not(unix))]
const fn stdin_is_file() -> bool {
    false
}

fn each_block(mut source: impl Read, mut take: impl FnMut(&[u8])) -> io::Result<()> {
    let mut block = vec![0; BLOCK];
    let mut head = read(&mut source, &mut block)?;
    // The bytes that tell compressed from plain text come alone.
    if (1..=compression::HEAD).contains(&head) {
        let more = read(&mut source, block.get_mut(head..).unwrap_or_default());
        if more.is_err() {
            take(block.get(..head).unwrap_or_default());
        }
        head = head.saturating_add(more?);
    }
    if let Some(foreign) = Foreign::of(block.get(..head).unwrap_or_default()) {
        return Err(io::Error::other(foreign));
    }
    let mut length = head;
    while length > 0 {
        take(block.get(..length).unwrap_or_default());
        length = read(&mut source, &mut block)?;
    }
    Ok(())
}

/// Reads once, unless a signal interrupts it.
fn read(source: &mut impl Read, block: &mut [u8]) -> io::Result<usize> {
    loop {
        match source.read(block) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}
