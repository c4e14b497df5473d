//! Conditions that the answers to a scene must meet.

use serde_json::Value;

use super::Played;
use super::scene::{DateFault, Scene, Slip};

/// A whole second of `iat`, and the delay to a busy server.
const UNDER_WAY: i64 = 10;
/// Maximum duration of a scene, since a stopped clock falls behind by as much.
const LASTS_MS: i64 = 60_000;
/// Both clocks belong to one machine, which reads them at different times.
const READING_MS: i64 = 20;
/// Beyond this, NTP contradicts the server: two seconds are tolerated, and `Date` leaves one open.
const CLOSE_MS: i64 = 3_100;
/// From this size on, a clock is called wrong even if nothing is refused.
const PLAIN: i64 = 10;

/// All errors in the answers.
pub(crate) fn complaints(scene: &Scene, played: &Played) -> Vec<String> {
    let mut complaints = Vec::new();
    complaints.extend(differ(played));
    complaints.extend(fault(scene, &played.probed));
    complaints.extend(offset(scene, &played.probed));
    complaints.extend(remote(scene, &played.probed));
    complaints.extend(correction(scene, &played.probed));
    complaints
}

/// The log alone gives the same answer as the probe.
fn differ(played: &Played) -> Option<String> {
    const SAME: &[&str] = &[
        "cause",
        "clock_fault",
        "direction",
        "certainty",
        "zone",
        "offset_s",
        "offset_if_utc_s",
        "remote_offset_s",
        "summary",
    ];
    let differs = |name: &&&str| played.probed[**name] != played.diagnosed[**name];
    let named = SAME.iter().find(differs).map(|name| format!("diagnose differs in {name}"));
    let silent = played.probed["outcome"].is_null() || played.probed["outcome"] == "unreachable";
    if silent { Some("no answer".to_owned()) } else { named }
}

/// A clock is blamed only if it would cause a refusal, and cleared only if it would not.
fn fault(scene: &Scene, probed: &Value) -> Option<String> {
    let blamed = probed["clock_fault"] == true;
    if blamed && !may_be_blamed(scene) {
        return Some("the clock is blamed".to_owned());
    }
    let refused = probed["outcome"] == "refused";
    let cleared = probed["clock_fault"] == false;
    let alone = refused && scene.slip == Slip::Nothing && has_one_time(scene);
    let seen = scene.date == DateFault::Honest && !scene.frozen;
    if alone && probed["corrected"] != "refused" && (cleared || (seen && !blamed)) {
        return Some("nothing but the clock was wrong, and it is not blamed".to_owned());
    }
    None
}

/// Returns true if one of the clocks would cause a refusal, or NTP shows the local one wrong.
fn may_be_blamed(scene: &Scene) -> bool {
    let ends = shown(scene).into_iter().flat_map(|(least, most)| [least, most]);
    let mut clocks = ends.chain([scene.offset_ms]);
    clocks.any(|clock| is_refused_at(scene, clock))
        || scene.ntp.is_some_and(|ntp| ntp.abs() >= PLAIN)
}

/// Offsets of the server's clocks from this machine's, as its `Date`s show them, in milliseconds.
fn shown(scene: &Scene) -> Vec<(i64, i64)> {
    let stale = match scene.date {
        DateFault::Stale(by) => by * 1_000,
        _ => 0,
    };
    let stopped = if scene.frozen { LASTS_MS } else { 0 };
    let nodes = [Some(scene.offset_ms), scene.other_node_ms];
    nodes.into_iter().flatten().map(|node| (node - stale - stopped, node - stale)).collect()
}

fn is_refused_at(scene: &Scene, offset_ms: i64) -> bool {
    let ends = offset_ms + UNDER_WAY * 1_000 >= (scene.lifetime + scene.leeway) * 1_000;
    let begins = scene.minds_future && -offset_ms > scene.leeway * 1_000;
    let too_far = scene.lifetime * 1_000 - offset_ms > scene.longest_lifetime() * 1_000;
    ends || begins || too_far
}

/// Returns true if all times that the server sends agree.
fn has_one_time(scene: &Scene) -> bool {
    scene.other_node_ms.is_none() && !matches!(scene.date, DateFault::Stale(_))
}

/// The stated offset of the local clock contains the truth: relative to UTC if a time service was used,
/// otherwise relative to the server.
fn offset(scene: &Scene, probed: &Value) -> Option<String> {
    let stated = Interval::of(&probed["offset_s"])?;
    let utc = scene.ntp.map(|utc| (utc * 1_000, utc * 1_000));
    let references = match probed["cause"].as_str() {
        Some("remote-clock") if utc.is_some() => vec![],
        _ => shown(scene),
    };
    let mut references = references.into_iter().chain(utc);
    let right = references.any(|(least, most)| stated.meets(least - READING_MS, most + READING_MS));
    (!right).then(|| format!("the offset is not in {stated:?}"))
}

/// The stated offset of the server's clock contains the truth, too.
fn remote(scene: &Scene, probed: &Value) -> Option<String> {
    let stated = Interval::of(&probed["remote_offset_s"])?;
    let simple = has_one_time(scene) && !scene.frozen;
    let utc = scene.ntp.filter(|_| simple)?;
    let right = stated.holds(utc * 1_000 - scene.offset_ms);
    (!right).then(|| format!("the server's offset is not in {stated:?}"))
}

/// By the server's time, everything succeeds that only a clock prevented. That time is not used if
/// NTP contradicts it.
fn correction(scene: &Scene, probed: &Value) -> Option<String> {
    let clean = scene.slip == Slip::Nothing && has_one_time(scene) && !scene.frozen;
    let tried = clean && scene.date == DateFault::Honest && scene.correct;
    let refused = tried && probed["outcome"] == "refused";
    let apart = scene.ntp.map_or(0, |utc| (utc * 1_000 - scene.offset_ms).abs());
    if refused && apart > CLOSE_MS {
        let used = probed["not_corrected"] != "contradicted" || !probed["corrected"].is_null();
        return used.then(|| "NTP contradicts the server, and its time is used".to_owned());
    }
    let unclear = apart > 0;
    let wrong = refused && !unclear && probed["corrected"] != "connected";
    let blamed = probed["corrected"] == "refused" && probed["clock_fault"] == true;
    let wrong = wrong.then(|| "the correction does not work".to_owned());
    wrong.or_else(|| blamed.then(|| "refused again, and the clock is blamed".to_owned()))
}

/// An interval in milliseconds; an open end is `None`.
#[derive(Debug, Clone, Copy)]
struct Interval {
    least: Option<f64>,
    most: Option<f64>,
}

impl Interval {
    #[expect(clippy::float_arithmetic, reason = "JSON gives fractions of a second")]
    fn of(value: &Value) -> Option<Self> {
        let end = |name: &str| value[name].as_f64().map(|secs| secs * 1_000.0);
        value.is_object().then(|| Self { least: end("least"), most: end("most") })
    }

    fn holds(self, millis: i64) -> bool {
        self.meets(millis - READING_MS, millis + READING_MS)
    }

    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "some days of them")]
    fn meets(self, least: i64, most: i64) -> bool {
        self.least.is_none_or(|own| own <= most as f64)
            && self.most.is_none_or(|own| least as f64 <= own)
    }
}
