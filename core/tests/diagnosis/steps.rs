//! Reports of time services about the clock, and clocks that were never set.

use super::table::{Row, check, compare, diagnose, said};

/// The diagnosis after a time service measured `seconds`.
fn measured(seconds: &str, refusal: &str) -> String {
    said(&diagnose(&format!("chronyd[511]: System clock wrong by {seconds} seconds\n{refusal}\n")))
}

#[test]
fn steps_count_from_their_minimum_size() {
    const EXPIRED: &str = "JWT expired";
    const ROWS: &[(&str, &str, &str)] = &[
        // PLAIN_STEP: 10 s where nothing was refused.
        ("9.999999", "", "undetermined open weak"),
        ("10", "", "local-clock found proven behind 9.5..10.5"),
        ("-10", "", "local-clock found proven ahead -10.5..-9.5"),
        // LEAST_STEP: 1 s together with a refusal; less is normal clock discipline.
        ("1", EXPIRED, "local-clock found proven behind 0.5..1.5"),
        ("-1", EXPIRED, "local-clock found proven ahead -1.5..-0.5"),
        ("0.999999", EXPIRED, "expired cleared proven -0.000001..1.999999"),
        ("-0.999999", EXPIRED, "expired cleared proven -1.999999..0.000001"),
    ];
    for &(seconds, refusal, expected) in ROWS {
        assert_eq!(measured(seconds, refusal), expected, "{seconds} s, `{refusal}`");
    }
}

#[test]
fn step_by_a_zone_offset_is_a_time_zone() {
    const ROWS: &[(i64, bool)] = &[
        // Half an hour alone is no zone.
        (1_800, false),
        // Half hours from one hour on, within the half second of a step and two seconds.
        (3_597, false),
        (3_598, true),
        (3_600, true),
        (3_602, true),
        (3_603, false),
        (5_400, true),
        // Quarter hours from one hour on.
        (900, false),
        (2_700, false),
        (4_497, false),
        (4_498, true),
        (4_500, true),
        (4_502, true),
        (4_503, false),
        // UTC+14 is the farthest.
        (50_400, true),
        (50_402, true),
        (50_403, false),
        (54_000, false),
    ];
    for &(seconds, is_zone) in ROWS {
        for (sign, direction) in [(1, "behind"), (-1, "ahead")] {
            let cause = if is_zone { "time-zone" } else { "local-clock" };
            let expected = format!("{cause} found proven {direction} ");
            let said = measured(&(sign * seconds).to_string(), "");
            assert!(said.starts_with(&expected), "{seconds} s {direction}: `{said}`");
        }
    }
}

#[test]
fn sign_of_each_time_service_is_known() {
    const BEHIND: &str = "local-clock found proven behind 211.5..212.5";
    const AHEAD: &str = "local-clock found proven ahead -212.5..-211.5";
    const ROWS: &[Row] = &[
        ("chrony wrong", "System clock wrong by 212.000 seconds", BEHIND),
        ("chrony wrong, ahead", "System clock wrong by -212.000 seconds", AHEAD),
        ("chrony step", "System clock was stepped by 212.0 seconds", BEHIND),
        ("chrony step back", "System clock was stepped by -212.0 seconds", AHEAD),
        ("chronyc slow", "System time     : 212.0 seconds slow of NTP time", BEHIND),
        ("chronyc fast", "System time     : 212.0 seconds fast of NTP time", AHEAD),
        ("ntpdate", "ntpdate[8]: step time server 192.0.2.1 offset 212.0 sec", BEHIND),
        ("ntpdate back", "ntpdate[8]: step time server 192.0.2.1 offset -212.0 sec", AHEAD),
        ("ntpd", "ntpd[411]: time reset +212.0 s", BEHIND),
        ("ntpd back", "ntpd[411]: time reset -212.0 s", AHEAD),
        ("ntpd steps", "ntpd: time stepped by 212.0", BEHIND),
        ("w32tm", "> w32tm /stripchart /computer:time\n10:22:31, +00212.0000000s", BEHIND),
        ("w32tm back", "> w32tm /stripchart /computer:time\n10:22:31, -00212.0000000s", AHEAD),
        ("the largest counts", "time reset +3.0 s\ntime reset -212.0 s\ntime reset +5.0 s", AHEAD),
        ("of two as large the first", "time reset +212.0 s\ntime reset -212.0 s", BEHIND),
        (
            "a browser that is ahead",
            "[KEYCLOAK] Estimated time difference between browser and server is 212 seconds",
            AHEAD,
        ),
    ];
    check(ROWS);
}

