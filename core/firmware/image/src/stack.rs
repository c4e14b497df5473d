//! An upper bound on the stack: the deepest path through the calls, with the frame sizes that the
//! compiler reports.

use std::collections::BTreeMap;
use std::error::Error;

use object::{Object, ObjectSection};

use crate::image::{self, Call, Image};

type Frames = BTreeMap<u32, u32>;
type Calls<'i> = BTreeMap<u32, Vec<&'i Call<'i>>>;

/// Returns the largest stack use of `function` and everything that it calls, in bytes, or the reason
/// why there is no bound.
pub(crate) fn bound(image: &Image<'_>, function: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let section = image.elf.section_by_name(".stack_sizes").ok_or(
        "expected a section `.stack_sizes`, but found none: build with -Zemit-stack-sizes",
    )?;
    let frames = frames(section.data()?);
    let calls = image::calls(image);
    let start = image.functions.values().find(|held| held.name.starts_with(function));
    let start = start.ok_or_else(|| format!("expected a function {function}, but found none"))?;
    let way = Way { image, frames: &frames, calls: &image::by_caller(&calls) };
    Ok(vec![way.below(start.at, &mut Vec::new()).map_or_else(|why| why, |most| most.to_string())])
}

// Pairs of an address and a size in LEB128 (LLVM, "Emitting function stack size information").
fn frames(mut bytes: &[u8]) -> Frames {
    let mut frames = Frames::new();
    while let Some((at, rest)) = bytes.split_first_chunk() {
        let len = rest.iter().take_while(|byte| **byte >= 0x80).count() + 1;
        let (number, rest) = rest.split_at(len.min(rest.len()));
        let size = number.iter().rev().fold(0, |size, byte| size << 7 | u32::from(byte & 0x7F));
        frames.insert(u32::from_le_bytes(*at) & !1, size);
        bytes = rest;
    }
    frames
}

struct Way<'i> {
    image: &'i Image<'i>,
    frames: &'i Frames,
    calls: &'i Calls<'i>,
}

impl Way<'_> {
    fn below(&self, at: u32, above: &mut Vec<u32>) -> Result<u32, String> {
        let name = || self.image.functions.get(&at).map_or("?", |function| &function.name);
        if above.contains(&at) {
            return Err(format!("none: {} is recursive", name()));
        }
        // The compiler reports no frames for assembly.
        let own = self.frames.get(&at).copied().unwrap_or(0);
        above.push(at);
        let mut deepest = 0;
        for call in self.calls.get(&at).into_iter().flatten() {
            let to = call.to.ok_or_else(|| format!("none: {} calls a function pointer", name()))?;
            deepest = deepest.max(self.below(to.at, above)?);
        }
        above.pop();
        Ok(own + deepest)
    }
}
