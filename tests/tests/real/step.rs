//! `clock --step` passes the right instant to the system, and only when it should.
//!
//! No clock is ever set here: the harness removes the privilege, and `strace` answers the calls that
//! would set it, instead of the kernel.

use std::fs;
use std::path::{Path, PathBuf};

use jwtick_tests::{Chrony, Outcome, Schema, jwtick, one_of_five};
use tempfile::TempDir;

/// All system calls that set or steer a clock.
const CALLS: &str = "clock_settime,settimeofday,adjtimex,clock_adjtime";

/// The program's system calls, and its exit.
struct Traced {
    outcome: Outcome,
    calls: String,
}

impl Traced {
    /// Returns true if its only call sets the current reading plus this many hours, within 10 ms.
    fn is_exact(&self, hours: i64) -> bool {
        let Self { outcome, calls } = self;
        let [line] = calls.lines().collect::<Vec<_>>()[..] else {
            panic!("not one call but\n{calls}\n{outcome}");
        };
        let (called, set) = settime(line).unwrap_or_else(|| panic!("{line}\n{outcome}"));
        (set - called - hours * 3_600_000_000).abs() <= 10_000
    }
}

/// The part of the machine that the program can see.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    /// Its own processes only: daemons of other tests do not count.
    Alone,
    /// All processes.
    Everything,
}

fn trace(folder: &TempDir) -> PathBuf {
    folder.path().join("trace")
}

fn stepped(servers: &[&Chrony], view: View) -> Traced {
    let folder = tempfile::tempdir().unwrap();
    let file = trace(&folder);
    let arguments = ["clock", "--step", "--max-step=3d", "--yes", "--json"].map(str::to_owned);
    let asked = servers.iter().flat_map(|server| ["--ntp".to_owned(), server.address()]);
    let mut command = jwtick(arguments.into_iter().chain(asked));
    if view == View::Alone {
        command = command.under("unshare", &ALONE);
    }
    let outcome = command.under("strace", &faked(&file)).run();
    Traced { outcome, calls: fs::read_to_string(file).unwrap() }
}

const ALONE: [&str; 4] = ["--pid", "--fork", "--kill-child", "--mount-proc"];

fn faked(file: &Path) -> [String; 9] {
    let file = file.display().to_string();
    let (traced, faked) = (format!("trace={CALLS}"), format!("inject={CALLS}:retval=0"));
    ["-f", "-qq", "-ttt", "-o", &file, "-e", &traced, "-e", &faked].map(str::to_owned)
}

/// The instant of the call and the instant to set, in microseconds since 1970:
/// `[PID] 1795246393.272610 clock_settime(CLOCK_REALTIME, {tv_sec=1795249993, tv_nsec=272610000}) = 0 (INJECTED)`
fn settime(line: &str) -> Option<(i64, i64)> {
    let (before, call) = line.split_once("clock_settime(CLOCK_REALTIME, {tv_sec=")?;
    let (secs, micros) = before.split_whitespace().last()?.split_once('.')?;
    let (set, rest) = call.split_once(", tv_nsec=")?;
    let (nanos, _) = rest.split_once("}) = 0 (INJECTED)")?;
    let number = |text: &str| text.parse::<i64>().ok();
    let called = number(secs)? * 1_000_000 + number(micros)?;
    Some((called, number(set)? * 1_000_000 + number(nanos)? / 1_000))
}

#[test]
fn step_sets_the_right_instant() {
    for (shift, hours) in [("+1h", 1), ("-2d", -48)] {
        let servers = [Chrony::shifted(shift), Chrony::shifted(shift)];
        let step = || stepped(&[&servers[0], &servers[1]], View::Alone);
        let Traced { outcome, .. } = one_of_five(step, |traced| traced.is_exact(hours)).unwrap();
        let answer = outcome.json();
        let fits = Schema::load("step").and_then(|schema| schema.check(&answer));
        assert_eq!(fits, Ok(()), "{shift}: {outcome}");
        assert_eq!(answer["stepped"], true, "{shift}: {outcome}");
        let by = answer["by_s"].as_f64().unwrap();
        let wanted = f64::from(i32::try_from(hours).unwrap()) * 3_600.0;
        assert!((by - wanted).abs() < 0.1, "{shift}: {outcome}");
        // The clock was not really set, so the measurement afterwards still finds it wrong.
        assert_eq!((outcome.code(), &answer["after"]["verdict"]), (20, &"wrong".into()), "{shift}");
    }
}

