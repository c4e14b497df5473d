//! Inputs: an argument, a file, standard input.

mod compression;
pub(crate) mod followed;
pub(crate) mod log;
mod progress;
mod secret;
mod serialized;
pub(crate) mod stream;
mod texts;
pub(crate) mod tokens;

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use jwtick_core::words::{Language, word};

use crate::file::{FileError, FileFault, STDIN, is_stdin, shown};
use crate::output;

pub(crate) use secret::{password, secret};
pub(crate) use texts::Origin;

/// The maximum length of a text that holds tokens. Logs go through `diagnose`, which has no limit.
const LONGEST: u64 = 16 * 1024 * 1024;

/// The kind of text that is read from standard input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Awaited {
    Log,
    Token,
    Key,
    Password,
    Claims,
    Profile,
}

impl Awaited {
    /// An example of a file name for this kind of text.
    pub(crate) const fn example(self) -> &'static str {
        match self {
            Self::Log => "*.log",
            Self::Token => "token.txt",
            Self::Key => "key.jwk",
            Self::Password => "password.txt",
            Self::Claims => "claims.json",
            Self::Profile => "profile.toml",
        }
    }

    /// The prompt on a terminal.
    fn request(self, language: Language) -> &'static str {
        match self {
            Self::Log => word!(language,
                en: "waiting for a log on standard input: paste it and press Ctrl+D, or name a file",
                de: "warte auf ein Log von der Standardeingabe: Fügen Sie es ein und drücken Sie Strg+D, oder nennen Sie eine Datei",
                ko: "표준 입력에서 로그를 기다리는 중: 로그를 붙여 넣고 Ctrl+D를 누르거나 파일을 지정하십시오",
            ),
            Self::Token => word!(language,
                en: "waiting for a token on standard input: paste it, then press Enter and Ctrl+D",
                de: "warte auf ein Token von der Standardeingabe: Fügen Sie es ein, dann Eingabe und Strg+D",
                ko: "표준 입력에서 토큰을 기다리는 중: 토큰을 붙여 넣고 Enter와 Ctrl+D를 누르십시오",
            ),
            Self::Key => word!(language,
                en: "waiting for a key on standard input: paste it, then press Ctrl+D",
                de: "warte auf einen Schlüssel von der Standardeingabe, Ende mit Strg+D",
                ko: "표준 입력에서 키를 기다리는 중: 입력을 마치려면 Ctrl+D를 누르십시오",
            ),
            Self::Password => word!(language,
                en: "waiting for a password on standard input: type it, then press Enter and Ctrl+D",
                de: "warte auf ein Passwort von der Standardeingabe: Geben Sie es ein, dann Eingabe und Strg+D",
                ko: "표준 입력에서 암호를 기다리는 중: 암호를 입력하고 Enter와 Ctrl+D를 누르십시오",
            ),
            Self::Profile => word!(language,
                en: "waiting for a profile on standard input: paste it, then press Ctrl+D",
                de: "warte auf ein Profil von der Standardeingabe, Ende mit Strg+D",
                ko: "표준 입력에서 프로필을 기다리는 중: 입력을 마치려면 Ctrl+D를 누르십시오",
            ),
            Self::Claims => word!(language,
                en: "waiting for claims on standard input: paste them, then press Ctrl+D",
                de: "warte auf Claims von der Standardeingabe, Ende mit Strg+D",
                ko: "표준 입력에서 클레임을 기다리는 중: 입력을 마치려면 Ctrl+D를 누르십시오",
            ),
        }
    }
}

/// Reads a whole file; `-` is standard input.
///
/// # Errors
/// [`FileError`].
pub(crate) fn file(
    name: &Path,
    awaited: Awaited,
    language: Language,
) -> Result<Vec<u8>, FileError> {
    if is_stdin(name) {
        return stdin(awaited, language);
    }
    if name.is_dir() {
        return Err(FileFault::Folder { example: awaited.example() }.of(shown(name)));
    }
    let name_shown = shown(name);
    match File::open(name) {
        Ok(file) => read(&name_shown, file),
        Err(source) => Err(FileFault::Read(source).of(name_shown)),
    }
}

fn stdin(awaited: Awaited, language: Language) -> Result<Vec<u8>, FileError> {
    let stdin = io::stdin().lock();
    if stdin.is_terminal() {
        output::warn(awaited.request(language));
    }
    read(STDIN, stdin)
}

fn read(name: &str, source: impl Read) -> Result<Vec<u8>, FileError> {
    let mut text = Vec::new();
    source
        .take(LONGEST.saturating_add(1))
        .read_to_end(&mut text)
        .map_err(|source| FileFault::Read(source).of(name))?;
    if u64::try_from(text.len()).is_ok_and(|length| length <= LONGEST) {
        Ok(text)
    } else {
        Err(FileFault::TooLong { allowed: LONGEST }.of(name))
    }
}
