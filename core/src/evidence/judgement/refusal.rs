//! The refusals of the general grammar, as rows of a catalogue that names no product.

use crate::evidence::catalogue::{Judge, Row, Says};

/// The objections that the grammar finds.
const SAYS: [Says; 10] = [
    Says::Expired,
    Says::NotYet,
    Says::Window,
    Says::TooFar,
    Says::Skewed,
    Says::CertificateNotYet,
    Says::CertificateEnded,
    Says::CertificateWindow,
    Says::ClockBehind,
    Says::ClockAhead,
];
/// The side that judged what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// The side that judged is known, or open.
    By(Judge),
    /// The local side judged a token that it fetched a moment ago.
    Fresh,
    /// A bearer token was judged, which another party may have made.
    Bearer,
}

const CASES: [Case; 6] = [
    Case::By(Judge::Either),
    Case::By(Judge::Us),
    Case::By(Judge::Provider),
    Case::By(Judge::Peers),
    Case::Fresh,
    Case::Bearer,
];

impl Case {
    const fn row(self, says: Says, words: &'static str) -> Row {
        match self {
            Self::By(judge) => Row::general(says, judge, words),
            Self::Fresh => Row { is_fresh: true, ..Row::general(says, Judge::Us, words) },
            Self::Bearer => Row { is_bearer: true, ..Row::general(says, Judge::Either, words) },
        }
    }
}

/// Words without and with the start of the judged token.
const WORDS: [&str; 2] = ["", "{nbf}"];

const COUNT: usize = SAYS.len() * CASES.len() * WORDS.len();

static ROWS: [Row; COUNT] = rows();

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
const fn rows() -> [Row; COUNT] {
    let mut all = [Row::general(SAYS[0], Judge::Either, WORDS[0]); COUNT];
    let mut next = 0;
    while next < COUNT {
        let says = SAYS[next % SAYS.len()];
        let case = CASES[next / SAYS.len() % CASES.len()];
        all[next] = case.row(says, WORDS[next / SAYS.len() / CASES.len()]);
        next += 1;
    }
    all
}

/// Returns the refusal that says `says` in this case. `states_start` means that the sentence itself
/// states the start of what it judges.
pub(crate) fn refusal(says: Says, case: Case, states_start: bool) -> Option<&'static Row> {
    let wanted = case.row(says, "");
    ROWS.iter().find(|row| {
        let same = row.says == says && row.judge == wanted.judge;
        let marks = row.is_fresh == wanted.is_fresh && row.is_bearer == wanted.is_bearer;
        same && marks && row.words.is_empty() != states_start
    })
}
