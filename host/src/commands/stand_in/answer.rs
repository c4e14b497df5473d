//! The output of the stand-in: its addresses, and a line for each request.

use jwtick_core::token::Claims;
use jwtick_core::words::word;
use jwtick_core::words::{self, Language};
use serde::Serialize;

use crate::notation::civil::rfc3339_or_unix;
use crate::output::safe;
use crate::page::finding::FindingJson;
use crate::page::json;
use crate::stand_in::{Entry, Note, Urls};

/// A log line as text.
pub(crate) fn entry_line(entry: &Entry, language: Language) -> String {
    let Note { error, words, findings } = &entry.note;
    let mut line = rfc3339_or_unix(entry.at);
    for part in [entry.node.as_deref(), Some(entry.method.as_str()), Some(&*entry.path)] {
        line.extend(part.iter().flat_map(|part| [" ", *part]));
    }
    line.push_str(&format!(" {}", entry.status.as_u16()));
    line.extend(error.iter().flat_map(|error| [" ", *error]));
    if !words.is_empty() {
        line.extend([": ", words]);
    }
    let measured = findings.iter().filter(|finding| finding.margin().is_some());
    let measured: Vec<String> =
        measured.map(|it| format!("{} {}", it.rule(), words::finding(it, language))).collect();
    if !measured.is_empty() {
        line.push_str(&format!(" ({})", measured.join("; ")));
    }
    safe::line(&line)
}

/// A log line as JSON.
pub(crate) fn entry_json(entry: &Entry) -> String {
    let findings = &entry.note.findings;
    json::line(&EntryJson {
        time: rfc3339_or_unix(entry.at),
        node: entry.node.as_deref(),
        method: entry.method.as_str(),
        path: &entry.path,
        status: entry.status.as_u16(),
        error: entry.note.error,
        reason: &entry.note.words,
        findings: findings.iter().map(|it| FindingJson::of(it, &Claims::EMPTY)).collect(),
    })
}

#[derive(Serialize)]
struct EntryJson<'e> {
    time: String,
    node: Option<&'e str>,
    method: &'e str,
    path: &'e str,
    status: u16,
    error: Option<&'static str>,
    reason: &'e str,
    findings: Vec<FindingJson>,
}

pub(crate) fn addresses(urls: &Urls, as_json: bool) -> String {
    if as_json {
        return json::line(urls);
    }
    let Urls { token, receiver, jwks, issuer, exchange } = urls;
    format!("token {token} exchange {exchange} receiver {receiver} jwks {jwks} issuer {issuer}\n")
}

/// Warning that no key is registered.
pub(crate) const fn no_key(language: Language) -> &'static str {
    word!(language,
        en: "no key is registered, so every assertion is refused: pass --key ISSUER=FILE",
        de: "Kein Schlüssel ist registriert, daher wird jede Assertion abgelehnt: Geben Sie --key AUSSTELLER=DATEI an",
        ko: "등록된 키가 없어 모든 어설션이 거부됩니다. --key 발급자=파일 옵션을 지정하십시오",
    )
}

/// Warning that other machines can reach the stand-in.
pub(crate) const fn not_loopback(language: Language) -> &'static str {
    word!(language,
        en: "other machines can reach this address; the stand-in is a test server, so do not use real secrets with it",
        de: "Andere Rechner können diese Adresse erreichen: Das Stand-in dient zum Testen; verwenden Sie damit keine echten Geheimnisse",
        ko: "다른 컴퓨터에서 이 주소에 접근할 수 있습니다. 테스트용 서버이므로 실제 비밀 값을 사용하지 마십시오",
    )
}
