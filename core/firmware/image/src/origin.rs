//! The crate whose source an instruction comes from, also if it was inlined.

use std::error::Error;

use addr2line::gimli::{self, EndianSlice, LittleEndian};
use object::{Object, ObjectSection};

use crate::image::Image;

type Reader<'d> = EndianSlice<'d, LittleEndian>;

/// The line table of the image.
pub(crate) struct Origins<'d> {
    lines: addr2line::Context<Reader<'d>>,
}

impl<'d> Origins<'d> {
    pub(crate) fn read(image: &Image<'d>) -> Result<Self, Box<dyn Error>> {
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
    pub(crate) fn of(&self, at: u32) -> Option<String> {
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
