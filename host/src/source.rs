//! Where the time comes from.

pub(crate) mod os;
pub(crate) mod zone;
