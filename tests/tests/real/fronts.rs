//! `jwtick serve` behind real reverse proxies, started with the files of `fixtures/fronts`.
//!
//! One table of requests runs through all of them. What each makes of the answers is compared with the
//! table in `fixtures/fronts/README.md`, which operators read.

mod application;
mod cases;
mod client;
mod recipe;
mod service;

use std::fs;
use std::io::ErrorKind;

use jwtick_tests::{Answer, Connection, Front, RunningFront, fixture};

use application::{Application, Received};
use cases::{CASES, Case, Outcome};
use service::Service;

/// A front between a client and an application, and the service that it asks.
struct Chain {
    name: &'static str,
    front: RunningFront,
    service: Service,
    application: Application,
}

impl Chain {
    fn start(front: Front) -> Self {
        let application = Application::start();
        let service = Service::start(front);
        let running = RunningFront::start(front, service.address(), application.address);
        Self { name: front.name(), front: running, service, application }
    }

    /// Sends the request, notes what should not have come of it, and returns the cell of the table.
    fn run(&mut self, case: &Case, faults: &mut Vec<String>) -> String {
        self.service.bring_into(case.state);
        let mut connection = Connection::to(self.front.address()).unwrap();
        let mut answer = connection.ask(case.request(self.front.address()));
        // Traefik waits for a silent service longer than a connection waits for an answer.
        if answer.as_ref().is_err_and(|error| error.kind() == ErrorKind::WouldBlock) {
            answer = connection.answer();
        }
        let received = self.application.received();
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                faults.push(format!("{}, {}: {error}\n{received:?}", case.name, self.name));
                return "none".to_owned();
            }
        };
        let fault = match case.outcome {
            Outcome::Served(_) if answer.status == 101 => echo(&mut connection),
            Outcome::Served(subject) => served(case, &answer, &received, subject),
            Outcome::Challenged(text) => challenged(&answer, text).or(stopped(&answer, &received)),
            Outcome::Stopped => stopped(&answer, &received),
        };
        let told = |fault| format!("{}, {}: {fault}\n{answer}\n{received:?}", case.name, self.name);
        faults.extend(fault.map(told));
        cell(&answer)
    }
}

type Fault = Option<&'static str>;

/// Sends an answer of its own through an upgraded connection, which the application returns.
fn echo(connection: &mut Connection) -> Fault {
    let echoed = connection.ask("HTTP/1.1 299 Echo\r\n\r\n");
    (!echoed.is_ok_and(|echoed| echoed.status == 299)).then_some("the connection is not upgraded")
}

fn served(case: &Case, answer: &Answer, received: &[Received], subject: Option<&str>) -> Fault {
    let [received] = received else { return Some("expected one request at the application") };
    let line = format!("{} HTTP/1.1\r\n", case.line);
    [
        (answer.status == 200, "expected the answer of the application"),
        (received.values("x-auth-subject") == Vec::from_iter(subject), "another identity"),
        (received.line == line && received.body == case.body, "another request"),
    ]
    .iter()
    .find_map(|&(holds, fault)| (!holds).then_some(fault))
}

fn challenged(answer: &Answer, text: &str) -> Fault {
    let mut challenges = answer.fields("www-authenticate");
    (!challenges.any(|challenge| challenge.contains(text))).then_some("another challenge")
}

fn stopped(answer: &Answer, received: &[Received]) -> Fault {
    let passed = !received.is_empty() || answer.status < 400;
    let identity = answer.field("x-auth-subject").is_some();
    passed.then_some("the request passed").or(identity.then_some("an identity is disclosed"))
}

/// The status, and what tells the client more: the error of a challenge or its scheme, and fields.
fn cell(answer: &Answer) -> String {
    let challenges = answer.fields("www-authenticate").map(|challenge| {
        let error = challenge.split_once("error=\"").and_then(|(_, rest)| rest.split_once('"'));
        error.map_or_else(|| challenge.split(' ').next().unwrap_or_default(), |(error, _)| error)
    });
    let fields = ["Retry-After", "DPoP-Nonce"].into_iter();
    let fields = fields.filter(|name| answer.field(name).is_some_and(|value| !value.is_empty()));
    let told: Vec<&str> = challenges.chain(fields).collect();
    format!("{} {}", answer.status, told.join(", ")).trim_end().to_owned()
}

#[test]
fn every_front_keeps_the_contract() {
    let mut chains = Front::ALL.map(Chain::start);
    let (mut table, mut faults) = (head(), Vec::new());
    for case in CASES {
        let cells = chains.each_mut().map(|chain| chain.run(case, &mut faults));
        let differ = cells.iter().any(|cell| *cell != cells[0]);
        if differ == case.reason.is_empty() {
            faults.push(format!("{}: {cells:?}, but the reason is {:?}", case.name, case.reason));
        }
        table += &format!("| {} | {} | {} |\n", case.name, cells.join(" | "), case.reason);
    }
    println!("{table}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let readme = fs::read_to_string(fixture("fronts/README.md")).unwrap();
    assert!(readme.contains(&table), "fixtures/fronts/README.md has another table than this one");
}

fn head() -> String {
    let names = Front::ALL.map(Front::name).join(" | ");
    format!("| request | {names} | why they differ |\n|{}\n", "---|".repeat(Front::ALL.len() + 2))
}
