//! The cost of an operation: instructions, and bytes of stack.

use core::hint::black_box;

use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_stack::{current_stack_in_use, repaint_stack, stack_painted, stack_size};

use crate::say;

const LONGEST: u32 = 0x00FF_FFFF; // SysTick has 24 bits

/// Runs `work` twice and prints its cost: once timed by the counter, and once on a painted stack.
///
/// QEMU takes 2⁴ ns for an instruction (`-icount shift=4`), and its SysTick counts at 25 MHz, so a
/// tick is two and a half instructions.
pub fn say_cost<T>(what: &str, counter: &mut SYST, mut work: impl FnMut() -> T) -> T {
    let instructions = instructions(counter, &mut work);
    let bytes = depth(&mut work);
    say!("{what}\t{instructions}\t{bytes}");
    work()
}

fn instructions<T>(counter: &mut SYST, work: &mut impl FnMut() -> T) -> u32 {
    counter.set_clock_source(SystClkSource::Core);
    counter.set_reload(LONGEST);
    counter.clear_current();
    counter.enable_counter();
    let before = SYST::get_current();
    black_box(work());
    let ticks = before.wrapping_sub(SYST::get_current()) & LONGEST;
    ticks.wrapping_mul(5) / 2
}

#[inline(never)]
fn depth<T>(work: &mut impl FnMut() -> T) -> u32 {
    let above = current_stack_in_use();
    repaint_stack();
    black_box(work());
    stack_size().saturating_sub(stack_painted()).saturating_sub(above)
}
