//! Texts in words that no row of the catalogue knew, and measured offsets of all kinds of programs.

use jwtick_core::diagnosis::{Cause, ClockFault, Decider, Diagnosis, EvidenceKind};
use jwtick_core::{Diagnoser, Options, Span};

fn diagnose(text: &str) -> Diagnosis {
    let mut diagnoser = Diagnoser::new(Options::default());
    diagnoser.feed(text.as_bytes());
    diagnoser.finish()
}

/// A line of a time service next to a refused certificate, and the offset in milliseconds.
const MEASURED: &[(&str, i64)] = &[
    ("ntpd: setting time to 2025-03-14 09:40:17.507385 (offset +192495.809472s)", 192_495_809),
    (
        "Fri Mar 14 09:40:17 2025 daemon.notice procd: /etc/rc.d/S95done: ntpd: setting time to \
         2025-03-14 09:40:17.507385 (offset -192495.809472s)",
        -192_495_809,
    ),
    (
        "ntpd[77]: set local clock to Fri Mar 14 09:40:17 UTC 2025 (offset 192495.809472s)",
        192_495_809,
    ),
    ("rdate: adjust local clock by 192495.8 seconds", 192_495_800),
    ("2025-03-14 09:40:17.5 (+0000) +192495.8 +/- 0.01 time.example.com 192.0.2.1 s2", 192_495_800),
    ("09:40:17, d:+00.0312549s o:+1212.3345110s  [ * ]", 1_212_334),
    (
        "*Mar  1 00:00:19.123: %SYS-6-CLOCKUPDATE: System clock has been updated from 00:00:18 UTC Mon \
         Mar 1 1993 to 00:01:18 UTC Mon Mar 1 1993, configured from console by vty0.",
        60_000,
    ),
    (
        "system,clock,critical,info ntp change time Jan/02/1970 00:00:12 => Jan/02/1970 00:01:12",
        60_000,
    ),
    (
        "00:00:10.001234 timesync vgsvcTimeSyncWorker: Radical host time change: 7 645 123 000 000ns \
         (HostNow=1 580 000 000 000 000 000 ns)",
        7_645_123,
    ),
    (
        "[warn] Our clock is 5 hours, 14 minutes behind the time published in the consensus network \
         status document (2018-08-19 20:00:00 UTC).",
        18_840_000,
    ),
    (
        "2024/02/21 10:03:07 NOTICE: Time may be set wrong - time from \"www.googleapis.com\" is \
         -23h19m27.635s different from this computer",
        83_967_635,
    ),
    (
        "2023/09/19 10:54:39:803 | Information | OKX RestApi | OKX RestApi Time offset set to 754808ms",
        754_808,
    ),
    // Services without a row: a change of the clock has one sign.
    ("htpdate[9]: Setting time 125.5 seconds, system clock changed by 125.5 seconds", 125_500),
    ("sntp: time stepped by -7201.3 seconds", -7_201_300),
    ("+192495.809472 +/- 0.012 time.example.com 192.0.2.1", 192_495_809),
    ("^* ntp1.example.com   2   6   377    35   -1203s[-1204s] +/-   12ms", 1_203_000),
    ("Mar 14 09:40:17 r1 xntpd[411]: time reset (step) 1203.456 s", 1_203_456),
    (
        "The system time has changed to \u{200e}2025\u{200e}-\u{200e}03\u{200e}-\u{200e}14T10:00:17.500000000Z \
         from \u{200e}2025\u{200e}-\u{200e}03\u{200e}-\u{200e}14T09:40:17.000000000Z.",
        1_200_500,
    ),
];

#[test]
fn time_services_of_all_kinds_are_read() {
    const REFUSED: &str = "curl: (60) SSL certificate problem: certificate is not yet valid\n";
    for &(line, millis) in MEASURED {
        let said = diagnose(&format!("{REFUSED}{line}\n"));
        let Some(offset) = said.offset else { panic!("{line}: no offset") };
        assert_eq!(said.fault, ClockFault::Found, "{line}");
        assert!(offset.contains(Span::from_millis(millis)), "{line}: {offset:?}");
        assert!(!offset.contains(Span::ZERO), "{line}: {offset:?}");
    }
}

/// The same words where no time service writes them: in the message of another program.
#[test]
fn words_of_strangers_set_no_offset() {
    for &(line, _) in
        MEASURED.iter().filter(|(line, _)| !line.starts_with(|c: char| c.is_ascii_digit()))
    {
        for head in [
            "Jan  9 14:00:00 web sshd[1]: Invalid user ",
            "2024-01-09T14:00:00Z INFO login failed for ",
            "2024-01-09T14:00:00Z web app[1]: request body was: ",
        ] {
            let said = diagnose(&format!("{head}{line}\n{head}{line}\nJWT has expired\n"));
            assert_eq!(said.fault, ClockFault::Open, "{head}{line}");
        }
    }
}

