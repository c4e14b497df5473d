//! The keys of a configuration file, and its text parsed into settings, each with its line number.

use std::path::PathBuf;

use jwtick_core::words::Language;
use toml::de::DeTable;

use super::error::{Fault, Located};
use super::serve;
use super::settings::{Set, Settings};
use super::table::{self, Key, Met, claims, clocks, length, text};
use crate::measurement::ClockName;

/// Every key, in the order in which documents list them.
pub(crate) const KEYS: &[Key<Settings>] = &[
    Key {
        name: "ntp",
        kind: "list of HOST or HOST:PORT",
        default: "none",
        example: r#"["ntp1.example", "ntp2.example"]"#,
        meaning: "NTP servers that `jwtick clock` asks if neither --ntp nor --http is given.",
        put: |settings, value| value.set(&mut settings.ntp, |it| clocks(it, ClockName::ntp)),
    },
    Key {
        name: "http",
        kind: "list of URLs",
        default: "none",
        example: r#"["https://www.example.com/"]"#,
        meaning: "Web servers whose Date header `jwtick clock` measures if neither --ntp nor --http is given.",
        put: |settings, value| value.set(&mut settings.http, |it| clocks(it, ClockName::http)),
    },
    Key {
        name: "ca",
        kind: "file name",
        default: "the public certificate authorities",
        example: r#""/etc/ssl/our-ca.pem""#,
        meaning: "PEM file with the CA certificates to trust for https servers, as with --ca.",
        put: |settings, value| value.set(&mut settings.ca, |it| text(it).map(PathBuf::from)),
    },
    Key {
        name: "timeout",
        kind: "duration",
        default: "5s",
        example: r#""5s""#,
        meaning: "Maximum time to wait for all answers of servers together, as with --timeout.",
        put: |settings, value| value.set(&mut settings.timeout, length),
    },
    Key {
        name: "max-offset",
        kind: "duration",
        default: "1s",
        example: r#""1s""#,
        meaning: "Largest acceptable offset of this host's clock, as with `jwtick clock --max-offset`.",
        put: |settings, value| value.set(&mut settings.max_offset, length),
    },
    Key {
        name: "warn",
        kind: "duration",
        default: "the value of max-offset",
        example: r#""1s""#,
        meaning: "Offset from which `jwtick clock --format nagios` warns, as with --warn.",
        put: |settings, value| value.set(&mut settings.warn, length),
    },
    Key {
        name: "crit",
        kind: "duration",
        default: "1m, or max-offset if that is larger",
        example: r#""1m""#,
        meaning: "Offset from which `jwtick clock --format nagios` is critical, as with --crit.",
        put: |settings, value| value.set(&mut settings.crit, length),
    },
    Key {
        name: "leeway",
        kind: "duration",
        default: "0s",
        example: r#""0s""#,
        meaning: "Leeway that `jwtick verify` grants for the issuer's clock, as with --leeway.",
        put: |settings, value| value.set(&mut settings.leeway, length),
    },
    Key {
        name: "uncertainty",
        kind: "duration",
        default: "0s",
        example: r#""0s""#,
        meaning: "Maximum error of this host's clock for `jwtick verify` and `jwtick inspect`, as with --uncertainty.",
        put: |settings, value| value.set(&mut settings.uncertainty, length),
    },
    Key {
        name: "require",
        kind: "list of claims: exp, nbf, iat, iss, sub, aud, jti",
        default: "none",
        example: r#"["exp"]"#,
        meaning: "Claims that `jwtick verify` demands in every token, in addition to those of --require.",
        put: |settings, value| value.set(&mut settings.require, claims),
    },
    Key {
        name: "language",
        kind: "en, de or ko",
        default: "the language of the locale",
        example: r#""en""#,
        meaning: "Language of answers and messages, as with --lang. Help and manual pages are in English.",
        put: |settings, value| value.set(&mut settings.language, language),
    },
];

