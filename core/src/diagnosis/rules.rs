//! Rules that turn the folded evidence into a cause.

pub(super) mod assumed;
pub(super) mod blame;
pub(super) mod by_reason;
pub(super) mod by_times;
pub(super) mod by_words;
pub(super) mod conclude;
pub(super) mod explained;
pub(super) mod known;
pub(super) mod outcome;
pub(super) mod possible;
pub(super) mod proof;
pub(super) mod remedy;
pub(super) mod third_opinion;
pub(super) mod view;
