//! The sections and functions of an image, their code, the call graph, and the functions that use floats, by
//! instructions or by the compiler's helpers (Run-time ABI for the Arm Architecture, §5.1).

use std::collections::BTreeMap;
use std::error::Error;

use object::elf::{FileHeader32, SHF_ALLOC};
use object::read::elf::ElfFile;
use object::{
    Endianness, Object, ObjectSection, ObjectSymbol, SectionFlags, SectionKind, SymbolKind,
};
use rustc_demangle::demangle;

use crate::thumb::{Instruction, instructions};

/// A linked program.
pub(crate) struct Image<'d> {
    pub(crate) elf: ElfFile<'d, FileHeader32<Endianness>>,
    /// The functions by address.
    pub(crate) functions: BTreeMap<u32, Function>,
    /// Addresses where data starts (true), and where code starts again after it, from the mapping
    /// symbols of the ABI (ELF for the Arm Architecture, §5.5.5).
    data: BTreeMap<u32, bool>,
}

/// A linked function.
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) at: u32,
    pub(crate) size: u32,
}

impl<'d> Image<'d> {
    pub(crate) fn read(bytes: &'d [u8]) -> Result<Self, Box<dyn Error>> {
        let elf = ElfFile::parse(bytes)?;
        let (mut functions, mut data) = (BTreeMap::new(), BTreeMap::new());
        for symbol in elf.symbols() {
            // The lowest bit of a function's address marks Thumb code.
            let at = u32::try_from(symbol.address())? & !1;
            let (name, size) = (symbol.name()?, u32::try_from(symbol.size())?);
            match name.as_bytes() {
                [b'$', kind @ (b't' | b'd'), ..] => drop(data.insert(at, *kind == b'd')),
                _ if symbol.kind() == SymbolKind::Text && size > 0 => {
                    let name = format!("{:#}", demangle(name));
                    functions.insert(at, Function { name, at, size });
                }
                _ => {}
            }
        }
        Ok(Self { elf, functions, data })
    }

    /// Returns the function that contains `at`.
    pub(crate) fn function(&self, at: u32) -> Option<&Function> {
        let (_, function) = self.functions.range(..=at).next_back()?;
        (at < function.at + function.size).then_some(function)
    }

    /// Returns the halfwords of `function` that are code, with their addresses.
    pub(crate) fn code(&self, function: &Function) -> Vec<(u32, u16)> {
        let (at, size) = (function.at.into(), function.size.into());
        let read = |section: object::read::elf::ElfSection<'d, '_, _>| {
            section.data_range(at, size).ok().flatten()
        };
        let bytes = self.elf.sections().find_map(read).unwrap_or_default();
        let places = (function.at..).step_by(2).zip(bytes.as_chunks().0);
        let halfwords = places.map(|(at, &bytes)| (at, u16::from_le_bytes(bytes)));
        halfwords.filter(|&(at, _)| !self.is_data(at)).collect()
    }

    fn is_data(&self, at: u32) -> bool {
        self.data.range(..=at).next_back().is_some_and(|(_, &data)| data)
    }

    /// Returns the sections in flash, and their sum. The initial contents of RAM are also stored in
    /// flash.
    pub(crate) fn sections(&self) -> Vec<String> {
        let stored = self.elf.sections().filter(|section| {
            let SectionFlags::Elf { sh_flags } = section.flags() else { return false };
            let loaded = sh_flags & u64::from(SHF_ALLOC) != 0;
            loaded && section.size() > 0 && section.kind() != SectionKind::UninitializedData
        });
        let name = |section: &object::read::elf::ElfSection32<'d, '_>| {
            section.name().unwrap_or("?").to_owned()
        };
        let sizes: Vec<_> = stored.map(|section| (name(&section), section.size())).collect();
        let sum = sizes.iter().map(|(_, size)| size).sum();
        let rows = sizes.into_iter().chain([("flash".to_owned(), sum)]);
        rows.map(|(name, size)| format!("{name}\t{size}")).collect()
    }

    /// Returns the functions by size, largest first.
    pub(crate) fn largest(&self) -> Vec<String> {
        let mut functions: Vec<_> = self.functions.values().collect();
        functions.sort_by_key(|function| std::cmp::Reverse(function.size));
        functions.iter().map(|function| format!("{}\t{}", function.name, function.size)).collect()
    }

    /// Returns the functions that indicate a heap.
    pub(crate) fn allocators(&self) -> Vec<String> {
        const MARKS: [&str; 6] =
            ["__rust_alloc", "__rust_realloc", "alloc::", "malloc", "_sbrk", "realloc"];
        let names = self.functions.values().map(|function| &function.name);
        names.filter(|name| MARKS.iter().any(|mark| name.starts_with(mark))).cloned().collect()
    }
}

/// A call, or a jump to another function.
pub(crate) struct Call<'i> {
    pub(crate) at: u32,
    pub(crate) from: &'i Function,
    /// `None` if the target is in a register.
    pub(crate) to: Option<&'i Function>,
}

/// Returns all calls in the image.
pub(crate) fn calls<'i>(image: &'i Image<'_>) -> Vec<Call<'i>> {
    image.functions.values().flat_map(|function| calls_of(image, function)).collect()
}

fn calls_of<'i>(image: &'i Image<'_>, from: &'i Function) -> Vec<Call<'i>> {
    let code = instructions(&image.code(from));
    let call = |(at, instruction)| match instruction {
        Instruction::Branch(target) => {
            let to = image.function(target).filter(|to| to.at != from.at)?;
            Some(Call { at, from, to: Some(to) })
        }
        Instruction::Indirect => Some(Call { at, from, to: None }),
        Instruction::Float | Instruction::Other => None,
    };
    code.into_iter().filter_map(call).collect()
}

/// Groups the calls by the address of their caller.
pub(crate) fn by_caller<'i>(calls: &'i [Call<'i>]) -> BTreeMap<u32, Vec<&'i Call<'i>>> {
    let mut callers: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for call in calls {
        callers.entry(call.from.at).or_default().push(call);
    }
    callers
}

/// Returns the functions that have float instructions or are helpers for floats.
pub(crate) fn float_users(image: &Image<'_>) -> Vec<String> {
    let users = image
        .functions
        .values()
        .filter(|function| is_helper(&function.name) || has_instruction(image, function));
    users.map(|function| function.name.clone()).collect()
}

fn has_instruction(image: &Image<'_>, function: &Function) -> bool {
    let code = instructions(&image.code(function));
    code.iter().any(|(_, instruction)| *instruction == Instruction::Float)
}

fn is_helper(name: &str) -> bool {
    const STARTS: [&str; 9] = [
        "__aeabi_f",
        "__aeabi_d",
        "__aeabi_cf",
        "__aeabi_cd",
        "__aeabi_i2",
        "__aeabi_ui2",
        "__aeabi_l2",
        "__aeabi_ul2",
        "__aeabi_h2",
    ];
    let sorts = ["sf2", "sf3", "df2", "df3", "sfsi", "dfsi", "sfdi", "dfdi", "sisf", "sidf"];
    STARTS.iter().any(|start| name.starts_with(start))
        || name.starts_with("__") && sorts.iter().any(|sort| name.ends_with(sort))
}
