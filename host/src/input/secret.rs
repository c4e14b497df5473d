//! Files with keys and secrets, and passwords that are typed. Their content is wiped, together with every
//! buffer that it was read into.

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

/// Reads the password of `key` from a file, without the line break at its end, or asks for it on a
/// terminal; `None` if there is neither.
///
/// # Errors
/// [`FileError`].
pub(crate) fn password(
    file: Option<&Path>,
    key: &str,
    language: Language,
) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
    let Some(file) = file else {
        return typed(&question(key, language)).map_err(|it| FileFault::Read(it).of(STDIN));
    };
    let mut content = secret(file, Awaited::Password, language)?;
    content.warn_if_shared(language);
    let line = content.bytes.strip_suffix(b"\n").unwrap_or(&content.bytes);
    let length = line.strip_suffix(b"\r").unwrap_or(line).len();
    content.bytes.truncate(length);
    Ok(Some(content.bytes))
}

fn question(key: &str, language: Language) -> String {
    let key = key.escape_debug();
    let said = Said(move |f: &mut core::fmt::Formatter<'_>| {
        let key = key.clone();
        sentence!(f, language,
            en: "Password of {key}:",
            de: "Passwort für {key}:",
            ko: "{key} 파일의 암호:",
        )
    });
    said.to_string()
}

/// Asks for a line that is not shown while it is typed.
#[cfg(target_os = "linux")]
fn typed(question: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};
    let terminal = io::stdin();
    if !output::is_answered_on_a_terminal() {
        return Ok(None);
    }
    let kept = tcgetattr(&terminal)?;
    let mut silent = kept.clone();
    // Without signals, Ctrl+C is a byte: a program that dies here would leave the terminal silent.
    silent.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
    silent.special_codes[SpecialCodeIndex::VMIN] = 1;
    silent.special_codes[SpecialCodeIndex::VTIME] = 0;
    tcsetattr(&terminal, OptionalActions::Now, &silent)?;
    let line = output::ask(question).and_then(|()| line(stdin()?));
    tcsetattr(&terminal, OptionalActions::Now, &kept)?;
    output::log("\n");
    line.map(Some)
}

#[cfg(not(target_os = "linux"))]
const fn typed(_: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    Ok(None)
}

/// Reads the bytes of a line as a terminal sends them, with its keys for editing.
#[cfg(any(target_os = "linux", test))]
fn line(mut source: impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    const LONGEST: usize = 1024;
    const CTRL_C: u8 = 3;
    const CTRL_D: u8 = 4;
    const CTRL_U: u8 = 21;
    const BACKSPACE: u8 = 8;
    const DELETE: u8 = 127;
    let mut line = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut byte = Zeroizing::new([0]);
    while source.read(&mut byte[..])? > 0 {
        match *byte {
            [b'\n' | b'\r' | CTRL_D] => break,
            [CTRL_C] => return Err(io::Error::from(io::ErrorKind::Interrupted)),
            [CTRL_U] => line.clear(),
            [BACKSPACE | DELETE] => {
                let is_start = |byte: &u8| byte & 0xC0 != 0x80; // of a character in UTF-8
                let length = line.iter().rposition(is_start).unwrap_or(0);
                line.truncate(length);
            }
            [other] if line.len() < LONGEST => line.push(other),
            _ => {}
        }
    }
    Ok(line)
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
    fn typed_line_can_be_edited() {
        const ROWS: &[(&[u8], Option<&[u8]>)] = &[
            (b"secret\nmore", Some(b"secret")),
            (b"secret\r", Some(b"secret")),
            (b"secret\x04", Some(b"secret")),
            (b"secret", Some(b"secret")),
            (b"secrx\x7Fet\n", Some(b"secret")),
            ("ü\u{8}x\n".as_bytes(), Some(b"x")),
            (b"\x7F\x08x\n", Some(b"x")),
            (b"wrong\x15right\n", Some(b"right")),
            (b"secret\x03", None),
            (b"\n", Some(b"")),
        ];
        for &(typed, expected) in ROWS {
            assert_eq!(line(typed).ok().as_deref().map(Vec::as_slice), expected, "{typed:?}");
        }
        assert_eq!(line([b'x'; 2000].as_slice()).unwrap().len(), 1024);
    }

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
