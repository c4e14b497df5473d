//! The only mechanism for translations: a sentence has all its languages side by side.
//!
//! [`sentence!`] writes one sentence, [`word!`] selects a fixed word, and [`sentences!`] makes a
//! function of a table with one row per variant. None of them compiles with a language missing.

use core::fmt;

/// A sentence that is written when it is displayed, so that it needs no heap.
///
/// (`core::fmt::from_fn` does the same from Rust 1.93 on.)
#[derive(Clone, Copy)]
pub struct Said<F>(
    /// Writes the sentence.
    pub F,
);

impl<F: Fn(&mut fmt::Formatter<'_>) -> fmt::Result> fmt::Display for Said<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.0)(f)
    }
}

impl<F> fmt::Debug for Said<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Said")
    }
}

#[doc(hidden)]
#[macro_export]
macro_rules! __sentence {
    ($f:expr, $language:expr, en: $en:literal, de: $de:literal, ko: $ko:literal $(,)?) => {
        match $language {
            $crate::words::Language::English => ::core::write!($f, $en),
            $crate::words::Language::German => ::core::write!($f, $de),
            $crate::words::Language::Korean => ::core::write!($f, $ko),
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __word {
    ($language:expr, en: $en:literal, de: $de:literal, ko: $ko:literal $(,)?) => {
        match $language {
            $crate::words::Language::English => $en,
            $crate::words::Language::German => $de,
            $crate::words::Language::Korean => $ko,
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __row {
    ($f:ident, $language:ident, [$($sentence:tt)+]) => {
        $crate::__sentence!($f, $language, $($sentence)+)
    };
    ($f:ident, $language:ident, $code:block) => {
        $code
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __sentences {
    ($(
        $(#[$attribute:meta])*
        $visibility:vis fn $name:ident($value:ident: $of:ty, $language:ident, $f:ident) {
            $($variant:pat $(if $guard:expr)? => $row:tt)+
        }
    )+) => {$(
        $(#[$attribute])*
        #[must_use]
        $visibility fn $name(
            $value: $of,
            $language: $crate::words::Language,
        ) -> impl ::core::fmt::Display {
            $crate::words::Said(move |$f: &mut ::core::fmt::Formatter<'_>| match $value {
                $($variant $(if $guard)? => $crate::__row!($f, $language, $row),)+
            })
        }
    )+};
}

/// Writes a sentence in one language. Each text is a format string, whose names are variables.
///
/// # Example
/// ```
/// use core::fmt::Write;
/// use jwtick_core::words::{Language, sentence};
///
/// let (mut said, lines) = (String::new(), 3);
/// sentence!(said, Language::German, en: "{lines} lines", de: "{lines} Zeilen", ko: "{lines}행")?;
/// assert_eq!(said, "3 Zeilen");
/// # Ok::<(), core::fmt::Error>(())
/// ```
///
/// A sentence with a language missing does not compile:
/// ```compile_fail
/// use core::fmt::Write;
/// use jwtick_core::words::{Language, sentence};
///
/// sentence!(String::new(), Language::German, en: "line", de: "Zeile")?;
/// # Ok::<(), core::fmt::Error>(())
/// ```
#[doc(inline)]
pub use __sentence as sentence;

/// Selects a fixed word, sentence or character: a literal, written unchanged.
///
/// # Example
/// ```
/// use jwtick_core::words::{Language, word};
/// assert_eq!(word!(Language::Korean, en: "line", de: "Zeile", ko: "행"), "행");
/// ```
#[doc(inline)]
pub use __word as word;

/// Makes a function that writes a sentence for each variant of a type. The table has one row per
/// variant, each with a sentence in all languages or with a block that writes one.
///
/// A variant without a row does not compile, and neither does a row with a language missing. If the
/// `Display` of an error is the English sentence, its row says `en: "{error}"`.
///
/// # Example
/// ```
/// use jwtick_core::time::Direction;
/// use jwtick_core::words::{Language, sentences};
///
/// sentences! {
///     /// The direction in which a clock is wrong.
///     fn way(direction: Direction, language, f) {
///         Direction::Behind => [en: "behind", de: "nach", ko: "느림"]
///         Direction::Ahead => [en: "ahead", de: "vor", ko: "빠름"]
///     }
/// }
/// assert_eq!(way(Direction::Ahead, Language::German).to_string(), "vor");
/// ```
#[doc(inline)]
pub use __sentences as sentences;
