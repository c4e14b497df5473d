//! What the times of a message say, if they contradict its words.

use super::captures::Captures;
use super::catalogue::{Row, Says};
use super::judgement::{Case, refusal};
use super::moment::Moment;
use crate::time::UnixTime;

impl Captures {
    /// The time by which was judged.
    pub(crate) fn local_or_now(&self) -> Option<Moment> {
        self.local.or(self.now)
    }

    /// Returns what the times say, if they contradict the words: a token that starts before the time
    /// by which it was judged is not too early, whatever the words are.
    pub(crate) fn settled(&self, says: Says) -> Says {
        let now = self.local_or_now().or(self.server);
        let same = |a: Moment, b: Moment| a.zone.is_some() == b.zone.is_some();
        let start = later(self.nbf, self.iat);
        let pair = |edge: Option<Moment>| now.zip(edge).filter(|(now, edge)| same(*now, *edge));
        let (start, stop) = (pair(start), pair(self.exp));
        let is_before =
            |pair: Option<(Moment, Moment)>| pair.is_some_and(|(a, b)| end(a) <= begin(b));
        let is_after =
            |pair: Option<(Moment, Moment)>| pair.is_some_and(|(a, b)| end(b) <= begin(a));
        let (early, late) = (is_after(start), is_before(stop));
        let (is_early, is_late) = (is_before(start), is_after(stop));
        match says {
            Says::Expired if is_early => Says::NotYet,
            Says::CertificateEnded if is_early => Says::CertificateNotYet,
            Says::NotYet if early && is_late => Says::Expired,
            Says::NotYet if early => Says::Window,
            Says::CertificateNotYet if early => Says::CertificateWindow,
            Says::Expired if late => Says::Window,
            Says::CertificateEnded if late => Says::CertificateWindow,
            Says::Window if is_early => Says::NotYet,
            Says::Window if is_late => Says::Expired,
            Says::CertificateWindow if is_early => Says::CertificateNotYet,
            Says::CertificateWindow if is_late => Says::CertificateEnded,
            _ => says,
        }
    }
}

/// Returns `row`, or what the times say instead if they contradict words that state none.
pub(super) fn settled(row: &'static Row, captures: &Captures) -> &'static Row {
    let says = captures.settled(row.says);
    if says == row.says || row.words.contains('{') {
        return row;
    }
    refusal(says, Case::By(row.judge), false).unwrap_or(row)
}

/// The later of two moments, if any.
fn later(one: Option<Moment>, other: Option<Moment>) -> Option<Moment> {
    match (one, other) {
        (Some(one), Some(other)) if other.civil > one.civil => Some(other),
        (one, other) => one.or(other),
    }
}

fn begin(moment: Moment) -> UnixTime {
    moment.as_utc().earliest()
}

fn end(moment: Moment) -> UnixTime {
    moment.as_utc().latest()
}
