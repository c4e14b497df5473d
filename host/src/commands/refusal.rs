//! Reasons why a token is rejected or a command failed, in the user's language.
//!
//! The `Display` of an error is its English sentence, which JSON carries in every language. Errors
//! of the core have their sentences in the core.

mod command;
mod config;
mod file;
mod key;
mod service;

use jwtick_core::evidence::redaction::Redacted;
use jwtick_core::token::{InvalidSignature, TypeError, VerifyError};
use jwtick_core::words::{Language, decode_error, sentence, sentences, verify_error, word};

use self::key::no_fit;
use super::error::{Error, FileError};
use crate::config::Exposed;
use crate::input::followed::Restart;
use crate::keys::{RemoteFault, Stale};
use crate::output::{safe, warn};
use crate::verification::{Hint, Problem};

/// The reason why a token is rejected at any time.
pub(crate) fn problem(problem: &Problem, language: Language) -> String {
    token(problem, language).to_string()
}

/// A warning about a configuration file that others may write.
pub(crate) fn exposed(exposed: &Exposed, language: Language) -> String {
    safe::line(&config::exposed(exposed, language).to_string())
}

/// The reason why a command failed.
pub(crate) fn error(error: &Error, language: Language) -> String {
    command::command(error, language).to_string()
}

/// The reason why no keys could be fetched.
pub(crate) fn remote(fault: &RemoteFault, language: Language) -> String {
    safe::line(&key::remote(fault, language).to_string())
}

/// A warning that keys of an earlier run are used.
pub(crate) fn stale(stale: &Stale, language: Language) -> String {
    safe::line(&key::stale(stale, language).to_string())
}

/// A warning that only the part of an input before a fault was read.
pub(crate) fn in_part(fault: &FileError, lines: u64, language: Language) -> String {
    safe::line(&file::in_part(fault, lines, language))
}

/// A warning that a file in a folder is no text, so that it is left out.
pub(crate) fn left_out(fault: &FileError, language: Language) -> String {
    safe::line(&file::left_out(fault, language))
}

/// A warning that a log that is followed starts anew.
pub(crate) fn restarted(restart: Restart, name: &str, language: Language) -> String {
    safe::line(&file::restarted(restart, name, language))
}

/// Reports on standard error why the command failed.
pub(crate) fn complain(error: &Error, language: Language) {
    // A name may contain control characters, and a text of the user credentials.
    let said = Redacted::by_look(&self::error(error, language)).to_string();
    warn(&safe::line(&said));
}

/// The message for an invalid signature, without a hint at the reason.
const INVALID: VerifyError = VerifyError::Signature(InvalidSignature);

