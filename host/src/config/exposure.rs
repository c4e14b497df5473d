//! Configuration files that someone else may write.
//!
//! The file decides which servers and authorities are trusted, and which leeway a token gets. If others
//! may write it, so do they. Root does not use such a file; other users are warned.

use core::fmt;
use std::path::Path;

use crate::file;

/// A configuration file that others may write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exposed {
    pub(crate) name: String,
    pub(crate) writer: Writer,
    pub(crate) used: Use,
}

/// The account that may write the file, in addition to this user and root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "only Linux tells who may write a file")
)]
pub(crate) enum Writer {
    /// Another user, who owns it.
    Owner,
    /// The members of its group.
    Group,
    /// Every user.
    Everyone,
    /// Everyone who may write its folder, and so replace the file.
    Folder,
}

/// Whether the settings of the file are in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Used,
    NotUsed,
}

impl Exposed {
    /// Returns what is wrong with the permissions of a file, if anything.
    pub(super) fn find(path: &Path) -> Option<Self> {
        let (writer, is_root) = system::writer(path)?;
        let used = if is_root { Use::NotUsed } else { Use::Used };
        Some(Self { name: file::shown(path), writer, used })
    }
}

impl fmt::Display for Exposed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, writer, used } = self;
        write!(f, "{name} can be changed by {writer}")?;
        match used {
            Use::Used => write!(f, ": run chmod go-w {name}, or its settings may not be yours"),
            Use::NotUsed => write!(f, ", so root does not use it: run chown root and chmod go-w"),
        }
    }
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Owner => "its owner",
            Self::Group => "its group",
            Self::Everyone => "everyone",
            Self::Folder => "everyone who may write its folder",
        })
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::fs::{self, Metadata};
    use std::os::unix::fs::{FileTypeExt, MetadataExt};
    use std::path::Path;

    use super::Writer;

    const GROUP_WRITE: u32 = 0o020;
    const OTHERS_WRITE: u32 = 0o002;
    // In a folder with this bit, such as /tmp, only its owner may replace a file (inode(7)).
    const STICKY: u32 = 0o1000;

    /// Returns the account that may write the file, and whether this process runs as root.
    pub(super) fn writer(path: &Path) -> Option<(Writer, bool)> {
        let own = rustix::process::geteuid().as_raw();
        let file = fs::metadata(path).ok()?;
        // Everyone may write /dev/null, but nothing can be read from it.
        if file.file_type().is_char_device() {
            return None;
        }
        let folder = path.parent().map(|folder| if folder == "" { Path::new(".") } else { folder });
        let folder = folder.and_then(|folder| fs::metadata(folder).ok());
        let replaced = folder.is_some_and(|it| it.mode() & STICKY == 0 && of(&it, own).is_some());
        let writer = of(&file, own).or(replaced.then_some(Writer::Folder))?;
        Some((writer, own == 0))
    }

    fn of(it: &Metadata, own: u32) -> Option<Writer> {
        // The private group of a user has the user's number.
        let private = it.gid() == 0 || it.gid() == it.uid();
        if it.mode() & OTHERS_WRITE != 0 {
            Some(Writer::Everyone)
        } else if it.mode() & GROUP_WRITE != 0 && !private {
            Some(Writer::Group)
        } else {
            (it.uid() != own && it.uid() != 0).then_some(Writer::Owner)
        }
    }
}

// Elsewhere, the standard library does not tell who may write a file, or which user this is.
#[cfg(not(target_os = "linux"))]
mod system {
    use std::path::Path;

    use super::Writer;

    pub(super) fn writer(_: &Path) -> Option<(Writer, bool)> {
        None
    }
}
