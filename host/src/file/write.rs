//! Atomic writing of files: a full disk, an error halfway or Ctrl-C leaves no partial file; and the folders
//! of the user.

use std::env;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::error::{FileError, FileFault, shown};

/// Returns the user's folder for files of a kind: that of the XDG Base Directory Specification, or the one
/// that a variable names on Windows.
pub(crate) fn users_folder(xdg: &str, in_home: &str, on_windows: &str) -> Option<PathBuf> {
    if cfg!(windows) {
        return path_in(on_windows);
    }
    // A relative path is invalid and must be ignored.
    let told = path_in(xdg).filter(|folder| folder.is_absolute());
    told.or_else(|| Some(path_in("HOME")?.join(in_home)))
}

/// Returns the path in an environment variable.
pub(crate) fn path_in(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The users who can read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    Owner,
    /// Everyone whom the user's umask permits, see umask(2).
    Usual,
    /// The same, but only the owner can write the file, whatever the umask permits.
    WithoutWriting,
}

/// Creates a file. The path must be unused: existing files are not overwritten and links are not
/// followed, since their creator could read the content.
///
/// # Errors
/// [`FileError`].
pub(crate) fn create(name: &Path, readers: Readers, content: &[u8]) -> Result<(), FileError> {
    let draft = filled(name, readers, content);
    let named = draft.and_then(|draft| Ok(draft.persist_noclobber(name)?));
    named.map(drop).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => FileFault::Taken.of(shown(name)),
        _ => failed(name, source),
    })
}

/// Writes a file, replacing an existing one, whose permissions it keeps. `readers` can read a new
/// one.
///
/// # Errors
/// [`FileError`].
pub(crate) fn replace(name: &Path, readers: Readers, content: &[u8]) -> Result<(), FileError> {
    let written = Place::of(name).and_then(|place| match place {
        Place::Stream => File::create(name)?.write_all(content),
        Place::New => filled(name, readers, content).and_then(|draft| named(draft, name)),
        Place::Taken(path, permissions) => {
            // Others may not read it, not even before it has the permissions of the old one.
            let draft = filled(&path, Readers::Owner, content)?;
            draft.as_file().set_permissions(permissions)?;
            named(draft, &path)
        }
    });
    written.map_err(|source| failed(name, source))
}

/// Checks that [`replace`] can write, before the content is produced.
///
/// # Errors
/// [`FileError`].
pub(crate) fn is_replaceable(name: &Path) -> Result<(), FileError> {
    let tried = Place::of(name).and_then(|place| match place {
        // Opening a pipe as a test would be visible to its reader.
        Place::Stream => Ok(()),
        Place::New => draft(name, Readers::Owner).map(drop),
        Place::Taken(path, _) => draft(&path, Readers::Owner).map(drop),
    });
    tried.map_err(|source| failed(name, source))
}

/// The kind of entry at the path to be written.
enum Place {
    New,
    /// An existing file, after following links, and its permissions.
    Taken(PathBuf, Permissions),
    /// A device or a pipe, which must not be replaced with a file.
    Stream,
}

impl Place {
    fn of(name: &Path) -> io::Result<Self> {
        let about = match fs::metadata(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::New),
            about => about?,
        };
        if about.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !about.is_file() {
            return Ok(Self::Stream);
        }
        // A user without write permission must not bypass that by replacing the file.
        OpenOptions::new().write(true).open(name)?;
        Ok(Self::Taken(fs::canonicalize(name)?, about.permissions()))
    }
}

fn named(draft: NamedTempFile<File>, name: &Path) -> io::Result<()> {
    Ok(draft.persist(name).map(drop)?)
}

/// Creates a temporary file in the folder of its final name, because renaming works only within one
/// file system.
fn draft(name: &Path, readers: Readers) -> io::Result<NamedTempFile<File>> {
    let folder = name.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    Builder::new().prefix(".jwtick-").make_in(folder, |path| open(path, readers))
}

fn filled(name: &Path, readers: Readers, content: &[u8]) -> io::Result<NamedTempFile<File>> {
    let mut draft = draft(name, readers)?;
    draft.as_file_mut().write_all(content)?;
    draft.as_file().sync_all()?;
    Ok(draft)
}

#[cfg(unix)]
fn open(name: &Path, readers: Readers) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let mode = match readers {
        Readers::Owner => 0o600,
        Readers::Usual => 0o666,
        Readers::WithoutWriting => 0o644,
    };
    OpenOptions::new().write(true).create_new(true).mode(mode).open(name)
}

// On systems without modes, the folder determines who can read the file.
#[cfg(not(unix))]
fn open(name: &Path, _: Readers) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(name)
}

fn failed(name: &Path, source: io::Error) -> FileError {
    FileFault::Write(source).of(shown(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder, and the names of its entries.
    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let mut names: Vec<String> =
            entries.map(|entry| name(entry).into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn create_refuses_existing_file_or_link() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("key");
        create(&name, Readers::Owner, b"one").unwrap();
        let again = create(&name, Readers::Owner, b"two").unwrap_err().to_string();
        assert!(again.contains("already exists"), "{again}");
        assert_eq!(
            (fs::read(&name).unwrap(), names(folder.path())),
            (b"one".into(), vec!["key".into()])
        );
    }

    #[test]
    fn replace_overwrites_existing_file() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("log");
        for content in [&b"one"[..], b"two"] {
            is_replaceable(&name).unwrap();
            replace(&name, Readers::Usual, content).unwrap();
            assert_eq!(fs::read(&name).unwrap(), content);
        }
        assert_eq!(names(folder.path()), ["log"]);
    }

    #[test]
    fn folder_is_rejected() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("log");
        fs::create_dir(&name).unwrap();
        for met in [
            is_replaceable(&name),
            replace(&name, Readers::Usual, b""),
            create(&name, Readers::Owner, b""),
        ] {
            assert!(met.unwrap_err().to_string().contains("log"));
        }
        assert_eq!((names(folder.path()), names(&name).len()), (vec!["log".into()], 0));
    }

    #[test]
    #[cfg(unix)]
    fn links_modes_and_devices_are_preserved() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (name, link) = (folder.path().join("log"), folder.path().join("link"));
        fs::write(&name, "one").unwrap();
        fs::set_permissions(&name, Permissions::from_mode(0o640)).unwrap();
        symlink(&name, &link).unwrap();
        replace(&link, Readers::Owner, b"two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&name).unwrap(), b"two");
        assert_eq!(fs::metadata(&name).unwrap().permissions().mode() & 0o777, 0o640);
        is_replaceable(Path::new("/dev/null")).unwrap();
        replace(Path::new("/dev/null"), Readers::Owner, b"two").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }

    #[test]
    #[cfg(unix)]
    fn secret_is_readable_by_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str| {
            fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777
        };
        create(&folder.path().join("key"), Readers::Owner, b"one").unwrap();
        replace(&folder.path().join("log"), Readers::Owner, b"one").unwrap();
        assert_eq!((mode("key"), mode("log")), (0o600, 0o600));
    }
}
