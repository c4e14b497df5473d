//! The time at which the certificates of a test are judged, before a secret is sent.
//!
//! A certificate that has expired proves nothing: its key may be known to others. So the clock that
//! judges it must not be that of the server itself, unless there is no other or the user says so.

use core::fmt;
use std::sync::Arc;
use std::time::Instant;

use jwtick_core::TimeBounds;
use jwtick_core::time::Offset;
use jwtick_core::words::{Language, sentence, sentences, word};

use super::connection_test::OwnDate;
use super::run::Run;
use crate::http::client::{CertificateFault, Client, HttpError, Target};
use crate::page::over_http as page;
use crate::source::http_date::{self, Effort, Unproved};
use crate::source::os;

/// The clock that judges certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judge {
    /// Other servers: their clock minus the local one.
    Others(Offset),
    /// The local clock, which was set.
    Local,
    /// The server's own `Date`, and the day this program was written.
    OwnDate,
}

/// A certificate that was refused, and with it the test.
#[derive(Debug)]
pub(super) struct Refused {
    host: String,
    fault: CertificateFault,
    judge: Judge,
    /// True if the server's own `Date` would accept it.
    is_valid_by_date: bool,
}

impl Refused {
    /// Returns true if it is the certificate of `target`, and not of a server that it redirects to.
    pub(super) fn is_of(&self, target: &Target) -> bool {
        self.host == target.host()
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, fault, .. } = self;
        write!(f, "the certificate of {host} is refused, and no secret was sent: {fault}")?;
        if fault.is_of_time() {
            f.write_str(match self.judge {
                Judge::Others(_) => " (by NTP)",
                Judge::Local => " (by this host's clock)",
                Judge::OwnDate => " (by the server's Date)",
            })?;
        }
        if self.is_valid_by_date {
            f.write_str(
                "; it is valid by the server's own Date: if this host's clock is wrong, pass --ntp \
                 HOST to judge it by another clock, or --trust-server-date to believe that Date",
            )
        } else {
            write!(f, "; {}", fault.remedy())
        }
    }
}

impl Refused {
    /// The same in the language of the report.
    pub(super) fn said(&self, language: Language) -> impl fmt::Display {
        refused_words(self, language)
    }
}

sentences! {
    fn refused_words(refused: &Refused, language, f) {
        Refused { host, fault, judge, is_valid_by_date } => {
            let (said, judge) = (page::certificate(fault, language), judge.said(fault, language));
            let remedy = if *is_valid_by_date {
                by_date(language).to_owned()
            } else {
                page::remedy(fault, language).to_string()
            };
            sentence!(f, language,
                en: "{refused}",
                de: "Das Zertifikat von {host} wird abgelehnt{judge}, und es wurde kein Geheimnis gesendet: {said}. {remedy}",
                ko: "{host}: 인증서가 거부되어{judge} 비밀 정보를 보내지 않았습니다: {said}. {remedy}",
            )
        }
    }
}

impl Judge {
    const fn said(self, fault: &CertificateFault, language: Language) -> &'static str {
        match self {
            _ if !fault.is_of_time() => "",
            Self::Others(_) => word!(language, en: "", de: " (laut NTP)", ko: "(NTP 기준)"),
            Self::Local => {
                word!(language, en: "", de: " (nach der Uhr dieses Hosts)", ko: "(이 호스트의 시계 기준)")
            }
            Self::OwnDate => {
                word!(language, en: "", de: " (nach dem Date des Servers)", ko: "(서버의 Date 기준)")
            }
        }
    }
}

const fn by_date(language: Language) -> &'static str {
    word!(language,
        en: "",
        de: "Nach dem Date des Servers selbst gilt es: Geht die Uhr dieses Hosts falsch, lassen Sie es mit --ntp HOST nach einer anderen Uhr beurteilen, oder glauben Sie mit --trust-server-date diesem Date",
        ko: "서버 자신의 Date 기준으로는 유효합니다. 이 호스트의 시계가 틀렸다면 --ntp HOST로 다른 시계를 기준으로 판단하거나, --trust-server-date로 그 Date를 신뢰하십시오",
    )
}

impl Run<'_, '_, '_> {
    /// Returns the clock that judges certificates.
    pub(super) fn judge(&self) -> Judge {
        if let Some(offset) = self.thirds.offset() {
            return Judge::Others(offset);
        }
        let is_unset = os::is_unset(self.local().now());
        match self.test.own_date {
            OwnDate::Refused if !is_unset => Judge::Local,
            OwnDate::Refused | OwnDate::Trusted => Judge::OwnDate,
        }
    }

    /// Returns a client that refuses certificates which are not valid now.
    pub(super) fn client(&self) -> Arc<Client> {
        let now = self.local().now();
        let by_date = self.server.map(|offset| offset.apply(now));
        let utc = match self.judge() {
            Judge::Others(offset) => offset.apply(now),
            Judge::OwnDate if by_date.is_some() || os::is_unset(now) => {
                by_date.unwrap_or_else(os::known)
            }
            Judge::Local | Judge::OwnDate => TimeBounds::exactly(now),
        };
        self.client_at(utc)
    }

    fn client_at(&self, utc: TimeBounds) -> Arc<Client> {
        let base = &self.test.client;
        Arc::new(base.judging_at(utc).proving(base.identity()))
    }

    /// Returns a client to measure the server's clock with, and how its certificate is judged.
    pub(super) fn measuring_client(&self) -> (Arc<Client>, Unproved) {
        match self.judge() {
            Judge::OwnDate => (self.client_at(os::known()), Unproved::Refused),
            Judge::Others(_) | Judge::Local => (self.client(), Unproved::Judged),
        }
    }

    /// Describes a refused certificate of `target`; `None` for another error.
    pub(super) fn refused_certificate(
        &self,
        target: &Target,
        error: &HttpError,
    ) -> Option<Refused> {
        let HttpError::Certificate { host, fault } = error else { return None };
        let judge = self.judge();
        let may_be_valid = fault.is_of_time() && judge == Judge::Local;
        Some(Refused {
            host: host.clone(),
            fault: fault.clone(),
            judge,
            is_valid_by_date: may_be_valid && self.is_valid_by_own_date(target),
        })
    }

    // Requests nothing but a `Date`, without a client certificate.
    fn is_valid_by_own_date(&self, target: &Target) -> bool {
        let client = Arc::new(self.test.client.judging_at(os::known()));
        let deadline = Instant::now() + self.test.patience;
        let local = self.local();
        let asked = (&client, Unproved::Refused);
        let measured = http_date::measured(asked, target, local, deadline, Effort::Brief);
        self.runtime.block_on(measured).observed.is_ok()
    }
}

#[cfg(test)]
mod tests;
