//! No client keeps a stand-in from answering others, and it ends cleanly.

use core::time::Duration;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use jwtick_tests::{Connection, StandIn, form, jwtick, token};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::{GRANT, assertion, now, request, stand_in};

const GET: &str = "GET /jwks HTTP/1.1\r\nHost: t\r\n\r\n";

#[test]
fn one_of_a_hundred_concurrent_uses_succeeds() {
    let stand_in = stand_in(&[]);
    let aud = stand_in.url("token_url");
    let claims =
        format!(r#"{{"iss":"joe","sub":"ann","aud":"{aud}","exp":{},"jti":"once"}}"#, now() + 60);
    let request = request(&token(&claims));
    let answers: Vec<(u16, String)> = thread::scope(|scope| {
        let ask = || {
            let answer = stand_in.ask(&request);
            (answer.status, answer.json()["error"].as_str().unwrap_or_default().to_owned())
        };
        let asked: Vec<_> = (0..100).map(|_| scope.spawn(ask)).collect();
        asked.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|(status, _)| *status == 200);
    assert_eq!((won.len(), lost.len()), (1, 99));
    assert!(lost.iter().all(|(status, error)| (*status, &**error) == (400, "invalid_grant")));
}

/// A thousand clients. The limit on open files may be just that, so this process raises its own
/// limit first.
fn crowd(stand_in: &StandIn) -> Vec<Connection> {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
    (0..1_000).map(|_| stand_in.connect()).collect()
}

#[test]
fn idle_and_slow_clients_do_not_block_others() {
    let stand_in = stand_in(&[]);
    let mut crowd = crowd(&stand_in);
    for (number, client) in crowd.iter_mut().enumerate() {
        // Half of them send nothing at all.
        if number % 2 == 0 {
            client.send("POST /oauth2/token HTTP/1.1\r\nX-Slow: ").unwrap();
        }
    }
    let answer = stand_in.ask(request(&assertion(&stand_in)));
    assert_eq!(answer.status, 200, "{answer}");
    for client in crowd.iter_mut().step_by(100) {
        client.send("x").unwrap();
    }
    let [dribbling, silent, ..] = crowd.as_mut_slice() else { panic!() };
    assert!(dribbling.is_closed(), "a head that never ends is given up");
    assert!(silent.is_closed(), "and so is one that never begins");
}

#[test]
fn client_beyond_the_connection_limit_is_told_to_retry() {
    let stand_in = stand_in(&["--max-connections", "2"]);
    let (mut first, second) = (stand_in.connect(), stand_in.connect());
    assert_eq!(first.ask(GET).unwrap().status, 200);
    let refused = stand_in.ask(GET);
    assert_eq!((refused.status, refused.field("retry-after")), (503, Some("1")), "{refused}");
    assert_eq!(refused.body, "too many connections, try again\n");
    drop(second);
    thread::sleep(Duration::from_millis(200));
    assert_eq!(stand_in.ask(GET).status, 200, "a seat is free again");
    assert_eq!(first.ask(GET).unwrap().status, 200, "a connected client stays connected");
}

#[test]
fn client_that_never_reads_loses_its_connection() {
    let stand_in = stand_in(&["--max-connections", "1"]);
    let requests = GET.repeat(1_000);
    let mut greedy = TcpStream::connect(stand_in.address()).unwrap();
    greedy.set_write_timeout(Some(Duration::from_secs(1))).unwrap();
    // Until the buffers of the request are full.
    let is_full = (0..1_000).any(|_| greedy.write_all(requests.as_bytes()).is_err());
    assert!(is_full, "the server reads on");
    assert_eq!(stand_in.ask(GET).status, 503, "all connections are taken");
    // The server answers what it has read, until its buffers are full too; then it waits 10 s.
    let is_free = (0..60).any(|_| {
        thread::sleep(Duration::from_secs(1));
        stand_in.ask(GET).status == 200
    });
    assert!(is_free, "and free again");
    // What was sent before can still be read.
    let mut answer = [0; 15];
    greedy.read_exact(&mut answer).unwrap();
    assert_eq!(answer, *b"HTTP/1.1 200 OK");
}

#[test]
fn form_of_very_many_parameters_costs_little_time() {
    let stand_in = stand_in(&[]);
    let names: String = (0..12_000).map(|n| format!("{n:x}&")).collect();
    let content = format!("{names}{GRANT}&assertion=x");
    assert!(content.len() < 64 * 1024, "else it is refused for its length");
    let before = cpu_time(stand_in.id());
    for _ in 0..20 {
        let answer = stand_in.ask(form("/oauth2/token", "", &content));
        assert_eq!(answer.status, 400, "{answer}");
        assert_eq!(answer.json()["error"], "invalid_request", "{answer}");
        assert!(answer.body.contains("expected at most 64 parameters"), "{answer}");
    }
    let Some((before, after)) = before.zip(cpu_time(stand_in.id())) else { return };
    assert!(after - before < Duration::from_secs(1), "{:?}", after - before);
}

/// Processor time of a process, in units of 10 ms (proc(5), `utime` and `stime`); `None` where the
/// system does not report it.
fn cpu_time(id: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(11).take(2).map(|field| field.parse::<u64>().ok());
    Some(Duration::from_millis(ticks.sum::<Option<u64>>()? * 10))
}

#[test]
fn a_thousand_connections_are_all_answered() {
    let stand_in = stand_in(&[]);
    let mut crowd = crowd(&stand_in);
    for client in &mut crowd {
        client.send(GET).unwrap();
    }
    for (number, client) in crowd.iter_mut().enumerate() {
        assert_eq!(client.answer().unwrap().status, 200, "connection {number}");
    }
}

#[test]
fn oversized_requests_are_refused() {
    let stand_in = stand_in(&[]);
    let content = format!("{GRANT}&assertion={}", "x".repeat(70_000));
    let answer = stand_in.ask(form("/oauth2/token", "", &content));
    assert_eq!(answer.status, 413, "{answer}");
    assert!(answer.field("date").is_some(), "RFC 9110 §6.6.1: {answer}");
    let announced = "POST /oauth2/token HTTP/1.1\r\nHost: t\r\nContent-Length: 100000000000\r\n\
        Content-Type: application/x-www-form-urlencoded\r\n\r\nx";
    assert_eq!(stand_in.ask(announced).status, 413, "before it is sent");
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x1_0000));
    let chunked = format!(
        "POST /oauth2/token HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{chunk}{chunk}0\r\n\r\n"
    );
    assert_eq!(stand_in.ask(chunked).status, 413, "chunks of any number");
    let head = format!("GET /jwks HTTP/1.1\r\nHost: t\r\nX: {}\r\n\r\n", "x".repeat(40_000));
    assert_eq!(stand_in.ask(head).status, 431);
    let fields = "X: y\r\n".repeat(200);
    assert_eq!(stand_in.ask(format!("GET /jwks HTTP/1.1\r\nHost: t\r\n{fields}\r\n")).status, 431);
    let spoilt = stand_in.ask("GET /jwks HTTP/1.1\r\nHost: t\r\n: x\r\n\r\n");
    assert_eq!(spoilt.status, 400);
    assert_eq!(stand_in.ask(GET).status, 200, "other clients are still served");
}

