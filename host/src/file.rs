//! Files by name: how messages name them, what can be wrong with them, and how they are written.

mod error;
pub(crate) mod write;

pub(crate) use error::{FileError, FileFault, STDIN, is_stdin, shown};
pub(crate) use write::{create, is_replaceable, replace};
