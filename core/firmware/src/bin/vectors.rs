//! Signatures of the RFCs verify, and signatures of forgers do not; tokens that must be refused are
//! refused, each with its message: the tables of `fixtures/jose`.
//!
//! Prints:
//!
//! ```text
//! signatures.tsv: every row as it says
//! forgeries.tsv: every row as it says
//! refusals.tsv: every row as it says
//! ```
#![no_std]
#![no_main]

use core::fmt::Write as _;

use heapless::String;
use jwtick_core::key::{AnyKey, Jwk};
use jwtick_core::token::{Algorithm, Jws, Verifier};
use jwtick_core::{Scratch, Token};
use jwtick_firmware::signed::FORGERIES;
use jwtick_firmware::{end, entry, say};

const SIGNATURES: &str = include_str!("../../../../fixtures/jose/signatures.tsv");
const REFUSALS: &str = include_str!("../../../../fixtures/jose/refusals.tsv");

/// The signed text of the second table.
const SIGNED: &[u8] = b"header.payload";

/// An outcome, in the words of the table.
type Outcome = String<192>;

fn words(outcome: impl core::fmt::Display) -> Outcome {
    let mut words = Outcome::new();
    let _ = write!(words, "{outcome}"); // an overlong text differs from every row
    words
}

/// Name, algorithm, outcome, key and token.
fn columns(row: &str) -> Option<[&str; 5]> {
    let mut columns = row.split('\t');
    let row = [columns.next()?, columns.next()?, columns.next()?, columns.next()?, columns.next()?];
    columns.next().is_none().then_some(row)
}

fn key(algorithm: &str, jwk: &str) -> Result<AnyKey, Outcome> {
    let algorithm = Algorithm::named(algorithm).ok_or_else(|| words("no such algorithm"))?;
    Jwk::parse(jwk.as_bytes()).and_then(|jwk| jwk.verifier(algorithm)).map_err(words)
}

fn verify(algorithm: &str, jwk: &str, compact: &str) -> Result<(), Outcome> {
    let key = key(algorithm, jwk)?;
    let mut scratch = Scratch::<1024>::new();
    let jws = Jws::decode(compact.as_bytes(), &mut scratch).map_err(words)?;
    jws.verify(&key).map(|_| ()).map_err(words)
}

/// Returns `true` if a row gives the result in its table, and prints it otherwise.
fn holds(name: &str, algorithm: &str, expected: &str, met: &str) -> bool {
    if expected != met {
        say!("{algorithm}, {name}: {met}, not {expected}");
    }
    expected == met
}

fn signature(row: &str) -> bool {
    let Some([name, algorithm, expected, jwk, compact]) = columns(row) else { return false };
    let met = verify(algorithm, jwk, compact).err();
    holds(name, algorithm, expected, met.as_deref().unwrap_or("valid"))
}

fn forgery(&(name, algorithm, expected, jwk, signature): &(&str, &str, &str, &str, &[u8])) -> bool {
    let met = match key(algorithm, jwk) {
        Ok(key) if key.verify(SIGNED, signature).is_ok() => words("valid"),
        Ok(_) => words("refused"),
        Err(error) => error,
    };
    holds(name, algorithm, expected, &met)
}

fn refusal(row: &str) -> bool {
    let mut columns = row.split('\t');
    let (Some(name), Some(compact), Some(expected), None) =
        (columns.next(), columns.next(), columns.next(), columns.next())
    else {
        return false;
    };
    let mut scratch = Scratch::<1024>::new();
    match Token::decode(compact.as_bytes(), &mut scratch) {
        Ok(_) => holds(name, "decode", expected, "accepted"),
        Err(error) => holds(name, "decode", expected, &words(error)),
    }
}

/// Returns `true` if all rows hold and there are at least `least` of them, so that an empty table
/// fails.
fn all_hold(table: &str, least: usize, rows: impl Iterator<Item = bool>) -> bool {
    let (held, all) = rows.fold((0, 0), |(held, all), row| (held + usize::from(row), all + 1));
    let holds = held == all && all >= least;
    say!("{table}: {}", if holds { "every row as it says" } else { "differs" });
    holds
}

#[entry]
fn main() -> ! {
    let signed = all_hold("signatures.tsv", 12, SIGNATURES.lines().skip(1).map(signature));
    let forged = all_hold("forgeries.tsv", 125, FORGERIES.iter().map(forgery));
    let refused = all_hold("refusals.tsv", 45, REFUSALS.lines().skip(1).map(refusal));
    end(signed && forged && refused)
}
