//! Files with keys and secrets. Their content is wiped, together with every buffer that it was read
//! into.

use core::cmp;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use jwtick_core::words::{Language, Said, sentence};
use zeroize::Zeroizing;

use super::{Awaited, LONGEST};
use crate::file::{FileError, FileFault, STDIN, is_stdin, shown};
use crate::output;

/// Most keys and secrets are shorter than this, in bytes.
const ROOM: usize = 8 * 1024;

/// The content of a file. No `Debug`, since it may be a secret.
pub(crate) struct Content {
    pub(crate) bytes: Zeroizing<Vec<u8>>,
    name: String,
    /// The permissions of a file that users other than its owner can read.
    shared: Option<u32>,
}

impl Content {
    /// Warns if other users can read the file. To be called once the content turns out to be secret.
    pub(crate) fn warn_if_shared(&self, language: Language) {
        let Some(mode) = self.shared else { return };
        let name = self.name.escape_debug();
        let said = Said(move |f: &mut core::fmt::Formatter<'_>| {
            let name = name.clone();
            sentence!(f, language,
                en: "{name} holds a secret that other users can read (mode {mode:04o}): run chmod 600 on it",
                de: "{name} enthält ein Geheimnis, das andere Benutzer lesen können (Modus {mode:04o}): Führen Sie chmod 600 dafür aus",
                ko: "{name} 파일의 비밀 정보를 다른 사용자가 읽을 수 있습니다(모드 {mode:04o}). chmod 600을 실행하십시오",
            )
        });
        output::warn(&said.to_string());
    }
}

/// Reads a whole file; `-` is standard input.
///
/// # Errors
/// [`FileError`].
pub(crate) fn secret(
    name: &Path,
    awaited: Awaited,
    language: Language,
) -> Result<Content, FileError> {
    let (name_shown, shared, bytes);
    if is_stdin(name) {
        if io::stdin().is_terminal() {
            output::warn(awaited.request(language));
        }
        (name_shown, shared) = (STDIN.to_owned(), None);
        bytes = stdin().and_then(wiped);
    } else if name.is_dir() {
        return Err(FileFault::Folder { example: awaited.example() }.of(shown(name)));
    } else {
        name_shown = shown(name);
        let file = File::open(name).map_err(|source| FileFault::Read(source).of(&*name_shown))?;
        shared = readers(&file);
        bytes = wiped(file);
    }
    let bytes = bytes.map_err(|source| FileFault::Read(source).of(&*name_shown))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= LONGEST) {
        Ok(Content { bytes, name: name_shown, shared })
    } else {
        Err(FileFault::TooLong { allowed: LONGEST }.of(name_shown))
    }
}

/// Reads to the end. A vector that grows by itself would leave copies of what it held.
fn wiped(mut source: impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(ROOM));
    let mut part = Zeroizing::new([0; 4096]);
    loop {
        let read = match source.read(&mut part[..]) {
            Ok(0) => return Ok(bytes),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let needed = bytes.len().saturating_add(read);
        if needed > bytes.capacity() {
            let room = cmp::max(needed, bytes.capacity().saturating_mul(2));
            let mut larger = Zeroizing::new(Vec::with_capacity(room));
            larger.extend_from_slice(&bytes);
            bytes = larger;
        }
        bytes.extend_from_slice(part.get(..read).unwrap_or_default());
        if u64::try_from(bytes.len()).is_ok_and(|length| length > LONGEST) {
            return Ok(bytes);
        }
    }
}

/// Standard input without the buffer of the standard library, which is never wiped.
#[cfg(unix)]
fn stdin() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

#[cfg(not(unix))]
fn stdin() -> io::Result<io::StdinLock<'static>> {
    Ok(io::stdin().lock())
}

/// Returns the permissions of a file that others can read. Of a pipe they mean nothing.
#[cfg(unix)]
fn readers(file: &File) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    const OTHERS: u32 = 0o044;
    let about = file.metadata().ok().filter(std::fs::Metadata::is_file)?;
    let mode = about.permissions().mode() & 0o7777;
    (mode & OTHERS != 0).then_some(mode)
}

// On systems without modes, the folder determines who can read the file.
#[cfg(not(unix))]
const fn readers(_: &File) -> Option<u32> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_complete_whatever_its_length() {
        for length in [0, 1, 4095, 4096, 4097, ROOM, ROOM + 1, 100_000] {
            let text: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
            assert_eq!(*wiped(text.as_slice()).unwrap(), text, "{length}");
        }
        let endless = wiped(io::repeat(b'x')).unwrap();
        assert!(u64::try_from(endless.len()).unwrap() > LONGEST);
    }
}
