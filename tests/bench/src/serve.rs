//! `jwtick serve` next to gateways that verify tokens themselves: throughput, latency and memory.
//!
//! The servers share one processor, and the load has another. The service does not know that it is
//! measured: "new tokens" is a process that has not seen its tokens before.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use jwtick_tests::RunningFront;

use crate::Effort;
use crate::gateways::{Gateways, Service};
use crate::load::{Latency, ask_each, latency, status, throughput, throughput_of_many};
use crate::signers::Issuer;
use crate::timing::{Times, table_head, table_row};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The number of tokens whose signatures the service remembers.
const REMEMBERED: usize = 10_000;

/// Measures all and prints the tables.
pub fn run(effort: Effort, program: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (keys, list) = (folder.path().join("keys.json"), folder.path().join("tokens"));
    let issuer = Issuer::new()?;
    let jwks = format!(r#"{{"keys":[{}]}}"#, issuer.jwk());
    fs::write(&keys, &jwks)?;
    let pem =
        Command::new(program).args(["key", "public", "--format", "pem"]).arg(&keys).output()?;
    let pem = String::from_utf8(pem.stdout)?;
    let tokens = issuer.tokens(effort.load.tokens)?;
    fs::write(&list, tokens.join("\n") + "\n")?;
    let service = Service::start(program, &keys)?;
    let gateways = Gateways::start(&jwks, &pem, &service.address)?;
    let token = tokens.first().ok_or("no token")?;
    let bench = Bench { effort, rows: rows(&service, &gateways), token };
    bench.check()?;
    bench.throughputs(|| {
        let service = Service::start(program, &keys)?;
        throughput_of_many(&service.url("/verify"), &list, effort.load.seconds)
    })?;
    bench.latencies()?;
    memory(&Service::start(program, &keys)?, tokens.get(..REMEMBERED).unwrap_or(&tokens))
}

fn memory(service: &Service, tokens: &[String]) -> Result<()> {
    table_head("memory of jwtick serve (bar: 30 MB)", &["MB"]);
    table_row("after its start", &[format!("{:.1}", service.resident()?)]);
    ask_each(&service.url("/verify"), tokens)?;
    let name = format!("after {} different tokens", tokens.len());
    table_row(&name, &[format!("{:.1}", service.resident()?)]);
    Ok(())
}

/// A server that is measured.
struct Row {
    name: &'static str,
    kind: Kind,
    /// The row of the same server that verifies nothing.
    bare: usize,
}

enum Kind {
    /// Answers 200 to any request.
    Bare(String),
    /// Verifies the same token each time.
    Verifies(String),
    /// A new process of `jwtick serve`, which gets other tokens each time.
    NewTokens,
}

const SERVICE_BARE: usize = 0;
const SERVICE: usize = 1;
const NEW_TOKENS: usize = 2;
const ENVOY_BARE: usize = 3;
const ENVOY: usize = 4;
const NGINX_BARE: usize = 6;
const HAPROXY_BARE: usize = 8;
const HAPROXY: usize = 9;
const TRIVIAL: usize = 10;
const BEHIND_NGINX: usize = 11;

fn rows(service: &Service, gateways: &Gateways) -> [Row; 12] {
    use Kind::{Bare, NewTokens, Verifies};
    let row = |name, kind, bare| Row { name, kind, bare };
    let at = |front: &RunningFront, path| format!("http://{}{path}", front.address());
    let Gateways { nginx, envoy, haproxy, .. } = gateways;
    [
        row("jwtick serve, bare 200", Bare(service.url("/healthz")), SERVICE_BARE),
        row("jwtick serve, remembered token", Verifies(service.url("/verify")), SERVICE_BARE),
        row("jwtick serve, new tokens", NewTokens, SERVICE_BARE),
        row("Envoy, direct response", Bare(at(envoy, "/bare")), ENVOY_BARE),
        row("Envoy, jwt_authn", Verifies(at(envoy, "/jwt")), ENVOY_BARE),
        row("Envoy, jwt_authn with its cache", Verifies(at(envoy, "/cached")), ENVOY_BARE),
        row("nginx, return 200", Bare(at(nginx, "/bare")), NGINX_BARE),
        row("nginx, nginx-auth-jwt", Verifies(at(nginx, "/jwt")), NGINX_BARE),
        row("HAProxy, return 200", Bare(at(haproxy, "/bare")), HAPROXY_BARE),
        row("HAProxy, jwt_verify (signature only)", Verifies(at(haproxy, "/jwt")), HAPROXY_BARE),
        row("nginx, auth_request to a trivial 200", Bare(at(nginx, "/trivial")), NGINX_BARE),
        row("nginx, auth_request to jwtick serve", Verifies(at(nginx, "/service")), NGINX_BARE),
    ]
}

/// The bars: at least as many times the throughput of another row.
const BARS: [(usize, f64, usize); 4] = [
    (SERVICE, 0.85, SERVICE_BARE),
    (NEW_TOKENS, 1.0, ENVOY),
    (NEW_TOKENS, 1.0, HAPROXY),
    (BEHIND_NGINX, 0.9, TRIVIAL),
];

struct Bench<'b> {
    effort: Effort,
    rows: [Row; 12],
    token: &'b str,
}

