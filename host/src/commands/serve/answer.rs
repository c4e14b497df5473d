//! The output of the service: its addresses, and the lines of its log.

use core::net::SocketAddr;

use serde::Serialize;

use crate::notation::civil;
use crate::page::finding::FindingJson;
use crate::page::json;
use crate::serve::{Decision, Entry, Reason};
use crate::source::os;

/// The addresses of a service.
#[derive(Debug, Serialize)]
pub(crate) struct Addresses {
    verify_url: String,
    health_url: String,
    ready_url: String,
}

impl Addresses {
    pub(super) fn of(address: SocketAddr) -> Self {
        let url = |path| format!("http://{address}{path}");
        Self {
            verify_url: url(crate::serve::VERIFY),
            health_url: url(crate::serve::HEALTH),
            ready_url: url(crate::serve::READY),
        }
    }

    pub(super) fn line(&self, as_json: bool) -> String {
        if as_json {
            return json::line(self);
        }
        let Self { verify_url, health_url, ready_url } = self;
        format!("verify {verify_url} health {health_url} ready {ready_url}\n")
    }
}

#[derive(Serialize)]
struct EntryJson<'e> {
    time: String,
    verdict: &'static str,
    reason: Option<&'static str>,
    status: u16,
    issuer: Option<&'e str>,
    method: &'e str,
    path: Option<&'e str>,
    trace_id: Option<&'e str>,
    findings: Vec<FindingJson>,
}

/// A line of the log.
pub(super) fn entry(entry: &Entry<'_>) -> String {
    let (verdict, reason, about) = match entry.decision {
        Decision::Allow(allowed) => ("allow", None, &allowed.about),
        Decision::Refuse(refusal) => ("refuse", Some(refusal.reason), &refusal.about),
        Decision::Undecided(refusal) => ("undecided", Some(refusal.reason), &refusal.about),
    };
    let now = os::reading();
    json::line(&EntryJson {
        time: civil::rfc3339(now).unwrap_or_else(|| now.floor_secs().to_string()),
        verdict,
        reason: reason.map(Reason::code),
        status: entry.status,
        issuer: about.issuer.as_deref(),
        method: entry.method,
        path: entry.path,
        trace_id: entry.trace,
        findings: about
            .findings
            .iter()
            .map(|it| FindingJson::of(it, &jwtick_core::token::Claims::EMPTY))
            .collect(),
    })
}