#[test]
fn tolerance_of_openid_client_is_undone() {
    const ERROR: &str = "RPError: JWT not active yet, now 1649681061, nbf 1649681094\n    \
                         at Client.validateJWT (client.js:956:15) {\n";
    let least = |text: &str| diagnose(text).offset.map(|offset| offset.least());
    assert_eq!(least(ERROR), Some(Span::from_secs(32)));
    let members =
        format!("{ERROR}    now: 1649681051,\n    tolerance: 10,\n    nbf: 1649681094,\n");
    assert_eq!(least(&members), Some(Span::from_secs(42)));
    let line =
        "JWT not active yet, now 1649681061, nbf 1649681094 { now: 1649681051, tolerance: 10 }\n";
    assert_eq!(least(line), Some(Span::from_secs(42)));
}

#[test]
fn times_of_other_scales_are_no_clock_fault() {
    const BYBIT: &str =
        "invalid request, please check your server timestamp or recv_window param. ";
    let said = diagnose(&format!(
        "{BYBIT}req_timestamp[1677852615864132],server_timestamp[1677852616092],recv_window[5000]\n"
    ));
    assert_eq!((said.cause, said.fault), (Cause::Units, ClockFault::Cleared));
    let said = diagnose(&format!(
        "{BYBIT}req_timestamp[1677852615864],server_timestamp[1677852616092],recv_window[5000]\n"
    ));
    assert_ne!(said.cause, Cause::Units);
    let said = diagnose(
        "debug push: token iat=1681974310 now=1681974310210 age=1680292335900 > 3000\n\
         debug push: provider refused 12 of 12: TooManyProviderTokenUpdates\n",
    );
    assert_eq!(said.cause, Cause::Units);
}

#[test]
fn numbers_of_a_message_count_more_than_its_words() {
    let said = diagnose(
        "2015/09/29 19:30:56 [error] 18972#0: openidc_validate_id_token(): token is not valid yet: \
         id_token.iat=1443554983, os.time()=1443555056\n",
    );
    assert_eq!(said.direction, None);
    assert_ne!(said.fault, ClockFault::Found);
}

#[test]
fn stamp_of_a_record_is_not_compared_with_a_claim() {
    let said = diagnose(
        "{\"time\":\"2026-11-28T10:00:00Z\",\"msg\":\"token used before issued\",\
         \"claims\":{\"iat\":1796724000,\"exp\":1796724300}}\n",
    );
    assert_eq!((said.offset, said.cause), (None, Cause::PeerClocks));
}

#[test]
fn unknown_failures_are_shown() {
    let said = diagnose(
        "2024-01-09T14:00:00Z INFO started\n2024-01-09T14:00:01Z ERROR login failed: sso says no\n\
         2024-01-09T14:00:02Z ERROR unauthorized\n2024-01-09T14:00:03Z ERROR access denied\n\
         2024-01-09T14:00:04Z ERROR access denied again\n",
    );
    let kinds: Vec<_> = said.evidence.iter().map(|shown| (shown.line, shown.kind)).collect();
    let failures = [2, 3, 4].map(|line| (line, EvidenceKind::Failure));
    assert_eq!(kinds, failures);
    assert_eq!(said.decider, Some(Decider::ServerDate));
    assert_eq!(diagnose("all is well\n").decider, Some(Decider::FailedCall));
    let said = diagnose("ERROR unauthorized\nerror: the ticket has expired\n");
    assert!(said.evidence.iter().all(|shown| shown.kind != EvidenceKind::Failure));
}

