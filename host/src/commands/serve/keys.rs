//! Warnings about the keys of issuers: when they cannot be fetched, and when they can again.

use core::fmt;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jwtick_core::words::{Language, Said, rounded, sentence};

use crate::commands::refusal;
use crate::output;
use crate::serve::{KeyEvent, KeyLog};

/// Returns what prints a warning whenever the state of an issuer's keys changes, but not for every attempt.
pub(super) fn key_log(language: Language) -> Arc<KeyLog> {
    let faults = Mutex::new(BTreeMap::<String, &'static str>::new());
    Arc::new(move |issuer, event| {
        // No code panics while it holds the lock.
        let mut faults = faults.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = match event {
            KeyEvent::Failed(fault) => {
                faults.insert(issuer.to_owned(), fault.code()) != Some(fault.code())
            }
            KeyEvent::Fetched => faults.remove(issuer).is_some(),
            KeyEvent::Restored { .. } => true,
            KeyEvent::Date(_) => false,
        };
        if is_news {
            output::warn(&news(issuer, event, language));
        }
    })
}

fn news(issuer: &str, event: &KeyEvent<'_>, language: Language) -> String {
    let said = Said(|f: &mut fmt::Formatter<'_>| match event {
        KeyEvent::Failed(fault) => {
            let fault = refusal::remote(fault, language);
            sentence!(f, language,
                en: "the keys of {issuer} could not be fetched: {fault}",
                de: "Die Schlüssel von {issuer} konnten nicht abgerufen werden: {fault}",
                ko: "{issuer} 발급자의 키를 받지 못했습니다: {fault}",
            )
        }
        KeyEvent::Restored { age } => {
            let age = rounded(*age, language);
            sentence!(f, language,
                en: "the keys of {issuer} that were fetched {age} ago are used until others are fetched",
                de: "Bis andere abgerufen sind, gelten die Schlüssel von {issuer}, die vor {age} abgerufen wurden",
                ko: "새 키를 받을 때까지 {age} 전에 받은 {issuer} 발급자의 키를 사용합니다",
            )
        }
        KeyEvent::Fetched | KeyEvent::Date(_) => sentence!(f, language,
            en: "the keys of {issuer} were fetched again",
            de: "Die Schlüssel von {issuer} wurden wieder abgerufen",
            ko: "{issuer} 발급자의 키를 다시 받았습니다",
        ),
    });
    said.to_string()
}
