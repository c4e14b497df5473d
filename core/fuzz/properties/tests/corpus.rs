//! What the fuzzers start from, and what they have found: each property holds for all of it.
#![cfg(test)]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use jwtick_properties::{ALL, Property};

/// Larger logs repeat what small ones have, and take long in a debug build.
const SMALL: u64 = 16 * 1024;

/// Folders of fixtures that are inputs as they are; `core/fuzz/run` has the same.
const FIXTURES: &[(&str, &[&str])] = &[
    ("diagnosis", &["cases", "logs"]),
    ("evidence", &["cases", "logs"]),
    ("jwk", &["keys"]),
    ("sntp", &["sntp"]),
];

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.metadata().unwrap().is_file());
    files.sort();
    files
}

fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(fuzz().join(folder)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter_map(|path| path.file_stem().and_then(OsStr::to_str).map(str::to_owned)).collect()
}

/// The files of `folder` for which the property does not hold.
fn broken(property: Property, folder: &Path) -> Vec<PathBuf> {
    let is_small = |file: &PathBuf| file.metadata().unwrap().len() <= SMALL;
    let is_broken = |file: &PathBuf| {
        let input = fs::read(file).unwrap();
        catch_unwind(|| property(&input)).is_err()
    };
    files(folder).into_iter().filter(is_small).filter(is_broken).collect()
}

/// Asserts that every property holds for its folder; says of all where it does not.
fn assert_hold(folder: impl Fn(&str) -> PathBuf) {
    let all = ALL.into_iter().flat_map(|(name, property)| broken(property, &folder(name)));
    let broken: Vec<_> = all.collect();
    assert!(broken.is_empty(), "not all hold: {broken:#?}");
}

#[test]
fn corpora_hold() {
    assert_hold(|name| fuzz().join("corpus").join(name));
}

#[test]
fn what_was_once_found_holds() {
    assert_hold(|name| fuzz().join("regressions").join(name));
}

#[test]
fn fixtures_hold() {
    for (name, folders) in FIXTURES {
        let (_, property) = ALL.into_iter().find(|(known, _)| known == name).unwrap();
        for folder in *folders {
            let folder = fuzz().join("../../fixtures").join(folder);
            assert!(!files(&folder).is_empty(), "{}", folder.display());
            let broken = broken(property, &folder);
            assert!(broken.is_empty(), "{name} does not hold for {broken:#?}");
        }
    }
}

/// A search keeps one of those that go the same way through the program, and each is a forgery of its own.
#[test]
fn every_signature_of_the_tables_is_judged_alike() {
    for number in 0..=u8::MAX {
        jwtick_properties::verify(&[number, number]);
    }
}

#[test]
fn every_property_has_a_target_and_a_corpus() {
    let all: BTreeSet<_> = ALL.into_iter().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(names("fuzz_targets"), all);
    assert_eq!(names("corpus"), all);
    assert!(names("regressions").is_subset(&all));
    for name in &all {
        assert!(!files(&fuzz().join("corpus").join(name)).is_empty(), "{name} starts from nothing");
    }
}
