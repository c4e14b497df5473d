//! `jwtick clock` and `--clock`, with time servers on loopback that may be wrong by an hour.
#![cfg(test)]

use core::time::Duration;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use jwtick_tests::{Outcome, Schema, TimeServer, fixture, jwtick, program, token, verify};
use serde_json::Value;

const HOUR: i64 = 3_600;

#[track_caller]
fn clock(servers: &[&TimeServer], more: &[&str]) -> Outcome {
    let mut arguments = vec!["clock".to_owned()];
    for server in servers {
        arguments.extend(["--ntp".to_owned(), server.address()]);
    }
    arguments.extend(more.iter().map(|&argument| argument.to_owned()));
    let done = jwtick(arguments).run();
    if more.contains(&"--json") && !done.stdout.is_empty() {
        let fits = Schema::load("clock").and_then(|schema| schema.check(&done.json()));
        assert_eq!(fits, Ok(()), "{done}");
    }
    done
}

fn agreement(done: &Outcome) -> Vec<Value> {
    let json = done.json();
    let sources = json["sources"].as_array().cloned().unwrap_or_default();
    let outside = sources.into_iter().filter(|source| source["kind"] != "os");
    outside.map(|source| source["agrees"].clone()).collect()
}

fn contains(interval: &Value, secs: f64) -> bool {
    let end = |name: &str| interval[name].as_f64();
    end("least").is_some_and(|least| least <= secs) && end("most").is_some_and(|most| secs <= most)
}

#[test]
fn names_the_falseticker() {
    let (one, falseticker, two) = (TimeServer::ntp(0), TimeServer::ntp(HOUR), TimeServer::ntp(0));
    let servers = [&one, &falseticker, &two];
    let done = clock(&servers, &["--json"]);
    assert_eq!((done.code(), &done.json()["verdict"]), (0, &"ok".into()), "{done}");
    assert_eq!(agreement(&done), [true, false, true].map(Value::from), "{done}");
    assert_eq!(done.json()["rests_on"], 2, "{done}");
    let said = clock(&servers, &[]);
    let row = said.stdout.lines().find(|line| line.contains(&falseticker.address())).unwrap();
    assert!(row.contains("3,600") && row.contains("disagrees"), "{said}");
    assert_eq!(said.stdout.matches("disagrees").count(), 2, "{said}"); // row and remedy
}

#[test]
fn two_disagreeing_sources_are_undecided_and_both_shown() {
    let (one, other) = (TimeServer::ntp(0), TimeServer::ntp(-HOUR));
    let done = clock(&[&one, &other], &["--json"]);
    let json = done.json();
    assert_eq!((done.code(), &json["verdict"]), (21, &"undecided".into()), "{done}");
    assert_eq!(
        (&json["offset_s"], agreement(&done)),
        (&Value::Null, vec![Value::Null; 2]),
        "{done}"
    );
    assert!(contains(&json["sources"][1]["offset_s"], -3_600.0), "{done}");
    for language in ["en", "de", "ko"] {
        let said = clock(&[&one, &other], &["--lang", language]);
        for server in [&one, &other] {
            assert!(said.stdout.matches(&server.address()).count() >= 2, "{said}");
        }
    }
}

#[test]
fn reports_direction_and_size() {
    const ROWS: &[(i64, f64, &str, &str)] =
        &[(172_800, 172_800.0, "behind", "172,800"), (-172_800, -172_800.0, "ahead", "172,800")];
    for &(ahead, truth, direction, amount) in ROWS {
        let (one, two) = (TimeServer::ntp(ahead), TimeServer::ntp(ahead));
        let done = clock(&[&one, &two], &["--json"]);
        let json = done.json();
        assert_eq!((done.code(), &json["direction"]), (20, &direction.into()), "{done}");
        assert!(contains(&json["offset_s"], truth), "{done}");
        let said = clock(&[&one, &two], &[]);
        assert!(said.stdout.starts_with("This clock is "), "{said}");
        let first = said.stdout.lines().next().unwrap();
        assert!(first.contains(amount) && first.contains(direction), "{said}");
        assert!(said.stdout.contains("What to do\n  1. "), "{said}");
    }
}