#[test]
fn signal_ends_the_server_cleanly() {
    for signal in ["INT", "TERM"] {
        let stand_in = stand_in(&["--latency", "1s"]);
        let (mut running, mut idle) = (stand_in.connect(), stand_in.connect());
        running.send(GET).unwrap();
        thread::sleep(Duration::from_millis(300));
        stand_in.signal(signal);
        let answer = running.answer().unwrap();
        assert_eq!(answer.status, 200, "{signal}: what runs is finished");
        assert!(idle.is_closed(), "{signal}: an idle client is disconnected");
        let address = stand_in.address();
        let (code, log) = stand_in.end(signal);
        assert_eq!(code, 0, "{signal}: {log}");
        assert!(Connection::to(address).is_err(), "{signal}: the port is free");
    }
}

#[test]
fn slow_client_does_not_delay_the_end() {
    let stand_in = stand_in(&[]);
    let mut slow = stand_in.connect();
    slow.send("GET /jwks HTTP/1.1\r\nX-Slow: ").unwrap();
    assert_eq!(stand_in.ask(GET).status, 200);
    let (code, log) = stand_in.end("TERM");
    assert_eq!(code, 0, "{log}");
}

#[test]
fn unavailable_addresses_are_reported() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let rows: &[(&str, &str, i32, &str)] = &[
        ("en", &address, 1, "is in use by another program"),
        ("de", &address, 1, "wird von einem anderen Programm benutzt"),
        ("ko", &address, 1, "사용 중입니다"),
        ("en", "192.0.2.1:0", 1, "cannot listen on 192.0.2.1:0"),
        ("en", "localhost", 2, "expected an address such as 127.0.0.1:8080"),
        ("en", "127.0.0.1:99999", 2, "expected an address such as 127.0.0.1:8080"),
    ];
    for (language, address, code, words) in rows {
        let done = jwtick(["--lang", language, "stand-in", "--listen", address]).run();
        assert_eq!(done.code(), *code, "{done}");
        assert!(done.stderr.contains(words), "{done}");
        assert_eq!(done.stdout, "", "{done}");
    }
}
