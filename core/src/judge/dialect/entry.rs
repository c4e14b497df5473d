//! A row of the table of verifiers: what it is called, where its rules are from, and the rules.

use super::rules::Rules;

/// Where the rules of a verifier are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Basis {
    /// The verifier itself, which the project's tests run on thousands of tokens.
    Tested,
    /// The verifier itself, which was run on a few dozen tokens, but is not part of the tests.
    Measured,
    /// Its source.
    Source,
    /// Its documentation, which states the leeway, the claims that it requires and perhaps the edges.
    /// How it reads unusual values is unknown: the row has them as RFC 7519 does.
    Documentation,
}

impl Basis {
    /// Every basis.
    pub const ALL: [Self; 4] = [Self::Tested, Self::Measured, Self::Source, Self::Documentation];

    /// The name in JSON and in the table of the documentation.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tested => "tested",
            Self::Measured => "measured",
            Self::Source => "source",
            Self::Documentation => "documentation",
        }
    }
}

/// The kind of program that verifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A library that a program calls.
    Library,
    /// A proxy, gateway or server that verifies tokens of requests.
    Gateway,
    /// A service with rules of its own for the tokens between it and its clients.
    Provider,
}

impl Kind {
    /// The name in JSON and in the table of the documentation.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Library => "library",
            Self::Gateway => "gateway",
            Self::Provider => "provider",
        }
    }
}

/// A verifier with its default settings.
///
/// # Example
/// ```
/// use jwtick_core::judge::dialect::{Dates, Dialect};
/// use jwtick_core::{TimeBounds, UnixTime, Verdict};
/// let dates = Dates::of(br#"{"exp":1000}"#)?;
/// let at_exp = TimeBounds::exactly(UnixTime::from_secs(1_000));
/// let accepts = |it: &&Dialect| it.judge(&dates, at_exp).verdict() == Verdict::Accept;
/// let accepting = Dialect::all().filter(accepts).count();
/// assert!(accepting > 0 && accepting < Dialect::all().count());
/// # Ok::<(), jwtick_core::token::JsonError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The name on a command line, such as `pyjwt`.
    pub name: &'static str,
    /// The name of the product.
    pub product: &'static str,
    /// The version that the row describes; empty for a service.
    pub version: &'static str,
    /// The kind of program.
    pub kind: Kind,
    /// Where the rules are from.
    pub basis: Basis,
    /// The file, function or page that states the rules.
    pub source: &'static str,
    /// The rules.
    pub rules: Rules,
}

pub(super) const fn row(
    kind: Kind,
    basis: Basis,
    [name, product, version, source]: [&'static str; 4],
    rules: Rules,
) -> Dialect {
    Dialect { name, product, version, kind, basis, source, rules }
}
