//! Pairs of options: each pair is either refused, or both have an effect on the answer.

use super::*;

/// An option with a value that changes the answer of its command.
type Given<'a> = (&'a str, &'a [&'a str]);

/// Options that are the input, the form of the answer, or global.
const ORDINARY: &[&str] = &[
    "--json",
    "--key",
    "--secret-file",
    "--secret-env",
    "--lang",
    "--config",
    "--help",
    "--version",
    "--out",
];

/// The options listed by `--help`.
fn listed(command: &[&str]) -> Vec<String> {
    let help = jwtick(command.iter().copied().chain(["--help"])).run().stdout;
    let starts = |line: &str| {
        let line = line.trim_start();
        let long = line.strip_prefix("-h, ").or(line.strip_prefix("-V, ")).unwrap_or(line);
        let name = long.split([' ', '=']).next().unwrap_or_default();
        name.starts_with("--").then(|| name.to_owned())
    };
    help.lines().filter_map(starts).filter(|name| !ORDINARY.contains(&name.as_str())).collect()
}

#[track_caller]
fn covers_every_option(command: &[&str], known: &[&str]) {
    let listed = listed(command);
    assert!(!listed.is_empty(), "{command:?}");
    for name in &listed {
        assert!(known.contains(&name.as_str()), "{name} of {command:?} has no row in this table");
    }
    for name in known {
        assert!(listed.iter().any(|it| it == name), "{command:?} has no {name}");
    }
}

