//! The map of clocks as JSON.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::survey::{ApartCause, ClockEstimate, Side};
use jwtick_core::time::Offset;
use jwtick_core::{Span, TimeBounds, UnixTime};
use serde_json::{Value, json};

use super::clocks::{Conclusion, Party, Snapshot, Told};
use crate::notation::duration::decimal;

/// The map as a line of JSON.
pub(super) fn text(map: &Snapshot) -> String {
    format!("{}\n", map_json(map))
}

/// The map as JSON. Offsets are how far a clock is ahead of UTC; a negative one is behind.
fn map_json(map: &Snapshot) -> Value {
    let issuers = map.issuers.iter();
    let issuers = issuers.map(|(name, it)| party("name", name, it, map.now));
    // The thumbprint of a client's key (RFC 9449 §6.1).
    let clients = map.clients.iter();
    let clients = clients.map(|(key, it)| party("jkt", &thumbprint(*key), it, map.now));
    json!({
        "now": utc(map.now),
        "issuers": issuers.collect::<Vec<_>>(),
        "clients": clients.collect::<Vec<_>>(),
    })
}

fn party(kind: &str, name: &str, party: &Party, now: TimeBounds) -> Value {
    let (conclusion, offset, apart) = match party.conclusion(now) {
        Conclusion::Unknown => ("unknown", None, None),
        Conclusion::Within(offset) => ("within", Some(offset), None),
        Conclusion::Apart(gap) => ("apart", None, Some(gap)),
    };
    let sources = [&party.signed, &party.dates].into_iter().filter_map(|it| source(it, now));
    let events = party.events.iter().map(|event| {
        let (at, gap) = (since_1970(event.at), seconds(event.gap));
        json!({ "at": at, "source": event.told.name(), "cause": cause(event.cause), "gap_s": gap })
    });
    let points = party.points.iter();
    let points =
        points.map(|it| json!({ "at": since_1970(it.at), "ahead_s": interval(it.offset) }));
    json!({
        kind: name,
        "conclusion": conclusion,
        "ahead_s": offset.map(interval),
        "apart_s": apart.map(seconds),
        "messages": party.messages,
        "sources": sources.collect::<Vec<_>>(),
        "events": events.collect::<Vec<_>>(),
        "timeline": points.collect::<Vec<_>>(),
    })
}

fn source(estimate: &ClockEstimate<Told>, now: TimeBounds) -> Option<Value> {
    let side = |side: Side<Told>| json!({ "bound_s": seconds(side.bound), "at": utc(side.at), "by": side.source.name() });
    let (low, high) = (estimate.low(), estimate.high());
    Some(json!({
        "source": low.or(high)?.source.name(),
        "ahead_s": interval(estimate.offset(now)?),
        "readings": estimate.readings(),
        "low": low.map(side),
        "high": high.map(side),
    }))
}

const fn cause(cause: ApartCause) -> &'static str {
    match cause {
        ApartCause::Set => "set",
        ApartCause::SetOrTwoClocks => "set-or-two-clocks",
    }
}

pub(super) fn interval(offset: Offset) -> Value {
    json!({ "least": seconds(offset.least()), "most": seconds(offset.most()) })
}

fn utc(bounds: TimeBounds) -> Value {
    json!({ "least": since_1970(bounds.earliest()), "most": since_1970(bounds.latest()) })
}

fn since_1970(at: UnixTime) -> Value {
    seconds(at - UnixTime::EPOCH)
}

/// A number of seconds; `null` for an open end.
pub(super) fn seconds(span: Span) -> Value {
    match span {
        Span::MIN | Span::MAX => Value::Null,
        span => serde_json::from_str(&decimal(span)).unwrap_or_default(),
    }
}

pub(super) fn thumbprint(key: [u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::serve::clocks::ClockMap;

    #[test]
    fn json_states_how_far_clocks_are_ahead() {
        let (map, issuer) = (ClockMap::new(), Arc::from("login"));
        let at = |secs| TimeBounds::exactly(UnixTime::from_secs(secs));
        map.token(&issuer, UnixTime::from_secs(1690), at(2000));
        map.proof([7; 32], UnixTime::from_secs(2005).into(), Some(at(2000)), at(2000));
        let json = map_json(&map.snapshot(at(2060)));
        let issuer = &json["issuers"][0];
        assert_eq!((&issuer["name"], &issuer["conclusion"]), (&"login".into(), &"within".into()));
        assert_eq!(issuer["ahead_s"]["most"], Value::Null);
        assert_eq!(issuer["sources"][0]["low"]["bound_s"], -310);
        let client = &json["clients"][0];
        assert_eq!(client["jkt"].as_str().unwrap().len(), 43);
        assert_eq!(client["sources"][0]["high"]["by"], "proof");
    }
}
