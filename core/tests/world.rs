//! A world that writes logs: exchanges with a known truth, each as the log of one host.
//!
//! `WORLD_LOGS` sets the number of logs, `WORLD_SEED` the first seed, and `WORLD_SHOW` the number of
//! failing logs to print.
#![cfg(test)]

mod draw;
mod log;
mod scene;
mod truth;
mod wording;

use std::env;

use self::truth::Table;
use crate::is_thorough;

/// Number of logs of an ordinary run, and of a sample.
const ORDINARY: u64 = 20_000;
const SAMPLE: u64 = 2_000;

fn number(name: &str, default: u64) -> u64 {
    env::var(name).map_or(default, |value| value.replace('_', "").parse().unwrap())
}

#[test]
fn no_word_about_a_log_of_known_truth_is_false() {
    judge(number("WORLD_LOGS", if is_thorough() { ORDINARY } else { SAMPLE }));
}

#[test]
#[ignore = "takes minutes: run it in a release build"]
fn no_word_about_a_million_logs_is_false() {
    judge(1_000_000);
}

fn judge(logs: u64) {
    let first = number("WORLD_SEED", 1);
    let mut table = Table::default();
    for seed in first..first + logs {
        table.add(seed);
    }
    println!("{table}");
    let show = usize::try_from(number("WORLD_SHOW", 8)).unwrap();
    if env::var_os("WORLD_SHOW").is_some() {
        println!("{}", table.smallest(show));
    }
    assert_eq!(table.false_words(), 0, "{}", table.smallest(show));
}
