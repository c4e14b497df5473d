//! `jwtick diagnose --by-host`, `jwtick merge` and `jwtick fleet`: parts of logs of many hosts, in any order.
#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jwtick_tests::{Outcome, Schema, jwtick};
use serde_json::Value;

/// 2024-01-09T12:00:00Z.
const NOON: i64 = 1_704_801_600;
const HOUR: i64 = 3_600;

/// A host with a clock that is known.
#[derive(Debug, Clone)]
struct Host {
    name: String,
    /// UTC minus its clock at noon, in seconds.
    offset: i64,
    /// The rate at which its clock loses, in parts per million.
    drift: i64,
    /// When it was set to the right time, in seconds after noon.
    set_at: Option<i64>,
    /// When it went wrong; `None` if it was wrong before noon.
    since: Option<i64>,
    /// The server that it sends requests to.
    server: &'static str,
    /// The time service that writes into its log.
    service: &'static str,
}

impl Host {
    fn offset_at(&self, since_noon: i64) -> i64 {
        let is_set = self.set_at.is_some_and(|set_at| since_noon >= set_at);
        if is_set || self.since.is_some_and(|since| since_noon < since) {
            return 0;
        }
        self.offset + since_noon * self.drift / 1_000_000
    }

    /// The lines of an exchange at a time: the time by this clock, and the text.
    fn exchange(&self, since_noon: i64, index: i64) -> Vec<(i64, String)> {
        let offset = self.offset_at(since_noon);
        let date = httpdate(NOON + since_noon);
        // The server allows for a minute.
        let refused =
            |words| format!("{{\"error\":\"invalid_grant\",\"error_description\":\"{words}\"}}");
        let (status, body) = match offset {
            61.. => ("400 Bad Request", refused("JWT has expired")),
            ..-60 => ("400 Bad Request", refused("Token is not yet valid (nbf)")),
            _ => ("200 OK", "{\"access_token\":\"opaque\"}".to_owned()),
        };
        let local = NOON + since_noon - offset;
        let texts = [
            format!("request {index}: POST https://{}/token", self.server),
            format!("< HTTP/1.1 {status}"),
            format!("< Date: {date}"),
            format!("< {body}"),
        ];
        texts.into_iter().map(|text| (local, text)).collect()
    }

    /// Its log of some hours, an exchange every 20 minutes.
    fn log(&self, hours: i64) -> Vec<(i64, String)> {
        let quiet = |at: i64| (NOON + at - self.offset_at(at), "cache: 17 entries".to_owned());
        let start = (NOON - self.offset_at(0), format!("{}: started", self.service));
        let exchanges = (0..hours * 3).flat_map(|index| {
            let at = index * 1_200 + 7;
            let mut lines = self.exchange(at, index);
            lines.extend([quiet(at + 60), quiet(at + 300)]);
            lines
        });
        core::iter::once(start).chain(exchanges).collect()
    }

    fn line(&self, (time, text): &(i64, String)) -> String {
        format!("{} {} app[7]: {text}\n", rfc3339(*time), self.name)
    }
}

/// Hosts of which some are right, some behind, some ahead, some drift and some were set.
fn hosts(count: i64) -> Vec<Host> {
    let host = |index: i64| {
        let (offset, drift, set_at) = match index % 10 {
            0 => (600 + index, 0, None),
            1 => (-(300 + index), 0, None),
            2 => (100, 150, None),
            3 => (900, 0, Some(4 * HOUR)),
            _ => (0, 0, None),
        };
        let service = if index % 3 == 0 { "chronyd" } else { "systemd-timesyncd" };
        let name = format!("host{index:03}");
        Host { name, offset, drift, set_at, since: None, server: "id.example.com", service }
    };
    (0..count).map(host).collect()
}

fn rfc3339(at: i64) -> String {
    let (day, time) = (at.div_euclid(86_400), at.rem_euclid(86_400));
    let date = 9 + day - NOON / 86_400;
    format!(
        "2024-01-{date:02}T{:02}:{:02}:{:02}.000000+00:00",
        time / 3_600,
        time / 60 % 60,
        time % 60
    )
}