#[test]
fn reports_that_only_one_source_answered() {
    let only = TimeServer::ntp(HOUR);
    let done = clock(&[&only], &[]);
    assert_eq!(done.code(), 20, "{done}");
    assert!(done.stdout.contains("Only one source answered"), "{done}");
    assert!(done.stdout.contains("Name another source"), "{done}");
}

#[test]
fn max_offset_separates_ok_from_wrong() {
    let server = TimeServer::ntp(10);
    for (allowed, code) in [("9s", 20), ("11s", 0), ("10s", 21)] {
        let done = clock(&[&server], &["--max-offset", allowed]);
        assert_eq!(done.code(), code, "{allowed}\n{done}");
    }
}

#[test]
fn http_is_a_source_like_ntp() {
    let (ntp, http) = (TimeServer::ntp(0), TimeServer::http(0));
    let done = clock(&[&ntp], &["--http", &http.url(), "--json"]);
    assert_eq!((done.code(), agreement(&done)), (0, vec![true.into(); 2]), "{done}");
    let falseticker = TimeServer::http(HOUR);
    let done = clock(&[&ntp], &["--http", &falseticker.url(), "--json"]);
    assert_eq!(done.code(), 21, "{done}");
}

#[test]
fn silent_source_does_not_delay_the_others() {
    let (server, silent) = (TimeServer::ntp(0), std::net::UdpSocket::bind("127.0.0.1:0").unwrap());
    let silent = silent.local_addr().unwrap().to_string();
    let started = Instant::now();
    let done = clock(&[&server], &["--ntp", &silent, "--timeout", "500ms", "--json"]);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    let json = done.json();
    assert_eq!((done.code(), &json["rests_on"]), (0, &1.into()), "{done}");
    assert!(json["sources"][1]["error"].is_string(), "{done}");
}

#[test]
fn no_answer_is_reported_as_undecided() {
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let silent = silent.local_addr().unwrap().to_string();
    let run = ["--ntp", &silent, "--timeout", "200ms"];
    let done = clock(&[], &[&run[..], &["--json"]].concat());
    assert_eq!((done.code(), &done.json()["verdict"]), (1, &"undecided".into()), "{done}");
    let said = clock(&[], &run);
    assert!(said.code() == 1 && said.stdout.contains("No source answered"), "{said}");
}

#[test]
fn without_servers_the_host_itself_answers() {
    let done = clock(&[], &["--json"]);
    let json = done.json();
    // It depends on the machine that runs the tests.
    let code = match json["basis"].as_str() {
        Some("none") => 21,
        Some("daemon") => done.code(),
        _ => -1,
    };
    assert_eq!((done.code(), json["host"].is_object()), (code, true), "{done}");
    assert_eq!(json["never_set"], false, "{done}");
    let ends =
        [("en", "How to find out"), ("de", "Was Klarheit brächte"), ("ko", "판단에 필요한 정보")];
    for (language, title) in ends {
        let said = clock(&[], &["--lang", language]);
        let (_, end) = said.stdout.split_once(&format!("\n{title}\n")).unwrap_or_default();
        assert!(end.starts_with("  `jwtick clock --ntp pool.ntp.org` "), "{said}");
        assert_eq!((said.code(), end.lines().count()), (code, 1), "{said}");
    }
}

