//! The inputs of a fleet: files, folders and patterns, with the parts of a rotated log as one.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::file::{FileError, FileFault, is_stdin, shown};

/// The files of one log, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Series {
    /// Their name without what rotation and compression add.
    pub(crate) name: PathBuf,
    pub(crate) files: Vec<PathBuf>,
    /// True if its files were named, and not found in a folder.
    pub(crate) is_named: bool,
}

/// The logs that `names` mean, in their order, each file once. A folder means all files in it and below,
/// except hidden ones. A name with `*` or `?` that no file has is a pattern for names in one folder.
///
/// # Errors
/// [`FileError`] for each folder that cannot be read, next to the logs that were found.
pub(crate) fn all(names: &[PathBuf]) -> (Vec<Series>, Vec<FileError>) {
    let mut faults = Vec::new();
    let mut all: BTreeMap<PathBuf, (usize, bool, Vec<PathBuf>)> = BTreeMap::new();
    let mut put = |path: PathBuf, is_named: bool| {
        let (stem, count) = (stem_of(&path), all.len());
        let (_, named, files) = all.entry(stem).or_insert((count, false, Vec::new()));
        *named |= is_named;
        if !files.contains(&path) {
            files.push(path);
        }
    };
    for name in names {
        let mut walk = |folder: &Path| match files_below(folder) {
            Ok(files) => files.into_iter().for_each(|file| put(file, false)),
            Err(source) => faults.push(FileFault::Read(source).of(shown(folder))),
        };
        if is_stdin(name) || name.is_file() {
            put(name.clone(), true);
        } else if name.is_dir() {
            walk(name);
        } else {
            match matching(name) {
                found if found.is_empty() => put(name.clone(), true),
                found => found.into_iter().for_each(|found| {
                    if found.is_dir() {
                        files_below(&found).into_iter().flatten().for_each(|it| put(it, false));
                    } else {
                        put(found, true);
                    }
                }),
            }
        }
    }
    let mut series: Vec<_> = all.into_iter().collect();
    series.sort_by_key(|(_, (order, ..))| *order);
    let series = series.into_iter().map(|(name, (_, is_named, mut files))| {
        files.sort_by_cached_key(|file| age_of(file));
        Series { name, files, is_named }
    });
    (series.collect(), faults)
}

/// The files in `folder` and below, by name.
fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut files = Vec::new();
    for entry in entries {
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        // A link to a folder may lead back to one above.
        let kind = entry.file_type()?;
        if kind.is_dir() && !is_hidden {
            files.extend(files_below(&entry.path())?);
        } else if !is_hidden && (kind.is_file() || entry.path().is_file()) {
            files.push(entry.path());
        }
    }
    Ok(files)
}

/// The files and folders whose names match a pattern.
fn matching(pattern: &Path) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::new()];
    for part in pattern.components() {
        let name = part.as_os_str();
        let Some(text) = name.to_str().filter(|text| text.contains(['*', '?'])) else {
            found.iter_mut().for_each(|path| path.push(name));
            continue;
        };
        let below = |folder: PathBuf| {
            let read = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
            let entries = fs::read_dir(read).into_iter().flatten().flatten();
            let names = entries.map(|entry| entry.file_name());
            let mut names: Vec<_> =
                names.filter(|name| name.to_str().is_some_and(|name| fits(name, text))).collect();
            names.sort();
            names.into_iter().map(|name| folder.join(name)).collect::<Vec<_>>()
        };
        found = found.into_iter().flat_map(below).collect();
    }
    found.retain(|path| path.exists());
    found
}

/// Returns true if `name` fits a pattern in which `*` is any text and `?` any character.
fn fits(name: &str, pattern: &str) -> bool {
    if name.starts_with('.') && !pattern.starts_with('.') {
        return false;
    }
    let mut rest: Vec<&str> = vec![name];
    for part in pattern.chars() {
        rest = match part {
            '*' => rest.iter().flat_map(|rest| ends_of(rest)).collect(),
            part => rest
                .iter()
                .filter_map(|rest| {
                    let mut left = rest.chars();
                    left.next().filter(|&next| part == '?' || part == next).map(|_| left.as_str())
                })
                .collect(),
        };
        rest.sort_unstable_by_key(|rest| rest.len());
        rest.dedup();
    }
    rest.iter().any(|rest| rest.is_empty())
}

