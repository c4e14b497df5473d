//! Key files in every form, unpacked from `fixtures/keys/forms.txt`.
//!
//! One text with all of them is easier to keep than some fifty files. A line `== NAME` starts a file;
//! `base64` after the name marks one that is not text.

use std::path::PathBuf;
use std::{env, fs, io};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::daemon::must;

const FORMS: &str = include_str!("../../fixtures/keys/forms.txt");

/// The path of a key file in the form that its name tells, such as `p256.pkcs8.pem`.
///
/// The file is in a folder next to the test program. No file exists for a name that the table does not
/// have.
///
/// # Panics
/// If it cannot be written: a test that cannot run has failed.
#[must_use]
#[track_caller]
pub fn key_form(name: &str) -> PathBuf {
    must(name, written(name))
}

fn written(name: &str) -> io::Result<PathBuf> {
    let folder = env::current_exe()?.with_file_name("key-forms");
    fs::create_dir_all(&folder)?;
    let file = folder.join(name);
    let Some(content) = content(name) else { return Ok(file) };
    if fs::read(&file).is_ok_and(|found| found == content) {
        return Ok(file);
    }
    // Other test processes may be reading the file, so it is replaced as a whole.
    let draft = tempfile::NamedTempFile::new_in(&folder)?;
    fs::write(&draft, content)?;
    draft.persist(&file)?;
    Ok(file)
}

fn content(name: &str) -> Option<Vec<u8>> {
    let mut entries = FORMS.split_inclusive('\n');
    let mut heads = entries.by_ref().filter_map(|line| line.strip_prefix("== "));
    let head = heads.find(|head| head.split_whitespace().next() == Some(name))?;
    let text: String = entries.take_while(|line| !line.starts_with("== ")).collect();
    if head.trim_end().ends_with(" base64") {
        STANDARD.decode(text.replace('\n', "")).ok()
    } else {
        Some(text.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_unpacked() {
        let heads = FORMS.lines().filter_map(|line| line.strip_prefix("== "));
        let names: Vec<_> = heads.filter_map(|head| head.split_whitespace().next()).collect();
        assert!(names.len() > 40, "{names:?}");
        for name in names {
            assert!(content(name).is_some_and(|content| !content.is_empty()), "{name}");
        }
        assert_eq!(content("no such form"), None);
    }
}