#[test]
fn clock_set_between_two_stamps_shows_a_jump() {
    const ROWS: &[Row] = &[
        (
            "forwards",
            "2024-01-09T14:00:00Z a\n2024-01-09T14:50:00Z systemd[1]: Time has been changed\n",
            "local-clock found proven behind 2999.5..3000.5",
        ),
        (
            "backwards",
            "2024-01-09T14:50:00Z a\n2024-01-09T14:00:00Z systemd[1]: Time has been changed\n",
            "local-clock found proven ahead -3000.5..-2999.5",
        ),
        (
            "not at all",
            "2024-01-09T14:00:00Z a\n2024-01-09T14:00:01Z systemd[1]: Time has been changed\n",
            "undetermined open weak",
        ),
        (
            "in two zones, which are two clocks",
            "2024-01-09T14:00:00+01:00 a\n2024-01-09T14:50:00Z systemd[1]: Time has been changed\n",
            "undetermined open weak",
        ),
        (
            "an unexplained jump",
            "2024-01-09T14:00:00Z a\n2024-01-09T14:50:00Z JWT expired\n",
            "undetermined open weak",
        ),
    ];
    check(ROWS);
}

#[test]
fn clock_that_starts_at_its_default_was_never_set() {
    const ROWS: &[(&str, bool)] = &[
        ("1900-01-01T00:00:00Z", true),
        ("1970-01-01T00:00:41Z", true),
        ("1980-01-06T00:00:41Z", true),
        ("1989-12-31T23:59:59Z", true),
        ("1990-01-01T00:00:00Z", false),
        ("1999-12-31T23:59:59Z", false),
        ("2000-01-01T00:00:00Z", true),
        ("2000-01-31T23:59:59Z", true),
        ("2000-02-01T00:00:00Z", false),
    ];
    for &(stamp, is_unset) in ROWS {
        let refused = |words: &str| said(&diagnose(&format!("{stamp} {words}\n")));
        let text = refused("Jwt used before 2024-01-09T14:00:00Z");
        let expected = if is_unset {
            "clock-unset found proven behind"
        } else {
            "local-clock found likely behind"
        };
        assert!(text.starts_with(expected), "{stamp}: `{text}`");
        let unset = refused("certificate is not yet valid") == "clock-unset found proven behind";
        assert_eq!(unset, is_unset, "{stamp}, without another time");
        assert_eq!(refused("all is well"), "undetermined open weak", "{stamp}, nothing refused");
    }
}

#[test]
fn year_of_another_calendar_blames_no_clock() {
    for year in ["0001", "1403", "1899", "2400", "2567", "5784"] {
        let text = format!("{year}-03-09T14:00:00Z JWT expired at 2024-01-09T14:00:00Z\n");
        assert_eq!(said(&diagnose(&text)), "undetermined open weak", "{year}");
    }
}

#[test]
fn service_may_report_that_the_clock_was_lost() {
    const LOST: &[&str] = &[
        "rtc-pcf8563 0-0051: low voltage detected, date/time is not reliable.",
        "systemd[1]: System time before build time, advancing clock.",
        "systemd-timesyncd[3]: System clock time unset or jumped backwards, restoring",
    ];
    let texts = LOST.iter().flat_map(|&lost| {
        let refused = format!("{lost}\nJWT expired\n");
        [
            (lost, refused, "clock-unset found proven behind"),
            (lost, format!("{lost}\n"), "undetermined open weak"),
        ]
    });
    compare(texts, said);
}

#[test]
fn unset_clock_is_as_far_behind_as_the_text_proves() {
    check(&[
        (
            "from 1970",
            "1970-01-01T00:00:41Z Jwt used before 2024-01-09T14:00:00Z\n",
            "clock-unset found proven behind 1704808758..",
        ),
        (
            "beside a server that was never set either",
            "1970-01-01T00:00:10Z GET /\n1970-01-01T00:00:10Z < date: Thu, 01 Jan 1970 00:00:11 GMT\n\
             1970-01-01T00:00:10Z certificate is not yet valid\n",
            "clock-unset found proven behind",
        ),
    ]);
}
