//! What a log or a transcript says, read as bytes: nothing here concludes anything.

pub(crate) mod stamp;
