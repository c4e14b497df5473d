//! What `jwtick diagnose` tells a user to do: the commands of the platform and server that the text
//! shows, each once.
#![cfg(test)]

use std::collections::BTreeSet;

use jwtick_tests::{Case, diagnosed, fixture, jwtick};
use serde_json::Value;

/// A call to the server `HOST` that was refused because the local clock is 37 min behind, after `sign`.
fn log(sign: &str, host: &str) -> String {
    format!(
        "2024-01-09T14:00:00Z {sign}\n\
         2024-01-09T14:00:00Z POST https://{host}/token\n\
         2024-01-09T14:00:00Z < HTTP/1.1 400 Bad Request\n\
         2024-01-09T14:00:00Z < Date: Tue, 09 Jan 2024 14:37:10 GMT\n\
         2024-01-09T14:00:00Z {{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}}\n"
    )
}

/// The sentences in which an answer tells what to do.
fn advice(answer: &Value) -> Vec<String> {
    let remedies = answer["remedy"].as_array().unwrap().iter().chain([&answer["decider"]]);
    remedies.filter_map(|it| it.as_str().map(str::to_owned)).collect()
}

fn advice_for(text: String) -> String {
    let done = jwtick(["diagnose", "--json", "--lang", "en"]).stdin(text).run();
    advice(&done.json()).join("\n")
}

/// A line that shows a platform, and words of its remedy.
const PLATFORMS: &[(&str, &str)] = &[
    ("systemd-timesyncd[301]: Contacted time server 192.0.2.1:123", "systemd-timesyncd: turn"),
    ("systemd[1]: Started agent.service.", "systemd-timesyncd: turn"),
    ("chronyd[612]: Selected source 192.0.2.1", "chrony: set"),
    ("W32Time: the time provider NtpClient is not reachable", "Windows: synchronize"),
    ("   at System.IdentityModel.Tokens.Jwt.Validate()", "Windows: synchronize"),
    ("Linux version 5.15.90.1-microsoft-standard-WSL2", "wsl --shutdown"),
    ("Docker Desktop 4.26.1 resumed from sleep", "Docker Desktop: restart it"),
    ("vmtoolsd[702]: resumed", "Virtual machine that was paused"),
    ("kubelet[900]: Unable to authenticate the request", "kubectl get pod"),
    ("W/System.err: at com.android.org.conscrypt.Platform.checkTrusted", "auto_time"),
    ("Error Domain=NSURLErrorDomain Code=-1202", "iPhone"),
    ("procd: - init complete -", "/etc/init.d/sysntpd"),
    ("system,info ntp client started", "/system ntp client"),
    ("E (16377) esp-tls-mbedtls: failed", "esp_netif_sntp_init"),
    ("Uncaught (in promise) Error: login failed", "Browser"),
    ("started", "(systemd), `sudo chronyc makestep` (chrony)"),
];

#[test]
fn remedy_is_that_of_the_platform_which_the_text_shows() {
    for &(sign, words) in PLATFORMS {
        let advice = advice_for(log(sign, "id.example.com"));
        assert!(advice.contains(words), "{sign}:\n{advice}");
        let others = PLATFORMS.iter().filter(|(_, other)| *other != words);
        for (_, other) in others.filter(|(_, other)| !words.contains(other)) {
            assert!(!advice.contains(other), "{sign} gets {other}:\n{advice}");
        }
    }
}

#[test]
fn command_names_the_server_of_the_text() {
    let advice = advice_for(log("started", "id.example.com:8443"));
    assert!(advice.contains("`curl -sI https://id.example.com:8443/`"), "{advice}");
    let open = "2024-01-09 14:00:00 POST https://id.example.com/token: JWT has expired\n";
    let advice = advice_for(open.to_owned());
    assert!(advice.contains("`curl -sI https://id.example.com/`"), "{advice}");
}

#[test]
fn no_name_brings_other_characters_into_a_command() {
    for host in ["$(reboot)", "`reboot`", "-oProxyCommand=x.y", "a.b@c.d", "a'b.c", "localhost"] {
        let advice = advice_for(log("started", host));
        assert!(advice.contains("`curl -sI https://SERVER/`"), "{host}: {advice}");
    }
    let advice = advice_for(log("started", "a.b;reboot"));
    assert!(!advice.contains("reboot"), "{advice}");
}

#[test]
fn server_that_a_stranger_names_is_not_asked() {
    let text = "2024-01-09T14:00:00Z started\n\
         2024-01-09T14:00:00Z \"GET / HTTP/1.1\" 200 \"POST https://evil.example/\"\n"
        .to_owned()
        + &log("started", "id.example.com");
    let advice = advice_for(text);
    assert!(!advice.contains("evil.example"), "{advice}");
}

#[test]
fn no_command_is_suggested_twice() {
    let folder = fixture("cases");
    for case in Case::load(&folder).unwrap() {
        let file = folder.join(&case.file);
        let said = advice(&diagnosed(&file, &["--json"]).json()).join(" ");
        let commands = said.split('`').skip(1).step_by(2).filter(|it| it.contains(' '));
        let mut seen = BTreeSet::new();
        for command in commands {
            assert!(seen.insert(command), "{}: `{command}` twice in {said}", case.id);
        }
    }
}
