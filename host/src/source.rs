//! Where the time comes from.

pub(crate) mod os;
