//! `clock --step`: sets the clock to the time that the sources agree on, then measures it again.

pub(crate) mod answer;
pub(crate) mod error;
pub(crate) mod run;
