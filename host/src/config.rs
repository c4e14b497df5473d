//! The configuration file `jwtick.toml`: what the command line then need not repeat.
//!
//! The command line overrides the file, and the file overrides the defaults. The language of the
//! file overrides that of the locale too: a locale is set for everything on a machine, the file
//! for this program.

mod error;
mod load;
mod parse;
mod settings;

pub(crate) use error::{ConfigError, Fault, Type};
pub(crate) use load::usual;
pub(crate) use settings::{Config, Set, default, pick};
