//! Independent implementations that the core is compared with.

pub(crate) mod claims;
pub(crate) mod json;
pub(crate) mod signature;
