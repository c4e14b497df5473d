//! A text gives the same diagnosis however it is cut into chunks.

use jwtick_core::diagnosis::Diagnosis;
use jwtick_core::{Diagnoser, Options};

/// The input is a text, whose last bytes are the lengths of its chunks in order.
pub fn evidence(input: &[u8]) {
    assert_any_cut(input, input.last_chunk());
    if let Some(text) = lengthened(input) {
        assert_any_cut(&text, input.last_chunk());
    }
}

/// For one input in four, repeats the text after its first word: lines over 8 KiB are cut into
/// pieces, and a search with short inputs is faster.
fn lengthened(input: &[u8]) -> Option<Vec<u8>> {
    let [low, high] = *input.last_chunk()?;
    let length = usize::from(u16::from_be_bytes([high.checked_sub(0xC0)?, low]));
    let word = input.split_inclusive(|&byte| byte == b' ').next()?;
    Some(word.iter().cycle().take(length).chain(input).copied().collect())
}

fn assert_any_cut(input: &[u8], lengths: Option<&[u8; 4]>) {
    let whole = diagnose([input]);
    let lengths = lengths.map(|lengths| lengths.map(usize::from));
    // If all lengths were zero, the text would never end.
    let lengths = lengths.filter(|lengths| lengths.iter().sum::<usize>() > 0).unwrap_or([1; 4]);
    assert_eq!(diagnose(Chunks { text: input, lengths: lengths.into_iter().cycle() }), whole);
    assert_eq!(diagnose(input.chunks(1)), whole, "byte by byte");
}

fn diagnose<'t>(chunks: impl IntoIterator<Item = &'t [u8]>) -> Diagnosis {
    let mut diagnoser = Diagnoser::new(Options::default());
    chunks.into_iter().for_each(|chunk| diagnoser.feed(chunk));
    diagnoser.finish()
}

struct Chunks<'t, L> {
    text: &'t [u8],
    lengths: L,
}

impl<'t, L: Iterator<Item = usize>> Iterator for Chunks<'t, L> {
    type Item = &'t [u8];

    /// One chunk in four may be empty.
    fn next(&mut self) -> Option<&'t [u8]> {
        let length = self.lengths.next()?.min(self.text.len());
        let (chunk, rest) = self.text.split_at_checked(length)?;
        let is_over = self.text.is_empty();
        self.text = rest;
        (!is_over).then_some(chunk)
    }
}
