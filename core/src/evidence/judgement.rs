//! Judgements about time in the words of any program: a subject, a finding, and the times of both.
//!
//! The [catalogue](super::catalogue) knows products. This grammar knows how people say that a token
//! has expired. It yields what a row yields, without a product. Where the times of a sentence
//! contradict its words, the times count.

mod clause;
mod finding;
mod innocence;
mod refusal;
mod subject;
#[cfg(test)]
mod tests;
mod words;

use self::clause::Clause;
use self::subject::Subject;
use super::captures::Captures;
use super::catalogue::{Judge, Row, Says};
use super::find::contains;
use super::mention::Times;

pub(crate) use self::finding::{Finding, Need, STEMS, Stem};
pub(crate) use self::refusal::{Case, refusal};
use self::words::{Words, has};

/// The findings in a line, in the order in which the filter reports them.
pub(crate) type Found = heapless::Vec<Place, 16>;

/// The words of a finding in a line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) at: usize,
    pub(crate) stem: &'static Stem,
}

impl Place {
    pub(crate) fn end(self) -> usize {
        self.at.saturating_add(self.stem.words.len())
    }

    /// Returns `true` if `other` has the same words and more.
    fn is_part_of(self, other: &Self) -> bool {
        other.at <= self.at
            && self.end() <= other.end()
            && other.stem.words.len() > self.stem.words.len()
    }
}

/// A judgement that a line states.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judgement {
    pub(crate) row: &'static Row,
    /// The position of the finding.
    pub(crate) at: usize,
    pub(crate) captures: Captures,
}

/// Returns the first judgement in the line of `times`, which has the words of `found`.
pub(crate) fn judgement(times: &Times<'_>, found: &Found) -> Option<Judgement> {
    let whole = |place: &&Place| !found.iter().any(|other| place.is_part_of(other));
    let mut first: Option<(u8, Judgement)> = None;
    let judges = |place: &&Place| {
        !matches!(
            place.stem.finding,
            Finding::Set | Finding::Named | Finding::Epoch | Finding::Failed
        )
    };
    for place in found.iter().filter(whole).filter(judges) {
        let rank = rank(place.stem.finding);
        if first.is_none_or(|(held, first)| (rank, place.at) < (held, first.at))
            && let Some(judged) = judged(times, *place, found)
        {
            first = Some((rank, judged));
        }
    }
    first.map(|(_, first)| first)
}

/// A finding that names an edge is more exact than one that does not.
const fn rank(finding: Finding) -> u8 {
    match finding {
        Finding::Ended | Finding::NotYet | Finding::TooFar | Finding::Behind | Finding::Ahead => 0,
        Finding::Window => 1,
        Finding::Skewed | Finding::Set | Finding::Named | Finding::Epoch | Finding::Failed => 2,
    }
}

fn judged(times: &Times<'_>, place: Place, found: &Found) -> Option<Judgement> {
    let text = times.text();
    let clause = Clause::of(text, place.at, place.end())?;
    if !clause.judges(place.stem) {
        return None;
    }
    let about = about(&clause, place.stem.need)?;
    let finding = finding_of(&clause, place, found);
    let mut mentions = times.mentions().clone();
    mentions.relate(finding, place.at, about == Some(Subject::Request));
    mentions.judge(finding, place.at);
    let mut captures = mentions.captures(text, finding, place.at, place.end());
    if contains(text, b"(UTC)") {
        captures = captures.in_utc();
    }
    if !is_complete(place.stem.need, &captures) {
        return None;
    }
    let says = says(finding, about);
    let says = captures.settled(says);
    let states_start = captures.nbf.or(captures.iat).is_some() && captures.local_or_now().is_none();
    let judge = judge(&clause, finding, about, &captures);
    let case = case_of(&clause, judge);
    let row = refusal(says, case, states_start)?;
    if judge == Judge::Provider {
        captures.server = captures.server.or_else(|| mentions.timestamp(text));
    }
    Some(Judgement { row, at: place.at, captures })
}

/// The subject of the clause; `None` if the finding needs one that the words do not have.
fn about(clause: &Clause<'_>, need: Need) -> Option<Option<Subject>> {
    let subject = subject_of(clause);
    let about = match need {
        Need::Subject | Need::Failure => Some(subject?),
        Need::Excess | Need::Times | Need::Edge | Need::Nothing => subject,
    };
    // A client's own certificate is no certificate of a server: it is what the client presents.
    let is_own = about == Some(Subject::Certificate) && clause.has(&["client cert"]);
    let about = if is_own { Some(Subject::Token) } else { about };
    // Sessions end every day.
    let ends = about == Some(Subject::Session) && !clause.has_failure();
    (!ends).then_some(about)
}

