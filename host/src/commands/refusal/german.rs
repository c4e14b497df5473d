//! Reasons in German.

use std::io::ErrorKind;

use jwtick_core::key::{JwkError, JwkKind};
use jwtick_core::token::{Algorithm, DecodeError};
use jwtick_core::words::{self, Language};

use super::{clock, config, file};
use crate::commands::clock::step::answer;
use crate::commands::error::Error;
use crate::http::client::IdentityError;
use crate::input::Origin;
use crate::keys::{KeyError, NoFit, SUPPORTED, Unreadable};
use crate::notation::zone::NotAZone;
use crate::output::WriteError;
use crate::stand_in::StartError;
use crate::verification::Hint;

pub(super) fn algorithm(met: Algorithm, allowed: &[Algorithm]) -> String {
    let allowed: Vec<&str> = allowed.iter().map(|algorithm| algorithm.name()).collect();
    format!("Header: alg ist {met}, --alg lässt {} zu", allowed.join(" "))
}

pub(super) const fn hint(hint: Hint) -> &'static str {
    match hint {
        Hint::FinalNewline => {
            "sie stammt von dem Geheimnis ohne den Zeilenumbruch am Ende, der mitzählt: Schreiben \
             Sie die Datei ohne ihn (printf %s)"
        }
        Hint::Base64 => {
            "sie stammt von den Bytes, für die das Geheimnis in base64 steht: Decodieren Sie es \
             zuerst"
        }
    }
}

fn stand_in(fault: &StartError) -> String {
    match fault {
        StartError::Listen { address, source } if source.kind() == ErrorKind::AddrInUse => format!(
            "{address} wird von einem anderen Programm benutzt, geben Sie --listen einen anderen \
             Port, oder 0 für irgendeinen freien"
        ),
        StartError::Listen { address, source } => format!(
            "An {address} lässt sich nicht lauschen: {source}; geben Sie --listen eine andere Adresse"
        ),
        StartError::NoRandomness => {
            "Das System hat keinen Zufall, aus dem ein Schlüssel entstehen könnte".to_owned()
        }
    }
}

pub(super) fn error(error: &Error) -> String {
    match error {
        Error::File(fault) => file::german(fault),
        Error::Zone { met, fault: NotAZone } => format!(
            "--tz ist '{}': Eine Zeitzone ist ein Abstand zu UTC (+09:00, -0330, UTC+9), UTC oder \
             ein Name (Europe/Berlin)",
            met.escape_debug()
        ),
        Error::Key(fault) => key(fault),
        Error::StandIn(fault) => stand_in(fault),
        Error::Signals { source } => format!("Signale lassen sich nicht abfangen: {source}"),
        Error::Config(fault) => config::german(fault),
        Error::Clock(fault) => clock::german(fault),
        Error::Step(fault) => answer::error(fault, Language::German),
        Error::Claims { name, fault } => {
            let fault = DecodeError::Claims(*fault);
            format!("{name}: {}", words::decode_error(&fault, Language::German))
        }
        Error::Write(WriteError(source)) => format!("Die Standardausgabe nimmt nichts an: {source}"),
        Error::NoToken { origin } => no_token(*origin).into(),
        Error::Url(fault) => fault.to_string(), // met by nobody
        Error::NoProfile => {
            "Es ist keine Verbindung genannt: Geben Sie ein Profil an, oder --issuer und --token-url"
                .to_owned()
        }
        Error::Identity { name, fault } => format!("{name}: {}", identity(fault)),
        Error::HalfIdentity => "Ein Client-Zertifikat braucht seinen privaten Schlüssel, und der \
                                Schlüssel sein Zertifikat: Nennen Sie beide, --client-cert und \
                                --client-key, oder cert und key unter [tls]"
            .into(),
        Error::KidInPem => {
            "PEM hat keinen Platz für eine kid, geben Sie --kid nur mit --format jwk an".into()
        }
        Error::StdinTwice => "Die Standardeingabe kann nicht zugleich Schlüssel und Token oder \
                              Claims sein, geben Sie eines davon als Datei an"
            .into(),
    }
}

