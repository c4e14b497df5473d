//! HS256: one token of 375 bytes, verified, read and judged.

use std::error::Error;
use std::hint::black_box;

use crate::timing::{Times, seconds_each, table_head, table_row};
use crate::{Effort, token, verifiers};

/// Measures all contenders and prints the table.
pub fn run(effort: Effort) -> Result<(), Box<dyn Error>> {
    let token = token::valid_now()?;
    let all = verifiers::all().ok_or("the secret is refused")?;
    for (name, verify) in &all {
        check(name, verify, &token)?;
    }
    let mut times = vec![Times::default(); all.len()];
    for _ in 0..effort.turns {
        for ((_, verify), times) in all.iter().zip(&mut times) {
            times.push(seconds_each(|| verify(black_box(&token))));
        }
    }
    print(&token, &all, &times)
}

/// A benchmark of a verifier that accepts anything would be worthless.
pub fn check(name: &str, verify: &verifiers::Verify, token: &str) -> Result<(), String> {
    let (input, signature) = token.rsplit_once('.').ok_or("the token has no signature")?;
    let reversed: String = signature.chars().rev().collect();
    let forged = format!("{input}.{reversed}");
    match (verify(token), verify(&forged)) {
        (Some(()), None) => Ok(()),
        (None, _) => Err(format!("{name} refuses the token")),
        _ => Err(format!("{name} accepts a forged token")),
    }
}

fn print(
    token: &str,
    all: &[(&str, verifiers::Verify)],
    times: &[Times],
) -> Result<(), Box<dyn Error>> {
    let (ours, floor) = times.first().zip(times.last()).ok_or("nothing measured")?;
    table_head(
        &format!("HS256 verify + claims + judge, {} bytes", token.len()),
        &["ns", "× jwtick", "× floor", "allocations"],
    );
    for ((name, verify), times) in all.iter().zip(times) {
        let allocated = allocation_counter::measure(|| {
            black_box(verify(token));
        })
        .count_total;
        table_row(
            name,
            &[
                format!("{:.0}", times.median() * 1e9),
                format!("{:.2}", times.over(ours)),
                format!("{:.2}", times.over(floor)),
                allocated.to_string(),
            ],
        );
    }
    Ok(())
}