fn httpdate(at: i64) -> String {
    let (day, time) = (at.div_euclid(86_400) - NOON / 86_400, at.rem_euclid(86_400));
    let weekday = ["Mon", "Tue", "Wed", "Thu"][usize::try_from(day + 1).unwrap()];
    let date = 9 + day;
    format!(
        "{weekday}, {date:02} Jan 2024 {:02}:{:02}:{:02} GMT",
        time / 3_600,
        time / 60 % 60,
        time % 60
    )
}

/// The log of all hosts, whose lines alternate as they would at a collector.
fn log_of(hosts: &[Host], hours: i64) -> String {
    let mut lines: Vec<(i64, usize, String)> = Vec::new();
    for (at, host) in hosts.iter().enumerate() {
        lines
            .extend(host.log(hours).iter().map(|line| (line.0 + host.offset, at, host.line(line))));
    }
    lines.sort_by_key(|(time, host, _)| (*time, *host));
    lines.into_iter().map(|(_, _, line)| line).collect()
}

fn by_host(input: impl AsRef<[u8]>) -> String {
    let done = jwtick(["diagnose", "--by-host"]).stdin(input.as_ref().to_vec()).run();
    assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
    done.stdout
}

fn merge(input: &str) -> String {
    let done = jwtick(["merge"]).stdin(input.to_owned()).run();
    assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
    done.stdout
}

/// The lines without the places of stretches, which differ where the input is another one.
fn without_places(lines: &str) -> Vec<Value> {
    let lines = lines.lines().map(|line| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        for stretch in line["state"]["stretches"].as_array_mut().unwrap() {
            (stretch["source"], stretch["at"]) = (Value::Null, Value::Null);
        }
        line
    });
    lines.collect()
}

/// Small numbers without an order, always the same.
struct Shuffle(u64);

impl Shuffle {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn lines_state_what_is_true_of_each_clock() {
    let hosts = hosts(10);
    let lines = by_host(log_of(&hosts, 8));
    let schema = Schema::load("by-host").unwrap();
    let met: BTreeMap<String, Value> = lines
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            schema.check(&line).unwrap();
            (line["host"].as_str().unwrap().to_owned(), line)
        })
        .collect();
    assert_eq!(met.len(), hosts.len());
    for host in &hosts {
        let line = &met[&host.name];
        let is_wrong = host.offset != 0;
        assert_eq!(line["clock_fault"], is_wrong, "{host:?} {line}");
        assert_eq!(line["cause"], if is_wrong { "local-clock" } else { "not-clock" }, "{host:?}");
        let (least, most) = (&line["offset_s"]["least"], &line["offset_s"]["most"]);
        // The offset at the last observation of the fault.
        let last = host.set_at.map_or(8 * HOUR - 1_200 + 7, |set_at| set_at - 1_200 + 7);
        let truth = i32::try_from(host.offset_at(last)).unwrap();
        let (least, most) = (least.as_f64().unwrap(), most.as_f64().unwrap());
        assert!(least <= truth.into() && f64::from(truth) <= most, "{host:?} {line}");
        assert!(most - least < 4.0, "{host:?} {line}");
        let (slowest, fastest) = (&line["drift_ppm"]["least"], &line["drift_ppm"]["most"]);
        let drift = i32::try_from(host.drift).unwrap();
        assert!(slowest.as_f64().unwrap() <= drift.into(), "{host:?} {line}");
        assert!(f64::from(drift) <= fastest.as_f64().unwrap(), "{host:?} {line}");
        assert_eq!(line["steps"], i32::from(host.set_at.is_some()), "{host:?} {line}");
        assert_eq!(line["until"].is_string(), host.set_at.is_some(), "{host:?} {line}");
        let refusals = (0..24).filter(|index| host.offset_at(index * 1_200 + 7).abs() > 60).count();
        assert_eq!(line["refusals"], refusals, "{host:?} {line}");
    }
}

#[test]
fn host_without_a_time_to_compare_with_is_not_called_right() {
    let log = "2024-01-09T12:00:00Z app: started\n2024-01-09T12:05:00Z app: stopped\n";
    let line: Value = serde_json::from_str(by_host(log).trim()).unwrap();
    assert_eq!(line["cause"], "undetermined");
    assert_eq!(line["clock_fault"], Value::Null);
    let report = run_fleet(&["--json"], log).json();
    assert_eq!((&report["right"], &report["undetermined"]), (&0.into(), &1.into()), "{report}");
}

