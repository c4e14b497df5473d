//! Logs that several hosts wrote, each with a clock of its own.

use jwtick_core::diagnosis::{Cause, Certainty, Diagnosis, HostClock};
use jwtick_core::words::{Language, summary};
use jwtick_core::{Diagnoser, Options};

use super::table::{diagnose, interval, said};

/// Two hosts whose lines alternate: `web1` is right, and `web2` is 494 s behind.
fn two_hosts(head: fn(&str, u32) -> String) -> String {
    (0..6)
        .map(|minute| {
            let second = minute * 60;
            let date = format!("Date: Tue, 09 Jan 2024 14:{minute:02}:00 GMT");
            let right = head("web1", 50_400 + second);
            let behind = head("web2", 50_400 + second - 494);
            format!(
                "{right}POST /token\n{behind}POST /token\n{right}< {date}\n{behind}< {date}\n\
             {behind}{{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}}\n"
            )
        })
        .collect()
}

fn clock(second: u32) -> String {
    format!("{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60)
}

fn rfc_5424(host: &str, second: u32) -> String {
    format!("<134>1 2024-01-09T{}Z {host} relay 812 - - ", clock(second))
}

fn rfc_3164(host: &str, second: u32) -> String {
    format!("Jan  9 {} {host} relay[812]: ", clock(second))
}

fn hosts(diagnosis: &Diagnosis) -> String {
    let host = |host: &HostClock| {
        let offset = host.offset.map(interval).unwrap_or_default();
        let subject = if host.is_subject { " subject" } else { "" };
        format!("{} {offset} {}/{}{subject}", host.name, host.refusals, host.successes)
    };
    diagnosis.hosts.iter().map(host).collect::<Vec<_>>().join(", ")
}

#[test]
fn refused_host_is_judged_by_its_own_clock() {
    let diagnosis = diagnose(&two_hosts(rfc_5424));
    assert_eq!(said(&diagnosis), "local-clock found proven behind 493..495");
    assert_eq!(hosts(&diagnosis), "web2 493..495 6/0 subject, web1 -1..6 0/6");
    let text = summary(&diagnosis, Language::English).to_string();
    assert!(text.contains("the host `web2`, one of 2"), "{text}");
}

#[test]
fn refused_host_is_wrong_in_every_zone() {
    let diagnosis = diagnose(&two_hosts(rfc_3164));
    assert_eq!(said(&diagnosis), "local-clock found proven -42707..50895");
}

/// Two hosts that are both refused: `web1` is right, and its token ended an hour ago; `web2` is 494 s behind, and
/// its token is new.
fn two_refused(is_right_first: bool) -> String {
    let refused = |head: &str, iat: i64| {
        let claims = format!("{{\"iat\":{iat},\"exp\":{}}}", iat + 300);
        format!(
            "{head}POST /token\n{head}INFO assertion made {claims}\n{head}< Date: Tue, 09 Jan 2024 14:00:00 GMT\n\
             {head}{{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}}\n"
        )
    };
    let right = refused(&rfc_5424("web1", 50_400), 1_704_805_200);
    let behind = refused(&rfc_5424("web2", 50_400 - 494), 1_704_808_800 - 494);
    if is_right_first { right + &behind } else { behind + &right }
}

fn findings(diagnosis: &Diagnosis) -> String {
    let finding = |host: &HostClock| {
        let cause = host.cause.map_or("-", Cause::code);
        format!("{} {cause} {}", host.name, host.certainty.map_or("-", Certainty::code))
    };
    diagnosis.hosts.iter().map(finding).collect::<Vec<_>>().join(", ")
}

#[test]
fn each_refused_host_gets_its_own_conclusion() {
    let each = "web2 local-clock proven, web1 expired proven";
    for is_right_first in [true, false] {
        let mut diagnoser = Diagnoser::<16>::for_hosts(Options::default());
        diagnoser.feed(two_refused(is_right_first).as_bytes());
        let diagnosis = diagnoser.finish();
        assert_eq!(findings(&diagnosis), each);
        assert_eq!(said(&diagnosis), "local-clock found proven behind 493..495");
        assert_eq!(hosts(&diagnosis), "web2 493..495 1/0 subject, web1 -1..1 1/0");
    }
}

#[test]
fn text_without_room_for_hosts_is_about_the_first_that_is_refused() {
    let first = diagnose(&two_refused(true));
    assert_eq!(said(&first), "expired cleared proven -1..1");
    assert_eq!(findings(&first), "web2 - -, web1 expired proven");
    let first = diagnose(&two_refused(false));
    assert_eq!(said(&first), "local-clock found proven behind 493..495");
    assert_eq!((findings(&first), first.refusals), ("web2 local-clock proven, web1 - -".into(), 2));
}

#[test]
fn refused_host_takes_the_room_of_one_that_is_not() {
    let quiet = rfc_5424("web0", 50_400) + "< Date: Tue, 09 Jan 2024 14:00:00 GMT\n";
    let mut diagnoser = Diagnoser::<1>::for_hosts(Options::default());
    diagnoser.feed((quiet + &two_refused(false)).as_bytes());
    let diagnosis = diagnoser.finish();
    assert_eq!(findings(&diagnosis), "web2 local-clock proven, web1 - -, web0 - -");
}

#[test]
fn one_host_is_not_listed() {
    let text = two_hosts(rfc_5424);
    let one: String =
        text.lines().filter(|line| line.contains("web2")).map(|line| format!("{line}\n")).collect();
    assert_eq!(hosts(&diagnose(&one)), "");
    assert_eq!(said(&diagnose(&one)), "local-clock found proven behind 493..495");
}

#[test]
fn hosts_with_refusals_and_the_largest_errors_are_kept() {
    let quiet = |number: u32| {
        format!(
            "{}< Date: Tue, 09 Jan 2024 14:00:00 GMT\n",
            rfc_5424(&format!("n{number}"), 50_400)
        )
    };
    let many: String = (0..40).map(quiet).collect();
    let diagnosis = diagnose(&(many.clone() + &two_hosts(rfc_5424) + &many));
    assert_eq!(diagnosis.hosts.len(), 16);
    assert_eq!(diagnosis.hosts[0].name.as_str(), "web2");
    assert_eq!(said(&diagnosis), "local-clock found proven behind 493..495");
}