/// A text, its cause, and the ends of the offset in milliseconds.
type Amount = (&'static str, Cause, (Option<i64>, Option<i64>));

/// Amounts that a refusal states: of peers without a sign, and of a provider with one.
const AMOUNTS: &[Amount] = &[
    (
        "2023-06-02 11:14:07.331205 W | rafthttp: the clock difference against peer 8e9e05c5 is too high \
         [7.318204417s > 1s]",
        Cause::PeerClocks,
        (Some(-7_319), Some(7_318)),
    ),
    (
        "mon.store03 clock skew 0.269938s > max 0.05s (latency 0.00380513s)\n\
         mon.store04 clock skew 3.5s > max 0.05s (latency 0.00380513s)",
        Cause::PeerClocks,
        (Some(-3_500), Some(3_500)),
    ),
    (
        "db[7]: clock offset with peer node 2: measured time difference of 612ms exceeds 500ms",
        Cause::PeerClocks,
        (Some(-612), Some(612)),
    ),
    (
        "{\"code\":-1021,\"msg\":\"Timestamp for this request was 1000ms ahead of the server's time.\"}",
        Cause::LocalClock,
        (None, Some(-1_000)),
    ),
];

/// Refusals in words of no product that is known, and whether it is clear that the local clock is at fault.
const REFUSALS: &[(&str, ClockFault)] = &[
    (
        "[2025-03-14 09:40:17] acme: NotOnOrAfter=2025-03-14T09:38:00Z already passed (now=2025-03-14T09:40:17Z)",
        ClockFault::Open,
    ),
    (
        "HMAC timestamp 1741945217 outside of window of 300 seconds (server time 1741946217)",
        ClockFault::Open,
    ),
    ("wolfSSL error = -150 ASN_BEFORE_DATE_E", ClockFault::Open),
    // A message of AWS that a log cut off: the second time is not the clock of AWS.
    (
        "2016-09-12T10:56:33Z ERROR Signature expired: 20160912T104903Z is now earlier than 20160912T105133Z (2016091…",
        ClockFault::Open,
    ),
];

#[test]
fn refusals_in_unknown_words_are_recognised() {
    let mut wrong = Vec::new();
    for &(text, fault) in REFUSALS {
        let said = diagnose(text);
        if (said.refusals, said.fault) != (1, fault) {
            wrong.push((text, said.refusals, said.fault));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Sentences with the same words that refuse nothing.
#[test]
fn words_about_time_that_refuse_nothing_are_no_refusals() {
    const ROWS: &[&str] = &[
        "INFO session cookie has expired, a new one was issued",
        "the deadline for the review has already passed",
        "the assertion is older than the gateway tolerates",
        "index 7 is outside the allowed range",
    ];
    for text in ROWS {
        assert_eq!(diagnose(text).refusals, 0, "{text}");
    }
}

#[test]
fn reads_amounts_that_a_refusal_states() {
    for &(text, cause, ends) in AMOUNTS {
        let said = diagnose(text);
        let end = |end: Span| {
            Some(end.as_micros().div_euclid(1_000))
                .filter(|_| ![Span::MIN, Span::MAX].contains(&end))
        };
        let met = said.offset.map(|offset| (end(offset.least()), end(offset.most())));
        assert_eq!((said.cause, met), (cause, Some(ends)), "{text}");
    }
}

#[test]
fn reads_a_clock_that_was_never_set_from_a_message() {
    const SHOWN: &[(&str, bool)] = &[
        ("I (13402) relay: time is 1970-01-01T00:00:13Z, requesting token", true),
        ("[    2.114] boot: setting system clock to Thu Jan  1 00:00:05 1970", true),
        ("[    1.934] rtc-ds1307: RTC=2000-01-01 00:00:09", true),
        ("Jan  1 00:00:09 gw app[7]: current time: Sat Jan  1 00:00:09 2000", true),
        ("I (131000) app: started with clock 1970/01/01 00:02:11", true),
        // A test, or an example.
        ("UserWarning: clock reads 1970-01-01T00:00:10Z", false),
        // These are no clocks.
        ("cookie expires 1970-01-01T00:00:13Z", false),
        ("deleting what is older than 1970-01-01T00:00:13Z", false),
        // No program has a time.
        ("time is 1970-01-01T00:00:00Z, requesting token", false),
    ];
    for &(line, is_unset) in SHOWN {
        let text = format!("{line}\n\nE (13561) tls: certificate is not yet valid\n");
        assert_eq!(diagnose(&text).cause == Cause::ClockUnset, is_unset, "{text}");
    }
}

#[test]
fn end_of_a_cookie_is_no_end_of_a_token() {
    const COOKIES: &[&str] = &[
        "2026-11-28 10:20:00 error: JWT expired, Set-Cookie: sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "error: no token, cookie expires 1970-01-01T00:00:00Z, JWT has expired",
        "JWT has expired\nExpires: Thu, 01 Jan 1970 00:00:00 GMT\n",
    ];
    for text in COOKIES {
        assert_eq!(diagnose(text).fault, ClockFault::Open, "{text}");
    }
}

#[test]
fn time_in_a_refusing_answer_is_that_of_its_server() {
    for name in ["t", "ts", "time", "timestamp"] {
        let text = format!(
            "2023-02-11 18:47:03,204 - INFO - login\n2023-02-11 18:47:03,911 - ERROR - request failed: {{'code': 1013, 'msg': 'request time is invalid', \
             '{name}': 1676136391720}}"
        );
        let said = diagnose(&text);
        assert_eq!(said.cause, Cause::LocalClock, "{text}");
        // 4,832 s are no time zone.
        assert!(said.offset_if_utc.is_some_and(|offset| offset.contains(Span::from_secs(-4_832))));
    }
}
