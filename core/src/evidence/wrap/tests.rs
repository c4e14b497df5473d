//! Lines that go on in the next one, and lines that do not.

use std::string::String;
use std::vec::Vec;

use super::*;

/// Joins the lines of `text` as the reader does.
fn records(text: &str) -> Vec<String> {
    let (mut wrapping, mut before, mut all) = (Wrapping::new(), Before::new(), Vec::new());
    let kept = |wrapping: &mut Wrapping, all: &mut Vec<String>| {
        let held = wrapping.held().map(|(text, ..)| String::from_utf8(text.to_vec()).unwrap());
        all.extend(held);
        wrapping.release();
    };
    for (number, line) in (1..).zip(text.lines()) {
        let mut rooms = Undresser::new();
        let (inside, layers) = rooms.undress(line.as_bytes(), &mut before);
        let mut look = Look::new();
        if wrapping.holds() {
            if wrapping.join(inside, &layers, &mut look) {
                wrapping.undress();
                continue;
            }
            kept(&mut wrapping, &mut all);
        }
        if !wrapping.hold(inside, &layers, Place { number, at: number }, &mut look) {
            all.push(String::from_utf8(inside.to_vec()).unwrap());
        }
    }
    kept(&mut wrapping, &mut all);
    all
}

/// Broken lines, and a part of each record across its seam.
const BROKEN: &[(&str, &str)] = &[
    (
        "ERROR AADSTS700024: Client assertion is not within its valid time range. Current time: 2024-12-07T12:09:18Z, assertion valid from\n\
             1970-01-01T00:00:00.0000000Z, expiry time of assertion 2024-12-07T11:14:18.0000000Z.",
        "assertion valid from 1970-01-01T00:00:00.0000000Z",
    ),
    (
        "2018-05-14 21:29:44.118 WARN  token refused: JWT must not be accepted before 2018-05-14T21:30:05Z. Current\n\
             time: 2018-05-14T21:29:44Z",
        "Current time: 2018-05-14T21:29:44Z",
    ),
    (
        "Jul 21 23:00:41.935 [Warning] Received directory with skewed time (server '192.0.2.31:80'): It seems that our clock is ahead by 2362 days, 13 hours, 49 minutes,\n\
             or that theirs is behind. Tor requires an accurate clock to work",
        "49 minutes, or that theirs",
    ),
    (
        "E/ReactNativeJS(14207): Signature not yet current: 20230619T134502Z is still later than 20230619T134351Z\n\
             (20230619T133851Z + 5 min.)",
        "20230619T134351Z (20230619T133851Z + 5 min.)",
    ),
    (
        "failed with 400 {\"error\":\"invalid_grant\",\"error_description\":\"JWT has\nexpired\"}",
        "JWT has expired",
    ),
    (
        "put block refused, the signature is not valid in the time frame that starts on [Thu, 12\n\
             Oct 2023 20:40:06 GMT] by the clock",
        "Thu, 12 Oct 2023 20:40:06 GMT",
    ),
    (
        "sending the assertion eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3MTAyMzUzMjQsImV4cCI6MTcxM\n\
             DIzNTkyNCwiaXNzIjoiMTAwMjAwIn0.AAAA",
        "MTcxMDIzNTkyNCwi",
    ),
];

#[test]
fn broken_line_is_joined() {
    for &(text, expected) in BROKEN {
        let met = records(text);
        assert_eq!(met.len(), 1, "{met:?}");
        assert!(met[0].contains(expected), "{}", met[0]);
    }
}

