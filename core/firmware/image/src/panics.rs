//! Functions that may panic: every caller of a function that ends in the panic handler, each with the
//! crate that its source comes from, also if it was inlined.

use std::collections::BTreeSet;
use std::error::Error;

use addr2line::gimli::{self, EndianSlice, LittleEndian};
use object::{Object, ObjectSection};

use crate::image::{self, Call, Image};

/// Returns one line for each function that calls a panic.
pub(crate) fn callers(image: &Image<'_>) -> Result<Vec<String>, Box<dyn Error>> {
    let origins = Origins::read(image)?;
    let calls = image::calls(image);
    let panicking = calls
        .iter()
        .filter(|call| !is_panic(&call.from.name) && call.to.is_some_and(|to| is_panic(&to.name)));
    let line =
        |call: &Call<'_>| origins.of(call.at).unwrap_or_else(|| format!("?: {}", call.from.name));
    let lines: BTreeSet<_> = panicking.map(line).collect();
    Ok(lines.into_iter().collect())
}

/// Returns `true` for functions of the standard library that never return, and for the handler that
/// they end in.
fn is_panic(name: &str) -> bool {
    const WORDS: [&str; 5] = ["panic", "unwrap_failed", "expect_failed", "_fail", "assert_failed"];
    let of_core = name.starts_with("core::") && WORDS.iter().any(|word| name.contains(word));
    of_core || name.ends_with("rust_begin_unwind")
}

type Reader<'d> = EndianSlice<'d, LittleEndian>;

/// The line table of the image.
struct Origins<'d> {
    lines: addr2line::Context<Reader<'d>>,
}

impl<'d> Origins<'d> {
    fn read(image: &Image<'d>) -> Result<Self, Box<dyn Error>> {
        let section = |id: gimli::SectionId| -> Result<Reader<'d>, gimli::Error> {
            let found = image.elf.section_by_name(id.name());
            let bytes = found.and_then(|section| section.data().ok()).unwrap_or_default();
            Ok(EndianSlice::new(bytes, LittleEndian))
        };
        let lines = addr2line::Context::from_dwarf(gimli::Dwarf::load(section)?)?;
        Ok(Self { lines })
    }

    /// Returns `crate: function` for the innermost function at `at` outside the standard library,
    /// whose checks are attributed to its callers.
    fn of(&self, at: u32) -> Option<String> {
        let mut frames = self.lines.find_frames(at.into()).skip_all_loads().ok()?;
        while let Ok(Some(frame)) = frames.next() {
            let file = frame.location.and_then(|location| location.file).unwrap_or_default();
            if let Some(owner) = owner(file) {
                let function = frame.function?.demangle().ok()?.into_owned();
                return Some(format!("{owner}: {}", without_generics(&function)));
            }
        }
        None
    }
}

/// Returns the crate that `file` belongs to, without its version.
fn owner(file: &str) -> Option<&str> {
    if file.contains("/library/core/") {
        return None;
    }
    let Some((_, path)) = file.split_once("/registry/src/") else { return Some("jwtick-core") };
    let folder = path.split('/').nth(1)?;
    folder.rsplit_once('-').map(|(name, _)| name)
}

fn without_generics(function: &str) -> &str {
    let end = function.find('<').filter(|&at| at > 0);
    function.get(..end.unwrap_or(function.len())).unwrap_or(function)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_panics_by_name() {
        const ROWS: &[(&str, bool)] = &[
            ("core::panicking::panic_fmt", true),
            ("core::option::expect_failed", true),
            ("core::slice::index::slice_index_fail", true),
            ("core::str::slice_error_fail", true),
            ("core::result::unwrap_failed", true),
            ("__rustc::rust_begin_unwind", true),
            ("jwtick_firmware::panicked", false),
            ("core::fmt::write", false),
        ];
        for &(name, panics) in ROWS {
            assert_eq!(is_panic(name), panics, "{name}");
        }
    }
}
