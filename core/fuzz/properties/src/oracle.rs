//! Independent implementations that the core is compared with.

pub(crate) mod alike;
pub(crate) mod decimal;
pub(crate) mod json;
pub(crate) mod segments;
pub(crate) mod signature;