/// Returns `true` if the sentence has the times that the finding needs.
fn is_complete(need: Need, captures: &Captures) -> bool {
    match need {
        Need::Times => states_times(captures),
        Need::Edge => captures.exp.or(captures.nbf).or(captures.iat).is_some(),
        Need::Subject | Need::Failure | Need::Excess | Need::Nothing => true,
    }
}

fn case_of(clause: &Clause<'_>, judge: Judge) -> Case {
    let is_new = judge == Judge::Us && clause.has(&["id token", "id_token", "idtoken"]);
    let is_bearer = judge == Judge::Either && has(clause.line, &["bearer", "invalid_token"]);
    match (is_new, is_bearer) {
        (true, _) => Case::Fresh,
        (_, true) => Case::Bearer,
        _ => Case::By(judge),
    }
}

/// The subject of the clause, or in a line that reports a failure that of the words before it.
fn subject_of(clause: &Clause<'_>) -> Option<Subject> {
    let near = Subject::near(clause.before, clause.after);
    near.or_else(|| Subject::near(clause.line, &[]).filter(|_| clause.has_failure()))
}

fn states_times(captures: &Captures) -> bool {
    captures.local_or_now().or(captures.server).is_some()
        && captures.exp.or(captures.nbf).or(captures.iat).is_some()
}

/// The finding, which is open if the sentence names both edges: `expired or not yet valid`.
fn finding_of(clause: &Clause<'_>, place: Place, found: &Found) -> Finding {
    const NEAR: usize = 48;
    let finding = place.stem.finding;
    let is_near = |other: &&Place| other.at.abs_diff(place.at) < NEAR && other.at != place.at;
    let both = found.iter().filter(is_near).any(|other| {
        matches!(
            (finding, other.stem.finding),
            (Finding::Ended, Finding::NotYet) | (Finding::NotYet, Finding::Ended)
        )
    });
    if both && clause.has(&["or$", "either$", "oder$", "ou$", "o$"]) {
        return Finding::Window;
    }
    match finding {
        Finding::Window if clause.has(&["nbf$", "iat$", "not before", "future$"]) => {
            Finding::NotYet
        }
        Finding::Window if clause.has(&["exp$"]) => Finding::Ended,
        _ => finding,
    }
}

const fn says(finding: Finding, about: Option<Subject>) -> Says {
    match (finding, about) {
        (Finding::Ended, Some(Subject::Certificate)) => Says::CertificateEnded,
        (Finding::NotYet, Some(Subject::Certificate)) => Says::CertificateNotYet,
        (Finding::Window, Some(Subject::Certificate)) => Says::CertificateWindow,
        (Finding::Ended, _) => Says::Expired,
        (Finding::NotYet, _) => Says::NotYet,
        (Finding::Window, _) => Says::Window,
        (Finding::Skewed, _) => Says::Skewed,
        (Finding::TooFar, _) => Says::TooFar,
        (Finding::Behind, _) => Says::ClockBehind,
        (Finding::Ahead, _) => Says::ClockAhead,
        (Finding::Set | Finding::Named | Finding::Epoch | Finding::Failed, _) => Says::Fact,
    }
}

/// The side that judged, as far as the words tell.
fn judge(
    clause: &Clause<'_>,
    finding: Finding,
    about: Option<Subject>,
    captures: &Captures,
) -> Judge {
    const PEERS: Words = &["peer", "member$", "mon$", "nodes$", "half of"];
    const PROVIDER: Words = &[
        "server's time",
        "of the server",
        "your server",
        "recvwindow",
        "client time",
        "aadsts",
        "timestamp_refused",
        "timestamp refused",
        "kdc$",
    ];
    const US: Words = &[
        "your computer",
        "this computer",
        "system time",
        "os.time",
        "ngx.time",
        "check system clock",
        "your system",
    ];
    const REQUEST: Words = &["request", "requesttime", "date header"];
    if finding == Finding::Skewed && has(clause.line, PEERS) {
        return Judge::Peers;
    }
    if clause.has(US) || has(clause.rest(), US) {
        return Judge::Us;
    }
    let is_request = about == Some(Subject::Request) || finding == Finding::Skewed;
    let ours =
        is_request && (captures.signed.is_some() || clause.has(REQUEST) || states_times(captures));
    if ours || captures.server.is_some() || clause.has(PROVIDER) {
        return Judge::Provider;
    }
    if about == Some(Subject::Certificate) { Judge::Us } else { Judge::Either }
}
