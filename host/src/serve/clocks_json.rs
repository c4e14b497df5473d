//! The map of clocks as JSON.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::survey::{ApartCause, ClockEstimate, Side};
use jwtick_core::time::Offset;
use jwtick_core::{TimeBounds, UnixTime};
use serde::Serialize;

use super::clocks::{Conclusion, Party, Snapshot, Told};
use crate::page::json::{self, Interval, Seconds};

/// The map as a line of JSON.
pub(super) fn text(map: &Snapshot) -> String {
    json::line(&MapJson::of(map))
}

/// The map as JSON. Offsets are how far a clock is ahead of UTC; a negative one is behind.
#[derive(Serialize)]
struct MapJson<'m> {
    now: Interval,
    issuers: Vec<PartyJson<'m>>,
    clients: Vec<PartyJson<'m>>,
}

#[derive(Serialize)]
struct PartyJson<'m> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'m str>,
    /// The thumbprint of a client's key (RFC 9449 §6.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    jkt: Option<String>,
    conclusion: &'static str,
    ahead_s: Option<Interval>,
    /// The least difference between the two clocks of an issuer.
    apart_s: Option<Seconds>,
    messages: u64,
    sources: Vec<SourceJson>,
    events: Vec<EventJson>,
    timeline: Vec<PointJson>,
}

#[derive(Serialize)]
struct SourceJson {
    source: &'static str,
    ahead_s: Interval,
    readings: u32,
    low: Option<SideJson>,
    high: Option<SideJson>,
}

#[derive(Serialize)]
struct SideJson {
    bound_s: Seconds,
    at: Interval,
    by: &'static str,
}

#[derive(Serialize)]
struct EventJson {
    at: Seconds,
    source: &'static str,
    cause: &'static str,
    gap_s: Seconds,
}

#[derive(Serialize)]
struct PointJson {
    at: Seconds,
    ahead_s: Interval,
}

impl<'m> MapJson<'m> {
    fn of(map: &'m Snapshot) -> Self {
        let issuers = map.issuers.iter();
        let clients = map.clients.iter();
        let issuers = issuers.map(|(name, party)| PartyJson::of(Some(name), None, party, map.now));
        let clients =
            clients.map(|(key, party)| PartyJson::of(None, Some(thumbprint(*key)), party, map.now));
        Self { now: json::utc(map.now), issuers: issuers.collect(), clients: clients.collect() }
    }
}

impl<'m> PartyJson<'m> {
    fn of(name: Option<&'m str>, jkt: Option<String>, party: &Party, now: TimeBounds) -> Self {
        let (conclusion, offset, apart) = match party.conclusion(now) {
            Conclusion::Unknown => ("unknown", None, None),
            Conclusion::Within(offset) => ("within", Some(offset), None),
            Conclusion::Apart(gap) => ("apart", None, Some(gap)),
        };
        let sources = [&party.signed, &party.dates];
        let events = party.events.iter().map(|event| EventJson {
            at: since_1970(event.at),
            source: event.told.name(),
            cause: cause(event.cause),
            gap_s: Seconds(event.gap),
        });
        let points = party.points.iter();
        let points =
            points.map(|it| PointJson { at: since_1970(it.at), ahead_s: interval(it.offset) });
        Self {
            name,
            jkt,
            conclusion,
            ahead_s: offset.map(interval),
            apart_s: apart.map(Seconds),
            messages: party.messages,
            sources: sources.into_iter().filter_map(|it| SourceJson::of(it, now)).collect(),
            events: events.collect(),
            timeline: points.collect(),
        }
    }
}

impl SourceJson {
    fn of(estimate: &ClockEstimate<Told>, now: TimeBounds) -> Option<Self> {
        let side = |side: Side<Told>| SideJson {
            bound_s: Seconds(side.bound),
            at: json::utc(side.at),
            by: side.source.name(),
        };
        let (low, high) = (estimate.low(), estimate.high());
        Some(Self {
            source: low.or(high)?.source.name(),
            ahead_s: interval(estimate.offset(now)?),
            readings: estimate.readings(),
            low: low.map(side),
            high: high.map(side),
        })
    }
}

const fn cause(cause: ApartCause) -> &'static str {
    match cause {
        ApartCause::Set => "set",
        ApartCause::SetOrTwoClocks => "set-or-two-clocks",
    }
}

const fn interval(offset: Offset) -> Interval {
    Interval::between(offset.least(), offset.most())
}

fn since_1970(at: UnixTime) -> Seconds {
    Seconds(at - UnixTime::EPOCH)
}

pub(super) fn thumbprint(key: [u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::serve::clocks::ClockMap;

    fn snapshot(name: &str) -> Snapshot {
        let (map, issuer) = (ClockMap::new(), Arc::from(name));
        let at = |secs| TimeBounds::exactly(UnixTime::from_secs(secs));
        map.token(&issuer, UnixTime::from_secs(1690), at(2000));
        map.proof([7; 32], UnixTime::from_secs(2005).into(), Some(at(2000)), at(2000));
        map.snapshot(at(2060))
    }

    #[test]
    fn json_states_how_far_clocks_are_ahead() {
        let json: serde_json::Value = serde_json::from_str(&text(&snapshot("login"))).unwrap();
        let issuer = &json["issuers"][0];
        assert_eq!((&issuer["name"], &issuer["conclusion"]), (&"login".into(), &"within".into()));
        assert_eq!(issuer["ahead_s"]["most"], serde_json::Value::Null);
        assert_eq!(issuer["sources"][0]["low"]["bound_s"], -310);
        let client = &json["clients"][0];
        assert_eq!(client["jkt"].as_str().unwrap().len(), 43);
        assert_eq!(client["sources"][0]["high"]["by"], "proof");
    }
}
