//! The findings of a judgement: what is wrong with the time of something, in the words of any
//! program.

/// What a sentence finds wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finding {
    /// The end has passed.
    Ended,
    /// The start has not come yet.
    NotYet,
    /// One of these two.
    Window,
    /// Two times differ by too much.
    Skewed,
    /// The end is too far away.
    TooFar,
    /// The local clock is behind.
    Behind,
    /// The local clock is ahead.
    Ahead,
    /// Nothing: the clock was set or measured.
    Set,
    /// Nothing: a member or a header names a time of the exchange.
    Named,
    /// Nothing about time: a call failed for a reason that the words leave open.
    Failed,
}

/// What a sentence needs apart from its finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// A token, certificate, request, timestamp or session that the finding is about.
    Subject,
    /// The same, and words of a failure in the line: the sentence alone may be a rule.
    Failure,
    /// A clock or a time, and a word that says by how much: `too`, `high`, `exceeds`.
    Excess,
    /// The judged time and the time by which it was judged.
    Times,
    /// The time of an edge.
    Edge,
    /// Nothing: the words say all of it.
    Nothing,
}

/// Words of a finding, in lower case. They are anchors of the filter, so they have at least seven
/// bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stem {
    pub(crate) words: &'static str,
    pub(crate) finding: Finding,
    pub(crate) need: Need,
}

const fn stem(words: &'static str, finding: Finding, need: Need) -> Stem {
    Stem { words, finding, need }
}

use Finding::{Ahead, Behind, Ended, Failed, Named, NotYet, Set, Skewed, TooFar, Window};
use Need::{Edge, Excess, Failure, Nothing, Subject, Times};