#[test]
fn log_and_tables_of_its_lines_give_the_same_answer() {
    let hosts = hosts(6);
    let expected = without_places(&by_host(log_of(&hosts, 3)));
    let (mut two, mut five) = (String::new(), String::new());
    for host in &hosts {
        for (at, line) in host.log(3).iter().enumerate() {
            let text = host.line(line);
            let text = text.trim_end();
            two += &format!("{}\t{text}\n", host.name);
            five += &format!("{}\t{}\tapp.log\t{at}\t{text}\n", host.name, line.0);
        }
    }
    assert_eq!(without_places(&by_host(two)), expected);
    assert_eq!(without_places(&by_host(&five)), expected);
    let stretch: Value = serde_json::from_str(by_host(&five).lines().next().unwrap()).unwrap();
    assert_eq!(stretch["state"]["stretches"][0]["source"], "app.log");
    let twice: String = five.lines().flat_map(|row| [row, "\n", row, "\n"]).collect();
    assert_eq!(without_places(&by_host(twice)), expected, "each row twice");
}

/// Divides the log of each host at every place that is promised, and gives the parts to several machines in
/// any order, some of them twice.
#[test]
fn any_division_at_quarters_of_an_hour_gives_the_answer_of_the_whole_log() {
    let hosts = hosts(10);
    let whole = by_host(log_of(&hosts, 6));
    let mut parts: Vec<String> = Vec::new();
    for host in &hosts {
        let mut last = None;
        for line in &host.log(6) {
            let quarter = line.0.div_euclid(900);
            if last.replace(quarter) != Some(quarter) {
                parts.push(String::new());
            }
            *parts.last_mut().unwrap() += &host.line(line);
        }
    }
    assert!(parts.len() > 200, "{}", parts.len());
    let mut shuffle = Shuffle(20);
    // Those from the fifth on read parts that the others have read, too.
    let mut machines = vec![String::new(); 8];
    for (firsts, share) in [(0..5, 1), (5..8, 3)] {
        for part in parts.iter().filter(|_| shuffle.below(share) == 0).collect::<Vec<_>>() {
            let machine = &mut machines[firsts.start + shuffle.below(firsts.len())];
            // The part comes before or after the others.
            if shuffle.below(2) == 0 { machine.push_str(part) } else { machine.insert_str(0, part) }
        }
    }
    let answers: Vec<String> = machines.iter().map(by_host).collect();
    assert_eq!(without_places(&merge(&answers.concat())), without_places(&whole));
    let backwards: String =
        answers.iter().rev().flat_map(|it| it.lines().rev()).map(|it| format!("{it}\n")).collect();
    assert_eq!(merge(&backwards), merge(&answers.concat()), "in another order");
    let stages = merge(&answers[0]) + &merge(&answers[1..].concat());
    assert_eq!(merge(&stages), merge(&answers.concat()), "in two stages");
    assert_eq!(merge(&(whole.clone() + &whole)), whole, "twice");
}

/// logrotate cuts a log anywhere.
#[test]
fn parts_of_a_rotated_log_are_read_as_one() {
    let hosts = hosts(3);
    let log = log_of(&hosts, 4);
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let (first, rest) = log.split_at(log.len() / 3);
    let (second, third) = rest.split_at(rest.len() / 2);
    let line = |text: &str| text.rfind('\n').unwrap() + 1;
    let (a, b) = (line(first), line(second));
    write("app.log.2", &first[..a]);
    write("app.log.1", &(first[a..].to_owned() + &second[..b]));
    write("app.log", &(second[b..].to_owned() + third));
    fs::create_dir(folder.path().join("web")).unwrap();
    write("web/other.log", &log);
    write("notes", "some words\n");
    fs::write(folder.path().join("picture"), b"\x89PNG\r\n\x1a\n and so on").unwrap();
    let done = jwtick(["diagnose".as_ref(), "--by-host".as_ref(), folder.path().as_os_str()]).run();
    assert_eq!(done.code(), 0, "{done}");
    assert_eq!(without_places(&done.stdout), without_places(&by_host(&log)));
    assert!(done.stderr.contains("picture") && done.stderr.contains("left out"), "{done}");
}