#[test]
#[cfg(unix)]
fn kernel_is_asked_by_the_tools_of_the_system() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let tool = |name: &str, says: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, format!("#!/bin/sh\n{says}\n")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    };
    let kernel = || {
        let path = folder.path().display().to_string();
        let done = jwtick(["clock", "--json"]).env("PATH", &path).run();
        let fits = Schema::load("clock").and_then(|schema| schema.check(&done.json()));
        assert_eq!(fits, Ok(()), "{done}");
        done.json()["host"]["kernel"].clone()
    };
    assert_eq!(kernel(), Value::Null);
    tool("timedatectl", "echo yes");
    assert_eq!(kernel(), serde_json::json!({"synchronized": true, "max_error_s": null}));
    let said = jwtick(["clock"]).env("PATH", folder.path()).run();
    let daemon = !said.stdout.contains("  Unknown: ");
    assert!(daemon || said.stdout.contains("A time service told the kernel"), "{said}");
    tool("busybox", "echo ' maxerror:  1500'; echo ' status:  64 (UNSYNC)'");
    assert_eq!(kernel(), serde_json::json!({"synchronized": false, "max_error_s": 0.0015}));
    tool("adjtimex", "exit 1");
    assert_eq!(kernel()["max_error_s"], 0.0015);
}

#[test]
fn clock_is_not_followed_set_or_monitored_without_servers() {
    for more in [&["--watch", "1s"][..], &["--step", "--yes"], &["--format", "prometheus"]] {
        let done = clock(&[], more);
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
        let said = &done.stderr;
        assert!(said.contains("--ntp HOST") && said.contains("jwtick.toml"), "{done}");
    }
    for useless in [&["--timeout", "1s"][..], &["--insecure-date"]] {
        assert_eq!(clock(&[], useless).code(), 2, "{useless:?}");
    }
}

#[test]
fn command_line_sources_replace_those_of_the_file() {
    let (right, wrong) = (TimeServer::ntp(0), TimeServer::ntp(HOUR));
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("jwtick.toml");
    std::fs::write(&file, format!("ntp = [\"{}\"]\n", wrong.address())).unwrap();
    let file = file.display().to_string();
    assert_eq!(clock(&[], &["--config", &file]).code(), 20);
    assert_eq!(clock(&[&right], &["--config", &file]).code(), 0);
}

#[test]
fn output_fits_narrow_and_plain_terminals() {
    let (one, two) = (TimeServer::ntp(0), TimeServer::ntp(HOUR));
    let ascii = clock(&[&one, &two], &[]);
    let picture = ascii.stdout.split("\nClocks\n").nth(1).unwrap();
    assert!(picture.lines().take(3).all(|line| line.is_ascii() && line.len() <= 80), "{ascii}");
}

/// Monitoring Plugins guidelines, "Performance data": 'label'=value[UOM];[warn];[crit];[min];[max]
#[track_caller]
fn is_performance_data(text: &str) -> bool {
    let number = |text: &str| text.is_empty() || text.parse::<f64>().is_ok();
    let range = |text: &str| {
        let (least, most) = text.split_once(':').unwrap_or(("", text));
        number(least) && number(most)
    };
    text.split(' ').all(|datum| {
        let Some((label, rest)) = datum.split_once('=') else { return false };
        let parts: Vec<&str> = rest.split(';').collect();
        let value = parts[0].strip_suffix('s').unwrap_or(parts[0]);
        let limits = parts.iter().skip(1).take(2).all(|limit| range(limit));
        let ends = parts.iter().skip(3).all(|end| number(end));
        let plain = !label.is_empty() && !label.contains(['\'', '"', '=', ' ']);
        plain && parts.len() <= 5 && value.parse::<f64>().is_ok() && limits && ends
    })
}