fn identity(fault: &IdentityError) -> String {
    match fault {
        IdentityError::NoCertificate => "Die Datei enthält kein Zertifikat: Ein Client-Zertifikat ist \
                                         PEM, und dahinter stehen die, die für es bürgen"
            .into(),
        IdentityError::Damaged(source) => format!("Das PEM ist beschädigt: {source}"),
        IdentityError::Mismatch => "Das Zertifikat gehört zu einem anderen Schlüssel: Geben Sie den \
                                    an, für den es gemacht ist, openssl x509 -in FILE -noout -pubkey \
                                    zeigt seine öffentliche Hälfte"
            .into(),
        IdentityError::Unfit(source) => format!("TLS kann das Zertifikat nicht brauchen: {source}"),
    }
}

const fn no_token(origin: Origin) -> &'static str {
    match origin {
        Origin::Named => {
            "Kein Token in der Eingabe: Ein Token hat drei Teile zwischen Punkten und beginnt mit eyJ"
        }
        Origin::Nothing => {
            "Die Eingabe ist leer: Geben Sie ein Token an, es hat drei Teile zwischen Punkten und \
             beginnt mit eyJ"
        }
        Origin::Words => {
            "Kein Token in der Eingabe und keine Datei dieses Namens: Ein Token hat \
                           drei Teile zwischen Punkten und beginnt mit eyJ"
        }
    }
}

pub(crate) fn no_fit(fault: &NoFit) -> String {
    match fault {
        NoFit::Unsupported(token) => {
            format!("Signaturen mit {token} werden nicht unterstützt, unterstützt sind {SUPPORTED}")
        }
        NoFit::Key(fault) => jwk(fault),
        NoFit::KeyId(id) => {
            format!("Kein Schlüssel im Satz hat die kid '{}' des Tokens", id.escape_debug())
        }
        NoFit::Set(token) => {
            format!("Das Token ist mit {token} signiert, dafür ist kein Schlüssel im Satz")
        }
        NoFit::Unread(None) => "Der JWK Set enthält keinen Schlüssel".into(),
        NoFit::Unread(Some(fault)) => {
            format!("Kein Schlüssel im JWK Set ist zu gebrauchen, vom ersten: {}", jwk(fault))
        }
    }
}

fn jwk(fault: &JwkError) -> String {
    words::jwk_error(fault, Language::German).to_string()
}

pub(super) fn key(error: &KeyError) -> String {
    match error {
        KeyError::File(fault) => file::german(fault),
        KeyError::Unreadable { name, fault } => format!("{name}: {}", unreadable(fault)),
        KeyError::Refused(fault) => jwk(fault),
        KeyError::Many { count } => format!(
            "Der JWK Set enthält {count} Schlüssel, geben Sie eine Datei mit dem an, der signieren \
             soll"
        ),
        KeyError::None => "Der JWK Set enthält keinen brauchbaren Schlüssel".into(),
        KeyError::Unsupported(algorithm) => no_fit(&NoFit::Unsupported(*algorithm)),
        KeyError::Rejected(fault) => format!(
            "Der private Schlüssel ist beschädigt oder zum Signieren zu schwach ({fault}): Ein \
             RSA-Schlüssel hat 2048 bis 4096 Bit und einen Exponenten von mindestens 65537"
        ),
        KeyError::NoPem(kind) => no_pem(*kind),
        KeyError::NoPublicHalf => {
            "Ein Geheimnis hat keinen öffentlichen Teil, nichts davon darf gezeigt werden".into()
        }
        KeyError::Encoding => "Ein Teil des Schlüssels lässt sich nicht schreiben".into(),
        KeyError::NoRandomness => "Das Betriebssystem liefert keine Zufallszahlen".into(),
    }
}

