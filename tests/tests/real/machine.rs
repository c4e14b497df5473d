//! What `clock` reports of the machine itself, from the chronyd that runs on it.

use std::fs;
use std::path::Path;

use jwtick_tests::{Chrony, Outcome, jwtick};
use serde_json::Value;

/// A machine of its own as far as daemons are concerned: other processes are hidden, and chronyd's
/// socket is where `chronyc` looks for it. `$1` configures the daemon; `$2` is the text in its tracking
/// report that shows the expected state.
const MACHINE: &str = r#"
    mount -t tmpfs none /run && mkdir -m 750 /run/chrony
    chronyd -x -d -u root -f "$1" >"$1.log" 2>&1 &
    for _ in $(seq 200); do
        chronyc -c -n tracking 2>/dev/null | grep -q "$2" && break
        sleep 0.1
    done
    shift 2 && exec "$@"
"#;

fn measured(settings: &str, until: &str, server: &Chrony) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chrony.conf");
    fs::write(&file, configuration(folder.path(), settings)).unwrap();
    jwtick(["clock", "--json", "--ntp", &server.address()])
        .under("unshare", &["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"])
        .under("sh", &["-c", MACHINE, "sh", &file.display().to_string(), until])
        .run()
}

fn configuration(folder: &Path, settings: &str) -> String {
    format!("port 0\ncmdport 0\npidfile {}/pid\n{settings}\n", folder.display())
}

fn of_the_machine(outcome: &Outcome) -> Value {
    let sources = outcome.json()["sources"].as_array().cloned().unwrap_or_default();
    sources.into_iter().find(|source| source["kind"] == "os").unwrap_or_default()
}

#[test]
fn local_daemon_is_queried() {
    let ahead = Chrony::shifted("+1h");
    let port = ahead.address().replace("127.0.0.1:", "");
    let follows = format!("server 127.0.0.1 port {port} iburst minpoll 0 maxpoll 1");
    // A root dispersion below 10 ms: the first exchanges have a large one.
    let outcome = measured(&follows, r",0\.00[0-9]*,[0-9.]*,Normal$", &ahead);
    let source = of_the_machine(&outcome);
    assert_eq!((&source["name"], &source["bound"]), (&"chronyd".into(), &"chronyd".into()));
    assert_eq!(source["agrees"], true, "{outcome}");
    let end = |name| source["offset_s"][name].as_f64().unwrap();
    let (least, most) = (end("least"), end("most"));
    assert!((3_599.95..3_600.0).contains(&least), "{outcome}");
    assert!((3_600.0..3_600.05).contains(&most), "{outcome}");
}

#[test]
fn daemon_without_a_reference_proves_nothing() {
    let right = Chrony::start();
    let rows = [
        ("unsynchronised", "", "Not synchronised$", "has not synchronized this clock"),
        ("its own reference", "local stratum 9", "^7F7F0101", "takes this clock itself"),
    ];
    for (name, settings, until, reason) in rows {
        let outcome = measured(settings, until, &right);
        let source = of_the_machine(&outcome);
        assert!(source["offset_s"].is_null(), "{name}: {outcome}");
        let error = source["error"].as_str().unwrap_or_default();
        assert!(error.contains(reason), "{name}: {outcome}");
        // Nor does it outvote another source.
        assert_eq!(
            (outcome.code(), &outcome.json()["rests_on"]),
            (0, &1.into()),
            "{name}: {outcome}"
        );
    }
}