#[test]
fn check_output_follows_the_plugin_guidelines() {
    type Row = (&'static str, &'static [i64], &'static [&'static str], i32, &'static str);
    const ROWS: &[Row] = &[
        ("right", &[0, 0], &[], 0, "OK"),
        ("beyond the warning", &[10, 10], &[], 1, "WARNING"),
        ("beyond the critical", &[HOUR, HOUR], &[], 2, "CRITICAL"),
        ("ahead", &[-HOUR, -HOUR], &[], 2, "CRITICAL"),
        ("other limits", &[10, 10], &["--warn", "5s", "--crit", "8s"], 2, "CRITICAL"),
        ("on the edge of the warning", &[10, 10], &["--warn", "10s"], 3, "UNKNOWN"),
        ("on the edge of the critical", &[10, 10], &["--crit", "10s"], 1, "WARNING"),
        ("contradiction", &[0, HOUR], &[], 3, "UNKNOWN"),
        ("no source", &[], &[], 3, "UNKNOWN"),
        ("limits the wrong way round", &[0], &["--warn", "9s", "--crit", "8s"], 3, "UNKNOWN"),
        ("behind within its own limit", &[3, 3], &["--warn", "-1s:5s"], 0, "OK"),
        ("ahead beyond its own limit", &[-3, -3], &["--warn", "-1s:5s"], 1, "WARNING"),
        ("critical in one direction", &[3, 3], &["--warn=0", "--crit=-9:2"], 2, "CRITICAL"),
        ("a limit that leaves one out", &[0], &["--warn=-1:5", "--crit=-9:4"], 3, "UNKNOWN"),
        ("as far behind as expected", &[300, 300], &["--expect", "+5m"], 0, "OK"),
        ("right, but expected to be behind", &[0, 0], &["--expect", "5m"], 2, "CRITICAL"),
        ("a little less ahead than expected", &[-290, -290], &["--expect", "-5m"], 1, "WARNING"),
    ];
    for &(name, servers, more, code, state) in ROWS {
        let servers: Vec<TimeServer> =
            servers.iter().map(|&ahead| TimeServer::ntp(ahead)).collect();
        let servers: Vec<&TimeServer> = servers.iter().collect();
        let done = clock(&servers, &[&["--format", "nagios"], more].concat());
        assert_eq!((done.code(), done.stdout.lines().count()), (code, 1), "{name}\n{done}");
        assert!(done.stdout.starts_with(&format!("JWTICK {state} - ")), "{name}\n{done}");
        let (_, data) = done.stdout.trim_end().split_once('|').unwrap_or(("", "a=1"));
        assert!(is_performance_data(data), "{name}\n{done}");
        assert_eq!(
            done.stdout.contains("|offset="),
            code < 3 || name.contains("edge"),
            "{name}\n{done}"
        );
    }
}

#[test]
fn check_output_states_the_first_cause() {
    type Flaw = fn(&mut [u8; 48]);
    let rows: &[(Flaw, &str)] = &[
        (|reply| kiss(reply, b"RATE"), "sent RATE"),
        (|reply| kiss(reply, b"INIT"), "sent INIT"),
        (|reply| reply[1] = 16, "but found 16: it is not synchronized"),
        (|reply| reply[0] |= 0xC0, "is not synchronized"),
    ];
    for &(flaw, cause) in rows {
        let answer = move |request: &[u8; 48]| {
            let mut reply = jwtick_sntp_peer::reply(request, jwtick_sntp_peer::now());
            flaw(&mut reply);
            vec![reply.to_vec()]
        };
        let server = jwtick_sntp_peer::spawn("127.0.0.1", answer).unwrap().to_string();
        says_unknown(&server, cause);
    }
    says_unknown("nowhere.invalid", "cannot find nowhere.invalid");
    says_unknown("127.0.0.1:9", "refused");
}

/// RFC 5905 §7.4: a code in the reference ID of stratum 0.
fn kiss(reply: &mut [u8; 48], code: &[u8; 4]) {
    reply[1] = 0;
    reply[12..16].copy_from_slice(code);
}

#[track_caller]
fn says_unknown(server: &str, cause: &str) {
    let run = ["--format", "nagios", "--timeout", "500ms", "--ntp", server, "--ntp", "[::1]:9"];
    let done = clock(&[], &run);
    let start = format!("JWTICK UNKNOWN - No source gave the time: ntp:{server}: ");
    assert!(done.stdout.starts_with(&start) && done.stdout.contains(cause), "{done}");
    assert_eq!((done.code(), done.stdout.lines().count()), (3, 1), "{done}");
}

