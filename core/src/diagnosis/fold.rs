//! State while reading: what the lines of a text have said so far, in constant memory.

pub(super) mod edges;
pub(super) mod episode;
pub(super) mod excerpt;
pub(super) mod exchange;
pub(super) mod hosts;
pub(super) mod kind;
pub(super) mod local_stamps;
pub(super) mod measurements;
pub(super) mod nodes;
pub(super) mod observe;
pub(super) mod platform;
pub(super) mod reasons;
pub(super) mod retry;
pub(super) mod totals;
pub(super) mod track;
