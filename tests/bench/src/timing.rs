//! Turns, medians and ratios, and the tables that show them in Markdown, ready to be pasted.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The times of one contender, one for each turn.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<f64>);

impl Times {
    /// Adds the seconds of a turn.
    pub fn push(&mut self, seconds: f64) {
        self.0.push(seconds);
    }

    /// The median, in seconds.
    pub fn median(&self) -> f64 {
        median(self.0.clone())
    }

    /// Ratio to `other`: the median of the ratios of each turn.
    pub fn over(&self, other: &Self) -> f64 {
        median(self.0.iter().zip(&other.0).map(|(ours, theirs)| ours / theirs).collect())
    }
}

/// The middle one of several numbers.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Seconds for one call: the mean over a millisecond of calls.
pub fn seconds_each<T>(mut call: impl FnMut() -> T) -> f64 {
    const TURN: Duration = Duration::from_millis(1);
    let started = Instant::now();
    let mut calls = 0_u32;
    loop {
        for _ in 0..64 {
            black_box(call());
        }
        calls += 64;
        let elapsed = started.elapsed();
        if elapsed >= TURN {
            return elapsed.as_secs_f64() / f64::from(calls);
        }
    }
}

/// Seconds for one call.
pub fn seconds<T, E>(call: impl FnOnce() -> Result<T, E>) -> Result<(f64, T), E> {
    let started = Instant::now();
    let value = call()?;
    Ok((started.elapsed().as_secs_f64(), value))
}

/// Prints the header of a table: a title and the names of its columns.
pub fn table_head(title: &str, columns: &[&str]) {
    print!("\n| {title:<50} |");
    for column in columns {
        print!(" {column:>11} |");
    }
    print!("\n|{}|", "-".repeat(52));
    for _ in columns {
        print!("{}:|", "-".repeat(12));
    }
    println!();
}

/// Prints one row.
pub fn table_row(name: &str, cells: &[String]) {
    print!("| {name:<50} |");
    for cell in cells {
        print!(" {cell:>11} |");
    }
    println!();
}
