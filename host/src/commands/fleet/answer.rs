//! The fleet report as text, as Markdown, as JSON and for Prometheus.

use core::fmt::Write;

use jwtick_core::Span;
use jwtick_core::time::Offset;
use jwtick_core::words;
use serde::Serialize;

use super::ranking::{Bin, Ranked, Ranking, Standing, histogram};
use super::words::{self as said, Title, title};
use crate::fleet::{SummaryJson, ppm, summary};
use crate::notation::civil::rfc3339_or_unix;
use crate::notation::duration::decimal;
use crate::output::{Text, safe};
use crate::page::json;
use crate::page::layout::{Page, TITLE, padded, widest};
use crate::page::paragraph::paragraph;
use crate::page::terminal::columns;

/// Columns of the longest bar.
const BAR: usize = 40;

/// The report for a terminal.
pub(super) fn text(ranking: &Ranking<'_>, limit: usize, page: &Page) -> Text {
    let language = page.language;
    let mut text = Text::from(paragraph("", &said::headline(ranking, language), page.wrap));
    if let Some(covered) = ranking.covered() {
        text += &paragraph("", &said::covered(covered, language), page.wrap);
    }
    if ranking.hosts.is_empty() {
        return text;
    }
    let part =
        |it, body: &str| Text::from("\n") + &Text::styled(TITLE, title(it, language)) + "\n" + body;
    text += &part(Title::Offsets, &bars(ranking, page));
    let listed: Vec<&Ranked<'_>> = ranking.listed().collect();
    if !listed.is_empty() {
        text += &part(Title::Hosts, &table(&listed, limit, page));
    }
    let list = |items: Vec<String>| -> String {
        items.iter().map(|item| paragraph("  - ", item, page.wrap)).collect()
    };
    if !ranking.groups.is_empty() {
        text += &part(Title::Shared, &list(shared(ranking, page)));
    }
    if !ranking.remedies.is_empty() {
        text += &part(Title::Remedies, &list(remedies(ranking, page)));
    }
    text
}

/// A bar for each bin that has hosts, and for those between such.
fn bars(ranking: &Ranking<'_>, page: &Page) -> String {
    let rows = bins(ranking, page);
    let labels: Vec<String> = rows.iter().map(|(label, _)| label.clone()).collect();
    let width = widest(&labels);
    let most = rows.iter().map(|(_, hosts)| *hosts).max().unwrap_or_default();
    let row = |(label, hosts): &(String, usize)| {
        let bar = page.glyphs.pick("█", "#").repeat(said::length(*hosts, most, BAR));
        let line = format!("  {}  {bar} {hosts}", padded(label, width));
        if *hosts == 0 { format!("  {label}\n") } else { line + "\n" }
    };
    rows.iter().map(row).collect()
}

/// The labels and counts of the histogram, without the empty ends.
pub(super) fn bins(ranking: &Ranking<'_>, page: &Page) -> Vec<(String, usize)> {
    let (bins, unknown) = histogram(&ranking.hosts);
    let has_hosts = |bin: &Bin| bin.hosts > 0;
    let first = bins.iter().position(has_hosts).unwrap_or(bins.len());
    let last = bins.iter().rposition(has_hosts).map_or(0, |last| last.saturating_add(1));
    let shown = bins.get(first..last).unwrap_or_default().iter();
    let unknown = (unknown > 0).then(|| (said::unknown(page.language).to_owned(), unknown));
    shown.map(|bin| (said::bin(bin, page.language), bin.hosts)).chain(unknown).collect()
}

