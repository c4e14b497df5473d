//! Gateways, whose clock cannot be stopped: the tokens are made around the real time, and a verdict that
//! depends on when the gateway read its clock may be either.

use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::{TimeBounds, UnixTime};
use jwtick_tests::{Connection, Front, RunningFront, SECRET, free_tcp_port, token};

use super::{Answered, tokens};

/// The gateways, by the names of their rows.
pub(super) const NAMES: &[&str] = &["envoy", "haproxy"];

const ENVOY: &str = r#"
static_resources:
  listeners:
    - address: {socket_address: {address: 127.0.0.1, port_value: PORT}}
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: tokens
                route_config:
                  virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes: [{match: {prefix: /}, direct_response: {status: 200}}]
                http_filters:
                  - name: envoy.filters.http.jwt_authn
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication
                      providers:
                        tests: {local_jwks: {inline_string: '{"keys":[{"kty":"oct","alg":"HS256","k":"SECRET"}]}'}}
                      rules: [{match: {prefix: /}, requires: {provider_name: tests}}]
                  - name: envoy.filters.http.router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
"#;

const HAPROXY: &str = r#"
global
    log stderr format raw local0 emerg
defaults
    mode http
    timeout client 20s
    timeout connect 20s
    timeout server 20s
frontend tokens
    bind 127.0.0.1:PORT
    http-request set-var(txn.bearer) http_auth_bearer
    http-request return status 200 if { var(txn.bearer),jwt_verify("HS256","SECRET") -m int 1 }
    http-request return status 401
"#;

/// The verdicts of all gateways.
pub(super) fn answers() -> impl Iterator<Item = (&'static str, Vec<Answered>)> {
    NAMES.iter().map(|&name| {
        let port = free_tcp_port();
        let (front, file, text, secret) = match name {
            "envoy" => (Front::Envoy, "envoy.yaml", ENVOY, URL_SAFE_NO_PAD.encode(SECRET)),
            _ => (
                Front::Haproxy,
                "haproxy.cfg",
                HAPROXY,
                String::from_utf8(SECRET.to_vec()).unwrap(),
            ),
        };
        let text = text.replace("PORT", &port.to_string()).replace("SECRET", &secret);
        let running = RunningFront::configured(front, port, &[(file, text)]);
        (name, ask(&running))
    })
}

fn ask(front: &RunningFront) -> Vec<Answered> {
    let address = front.address();
    let mut connection = Connection::to(address).unwrap();
    let claims = tokens::claims(now().floor_secs());
    let answered = |claims: String| {
        let request = format!(
            "GET / HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer {}\r\n\r\n",
            token(&claims)
        );
        let sent = now();
        let answer = connection.ask(&request).or_else(|_| {
            // HAProxy ends a connection after some requests.
            connection = Connection::to(address)?;
            connection.ask(&request)
        });
        let answer = answer.unwrap();
        // Envoy's clock is that of its loop of events, read up to a second before.
        let clock = TimeBounds::between(sent, now()).unwrap();
        Answered { accepts: answer.status == 200, said: answer.to_string(), claims, clock }
    };
    claims.into_iter().map(answered).collect()
}

fn now() -> UnixTime {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    UnixTime::from_micros(since.as_micros().try_into().unwrap())
}
