//! The interface between the page and the answers: two buffers and two functions.
//!
//! The page writes into the first buffer, calls a function with the number of bytes, and reads the answer
//! from the second buffer. So no pointer comes from outside, and nothing here needs `unsafe` code. The
//! module imports nothing: it cannot reach a clock, a network or the page.

#![expect(
    unsafe_code,
    reason = "the linker must not meet these names twice, and this is the only crate that exports any"
)]

use core::cell::RefCell;

use jwtick::browser::Session;

/// A worker has one thread and reads one log.
struct State {
    input: Vec<u8>,
    session: Session,
    output: String,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::new(State {
        input: Vec::new(),
        session: Session::default(),
        output: String::new(),
    });
}

fn with<R>(act: impl FnOnce(&mut State) -> R) -> R {
    STATE.with(|state| act(&mut state.borrow_mut()))
}

/// Makes room for `length` bytes, and returns their address.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    with(|state| {
        state.input.resize(length, 0);
        state.input.as_mut_ptr()
    })
}

/// Reads the input as the next bytes of the log.
#[unsafe(no_mangle)]
pub extern "C" fn feed(length: usize) {
    with(|state| state.session.feed(state.input.get(..length).unwrap_or_default()));
}

/// Reads the input as a question, and returns the length of the answer.
#[unsafe(no_mangle)]
pub extern "C" fn ask(length: usize) -> usize {
    with(|state| {
        let question = state.input.get(..length).unwrap_or_default();
        let question = str::from_utf8(question).unwrap_or_default();
        state.output = state.session.ask(question);
        state.output.len()
    })
}

/// Returns the address of the answer.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    with(|state| state.output.as_ptr())
}
