//! The output of each command that a diagnosis asks for, given after the refusal that it was asked for.
//!
//! A reader who runs the command and adds what it printed must not be asked again.

use jwtick_core::diagnosis::Decider;

use super::table::{diagnose, said};

const JWT: &str = "{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";
const X509: &str = "x509: certificate has expired or is not yet valid\n";
const SIGNED: &str = "SignatureDoesNotMatch: Signature expired: 20260618T105020Z is now earlier than \
    20260618T110005Z (20260618T111505Z - 15 min.)\n";

const CURL: &str =
    "HTTP/2 200 \r\ndate: Thu, 18 Jun 2026 12:00:05 GMT\r\ncontent-type: text/html\r\n";
const OPENSSL: &str = "notBefore=Jun 19 00:00:00 2026 GMT\nnotAfter=Sep 17 00:00:00 2026 GMT\n";
const TIMEDATECTL: &str = "               Local time: Thu 2026-06-18 12:14:31 CEST
           Universal time: Thu 2026-06-18 10:14:31 UTC
                 RTC time: Thu 2026-06-18 10:14:31
                Time zone: Europe/Berlin (CEST, +0200)
System clock synchronized: no
              NTP service: inactive
          RTC in local TZ: no
";
const W32TM: &str = "Leap Indicator: 0(no warning)\r
Stratum: 4 (secondary reference - syncd by (S)NTP)\r
Precision: -23 (119.209ns per tick)\r
Root Delay: 0.0312500s\r
Root Dispersion: 7.7789632s\r
ReferenceId: 0x0A00000A (source IP:  10.0.0.10)\r
Last Successful Sync Time: 6/18/2026 10:14:31 AM\r
Source: time.example.com,0x8\r
Poll Interval: 10 (1024s)\r
\r
Phase Offset: -0.0001234s\r
ClockRate: 0.0156250s\r
";
const STRIPCHART: &str = "Tracking time.example.com [192.0.2.123:123].\r
Collecting 2 samples.\r
The current time is 6/18/2026 12:14:31 PM.\r
12:14:31, d:+00.0312500s o:+6334.3345110s  [              |              ]\r
12:14:33, d:+00.0312500s o:+6334.3345120s  [              |              ]\r
";
const NTPQ: &str = "     remote           refid      st t when poll reach   delay   offset  jitter
==============================================================================
*192.0.2.123     .PPS.            1 u   43   64  377    0.312   -0.121   0.023
+198.51.100.7    .GPS.            1 u   33   64  377    0.512   -0.021   0.013
";
const TIMESYNC: &str = "       Server: 192.0.2.123 (time.example.com)
Poll interval: 34min 8s (min: 32s; max 34min 8s)
         Leap: normal
      Version: 4
      Stratum: 2
    Reference: C0000201
    Precision: 1us (-25)
Root distance: 686us (max: 5s)
       Offset: OFFSET
        Delay: 26.207ms
";
const TRACKING: &str = "Reference ID    : C0000201 (time.example.com)
Stratum         : 3
Ref time (UTC)  : Thu Jun 18 10:10:31 2026
System time     : OFFSET of NTP time
Last offset     : +0.000012345 seconds
Root delay      : 0.012345678 seconds
Leap status     : Normal
";

/// `jwtick` without a source asks for this.
const ASKED: Option<Decider> = Some(Decider::ServerDate);

/// A name, a refusal, what it is asked for, the parts of the answer, and the expected [`said`].
type Row = (&'static str, &'static str, Option<Decider>, &'static [&'static str], &'static str);

