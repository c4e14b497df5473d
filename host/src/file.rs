//! Named files: their names in messages, their errors, and writing them.

mod error;
pub(crate) mod write;

pub(crate) use error::{FileError, FileFault, STDIN, is_stdin, shown};
pub(crate) use write::{create, is_replaceable, replace};
