//! A state as JSON, on one line with the name of its host. `fixtures/schema/by-host.json` describes it.

use core::fmt;
use std::borrow::Cow;

use jwtick_core::diagnosis::{Attribution, Cause, Certainty, ClockFault};
use jwtick_core::survey::{Bound, Edge};
use jwtick_core::time::{Direction, Offset};
use jwtick_core::{Span, UnixTime};
use serde::{Deserialize, Serialize};

use super::state::HostState;
use super::stretch::{Place, REMEDIES, Stretch, in_millis};

/// The version of this form. A reader refuses greater ones.
const VERSION: u32 = 1;

/// The greatest number of seconds or milliseconds that is read: far beyond all years that have a name, and
/// so small that no sum of two is cut.
const FARTHEST: i64 = 1 << 48;

/// A time in seconds and an end of an offset in milliseconds.
type Point = (i64, i64);

/// A state as it is written.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StateJson<'a> {
    v: u32,
    first: Option<i64>,
    last: Option<i64>,
    #[serde(borrow)]
    keeper: Option<Cow<'a, str>>,
    least: Vec<Point>,
    most: Vec<Point>,
    least_if_utc: Vec<Point>,
    most_if_utc: Vec<Point>,
    #[serde(borrow)]
    stretches: Vec<StretchJson<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StretchJson<'a> {
    start: Option<i64>,
    seen: Option<i64>,
    #[serde(borrow)]
    digest: Cow<'a, str>,
    #[serde(borrow)]
    cause: Cow<'a, str>,
    fault: Option<bool>,
    #[serde(borrow)]
    certainty: Cow<'a, str>,
    #[serde(borrow)]
    attribution: Option<Cow<'a, str>>,
    #[serde(borrow)]
    direction: Option<Cow<'a, str>>,
    offset_ms: Option<(Option<i64>, Option<i64>)>,
    offset_if_utc_ms: Option<(Option<i64>, Option<i64>)>,
    refusals: u64,
    #[serde(borrow)]
    server: Cow<'a, str>,
    #[serde(borrow)]
    remedy: Option<Cow<'a, str>>,
    #[serde(borrow)]
    source: Cow<'a, str>,
    #[serde(borrow)]
    at: Cow<'a, str>,
}

/// A reason why a line holds no state.
#[derive(Debug)]
pub(crate) enum NotAState {
    /// It is no JSON of this form.
    Form(serde_json::Error),
    /// A later version wrote it.
    Newer { met: u32 },
    /// A member has a value that is not known.
    Value { member: &'static str, met: String },
}

impl fmt::Display for NotAState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(fault) => {
                write!(f, "expected a line of `jwtick diagnose --by-host`: {fault}")
            }
            Self::Newer { met } => {
                write!(
                    f,
                    "expected a state of version {VERSION} or older, but found {met}: update jwtick"
                )
            }
            Self::Value { member, met } => write!(f, "`{member}` has an unknown value: `{met}`"),
        }
    }
}

impl core::error::Error for NotAState {}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    host: Cow<'a, str>,
    #[serde(borrow)]
    state: StateJson<'a>,
}

/// Reads a line: the name of a host, and its state.
///
/// # Errors
/// [`NotAState`] if it is not a line of this form.
pub(crate) fn read(line: &str) -> Result<(String, HostState), NotAState> {
    #[derive(Deserialize)]
    struct Versioned {
        state: Version,
    }
    #[derive(Deserialize)]
    struct Version {
        v: u32,
    }
    let version = serde_json::from_str::<Versioned>(line).map_err(NotAState::Form)?.state.v;
    if version > VERSION {
        return Err(NotAState::Newer { met: version });
    }
    let Line { host, state } = serde_json::from_str(line).map_err(NotAState::Form)?;
    Ok((host.into_owned(), restored(&state)?))
}

fn restored(json: &StateJson<'_>) -> Result<HostState, NotAState> {
    let of = |points: &[Point], edge| -> Vec<Bound> {
        let bound = |&(at, millis): &Point| Bound {
            at: UnixTime::from_secs(near(at)),
            edge,
            offset: Span::from_millis(near(millis)),
        };
        points.iter().map(bound).collect()
    };
    let both = |least, most| [of(least, Edge::Least), of(most, Edge::Most)].concat();
    let bounds = [both(&json.least, &json.most), both(&json.least_if_utc, &json.most_if_utc)];
    let stretches = json.stretches.iter().map(stretch).collect::<Result<Vec<_>, _>>()?;
    Ok(HostState::restored(
        bounds,
        stretches,
        json.first.zip(json.last),
        json.keeper.as_deref().and_then(remedy),
    ))
}

fn near(number: i64) -> i64 {
    number.clamp(-FARTHEST, FARTHEST)
}

