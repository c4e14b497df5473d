//! A decoder for the few Thumb instructions that matter here (Armv7-M Architecture Reference
//! Manual, §A5 and §A7.7).

/// The effect of an instruction, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instruction {
    /// Branches to an address, with or without a return.
    Branch(u32),
    /// Branches to the address in a register, except for a return.
    Indirect,
    /// Operates on floats or their registers.
    Float,
    Other,
}

/// Returns the instructions in `code`, with their addresses.
pub(crate) fn instructions(code: &[(u32, u16)]) -> Vec<(u32, Instruction)> {
    let mut found = Vec::new();
    let mut rest = code.iter();
    while let Some(&(at, first)) = rest.next() {
        let instruction = if is_long(first) {
            rest.next().map_or(Instruction::Other, |&(_, second)| long(at, first, second))
        } else {
            short(at, first)
        };
        found.push((at, instruction));
    }
    found
}

// §A5.1: 0b11101, 0b11110 and 0b11111 start a 32-bit instruction.
const fn is_long(first: u16) -> bool {
    first >= 0xE800
}

fn short(at: u32, word: u16) -> Instruction {
    let word = u32::from(word);
    match word {
        0xE000..=0xE7FF => branch(at, signed(word << 1, 12)), // B, T2
        0xD000..=0xDDFF => branch(at, signed(word << 1 & 0x1FF, 9)), // B, T1
        0x4770 => Instruction::Other,                         // BX LR: a return
        0x4700..=0x47FF => Instruction::Indirect,             // BX, BLX
        _ => Instruction::Other,
    }
}

fn long(at: u32, first: u16, second: u16) -> Instruction {
    let (first, second) = (u32::from(first), u32::from(second));
    let is_branch = first & 0xF800 == 0xF000 && second & 0x8000 != 0;
    match second & 0x5000 {
        // Coprocessors 10 and 11 are the floating-point unit (§A6).
        _ if first & 0xEC00 == 0xEC00 && matches!(second >> 8 & 15, 10 | 11) => Instruction::Float,
        0x5000 | 0x1000 if is_branch => branch(at, far(first, second)), // BL and B, T4
        0x0000 if is_branch && first & 0x0380 != 0x0380 => {
            let offset = (first & 0x3F) << 12 | (second & 0x7FF) << 1; // B, T3
            let high =
                (first >> 10 & 1) << 20 | (second >> 11 & 1) << 19 | (second >> 13 & 1) << 18;
            branch(at, signed(high | offset, 21))
        }
        _ => Instruction::Other,
    }
}

// §A7.7.12: the upper bits are stored inverted if the sign is not set.
fn far(first: u32, second: u32) -> i32 {
    let sign = first >> 10 & 1;
    let bit = |at: u32| !(second >> at ^ sign) & 1;
    let offset = (first & 0x3FF) << 12 | (second & 0x7FF) << 1;
    signed(sign << 24 | bit(13) << 23 | bit(11) << 22 | offset, 25)
}

fn branch(at: u32, offset: i32) -> Instruction {
    Instruction::Branch(at.wrapping_add(4).wrapping_add_signed(offset))
}

/// Returns the lowest `bits` of `value` as a signed number.
fn signed(value: u32, bits: u32) -> i32 {
    (value << (32 - bits)).cast_signed() >> (32 - bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples are in the form in which `llvm-objdump` prints them.
    #[test]
    fn distinguishes_instructions() {
        const ROWS: &[(&str, u32, &[u16], Instruction)] = &[
            ("bl back", 0x197C, &[0xF000, 0xF800], Instruction::Branch(0x1980)),
            ("bl ahead", 0x18D8, &[0xF000, 0xF85E], Instruction::Branch(0x1998)),
            ("bl far back", 0x27E2, &[0xF7FF, 0xF8C9], Instruction::Branch(0x1978)),
            ("b ahead", 0x1000, &[0xE7FE], Instruction::Branch(0x1000)),
            ("bne back", 0x1000, &[0xD1FD], Instruction::Branch(0x0FFE)),
            ("bx lr", 0x1000, &[0x4770], Instruction::Other),
            ("blx r3", 0x1000, &[0x4798], Instruction::Indirect),
            ("vadd.f32 s0, s0, s1", 0x1000, &[0xEE30, 0x0A20], Instruction::Float),
            ("mrc p15", 0x1000, &[0xEE11, 0x0F10], Instruction::Other),
        ];
        for &(name, at, words, expected) in ROWS {
            let code: Vec<_> = (at..).step_by(2).zip(words.iter().copied()).collect();
            assert_eq!(instructions(&code), [(at, expected)], "{name}");
        }
    }
}
