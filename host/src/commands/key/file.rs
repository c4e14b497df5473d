//! A new file that holds a secret.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::error::Error;

/// Writes a file that only its owner can read. It must be new: neither a file nor a link is
/// followed or written over, since whoever laid it there might read it.
///
/// # Errors
/// [`Error::Create`].
pub(super) fn create(name: &Path, content: &[u8]) -> Result<(), Error> {
    let written = open(name).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    written.map_err(|source| Error::Create { name: name.display().to_string(), source })
}

#[cfg(unix)]
fn open(name: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(name)
}

// Where there are no modes, the folder decides who reads.
#[cfg(not(unix))]
fn open(name: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(name)
}