fn no_pem(kind: JwkKind) -> String {
    format!("Für diesen Schlüssel ({kind}) hat PEM keine Form, schreiben Sie ihn als JWK")
}

fn unreadable(fault: &Unreadable) -> String {
    match fault {
        Unreadable::Jwk(fault) => format!("JWK: {}", jwk(fault)),
        Unreadable::Label(label) => format!(
            "PEM mit '{}' enthält keinen Schlüssel, geben Sie einen Schlüssel oder ein Zertifikat \
             an",
            label.escape_debug()
        ),
        Unreadable::Two { first, second } => format!(
            "Das PEM enthält zwei Schlüssel ({} und {}), geben Sie eine Datei mit einem an",
            first.escape_debug(),
            second.escape_debug()
        ),
        Unreadable::Curve(name) => format!(
            "Der Schlüssel liegt auf der Kurve {name}, unterstützt sind P-256, P-384 und Ed25519"
        ),
        Unreadable::Kind(oid) => {
            format!("Der Schlüssel ist von der Art {oid}, unterstützt sind RSA, EC und Ed25519")
        }
        other => sentence(other).into(),
    }
}

const fn sentence(fault: &Unreadable) -> &'static str {
    match fault {
        Unreadable::EmptySecret => "Das Geheimnis ist leer",
        Unreadable::EmptyFile => "Die Datei ist leer",
        Unreadable::NoVariable => "Keine Umgebungsvariable hat diesen Namen",
        Unreadable::Encrypted => {
            "Der private Schlüssel ist mit einem Passwort geschützt, nach dem nie gefragt wird: \
             Zum Prüfen geben Sie den öffentlichen an (openssl pkey -in FILE -pubout), zum \
             Signieren entschlüsseln Sie ihn zuerst (openssl pkey -in FILE)"
        }
        Unreadable::Ssh => {
            "Ein Schlüssel in der eigenen Form von SSH: ssh-keygen -e -m PKCS8 -f FILE schreibt \
             den öffentlichen als PEM, ssh-keygen -p -m PKCS8 -f FILE schreibt einen privaten um"
        }
        Unreadable::Request => {
            "Ein Zertifikatsantrag, für den niemand bürgt: Geben Sie das Zertifikat an oder den \
             Schlüssel selbst (openssl req -in FILE -noout -pubkey)"
        }
        Unreadable::Pkcs12 => {
            "Ein Archiv nach PKCS#12: openssl pkcs12 -in FILE -nokeys -clcerts schreibt sein \
             Zertifikat, -nocerts -nodes seinen privaten Schlüssel"
        }
        other => form(other),
    }
}

// Of a file that does hold a key, but not as it should.
const fn form(fault: &Unreadable) -> &'static str {
    match fault {
        Unreadable::DamagedPem => {
            "Das PEM ist beschädigt: Es braucht eine BEGIN- und eine END-Zeile mit denselben \
             Wörtern und dazwischen nur base64"
        }
        Unreadable::DamagedDer => {
            "Der Schlüssel ist beschädigt oder in keiner der Formen, die seine Datei nennt"
        }
        Unreadable::UnnamedCurve => {
            "Die Kurve ist ausgeschrieben statt benannt: openssl ec -in FILE -param_enc \
             named_curve benennt sie"
        }
        Unreadable::CompressedPoint => {
            "Der Punkt ist komprimiert: openssl ec -in FILE -pubin -pubout -conv_form \
             uncompressed schreibt ihn ganz"
        }
        Unreadable::Primes => "Der RSA-Schlüssel hat mehr als zwei Primzahlen, möglich sind zwei",
        _ => {
            "Ein Schlüssel ist PEM, DER, ein JWK oder ein JWK Set, dies ist nichts davon; ein \
             bloßes HMAC-Geheimnis gehört zu --secret-file"
        }
    }
}