/// The rows of the hosts that are listed, under their headings.
fn table(listed: &[&Ranked<'_>], limit: usize, page: &Page) -> String {
    let heads = said::columns(page.language).map(str::to_owned);
    let shown = listed.iter().take(limit).map(|it| said::cells(it, page.language));
    let rows: Vec<[String; 7]> =
        [heads].into_iter().chain(shown.map(|row| row.map(|cell| safe::line(&cell)))).collect();
    let widths: Vec<usize> = (0..7)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|cell| columns(cell)).max())
        .map(Option::unwrap_or_default)
        .collect();
    let line = |row: &[String; 7]| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect();
        format!("  {}\n", cells.join("  ").trim_end())
    };
    let mut text: String = rows.iter().map(line).collect();
    if let Some(left @ 1..) = listed.len().checked_sub(limit) {
        text += &paragraph("  ", &said::more(left, page.language), page.wrap);
    }
    text
}

pub(super) fn shared(ranking: &Ranking<'_>, page: &Page) -> Vec<String> {
    let item =
        |group| format!("{} {}", said::shared(group, page.language), said::names(&group.hosts));
    ranking.groups.iter().map(item).map(|it| safe::line(&it)).collect()
}

pub(super) fn remedies(ranking: &Ranking<'_>, page: &Page) -> Vec<String> {
    let item = |(remedy, hosts): &(_, Vec<&str>)| {
        let remedy = words::remedy(remedy, page.language);
        format!("{remedy} ({}) {}", hosts.len(), said::names(hosts))
    };
    ranking.remedies.iter().map(item).map(|it| safe::line(&it)).collect()
}

/// The report for a ticket. Names are in code spans, so that they are no markup.
pub(super) fn markdown(ranking: &Ranking<'_>, limit: usize, page: &Page) -> String {
    let page = Page { wrap: None, ..*page };
    let language = page.language;
    let head = |it| format!("\n### {}\n\n", title(it, language));
    let plain = |text: &str| text.replace('\\', "\\\\").replace(['<', '|', '*', '_', '`'], " ");
    let mut text =
        format!("## {}\n\n{}\n", title(Title::Fleet, language), said::headline(ranking, language));
    if let Some(covered) = ranking.covered() {
        let _ = writeln!(text, "{}", said::covered(covered, language));
    }
    let _ = write!(text, "{}```\n{}```\n", head(Title::Offsets), bars(ranking, &page));
    let listed: Vec<&Ranked<'_>> = ranking.listed().collect();
    if !listed.is_empty() {
        let heads = said::columns(language);
        let _ = write!(
            text,
            "{}| {} |\n|{}\n",
            head(Title::Hosts),
            heads.join(" | "),
            "---|".repeat(heads.len())
        );
        for host in listed.iter().take(limit) {
            let [name, rest @ ..] = said::cells(host, language).map(|cell| safe::line(&cell));
            let rest = rest.map(|cell| plain(&cell)).join(" | ");
            let _ = writeln!(text, "| `{}` | {rest} |", name.replace(['`', '|'], " "));
        }
        if let Some(left @ 1..) = listed.len().checked_sub(limit) {
            let _ = writeln!(text, "\n{}", said::more(left, language));
        }
    }
    for (part, items) in
        [(Title::Shared, shared(ranking, &page)), (Title::Remedies, remedies(ranking, &page))]
    {
        if !items.is_empty() {
            text += &head(part);
            text.extend(items.iter().map(|item| format!("- {}\n", item.replace('<', "&lt;"))));
        }
    }
    let _ = writeln!(text, "\njwtick {}", env!("CARGO_PKG_VERSION"));
    text
}

#[derive(Serialize)]
struct FleetJson<'a> {
    hosts_total: usize,
    wrong: usize,
    corrected: usize,
    undetermined: usize,
    right: usize,
    refusals: u64,
    first: Option<String>,
    last: Option<String>,
    groups: Vec<GroupJson<'a>>,
    remedies: Vec<RemedyJson<'a>>,
    hosts: Vec<SummaryJson<'a>>,
}

#[derive(Serialize)]
struct GroupJson<'a> {
    shared: &'static str,
    summary: String,
    hosts: &'a [&'a str],
}

#[derive(Serialize)]
struct RemedyJson<'a> {
    remedy: String,
    hosts: &'a [&'a str],
}

