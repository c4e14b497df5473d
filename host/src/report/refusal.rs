//! Why a token is refused, or a command could not do its work, in the language of the reader.
//!
//! In English a value's own `Display` is the sentence, which JSON writes in every language; the
//! other languages say the same here. What the core names, the core says.

mod clock;
mod config;
mod german;
mod korean;

use jwtick_core::render::{self, Language};
use jwtick_core::{InvalidSignature, VerifyError, WeakKey};

use crate::commands::verify::Problem;
use crate::error::Error;

/// Why a token is refused whatever the time is.
pub(crate) fn problem(problem: &Problem, language: Language) -> String {
    match (problem, language) {
        (Problem::Decode(fault), _) => render::decode_error(fault, language).to_string(),
        (_, Language::English) => problem.to_string(),
        (Problem::Algorithm { met, allowed }, Language::German) => german::algorithm(*met, allowed),
        (Problem::Algorithm { met, allowed }, Language::Korean) => korean::algorithm(*met, allowed),
        (Problem::Key(fault), Language::German) => german::no_fit(fault),
        (Problem::Key(fault), Language::Korean) => korean::no_fit(fault),
        (Problem::Signature(None), _) => invalid(language),
        (Problem::Signature(Some(hint)), Language::German) => {
            format!("{}; {}", invalid(language), german::hint(*hint))
        }
        (Problem::Signature(Some(hint)), Language::Korean) => {
            format!("{}. {}", invalid(language), korean::hint(*hint))
        }
    }
}

/// Why a command could not do its work.
pub(crate) fn error(error: &Error, language: Language) -> String {
    match language {
        Language::English => error.to_string(),
        Language::German => german::error(error),
        Language::Korean => korean::error(error),
    }
}

fn invalid(language: Language) -> String {
    render::verify_error(&VerifyError::Signature(InvalidSignature), language).to_string()
}

fn weak(fault: WeakKey, language: Language) -> String {
    render::weak_key(&fault, language).to_string()
}

#[cfg(test)]
mod tests {
    use core::net::SocketAddr;
    use std::io::{self, ErrorKind};

    use jwtick_core::{Algorithm, Claims, DecodeError, HeaderError, Scratch};

    use super::*;
    use crate::commands::verify::Hint;
    use crate::input::Origin;
    use crate::keys::{KeyError, NoFit, Unfit, Unreadable};
    use crate::stand_in::StartError;
    use crate::zone::NotAZone;

    fn problems() -> Vec<Problem> {
        let kty = || Unfit::KeyType("RSA".to_owned());
        let fits = [
            NoFit::Unsupported(Algorithm::Es256),
            NoFit::Algorithm { token: Algorithm::Hs256, key: Some("HS512".to_owned()) },
            NoFit::Algorithm { token: Algorithm::Rs256, key: None },
            NoFit::KeyId("kid-7".to_owned()),
            NoFit::Weak {
                algorithm: Algorithm::Hs256,
                fault: WeakKey::Short { needs: 32, has: 6 },
            },
            NoFit::NoSecret(Some(kty())),
            NoFit::NoSecret(Some(Unfit::Pem)),
            NoFit::NoSecret(Some(Unfit::Purpose)),
            NoFit::NoSecret(None),
        ];
        let hints = [None, Some(Hint::FinalNewline), Some(Hint::Base64)];
        let mut problems: Vec<Problem> = fits.into_iter().map(Problem::Key).collect();
        problems.extend(hints.map(Problem::Signature));
        problems.push(Problem::Decode(DecodeError::Header(HeaderError::AlgNone)));
        let allowed = vec![Algorithm::Hs384, Algorithm::Hs512];
        problems.push(Problem::Algorithm { met: Algorithm::Hs256, allowed });
        problems
    }

    fn errors() -> Vec<Error> {
        let name = || "a.log".to_owned();
        let source = || io::Error::other("E42");
        let unreadable = [
            Unreadable::NotJson,
            Unreadable::NotAnObject,
            Unreadable::NoMember("kty"),
            Unreadable::NotBase64("k"),
            Unreadable::Empty,
            Unreadable::NoVariable,
        ];
        let unreadable = unreadable.map(|fault| KeyError::Unreadable { name: name(), fault });
        let fault = WeakKey::Short { needs: 32, has: 6 };
        let algorithm = || "ES256".to_owned();
        let keys = [
            KeyError::Weak { algorithm: Algorithm::Hs256, fault },
            KeyError::Many { count: 3 },
            KeyError::NoSecret(Some(Unfit::Pem)),
            KeyError::NoSecret(None),
            KeyError::Algorithm { asked: "HS256".to_owned(), key: algorithm() },
            KeyError::CannotSign { algorithm: algorithm() },
            KeyError::Unsupported(NoFit::Unsupported(Algorithm::Es256)),
        ];
        let mut errors: Vec<Error> = unreadable.into_iter().chain(keys).map(Error::Key).collect();
        let fault = Claims::parse(b"[]", &mut Scratch::<0>::new()).err().unwrap();
        errors.extend([
            Error::Read { name: name(), source: source() },
            Error::Folder { name: name(), example: "*.log" },
            Error::Zone { met: name(), fault: NotAZone },
            Error::TooLong { name: name(), allowed: 16 },
            Error::Claims { name: name(), fault },
            Error::Write { source: source() },
            Error::NoToken { origin: Origin::Named },
            Error::NoToken { origin: Origin::Words },
            Error::StdinTwice,
            Error::Signals { source: source() },
        ]);
        errors.extend(starts().into_iter().map(Error::StandIn));
        errors
    }

    fn starts() -> Vec<StartError> {
        let address = SocketAddr::from(([127, 0, 0, 1], 80));
        let listen = |source| StartError::Listen { address, source };
        let taken = io::Error::from(ErrorKind::AddrInUse);
        vec![StartError::NoRandomness, listen(io::Error::other("E42")), listen(taken)]
    }

    // What a sentence tells beside its words, in whichever order.
    fn facts(said: &str) -> Vec<char> {
        let mut digits: Vec<char> = said.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    }

    fn said_in_all(said: impl Fn(Language) -> String) -> [String; 3] {
        [Language::English, Language::German, Language::Korean].map(said)
    }

    #[test]
    fn every_reason_is_said_in_every_language() {
        let problems = problems().into_iter().map(|it| said_in_all(|l| problem(&it, l)));
        let errors = errors().into_iter().map(|it| said_in_all(|l| error(&it, l)));
        for [english, german, korean] in problems.chain(errors) {
            assert_ne!(english, german);
            assert!(korean.chars().any(|c| ('가'..='힣').contains(&c)), "{english}: {korean}");
            assert_eq!(facts(&german), facts(&english), "{german}");
            assert_eq!(facts(&korean), facts(&english), "{korean}");
        }
    }
}
