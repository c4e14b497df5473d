//! The call graph.

use std::collections::BTreeMap;

use crate::image::{Function, Image};
use crate::thumb::{Instruction, instructions};

/// A call, or a jump to another function.
pub(crate) struct Call<'i> {
    pub(crate) at: u32,
    pub(crate) from: &'i Function,
    /// `None` if the target is in a register.
    pub(crate) to: Option<&'i Function>,
}

/// Returns all calls in the image.
pub(crate) fn all<'i>(image: &'i Image<'_>) -> Vec<Call<'i>> {
    image.functions.values().flat_map(|function| of(image, function)).collect()
}

fn of<'i>(image: &'i Image<'_>, from: &'i Function) -> Vec<Call<'i>> {
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
