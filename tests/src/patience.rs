//! Another try where a machine that is busy with something else spoils a measurement.

/// As often is a measurement made before its width counts against the program.
const TRIES: usize = 5;

/// Measures until what was measured is `fine`. What must hold at any width, `measure` asserts itself.
///
/// # Errors
/// That no measurement was.
pub fn one_of_five<T>(
    mut measure: impl FnMut() -> T,
    fine: impl Fn(&T) -> bool,
) -> Result<T, &'static str> {
    let found = (0..TRIES).map(|_| measure()).find(fine);
    found.ok_or("no measurement was as exact as it should be")
}
