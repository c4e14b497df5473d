//! `jwtick serve` behind real reverse proxies, started with the files of `fixtures/fronts`.
//!
//! One table of requests runs through all of them. What each makes of the answers is compared with the
//! table in `fixtures/fronts/README.md`, which operators read.

mod application;
mod cases;
mod recipe;
mod service;

use std::fs;

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

    /// Sends the request, checks what came of it, and returns the cell of the table.
    fn run(&mut self, case: &Case) -> String {
        self.service.bring_into(case.state);
        let mut connection = Connection::to(self.front.address()).unwrap();
        let answer = connection.ask(case.request(self.front.address()));
        let received = self.application.received();
        let what = format!("{}, {}\n{answer:?}\n{received:?}", case.name, self.name);
        let answer = answer.unwrap_or_else(|_| panic!("{what}"));
        match case.outcome {
            Outcome::Served(subject) => {
                served(case, &answer, &received, subject, &what);
                if answer.status == 101 {
                    assert_eq!(
                        connection.ask("GET / HTTP/1.1 200\r\n\r\n").unwrap().status,
                        200,
                        "{what}"
                    );
                }
            }
            Outcome::Challenged(text) => {
                let mut challenges = answer.fields("www-authenticate");
                assert!(challenges.any(|challenge| challenge.contains(text)), "{what}");
                stopped(&answer, &received, &what);
            }
            Outcome::Stopped => stopped(&answer, &received, &what),
        }
        cell(&answer)
    }
}

#[track_caller]
fn served(case: &Case, answer: &Answer, received: &[Received], subject: Option<&str>, what: &str) {
    let [received] = received else { panic!("expected one request at the application: {what}") };
    assert!(matches!(answer.status, 200 | 101), "{what}");
    assert_eq!(received.values("x-auth-subject"), Vec::from_iter(subject), "{what}");
    assert_eq!(received.line, format!("{} HTTP/1.1\r\n", case.line), "{what}");
    assert_eq!(received.body, case.body, "{what}");
}

#[track_caller]
fn stopped(answer: &Answer, received: &[Received], what: &str) {
    assert!(received.is_empty() && answer.status >= 400, "{what}");
    assert_eq!(answer.field("x-auth-subject"), None, "{what}");
}

/// The status, and the fields that tell a client what to do.
fn cell(answer: &Answer) -> String {
    let challenges = answer.fields("www-authenticate").map(|challenge| {
        let scheme = challenge.split(' ').next().unwrap_or_default();
        let error = challenge.split_once("error=\"").and_then(|(_, rest)| rest.split_once('"'));
        error.map_or(scheme.to_owned(), |(error, _)| format!("{scheme} {error}"))
    });
    let others = [("retry-after", "Retry-After"), ("dpop-nonce", "DPoP-Nonce")].into_iter();
    let others =
        others.filter(|(name, _)| answer.field(name).is_some_and(|value| !value.is_empty()));
    let told: Vec<String> = challenges.chain(others.map(|(_, name)| name.to_owned())).collect();
    [answer.status.to_string()].into_iter().chain(told).collect::<Vec<_>>().join(", ")
}

#[test]
fn every_front_keeps_the_contract() {
    let mut chains = Front::ALL.map(Chain::start);
    let mut table = head();
    for case in CASES {
        let cells = chains.each_mut().map(|chain| chain.run(case));
        table += &row(case, &cells);
    }
    println!("{table}");
    let readme = fs::read_to_string(fixture("fronts/README.md")).unwrap();
    assert!(readme.contains(&table), "fixtures/fronts/README.md has another table than\n{table}");
}

fn head() -> String {
    let names = Front::ALL.map(Front::name).join(" | ");
    format!("| request | {names} | why they differ |\n|{}\n", "---|".repeat(Front::ALL.len() + 2))
}

fn row(case: &Case, cells: &[String]) -> String {
    let differ = cells.iter().any(|cell| *cell != cells[0]);
    let explained = !case.reason.is_empty();
    assert_eq!(differ, explained, "{}: {cells:?}, but the reason is {:?}", case.name, case.reason);
    format!("| {} | {} | {} |\n", case.name, cells.join(" | "), case.reason)
}