#[test]
fn step_outvotes_a_falseticker() {
    let servers = [Chrony::shifted("+1h"), Chrony::shifted("+1h"), Chrony::start()];
    let step = || stepped(&[&servers[0], &servers[1], &servers[2]], View::Alone);
    let Traced { outcome, .. } = one_of_five(step, |traced| traced.is_exact(1)).unwrap();
    assert_eq!(outcome.json()["before"]["rests_on"], 2, "{outcome}");
}

#[test]
fn step_needs_two_sources_that_agree_on_a_fault() {
    let (ahead, behind, right) =
        (Chrony::shifted("+1h"), Chrony::shifted("-1h"), [Chrony::start(), Chrony::start()]);
    let rows: [(&str, Vec<&Chrony>, i32, &str); 4] = [
        ("one alone", vec![&ahead], 1, "only one source confirms the time"),
        ("one named twice", vec![&ahead, &ahead], 1, "only one source confirms the time"),
        ("two disagree", vec![&ahead, &behind], 21, "at most 1 of 2 sources agree"),
        ("it is right", vec![&right[0], &right[1]], 0, ""),
    ];
    for (name, servers, code, reason) in rows {
        let Traced { outcome, calls } = stepped(&servers, View::Alone);
        assert_eq!((outcome.code(), calls.as_str()), (code, ""), "{name}: {outcome}");
        assert!(outcome.stderr.contains(reason), "{name}: {outcome}");
        if code == 0 {
            let fits = Schema::load("step").and_then(|schema| schema.check(&outcome.json()));
            assert_eq!(fits, Ok(()), "{name}: {outcome}");
            assert_eq!(outcome.json()["stepped"], false, "{name}: {outcome}");
        }
    }
}

#[test]
fn step_is_refused_while_a_time_daemon_runs() {
    let servers = [Chrony::shifted("+1h"), Chrony::shifted("+1h")];
    let Traced { outcome, calls } = stepped(&[&servers[0], &servers[1]], View::Everything);
    assert_eq!((outcome.code(), calls.as_str()), (1, ""), "{outcome}");
    let said = &outcome.stderr;
    assert!(
        said.contains("chronyd is running") && said.contains("`sudo chronyc makestep`"),
        "{outcome}"
    );
}

#[test]
fn step_without_privilege_says_what_is_needed() {
    let servers = [Chrony::shifted("+1h"), Chrony::shifted("+1h")];
    let (one, two) = (servers[0].address(), servers[1].address());
    let arguments = ["clock", "--step", "--yes", "--ntp", &one, "--ntp", &two];
    let outcome = jwtick(arguments).under("unshare", &ALONE).run();
    assert_eq!(outcome.code(), 1, "{outcome}");
    let again = format!("`sudo jwtick {}`", arguments.join(" "));
    assert!(outcome.stderr.contains(&again), "{outcome}");
    assert!(outcome.stderr.contains("`sudo date -s '+3"), "{outcome}");
    assert_eq!(outcome.stdout, "", "{outcome}");
}

/// A terminal for the program, with the typed text as its input.
const TERMINAL: [&str; 2] =
    ["-c", "import os,pty,sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"];

#[test]
fn step_follows_the_typed_answer() {
    let servers = [Chrony::shifted("+1h"), Chrony::shifted("+1h")];
    let (one, two) = (servers[0].address(), servers[1].address());
    // 20: the clock was not really set, so it is still wrong.
    for (typed, code, calls) in [("y\n", 20, 1), ("n\n", 1, 0), ("\n", 1, 0)] {
        let folder = tempfile::tempdir().unwrap();
        let file = trace(&folder);
        let outcome = jwtick(["clock", "--step", "--ntp", &one, "--ntp", &two])
            .under("unshare", &ALONE)
            .under("strace", &faked(&file))
            .under("python3", &TERMINAL)
            .stdin(typed)
            .run();
        assert_eq!(outcome.code(), code, "{typed:?}: {outcome}");
        assert!(outcome.stdout.contains("Set it from 20"), "{typed:?}: {outcome}");
        let traced = fs::read_to_string(&file).unwrap();
        assert_eq!(traced.lines().filter_map(settime).count(), calls, "{typed:?}: {traced}");
    }
}
