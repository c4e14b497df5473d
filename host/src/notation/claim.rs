//! Claims by name, as options and the configuration file list them.

use core::fmt;

use jwtick_core::judge::Rule;

/// Parses the name of a registered claim, to require it.
///
/// # Errors
/// [`NotAClaim`] if no registered claim has this name.
pub(crate) fn claim(name: &str) -> Result<Rule, NotAClaim> {
    let rule = Rule::ALL.into_iter().find(|rule| rule.claim().name() == name);
    rule.ok_or(NotAClaim)
}

/// A text that is not the name of a registered claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotAClaim;

impl fmt::Display for NotAClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected exp, nbf, iat, iss, sub, aud or jti")
    }
}

impl core::error::Error for NotAClaim {}
