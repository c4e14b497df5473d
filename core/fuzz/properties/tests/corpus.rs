//! Replays the inputs that the fuzzers start from and those that they have found. Each property
//! must hold for all of them.
#![cfg(test)]

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File};
use std::io::Read;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding as _};
use flate2::read::GzDecoder;
use jwtick_properties::{ALL, Property};
use tar::Archive;

/// Size limit of logs in bytes. Larger logs repeat what small ones contain, and take long in a
/// debug build.
const SMALL: usize = 16 * 1024;

/// Folders of fixtures that are used as inputs unchanged. `core/fuzz/run` lists the same folders.
const FIXTURES: &[(&str, &[&str])] =
    &[("diagnosis", &["cases", "logs"]), ("evidence", &["cases", "logs"]), ("jwk", &["keys"])];

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files of `folder` with their contents, sorted by name.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.metadata().unwrap().is_file());
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

fn archive(target: &str) -> PathBuf {
    fuzz().join("corpus").join(target).with_extension("tar.gz")
}

/// The inputs packed for `target`. Fails if there are none.
fn packed(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let path = archive(target);
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut archive = Archive::new(GzDecoder::new(file));
    let unpacked = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let mut input = Vec::new();
        entry.read_to_end(&mut input).unwrap();
        (entry.path().unwrap().into_owned(), input)
    });
    let inputs: Vec<_> = unpacked.collect();
    assert!(!inputs.is_empty(), "expected inputs in {}, but found none", path.display());
    inputs
}

/// The names in `folder`, up to their first dot.
fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(fuzz().join(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.map(|name| name.split('.').next().unwrap_or_default().to_owned()).collect()
}

/// The programs of the fuzzing package, each of which searches for the property of its name.
fn targets() -> BTreeSet<String> {
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    let bins = manifest.split("[[bin]]").skip(1);
    bins.map(|bin| bin.split('"').nth(1).unwrap().to_owned()).collect()
}

/// The inputs that once broke a property: the target, a name, and the input.
fn regressions() -> Vec<(String, PathBuf, Vec<u8>)> {
    let table = fs::read_to_string(fuzz().join("regressions.tsv")).unwrap();
    let rows = table.lines().map(|row| {
        let [target, name, input] = row.split('\t').collect::<Vec<_>>().try_into().unwrap();
        (target.to_owned(), name.into(), Base64::decode_vec(input).unwrap())
    });
    rows.collect()
}

/// The inputs for which the property does not hold.
fn broken(property: Property, inputs: Vec<(PathBuf, Vec<u8>)>) -> Vec<PathBuf> {
    let is_broken = |(_, input): &(PathBuf, Vec<u8>)| catch_unwind(|| property(input)).is_err();
    inputs.into_iter().filter(is_broken).map(|(path, _)| path).collect()
}

/// Asserts that every property holds for its inputs, and names all inputs for which one does not.
fn assert_hold(inputs: impl Fn(&str) -> Vec<(PathBuf, Vec<u8>)>) {
    let all = ALL.into_iter().flat_map(|(name, property)| {
        let broken = broken(property, inputs(name));
        broken.into_iter().map(move |path| Path::new(name).join(path))
    });
    let broken: Vec<_> = all.collect();
    assert!(broken.is_empty(), "these inputs break their property: {broken:#?}");
}

#[test]
fn properties_hold_for_corpora() {
    assert_hold(packed);
}

#[test]
fn properties_hold_for_regressions() {
    assert_hold(|name| {
        let regressions = regressions();
        let own = regressions.into_iter().filter(|(target, ..)| target == name);
        own.map(|(_, name, input)| (name, input)).collect()
    });
}

#[test]
fn properties_hold_for_fixtures() {
    for (name, folders) in FIXTURES {
        let (_, property) = ALL.into_iter().find(|(known, _)| known == name).unwrap();
        for folder in *folders {
            let folder = fuzz().join("../../fixtures").join(folder);
            let mut files = files(&folder);
            assert!(!files.is_empty(), "{}", folder.display());
            files.retain(|(_, input)| input.len() <= SMALL);
            let broken = broken(property, files);
            assert!(broken.is_empty(), "{name} does not hold for {broken:#?}");
        }
    }
}

/// Reads every row of the tables: a search keeps one input per path through the program, but each
/// forgery is distinct.
#[test]
fn every_signature_of_tables_is_judged_like_ring() {
    for number in 0..=u8::MAX {
        jwtick_properties::verify(&[number, number]);
    }
}

/// Tries every phrase at every place of every log: a search reaches only some of them. An unoptimized
/// build tries a sample, unless `JWTICK_THOROUGH` is set.
#[test]
fn no_phrase_of_a_stranger_changes_a_conclusion() {
    let is_thorough = !cfg!(debug_assertions) || env::var_os("JWTICK_THOROUGH").is_some();
    jwtick_properties::every_forgery(if is_thorough { 1 } else { 64 });
}

#[test]
fn every_property_has_a_target_and_a_corpus() {
    let all: BTreeSet<_> = ALL.into_iter().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(targets(), all);
    assert_eq!(names("corpus"), all);
    let regressions = regressions();
    assert!(!regressions.is_empty());
    assert!(regressions.iter().all(|(target, ..)| all.contains(target)));
    // A file in a folder of this name would not be read.
    assert!(!fuzz().join("regressions").exists(), "expected rows of regressions.tsv");
}

/// The same inputs give the same bytes, so that an archive changes only if an input does.
#[test]
fn archives_are_reproducible() {
    for (target, _) in ALL {
        let path = archive(target);
        let mut archive = Archive::new(GzDecoder::new(File::open(&path).unwrap()));
        let mut last = Vec::new();
        for entry in archive.entries().unwrap() {
            let entry = entry.unwrap();
            let (name, header) = (entry.path_bytes().into_owned(), entry.header());
            assert!(last < name, "{}: expected sorted names", path.display());
            let owner = [header.mtime(), header.uid(), header.gid()].map(Result::unwrap);
            assert_eq!(owner, [0; 3], "{}: expected no times and no owners", path.display());
            last = name;
        }
    }
}
