//! Servers that send wrong data, break the protocol or never finish: each ends in time with an
//! error that gives the reason.

use std::io::{self, Write};
use std::thread;

use super::server::Peer;
use super::*;

type Talk = fn(&mut Peer<'_>) -> io::Result<()>;

/// Answers every request with these bytes.
fn always(peer: &mut Peer<'_>, answer: impl Fn() -> String) -> io::Result<()> {
    while peer.request()?.is_some() {
        peer.stream.write_all(answer().as_bytes())?;
    }
    Ok(())
}

fn endless(peer: &mut Peer<'_>, start: &str, again: &[u8]) -> io::Result<()> {
    peer.request()?;
    peer.stream.write_all(start.as_bytes())?;
    let again = again.repeat(64);
    // 100 MB, if the client reads it.
    for _ in 0..100_000_000 / again.len() {
        peer.stream.write_all(&again)?;
    }
    Ok(())
}

/// Server behaviour, time limit, and expected message.
const ROWS: &[(&str, Talk, u64, &str)] = &[
    (
        "no Date",
        |peer| always(peer, || "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".into()),
        5_000,
        "expected a Date header, but the answer has none",
    ),
    (
        "two Dates",
        |peer| always(peer, || answer("200 OK", Span::ZERO, "date: today\r\n")),
        5_000,
        "expected one Date header, but the answer has several",
    ),
    (
        "another form",
        |peer| always(peer, || "HTTP/1.1 200 OK\r\nDate: 2026-01-02T03:04:05Z\r\n\r\n".into()),
        5_000,
        "the answer has the Date `2026-01-02T03:04:05Z`: expected a weekday's name",
    ),
    (
        "a frozen Date",
        |peer| {
            let frozen = answer("200 OK", Span::ZERO, "");
            always(peer, || frozen.clone())
        },
        10_000,
        "expected Date to advance, but it stayed at ",
    ),
    (
        "a cache",
        |peer| always(peer, || answer("200 OK", Span::ZERO, "Age: 0\r\n")),
        5_000,
        "all 8 answers have Age, so a cache had stored them",
    ),
    (
        "two clocks",
        |peer| {
            let mut ahead = Span::ZERO;
            while peer.request()?.is_some() {
                peer.stream.write_all(answer("200 OK", ahead, "").as_bytes())?;
                ahead = ahead + Span::from_secs(60);
            }
            Ok(())
        },
        10_000,
        "the Dates of two answers differ by ",
    ),
    (
        "a clock that was never set",
        |peer| always(peer, || answer("200 OK", Span::from_secs(-20 * 366 * 86_400), "")),
        10_000,
        "the server says 200",
    ),
    (
        "a head byte by byte",
        |peer| {
            peer.request()?;
            for byte in answer("200 OK", Span::ZERO, "").bytes() {
                peer.stream.write_all(&[byte])?;
                thread::sleep(Duration::from_millis(50));
            }
            Ok(())
        },
        600,
        "no answer within ",
    ),
    (
        "silence",
        |peer| {
            while peer.request()?.is_some() {}
            Ok(())
        },
        600,
        "no answer within ",
    ),
    (
        "a field without end",
        |peer| endless(peer, "HTTP/1.1 200 OK\r\nX: ", b"xxxxxxxxxxxxxxxx"),
        5_000,
        "the head of the answer is longer than 64 KiB",
    ),
    (
        "fields without end",
        |peer| endless(peer, "HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        5_000,
        "the head of the answer is longer than 64 KiB",
    ),
    (
        "interim answers without end",
        |peer| endless(peer, "", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        5_000,
        "the connection broke: ",
    ),
    (
        "a circle",
        |peer| always(peer, || answer("302 Found", Span::ZERO, "Location: /\r\n")),
        5_000,
        "redirected more than 5 times",
    ),
    (
        "to nowhere",
        |peer| always(peer, || answer("302 Found", Span::ZERO, "Location: file:///x\r\n")),
        5_000,
        "expected a redirect to an http:// or https:// URL, but found `file:///x`",
    ),
    ("SSH", |peer| peer.stream.write_all(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"), 5_000, "the "),
    (
        "noise",
        |peer| {
            peer.request()?;
            peer.stream.write_all(&[0x16, 0x03, 0x01, 0xff].repeat(500))
        },
        5_000,
        "the answer is not HTTP/1.1: ",
    ),
    ("closes at once", |_| Ok(()), 5_000, "the "),
    (
        "closes when asked",
        |peer| peer.request().map(drop),
        5_000,
        "the server closed the connection before its answer was complete",
    ),
];

#[test]
fn hostile_servers_are_rejected_within_deadline() {
    thread::scope(|scope| {
        for &(name, talk, millis, expected) in ROWS {
            scope.spawn(move || {
                let server = Server::talking(talk);
                let (within, started) = (Duration::from_millis(millis), Instant::now());
                let error = observe(&server.url(), within).map(|it| it.offset).expect_err(name);
                let (took, said) = (started.elapsed(), error.to_string());
                assert!(took < within + BUSY, "{name}: {took:?}");
                assert!(said.starts_with(expected), "{name}: {said}");
            });
        }
    });
}

#[test]
fn endless_body_costs_only_a_connection() {
    let server = Server::talking(|peer| {
        if peer.request()?.is_some_and(|head| head.starts_with("HEAD ")) {
            let refusal = answer("501 Not Implemented", Span::ZERO, "");
            return peer.stream.write_all(refusal.as_bytes());
        }
        let head = answer("200 OK", Span::ZERO, "").replace("Length: 0", "Length: 100000000");
        peer.stream.write_all(head.as_bytes())?;
        let megabyte = vec![b'x'; 1_000_000];
        (0..100).try_for_each(|_| peer.stream.write_all(&megabyte))
    });
    let observed = observe(&server.url(), LONG).unwrap();
    assert_measures("bodies", &observed, Span::ZERO);
}

#[test]
fn closed_port_is_connect_error() {
    let address = Server::answering(|_| String::new()).address();
    let error = observe(&format!("http://{address}/"), LONG).unwrap_err();
    let expected = format!("cannot connect to {address}: ");
    assert!(error.to_string().starts_with(&expected), "{error}");
}