/// Tables in the file.
const TABLES: &[Key<Settings>] = &[Key {
    name: "serve",
    kind: "table",
    default: "none",
    example: "",
    meaning: "The policies of `jwtick serve`.",
    put: |settings, value| {
        let line = value.line();
        settings.serve = Some(Set { value: serve::policy(&value)?, line });
        Ok(())
    },
}];

/// Parses a whole file.
///
/// # Errors
/// The first error, with its position.
pub(super) fn settings(text: &str) -> Result<Settings, Located> {
    let table = DeTable::parse(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        Fault::Syntax(error.message().to_owned()).at(start)
    })?;
    let mut settings = Settings::default();
    table::read(table.get_ref(), &[KEYS, TABLES], &mut settings, text)?;
    Ok(settings)
}

fn language(value: Met<'_>) -> Result<Language, Located> {
    let text = text(value)?;
    let refuse = || Fault::Language { met: text.to_owned() }.at(value.span().start);
    Language::from_code(text).ok_or_else(refuse)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jwtick_core::Span;
    use jwtick_core::judge::Rule;

    use super::*;
    use crate::config::commented;
    use crate::config::settings::default;

    /// The settings of the commented file above its tables, and those in its tables.
    fn uncommented() -> (String, String) {
        let text = commented();
        let is_setting = |line: &&str| {
            let (name, rest) = line.split_at(line.find(' ').unwrap_or(line.len()));
            let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            line.starts_with('[') || (is_name && rest.starts_with(" = "))
        };
        let lines = text.lines().map(|line| line.trim_start_matches("# ")).filter(is_setting);
        let lines: Vec<&str> = lines.collect();
        let (top, tables) = lines.split_at(lines.iter().position(|it| *it == "[serve]").unwrap());
        (top.join("\n"), tables.join("\n"))
    }

    #[test]
    fn commented_file_has_every_key_and_sets_none() {
        assert!(DeTable::parse(&commented()).unwrap().get_ref().is_empty());
        let (read, _) = uncommented();
        assert_eq!(DeTable::parse(&read).unwrap().get_ref().len(), KEYS.len(), "{read}");
        assert!(commented().lines().all(|line| line.chars().count() <= 80));
    }

    #[test]
    fn uncommented_file_sets_the_defaults() {
        let read = settings(&uncommented().0).unwrap();
        let value = |set: &Option<Set<Span>>| set.as_ref().map(|set| set.value);
        assert_eq!(value(&read.timeout), Some(default::TIMEOUT));
        assert_eq!(value(&read.max_offset), Some(default::MAX_OFFSET));
        assert_eq!(value(&read.warn), Some(default::MAX_OFFSET));
        assert_eq!(value(&read.crit), Some(default::CRIT));
        assert_eq!(
            (value(&read.leeway), value(&read.uncertainty)),
            (Some(Span::ZERO), Some(Span::ZERO))
        );
    }

    #[test]
    fn uncommented_tables_are_policies() {
        let (_, tables) = uncommented();
        // An issuer has one source of keys.
        let others = |line: &&str| !line.starts_with("key = ") && !line.starts_with("discover = ");
        let tables: Vec<&str> = tables.lines().filter(others).collect();
        let policy = settings(&tables.join("\n")).unwrap().serve.unwrap().value;
        let [issuer] = policy.issuers.as_slice() else { panic!("one issuer") };
        assert_eq!((issuer.name.as_str(), issuer.routes.len()), ("login", 1));
        assert_eq!((policy.callers.len(), &*policy.listen.setting()), (1, "127.0.0.1:8474"));
    }

    #[test]
    fn reads_every_key_with_its_line() {
        let text = "# of this site\nntp = [\"a.example\", \"[::1]:123\"]\nhttp = [\n  \
                    \"https://b.example/\",\n]\nca = \"/etc/ca.pem\"\ntimeout = \"2s\"\n\
                    max-offset = \"500ms\"\nwarn = \"1s\"\ncrit = \"1m\"\nleeway = \"30s\"\n\
                    uncertainty = \"0\"\nlanguage = \"ko\"\nrequire = [\"exp\", \"jti\"]\n";
        let read = settings(text).unwrap();
        assert_eq!(read.ntp.map(|it| (it.value.len(), it.line)), Some((2, 2)));
        assert_eq!(read.http.map(|it| (it.value.len(), it.line)), Some((1, 3)));
        assert_eq!(read.max_offset, Some(Set { value: Span::from_millis(500), line: 8 }));
        let required = Set { value: vec![Rule::Exp, Rule::Jti], line: 14 };
        assert_eq!(read.require, Some(required));
        assert_eq!(read.language, Some(Set { value: Language::Korean, line: 13 }));
        assert!(read.ca.is_some() && read.leeway.is_some() && read.uncertainty.is_some());
    }

    /// A name, the text of a file, and a part of the message.
    const ROWS: &[(&str, &str, &str)] = &[
        (
            "a slip",
            "\nmax-ofset = \"1s\"",
            "f:2:1: unknown key `max-ofset`: did you mean max-offset",
        ),
        ("another sign", "max_offset = \"1s\"", "did you mean max-offset"),
        ("no slip", "colour = 1", "expected one of ntp, http, ca"),
        ("a table", "[clock]\nntp = []", "f:1:2: unknown key `clock`"),
        ("a number", "warn = 1", "f:1:8: expected text in quotes, but found"),
        ("a text for a list", "ntp = \"a\"", "f:1:7: expected a list of texts, but found"),
        ("in a list", "ntp = [\"a\", 5]", "f:1:13: expected text in quotes, but found"),
        (
            "no length",
            "\n\nwarn = \"soon\"",
            "f:3:8: `soon`: expected a duration, but found another text",
        ),
        ("negative", "warn = \"-1s\"", "but found a negative one"),
        ("no language", "language = \"fr\"", "unsupported language `fr`: expected en, de or ko"),
        (
            "no claim",
            "require = [\"exp\", \"role\"]",
            "f:1:19: unknown claim `role`: expected exp, nbf, iat",
        ),
        ("no list of claims", "require = \"exp\"", "f:1:11: expected a list of texts"),
        ("no TOML", "warn = ", "f:1:"),
        ("twice", "warn = \"1s\"\nwarn = \"1s\"", "f:2:1: duplicate key"),
        ("no URL", "http = [\"b.example\"]", "f:1:9: `b.example`: "),
        ("after a syllable", "\"가\" = 1", "f:1:1: unknown key `가`"),
    ];

    #[test]
    fn errors_show_nothing_of_a_file_with_secrets() {
        const ROWS: &[(&str, &str)] = &[
            ("a password file", "root:$6$hunter2$x:19000::::\n"),
            ("a shell script", "export TOKEN=hunter2\n"),
            ("variables", "TOKEN=hunter2\n"),
            ("variables in quotes", "TOKEN=\"hunter2\"\n"),
            ("a line of base64", "aHVudGVyMg-hunter2 = 1\n"),
            ("a name in quotes", "\"hunter2\" = 1\n"),
            ("a key", "-----BEGIN PRIVATE KEY-----\nhunter2\n"),
            ("JSON", "{\"client_secret\":\"hunter2\"}"),
            ("a secret alone", "hunter2"),
            ("a table", "[hunter2]\n"),
            ("an escape", "warn = \"\\hunter2\""),
            ("a URL", "http = [\"http://user:hunter2@h/\"]"),
            ("a URL with a slash", "http = [\"http://user:p/hunter2@h/\"]"),
        ];
        for &(name, text) in ROWS {
            let error = settings(text).unwrap_err().in_file(Path::new("f"), text).to_string();
            assert!(error.starts_with("f:1:"), "{name}: {error}");
            assert!(!error.contains("hunter2"), "{name}: {error}");
        }
    }

    #[test]
    fn errors_name_problem_and_position() {
        for &(name, text, expected) in ROWS {
            let error = settings(text).unwrap_err().in_file(Path::new("f"), text).to_string();
            assert!(error.contains(expected), "{name}: {error}");
        }
    }
}
