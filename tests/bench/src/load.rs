//! Load on servers that are pinned to one processor, by wrk and h2load on another.
//!
//! wrk asks again as soon as it has an answer, which measures the throughput. h2load keeps to a rate, so
//! that a slow answer also delays those that wait for it, which measures the latency.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use jwtick_tests::{Connection, tool};

use crate::timing::median;

/// The processor of the servers, and that of the load.
const SERVERS: &str = "0";
const LOAD: &str = "1";

/// Connections of wrk, as many as a front keeps to a service.
const CONNECTIONS: &str = "16";
/// Requests a second of h2load, on connections of their own.
const RATE: (u32, u32) = (125, 8);

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Moves a process and its threads to the processor of the servers.
pub fn pin(process: u32) -> Result<()> {
    run(Command::new(tool("taskset")).args(["-a", "-p", "-c", SERVERS, &process.to_string()]))?;
    Ok(())
}

/// A command that runs a program on the processor of the servers from its start on, so that it has one
/// thread for requests, as the gateways have.
pub fn on_one_processor(program: &Path) -> Command {
    let mut command = Command::new(tool("taskset"));
    command.args(["-c", SERVERS]).arg(program);
    command
}

/// Requests a second, each with the same token.
pub fn throughput(url: &str, token: &str, seconds: u32) -> Result<f64> {
    let mut wrk = wrk(seconds);
    wrk.arg("-H").arg(format!("Authorization: Bearer {token}")).arg(url);
    rate(&run(&mut wrk)?)
}

/// Requests a second, each with the next token of a file.
pub fn throughput_of_many(url: &str, tokens: &Path, seconds: u32) -> Result<f64> {
    let script = tokens.with_extension("lua");
    fs::write(&script, NEXT_TOKEN)?;
    let mut wrk = wrk(seconds);
    wrk.arg("-s").arg(&script).arg(url).arg("--").arg(tokens);
    rate(&run(&mut wrk)?)
}

/// Sends each token once.
const NEXT_TOKEN: &str = r#"
local next_token
init = function(arguments)
    next_token = io.lines(arguments[1])
end
request = function()
    local token = next_token()
    if not token then
        error("all tokens were sent")
    end
    return wrk.format("GET", nil, { Authorization = "Bearer " .. token })
end
"#;

fn wrk(seconds: u32) -> Command {
    let mut command = Command::new(tool("taskset"));
    command.args(["-c", LOAD]).arg(tool("wrk"));
    command.args(["-t1", "-c", CONNECTIONS, "-d", &format!("{seconds}s")]);
    command
}

fn rate(output: &str) -> Result<f64> {
    let find = |name: &str| output.lines().find_map(|line| line.trim().strip_prefix(name));
    if find("Non-2xx").is_some() || find("Socket errors").is_some() {
        return Err(format!("expected only answers with 200, but found\n{output}").into());
    }
    let rate = find("Requests/sec:").ok_or_else(|| format!("no rate in\n{output}"))?;
    Ok(rate.trim().parse()?)
}

/// The times of answers at a fixed rate of requests, in milliseconds: the median and the 99th percentile.
#[derive(Debug, Clone, Copy)]
pub struct Latency {
    /// The median.
    pub p50: f64,
    /// The 99th percentile.
    pub p99: f64,
}

impl Latency {
    /// The median of several measurements, of each number alone.
    pub fn median(all: &[Self]) -> Self {
        let of = |number: fn(&Self) -> f64| median(all.iter().map(number).collect());
        Self { p50: of(|it| it.p50), p99: of(|it| it.p99) }
    }
}

/// Measures the times of answers.
pub fn latency(url: &str, token: &str, seconds: u32) -> Result<Latency> {
    let log = tempfile::NamedTempFile::new()?;
    let (rate, clients) = RATE;
    let mut command = Command::new(tool("taskset"));
    command.args(["-c", LOAD]).arg(tool("h2load")).args(["--h1", "-t1"]);
    command.args(["-c", &clients.to_string(), "--rps", &rate.to_string()]);
    command.args(["-D", &seconds.to_string(), "--log-file"]).arg(log.path());
    command.arg("-H").arg(format!("Authorization: Bearer {token}")).arg(url);
    run(&mut command)?;
    // Lines of the start in microseconds, the status, and the time of the answer in microseconds.
    let read = |line: &str| {
        let mut columns = line.split_whitespace().skip(1);
        let (status, micros) = (columns.next()?, columns.next()?.parse::<u32>().ok()?);
        (status == "200").then_some(micros)
    };
    let log = fs::read_to_string(log.path())?;
    let times: Option<Vec<u32>> = log.lines().map(read).collect();
    let mut times = times.ok_or("h2load: expected only answers with 200, but found another")?;
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().map(f64::from);
    let (p50, p99) = at(50).zip(at(99)).ok_or("h2load: no answers")?;
    Ok(Latency { p50: p50 / 1e3, p99: p99 / 1e3 })
}

/// The status of the answer to a token.
pub fn status(url: &str, token: &str) -> Result<u16> {
    let (address, path) = url.trim_start_matches("http://").split_once('/').ok_or("no path")?;
    let mut connection = Connection::to(address.parse()?)?;
    Ok(connection.ask(request(path, token))?.status)
}

/// Sends tokens, one after the other.
pub fn ask_each(url: &str, tokens: &[String]) -> Result<()> {
    let (address, path) = url.trim_start_matches("http://").split_once('/').ok_or("no path")?;
    let mut connection = Connection::to(address.parse()?)?;
    for token in tokens {
        let answer = connection.ask(request(path, token))?;
        if answer.status != 200 {
            return Err(format!("expected 200, but found\n{answer}").into());
        }
    }
    Ok(())
}

fn request(path: &str, token: &str) -> String {
    format!("GET /{path} HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer {token}\r\n\r\n")
}

fn run(command: &mut Command) -> Result<String> {
    let Output { status, stdout, stderr } = command.output()?;
    let said = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
    if status.success() { Ok(said) } else { Err(format!("{command:?}: {status}\n{said}").into()) }
}