#[test]
fn inputs_that_cannot_be_read_are_named_and_the_others_count() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("app.log");
    fs::write(&log, log_of(&hosts(1), 1)).unwrap();
    let run = |arguments: &[&Path]| -> Outcome {
        let words = ["diagnose", "--by-host"].iter().map(Into::into);
        jwtick(words.chain(arguments.iter().map(|it| it.as_os_str().to_owned()))).run()
    };
    let done = run(&[&log, Path::new("absent.log")]);
    assert_eq!((done.code(), done.stdout.lines().count()), (1, 1), "{done}");
    assert!(done.stderr.contains("absent.log"), "{done}");
    let rows: &[(&[&str], &str, &str)] = &[
        (&["diagnose", "--by-host"], "web1\tx\nweb1\n", "line 2: expected `host TAB line`"),
        (&["diagnose", "--by-host"], "web1\tx\t\t\ty\n", "expected a time in the second field"),
        (&["merge"], "JWT has expired\n", "line 1: expected a line of `jwtick diagnose --by-host`"),
    ];
    for &(words, input, expected) in rows {
        let done = jwtick(words).stdin(input).run();
        assert_eq!(done.code(), 1, "{done}");
        assert!(done.stderr.contains(expected), "{done}");
    }
    let nothing = jwtick(["merge"]).stdin("").run();
    assert_eq!((nothing.code(), nothing.stdout.as_str()), (0, ""), "{nothing}");
}

/// 200 hosts, of which 20 are behind by different amounts, 20 ahead, 20 drift, and 20 were set.
fn fleet() -> Vec<Host> {
    hosts(200)
}

fn run_fleet(arguments: &[&str], input: &str) -> Outcome {
    let words = ["fleet"].iter().chain(arguments);
    let done = jwtick(words).env("LC_ALL", "C.UTF-8").stdin(input.to_owned()).run();
    assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
    done
}

#[test]
fn fleet_report_ranks_hosts_and_names_what_they_share() {
    let states = by_host(log_of(&fleet(), 5));
    let report: Value = serde_json::from_str(&run_fleet(&["--json"], &states).stdout).unwrap();
    Schema::load("fleet").unwrap().check(&report).unwrap();
    let counts =
        ["hosts_total", "wrong", "corrected", "undetermined", "right"].map(|it| report[it].clone());
    assert_eq!(counts, [200, 60, 20, 0, 120].map(Value::from));
    let hosts = report["hosts"].as_array().unwrap();
    assert_eq!(
        (hosts.len(), &hosts[0]["host"]),
        (200, &Value::from("host190")),
        "the farthest behind"
    );
    let groups: Vec<(String, usize)> = report["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            (it["shared"].as_str().unwrap().to_owned(), it["hosts"].as_array().unwrap().len())
        })
        .collect();
    assert_eq!(
        groups,
        [("time-source".to_owned(), 20), ("time-source".to_owned(), 20)],
        "{report}"
    );

    let remedies = report["remedies"].as_array().unwrap().iter();
    let remedies: Vec<usize> = remedies.map(|it| it["hosts"].as_array().unwrap().len()).collect();
    assert_eq!(
        remedies.iter().sum::<usize>(),
        80,
        "each host that is not right needs one: {report}"
    );
    assert_eq!(remedies.len(), 2, "chrony and timesyncd: {report}");
}

