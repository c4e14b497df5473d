//! State while reading: what the lines of a text have said so far, in constant memory.
//!
//! The modules from the bottom up: the vocabulary (`refusal`, `local_stamps`, `reasons`), the
//! values tracked over a text, the totals of the text, the exchange that is being read, and what a
//! closed exchange adds to the totals. Nothing here draws a conclusion.

pub(super) mod edges;
pub(super) mod episode;
pub(super) mod excerpt;
pub(super) mod exchange;
pub(super) mod find_reasons;
pub(super) mod hosts;
pub(super) mod lines;
pub(super) mod local_stamps;
pub(super) mod measurements;
pub(super) mod nodes;
pub(super) mod observe;
pub(super) mod open;
pub(super) mod origin;
pub(super) mod pairs;
pub(super) mod platform;
pub(super) mod reasons;
pub(super) mod refusal;
pub(super) mod series;
pub(super) mod shown;
pub(super) mod sight;
pub(super) mod totals;
pub(super) mod track;
pub(super) mod writers;