/// Asserts that each pair is refused, naming one of both, if `clash` says so; and that otherwise the answer
/// differs from those without the one and without the other.
#[track_caller]
fn each_has_an_effect(
    base: impl Fn(&[&str]) -> Vec<String>,
    options: &[Given<'_>],
    clash: impl Fn(&str, &str) -> bool,
) {
    let run = |given: &[&Given<'_>]| {
        let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
        let mut arguments = base(&names);
        for (name, values) in given {
            arguments.push((*name).to_owned());
            arguments.extend(values.iter().map(|value| (*value).to_owned()));
        }
        jwtick(arguments).run()
    };
    let nothing = run(&[]);
    let alone: Vec<Outcome> = options.iter().map(|option| run(&[option])).collect();
    for (option, done) in options.iter().zip(&alone) {
        assert_ne!(done.code(), 2, "{}\n{done}", option.0);
        assert_ne!(done.stdout, nothing.stdout, "{} has no effect\n{done}", option.0);
    }
    for (place, one) in options.iter().enumerate() {
        for (other, alone_other) in options.iter().zip(&alone).skip(place + 1) {
            let done = run(&[one, other]);
            let names = format!("{} and {}", one.0, other.0);
            if clash(one.0, other.0) {
                assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{names}\n{done}");
                let named = |name: &str| done.stderr.contains(name);
                assert!(named(one.0) && named(other.0), "{names}\n{done}");
            } else {
                assert_ne!(done.code(), 2, "{names}\n{done}");
                assert_ne!(done.stdout, alone[place].stdout, "{names}: {} is dropped", other.0);
                assert_ne!(done.stdout, alone_other.stdout, "{names}: {} is dropped", one.0);
            }
        }
    }
}

fn either(one: &str, other: &str, pairs: &[(&str, &str)]) -> bool {
    pairs.contains(&(one, other)) || pairs.contains(&(other, one))
}

/// Options that only query clocks: see `options_of_queries_need_a_query`.
const QUERIES: &[&str] = &["--clock", "--timeout", "--ca", "--insecure-date", "--follow"];

/// Options that only say how to get keys: see `secrets_in_other_encodings_need_an_option`,
/// `password_is_refused_where_it_has_no_use`, `keys_are_fetched_from_a_named_url` and
/// `last_keys_are_only_used_as_long_as_they_can_be_trusted`.
const KEYS: &[&str] =
    &["--secret-encoding", "--password-file", "--allow-weak-secret", "--issuer", "--no-cache"];

const VERIFY: &[Given<'_>] = &[
    ("--alg", &["HS384"]),
    ("--typ", &["at+jwt"]),
    ("--at", &["960"]),
    ("--at-least", &["940"]),
    ("--uncertainty", &["2s"]),
    ("--leeway", &["5s"]),
    ("--max-age", &["1s"]),
    ("--aud", &["a"]),
    ("--any-aud", &[]),
    ("--iss", &["other"]),
    ("--sub", &["other"]),
    ("--nonce", &["x"]),
    ("--claim", &["role=admin"]),
    ("--require", &["jti"]),
    ("--payload", &["any"]),
];

#[test]
fn options_of_verify() {
    let names: Vec<&str> = VERIFY.iter().map(|(name, _)| *name).collect();
    covers_every_option(&["verify"], &[&names, QUERIES, KEYS].concat());
    let secret = fixture("keys/hs.secret").display().to_string();
    let token = token(r#"{"iss":"joe","aud":"a","iat":900,"exp":1000}"#);
    let base = |given: &[&str]| {
        let mut line = vec!["verify", "--json", "--secret-file", &secret, &token];
        let timed = given.iter().any(|name| ["--at", "--at-least"].contains(name));
        let unjudged = given.contains(&"--payload");
        line.extend(if timed || unjudged { &[][..] } else { &["--at", "950"] });
        line.into_iter().map(str::to_owned).collect()
    };
    each_has_an_effect(base, VERIFY, |one, other| {
        const PAIRS: &[(&str, &str)] =
            &[("--at", "--at-least"), ("--uncertainty", "--at-least"), ("--aud", "--any-aud")];
        let header = |name| matches!(name, "--alg" | "--typ");
        either(one, other, PAIRS)
            || one == "--payload" && !header(other)
            || other == "--payload" && !header(one)
    });
}

const INSPECT: &[Given<'_>] = &[("--at", &["960"]), ("--uncertainty", &["2s"])];

#[test]
fn options_of_inspect() {
    covers_every_option(&["inspect"], &[&["--at", "--uncertainty", "--claim"], QUERIES].concat());
    let token = token(r#"{"exp":1000}"#);
    let base = |given: &[&str]| {
        let mut line = vec!["inspect", "--json", &token];
        line.extend(if given.contains(&"--at") { &[][..] } else { &["--at", "950"] });
        line.into_iter().map(str::to_owned).collect()
    };
    each_has_an_effect(base, INSPECT, |_, _| false);
}

const SIGN: &[Given<'_>] = &[
    ("--alg", &["HS384"]),
    ("--iss", &["joe"]),
    ("--sub", &["ann"]),
    ("--aud", &["a"]),
    ("--iat", &["900"]),
    ("--nbf", &["900"]),
    ("--exp", &["1000"]),
    ("--jti", &["1"]),
    ("--claim", &["role=admin"]),
    ("--claims", &["claims.json"]),
    ("--like", &["token"]),
    ("--header", &["kid=7"]),
    ("--kid", &["8"]),
];

#[test]
fn options_of_sign() {
    let names: Vec<&str> = SIGN.iter().map(|(name, _)| *name).collect();
    covers_every_option(&["sign"], &[&names, QUERIES, &KEYS[..2]].concat());
    let folder = TempDir::new().unwrap();
    let claims = folder.path().join("claims.json");
    fs::write(&claims, r#"{"of_file":true}"#).unwrap();
    let claims = claims.display().to_string();
    let (claims, like) = ([claims.as_str()], token(r#"{"like":true}"#));
    let like = [like.as_str()];
    let value = |&(name, values): &Given<'static>| match name {
        "--claims" => (name, &claims[..]),
        "--like" => (name, &like[..]),
        _ => (name, values),
    };
    let given: Vec<Given<'_>> = SIGN.iter().map(value).collect();
    let secret = fixture("keys/hs.secret").display().to_string();
    let base = |_: &[&str]| ["sign", "--secret-file", &secret].map(str::to_owned).to_vec();
    each_has_an_effect(base, &given, |one, other| {
        either(one, other, &[("--header", "--kid"), ("--claims", "--like")])
    });
}

#[test]
fn claim_that_is_set_twice_is_refused() {
    const ROWS: &[(&[&str], &str)] = &[
        (&["--iss", "joe", "--claim", "iss=ann"], "--iss has no effect with --claim iss=…"),
        (&["--aud", "a", "--claim", r#"aud=["b"]"#], "--aud has no effect with --claim aud=…"),
        (&["--exp", "+5m", "--claim", "exp=1"], "--exp has no effect"),
        (&["--claim", "a=1", "--claim", "a=2"], "--claim a=… has no effect with --claim a=…"),
        (&["--header", "kid=1", "--header", "kid=2"], "--header kid=… has no effect"),
    ];
    let secret = fixture("keys/hs.secret").display().to_string();
    for &(more, part) in ROWS {
        let done = jwtick(["sign", "--secret-file", &secret].iter().chain(more).copied()).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{more:?}\n{done}");
        assert!(done.stderr.contains(part), "{more:?}\n{done}");
    }
    let other = ["--header", "kid=1", "--claim", "kid=2", "--aud", "a", "--aud", "b"];
    let done = jwtick(["sign", "--secret-file", &secret].iter().chain(&other).copied()).run();
    assert_eq!(done.code(), 0, "{done}");
}

#[test]
fn options_of_queries_need_a_query() {
    let server = TimeServer::ntp(0);
    let clock = format!("ntp:{}", server.address());
    let secret = fixture("keys/hs.secret").display().to_string();
    let token = token(r#"{"exp":1e11}"#);
    let commands: [&[&str]; 3] = [
        &["verify", "--secret-file", &secret, &token],
        &["inspect", &token],
        &["sign", "--secret-file", &secret],
    ];
    let rows: &[(&[&str], i32, &str)] = &[
        (&["--clock", &clock], 0, ""),
        (&["--clock", &clock, "--timeout", "2s"], 0, ""),
        (&["--timeout", "2s"], 2, "--timeout has no effect without --clock"),
        (&["--clock", "os", "--timeout", "2s"], 2, "--timeout has no effect without --clock"),
        (&["--ca", "ca.pem"], 2, "--ca has no effect without --clock https://"),
        (&["--clock", &clock, "--ca", "ca.pem"], 2, "--ca has no effect without --clock https://"),
        (&["--insecure-date"], 2, "--insecure-date has no effect without --clock https://"),
        (&["--clock", &clock, "--insecure-date"], 2, "without --clock https://"),
        (&["--follow"], 2, "--follow has no effect without --clock URL"),
        (&["--clock", &clock, "--follow"], 2, "--follow has no effect without --clock URL"),
    ];
    for command in commands {
        for &(more, exit, part) in rows {
            let done = jwtick(command.iter().chain(more).copied()).run();
            assert_eq!(done.code(), exit, "{done}");
            assert!(done.stderr.contains(part), "{done}");
        }
    }
    let clocks: [&[&str]; 2] = [&["--payload", "any"], &["--at-least", "0"]];
    for more in clocks {
        let done =
            jwtick(commands[0].iter().chain(&["--clock", &clock]).chain(more).copied()).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
    }
}

/// Further arguments of `clock --ntp SERVER`, the exit code, and a part of the message.
const CLOCK: &[(&[&str], i32, &str)] = &[
    (&["--expect", "5m", "--step"], 2, "--expect"),
    (&["--expect", "5m"], 20, ""),
    (&["--format", "nagios", "--warn", "1m", "--crit", "2m"], 0, ""),
    (&["--format", "nagios", "--max-offset", "1m", "--crit", "2m"], 0, ""),
    (&["--max-offset", "1m", "--timeout", "5s"], 0, ""),
    (&["--warn", "1s"], 2, "--warn has no effect without --format nagios"),
    (&["--crit", "1s"], 2, "--crit has no effect without --format nagios"),
    (&["--format", "prometheus", "--warn", "1s"], 2, "--warn has no effect"),
    (&["--json", "--crit", "1m"], 2, "--crit has no effect"),
    (&["--step", "--crit", "1m"], 2, "--crit has no effect"),
    (&["--ca", "ca.pem"], 2, "--ca has no effect without --http https://"),
    (&["--insecure-date"], 2, "--insecure-date has no effect without --http https://"),
    (&["--follow"], 2, "--follow has no effect without --http"),
    (&["--max-step", "2d"], 2, "--step"),
    (&["--watch", "1s", "--step"], 2, "--step"),
    (&["--watch", "1s", "--format", "nagios"], 2, "--format"),
    (&["--step", "--format", "nagios"], 2, "--format"),
    (&["--json", "--format", "text"], 2, "--format"),
    (&["--yes"], 2, "--step"),
];

#[test]
fn options_of_clock() {
    const KNOWN: &[&str] = &[
        "--ntp",
        "--http",
        "--max-offset",
        "--timeout",
        "--ca",
        "--insecure-date",
        "--follow",
        "--max-step",
        "--watch",
        "--format",
        "--expect",
        "--warn",
        "--crit",
        "--step",
        "--yes",
    ];
    covers_every_option(&["clock"], KNOWN);
    let server = TimeServer::ntp(0);
    for &(more, exit, part) in CLOCK {
        let done = jwtick(["clock", "--ntp", &server.address()].iter().chain(more).copied()).run();
        assert_eq!(done.code(), exit, "{done}");
        assert!(done.stderr.contains(part), "{done}");
    }
    let both = ["--format", "nagios", "--warn", "1s", "--max-offset", "1s"];
    let done = jwtick(["clock", "--ntp", &server.address()].iter().chain(&both).copied()).run();
    let said = "JWTICK UNKNOWN - --max-offset has no effect with --warn: leave one of them out\n";
    assert_eq!((done.code(), done.stdout.as_str()), (3, said), "{done}");
}

#[test]
fn global_options_need_a_command_that_uses_them() {
    const ROWS: &[(&[&str], &str)] = &[
        (&["completions", "bash", "--config", "x"], "--config has no effect with completions"),
        (&["completions", "bash", "--lang", "ko"], "completions"),
        (&["man", "--config", "x"], "--config has no effect with man"),
        (&["man", "--lang", "en"], "--lang has no effect with man"),
        (&["config", "check", "x", "--config", "y"], "--config has no effect with FILE"),
    ];
    for &(arguments, part) in ROWS {
        let done = jwtick(arguments.iter().copied()).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
        assert!(done.stderr.contains(part), "{done}");
    }
}

#[test]
fn options_of_key() {
    covers_every_option(&["key", "generate"], &["--alg", "--bits", "--format", "--kid"]);
    covers_every_option(&["key", "public"], &["--format", "--password-file"]);
    for alg in ["HS256", "ES256", "EdDSA"] {
        let done = jwtick(["key", "generate", "--alg", alg, "--bits", "2048"]).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{alg}\n{done}");
        assert!(done.stderr.contains("--bits has no effect without --alg for RSA"), "{done}");
    }
}
