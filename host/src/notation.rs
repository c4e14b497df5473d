//! Times as users write and read them: durations, instants, zones, civil dates.

pub(crate) mod civil;
pub(crate) mod duration;
pub(crate) mod instant;
pub(crate) mod zone;
