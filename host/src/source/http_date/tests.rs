//! `Date` from real servers on loopback: correct, broken and hostile ones.

mod hostile;
mod mutated;
mod proxied;
mod secure;
mod server;

use core::time::Duration;
use std::path::PathBuf;
use std::time::Instant;

use jwtick_core::Span;
use jwtick_core::survey::Kinship;

use super::*;

use server::{Server, answer};

const LONG: Duration = Duration::from_secs(10);
/// Extra time for a busy machine.
const BUSY: Duration = Duration::from_secs(30);

fn target(url: &str) -> Target {
    Target::parse(url).unwrap()
}

fn trusting(authorities: Vec<PathBuf>) -> Trust {
    Trust { authorities, utc: os::known() }
}

fn observe(url: &str, within: Duration) -> Result<Observation, SourceError> {
    let source = HttpDateSource::new(
        target(url),
        trusting(Vec::new()),
        Unproved::Refused,
        Follow::NamedHost,
    );
    source.observe(&LocalClock::read(), Instant::now() + within)
}

/// Asserts that the measured offset of a server is `ahead`. A single `Date` gives an interval of
/// more than a second; how much a series narrows it depends on the load of the machine.
#[track_caller]
fn assert_measures(name: &str, observed: &Observation, ahead: Span) {
    let offset = observed.offset;
    assert!(offset.contains(ahead), "{name}: {offset:?}");
    assert!(width(observed) <= Span::from_millis(1_100), "{name}: {offset:?}");
}

fn width(observed: &Observation) -> Span {
    observed.offset.most() - observed.offset.least()
}

#[test]
fn series_narrows_a_second_to_a_round_trip() {
    let hour = Span::from_millis(3_600_500);
    let rows = [
        ("kept", Span::ZERO, "", "200 OK"),
        ("ahead", hour, "", "200 OK"),
        ("behind", -hour, "", "404 Not Found"),
        ("closed each time", Span::ZERO, "Connection: close\r\n", "200 OK"),
        ("authentication required", Span::ZERO, "WWW-Authenticate: Basic\r\n", "401 Unauthorized"),
    ];
    std::thread::scope(|scope| {
        for (name, ahead, fields, status) in rows {
            scope.spawn(move || {
                let measure = |_| {
                    let server = Server::answering(move |_| answer(status, ahead, fields));
                    let observed = observe(&server.url(), LONG).expect(name);
                    assert_measures(name, &observed, ahead);
                    assert!(server.requests() <= MOST_REQUESTS, "{name}: {}", server.requests());
                    let kept = fields.contains("close") || server.connections() == 1;
                    assert!(kept, "{name}: {} connections", server.connections());
                    assert_eq!(observed.notes, [], "{name}");
                    width(&observed)
                };
                // A busy machine can spoil one series, but not five in a row.
                let narrow = (0..5).map(measure).any(|width| width <= Span::from_millis(50));
                assert!(narrow, "{name}: never as narrow as a round trip");
            });
        }
    });
}

#[test]
fn series_at_deadline_returns_proved_interval() {
    let server = Server::answering(|_| answer("200 OK", Span::ZERO, ""));
    let (within, started) = (Duration::from_millis(2_500), Instant::now());
    let observed = observe(&server.url(), within).unwrap();
    assert!(started.elapsed() < within + BUSY, "{:?}", started.elapsed());
    assert_measures("cut short", &observed, Span::ZERO);
    // A busy machine may not answer in time, and a second may end in between: most tries do neither.
    let brief = || observe(&server.url(), Duration::from_millis(20));
    let is_unmoved = |_| matches!(brief(), Err(SourceError::Date(DateError::Unmoved)));
    assert!((0..50).any(is_unmoved));
}

