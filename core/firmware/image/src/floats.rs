//! Functions that use floats, by instructions or by the compiler's helpers (Run-time ABI for the
//! Arm Architecture, §5.1).

use crate::image::{Function, Image};
use crate::thumb::{Instruction, instructions};

/// Returns the functions that have float instructions or are helpers for floats.
pub(crate) fn users(image: &Image<'_>) -> Vec<String> {
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
