//! Why a key is refused, in German.

use jwtick_core::render::{self, Language};
use jwtick_core::{JwkError, JwkKind};

use crate::commands::refusal::file;
use crate::keys::{KeyError, NoFit, SUPPORTED, Unreadable};

pub(in crate::commands::refusal) fn no_fit(fault: &NoFit) -> String {
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
    render::jwk_error(fault, Language::German).to_string()
}

pub(super) fn error(error: &KeyError) -> String {
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
