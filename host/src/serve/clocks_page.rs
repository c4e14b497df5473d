//! `/clocks`: the map of clocks as a page that needs nothing but itself, or as JSON.
//!
//! The page has no script and loads nothing; its policy forbids both. Each clock is a lane over time, on
//! which a bar shows the interval that holds its offset from UTC.

use core::fmt::{self, Write};

use http::{HeaderMap, HeaderValue, StatusCode, header};
use jwtick_core::survey::ApartCause;
use jwtick_core::time::Offset;
use jwtick_core::words::{self, Language, word};
use jwtick_core::{Span, TimeBounds, UnixTime};

use super::clocks::{Conclusion, Party, Point, Snapshot};
use super::clocks_json::{self, thumbprint};
use crate::http::server::Response;
use crate::http::server::content::response;
use crate::notation::civil::rfc3339_or_unix;

/// Answers with the page if the client prefers HTML, and with JSON otherwise.
pub(super) fn answer(map: &Snapshot, headers: &HeaderMap) -> Response {
    const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'";
    let said = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let wants_page = said(header::ACCEPT).is_some_and(|kinds| kinds.contains("text/html"));
    let (kind, content) = if wants_page {
        ("text/html; charset=utf-8", page(map, language(said(header::ACCEPT_LANGUAGE))))
    } else {
        ("application/json", clocks_json::text(map))
    };
    let mut answer = response(StatusCode::OK, Some(kind), content);
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept, Accept-Language"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}

/// The first language of the header that this program speaks.
fn language(accepted: Option<&str>) -> Language {
    let named = accepted.into_iter().flat_map(|list| list.split(','));
    let known = |name: &str| match name.trim().get(..2) {
        Some("de") => Some(Language::German),
        Some("ko") => Some(Language::Korean),
        Some("en") => Some(Language::English),
        _ => None,
    };
    named.filter_map(known).next().unwrap_or(Language::English)
}

/// The offset in words as the complement of "the clock is …": those are said of a clock that is measured
/// against another, so the sign turns.
pub(crate) fn said(ahead: Offset, language: Language) -> String {
    let behind = Offset::between(-ahead.most(), -ahead.least()).unwrap_or(Offset::UNKNOWN);
    words::offset(behind, language).to_string()
}

const STYLE: &str = "
:root{color-scheme:light dark;--fg:#1a1d21;--bg:#fff;--line:#c9ced6;--bar:#2563b0;--zero:#a33}
@media(prefers-color-scheme:dark){:root{--fg:#e6e8eb;--bg:#15181c;--line:#454c56;--bar:#7ab4f5;--zero:#f08a8a}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--fg);background:var(--bg);max-width:48rem;margin:2rem auto;padding:0 1rem}
h3{margin:1.5rem 0 0;overflow-wrap:anywhere;font-size:1rem}p{margin:.2rem 0}
svg{width:100%;height:auto;border:1px solid var(--line)}rect{fill:var(--bar)}rect.open{fill-opacity:.35}
line{stroke:var(--zero);stroke-dasharray:4 3}text{fill:var(--fg);font-size:12px}";

fn page(map: &Snapshot, language: Language) -> String {
    let title = word!(language, en: "Clocks", de: "Uhren", ko: "시계");
    let code = match language {
        Language::German => "de",
        Language::Korean => "ko",
        _ => "en",
    };
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\"><meta \
         name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}\
         </style></head><body><main><h1>{title}</h1>\n"
    );
    let issuers: Vec<(String, &Party)> =
        map.issuers.iter().map(|(name, party)| (name.to_string(), party)).collect();
    let clients: Vec<(String, &Party)> =
        map.clients.iter().map(|(key, party)| (thumbprint(*key), party)).collect();
    let of_issuers = word!(language, en: "Issuers", de: "Aussteller", ko: "발급자");
    let of_clients = word!(language, en: "Clients", de: "Clients", ko: "클라이언트");
    for (heading, parties) in [(of_issuers, issuers), (of_clients, clients)] {
        // Writing to a string does not fail.
        let _ = section(&mut html, heading, &parties, map.now, language);
    }
    html.push_str("</main></body></html>\n");
    html
}

fn section(
    html: &mut String,
    heading: &str,
    parties: &[(String, &Party)],
    now: TimeBounds,
    language: Language,
) -> fmt::Result {
    writeln!(html, "<section><h2>{heading}</h2>")?;
    if parties.is_empty() {
        let none = word!(language,
            en: "No message has told about a clock yet.",
            de: "Noch keine Nachricht sagte etwas über eine Uhr.",
            ko: "아직 시계를 알려 준 메시지가 없습니다.",
        );
        writeln!(html, "<p>{none}</p>")?;
    }
    for (name, party) in parties {
        let sentence = concluded(party, now, language);
        writeln!(html, "<h3>{}</h3><p>{}</p>", escaped(name), escaped(&sentence))?;
        for event in &party.events {
            writeln!(
                html,
                "<p>{}: {}</p>",
                rfc3339_or_unix(event.at),
                escaped(&stepped(event.cause, language))
            )?;
        }
        lane(html, party, now, &sentence)?;
    }
    writeln!(html, "</section>")
}

fn concluded(party: &Party, now: TimeBounds, language: Language) -> String {
    match party.conclusion(now) {
        Conclusion::Unknown => word!(language,
            en: "Nothing is known about this clock at present.",
            de: "Über diese Uhr ist zurzeit nichts bekannt.",
            ko: "현재 이 시계에 대해 알려진 것이 없습니다.",
        )
        .to_owned(),
        Conclusion::Within(offset) => {
            let said = said(offset, language);
            match language {
                Language::German => format!("Diese Uhr geht {said}."),
                Language::Korean => format!("이 시계: {said}."),
                _ => format!("This clock is {said}."),
            }
        }
        Conclusion::Apart(gap) => {
            let gap = words::rounded(gap, language);
            match language {
                Language::German => format!(
                    "Die Token und der Date-Header der Schlüssel kommen von zwei Uhren, die mindestens {gap} \
                     auseinander liegen, oder die Uhr wurde gestellt."
                ),
                Language::Korean => format!(
                    "토큰과 키 서버의 Date 헤더가 최소 {gap} 다른 두 시계에서 왔거나, 시계가 조정되었습니다."
                ),
                _ => format!(
                    "The tokens and the Date of the keys come from two clocks that differ by at least \
                     {gap}, or the clock was set."
                ),
            }
        }
    }
}

fn stepped(cause: ApartCause, language: Language) -> String {
    match cause {
        ApartCause::Set => {
            word!(language, en: "the clock was set", de: "Die Uhr wurde gestellt", ko: "시계 조정됨")
        }
        ApartCause::SetOrTwoClocks => word!(language,
            en: "the clock was set, or there are two",
            de: "Die Uhr wurde gestellt, oder es sind zwei",
            ko: "시계가 조정되었거나 두 개임",
        ),
    }
    .to_owned()
}

/// The size of a lane, and the room for its labels, in the units of the picture.
const WIDTH: i64 = 720;
const HEIGHT: i64 = 96;
const MARGIN: i64 = 14;

/// A lane: time from left to right, and how far the clock is ahead from bottom to top.
fn lane(html: &mut String, party: &Party, now: TimeBounds, about: &str) -> fmt::Result {
    let (Some(first), scale) = (party.points.front(), Scale::of(party)) else { return Ok(()) };
    let (start, end) = (first.at, now.latest());
    let x = |at: UnixTime| share(at - start, end - start, WIDTH);
    writeln!(
        html,
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">",
        escaped(about)
    )?;
    for (nth, point) in party.points.iter().enumerate() {
        let next = party.points.get(nth.saturating_add(1)).map_or(end, |next| next.at);
        bar(html, point, x(point.at), x(next), scale)?;
    }
    let zero = scale.y(Span::ZERO);
    writeln!(html, "<line x1=\"0\" y1=\"{zero}\" x2=\"{WIDTH}\" y2=\"{zero}\"/>")?;
    let (top, bottom) = (MARGIN.saturating_sub(2), HEIGHT.saturating_sub(3));
    let label = |span| words::interval(Offset::exactly(span), Language::English).to_string();
    let ends = [(scale.most, top), (scale.least, bottom)];
    for (span, y) in ends {
        let label = label(span);
        let label = label.split(" …").next().unwrap_or_default();
        writeln!(html, "<text x=\"4\" y=\"{y}\">{label} s</text>")?;
    }
    let ends = [(start, "start", 120), (end, "end", WIDTH.saturating_sub(4))];
    for (at, anchor, x) in ends {
        let at = rfc3339_or_unix(UnixTime::from_secs(at.floor_secs()));
        writeln!(html, "<text x=\"{x}\" y=\"{bottom}\" text-anchor=\"{anchor}\">{at}</text>")?;
    }
    writeln!(html, "</svg>")
}

fn bar(html: &mut String, point: &Point, from: i64, to: i64, scale: Scale) -> fmt::Result {
    let (least, most) = (point.offset.least(), point.offset.most());
    let open = if least == Span::MIN || most == Span::MAX { " class=\"open\"" } else { "" };
    let (top, bottom) = (scale.y(most), scale.y(least));
    let (width, height) = (to.saturating_sub(from).max(1), bottom.saturating_sub(top).max(2));
    writeln!(html, "<rect x=\"{from}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"{open}/>")
}

/// The offsets at the bottom and at the top of a lane.
#[derive(Clone, Copy)]
struct Scale {
    least: Span,
    most: Span,
}

impl Scale {
    /// The known ends of all intervals, and zero.
    fn of(party: &Party) -> Self {
        let ends = party.points.iter().flat_map(|it| [it.offset.least(), it.offset.most()]);
        let known = ends.filter(|end| !matches!(*end, Span::MIN | Span::MAX));
        let zero = (Span::ZERO, Span::ZERO);
        let (least, most) = known.fold(zero, |(low, high), end| (low.min(end), high.max(end)));
        let second = Span::from_secs(1);
        Self { least: least - second, most: most + second }
    }

    fn y(self, offset: Span) -> i64 {
        let offset = offset.max(self.least).min(self.most);
        let room = HEIGHT.saturating_sub(MARGIN.saturating_mul(2));
        let up = share(offset - self.least, self.most - self.least, room);
        HEIGHT.saturating_sub(MARGIN).saturating_sub(up)
    }
}

/// `part` of `whole`, as a number of `room`.
fn share(part: Span, whole: Span, room: i64) -> i64 {
    let (part, whole) = (i128::from(part.as_micros()), i128::from(whole.as_micros().max(1)));
    let share = part.saturating_mul(room.into()).checked_div(whole).unwrap_or(0);
    i64::try_from(share).unwrap_or(0).clamp(0, room)
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::serve::clocks::ClockMap;

    fn snapshot(name: &str) -> Snapshot {
        let (map, issuer) = (ClockMap::new(), Arc::from(name));
        let at = |secs| TimeBounds::exactly(UnixTime::from_secs(secs));
        map.token(&issuer, UnixTime::from_secs(1690), at(2000));
        map.proof([7; 32], UnixTime::from_secs(2005).into(), Some(at(2000)), at(2000));
        map.snapshot(at(2060))
    }

    #[test]
    fn page_is_one_document_in_the_language_of_its_reader() {
        let rows = [
            (Some("de-CH,en;q=0.5"), "lang=\"de\"", "Diese Uhr geht"),
            (Some("fr, ko"), "lang=\"ko\"", "이 시계"),
            (Some("fr"), "lang=\"en\"", "This clock is"),
            (None, "lang=\"en\"", "This clock is"),
        ];
        for (accepted, tag, words) in rows {
            let page = page(&snapshot("a<b>&\"c"), language(accepted));
            assert!(page.contains(tag) && page.contains(words), "{page}");
            assert!(page.contains("a&lt;b&gt;&amp;&quot;c") && !page.contains("<b>"), "{page}");
            for forbidden in ["http:", "https:", "src=", "<script", "url(", "@import"] {
                assert!(!page.contains(forbidden), "{forbidden}");
            }
        }
    }
}