#[test]
fn record_of_its_own_is_joined_to_no_other() {
    const ROWS: &[&str] = &[
        // A record that ends with a time, and one that starts with a time.
        "MSAL failed: the assertion is not within its valid time range, Timestamp: 2024-05-04 16:31:40Z\n\
         04.05.2024 18:03:12 Info    retry in 60 s",
        "curl: (60) SSL certificate problem: the certificate is not yet valid\n\
         rdate: adjust local clock by 192495.8 seconds",
        "2024-01-09T14:00:00Z ERROR agent the token endpoint answered with a body of text/plain\n\
         Date: Tue, 09 Jan 2024 14:07:30 GMT",
        "2024-01-09T14:00:00Z ERROR agent the token endpoint answered with a body of text/plain\n\
         < HTTP/1.1 400 Bad Request",
        "java.lang.IllegalStateException: the token was refused by the authorization server and\n\
         at com.example.Main(Main.java:107)",
        "keycloak.js:1188 [KEYCLOAK] Estimated time difference between browser and server is 2710 seconds\n\
         keycloak.js:1192 [KEYCLOAK] Token expires in 300 s",
        "2024-01-09T14:00:00Z ERROR agent the token endpoint answered with a body of text/plain and\n\
         192.0.2.7 - - [09/Jan/2024:14:00:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"JWT has expired\"",
        "Jan  9 14:00:00 web app[1]: the token endpoint answered with a body of text/plain and\n\
         Jan  9 14:00:01 web app[1]: another record of the same program",
        "short line that ends with the\nword of the next",
    ];
    for text in ROWS {
        assert_eq!(records(text).len(), 2, "{text}");
    }
}

#[test]
fn text_that_is_wrapped_is_joined_at_its_width() {
    const TEXT: &str = "\
2024-09-12 07:31:08.977 ERROR token refused: JWT must not be accepted before
2024-09-12T07:32:00Z. Current time: 2024-09-12T07:31:08Z
2024-09-12 07:31:09.102 ERROR response headers of the token endpoint at idp:
{Cache-Control=[no-store], Server=[nginx], X-Request=[7], Content-Type=[a],
Date=[Thu, 12 Sep 2024 07:31:09 GMT]}
2024-09-12 07:31:10.004 INFO  short";
    let met = records(TEXT);
    assert_eq!(met.len(), 3, "{met:?}");
    assert!(met[0].ends_with("before 2024-09-12T07:32:00Z. Current time: 2024-09-12T07:31:08Z"));
    assert!(met[1].ends_with("Content-Type=[a], Date=[Thu, 12 Sep 2024 07:31:09 GMT]}"));
}

#[test]
fn longer_line_shows_that_a_text_is_not_wrapped() {
    const TEXT: &str = "\
2024-09-12 07:31:08.977 ERROR token refused: JWT must not be accepted before
2024-09-12T07:32:00Z. Current time: 2024-09-12T07:31:08Z
2024-09-12 07:31:09.102 ERROR a line of this length would have been broken there, too, but it is not broken
2024-09-12 07:31:09.102 ERROR the token endpoint answered as follows, with the body of its answer after it
{\"error\":\"invalid_grant\"}";
    let met = records(TEXT);
    assert_eq!(met.len(), 4, "{met:?}");
}

#[test]
fn parts_of_a_word_that_is_longer_than_a_line_are_joined() {
    const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3MTAyMzUzMjQsImV4cCI6MTcxMDIzNTkyNCwiaXNzIjoiMTAwMjAwIn0.AAAA";
    let folded = |text: &str, width: usize| -> String {
        let parts = text.as_bytes().chunks(width).map(|part| core::str::from_utf8(part).unwrap());
        parts.collect::<Vec<_>>().join("\n")
    };
    let form = std::format!("grant_type=client_credentials&scope=a&client_assertion={TOKEN}");
    let body = std::format!("{{\"token\":\"{TOKEN}\"}}");
    for width in [60, 80, 100] {
        assert_eq!(records(&folded(&form, width)), [form.as_str()], "form, {width}");
        assert_eq!(records(&folded(&body, width)), [body.as_str()], "object, {width}");
    }
    // No part of a word follows these.
    for next in
        ["HTTP/1.1 400 Bad Request", "{\"error\":\"invalid_grant\"}", "2024-03-12T10:00:00Z x"]
    {
        let text = std::format!("{}\n{next}", &form[..100]);
        assert_eq!(records(&text), [&form[..100], next], "{next}");
    }
    let two = std::format!("{TOKEN}\n{TOKEN}");
    assert!(!records(&two).contains(&two.replace('\n', "")), "two tokens stay two");
}
