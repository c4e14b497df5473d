//! Reasons in German.

use std::io::ErrorKind;

use jwtick_core::render::{self, Language};
use jwtick_core::{Algorithm, DecodeError};

use super::{clock, config, weak};
use crate::commands::verify::Hint;
use crate::error::Error;
use crate::input::Origin;
use crate::keys::{KeyError, NoFit, Unfit, Unreadable};
use crate::stand_in::StartError;
use crate::zone::NotAZone;

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

pub(super) fn no_fit(fault: &NoFit) -> String {
    match fault {
        NoFit::Unsupported(token) => {
            format!("Signaturen mit {token} werden noch nicht unterstützt, nur HS256, HS384, HS512")
        }
        NoFit::Algorithm { token, key: Some(key) } => format!(
            "Das Token ist mit {token} signiert, der Schlüssel ist für {}",
            key.escape_debug()
        ),
        NoFit::Algorithm { token, key: None } => {
            format!("Das Token ist mit {token} signiert, der Schlüssel ist ein HMAC-Geheimnis")
        }
        NoFit::KeyId(id) => {
            format!("Kein Schlüssel im Satz hat die kid '{}' des Tokens", id.escape_debug())
        }
        NoFit::Weak { algorithm, fault } => {
            format!("{algorithm}: {} (RFC 7518 §3.2)", weak(*fault, Language::German))
        }
        NoFit::NoSecret(Some(fault)) => {
            format!("Der Schlüssel passt nicht zu einem HMAC: {}", unfit(fault))
        }
        NoFit::NoSecret(None) => NO_OCT.to_owned(),
    }
}

const NO_OCT: &str = "Der JWK Set enthält keinen Schlüssel mit kty oct";

fn unfit(fault: &Unfit) -> String {
    match fault {
        Unfit::Pem => "PEM enthält RSA-, EC- oder Ed25519-Schlüssel, keine HMAC-Geheimnisse".into(),
        Unfit::KeyType(kty) => format!("seine kty ist '{}', nicht oct", kty.escape_debug()),
        Unfit::Purpose => "seine use oder key_ops erlaubt keine Signaturen".into(),
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
        Error::Read { name, source } => format!("{name} lässt sich nicht lesen: {source}"),
        Error::Folder { name, example } => {
            format!("{name} ist ein Ordner, nennen Sie eine Datei darin, etwa {name}/{example}")
        }
        Error::Zone { met, fault: NotAZone } => format!(
            "--tz ist '{}': Eine Zeitzone ist ein Abstand zu UTC (+09:00, -0330, UTC+9), UTC oder \
             ein Name (Europe/Berlin)",
            met.escape_debug()
        ),
        Error::TooLong { name, allowed } => {
            format!("{name} ist länger als {allowed} Bytes, geben Sie den Teil mit dem Token an")
        }
        Error::Key(fault) => key(fault),
        Error::StandIn(fault) => stand_in(fault),
        Error::Signals { source } => format!("Signale lassen sich nicht abfangen: {source}"),
        Error::Config(fault) => config::german(fault),
        Error::Clock(fault) => clock::german(fault),
        Error::Claims { name, fault } => {
            let fault = DecodeError::Claims(*fault);
            format!("{name}: {}", render::decode_error(&fault, Language::German))
        }
        Error::Write { source } => format!("Die Standardausgabe nimmt nichts an: {source}"),
        Error::NoToken { origin: Origin::Named } => {
            "Kein Token in der Eingabe: Ein Token hat drei Teile zwischen Punkten und beginnt mit eyJ"
                .into()
        }
        Error::NoToken { origin: Origin::Words } => "Kein Token in der Eingabe und keine Datei dieses Namens: Ein Token hat \
                           drei Teile zwischen Punkten und beginnt mit eyJ"
            .into(),
        Error::StdinTwice => "Die Standardeingabe kann nicht zugleich Schlüssel und Token oder \
                              Claims sein, geben Sie eines davon als Datei an"
            .into(),
    }
}

fn key(error: &KeyError) -> String {
    match error {
        KeyError::Unreadable { name, fault } => format!("{name}: {}", unreadable(fault)),
        KeyError::Weak { algorithm, fault } => {
            format!("{algorithm}: {}", weak(*fault, Language::German))
        }
        KeyError::Many { count } => format!(
            "Der JWK Set enthält {count} Schlüssel, die signieren können, geben Sie eine Datei mit \
             einem an"
        ),
        KeyError::NoSecret(Some(fault)) => {
            format!("Signiert wird vorerst mit einem HMAC-Geheimnis: {}", unfit(fault))
        }
        KeyError::NoSecret(None) => NO_OCT.to_owned(),
        KeyError::Algorithm { asked, key } => {
            format!("Der Schlüssel ist für {}, --alg verlangt {asked}", key.escape_debug())
        }
        KeyError::CannotSign { algorithm } => format!(
            "Mit {} lässt sich noch nicht signieren, nur mit HS256, HS384, HS512",
            algorithm.escape_debug()
        ),
        KeyError::Unsupported(fault) => no_fit(fault),
    }
}

fn unreadable(fault: &Unreadable) -> String {
    match fault {
        Unreadable::NotJson => "Ein Schlüssel ist ein JWK, ein JWK Set oder PEM, dies ist nichts \
                                davon; ein bloßes HMAC-Geheimnis gehört zu --secret-file"
            .into(),
        Unreadable::NotAnObject => "Ein JWK oder JWK Set ist ein JSON-Objekt".into(),
        Unreadable::NoMember(name) => format!("Dem JWK fehlt {name} als Zeichenkette"),
        Unreadable::NotBase64(name) => {
            format!("{name} des JWK muss base64url ohne Füllzeichen sein (RFC 7518 §6.4)")
        }
        Unreadable::Empty => "Das Geheimnis ist leer".into(),
        Unreadable::NoVariable => "Keine Umgebungsvariable hat diesen Namen".into(),
    }
}