#[test]
fn fleet_report_is_a_picture_for_people_and_metrics_for_programs() {
    let states = by_host(log_of(&fleet(), 5));
    let text = run_fleet(&["--limit", "5"], &states).stdout;
    assert!(
        text.starts_with("Hosts: 200. Clock wrong: 60, wrong but corrected since: 20"),
        "{text}"
    );
    assert!(text.contains("  1 min–1 h behind  ████████████████████ 60\n"), "{text}");
    assert!(text.contains("\n  host190  15       local clock wrong  proven     790 s"), "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with("  host")).count(), 6, "{text}");
    assert!(text.contains("Hosts not listed: 75"), "{text}");
    let german = run_fleet(&["--lang", "de"], &states).stdout;
    assert!(german.contains("Gemeinsame Ursachen"), "{german}");

    let metrics = run_fleet(&["--format", "prometheus"], &states).stdout;
    assert!(metrics.contains("jwtick_fleet_hosts{clock=\"wrong\"} 60\n"), "{metrics}");
    assert!(metrics.contains("jwtick_host_refusals{host=\"host190\"} 15\n"), "{metrics}");
    let named = metrics.lines().filter(|line| line.starts_with("# TYPE")).count();
    assert_eq!(named, 8, "{metrics}");
}

#[test]
fn pages_of_a_fleet_need_no_other_file_and_escape_names() {
    let line = "<b>&\"|`*\t2024-01-09T14:00:00Z POST /token\n\
        <b>&\"|`*\t2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:37:10 GMT\n\
        <b>&\"|`*\t2024-01-09T14:00:00Z < {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";
    // The first row tells the form.
    let states = by_host(format!("web1\t2024-01-09T14:00:00Z started\n{line}"));
    let page = run_fleet(&["--report", "html"], &states).stdout;
    assert!(page.contains("<td>&lt;b&gt;&amp;&quot;|`*</td>"), "{page}");
    assert!(page.contains("<rect ") && page.contains("2,230 s (37 min 10 s)"), "{page}");
    for loaded in ["<script", "src=", "href=", "url(", "@import", "<b>"] {
        assert!(!page.contains(loaded), "{loaded}");
    }
    assert!(page.contains("default-src 'none'"), "{page}");
    let markdown = run_fleet(&["--report", "markdown"], &states).stdout;
    assert!(markdown.contains("| `<b>&\"  *` | 1 | local clock wrong |"), "{markdown}");
    let empty = run_fleet(&[], "").stdout;
    assert!(empty.starts_with("Hosts: 0."), "{empty}");
}

/// The same logs as files of a folder, compressed, and named by a pattern.
#[test]
fn fleet_reads_folders_and_patterns_as_it_reads_their_text() {
    let folder = tempfile::tempdir().unwrap();
    let hosts = hosts(4);
    let mut states = String::new();
    for host in &hosts {
        let log: String = host.log(2).iter().map(|line| host.line(line)).collect();
        states += &by_host(&log);
        let path = folder.path().join(format!("{}.log.1.gz", host.name));
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, log.as_bytes()).unwrap();
        fs::write(path, packed.finish().unwrap()).unwrap();
    }
    let expected = run_fleet(&["--json"], &states).stdout;
    let pattern = folder.path().join("host*.gz");
    for path in [folder.path(), pattern.as_path()] {
        assert_eq!(run_fleet(&["--json", path.to_str().unwrap()], "").stdout, expected);
    }
}

fn calm() -> Host {
    Host {
        name: "calm".to_owned(),
        offset: 0,
        drift: 0,
        set_at: None,
        since: None,
        server: "id.example.com",
        service: "chronyd",
    }
}

#[test]
fn hosts_that_share_a_cause_are_named_together() {
    let right = calm();
    let three = |name: &str, host: Host| {
        (1..=3)
            .map(move |at| Host { name: format!("{name}{at}"), ..host.clone() })
            .collect::<Vec<_>>()
    };
    let hosts: Vec<Host> = [
        vec![right.clone(), Host { name: "alone".to_owned(), offset: 333, ..right.clone() }],
        three("paused", Host { offset: 700, since: Some(2 * HOUR), ..right.clone() }),
        three("image", Host { offset: 1_500, ..right.clone() }),
        three("other", Host { offset: 500, server: "old.example.com", ..right }),
    ]
    .concat();
    let report = run_fleet(&["--json"], &by_host(log_of(&hosts, 4))).stdout;
    let report: Value = serde_json::from_str(&report).unwrap();
    let mut groups: Vec<(&str, &str)> = report["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["shared"].as_str().unwrap(), it["hosts"][2].as_str().unwrap()))
        .collect();
    groups.sort_unstable();
    assert_eq!(
        groups,
        [("moment", "paused3"), ("server", "other3"), ("time-source", "image3")],
        "{report}"
    );
    let host = |name: &str| {
        report["hosts"].as_array().unwrap().iter().find(|it| it["host"] == name).unwrap()
    };
    let since = &host("paused1")["since"];
    assert_eq!(since["after"], "2024-01-09T13:40:07Z", "{since}");
    assert_eq!(since["by"], "2024-01-09T14:00:07Z", "{since}");
}