const ROWS: &[Row] = &[
    (
        "date and curl",
        JWT,
        ASKED,
        &["$ date -u\nThu Jun 18 10:14:31 UTC 2026\n$ curl -sI https://id.example.com/\n", CURL],
        "local-clock found proven behind 6304..6340",
    ),
    (
        "the same without the commands, in the other order",
        JWT,
        ASKED,
        &[CURL, "\r\nThu Jun 18 10:14:31 UTC 2026\n"],
        "local-clock found proven behind 6333..6364",
    ),
    (
        "date of an English locale with twelve hours",
        JWT,
        ASKED,
        &["Thu Jun 18 10:14:31 AM UTC 2026\n", CURL],
        "local-clock found proven behind 6304..6340",
    ),
    (
        "date of a German locale",
        JWT,
        ASKED,
        &["$ date -u\nDo 18. Jun 10:14:31 UTC 2026\n$ curl -sI https://id.example.com/\n", CURL],
        "local-clock found proven behind 6304..6340",
    ),
    (
        "a clock that is right",
        JWT,
        ASKED,
        &["$ date -u\nThu Jun 18 12:00:04 UTC 2026\n$ curl -sI https://id.example.com/\n", CURL],
        "expired cleared likely -29..7",
    ),
    (
        "PowerShell in UTC",
        JWT,
        ASKED,
        &[
            "PS C:\\> (Get-Date).ToUniversalTime()\r\n\r\nThursday, June 18, 2026 10:14:31 AM\r\n\r\n",
            "PS C:\\> curl.exe -sI https://id.example.com/\r\n",
            CURL,
        ],
        "local-clock found proven behind 6304..6340",
    ),
    (
        "PowerShell with an offset, and a header alone",
        JWT,
        ASKED,
        &[
            "PS C:\\> Get-Date -Format o; (Invoke-WebRequest https://id.example.com/).Headers.Date\r\n",
            "2026-06-18T12:14:31.5000000+02:00\r\nThu, 18 Jun 2026 12:00:05 GMT\r\n",
        ],
        "local-clock found proven behind 6303.5..6339.5",
    ),
    (
        "timedatectl and curl",
        JWT,
        ASKED,
        &["$ timedatectl\n", TIMEDATECTL, "$ curl -sI https://id.example.com/\n", CURL],
        "local-clock found proven behind 6304..6340",
    ),
    (
        "openssl and date",
        X509,
        Some(Decider::CertificateDates),
        &[OPENSSL, "Thu Jun 18 10:14:31 UTC 2026\n"],
        "local-clock found likely behind 49528..",
    ),
    (
        "openssl s_client",
        X509,
        Some(Decider::CertificateDates),
        &[
            "   v:NotBefore: Jun 19 00:00:00 2026 GMT; NotAfter: Sep 17 00:00:00 2026 GMT\n",
            "$ date -u\nThu Jun 18 10:14:31 UTC 2026\n",
        ],
        "local-clock found likely behind 49528..",
    ),
    (
        "date of the client at the time of signing",
        SIGNED,
        Some(Decider::OwnStamp),
        &["$ date -u\nThu Jun 18 10:50:21 UTC 2026\n"],
        "local-clock found proven behind 1483..1486",
    ),
    (
        "date of the client, and curl: a clock that is right",
        SIGNED,
        Some(Decider::OwnStamp),
        &["$ date -u\nThu Jun 18 12:00:04 UTC 2026\n$ curl -sI https://s3.example.com/\n", CURL],
        "late-request cleared proven -29..7",
    ),
    (
        "w32tm /query /status /verbose",
        JWT,
        ASKED,
        &["C:\\> w32tm /query /status /verbose\r\n", W32TM],
        "expired cleared likely -1.000123..0.999877",
    ),
    (
        "w32tm /stripchart",
        JWT,
        ASKED,
        &["C:\\> w32tm /stripchart /computer:time.example.com /samples:2\r\n", STRIPCHART],
        "local-clock found proven behind 6333.834512..6334.834512",
    ),
    ("ntpq", JWT, ASKED, &["$ ntpq -p\n", NTPQ], "expired cleared likely -1.000121..0.999879"),
];