impl Bench<'_> {
    /// A gateway that accepts anything would be fast.
    fn check(&self) -> Result<()> {
        let (input, signature) = self.token.rsplit_once('.').ok_or("the token has no signature")?;
        let reversed: String = signature.chars().rev().collect();
        for row in &self.rows {
            let Kind::Verifies(url) = &row.kind else { continue };
            let met = (status(url, self.token)?, status(url, &format!("{input}.{reversed}"))?);
            if !matches!(met, (200, 401 | 403)) {
                return Err(format!("{}: {met:?} for a good and a forged token", row.name).into());
            }
        }
        Ok(())
    }

    fn throughputs(&self, new_tokens: impl Fn() -> Result<f64>) -> Result<()> {
        let mut times = vec![Times::default(); self.rows.len()];
        for _ in 0..self.effort.load.turns {
            for (row, times) in self.rows.iter().zip(&mut times) {
                let rate = match &row.kind {
                    Kind::Bare(url) | Kind::Verifies(url) => {
                        throughput(url, self.token, self.effort.load.seconds)?
                    }
                    Kind::NewTokens => new_tokens()?,
                };
                times.push(1.0 / rate);
            }
        }
        table_head("RS256, all servers on one processor", &["requests/s", "× bare"]);
        for (row, met) in self.rows.iter().zip(&times) {
            let rate = format!("{:.0}", 1.0 / met.median());
            table_row(row.name, &[rate, format!("{:.2}", times[row.bare].over(met))]);
        }
        table_head("throughput next to another row", &["bar", "met"]);
        for (row, bar, other) in BARS {
            let name = format!("{} ÷ {}", self.rows[row].name, self.rows[other].name);
            let met = times[other].over(&times[row]);
            table_row(&name, &[format!("{bar:.2}"), format!("{met:.2}")]);
        }
        Ok(())
    }

    fn latencies(&self) -> Result<()> {
        table_head(
            "latency at 1,000 requests/s (bar: 1 ms above)",
            &["p50 ms", "p99 ms", "p99 above"],
        );
        for (row, floor) in [(SERVICE, SERVICE_BARE), (BEHIND_NGINX, TRIVIAL)] {
            let mut measured = [(floor, Vec::new()), (row, Vec::new())];
            for _ in 0..self.effort.load.turns {
                for (row, met) in &mut measured {
                    let (Kind::Bare(url) | Kind::Verifies(url)) = &self.rows[*row].kind else {
                        continue;
                    };
                    met.push(latency(url, self.token, self.effort.load.seconds)?);
                }
            }
            let floor = Latency::median(&measured[0].1);
            for (row, met) in &measured {
                let met = Latency::median(met);
                let cells = [met.p50, met.p99, met.p99 - floor.p99].map(|ms| format!("{ms:.2}"));
                table_row(self.rows[*row].name, &cells);
            }
        }
        Ok(())
    }
}
