//! Gateways that verify tokens themselves, `jwtick serve`, and nginx in front of it.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use jwtick_tests::{Front, RunningFront, free_tcp_port};

use crate::load::{on_one_processor, pin};
use crate::token::{AUDIENCE, ISSUER};

/// `jwtick serve`, which ends when this is dropped.
pub struct Service {
    child: Child,
    /// Host and port.
    pub address: String,
}

impl Service {
    /// Starts it with a file of keys. Its log goes to a file next to that, as an operator's would.
    pub fn start(program: &Path, keys: &Path) -> Result<Self, Box<dyn Error>> {
        let log = fs::File::create(keys.with_extension("log"))?;
        let mut command = on_one_processor(program);
        command.args(["serve", "--listen", "127.0.0.1:0", "--aud", AUDIENCE, "--key"]).arg(keys);
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn()?;
        let mut line = String::new();
        let stdout = child.stdout.as_mut().ok_or("no output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let service = Self { child, address: address(&line).unwrap_or_default() };
        if service.address.is_empty() {
            return Err(format!("expected the address of the service, but found {line:?}").into());
        }
        Ok(service)
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Resident memory in megabytes (proc(5), `VmRSS`).
    pub fn resident(&self) -> Result<f64, Box<dyn Error>> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")).ok_or("no VmRSS")?;
        Ok(kib.trim().parse::<f64>()? * 1024.0 / 1e6)
    }
}

fn address(line: &str) -> Option<String> {
    let (address, _) = line.split_once("http://")?.1.split_once('/')?;
    Some(address.to_owned())
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All gateways, each on one processor with one thread.
pub struct Gateways {
    /// nginx: `/bare`, `/jwt`, and `/trivial` and `/service` with `auth_request`.
    pub nginx: RunningFront,
    /// Answers 200 to whatever it is asked.
    pub trivial: RunningFront,
    /// Envoy: `/bare`, `/jwt` and `/cached`.
    pub envoy: RunningFront,
    /// HAProxy: `/bare` and `/jwt`.
    pub haproxy: RunningFront,
}

impl Gateways {
    /// Starts them with a JWK Set and its key in PEM; `service` is the address of `jwtick serve`.
    pub fn start(jwks: &str, pem: &str, service: &str) -> Result<Self, Box<dyn Error>> {
        let start = |front, more: &[(&str, String)], text: &str| {
            let port = free_tcp_port();
            let text = text.replace("PORT", &port.to_string());
            RunningFront::configured(front, port, &[&[("configuration.yaml", text)], more].concat())
        };
        let trivial = start(Front::Nginx, &[], TRIVIAL);
        let nginx = NGINX.replace("TRIVIAL", &trivial.address().to_string());
        let nginx = nginx.replace("SERVICE", service);
        let envoy = ENVOY.replace("JWKS", &format!("'{jwks}'"));
        let envoy = envoy.replace("ISSUER", ISSUER).replace("AUDIENCE", AUDIENCE);
        let gateways = Self {
            nginx: start(Front::Nginx, &[("jwks.json", jwks.to_owned())], &nginx),
            trivial,
            envoy: start(Front::Envoy, &[], &envoy),
            haproxy: start(Front::Haproxy, &[("key.pem", pem.to_owned())], HAPROXY),
        };
        for front in [&gateways.nginx, &gateways.trivial, &gateways.envoy, &gateways.haproxy] {
            pin(front.daemon().id())?;
        }
        Ok(gateways)
    }
}

const TRIVIAL: &str = "
events {}
http {
    access_log off;
    keepalive_requests 1000000000;
    server { listen 127.0.0.1:PORT; location / { return 200; } }
}
";

// `return` comes before the access phase, so the locations that check something end elsewhere.
const NGINX: &str = r#"
events {}
http {
    access_log off;
    keepalive_requests 1000000000;
    upstream trivial { server TRIVIAL; keepalive 64; keepalive_requests 1000000000; }
    upstream service { server SERVICE; keepalive 64; keepalive_requests 1000000000; }
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Content-Length "";
    proxy_pass_request_body off;
    server {
        listen 127.0.0.1:PORT;
        location / { return 200; }
        location = /jwt { auth_jwt ""; auth_jwt_key_file jwks.json; try_files /none @passed; }
        location = /trivial { auth_request /ask-trivial; try_files /none @passed; }
        location = /service { auth_request /ask-service; try_files /none @passed; }
        location @passed { return 200; }
        location = /ask-trivial { internal; proxy_pass http://trivial/; }
        location = /ask-service { internal; proxy_pass http://service/verify; }
    }
}
"#;

const HAPROXY: &str = r#"
global
    nbthread 1
defaults
    mode http
    timeout connect 1s
    timeout client 60s
    timeout server 60s
frontend front
    bind 127.0.0.1:PORT
    http-request return status 200 if { path /bare }
    http-request set-var(txn.bearer) http_auth_bearer
    http-request set-var(txn.alg) var(txn.bearer),jwt_header_query('$.alg')
    http-request deny unless { var(txn.alg) -m str RS256 }
    http-request deny unless { var(txn.bearer),jwt_verify(txn.alg,"key.pem") 1 }
    http-request return status 200
"#;

const ENVOY: &str = r#"
static_resources:
  listeners:
    - address: {socket_address: {address: 127.0.0.1, port_value: PORT}}
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: front
                route_config:
                  virtual_hosts:
                    - {name: all, domains: ["*"], routes: [{match: {prefix: /}, direct_response: {status: 200}}]}
                http_filters:
                  - name: envoy.filters.http.jwt_authn
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication
                      providers:
                        plain: {issuer: ISSUER, audiences: [AUDIENCE], local_jwks: {inline_string: JWKS}}
                        cached:
                          issuer: ISSUER
                          audiences: [AUDIENCE]
                          local_jwks: {inline_string: JWKS}
                          jwt_cache_config: {jwt_cache_size: 10000}
                      rules:
                        - {match: {prefix: /jwt}, requires: {provider_name: plain}}
                        - {match: {prefix: /cached}, requires: {provider_name: cached}}
                  - name: envoy.filters.http.router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
"#;
