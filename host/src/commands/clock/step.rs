//! `clock --step`: sets the clock to what sources agree on, and measures it again.

pub(crate) mod answer;
pub(crate) mod error;
mod german;
mod korean;
pub(crate) mod run;