#[test]
fn limits_apply_to_the_expected_offset() {
    let (one, two) = (TimeServer::ntp(300), TimeServer::ntp(300));
    let expecting = |expected, more: &[&str]| {
        clock(&[&one, &two], &[&["--expect", expected, "--json"], more].concat())
    };
    let done = expecting("+5m", &[]);
    let json = done.json();
    assert_eq!((done.code(), &json["verdict"]), (0, &"ok".into()), "{done}");
    assert_eq!((&json["expected_offset_s"], &json["max_offset_s"]), (&300.into(), &1.into()));
    assert!(contains(&json["offset_s"], 300.0), "{done}");
    let less = expecting("+10m", &["--max-offset", "2s"]);
    assert_eq!((less.code(), &less.json()["direction"]), (20, &"ahead".into()), "{less}");
    for (language, said) in [("en", "is expected"), ("de", "erwartet ist"), ("ko", "예상 차이")]
    {
        let done = clock(&[&one, &two], &["--expect", "5m", "--lang", language]);
        assert!(done.code() == 0 && done.stdout.contains(said), "{done}");
    }
    for refused in [&["--expect", "5m", "--step"][..], &["--expect", "soon"]] {
        assert_eq!(clock(&[&one], refused).code(), 2);
    }
}

#[test]
fn performance_data_states_the_limits_of_each_direction() {
    let server = TimeServer::ntp(300);
    let limits = ["--format", "nagios", "--expect", "5m", "--warn=-1s:5s", "--crit=9s"];
    let done = clock(&[&server], &limits);
    assert!(done.stdout.contains("s;299:305;291:309 "), "{done}");
}

#[test]
fn performance_data_checker_can_fail() {
    for wrong in ["", "a", "=1", "a=1;2;3;4;5;6", "a=x", "a=1;b", "a b=1", "a=1s;1:2:3"] {
        assert!(!is_performance_data(wrong), "{wrong}");
    }
}

#[test]
fn metrics_have_a_type_before_their_samples() {
    let (one, falseticker) = (TimeServer::ntp(0), TimeServer::ntp(HOUR));
    let done = clock(&[&one, &falseticker, &TimeServer::ntp(0)], &["--format", "prometheus"]);
    assert_eq!(done.code(), 0, "{done}");
    let mut typed = "";
    for line in done.stdout.lines() {
        match line.strip_prefix("# TYPE ") {
            Some(kind) => typed = kind.strip_suffix(" gauge").unwrap(),
            None if line.starts_with("# HELP ") => {}
            None => assert!(line.starts_with(typed), "{line}\n{done}"),
        }
    }
    let agrees = format!(
        "jwtick_clock_source_agrees{{source=\"ntp:{}\",kind=\"ntp\"}} 0",
        falseticker.address()
    );
    assert!(done.stdout.contains(&agrees), "{done}");
    assert!(done.stdout.contains("jwtick_clock_offset_least_seconds "), "{done}");
}

#[test]
fn metrics_that_were_written_are_no_failure() {
    let (wrong, silent) = (TimeServer::ntp(HOUR), "127.0.0.1:9");
    let wrong = wrong.address();
    for (server, verdict, up) in [(wrong.as_str(), "wrong", 1), (silent, "undecided", 0)] {
        let done = clock(&[], &["--format", "prometheus", "--ntp", server]);
        assert_eq!(done.code(), 0, "{done}");
        let metrics = [
            format!("jwtick_clock_verdict{{verdict=\"{verdict}\"}} 1"),
            format!("jwtick_clock_source_up{{source=\"ntp:{server}\",kind=\"ntp\"}} {up}"),
        ];
        for metric in metrics {
            assert!(done.stdout.lines().any(|line| line == metric), "{metric}\n{done}");
        }
    }
}