sentences! {
    pub(super) fn token(problem: &Problem, language, f) {
        Problem::Decode(fault) => { write!(f, "{}", decode_error(fault, language)) }
        Problem::Repeated { name } => {
            let name = name.escape_debug();
            sentence!(f, language,
                en: "{problem}",
                de: "Header: Jeder Parameter darf nur einmal vorkommen, aber der ungeschützte Header wiederholt `{name}` (RFC 7515 §7.2.1)",
                ko: "헤더: 매개변수는 한 번만 나와야 하지만 보호되지 않는 헤더에 `{name}` 항목이 또 있습니다(RFC 7515 §7.2.1)",
            )
        }
        Problem::Encrypted => [
            en: "{problem}",
            de: "Erwartet wird ein signiertes Token, gefunden wurde ein verschlüsseltes (sein Header hat `enc`): Nur sein Empfänger kann es entschlüsseln",
            ko: "서명된 토큰이어야 하지만 암호화된 토큰입니다(헤더에 `enc` 항목이 있음). 수신자만 복호화할 수 있습니다",
        ]
        Problem::Algorithm { met, allowed } => {
            let allowed: Vec<&str> = allowed.iter().map(|it| it.name()).collect();
            let or = word!(language, en: " or ", de: " oder ", ko: ", ");
            let allowed = allowed.join(or);
            sentence!(f, language,
                en: "{problem}",
                de: "Header: Als `alg` wird {allowed} erwartet (--alg), gefunden wurde {met}",
                ko: "헤더: `alg` 값은 {allowed} 중 하나여야 하지만(--alg) {met}입니다",
            )
        }
        Problem::Type { fault: TypeError::Special, met, .. } => {
            let met = met.escape_default();
            sentence!(f, language,
                en: "{problem}",
                de: "Header: `typ` ist `{met}`, eine Art von Token, die nur für einen Zweck gemacht ist: Mit --typ {met} wird es angenommen",
                ko: "헤더: `typ` 값 `{met}`: 한 가지 용도로만 만들어진 토큰입니다. 수락하려면 --typ {met} 옵션을 지정하십시오",
            )
        }
        Problem::Type { fault: TypeError::Other, met, named } => {
            let (met, named) = (met.escape_default(), named.join(", "));
            sentence!(f, language,
                en: "{problem}",
                de: "Header: `typ` ist `{met}`; --typ erlaubt {named}",
                ko: "헤더의 `typ` 값: `{met}`, --typ 허용 값: {named}",
            )
        }
        Problem::Type { named, .. } => {
            let named = named.join(", ");
            sentence!(f, language,
                en: "{problem}",
                de: "Header: `typ` fehlt; --typ erlaubt {named}",
                ko: "헤더에 `typ` 값이 없습니다. --typ 허용 값: {named}",
            )
        }
        Problem::Key(fault) => { write!(f, "{}", no_fit(fault, language)) }
        Problem::Audience => [
            en: "{problem}",
            de: "Das Token nennt seinen Empfänger (`aud`), erwartet wird aber keiner: Nennen Sie sich mit --aud NAME, oder geben Sie --any-aud an, wenn etwas anderes ihn prüft",
            ko: "토큰에 대상(`aud`)이 있지만 예상 대상이 지정되지 않았습니다. --aud NAME 옵션으로 자신의 이름을 지정하거나, 다른 곳에서 확인한다면 --any-aud 옵션을 지정하십시오",
        ]
        Problem::Signature(None) => { write!(f, "{}", verify_error(&INVALID, language)) }
        Problem::Signature(Some(hint)) => {
            let (invalid, hint) = (verify_error(&INVALID, language), signer(*hint, language));
            sentence!(f, language,
                en: "{problem}",
                de: "{invalid}; {hint}",
                ko: "{invalid}. {hint}",
            )
        }
    }

    fn signer(hint: Hint, language, f) {
        Hint::FinalNewline => [
            en: "{hint}",
            de: "sie wurde mit dem Geheimnis ohne den Zeilenumbruch am Ende berechnet, der aber dazugehört: Schreiben Sie die Datei ohne ihn (printf %s)",
            ko: "비밀 키 파일 끝의 줄바꿈을 뺀 값으로 만든 서명입니다. 줄바꿈도 키에 포함되므로 줄바꿈 없이 파일을 만드십시오(printf %s)",
        ]
        Hint::Encoded(encoding) => {
            let name = encoding.name();
            sentence!(f, language,
                en: "{hint}",
                de: "sie wurde mit dem aus {name} decodierten Geheimnis berechnet: Geben Sie --secret-encoding {name} an",
                ko: "비밀 키를 {name} 디코딩한 바이트로 만든 서명입니다. --secret-encoding {name} 옵션을 지정하십시오",
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use core::net::SocketAddr;
    use core::time::Duration;
    use std::io::{self, ErrorKind};

    use http::StatusCode;
    use jwtick_core::key::{JwkError, JwkKind, WeakKey};
    use jwtick_core::token::{Algorithm, Claims, DecodeError, HeaderError, TypeError};
    use jwtick_core::{Scratch, Span, UnixTime};
    use tokio_rustls::rustls;
    use tokio_rustls::rustls::pki_types::pem;

    use super::*;
    use crate::commands::diagnose::args::UsageError;
    use crate::commands::effect::{Because, NoEffect};
    use crate::file::{Damage, DamageKind, FileError, FileFault};
    use crate::http::client::IdentityError;
    use crate::http::server::ListenError;
    use crate::input::Origin;
    use crate::keys::{KeyError, NoFit, RemoteFault, SecretEncoding, Unreadable};
    use crate::notation::zone::NotAZone;
    use crate::output::WriteError;
    use crate::stand_in::StartError;
    use crate::verification::Hint;

    fn problems() -> Vec<Problem> {
        let weak = || JwkError::Secret(WeakKey::Short { needs: 32, has: 6 });
        let fits = [
            NoFit::Unsupported(Algorithm::Es512),
            NoFit::Key(JwkError::Missing { name: "n" }),
            NoFit::KeyId("kid-7".to_owned()),
            NoFit::Set(Algorithm::Es256),
            NoFit::Unread(None),
            NoFit::Unread(Some(Unreadable::Jwk(weak()))),
        ];
        let hints = [None, Some(Hint::FinalNewline), Some(Hint::Encoded(SecretEncoding::Base64))];
        let mut problems: Vec<Problem> = fits.into_iter().map(Problem::Key).collect();
        problems.extend(hints.map(Problem::Signature));
        problems.push(Problem::Decode(DecodeError::Header(HeaderError::AlgNone)));
        let allowed = vec![Algorithm::Hs384, Algorithm::Hs512];
        problems.push(Problem::Audience);
        problems.push(Problem::Encrypted);
        problems.push(Problem::Repeated { name: "x5t#S256".to_owned() });
        for fault in [TypeError::Missing, TypeError::Other, TypeError::Special] {
            let named = vec!["at+jwt".to_owned()];
            problems.push(Problem::Type { fault, met: "dpop+jwt".to_owned(), named });
        }
        problems.push(Problem::Algorithm { met: Algorithm::Hs256, allowed });
        problems
    }

    fn unreadable() -> [Unreadable; 26] {
        let name = || "a.pem".to_owned();
        [
            Unreadable::NotAKey,
            Unreadable::Jwk(JwkError::Missing { name: "kty" }),
            Unreadable::EmptySecret,
            Unreadable::EmptyFile,
            Unreadable::NoVariable,
            Unreadable::Encrypted,
            Unreadable::OldEncryption,
            Unreadable::WrongPassword,
            Unreadable::NotEncrypted,
            Unreadable::EncryptedSsh,
            Unreadable::Request,
            Unreadable::Discovery("https://id.example/keys-7".to_owned()),
            Unreadable::KubernetesSecret,
            Unreadable::Encoding(SecretEncoding::Base64),
            Unreadable::Pkcs12,
            Unreadable::Label("PGP MESSAGE".to_owned()),
            Unreadable::Two { first: name(), second: name() },
            Unreadable::DamagedPem,
            Unreadable::DamagedDer,
            Unreadable::DamagedChain,
            Unreadable::OtherCertificate,
            Unreadable::Curve("1.3.132.0.33".to_owned()),
            Unreadable::UnnamedCurve,
            Unreadable::CompressedPoint,
            Unreadable::Kind("1.2.840.10040.4.1".to_owned()),
            Unreadable::Primes,
        ]
    }

    fn key_errors() -> Vec<KeyError> {
        let name = || "a.pem".to_owned();
        let unreadable = unreadable().map(|fault| KeyError::Unreadable { name: name(), fault });
        let rejected = ring::signature::Ed25519KeyPair::from_seed_unchecked(b"").err().unwrap();
        let keys = [
            KeyError::Refused(JwkError::Public),
            KeyError::Many { count: 3, ids: vec!["7".to_owned()] },
            KeyError::Many { count: 3, ids: vec![] },
            KeyError::NoSuchId { id: name(), ids: vec!["7".to_owned()] },
            KeyError::NoSuchId { id: name(), ids: vec![] },
            KeyError::None,
            KeyError::Unfit(Unreadable::OtherCertificate),
            KeyError::Unsupported(Algorithm::Es512),
            KeyError::Rejected(rejected),
            KeyError::NoPem(JwkKind::Oct),
            KeyError::NoPublicHalf,
            KeyError::Encoding,
            KeyError::NoRandomness,
        ];
        let remote = [
            RemoteFault::System(io::Error::other("E42")),
            RemoteFault::Silent { after: Duration::from_secs(5) },
            RemoteFault::Status(StatusCode::NOT_FOUND),
            RemoteFault::Plain,
            RemoteFault::NoKeys,
            RemoteFault::Issuer { met: name() },
            RemoteFault::Secret,
            RemoteFault::TooMany { met: 123 },
            RemoteFault::Empty,
            RemoteFault::Placeholder,
        ];
        let at_url = |fault| KeyError::Remote { url: name(), fault: Box::new(fault) };
        unreadable.into_iter().chain(keys).chain(remote.map(at_url)).collect()
    }

    fn stale_keys() -> [Stale; 1] {
        let fault = RemoteFault::Status(StatusCode::BAD_GATEWAY);
        [Stale { url: "https://id.example/7".to_owned(), age: Span::from_secs(9_000), fault }]
    }

    fn errors() -> Vec<Error> {
        let name = || "a.log".to_owned();
        let source = || io::Error::other("E42");
        let mut errors: Vec<Error> = key_errors().into_iter().map(Error::Key).collect();
        let zones = [NotAZone::Unknown, NotAZone::Range, NotAZone::NoLocal];
        errors.extend(zones.map(|fault| Error::Zone { met: name(), fault }));
        let fault = Claims::parse(b"[]", &mut Scratch::<0>::new()).err().unwrap();
        errors.extend([
            Error::Diagnose(UsageError::Range { since: UnixTime::EPOCH, until: UnixTime::EPOCH }),
            Error::Diagnose(UsageError::FollowSeveral { count: 2 }),
            Error::Claims { name: name(), fault },
            Error::Write(WriteError(source())),
            Error::NoClaim { name: name() },
            Error::SeveralTokens { count: 3 },
            Error::NoLifetime,
            Error::NoToken { origin: Origin::Named },
            Error::NoToken { origin: Origin::Words },
            Error::NoToken { origin: Origin::Nothing },
            Error::StdinTwice,
            Error::Signals { source: source() },
            Error::KidInPem,
            Error::HalfIdentity,
            no_effect(Because::Of("--payload any".to_owned())),
            no_effect(Because::Without("--clock")),
            Error::Exposed { url: name() },
        ]);
        let unfit = rustls::Error::NoCertificatesPresented;
        let faults = [
            IdentityError::NoCertificate,
            IdentityError::Damaged(pem::Error::NoItemsFound),
            IdentityError::Mismatch,
            IdentityError::Unfit(unfit),
        ];
        errors.extend(faults.map(|fault| Error::Identity { name: name(), fault }));
        errors.extend(files().map(Error::File));
        errors.extend(starts().into_iter().map(Error::StandIn));
        errors
    }

    fn no_effect(because: Because) -> Error {
        Error::NoEffect(NoEffect { option: "--max-age".to_owned(), because })
    }

    fn files() -> [FileError; 9] {
        let source = || io::Error::other("E42");
        let damage = |kind| Damage { format: "gzip", kind };
        let faults = [
            FileFault::Read(source()),
            FileFault::Folder { example: "*.log" },
            FileFault::Cut { was: 4_096, is: 17 },
            FileFault::TooLong { allowed: 16 },
            FileFault::Packed(damage(DamageKind::Cut)),
            FileFault::Packed(damage(DamageKind::Broken)),
            FileFault::Packed(damage(DamageKind::LargeWindow)),
            FileFault::Write(source()),
            FileFault::Taken,
        ];
        faults.map(|fault| fault.of("a.log"))
    }

    fn starts() -> Vec<StartError> {
        let address = SocketAddr::from(([127, 0, 0, 1], 80));
        let listen = |source| StartError::Listen(ListenError { address: address.into(), source });
        let taken = io::Error::from(ErrorKind::AddrInUse);
        vec![StartError::NoRandomness, listen(io::Error::other("E42")), listen(taken)]
    }

    // The digits of a sentence, sorted: translations may order them differently.
    fn facts(said: &str) -> Vec<char> {
        let mut digits: Vec<char> = said.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    }

    fn said_in_all(said: impl Fn(Language) -> String) -> [String; 3] {
        [Language::English, Language::German, Language::Korean].map(said)
    }

    #[test]
    fn every_translation_has_the_same_numbers() {
        let problems = problems().into_iter().map(|it| said_in_all(|l| problem(&it, l)));
        let errors = errors().into_iter().map(|it| said_in_all(|l| error(&it, l)));
        let stale = stale_keys().map(|it| said_in_all(|l| stale(&it, l)));
        for [english, german, korean] in problems.chain(errors).chain(stale) {
            assert_ne!(english, german);
            assert!(korean.chars().any(|c| ('가'..='힣').contains(&c)), "{english}: {korean}");
            assert_eq!(facts(&german), facts(&english), "{german}");
            assert_eq!(facts(&korean), facts(&english), "{korean}");
        }
    }
}
