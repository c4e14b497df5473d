//! A sentence that is written when it is shown: no heap to keep it in.

use core::fmt;

/// Shows what its function writes. (`core::fmt::from_fn` does the same from Rust 1.93 on.)
pub(super) struct Said<F>(pub(super) F);

impl<F: Fn(&mut fmt::Formatter<'_>) -> fmt::Result> fmt::Display for Said<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.0)(f)
    }
}