#[test]
#[cfg(unix)]
fn watch_ends_cleanly_with_the_exit_of_the_last_round() {
    let server = TimeServer::ntp(HOUR);
    for signal in ["INT", "TERM"] {
        let mut run = Command::new(program());
        run.args(["clock", "--ntp", &server.address(), "--watch", "1s", "--json"]);
        let mut child = run.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let lines: Vec<Value> =
            lines.take(3).map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
        // The shell's own `kill`: a machine need not have the program.
        let kill = format!("kill -s {signal} {}", child.id());
        assert!(Command::new("/bin/sh").args(["-c", &kill]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(20), "{signal}");
        let schema = Schema::load("clock").unwrap();
        for line in &lines {
            assert_eq!(schema.check(line), Ok(()), "{line}");
        }
        assert!(lines[0]["drift_ppm"].is_null() || contains(&lines[0]["drift_ppm"], 0.0));
        // The server uses the same clock, so nothing drifts.
        assert!(contains(&lines[2]["drift_ppm"], 0.0), "{}", lines[2]);
    }
}

#[test]
fn watch_ends_when_its_reader_leaves() {
    let server = TimeServer::ntp(0);
    let done = jwtick(["clock", "--ntp", &server.address(), "--watch", "1s"]).deaf().run();
    assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
}

fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
}

