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

/// The clock that judges certificates, and servers that are judged by it.
#[cfg(test)]
mod tests {
    use core::time::Duration;
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpListener;
    use std::path::PathBuf;
    use std::sync::mpsc::{self, Receiver};
    use std::thread;

    use jwtick_core::survey::Survey;
    use jwtick_core::token::Algorithm;
    use jwtick_core::words::Language;
    use jwtick_core::{Span, UnixTime};

    use jwtick_core::time::HttpDate;
    use rcgen::{
        BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd,
    };
    use tokio::runtime::Builder;
    use tokio_rustls::rustls::crypto::ring;
    use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
    use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

    use super::*;
    use crate::http::client::Trust;
    use crate::keys::{self, Keys};
    use crate::minting::Minter;
    use crate::probe::{
        Assertions, ConnectionTest, Credentials, Outcome, Retry, TokenForm, TokenPlace, Transcript,
    };
    use crate::source::LocalClock;

    fn assertions() -> Assertions {
        let keys = Keys::of(keys::generate(Algorithm::Es256, 0).ok().unwrap());
        Assertions {
            minter: Minter::new(keys, None, &[]).ok().unwrap(),
            issuer: "me".to_owned(),
            subject: None,
            audience: vec![],
            lifetime: Span::from_secs(300),
            claims: vec![],
        }
    }

    /// A test of `target` with a local clock that is `apart` from that of this machine.
    fn with_test<T>(
        target: &str,
        (apart, own_date): (Span, OwnDate),
        authorities: Vec<PathBuf>,
        act: impl FnOnce(&ConnectionTest<'_>, Transcript<'_>) -> T,
    ) -> T {
        let (assertions, target) = (assertions(), Target::parse(target).unwrap());
        let token = TokenPlace {
            target: &target,
            form: TokenForm::JwtBearer,
            client: Credentials::default(),
            scope: None,
        };
        let patience = Duration::from_secs(10);
        let test = ConnectionTest {
            assertions: &assertions,
            token,
            receiver: None,
            client: Arc::new(Client::new(Trust { authorities, utc: os::known() }, patience)),
            local: LocalClock::read().shifted(apart),
            patience,
            own_date,
            server_clock: Some(Effort::Brief),
            third_clocks: vec![],
            language: Language::English,
        };
        act(&test, Transcript::new("agent", jiff::tz::TimeZone::UTC, |_| {}))
    }

    fn judged(clock: (Span, OwnDate), others: &[Offset]) -> Judge {
        with_test("https://h/", clock, vec![], |test, log| {
            let runtime = Builder::new_current_thread().build().unwrap();
            let others: Vec<_> = others.iter().copied().map(Some).collect();
            let (steps, thirds) = (vec![], Survey::of(&others, Span::ZERO));
            let (server, kept, time_requests, repeats) = (None, None, 0, None);
            Run { test, log, runtime, steps, server, thirds, kept, time_requests, repeats }.judge()
        })
    }

    #[test]
    fn best_clock_judges_certificates() {
        let to_1970 = UnixTime::from_secs(60) - os::reading();
        let second = |by| Offset::exactly(Span::from_secs(by));
        let rows: &[(&str, Span, OwnDate, &[Offset], Judge)] = &[
            ("a set clock", Span::ZERO, OwnDate::Refused, &[], Judge::Local),
            ("a wrong clock", Span::from_secs(86_400), OwnDate::Refused, &[], Judge::Local),
            ("a clock that was never set", to_1970, OwnDate::Refused, &[], Judge::OwnDate),
            ("a trusted server", Span::ZERO, OwnDate::Trusted, &[], Judge::OwnDate),
            ("others", to_1970, OwnDate::Trusted, &[second(7)], Judge::Others(second(7))),
            (
                "others that differ",
                Span::ZERO,
                OwnDate::Refused,
                &[second(7), second(9)],
                Judge::Local,
            ),
        ];
        for &(name, apart, own_date, others, expected) in rows {
            assert_eq!(judged((apart, own_date), others), expected, "{name}");
        }
    }

    /// An https server with the right time, whose certificate ends on a day. Returns its URL, a file
    /// with its authority, and the methods of the requests.
    fn server(until: (i32, u8, u8)) -> (String, tempfile::NamedTempFile, Receiver<String>) {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let mut authority = tempfile::NamedTempFile::new().unwrap();
        authority.write_all(issuer.pem().as_bytes()).unwrap();
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        params.not_before = date_time_ymd(2025, 1, 1);
        params.not_after = date_time_ymd(until.0, until.1, until.2);
        let certificate = params.signed_by(&key, &issuer).unwrap().der().clone();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let config = Arc::new(config.with_single_cert(vec![certificate], key).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
        let (sender, heard) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let tls = ServerConnection::new(Arc::clone(&config)).unwrap();
                let sender = sender.clone();
                let stream = BufReader::new(StreamOwned::new(tls, stream));
                thread::spawn(move || answer_all(stream, &sender));
            }
        });
        (url, authority, heard)
    }

    fn answer_all(mut stream: BufReader<impl Read + Write>, heard: &mpsc::Sender<String>) {
        let mut head = String::new();
        while stream.read_line(&mut head).is_ok_and(|length| length > 0) {
            if !head.ends_with("\r\n\r\n") {
                continue;
            }
            let method = head.split(' ').next().unwrap_or_default().to_owned();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
            stream.read_exact(&mut body).unwrap();
            let body = if method == "POST" { r#"{"access_token":"opaque"}"# } else { "" };
            let (date, length) = (HttpDate::new(os::reading()).unwrap(), body.len());
            let answer = format!(
                "HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: {length}\r\n\r\n{body}"
            );
            // The test asks for the method as soon as it has the answer.
            let _ = heard.send(method);
            let _ = stream.get_mut().write_all(answer.as_bytes());
            let _ = stream.get_mut().flush();
            head.clear();
        }
    }

    #[test]
    fn date_judges_if_the_clock_was_never_set() {
        let to_1970 = UnixTime::from_secs(60) - os::reading();
        for (until, outcome) in
            [((2099, 1, 1), Outcome::Connected), ((2026, 2, 1), Outcome::Unreachable)]
        {
            let (url, authority, heard) = server(until);
            let clock = (to_1970, OwnDate::Refused);
            let authorities = vec![authority.path().to_owned()];
            let report = with_test(&url, clock, authorities, |test, log| {
                test.run(log, Retry::Never, None).unwrap()
            });
            assert_eq!(report.outcome, outcome, "{:?}", report.steps);
            let posted = heard.try_iter().any(|method| method == "POST");
            assert_eq!(posted, outcome == Outcome::Connected, "{:?}", report.steps);
        }
    }
}
