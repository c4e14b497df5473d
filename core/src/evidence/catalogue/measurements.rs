//! What `jwtick probe` writes of the clocks that it measures, and of what it tries by them.

use super::kind::Judge::Us;
use super::kind::Says::{ByDate, ByNtp, Corrected, Made};
use super::row::{Entry, row};

pub(super) const ROWS: &[Entry] = &[
    row(
        "jwtick",
        (Us, ByDate),
        "is {least_s} to {most_s} s from this one, by its Date",
        "The clock of login.example is -0.007991 to 0.00723 s from this one, by its Date",
    ),
    row(
        "jwtick",
        (Us, ByNtp),
        "is {least_s} to {most_s} s from this one, by NTP",
        "The clock of ntp:time.example is -0.000412 to 0.000398 s from this one, by NTP",
    ),
    row(
        "jwtick",
        (Us, Made),
        "Made an assertion that says",
        "Made an assertion that says {\"iss\":\"me\",\"iat\":1488307191,\"exp\":1488307491}",
    ),
    row(
        "jwtick",
        (Us, Corrected),
        "Trying again by the time of the server",
        "Trying again by the time of the server, 208153.994 s from here",
    ),
];
