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
/// The sides that it can tell, and whether the judged token was fetched a moment ago.
const JUDGES: [(Judge, bool); 5] = [
    (Judge::Either, false),
    (Judge::Us, false),
    (Judge::Us, true),
    (Judge::Provider, false),
    (Judge::Peers, false),
];
/// Words without and with the start of the judged token.
const WORDS: [&str; 2] = ["", "{nbf}"];

const COUNT: usize = SAYS.len() * JUDGES.len() * WORDS.len();

static ROWS: [Row; COUNT] = rows();

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
const fn rows() -> [Row; COUNT] {
    let mut all = [Row::general(SAYS[0], JUDGES[0].0, WORDS[0]); COUNT];
    let mut next = 0;
    while next < COUNT {
        let says = SAYS[next % SAYS.len()];
        let (judge, is_fresh) = JUDGES[next / SAYS.len() % JUDGES.len()];
        let row = Row::general(says, judge, WORDS[next / SAYS.len() / JUDGES.len()]);
        all[next] = Row { is_fresh, ..row };
        next += 1;
    }
    all
}

/// Returns the refusal in which `judge` says `says`. `states_start` means that the sentence itself
/// states the start of what it judges.
pub(crate) fn refusal(says: Says, judge: Judge, states_start: bool) -> Option<&'static Row> {
    found(says, judge, states_start, false)
}

/// The same about a token that was fetched a moment ago, such as an ID token, which a client judges
/// when it arrives (OpenID Connect Core §3.1.3.7).
pub(crate) fn fresh(says: Says, states_start: bool) -> Option<&'static Row> {
    found(says, Judge::Us, states_start, true)
}

fn found(says: Says, judge: Judge, states_start: bool, is_fresh: bool) -> Option<&'static Row> {
    ROWS.iter().find(|row| {
        let same = row.says == says && row.judge == judge && row.is_fresh == is_fresh;
        same && row.words.is_empty() != states_start
    })
}
