//! The last sets of keys that were fetched, kept on disk for an outage of their server.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::{fs, io};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::{Span, TimeBounds, UnixTime};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use crate::file::{self, Readers};

/// The folder with the last sets of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept(PathBuf);

/// A set of keys, and when it was fetched in seconds since 1970.
#[derive(Serialize, Deserialize)]
struct Set<'s> {
    name: String,
    fetched: i64,
    #[serde(borrow)]
    keys: Cow<'s, str>,
}

impl Kept {
    /// The longest time for which a set is used after it was fetched, unless a service sets another.
    pub(crate) const LONGEST: Span = Span::from_secs(4 * 3_600);

    /// A folder that the user names.
    pub(crate) const fn in_folder(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// The folder of the user.
    pub(crate) fn of_user() -> Option<Self> {
        let folder = file::users_folder("XDG_CACHE_HOME", ".cache", "LOCALAPPDATA")?;
        Some(Self(folder.join("jwtick").join("keys")))
    }

    fn path(&self, name: &str) -> PathBuf {
        let digest = digest(&SHA256, name.as_bytes());
        self.0.join(URL_SAFE_NO_PAD.encode(digest)).with_extension("json")
    }

    /// Keeps a set that was fetched at `now`.
    ///
    /// # Errors
    /// The error of the file or of its folder.
    pub(crate) fn keep(&self, name: &str, text: &[u8], now: TimeBounds) -> io::Result<()> {
        let fetched = now.earliest().floor_secs();
        let set = Set { name: name.to_owned(), fetched, keys: String::from_utf8_lossy(text) };
        fs::create_dir_all(&self.0)?;
        let set = serde_json::to_string(&set)?;
        file::replace(&self.path(name), Readers::Owner, set.as_bytes()).map_err(io::Error::other)
    }

    /// The text of the last set, and its greatest age at `now`; `None` also if that cannot be bounded, or if
    /// others than its owner could have written the set.
    pub(crate) fn last(
        &self,
        name: &str,
        now: TimeBounds,
        longest: Span,
    ) -> Option<(String, Span)> {
        let path = self.path(name);
        if now.is_open() || [&self.0, &path].into_iter().any(|path| is_shared(path)) {
            return None;
        }
        let text = fs::read(path).ok()?;
        let set: Set<'_> = serde_json::from_slice(&text).ok()?;
        let age = now.latest() - UnixTime::from_secs(set.fetched);
        let is_recent = (Span::ZERO..=longest).contains(&age);
        (is_recent && set.name == name).then(|| (set.keys.into_owned(), age))
    }
}

/// Returns true if users other than its owner may write to a path.
#[cfg(unix)]
fn is_shared(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o022 != 0)
}

// On systems without modes, the folder determines who can write.
#[cfg(not(unix))]
const fn is_shared(_: &Path) -> bool {
    false
}
