//! Metrics in the text form of OpenMetrics. Every label has a closed set of values: names of the
//! configuration, and codes. Texts of errors and clients are no labels.

use core::sync::atomic::AtomicU64;
use core::time::Duration;
use std::sync::{Arc, Mutex, PoisonError};

use jwtick_core::{Span, TimeBounds, UnixTime};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric, text};
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::metrics::{MetricType, TypedMetric};
use prometheus_client::registry::Registry;

use crate::source::os;

/// The media type of [`Metrics::text`].
pub(crate) const KIND: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Signed: a token that expired 4 s ago has a margin of −4 s.
const MARGINS: [f64; 17] = [
    -3600.0, -300.0, -60.0, -30.0, -10.0, -5.0, -2.0, -1.0, 0.0, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0,
    300.0, 3600.0,
];
const OFFSETS: [f64; 15] =
    [-300.0, -60.0, -30.0, -10.0, -5.0, -2.0, -1.0, 0.0, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0];
const STORE_SECONDS: [f64; 10] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.3];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Verdict {
    front: &'static str,
    issuer: Arc<str>,
    verdict: &'static str,
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Edge {
    issuer: Arc<str>,
    edge: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OffsetBound {
    issuer: Arc<str>,
    bound: &'static str,
    source: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Side {
    side: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfIssuer {
    issuer: Arc<str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Fetch {
    issuer: Arc<str>,
    result: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refetch {
    issuer: Arc<str>,
    refetch: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct KeySetHash {
    issuer: Arc<str>,
    hash: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Replay {
    result: &'static str,
}

type Seconds = Gauge<f64, AtomicU64>;

/// All metrics of a service.
pub(crate) struct Metrics {
    registry: Registry,
    verdicts: Family<Verdict, Counter>,
    margins: Family<Edge, Histogram, fn() -> Histogram>,
    issuer_offset: Family<OffsetBound, Seconds>,
    client_offset: Histogram,
    local_bound: Family<Side, Seconds>,
    last_success: Family<OfIssuer, Seconds>,
    fetches: Family<Fetch, Counter>,
    unknown_kid: Family<Refetch, Counter>,
    key_sets: Family<KeySetHash, Gauge>,
    /// Held while gauges are measured and written.
    reading: Mutex<()>,
    replays: Family<Replay, Counter>,
    replay_seconds: Histogram,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::default(),
            verdicts: Family::default(),
            margins: Family::new_with_constructor(|| Histogram::new(MARGINS)),
            issuer_offset: Family::default(),
            client_offset: Histogram::new(OFFSETS),
            local_bound: Family::default(),
            last_success: Family::default(),
            fetches: Family::default(),
            unknown_kid: Family::default(),
            key_sets: Family::default(),
            reading: Mutex::default(),
            replays: Family::default(),
            replay_seconds: Histogram::new(STORE_SECONDS),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    // The library appends `_total` and `_info`, and a full stop to each text.
    fn register(&mut self) {
        let (all, to) = (&mut self.registry, Clone::clone);
        all.register("jwtick_verdicts", "Decisions about requests", to(&self.verdicts));
        let about = "Time to the edge of a token (exp, nbf, iat); negative is outside";
        all.register("jwtick_time_margin_seconds", about, self.margins.clone());
        let about = "Bounds on the clock of an issuer minus UTC";
        all.register("jwtick_issuer_clock_offset_seconds", about, self.issuer_offset.clone());
        let about = "Clocks of clients minus UTC, where bounds are narrower than 5 s";
        all.register("jwtick_client_clock_offset_seconds", about, self.client_offset.clone());
        let about = "UTC minus the clock of this host, at least and at most";
        all.register("jwtick_local_clock_bound_seconds", about, self.local_bound.clone());
        let about = "Time at which the keys of an issuer were last fetched";
        let name = "jwtick_jwks_last_success_timestamp_seconds";
        all.register(name, about, self.last_success.clone());
        all.register("jwtick_jwks_fetch", "Attempts to fetch keys", self.fetches.clone());
        let about = "Tokens with an unknown kid, by whether keys were fetched again";
        all.register("jwtick_jwks_unknown_kid", about, self.unknown_kid.clone());
        let about = "Hash of the key set of an issuer";
        all.register("jwtick_jwks_keyset_info", about, self.key_sets.clone());
        all.register("jwtick_replay", "Checks for replays", self.replays.clone());
        let about = "Time that the replay store took";
        all.register("jwtick_replay_seconds", about, self.replay_seconds.clone());
        let version = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        all.register("jwtick_build", "Version of jwtick", version);
        let started = os::reading();
        all.register_collector(Box::new(Process { started }));
    }

    /// Counts a decision; `reason` is its code, empty for a request that may pass.
    pub(crate) fn verdict(
        &self,
        front: &'static str,
        issuer: Option<&Arc<str>>,
        verdict: &'static str,
        reason: &'static str,
    ) {
        let issuer = issuer.map_or_else(|| Arc::from(""), Arc::clone);
        self.verdicts.get_or_create(&Verdict { front, issuer, verdict, reason }).inc();
    }

    /// Observes the least time from now to an edge (`exp`, `nbf`, `iat`).
    pub(crate) fn margin(&self, issuer: &Arc<str>, edge: &'static str, least: Span) {
        let edge = Edge { issuer: Arc::clone(issuer), edge };
        self.margins.get_or_create(&edge).observe(seconds(least));
    }

    /// Sets bounds on the offset of an issuer's clock by a source, `token` or `date`.
    pub(crate) fn issuer_offset(
        &self,
        issuer: &Arc<str>,
        source: &'static str,
        bounds: [(&'static str, Option<Span>); 2],
    ) {
        for (bound, value) in bounds {
            let label = OffsetBound { issuer: Arc::clone(issuer), bound, source };
            if let Some(value) = value {
                self.issuer_offset.get_or_create(&label).set(seconds(value));
            }
        }
    }

    /// Observes the middle of a narrow interval for a client's clock.
    pub(crate) fn client_offset(&self, middle: Span) {
        self.client_offset.observe(seconds(middle));
    }

    /// Sets the bounds on UTC, as seen from the clock of this host.
    pub(crate) fn local_bounds(&self, utc: TimeBounds, local: UnixTime) {
        for (side, edge) in [("low", utc.earliest()), ("high", utc.latest())] {
            let value = if edge == UnixTime::MAX { f64::INFINITY } else { seconds(edge - local) };
            self.local_bound.get_or_create(&Side { side }).set(value);
        }
    }

    /// Sets the number of attempts to fetch keys with a result, which is a code.
    pub(crate) fn fetched(&self, issuer: &Arc<str>, result: &'static str, total: u64) {
        raise(&self.fetches.get_or_create(&Fetch { issuer: Arc::clone(issuer), result }), total);
    }

    /// Sets the keys that are in use, and the time at which they were fetched.
    pub(crate) fn key_set(&self, issuer: &Arc<str>, at: UnixTime, hash: &str) {
        let label = KeySetHash { issuer: Arc::clone(issuer), hash: hash.to_owned() };
        self.key_sets.get_or_create(&label).set(1);
        let issuer = OfIssuer { issuer: Arc::clone(issuer) };
        self.last_success.get_or_create(&issuer).set(seconds(at - UnixTime::EPOCH));
    }

    /// Sets the number of tokens with an unknown `kid`; `refetch` is `done` or `cooldown`.
    pub(crate) fn unknown_kid(&self, issuer: &Arc<str>, refetch: &'static str, total: u64) {
        let label = Refetch { issuer: Arc::clone(issuer), refetch };
        raise(&self.unknown_kid.get_or_create(&label), total);
    }

    /// Counts a check for replays: `new`, `seen`, `error` or `too_long`.
    pub(crate) fn replay(&self, result: &'static str, took: Option<Duration>) {
        self.replays.get_or_create(&Replay { result }).inc();
        if let Some(took) = took {
            self.replay_seconds.observe(took.as_secs_f64());
        }
    }

    /// Returns all metrics as text of the type [`KIND`]. `measure` sets the gauges of all issuers: those of
    /// an issuer or of keys that a reload removed do not stay.
    pub(crate) fn text(&self, measure: impl FnOnce(&Self)) -> String {
        // Another reader would miss the gauges that are not measured again yet. No code panics while it
        // holds the lock.
        let _reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        self.issuer_offset.clear();
        self.last_success.clear();
        self.key_sets.clear();
        measure(self);
        let mut text = String::new();
        // A String takes everything.
        let _ = text::encode(&mut text, &self.registry);
        text
    }
}

/// Raises a counter to a total that is counted elsewhere. A reload may start that from zero.
fn raise(counter: &Counter, total: u64) {
    counter.inc_by(total.saturating_sub(counter.get()));
}

fn seconds(span: Span) -> f64 {
    let length = Duration::from_micros(span.as_micros().unsigned_abs()).as_secs_f64();
    length.copysign(if span < Span::ZERO { -1.0 } else { 1.0 })
}

/// The metrics that Prometheus clients have for their process.
#[derive(Debug)]
struct Process {
    started: UnixTime,
}

impl Collector for Process {
    fn encode(&self, mut all: DescriptorEncoder<'_>) -> Result<(), core::fmt::Error> {
        let started = ConstGauge::new(seconds(self.started - UnixTime::EPOCH));
        let about = "Start of the process.";
        add(&mut all, "process_start_time_seconds", about, &started)?;
        if let Some(used) = os::processor_time() {
            let used = ConstCounter::new(used.as_secs_f64());
            add(&mut all, "process_cpu_seconds", "Processor time.", &used)?;
        }
        if let Some(bytes) = os::resident_bytes() {
            let bytes = ConstGauge::new(i64::try_from(bytes).unwrap_or(i64::MAX));
            add(&mut all, "process_resident_memory_bytes", "Resident memory.", &bytes)?;
        }
        if let Some(open) = os::open_files() {
            let open = ConstGauge::new(i64::try_from(open).unwrap_or(i64::MAX));
            add(&mut all, "process_open_fds", "Open file descriptors.", &open)?;
        }
        Ok(())
    }
}

fn add<M: EncodeMetric + TypedMetric>(
    all: &mut DescriptorEncoder<'_>,
    name: &str,
    about: &str,
    metric: &M,
) -> Result<(), core::fmt::Error> {
    let kind: MetricType = metric.metric_type();
    metric.encode(all.encode_descriptor(name, about, None, kind)?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The text of metrics of which every family has a value.
    fn filled() -> String {
        let metrics = Metrics::default();
        let issuer: Arc<str> = "login".into();
        metrics.verdict("nginx", Some(&issuer), "refuse", "expired");
        metrics.margin(&issuer, "exp", Span::from_millis(-4_500));
        metrics.client_offset(Span::from_millis(250));
        let now = UnixTime::from_secs(1_700_000_000);
        metrics.local_bounds(TimeBounds::since(now), now + Span::from_secs(1));
        metrics.fetched(&issuer, "ok", 2);
        metrics.unknown_kid(&issuer, "cooldown", 1);
        metrics.replay("seen", Some(Duration::from_millis(1)));
        let bounds = [("low", Some(Span::from_secs(-312))), ("high", Some(Span::from_secs(-310)))];
        metrics.text(|metrics| {
            metrics.issuer_offset(&issuer, "date", bounds);
            metrics.key_set(&issuer, now, "new");
        })
    }

    #[test]
    fn values_are_written_with_their_labels() {
        let text = filled();
        let lines = [
            r#"jwtick_verdicts_total{front="nginx",issuer="login",verdict="refuse",reason="expired"} 1"#,
            r#"jwtick_time_margin_seconds_sum{issuer="login",edge="exp"} -4.5"#,
            r#"jwtick_time_margin_seconds_bucket{le="-5.0",issuer="login",edge="exp"} 0"#,
            r#"jwtick_time_margin_seconds_bucket{le="-2.0",issuer="login",edge="exp"} 1"#,
            r#"jwtick_issuer_clock_offset_seconds{issuer="login",bound="low",source="date"} -312.0"#,
            r#"jwtick_local_clock_bound_seconds{side="low"} -1.0"#,
            r#"jwtick_local_clock_bound_seconds{side="high"} inf"#,
            r#"jwtick_jwks_last_success_timestamp_seconds{issuer="login"} 1700000000.0"#,
            r#"jwtick_jwks_keyset_info{issuer="login",hash="new"} 1"#,
            r#"jwtick_jwks_unknown_kid_total{issuer="login",refetch="cooldown"} 1"#,
            r#"jwtick_replay_total{result="seen"} 1"#,
            "# EOF",
        ];
        for line in lines {
            assert!(text.lines().any(|it| it == line), "{line}\n{text}");
        }
        assert!(text.contains(concat!("jwtick_build_info{version=\"", env!("CARGO_PKG_VERSION"))));
    }

    #[test]
    fn gauges_of_an_earlier_reading_do_not_stay() {
        let (metrics, now) = (Metrics::default(), UnixTime::from_secs(1_700_000_000));
        let read = |issuer: &str, hash: &str, high: Option<Span>| {
            let bounds = [("low", Some(Span::ZERO)), ("high", high)];
            metrics.text(|metrics| {
                metrics.issuer_offset(&issuer.into(), "date", bounds);
                metrics.key_set(&issuer.into(), now, hash);
            })
        };
        let first = read("login", "old", Some(Span::ZERO));
        assert!(first.contains(r#"hash="old""#) && first.contains(r#"bound="high""#), "{first}");
        let text = read("login", "new", None);
        assert!(!text.contains(r#"hash="old""#) && !text.contains(r#"bound="high""#), "{text}");
        let text = read("other", "new", None);
        assert!(!text.contains(r#"issuer="login""#), "{text}");
    }

    /// The names of metrics in a query of Prometheus.
    fn names(query: &str) -> impl Iterator<Item = &str> {
        let words = query.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
        words.filter(|word| word.starts_with("jwtick_") || word.starts_with("process_"))
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn dashboard_shows_every_metric_and_no_other() {
        let path =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../.ci/package/jwtick-serve-dashboard.json");
        let board: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let targets = board["panels"].as_array().unwrap().iter();
        let targets = targets.flat_map(|panel| panel["targets"].as_array().unwrap());
        let queries = targets.map(|target| target["expr"].as_str().unwrap());
        let shown: BTreeSet<String> = queries.flat_map(names).map(str::to_owned).collect();
        let text = filled();
        let series = text.lines().filter(|line| !line.starts_with('#'));
        let written: BTreeSet<&str> =
            series.map(|line| line.split(['{', ' ']).next().unwrap()).collect();
        for name in &shown {
            assert!(written.contains(name.as_str()), "{name} is shown, but not written");
        }
        for line in text.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
            let (name, kind) = line.split_once(' ').unwrap();
            let end = match kind {
                "counter" => "_total",
                "histogram" => "_bucket",
                "info" => "_info",
                _ => "",
            };
            assert!(shown.contains(&format!("{name}{end}")), "{name} is written, but not shown");
        }
    }
}
