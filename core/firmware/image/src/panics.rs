//! Functions that may panic: every caller of a function that ends in the panic handler.

use std::collections::BTreeSet;
use std::error::Error;

use crate::calls;
use crate::image::Image;
use crate::origin::Origins;

/// Returns one line for each function that calls a panic.
pub(crate) fn callers(image: &Image<'_>) -> Result<Vec<String>, Box<dyn Error>> {
    let origins = Origins::read(image)?;
    let calls = calls::all(image);
    let panicking = calls
        .iter()
        .filter(|call| !is_panic(&call.from.name) && call.to.is_some_and(|to| is_panic(&to.name)));
    let line = |call: &calls::Call<'_>| {
        origins.of(call.at).unwrap_or_else(|| format!("?: {}", call.from.name))
    };
    let lines: BTreeSet<_> = panicking.map(line).collect();
    Ok(lines.into_iter().collect())
}

/// Returns `true` for functions of the standard library that never return, and for the handler that
/// they end in.
fn is_panic(name: &str) -> bool {
    const WORDS: [&str; 5] = ["panic", "unwrap_failed", "expect_failed", "_fail", "assert_failed"];
    let of_core = name.starts_with("core::") && WORDS.iter().any(|word| name.contains(word));
    of_core || name.ends_with("rust_begin_unwind")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_panics_by_name() {
        const ROWS: &[(&str, bool)] = &[
            ("core::panicking::panic_fmt", true),
            ("core::option::expect_failed", true),
            ("core::slice::index::slice_index_fail", true),
            ("core::str::slice_error_fail", true),
            ("core::result::unwrap_failed", true),
            ("__rustc::rust_begin_unwind", true),
            ("jwtick_firmware::panicked", false),
            ("core::fmt::write", false),
        ];
        for &(name, panics) in ROWS {
            assert_eq!(is_panic(name), panics, "{name}");
        }
    }
}