#[test]
fn get_is_sent_if_head_is_refused() {
    let server = Server::answering(|request| {
        if request.starts_with("HEAD ") {
            answer("405 Method Not Allowed", Span::ZERO, "")
        } else {
            assert!(request.starts_with("GET / HTTP/1.1\r\n"), "{request}");
            let head = answer("200 OK", Span::ZERO, "").replace("Length: 0", "Length: 5");
            head + "hello"
        }
    });
    let observed = observe(&server.url(), LONG).unwrap();
    assert_measures("405", &observed, Span::ZERO);
}

#[test]
fn proxy_in_via_is_reported() {
    let fields = "Via: 1.1 gate (squid)\r\n";
    let server = Server::answering(move |_| answer("200 OK", Span::ZERO, fields));
    let observed = observe(&server.url(), LONG).unwrap();
    let via = Note::Http(HttpNote::Via { proxy: "1.1 gate (squid)".to_owned() });
    assert_eq!(observed.notes, [via]);
}

#[test]
fn redirects_are_followed_and_reported() {
    let end = Server::answering(|_| answer("200 OK", Span::ZERO, ""));
    let onwards = format!("Location: {}end?x\r\n", end.url());
    let ahead = Span::from_secs(600);
    let start = Server::answering(move |_| answer("301 Moved Permanently", ahead, &onwards));
    let observed = observe(&start.url(), LONG).unwrap();
    assert_measures("redirected", &observed, Span::ZERO);
    let [Note::Http(HttpNote::Redirected { from, to, offset: Some(offset) })] = &observed.notes[..]
    else {
        panic!("{:?}", observed.notes)
    };
    assert_eq!((from, to), (&start.url(), &format!("{}end?x", end.url())));
    assert!(offset.contains(ahead), "{offset:?}");
}

#[test]
fn redirect_leaves_the_host_only_if_permitted() {
    const ROWS: &[(&str, Follow, &str)] = &[
        ("http://127.0.0.2:9/", Follow::NamedHost, "redirected to another host, "),
        ("//localhost:9/", Follow::NamedHost, "redirected to another host, "),
        ("http://127.0.0.2:9/", Follow::AnyHost, "cannot connect to 127.0.0.2:9: "),
        ("http://127.0.0.1:9/", Follow::NamedHost, "cannot connect to 127.0.0.1:9: "),
        ("http://[::ffff:127.0.0.1]:9/", Follow::NamedHost, "cannot connect to ::ffff:127.0.0.1:9"),
        ("http://169.254.1.1/", Follow::AnyHost, "redirected to the link-local address "),
        ("http://[fe80::1]/", Follow::AnyHost, "redirected to the link-local address "),
        ("http://2852039166/", Follow::AnyHost, "redirected to 2852039166, whose address "),
    ];
    for &(to, follow, expected) in ROWS {
        let fields = format!("Location: {to}\r\n");
        let start = Server::answering(move |_| answer("302 Found", Span::ZERO, &fields));
        let trust = trusting(Vec::new());
        let source = HttpDateSource::new(target(&start.url()), trust, Unproved::Refused, follow);
        let error = source.observe(&LocalClock::read(), Instant::now() + LONG).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{to}: {error}");
    }
}

#[test]
fn answers_by_two_names_come_from_one_host() {
    let server = Server::answering(|_| answer("200 OK", Span::ZERO, ""));
    let short = Duration::from_secs(4);
    let one = observe(&server.url(), short).unwrap().responder;
    let other = server.url().replace("127.0.0.1", "localhost");
    let other = observe(&other, short).unwrap().responder;
    assert_eq!(one.kinship(&other), "127.0.0.1".parse().ok().map(Kinship::Address));
}

#[test]
fn cached_redirect_gives_no_offset() {
    let end = Server::answering(|_| answer("200 OK", Span::ZERO, ""));
    let onwards = format!("Age: 7\r\nLocation: {}\r\n", end.url());
    let start = Server::answering(move |_| answer("308 Permanent Redirect", Span::ZERO, &onwards));
    let observed = observe(&start.url(), LONG).unwrap();
    let (from, to) = (start.url(), end.url());
    assert_eq!(observed.notes, [Note::Http(HttpNote::Redirected { from, to, offset: None })]);
}