fn ends_of(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    starts.filter_map(|at| text.get(at..))
}

const PACKED: [&str; 4] = [".gz", ".zst", ".zstd", ".gzip"];

/// The name without what rotation and compression add: `app.log` for `app.log.2.gz` and
/// `app.log-20240109`.
fn stem_of(path: &Path) -> PathBuf {
    match path.file_name().and_then(|name| name.to_str()).map(parts_of) {
        Some((stem, _)) => path.with_file_name(stem),
        None => path.to_owned(),
    }
}

/// The position of a file in its series: dated parts by their date, then numbered ones from the greatest
/// number down, then the log that is being written.
fn age_of(path: &Path) -> (u8, String, u64) {
    let age = path.file_name().and_then(|name| name.to_str()).map(|name| parts_of(name).1);
    match age.unwrap_or(Age::Newest) {
        Age::Date(date) => (0, date.to_owned(), 0),
        Age::Number(number) => (1, String::new(), u64::MAX.saturating_sub(number)),
        Age::Newest => (2, String::new(), 0),
    }
}

enum Age<'n> {
    Date(&'n str),
    Number(u64),
    Newest,
}

fn parts_of(name: &str) -> (&str, Age<'_>) {
    let plain = PACKED.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let Some(at) = plain.rfind(['.', '-']) else { return (plain, Age::Newest) };
    let (stem, end) = plain.split_at_checked(at).unwrap_or((plain, ""));
    let digits = end.get(1..).unwrap_or_default();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.len() {
        // dateext of logrotate, by day, hour or second.
        8..=14 if is_number => (stem, Age::Date(digits)),
        1..=3 if is_number && end.starts_with('.') => {
            (stem, Age::Number(digits.parse().unwrap_or(0)))
        }
        _ => (plain, Age::Newest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_rotated_log_are_in_the_order_of_time() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            "app.log.1",
            "app.log",
            "app.log.10.gz",
            "app.log.2.gz",
            "b.log-20240110",
            "b.log-20240109.gz",
            "b.log",
            "c.zst",
            "10.0.0.7",
            "web-1",
        ];
        names.iter().for_each(|name| fs::write(folder.path().join(name), "").unwrap());
        let (series, faults) = all(&[folder.path().to_owned()]);
        assert!(faults.is_empty());
        let names: Vec<Vec<_>> = series
            .iter()
            .map(|it| {
                it.files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect()
            })
            .collect();
        let expected: [&[&str]; 5] = [
            &["10.0.0.7"],
            &["app.log.10.gz", "app.log.2.gz", "app.log.1", "app.log"],
            &["b.log-20240109.gz", "b.log-20240110", "b.log"],
            &["c.zst"],
            &["web-1"],
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn patterns_fit_names() {
        const ROWS: &[(&str, &str, bool)] = &[
            ("app.log", "*.log", true),
            ("app.log.1", "*.log", false),
            ("app.log.1", "app.log*", true),
            ("app.log", "app.log*", true),
            ("web7", "web?", true),
            ("web", "web?", false),
            ("aXbXc", "a*b*c", true),
            (".hidden", "*", false),
        ];
        for &(name, pattern, expected) in ROWS {
            assert_eq!(fits(name, pattern), expected, "{name} {pattern}");
        }
    }

    #[test]
    fn pattern_and_folder_name_each_file_once() {
        let folder = tempfile::tempdir().unwrap();
        for host in ["web1", "web2"] {
            fs::create_dir(folder.path().join(host)).unwrap();
            fs::write(folder.path().join(host).join("app.log"), "").unwrap();
        }
        let names = [folder.path().join("web*/*.log"), folder.path().to_owned(), "absent".into()];
        let (series, _) = all(&names);
        let named: Vec<_> = series.iter().map(|it| (it.files.len(), it.is_named)).collect();
        assert_eq!(named, [(1, true), (1, true), (1, true)]);
    }
}