fn stretch(json: &StretchJson<'_>) -> Result<Stretch, NotAState> {
    let unknown = |member, met: &str| NotAState::Value { member, met: met.to_owned() };
    let offset = |ends: Option<(Option<i64>, Option<i64>)>| {
        let (least, most) = ends?;
        let end = |end: Option<i64>, open| end.map_or(open, |it| Span::from_millis(near(it)));
        Offset::between(end(least, Span::MIN), end(most, Span::MAX)).map(in_millis)
    };
    let digest = u64::from_str_radix(&json.digest, 16);
    Ok(Stretch {
        start: json.start.map(near),
        seen: json.seen.map(near),
        digest: digest.map_err(|_| unknown("digest", &json.digest))?,
        cause: known(Cause::ALL, |it| it.code(), &json.cause)
            .ok_or_else(|| unknown("cause", &json.cause))?,
        fault: match json.fault {
            Some(true) => ClockFault::Found,
            Some(false) => ClockFault::Cleared,
            None => ClockFault::Open,
        },
        certainty: known(CERTAINTIES, |it| it.code(), &json.certainty)
            .ok_or_else(|| unknown("certainty", &json.certainty))?,
        attribution: optional(ATTRIBUTIONS, |it| it.code(), json.attribution.as_deref())
            .map_err(|met| unknown("attribution", met))?,
        direction: optional(DIRECTIONS, |it| it.code(), json.direction.as_deref())
            .map_err(|met| unknown("direction", met))?,
        offset: offset(json.offset_ms),
        offset_if_utc: offset(json.offset_if_utc_ms),
        refusals: json.refusals,
        server: json.server.clone().into_owned(),
        // A later version may know more of them.
        remedy: json.remedy.as_deref().and_then(remedy),
        place: Place { source: json.source.clone().into_owned(), at: json.at.clone().into_owned() },
    })
}

const CERTAINTIES: &[Certainty] = &[Certainty::Weak, Certainty::Likely, Certainty::Proven];
const ATTRIBUTIONS: &[Attribution] = &[Attribution::Witnessed, Attribution::Assumed];
const DIRECTIONS: &[Direction] = &[Direction::Behind, Direction::Ahead];

fn known<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str, met: &str) -> Option<T> {
    all.iter().copied().find(|it| code(*it) == met)
}

fn optional<'m, T: Copy>(
    all: &[T],
    code: impl Fn(T) -> &'static str,
    met: Option<&'m str>,
) -> Result<Option<T>, &'m str> {
    met.map(|met| known(all, code, met).ok_or(met)).transpose()
}

fn remedy(met: &str) -> Option<&'static str> {
    REMEDIES.iter().map(|(code, _)| *code).find(|code| *code == met)
}

/// The state as it is written.
pub(crate) fn written(state: &HostState) -> StateJson<'_> {
    let points = |bounds: &[Bound], edge| -> Vec<Point> {
        let of_edge = bounds.iter().filter(|bound| bound.edge == edge);
        of_edge.map(|bound| (bound.at.floor_secs(), millis(bound.offset))).collect()
    };
    StateJson {
        v: VERSION,
        first: state.covered().map(|(first, _)| first),
        last: state.covered().map(|(_, last)| last),
        keeper: state.keeper().map(Into::into),
        least: points(state.bounds(), Edge::Least),
        most: points(state.bounds(), Edge::Most),
        least_if_utc: points(state.bounds_if_utc(), Edge::Least),
        most_if_utc: points(state.bounds_if_utc(), Edge::Most),
        stretches: state.stretches().map(stretch_json).collect(),
    }
}

fn stretch_json(stretch: &Stretch) -> StretchJson<'_> {
    let ends = |offset: Option<Offset>| {
        let end = |end: Span| (end != Span::MIN && end != Span::MAX).then(|| millis(end));
        offset.map(|it| (end(it.least()), end(it.most())))
    };
    StretchJson {
        start: stretch.start,
        seen: stretch.seen,
        digest: format!("{:016x}", stretch.digest).into(),
        cause: stretch.cause.code().into(),
        fault: match stretch.fault {
            ClockFault::Found => Some(true),
            ClockFault::Cleared => Some(false),
            ClockFault::Open => None,
        },
        certainty: stretch.certainty.code().into(),
        attribution: stretch.attribution.map(|it| it.code().into()),
        direction: stretch.direction.map(|it| it.code().into()),
        offset_ms: ends(stretch.offset),
        offset_if_utc_ms: ends(stretch.offset_if_utc),
        refusals: stretch.refusals,
        server: stretch.server.as_str().into(),
        remedy: stretch.remedy.map(Into::into),
        source: stretch.place.source.as_str().into(),
        at: stretch.place.at.as_str().into(),
    }
}

fn millis(span: Span) -> i64 {
    span.as_micros().div_euclid(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::line;

    #[test]
    fn unknown_values_and_versions_are_refused_by_name() {
        let line = line::line("web1", &HostState::default());
        assert!(read(&line).is_ok(), "{line}");
        let newer = line.replace("\"v\":1", "\"v\":2").replace("\"least\"", "\"lowest\"");
        assert!(matches!(read(&newer), Err(NotAState::Newer { met: 2 })));
        assert!(matches!(read("{\"host\":\"web1\"}"), Err(NotAState::Form(_))));
        let stretch = "{\"start\":0,\"seen\":null,\"digest\":\"0f\",\"cause\":\"local-clock\",\"fault\":true,\
            \"certainty\":\"proven\",\"attribution\":null,\"direction\":\"behind\",\"offset_ms\":[1000,null],\
            \"offset_if_utc_ms\":null,\"refusals\":2,\"server\":\"\",\"remedy\":\"sync-any\",\"source\":\"\",\"at\":\"\"}";
        let with =
            |stretch: &str| line.replace("\"stretches\":[]", &format!("\"stretches\":[{stretch}]"));
        let (_, state) = read(&with(stretch)).unwrap();
        assert_eq!(state.stretches().map(|it| it.refusals).sum::<u64>(), 2);
        const ROWS: &[(&str, &str, &str)] = &[
            ("cause", "local-clock", "sunspots"),
            ("certainty", "proven", "sure"),
            ("direction", "behind", "sideways"),
            ("digest", "0f", "xx"),
        ];
        for &(name, value, other) in ROWS {
            let fault = read(&with(&stretch.replace(value, other))).unwrap_err();
            assert!(
                matches!(&fault, NotAState::Value { member, .. } if *member == name),
                "{fault}"
            );
        }
    }
}
