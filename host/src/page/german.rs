//! Measurements over HTTP in German.

use jwtick_core::render::{self, Language};
use jwtick_core::{DateFault, UnixTime};

use crate::http::client::{CertificateFault, HttpError, cause};
use crate::notation::civil;
use crate::notation::duration::span;
use crate::source::http_date::{DateError, HttpNote};

const GERMAN: Language = Language::German;

/// Why there was no answer.
pub(crate) fn http(error: &HttpError) -> String {
    match error {
        HttpError::Resolve { host, source } => format!("{host} ist nicht zu finden: {source}"),
        HttpError::NoAddress { host } => {
            format!("{host} ist nicht zu finden: der Name hat keine Adresse")
        }
        HttpError::Connect { to, source } => format!("keine Verbindung zu {to}: {source}"),
        HttpError::Silent { to, after } => {
            let after = render::duration(span(*after), GERMAN);
            format!("keine Verbindung zu {to}: keine Antwort innerhalb von {after}")
        }
        HttpError::Http(_) | HttpError::EarlyAnswer | HttpError::Body(_) | HttpError::Shape => {
            broken(error)
        }
        HttpError::ProxyScheme { .. } | HttpError::Tunnel { .. } => proxy(error),
        _ => tls(error),
    }
}

fn broken(error: &HttpError) -> String {
    match error {
        HttpError::Http(source) if source.is_incomplete_message() => {
            "der Server hat die Verbindung geschlossen, bevor seine Antwort vollständig war".into()
        }
        HttpError::Http(source) if source.is_parse_too_large() => {
            "der Kopf der Antwort ist länger als 64 KiB oder hat mehr als 128 Felder".into()
        }
        HttpError::Http(source) if source.is_parse() => {
            format!("die Antwort ist kein HTTP/1.1: {source}")
        }
        HttpError::Http(source) => format!("die Verbindung ist abgebrochen: {}", cause(source)),
        HttpError::Body(source) => format!("die Antwort ist nicht zu lesen: {source}"),
        HttpError::EarlyAnswer => "der Server antwortet, bevor er gefragt wird".into(),
        _ => "die Anfrage lässt sich nicht als HTTP/1.1 schreiben".into(),
    }
}

fn proxy(error: &HttpError) -> String {
    match error {
        HttpError::Tunnel { proxy, status } => format!(
            "der Proxy {proxy} antwortet selbst, mit {status}: nehmen Sie den Host mit \
             no_proxy aus, oder lassen Sie den Proxy ihn durchlassen"
        ),
        HttpError::ProxyScheme { scheme } => format!(
            "der Proxy der Umgebung spricht {scheme}, möglich ist nur http: setzen Sie ihn auf \
             http://…, oder nehmen Sie den Host mit no_proxy aus"
        ),
        other => other.to_string(),
    }
}

fn tls(error: &HttpError) -> String {
    match error {
        HttpError::Authority { path, source } => {
            format!("die Zertifikate in {path} sind nicht zu lesen: {source}")
        }
        HttpError::NoAuthorities => {
            "hier ist keine Zertifizierungsstelle bekannt: installieren Sie \
                                     ca-certificates, oder nennen Sie eine Datei mit --ca"
                .into()
        }
        HttpError::ServerName { host } => format!(
            "für '{}' kann kein Zertifikat gelten, nennen Sie den Host anders",
            host.escape_debug()
        ),
        HttpError::Certificate { host, fault } => format!(
            "das Zertifikat von {host} wird abgelehnt: {}; {}, oder messen Sie ohne Nachweis mit \
             --insecure-date",
            certificate(fault),
            remedy(fault)
        ),
        HttpError::Handshake { host, source } => format!("kein TLS mit {host}: {source}"),
        HttpError::Tls(source) => format!("kein TLS: {source}"),
        other => other.to_string(),
    }
}

fn certificate(fault: &CertificateFault) -> String {
    match fault {
        CertificateFault::NotValidBefore(at) => format!("es gilt erst ab {}", said(*at)),
        CertificateFault::Expired(at) => format!("es ist am {} abgelaufen", said(*at)),
        CertificateFault::UnknownIssuer => {
            "niemand, dem hier vertraut wird, hat es signiert".into()
        }
        CertificateFault::WrongName { names } if names.is_empty() => "es nennt keinen Host".into(),
        CertificateFault::WrongName { names } => format!("es gilt für {}", names.join(", ")),
        CertificateFault::Other(source) => source.to_string(),
    }
}

