//! Reasons in German.

mod key;

use std::io::ErrorKind;

use jwtick_core::render::{self, Language};
use jwtick_core::{Algorithm, DecodeError};

use super::{clock, config, file};
use crate::commands::clock::step::answer;
use crate::commands::error::Error;
use crate::http::client::IdentityError;
use crate::input::Origin;
use crate::notation::zone::NotAZone;
use crate::stand_in::StartError;
use crate::verification::Hint;

use crate::output::WriteError;
pub(super) use key::no_fit;

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
        Error::Key(fault) => key::error(fault),
        Error::StandIn(fault) => stand_in(fault),
        Error::Signals { source } => format!("Signale lassen sich nicht abfangen: {source}"),
        Error::Config(fault) => config::german(fault),
        Error::Clock(fault) => clock::german(fault),
        Error::Step(fault) => answer::error(fault, Language::German),
        Error::Claims { name, fault } => {
            let fault = DecodeError::Claims(*fault);
            format!("{name}: {}", render::decode_error(&fault, Language::German))
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
