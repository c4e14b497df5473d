//! Tokens that must be refused, and the words for each: `fixtures/jose/refusals.tsv`.
#![no_std]
#![no_main]

use jwtick_core::{Scratch, Token};
use jwtick_firmware::{end, entry, say, say_refusal};

const REFUSALS: &str = include_str!("../../../../fixtures/jose/refusals.tsv");

#[entry]
fn main() -> ! {
    for row in REFUSALS.lines().skip(1) {
        let Some((name, compact)) = row.split_once('\t') else { end(false) };
        let mut scratch = Scratch::<1024>::new();
        match Token::decode(compact.as_bytes(), &mut scratch) {
            Ok(_) => say!("{name}: accepted"),
            Err(error) => say_refusal(name, &error),
        }
    }
    end(true)
}
