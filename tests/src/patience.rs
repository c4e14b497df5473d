//! Repeats a measurement that a busy machine may have disturbed.

/// Number of attempts before the width of a measurement counts as a failure.
const TRIES: usize = 5;

/// Measures until the result is `fine`. Whatever must hold for every result, `measure` asserts itself.
///
/// # Errors
/// Fails if no measurement was fine.
pub fn one_of_five<T>(
    mut measure: impl FnMut() -> T,
    fine: impl Fn(&T) -> bool,
) -> Result<T, &'static str> {
    let found = (0..TRIES).map(|_| measure()).find(fine);
    found.ok_or("no measurement was as exact as it should be")
}