fn asked(name: &str, text: &str, decider: Option<Decider>) -> String {
    let diagnosis = diagnose(text);
    assert_eq!(diagnosis.decider, decider, "{name}: {}", said(&diagnosis));
    said(&diagnosis)
}

#[test]
fn answer_to_each_question_decides() {
    let mut wrong = String::new();
    for &(name, refusal, decider, answer, expected) in ROWS {
        asked(name, refusal, decider);
        let diagnosis = diagnose(&format!("{refusal}{}", answer.concat()));
        let met = said(&diagnosis);
        if met != expected || diagnosis.decider.is_some() {
            wrong += &format!("{name}: {met} {:?}, not {expected}\n", diagnosis.decider);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn report_of_time_service_decides() {
    const OFFSETS: &[(&str, &str, &str, &str)] = &[
        (
            "chronyc",
            TRACKING,
            "0.000012345 seconds slow",
            "expired cleared likely -0.999988..1.000012",
        ),
        ("chronyc", TRACKING, "6334.5 seconds slow", "local-clock found proven behind 6334..6335"),
        ("chronyc", TRACKING, "6334.5 seconds fast", "local-clock found proven ahead -6335..-6334"),
        ("timesync", TIMESYNC, "-1.119ms", "expired cleared likely -1.001119..0.998881"),
        ("timesync", TIMESYNC, "+12us", "expired cleared likely -1..1"),
        (
            "timesync",
            TIMESYNC,
            "+1h 45min 34.119s",
            "local-clock found proven behind 6333.619..6334.619",
        ),
    ];
    for &(name, report, offset, expected) in OFFSETS {
        let text = format!("{JWT}{}", report.replace("OFFSET", offset));
        assert_eq!(asked(name, &text, None), expected, "{name} {offset}");
    }
}

/// A service without a source prints an offset of zero, whatever the clock shows.
#[test]
fn service_without_a_source_says_nothing_about_the_clock() {
    let none = [
        TRACKING.replace("C0000201 (time.example.com)", "00000000 ()"),
        TRACKING.replace("C0000201 (time.example.com)", "7F7F0101 ()"),
    ]
    .map(|report| report.replace("OFFSET", "0.000000000 seconds fast"));
    let timesync = TIMESYNC.replace("normal", "not synchronized").replace("OFFSET", "+0us");
    let w32tm = W32TM.replace("0(no warning)", "3(not synchronized)");
    for report in none.iter().chain([&timesync, &w32tm]) {
        assert_eq!(asked(report, &format!("{JWT}{report}"), ASKED), "undetermined open weak");
    }
}

#[test]
fn windows_and_its_guest_are_compared_in_any_zone() {
    let text = format!(
        "{X509}dev@laptop:~$ date\nMon Jun 17 19:06:58 CEST 2019\n\n\
         PS C:\\Users\\dev> get-date\n\nTuesday, June 18, 2019 9:59:33 AM\n"
    );
    assert_eq!(asked("WSL", &text, None), "peer-clocks found proven behind 10295..103956");
}

#[test]
fn one_host_that_is_asked_twice_is_one_clock() {
    let ask = |time: &str| format!("web1$ date -u\nThu Jun 18 {time} UTC 2026\n");
    let text = format!("{}{}{JWT}", ask("10:00:00"), ask("10:20:00"));
    assert_eq!(said(&diagnose(&text)), "undetermined open weak");
    let text = format!("{}{}{JWT}", ask("10:00:00"), ask("10:20:00").replace("web1", "web2"));
    assert_eq!(said(&diagnose(&text)), "peer-clocks found proven");
}

/// The dates of a certificate are those of a token no more than those of any other file.
#[test]
fn dates_of_certificate_do_not_judge_a_token() {
    let text = format!("{JWT}{OPENSSL}Thu Jun 18 10:14:31 UTC 2026\n");
    assert_eq!(asked("a token", &text, ASKED), "undetermined open weak");
}
