//! `fleet --report html`: one file without scripts, which loads nothing.

use core::fmt::Write;

use jwtick_core::words::Language;

use super::answer::{bins, remedies, shared};
use super::ranking::{Ranked, Ranking, Standing};
use super::words::{self as said, Title, title};
use crate::output::safe;
use crate::page::layout::Page;

const STYLE: &str = "
:root{color-scheme:light dark;--fg:#1a1d21;--bg:#fff;--line:#c9ced6;--bar:#2563b0;--wrong:#a32020}
@media(prefers-color-scheme:dark){:root{--fg:#e6e8eb;--bg:#15181c;--line:#454c56;--bar:#7ab4f5;--wrong:#f08a8a}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--fg);background:var(--bg);max-width:72rem;margin:2rem auto;padding:0 1rem}
svg{width:100%;max-width:44rem;height:auto}rect{fill:var(--bar)}text{fill:var(--fg);font-size:13px}
.scroll{overflow-x:auto}table{border-collapse:collapse}th,td{text-align:start;padding:.3rem .8rem .3rem 0;
border-bottom:1px solid var(--line);vertical-align:top}td:nth-child(2){font-variant-numeric:tabular-nums}
tr.wrong td:first-child{color:var(--wrong);font-weight:600}";

/// Nothing may be loaded, sent or run.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The page.
pub(super) fn page(ranking: &Ranking<'_>, limit: usize, page: &Page) -> String {
    let language = page.language;
    let name = title(Title::Fleet, language);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
         <title>{name}</title><style>{STYLE}</style></head><body><main><h1>{name}</h1>\n<p>{}</p>\n",
        code(language),
        escaped(&said::headline(ranking, language)),
    );
    if let Some(covered) = ranking.covered() {
        let _ = writeln!(html, "<p>{}</p>", escaped(&said::covered(covered, language)));
    }
    let head = |it| format!("<h2>{}</h2>\n", title(it, language));
    html += &head(Title::Offsets);
    html += &picture(&bins(ranking, page), title(Title::Offsets, language));
    let listed: Vec<&Ranked<'_>> = ranking.listed().collect();
    if !listed.is_empty() {
        html += &head(Title::Hosts);
        html += &table(&listed, limit, language);
    }
    for (part, items) in
        [(Title::Shared, shared(ranking, page)), (Title::Remedies, remedies(ranking, page))]
    {
        if !items.is_empty() {
            let items: String =
                items.iter().map(|it| format!("<li>{}</li>\n", escaped(it))).collect();
            let _ = write!(html, "{}<ul>\n{items}</ul>\n", head(part));
        }
    }
    let _ = writeln!(html, "<p>jwtick {}</p></main></body></html>", env!("CARGO_PKG_VERSION"));
    html
}

const fn code(language: Language) -> &'static str {
    match language {
        Language::German => "de",
        Language::Korean => "ko",
        _ => "en",
    }
}

/// A bar for each bin.
fn picture(bins: &[(String, usize)], name: &str) -> String {
    const WIDTH: usize = 420;
    const ROW: usize = 24;
    let most = bins.iter().map(|(_, hosts)| *hosts).max().unwrap_or_default();
    let mut html = format!(
        "<svg viewBox=\"0 0 700 {}\" role=\"img\" aria-label=\"{name}\">\n",
        bins.len().saturating_mul(ROW)
    );
    for (at, (label, hosts)) in bins.iter().enumerate() {
        let top = at.saturating_mul(ROW);
        let (bar, words) = (top.saturating_add(4), top.saturating_add(17));
        let length = said::length(*hosts, most, WIDTH);
        let end = length.saturating_add(222);
        let _ = writeln!(
            html,
            "<text x=\"208\" y=\"{words}\" text-anchor=\"end\">{}</text>\
             <rect x=\"216\" y=\"{bar}\" width=\"{length}\" height=\"16\"/>\
             <text x=\"{end}\" y=\"{words}\">{hosts}</text>",
            escaped(label),
        );
    }
    html + "</svg>\n"
}

fn table(listed: &[&Ranked<'_>], limit: usize, language: Language) -> String {
    let heads = said::columns(language).map(|head| format!("<th scope=\"col\">{head}</th>"));
    let mut html = format!(
        "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>{}</tr></thead><tbody>\n",
        heads.concat()
    );
    for host in listed.iter().take(limit) {
        let cells = said::cells(host, language).map(|cell| format!("<td>{}</td>", escaped(&cell)));
        let class = if host.standing() == Standing::Wrong { " class=\"wrong\"" } else { "" };
        let _ = writeln!(html, "<tr{class}>{}</tr>", cells.concat());
    }
    html += "</tbody></table></div>\n";
    if let Some(left @ 1..) = listed.len().checked_sub(limit) {
        let _ = writeln!(html, "<p>{}</p>", escaped(&said::more(left, language)));
    }
    html
}

fn escaped(text: &str) -> String {
    let text = safe::line(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