const fn remedy(fault: &CertificateFault) -> &'static str {
    match fault {
        CertificateFault::NotValidBefore(_) | CertificateFault::Expired(_) => {
            "erneuern Sie es auf dem Server"
        }
        CertificateFault::UnknownIssuer => {
            "nennen Sie das Zertifikat seiner Zertifizierungsstelle mit --ca"
        }
        CertificateFault::WrongName { .. } => "nennen Sie den Host wie das Zertifikat",
        CertificateFault::Other(_) => "ersetzen Sie es auf dem Server",
    }
}

/// Why the answers do not tell the time.
pub(crate) fn date(error: &DateError) -> String {
    match error {
        DateError::Missing => "die Antwort hat kein Date, nennen Sie eine andere URL".into(),
        DateError::Several => "die Antwort hat mehrere Date, erlaubt ist eines".into(),
        DateError::Unreadable { text, fault } => {
            format!("die Antwort hat das Date '{}': {fault}", text.escape_debug())
        }
        DateError::Series(fault) => series(*fault),
        DateError::Stored { answers } => format!(
            "alle {answers} Antworten haben Age, kommen also aus einem Cache: nennen Sie eine URL, \
             für die kein Cache antwortet"
        ),
        DateError::Unmoved => "dass Date weiterläuft, war nicht zu sehen, denn das dauert drei \
                               Sekunden: geben Sie mehr Zeit"
            .into(),
        DateError::BeforeWritten { utc, written } => format!(
            "der Server sagt {}, dieses Programm wurde nach {} geschrieben: die Uhr des Servers geht \
             falsch",
            said(*utc),
            said(*written)
        ),
        _ => redirected(error),
    }
}

fn redirected(error: &DateError) -> String {
    match error {
        DateError::Redirects { followed } => {
            format!("mehr als {followed} Mal umgeleitet, nennen Sie die URL am Ende")
        }
        DateError::Location { to } => format!(
            "umgeleitet nach '{}', das ist keine URL mit http:// oder https://: nennen Sie eine andere",
            to.escape_debug()
        ),
        DateError::Downgrade { to } => format!(
            "von https nach {to} umgeleitet, nennen Sie diese URL, wenn ihre Antwort zählen soll"
        ),
        other => other.to_string(),
    }
}

fn series(fault: DateFault) -> String {
    let length = |span| render::duration(span, GERMAN);
    match fault {
        DateFault::Stored { date } => {
            format!("die Antwort mit Date {date} hat Age, kommt also aus einem Cache")
        }
        DateFault::Repeated { date, later } => {
            format!("Date stand {} lang auf {date}, eine Uhr muss weiterlaufen", length(later))
        }
        DateFault::WentBack { from, to } => {
            format!("Date lief von {from} auf {to} zurück, eine Uhr muss weiterlaufen")
        }
        DateFault::Apart { least } => format!(
            "die Date zweier Antworten widersprechen sich um mindestens {}: mehrere Server mit \
             verschiedenen Uhren, oder einer, dessen Uhr gestellt wurde",
            length(least)
        ),
        other => other.to_string(),
    }
}

/// What was met on the way.
pub(super) fn note(note: &HttpNote) -> String {
    match note {
        HttpNote::Redirected { from, to, offset: None } => format!("{from} leitet um nach {to}"),
        HttpNote::Redirected { from, to, offset: Some(offset) } => format!(
            "{from} leitet um nach {to}, nach dessen eigenem Date ist der Versatz {}",
            render::interval(*offset, GERMAN)
        ),
        HttpNote::Via { proxy } => format!(
            "die Antworten kamen über einen Proxy ({}), das Date kann von diesem sein",
            proxy.escape_debug()
        ),
        HttpNote::Stored { answers } => {
            format!("{answers} Antworten kamen aus einem Cache (Age) und zählten nicht")
        }
        HttpNote::RefusedByThisClock { fault } => format!(
            "das Zertifikat gilt, nach der Uhr dieses Rechners aber nicht: {}, darum lehnen \
             TLS-Programme hier den Server ab",
            certificate(fault)
        ),
        HttpNote::Unproved { fault } => {
            format!(
                "nichts weist nach, wer geantwortet hat; zum Zertifikat: {}",
                certificate(fault)
            )
        }
    }
}

fn said(at: UnixTime) -> String {
    civil::utc(at).unwrap_or_else(|| "ein Jahr, das es nicht gibt".to_owned())
}
