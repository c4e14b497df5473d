//! Finds and reads the configuration file, and the text of a new one.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::error::ConfigError;
use super::exposure::{Exposed, Use};
use super::parse::{KEYS, settings};
use super::serve::Sections;
use super::settings::Config;
use super::table::Key;
use crate::file;

/// The environment variable that names a configuration file.
const VARIABLE: &str = "JWTICK_CONFIG";

/// Returns the file that the environment variable names.
fn in_environment() -> Option<PathBuf> {
    file::path_in(VARIABLE)
}

/// Returns the default paths, of which the first existing file is used: the user's own (XDG Base
/// Directory Specification; `%APPDATA%` on Windows), then the system's.
pub(crate) fn usual() -> Vec<PathBuf> {
    let folder = file::users_folder("XDG_CONFIG_HOME", ".config", "APPDATA");
    let own = folder.map(|folder| folder.join("jwtick").join("jwtick.toml"));
    let shared = cfg!(unix).then(|| PathBuf::from("/etc/jwtick/jwtick.toml"));
    own.into_iter().chain(shared).collect()
}

/// Returns the path of the file that commands read, or would read if it existed: the named one, or
/// else the one that the environment names, or else the first default path.
pub(crate) fn place(named: Option<&Path>) -> Option<PathBuf> {
    named.map(Path::to_owned).or_else(in_environment).or_else(|| usual().into_iter().next())
}

impl Config {
    /// Reads the named file, or else the file that the environment names, or else the first
    /// existing default file.
    ///
    /// # Errors
    /// [`ConfigError::Read`] if the file cannot be read; a missing default file is not an error.
    /// [`ConfigError::Exposed`] if the user named the file, but root must not use it.
    /// [`ConfigError::Invalid`] if the content is not understood.
    pub(crate) fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        if let Some(path) = named {
            return Self::named(path);
        }
        if let Some(path) = in_environment() {
            return Self::named(&path).map_err(|error| error.named_by(VARIABLE));
        }
        let mut read = usual().into_iter().map(|path| (Self::read(&path), path));
        let found = read.find(|(read, path)| is_there(read, path));
        found.map_or_else(|| Ok(Self::default()), |(read, _)| read)
    }

    // A file that the user names must not be left out silently.
    fn named(path: &Path) -> Result<Self, ConfigError> {
        let config = Self::read(path)?;
        match config.exposed {
            Some(exposed) if exposed.used == Use::NotUsed => Err(ConfigError::Exposed(exposed)),
            _ => Ok(config),
        }
    }

    fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = text(path).map_err(|error| ConfigError::read(path, error))?;
        let exposed = Exposed::find(path);
        if exposed.as_ref().is_some_and(|exposed| exposed.used == Use::NotUsed) {
            return Ok(Self { exposed, ..Self::default() });
        }
        let settings = settings(&text).map_err(|at| at.in_file(path, &text))?;
        Ok(Self { path: Some(path.to_owned()), exposed, settings })
    }
}

fn is_there(read: &Result<Config, ConfigError>, path: &Path) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    let Err(ConfigError::Read { source, .. }) = read else { return true };
    match source.kind() {
        NotFound | NotADirectory => false,
        // The home folder of another user, as under `sudo -u` with the environment kept.
        PermissionDenied => path.symlink_metadata().is_ok(),
        _ => true,
    }
}

// The limit keeps an endless device from being read without end.
fn text(path: &Path) -> io::Result<String> {
    if fs::metadata(path)?.len() > LONGEST {
        return Err(io::Error::other(format!("longer than {LONGEST} bytes")));
    }
    let mut text = String::new();
    let read =
        io::Read::read_to_string(&mut io::Read::take(fs::File::open(path)?, LONGEST), &mut text);
    read.map(|_| text)
}

/// Maximum length of a configuration file, in bytes.
const LONGEST: u64 = 64 * 1024;

/// Columns of a line, so that the file fits any editor.
const WIDTH: usize = 80;

const INTRODUCTION: &str = "\
# Settings of jwtick. Remove the `# ` before a key to set it; every key is
# optional, and options of the command line override it.
#
# `jwtick config check` shows the settings in force, and jwtick.toml(5)
# describes the file. Keep it writable by its owner alone: it decides which
# servers are trusted.
";

const SERVICE: &str = "
# The policies of `jwtick serve`. They are the last in the file, since each key
# belongs to the table above it. `jwtick serve --check` shows those in force.
";

/// The text of the file.
pub(crate) fn commented() -> String {
    let mut text = INTRODUCTION.to_owned();
    KEYS.iter().for_each(|key| add(key, &mut text));
    text.push_str(SERVICE);
    section(Sections::SERVE, &mut text);
    section(Sections::CLIENT, &mut text);
    section(Sections::DPOP, &mut text);
    section(Sections::ISSUER, &mut text);
    section(Sections::FETCH, &mut text);
    section(Sections::ROUTE, &mut text);
    text
}

fn section<S>((header, keys): (&str, &[Key<S>]), text: &mut String) {
    text.push_str(&format!("\n# {header}\n"));
    keys.iter().for_each(|key| add(key, text));
}

fn add<S>(key: &Key<S>, text: &mut String) {
    let Key { name, kind, default, example, meaning, .. } = key;
    text.push('\n');
    add_comment(meaning, text);
    add_comment(&format!("Type: {kind}. Default: {default}."), text);
    text.push_str(&format!("# {name} = {example}\n"));
}

fn add_comment(words: &str, text: &mut String) {
    let mut line = String::from("#");
    for word in words.split(' ') {
        if line.chars().count().saturating_add(word.chars().count()) >= WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}
