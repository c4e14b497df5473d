//! What a line contributes, for the report.

use crate::diagnosis::report::EvidenceKind;
use crate::evidence::{Facts, Says};

/// The kind of evidence that `facts` are.
pub(crate) fn kind(facts: &Facts) -> EvidenceKind {
    let service = facts.service.map(|row| row.says);
    let certificate = facts.refusal.is_some_and(|row| {
        matches!(
            row.says,
            Says::CertificateNotYet | Says::CertificateEnded | Says::CertificateWindow
        )
    });
    if service == Some(Says::ByDate) {
        EvidenceKind::ServerTime
    } else if service.is_some() || facts.captures.step.is_some() {
        EvidenceKind::ClockStep
    } else if certificate {
        EvidenceKind::Certificate
    } else if facts.refusal.is_some() {
        EvidenceKind::Refusal
    } else if facts.date.is_some() || facts.captures.server.is_some() {
        EvidenceKind::ServerTime
    } else if facts.claims.is_any() {
        EvidenceKind::Token
    } else {
        EvidenceKind::LocalTime
    }
}
