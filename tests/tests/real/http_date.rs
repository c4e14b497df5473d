//! `clock --http` with nginx, under clocks that are wrong by decades.

use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_tests::{Authority, Chrony, Identity, Nginx, Outcome, jwtick, one_of_five};
use serde_json::Value;

/// Readings of the clocks when the program starts.
const CLOCKS: &[&str] =
    &["2017-02-28 18:39:51", "1970-01-01 00:00:00", "2040-02-29 23:59:59", "1969-12-31 12:00:00"];

/// A run under a wrong clock, started between two readings of the right one.
struct Run {
    before: f64,
    after: f64,
    outcome: Outcome,
}

/// A run that measured within one round trip, and so found the true offset.
fn measured(clock: &str, arguments: &[&str]) -> Run {
    let measure = || {
        let run = run(clock, arguments);
        run.assert_measured(clock);
        run
    };
    one_of_five(measure, Run::is_narrow).unwrap()
}

fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64()
}

fn run(clock: &str, arguments: &[&str]) -> Run {
    let line = ["clock", "--json", "--timeout", "10s", "--http"].iter().chain(arguments);
    let before = now();
    let outcome = jwtick(line).under("faketime", &[clock]).run();
    Run { before, after: now(), outcome }
}

impl Run {
    fn json(&self) -> Value {
        serde_json::from_str(&self.outcome.stdout).unwrap_or_else(|_| panic!("{}", self.outcome))
    }

    /// `faketime` shifts by whole seconds, counted when it starts: that shift is the truth.
    #[expect(clippy::float_arithmetic, reason = "the contract gives fractions of a second")]
    fn assert_measured(&self, clock: &str) {
        let (least, most) = self.ends();
        let truth = most.floor();
        assert!(least <= truth, "{clock}: {least} to {most} holds no whole second");
        let started = truth + seconds(clock);
        // `faketime` counts by time(2), which lags a tick behind the clock that `before` was read from.
        let (before, after) = ((self.before - 0.01).floor(), self.after);
        assert!(before <= started && started <= after, "{clock}: {before} {started} {after}");
    }

    fn ends(&self) -> (f64, f64) {
        let json = self.json();
        let offset = &json["sources"][0]["offset_s"];
        let (Some(least), Some(most)) = (offset["least"].as_f64(), offset["most"].as_f64()) else {
            panic!("{}", self.outcome)
        };
        (least, most)
    }

    #[expect(clippy::float_arithmetic, reason = "the contract gives fractions of a second")]
    fn is_narrow(&self) -> bool {
        let (least, most) = self.ends();
        most - least <= 0.05
    }

    fn notes(&self) -> String {
        self.json()["sources"][0]["notes"].to_string()
    }

    fn https_error(&self) -> String {
        let json = self.json();
        let sources = json["sources"].as_array().cloned().unwrap_or_default();
        let https = sources.iter().find(|source| source["kind"] == "http");
        https.and_then(|source| source["error"].as_str()).unwrap_or_default().to_owned()
    }

    fn error(&self) -> String {
        self.json()["sources"][0]["error"].as_str().unwrap_or_default().to_owned()
    }
}

/// Compares the printed words with `date` of coreutils.
fn seconds(clock: &str) -> f64 {
    let date =
        std::process::Command::new("date").args(["-u", "+%s", "-d", clock]).output().unwrap();
    String::from_utf8(date.stdout).unwrap().trim().parse().unwrap()
}

#[test]
fn http_measures_any_wrong_clock() {
    let server = Nginx::http();
    thread::scope(|scope| {
        for clock in CLOCKS {
            scope.spawn(|| measured(clock, &[server.url()]));
        }
    });
}

#[test]
fn https_measures_the_clock_and_reports_its_view_of_the_certificate() {
    let authority = Authority::new("an authority of the tests");
    let server = Nginx::https(&authority.certify("localhost", 2026, 2039));
    let ca = authority.file().to_str().unwrap();
    let check = |clock: &str| {
        let run = measured(clock, &[server.url(), "--ca", ca]);
        let late = clock.starts_with("2040");
        let refusal =
            if late { "it expired 2039-01-01" } else { "it is not valid before 2026-01-01" };
        let notes = run.notes();
        assert!(notes.contains("by this machine's clock the certificate"), "{clock}: {notes}");
        assert!(notes.contains(refusal), "{clock}: {notes}");
    };
    thread::scope(|scope| CLOCKS.iter().for_each(|clock| drop(scope.spawn(|| check(clock)))));
}

#[test]
fn ntp_decides_whether_the_certificate_is_valid() {
    let authority = Authority::new("an authority of the tests");
    let server = Nginx::https(&authority.certify("localhost", 2026, 2028));
    let ca = authority.file().to_str().unwrap();
    let (right, later) = (Chrony::start(), Chrony::shifted("+10y"));
    for (name, ntp, refused) in [("right", &right, false), ("ten years on", &later, true)] {
        let address = ntp.address();
        let error = run(CLOCKS[0], &[server.url(), "--ca", ca, "--ntp", &address]).https_error();
        assert_eq!(error.contains("it expired 2028-01-01"), refused, "{name}: {error}");
    }
}

#[test]
fn certificate_that_fails_for_another_reason_is_an_error() {
    let (ours, other) = (Authority::new("ours"), Authority::new("another"));
    let rows = [
        ("expired", ours.certify("localhost", 2015, 2020), &ours, "it expired 2020-01-01"),
        ("not yet", ours.certify("localhost", 2090, 2099), &ours, "it is not valid before 2090-01"),
        ("another's", ours.certify("other.example", 2026, 2039), &ours, "it is for "),
        (
            "unknown",
            ours.certify("localhost", 2026, 2039),
            &other,
            "no authority that is trusted here",
        ),
    ];
    let check = |(name, identity, trusted, refusal): &(&str, Identity, &Authority, &str)| {
        let server = Nginx::https(identity);
        let ca = trusted.file().to_str().unwrap();
        let arguments = [server.url(), "--ca", ca];
        let error = run(CLOCKS[0], &arguments).error();
        assert!(error.starts_with("the certificate of localhost is refused: "), "{name}: {error}");
        assert!(error.contains(refusal), "{name}: {error}");
        let measured = run(CLOCKS[0], &[&arguments[..], &["--insecure-date"]].concat());
        measured.assert_measured(CLOCKS[0]);
        let notes = measured.notes();
        assert!(notes.contains("nothing proves who answered"), "{name}: {notes}");
        assert!(notes.contains(refusal), "{name}: {notes}");
    };
    thread::scope(|scope| rows.iter().for_each(|row| drop(scope.spawn(|| check(row)))));
}
