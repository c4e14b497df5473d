//! The configuration file `jwtick.toml`: what the command line then need not repeat.
//!
//! The command line stands above the file, and the file above the defaults. The language of the
//! file stands above that of the locale too: a locale is set for everything on a machine, the file
//! for this program.

mod error;
mod parse;
mod place;

use std::path::{Path, PathBuf};
use std::{fs, io};

use jwtick_core::Span;
use jwtick_core::render::Language;

pub(crate) use error::{ConfigError, Fault, Type};
pub(crate) use parse::names;
pub(crate) use place::usual;

use crate::measurement::ClockName;

/// No configuration is longer.
const LONGEST: u64 = 64 * 1024;

/// What a configuration file says, and where it lies.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The file; `None` if there is none.
    pub(crate) path: Option<PathBuf>,
    pub(crate) settings: Settings,
}

/// What a file may set.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    pub(crate) ntp: Option<Set<Vec<ClockName>>>,
    pub(crate) http: Option<Set<Vec<ClockName>>>,
    pub(crate) ca: Option<Set<PathBuf>>,
    pub(crate) timeout: Option<Set<Span>>,
    pub(crate) max_offset: Option<Set<Span>>,
    pub(crate) warn: Option<Set<Span>>,
    pub(crate) crit: Option<Set<Span>>,
    pub(crate) leeway: Option<Set<Span>>,
    pub(crate) uncertainty: Option<Set<Span>>,
    pub(crate) language: Option<Set<Language>>,
}

/// A value of the file, and the line that sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Set<T> {
    pub(crate) value: T,
    pub(crate) line: usize,
}

impl Config {
    /// Reads the file that was named, else the one that the environment names, else the first of the
    /// usual places that has one.
    ///
    /// # Errors
    /// [`ConfigError::Read`] if the file cannot be read; that a usual place has none is no error.
    /// [`ConfigError::Invalid`] if it says what is not understood.
    pub(crate) fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        if let Some(path) = named {
            return Self::read(path);
        }
        if let Some(path) = place::named() {
            return Self::read(&path).map_err(|error| error.named_by(place::VARIABLE));
        }
        let mut read = usual().into_iter().map(|path| (Self::read(&path), path));
        let found = read.find(|(read, path)| is_there(read, path));
        found.map_or_else(|| Ok(Self::default()), |(read, _)| read)
    }

    fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = text(path).map_err(|error| ConfigError::read(path, error))?;
        let settings = parse::settings(&text).map_err(|at| at.in_file(path, &text))?;
        Ok(Self { path: Some(path.to_owned()), settings })
    }

    /// Every source that the file names.
    pub(crate) fn sources(&self) -> Vec<ClockName> {
        let named = [&self.settings.ntp, &self.settings.http];
        named.into_iter().flatten().flat_map(|set| set.value.iter().cloned()).collect()
    }
}

fn is_there(read: &Result<Config, ConfigError>, path: &Path) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    let Err(ConfigError::Read { source, .. }) = read else { return true };
    match source.kind() {
        NotFound | NotADirectory => false,
        // The home folder of somebody else, as under `sudo -u` with the environment kept.
        PermissionDenied => path.symlink_metadata().is_ok(),
        _ => true,
    }
}

// A device that never ends must not be read to its end.
fn text(path: &Path) -> io::Result<String> {
    if fs::metadata(path)?.len() > LONGEST {
        return Err(io::Error::other(format!("longer than {LONGEST} bytes")));
    }
    let mut text = String::new();
    let read =
        io::Read::read_to_string(&mut io::Read::take(fs::File::open(path)?, LONGEST), &mut text);
    read.map(|_| text)
}

/// What the command line tells, else what the file sets, else `default`.
pub(crate) fn pick<T: Copy>(told: Option<T>, set: Option<&Set<T>>, default: T) -> T {
    told.or(set.map(|set| set.value)).unwrap_or(default)
}

/// What holds where neither the command line nor a file says something.
pub(crate) mod default {
    use jwtick_core::Span;

    /// Answers that take longer are worth nothing to who waits for them.
    pub(crate) const TIMEOUT: Span = Span::from_secs(5);
    /// NumericDate is mostly written in whole seconds (RFC 7519 §2).
    pub(crate) const MAX_OFFSET: Span = Span::from_secs(1);
    /// "No more than a few minutes" of leeway (RFC 7519 §4.1.4); most verifiers that have any allow
    /// this much.
    pub(crate) const CRIT: Span = Span::from_secs(60);
}
