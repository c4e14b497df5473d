//! The configuration file `jwtick.toml`, which holds options that you would otherwise repeat.
//!
//! The command line overrides the file, and the file overrides the defaults. The language in the
//! file also overrides that of the locale: a locale applies to every program on a machine, the file
//! only to this one.

mod error;
mod exposure;
mod load;
mod parse;
mod settings;

pub(crate) use error::{ConfigError, Fault, Type};
pub(crate) use exposure::{Exposed, Use, Writer};
pub(crate) use load::usual;
pub(crate) use settings::{Config, Heeded, Set, Value, default, pick};
