//! What the servers behind one name show of the local clock, each by its own.

use core::fmt;

use super::language::Language;
use super::number::grouped;
use super::offset::{Ending, Extent};
use crate::survey::NodeClocks;
use crate::time::Offset;
use crate::time::Span;

/// One sentence: how many answers there were by each clock, and what the local one is by it, from
/// the clock that is the farthest behind.
pub(super) fn node_clocks(
    clocks: &NodeClocks,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let all = grouped(clocks.answers().into(), language);
    for (index, clock) in clocks.by_offset().iter().enumerate() {
        let answers = grouped(clock.answers().into(), language);
        let extent = Extent::of(readable(clock.offset())).said(language, Ending::Noun);
        match (language, index) {
            (Language::English, 0) => {
                write!(f, " By {answers} of {all} answers the local clock is {extent}")
            }
            (Language::English, _) => write!(f, ", by {answers} it is {extent}"),
            (Language::German, 0) => {
                write!(f, " Nach {answers} von {all} Antworten geht die lokale Uhr {extent}")
            }
            (Language::German, _) => write!(f, ", nach {answers} geht sie {extent}"),
            (Language::Korean, 0) => {
                write!(f, " 응답 {all}개로 본 로컬 시계: {answers}개는 {extent}")
            }
            (Language::Korean, _) => write!(f, "; {answers}개는 {extent}"),
        }?;
    }
    others(clocks.others(), language, f)
}

// Round trips and whole seconds leave no more than milliseconds to be read; outwards, so that the
// interval holds.
fn readable(offset: Offset) -> Offset {
    let millis = |span: Span| span.as_micros().div_euclid(1_000);
    let least = Span::from_millis(millis(offset.least()));
    let most = Span::from_millis(millis(-offset.most()));
    Offset::between(least, -most).unwrap_or(offset)
}

fn others(others: u32, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let count = grouped(others.into(), language);
    match (language, others) {
        (_, 0) => Ok(()),
        (Language::English, _) => write!(f, ", by {count} it is something else"),
        (Language::German, _) => write!(f, ", nach {count} geht sie wieder anders"),
        (Language::Korean, _) => write!(f, "; {count}개는 그 밖의 값"),
    }?;
    f.write_str(".")
}