/// The stems of all findings: English, German, French, Spanish, Portuguese, Japanese, Korean and
/// Chinese.
pub(crate) const STEMS: &[Stem] = &[
    stem("expired", Ended, Subject),
    stem("already expires", Ended, Subject),
    stem("too old", Ended, Subject),
    stem("in the past", Ended, Subject),
    stem("no longer valid", Ended, Subject),
    stem("not valid anymore", Ended, Subject),
    stem("used too late", Ended, Subject),
    stem("on or after", Ended, Times),
    stem("after expiration", Ended, Times),
    stem("later than expiry", Ended, Times),
    stem("must be after now", Ended, Times),
    stem("earlier than current", Ended, Times),
    stem("validity ended", Ended, Subject),
    stem("abgelaufen", Ended, Subject),
    stem("nicht mehr g", Ended, Subject),
    stem("expiré", Ended, Subject),
    stem("expirad", Ended, Subject),
    stem("caducad", Ended, Subject),
    stem("vencido", Ended, Subject),
    stem("期限切れ", Ended, Subject),
    stem("期限が切れ", Ended, Subject),
    stem("만료되었", Ended, Subject),
    stem("만료됐", Ended, Subject),
    stem("만료된", Ended, Subject),
    stem("已过期", Ended, Subject),
    stem("已過期", Ended, Subject),
    stem("not yet valid", NotYet, Subject),
    stem("not valid yet", NotYet, Subject),
    stem("notyetvalid", NotYet, Subject),
    stem("notvalidyet", NotYet, Subject),
    stem("not_yet_valid", NotYet, Subject),
    stem("not_valid_yet", NotYet, Subject),
    stem("not active yet", NotYet, Subject),
    stem("not yet active", NotYet, Subject),
    stem("not valid until", NotYet, Subject),
    stem("not yet current", NotYet, Subject),
    stem("in the future", NotYet, Subject),
    stem("valid in future", NotYet, Subject),
    stem("at future", NotYet, Subject),
    stem("too early", NotYet, Subject),
    stem("be used yet", NotYet, Subject),
    stem("used just yet", NotYet, Subject),
    stem("before issued", NotYet, Subject),
    stem("before use time", NotYet, Subject),
    stem("before inception", NotYet, Subject),
    stem("before its start", NotYet, Subject),
    stem("iat prior to", NotYet, Nothing),
    stem("nbf prior to", NotYet, Nothing),
    stem("token prior to", NotYet, Nothing),
    stem("accepted before", NotYet, Edge),
    stem("used before", NotYet, Edge),
    stem("must be before now", NotYet, Times),
    stem("is before", NotYet, Times),
    stem("before the nbf", NotYet, Times),
    stem("before issued at", NotYet, Times),
    stem("earlier than notbefore", NotYet, Times),
    stem("not been reached", NotYet, Subject),
    stem("immaturesignature", NotYet, Nothing),
    stem("than the current time", NotYet, Subject),
    stem("be in the past)", NotYet, Subject),
    stem("ahead of the server", NotYet, Subject),
    stem("noch nicht g", NotYet, Subject),
    stem("in der zukunft", NotYet, Subject),
    stem("pas encore valid", NotYet, Subject),
    stem("dans le futur", NotYet, Subject),
    stem("aún no es v", NotYet, Subject),
    stem("todavía no es v", NotYet, Subject),
    stem("en el futuro", NotYet, Subject),
    stem("ainda não é v", NotYet, Subject),
    stem("no futuro", NotYet, Subject),
    stem("まだ有効", NotYet, Subject),
    stem("未来の", NotYet, Subject),
    stem("아직 유효", NotYet, Subject),
    stem("尚未生效", NotYet, Subject),
    stem("还未生效", NotYet, Subject),
    stem("time range", Window, Failure),
    stem("time frame", Window, Failure),
    stem("timeframe", Window, Failure),
    stem("not valid at the current", Window, Subject),
    stem("timestamp check failed", Window, Subject),
    stem("or after the current", Window, Subject),
    stem("notonorafter assertion", Window, Failure),
    stem("invalid time auth", Window, Subject),
    stem("timeinvalid", Window, Subject),
    stem("nottimevalid", Window, Nothing),
    stem("date_invalid", Window, Subject),
    stem("not active", Window, Subject),
    stem("invalid iat", Window, Nothing),
    stem("invalid nbf", Window, Nothing),
    stem(" skewed", Skewed, Subject),
    stem("tooskewed", Skewed, Nothing),
    stem("time_skew", Skewed, Failure),
    stem("clock skew", Skewed, Excess),
    stem("time skew", Skewed, Excess),
    stem("clock drift", Skewed, Excess),
    stem("clock difference", Skewed, Excess),
    stem("clock offset", Skewed, Excess),
    stem("time difference", Skewed, Excess),
    stem("time is too large", Skewed, Nothing),
    stem("out of sync", Skewed, Excess),
    stem("clock synchroni", Skewed, Excess),
    stem("clock is not synchronized accurately", Skewed, Nothing),
    stem("clock must be accurate", Skewed, Nothing),
    stem("check your system clock", Skewed, Nothing),
    stem("check system clock", Skewed, Nothing),
    stem("check the system clock", Skewed, Nothing),
    stem("check your server clock", Skewed, Nothing),
    stem("check your clock", Skewed, Nothing),
    stem("check your server timestamp", Skewed, Nothing),
    stem("check the server's date", Skewed, Nothing),
    stem("synchronize the clock", Skewed, Nothing),
    stem("has to be synchronized", Skewed, Excess),
    stem("recvwindow", Skewed, Failure),
    stem("outside the tolerance", Skewed, Subject),
    stem("out of bounds", Skewed, Subject),
    stem("invalid timestamp", Skewed, Failure),
    stem("timestamp is invalid", Skewed, Nothing),
    stem("timestamp refused", Skewed, Nothing),
    stem("timestamp_refused", Skewed, Nothing),
    stem("time is invalid", Skewed, Nothing),
    stem("within allowed clock skew", Skewed, Nothing),
    stem("differ from system time", Skewed, Failure),
    stem("wall clock time", Skewed, Excess),
    stem("request is stale", Ended, Subject),
    stem("too far in the future", TooFar, Subject),
    stem("maximum time allowed", TooFar, Subject),
    stem("lifetime is too long", TooFar, Nothing),
    stem("clock is behind", Behind, Nothing),
    stem("clock is ahead", Ahead, Nothing),
    stem("system clock", Set, Nothing),
    stem("local clock", Set, Nothing),
    stem("system time", Set, Nothing),
    stem("setting time", Set, Nothing),
    stem("set time to", Set, Nothing),
    stem("step time", Set, Nothing),
    stem("time stepped", Set, Nothing),
    stem("clock stepped", Set, Nothing),
    stem("stepping clock", Set, Nothing),
    stem("time reset", Set, Nothing),
    stem("time change", Set, Nothing),
    stem("our clock is", Set, Nothing),
    stem("\"servertime\"", Named, Nothing),
    stem("\"server_time\"", Named, Nothing),
    stem("<servertime>", Named, Nothing),
    stem("<requesttime>", Named, Nothing),
    stem("x-amz-date: ", Named, Nothing),
    stem("x-ms-date: ", Named, Nothing),
    stem("oauth_timestamp", Named, Nothing),
    stem("unauthorized", Failed, Nothing),
    stem("forbidden", Failed, Nothing),
    stem("unauthenticated", Failed, Nothing),
    stem("not authorized", Failed, Nothing),
    stem("not authorised", Failed, Nothing),
    stem("access denied", Failed, Nothing),
    stem("authentication fail", Failed, Nothing),
    stem("failed to authenticate", Failed, Nothing),
    stem("login failed", Failed, Nothing),
    stem("login error", Failed, Nothing),
    stem("invalid token", Failed, Nothing),
    stem("token invalid", Failed, Nothing),
    stem("token rejected", Failed, Nothing),
    stem("invalid signature", Failed, Nothing),
    stem("signature mismatch", Failed, Nothing),
    stem("handshake fail", Failed, Nothing),
    stem("certificate verify failed", Failed, Nothing),
];
