//! Claims, a policy and bounds, derived from bytes.

use core::fmt::Write;

use arbitrary::{Result, Unstructured};
use jwtick_core::judge::{Enforcement, Rule};
use jwtick_core::{Policy, Span, TimeBounds, UnixTime};

/// Names of issuers, subjects and audiences. A policy lists the first of them.
const NAMES: [&str; 3] = ["a", "b", "é"];

/// The complete input of a judgement. A name is its index in [`NAMES`], and a list is the number of
/// names in it.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) narrow: TimeBounds,
    pub(super) exp: Option<i64>,
    pub(super) nbf: Option<i64>,
    pub(super) iat: Option<i64>,
    pub(super) leeway: i64,
    pub(super) other: TimeBounds,
    pub(super) max_age: Option<i64>,
    pub(super) max_lifetime: Option<i64>,
    pub(super) future_iat: bool,
    pub(super) iss: Option<usize>,
    pub(super) sub: Option<usize>,
    pub(super) aud: Option<Vec<usize>>,
    pub(super) jti: bool,
    pub(super) issuers: Option<usize>,
    pub(super) subjects: Option<usize>,
    pub(super) audiences: Option<usize>,
    pub(super) required: Vec<Rule>,
}

impl Case {
    pub(super) fn cut(input: &[u8]) -> Option<Self> {
        Self::read(&mut Unstructured::new(input)).ok()
    }

    fn read(input: &mut Unstructured<'_>) -> Result<Self> {
        Ok(Self {
            narrow: bounds(input)?,
            exp: maybe(input, micros)?,
            nbf: maybe(input, micros)?,
            iat: maybe(input, micros)?,
            leeway: micros(input)?,
            other: bounds(input)?,
            max_age: maybe(input, micros)?,
            max_lifetime: maybe(input, micros)?,
            future_iat: input.arbitrary()?,
            iss: maybe(input, place)?,
            sub: maybe(input, place)?,
            aud: maybe(input, |input| some(input, place))?,
            jti: input.arbitrary()?,
            issuers: maybe(input, count)?,
            subjects: maybe(input, count)?,
            audiences: maybe(input, count)?,
            required: some(input, |input| input.choose(&Rule::ALL).copied())?,
        })
    }

    /// The claims as JSON.
    pub(super) fn claims(&self) -> String {
        let mut text = String::from("{\"x\":null");
        for (name, date) in [("exp", self.exp), ("nbf", self.nbf), ("iat", self.iat)] {
            text += &date.map(|date| format!(",\"{name}\":{date}e-6")).unwrap_or_default();
        }
        for (name, place) in [("iss", self.iss), ("sub", self.sub)] {
            text +=
                &place.map(|place| format!(",\"{name}\":\"{}\"", named(place))).unwrap_or_default();
        }
        if let Some(aud) = &self.aud {
            let names: Vec<_> = aud.iter().map(|&place| named(place)).collect();
            let _ = write!(text, ",\"aud\":{names:?}");
        }
        text + if self.jti { ",\"jti\":\"1\"}" } else { "}" }
    }

    pub(super) fn policy(&self) -> Policy<'static> {
        let mut policy = Policy::RFC7519.with_leeway(Span::from_micros(self.leeway));
        if let Some(age) = self.max_age {
            policy = policy.with_max_age(Span::from_micros(age));
        }
        if let Some(lifetime) = self.max_lifetime {
            policy = policy.with_max_lifetime(Span::from_micros(lifetime));
        }
        if self.future_iat {
            policy = policy.with_future_iat(Enforcement::Enforce);
        }
        self.listing(policy)
    }

    fn listing(&self, mut policy: Policy<'static>) -> Policy<'static> {
        if let Some(names) = self.issuers.and_then(|count| NAMES.get(..count)) {
            policy = policy.with_issuers(names);
        }
        if let Some(names) = self.subjects.and_then(|count| NAMES.get(..count)) {
            policy = policy.with_subjects(names);
        }
        if let Some(names) = self.audiences.and_then(|count| NAMES.get(..count)) {
            policy = policy.with_audiences(names);
        }
        self.required.iter().fold(policy, |policy, &rule| policy.require(rule))
    }

    /// The bounds, widened by the other bounds.
    pub(super) fn wide(&self) -> TimeBounds {
        let (one, other) = (self.narrow, self.other);
        between(one.earliest().min(other.earliest()), one.latest().max(other.latest()))
    }

    /// The bounds, moved forward by the width of the other bounds.
    pub(super) fn later(&self) -> TimeBounds {
        let on = self.other.latest() - self.other.earliest();
        between(self.narrow.earliest() + on, self.narrow.latest() + on)
    }
}

fn named(place: usize) -> &'static str {
    NAMES.get(place).copied().unwrap_or_default()
}

fn place(input: &mut Unstructured<'_>) -> Result<usize> {
    input.choose_index(NAMES.len())
}

fn count(input: &mut Unstructured<'_>) -> Result<usize> {
    input.int_in_range(0..=NAMES.len())
}

fn bounds(input: &mut Unstructured<'_>) -> Result<TimeBounds> {
    let (one, other) =
        (UnixTime::from_micros(micros(input)?), UnixTime::from_micros(micros(input)?));
    Ok(between(one.min(other), one.max(other)))
}

fn between(earliest: UnixTime, latest: UnixTime) -> TimeBounds {
    TimeBounds::between(earliest, latest).unwrap_or(TimeBounds::since(earliest))
}

/// Mostly close together, so that edges coincide; sometimes at the limits.
fn micros(input: &mut Unstructured<'_>) -> Result<i64> {
    match input.int_in_range(0..=7)? {
        0 => input.arbitrary(),
        1 => input.choose(&[i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX]).copied(),
        _ => input.int_in_range(-8..=8),
    }
}

fn maybe<'a, T>(
    input: &mut Unstructured<'a>,
    cut: impl FnOnce(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Option<T>> {
    if input.arbitrary()? { cut(input).map(Some) } else { Ok(None) }
}

fn some<'a, T>(
    input: &mut Unstructured<'a>,
    mut cut: impl FnMut(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    (0..input.int_in_range(0..=3)?).map(|_| cut(input)).collect()
}
