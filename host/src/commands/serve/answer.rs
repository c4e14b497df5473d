//! The output of the service: its addresses, and messages about reloads and its store.

use core::fmt;

use jwtick_core::words::{Language, Said, sentence, word};
use serde::Serialize;

use crate::http::server::Address;
use crate::page::json;
use crate::serve::{
    CLOCKS, HEALTH, INTROSPECT, METADATA, METRICS, READY, ServePolicy, StoreFault, VERIFY,
};

/// The addresses of a service.
#[derive(Debug, Serialize)]
pub(crate) struct Addresses {
    verify_url: String,
    /// `None` if no client may ask.
    introspect_url: Option<String>,
    /// `None` if the resource has no identifier.
    resource_metadata_url: Option<String>,
    metrics_url: String,
    health_url: String,
    ready_url: String,
    clocks_url: String,
}

impl Addresses {
    pub(super) fn of(address: &Address, policy: &ServePolicy) -> Self {
        let scheme = if policy.tls.key.is_some() { "https" } else { "http" };
        let url = |path| format!("{scheme}://{address}{path}");
        Self {
            verify_url: url(VERIFY),
            introspect_url: (!policy.callers.is_empty()).then(|| url(INTROSPECT)),
            resource_metadata_url: policy.resource.is_some().then(|| url(METADATA)),
            metrics_url: url(METRICS),
            health_url: url(HEALTH),
            ready_url: url(READY),
            clocks_url: url(CLOCKS),
        }
    }

    pub(super) fn verify_url(&self) -> &str {
        &self.verify_url
    }

    pub(super) fn line(&self, as_json: bool) -> String {
        if as_json {
            return json::line(self);
        }
        let named = [
            ("verify", Some(&self.verify_url)),
            ("introspect", self.introspect_url.as_ref()),
            ("resource", self.resource_metadata_url.as_ref()),
            ("metrics", Some(&self.metrics_url)),
            ("health", Some(&self.health_url)),
            ("ready", Some(&self.ready_url)),
            ("clocks", Some(&self.clocks_url)),
        ];
        let named = named.into_iter().filter_map(|(name, url)| Some(format!("{name} {}", url?)));
        named.collect::<Vec<_>>().join(" ") + "\n"
    }
}

/// Message after a reload.
pub(super) const fn reloaded(language: Language) -> &'static str {
    word!(language,
        en: "reloaded: the new policies are in force",
        de: "Neu geladen: Die neuen Regeln gelten",
        ko: "다시 읽었습니다. 새 정책을 적용합니다",
    )
}

/// Message after a reload that changed nothing.
pub(super) const fn kept(language: Language) -> &'static str {
    word!(language,
        en: "not reloaded, so the policies of before stay in force",
        de: "Nicht neu geladen, daher gelten die bisherigen Regeln weiter",
        ko: "다시 읽지 못해 이전 정책을 그대로 적용합니다",
    )
}

/// Warning that the store of used tokens does not work.
pub(super) fn store_fails(fault: &StoreFault, language: Language) -> String {
    let said = Said(|f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "tokens that may pass only once are refused: {fault}",
            de: "Tokens, die nur einmal benutzt werden dürfen, werden abgelehnt: {fault}",
            ko: "한 번만 쓸 수 있는 토큰을 거부합니다: {fault}",
        )
    });
    said.to_string()
}

/// Warning that a replay may pass, because Redis may delete entries.
pub(super) const fn eviction_unknown(language: Language) -> &'static str {
    word!(language,
        en: "the Redis server does not say whether it evicts keys, and if it does, replayed tokens pass: allow \
             this user the command INFO, or make sure that maxmemory-policy is noeviction",
        de: "Der Redis-Server sagt nicht, ob er Schlüssel verdrängt; wenn er das tut, werden wiederholte Tokens \
             akzeptiert: Erlauben Sie diesem Benutzer den Befehl INFO, oder stellen Sie sicher, dass \
             maxmemory-policy auf noeviction steht",
        ko: "Redis 서버가 키를 제거하는지 알려 주지 않습니다. 제거한다면 재사용된 토큰이 통과합니다. 이 사용자에게 INFO \
             명령을 허용하거나 maxmemory-policy가 noeviction인지 확인하십시오",
    )
}

/// Warning that the address to listen on cannot change in a reload.
pub(super) const fn same_address(language: Language) -> &'static str {
    word!(language,
        en: "listen has another value now: restart the service to use it",
        de: "listen hat jetzt einen anderen Wert: Starten Sie den Dienst neu, um ihn zu benutzen",
        ko: "listen 값이 바뀌었습니다. 적용하려면 서비스를 다시 시작하십시오",
    )
}