/// The report as one JSON object; `fixtures/schema/fleet.json` describes it.
pub(super) fn json(ranking: &Ranking<'_>, page: &Page) -> String {
    let [wrong, corrected, undetermined, right] = Standing::ALL.map(|it| ranking.count(it));
    let covered = ranking.covered();
    json::line(&FleetJson {
        hosts_total: ranking.hosts.len(),
        wrong,
        corrected,
        undetermined,
        right,
        refusals: ranking.refusals(),
        first: covered.map(|(first, _)| rfc3339_or_unix(first)),
        last: covered.map(|(_, last)| rfc3339_or_unix(last)),
        groups: ranking
            .groups
            .iter()
            .map(|group| GroupJson {
                shared: group.shared.code(),
                summary: said::shared(group, page.language),
                hosts: &group.hosts,
            })
            .collect(),
        remedies: ranking
            .remedies
            .iter()
            .map(|(remedy, hosts)| RemedyJson {
                remedy: words::remedy(remedy, page.language).to_string(),
                hosts,
            })
            .collect(),
        hosts: ranking.hosts.iter().map(|it| summary(it.name, it.state, &it.verdict)).collect(),
    })
}

/// A metric of a host: its name without the prefix, its help text, and a function that reads its value.
type Metric = (&'static str, &'static str, fn(&Ranked<'_>) -> Option<String>);

const OF_A_HOST: &[Metric] = &[
    ("clock_fault", "Whether the clock is wrong; absent if that is not known.", |it| {
        match it.standing() {
            Standing::Wrong => Some("1".to_owned()),
            Standing::Corrected | Standing::Right => Some("0".to_owned()),
            Standing::Open => None,
        }
    }),
    ("offset_least_seconds", "Reference minus clock of the host, at least.", |it| {
        end(it, Offset::least)
    }),
    ("offset_most_seconds", "Reference minus clock of the host, at most.", |it| {
        end(it, Offset::most)
    }),
    ("drift_least_ppm", "Rate at which the clock loses, at least.", |it| {
        it.verdict.rate.map(|rate| ppm(rate.least_ppb()))
    }),
    ("drift_most_ppm", "Rate at which the clock loses, at most.", |it| {
        it.verdict.rate.map(|rate| ppm(rate.most_ppb()))
    }),
    ("refusals", "Requests that were refused in the logs.", |it| {
        Some(it.verdict.refusals.to_string())
    }),
    ("harm", "Refusals, weighted by the certainty of their causes.", |it| {
        Some(it.verdict.harm.to_string())
    }),
];

fn end(host: &Ranked<'_>, end: fn(Offset) -> Span) -> Option<String> {
    let end = host.offset().map(end)?;
    (end != Span::MIN && end != Span::MAX).then(|| decimal(end))
}

/// The report as metrics (exposition format 0.0.4).
pub(super) fn prometheus(ranking: &Ranking<'_>) -> String {
    let mut text = String::new();
    let mut gauge = |name: &str, help: &str, samples: &[(String, String)]| {
        if !samples.is_empty() {
            let _ = writeln!(text, "# HELP jwtick_{name} {help}\n# TYPE jwtick_{name} gauge");
        }
        for (label, value) in samples {
            let _ = writeln!(text, "jwtick_{name}{{{label}}} {value}");
        }
    };
    let counts =
        Standing::ALL.map(|it| (format!("clock=\"{}\"", it.code()), ranking.count(it).to_string()));
    gauge("fleet_hosts", "Number of hosts by the state of their clocks.", &counts);
    for &(name, help, value) in OF_A_HOST {
        let sample = |it: &Ranked<'_>| Some((label(it.name), value(it)?));
        let samples: Vec<_> = ranking.hosts.iter().filter_map(sample).collect();
        gauge(&format!("host_{name}"), help, &samples);
    }
    text
}

fn label(host: &str) -> String {
    let host = safe::line(host).replace('\\', "\\\\").replace('"', "\\\"");
    format!("host=\"{host}\"")
}