fn fresh(after: i64) -> String {
    let now = now() + after;
    token(&format!(r#"{{"iat":{now},"nbf":{now},"exp":{}}}"#, now + 300))
}

#[test]
fn token_is_judged_by_the_measured_clock() {
    // As on a host that is two days behind: by the servers' time, the token is fresh.
    let (one, two) = (TimeServer::ntp(172_800), TimeServer::ntp(172_800));
    let clocks = [format!("ntp:{}", one.address()), format!("ntp:{}", two.address())];
    let token = fresh(172_800);
    let alone = verify(&token, &[]);
    assert_eq!(alone.code(), 11, "{alone}");
    assert!(alone.stdout.contains("Clock: this host's, "), "{alone}");
    let measured = ["--clock", &clocks[0], "--clock", &clocks[1]];
    let done = verify(&token, &measured);
    assert_eq!(done.code(), 0, "{done}");
    assert!(done.stdout.contains(&format!("Clock: measured by {}", clocks[0])), "{done}");
    assert!(done.stdout.contains("(2 d)") && done.stdout.contains("behind"), "{done}");
    let json = verify(&token, &[&measured[..], &["--json"]].concat()).json();
    assert_eq!(json["clock"]["kind"], "measured", "{json}");
    assert!(contains(&json["clock"]["offset_s"], 172_800.0), "{json}");
    let own = verify(&token, &["--json"]).json();
    assert_eq!((&own["clock"]["kind"], &own["clock"]["offset_s"]), (&"os".into(), &Value::Null));
}

#[test]
fn relative_times_count_from_the_measured_clock() {
    let server = TimeServer::ntp(172_800);
    let clock = format!("ntp:{}", server.address());
    let token = fresh(172_800);
    for (at, code) in [("+10min", 10), ("-10min", 11), ("now", 0)] {
        let done = verify(&token, &["--clock", &clock, "--at", at]);
        assert_eq!(done.code(), code, "{at}\n{done}");
    }
    let wide = verify(&token, &["--clock", &clock, "--uncertainty", "10min"]);
    assert_eq!(wide.code(), 12, "{wide}");
    for fixed in [["--at", "1488307191"], ["--at-least", "1488307191"]] {
        let done = verify(&token, &[&["--clock", &clock][..], &fixed].concat());
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
    }
}

#[test]
fn edge_within_the_measured_interval_is_undecided() {
    let server = TimeServer::ntp(0);
    let clock = format!("ntp:{}", server.address());
    let token = token(&format!(r#"{{"exp":{}}}"#, now() + 2));
    let done = verify(&token, &["--clock", &clock, "--uncertainty", "1min"]);
    assert_eq!(done.code(), 12, "{done}");
}

#[test]
fn contradicting_clocks_leave_only_the_build_date_as_a_bound() {
    let (one, other) = (TimeServer::ntp(0), TimeServer::ntp(HOUR));
    let clocks = [format!("ntp:{}", one.address()), format!("ntp:{}", other.address())];
    let named = ["--clock", &clocks[0], "--clock", &clocks[1], "--json"];
    let fresh = fresh(0);
    let rows = [
        ("fresh", fresh.clone(), 12),
        ("expired before the program was written", token(r#"{"exp":1488307191}"#), 10),
        ("forged", format!("{}.AAAA", fresh.rsplit_once('.').unwrap().0), 13),
    ];
    for (name, token, code) in rows {
        let done = verify(&token, &named);
        assert_eq!(done.code(), code, "{name}\n{done}");
        let clock = &done.json()["clock"];
        assert_eq!(clock["kind"], "contradicted", "{name}\n{done}");
        assert_eq!(clock["sources"].as_array().map(Vec::len), Some(2), "{name}\n{done}");
    }
    let said = verify(&fresh, &named[..4]);
    for clock in &clocks {
        assert!(said.stdout.contains(&format!("{clock}: ")), "{said}");
    }
}

#[test]
fn clock_that_does_not_answer_is_an_error() {
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let clock = format!("ntp:{}", silent.local_addr().unwrap());
    for language in ["en", "de", "ko"] {
        let run = ["--clock", &clock, "--timeout", "200ms", "--lang", language];
        let done = verify(&fresh(0), &run);
        assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{done}");
        assert!(done.stderr.contains(&clock), "{done}");
    }
}

#[test]
fn inspect_shows_both_clocks() {
    let server = TimeServer::ntp(172_800);
    let clock = format!("ntp:{}", server.address());
    let token = fresh(172_800);
    let done = jwtick(["inspect", "--clock", &clock, &token]).run();
    assert_eq!(done.code(), 0, "{done}");
    assert!(done.stdout.contains("in 4 min (by this host's clock: in 2 days)"), "{done}");
    assert!(done.stdout.contains("Times by this host's clock"), "{done}");
    let json = jwtick(["inspect", "--json", "--clock", &clock, &token]).run();
    let fits = Schema::load("inspect").and_then(|schema| schema.check(&json.json()));
    assert_eq!(fits, Ok(()), "{json}");
    let states = |findings: &Value| -> Vec<Value> {
        findings.as_array().unwrap().iter().map(|finding| finding["state"].clone()).collect()
    };
    let json = json.json();
    assert!(states(&json["findings"]).iter().all(|state| state == "holds"), "{json}");
    assert!(states(&json["by_own_clock"]["findings"]).contains(&"fails".into()), "{json}");
    let alone = jwtick(["inspect", "--json", &token]).run().json();
    assert_eq!((&alone["by_own_clock"], &alone["clock"]["kind"]), (&Value::Null, &"os".into()));
}

#[test]
fn sign_uses_the_measured_clock() {
    let server = TimeServer::ntp(172_800);
    let clock = format!("ntp:{}", server.address());
    let secret = fixture("keys/hs.secret").display().to_string();
    let sign = ["sign", "--secret-file", &secret, "--iat", "now", "--exp", "+5m"];
    let done = jwtick([&sign[..], &["--clock", &clock]].concat()).run();
    assert_eq!((done.code(), done.stdout.lines().count()), (0, 1), "{done}");
    assert!(done.stderr.contains(&clock), "{done}");
    let shown = jwtick(["inspect", "--json", done.stdout.trim()]).run().json();
    let iat = shown["claims"]["iat"].as_i64().unwrap();
    assert!((iat - now() - 172_800).abs() <= 5, "{iat}");
    let other = TimeServer::ntp(0);
    let other = format!("ntp:{}", other.address());
    let torn = jwtick([&sign[..], &["--clock", &clock, "--clock", &other]].concat()).run();
    assert_eq!((torn.code(), torn.stdout.as_str()), (12, ""), "{torn}");
}

#[test]
fn step_without_a_terminal_needs_yes() {
    // Port 9 of loopback: if anything were measured, the answer would differ.
    let done = jwtick(["clock", "--step", "--ntp", "127.0.0.1:9"]).run();
    assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
    assert!(done.stderr.contains("not a terminal: add --yes"), "{done}");
}

#[test]
fn yes_is_accepted_only_with_step() {
    for arguments in
        [&["--yes"][..], &["--step", "--watch", "30s"], &["--step", "--format", "nagios"]]
    {
        let line = ["clock", "--ntp", "127.0.0.1:9"].into_iter().chain(arguments.iter().copied());
        let done = jwtick(line).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
    }
}
