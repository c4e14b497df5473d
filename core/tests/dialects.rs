//! How other verifiers judge times: measured rows, the relation to a policy, and what bounds may change.

use jwtick_core::judge::Enforcement;
use jwtick_core::judge::dialect::{Basis, Change, Changes, Dates, Dialect, Rules};
use jwtick_core::judge::{Finding, Rule};
use jwtick_core::token::{Claim, Claims};
use jwtick_core::{Policy, Scratch, Span, TimeBounds, UnixTime, Verdict};
use proptest::prelude::*;
use proptest::{prop_assert, prop_assert_eq, proptest};

/// Each token against 14 verifiers. `?` marks a verdict that a gateway gave when its clock, which was
/// not stopped, may have moved on by a second.
const MEASURED: &str = include_str!("../../fixtures/tables/dialects.tsv");
const NOW: i64 = 1_700_000_000;

fn at(secs: i64) -> TimeBounds {
    TimeBounds::exactly(UnixTime::from_secs(secs))
}

#[test]
fn measured_verdicts_are_predicted() {
    let mut lines = MEASURED.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').skip(2).collect();
    for line in lines {
        let mut cells = line.split('\t');
        let (case, claims) = (cells.next().unwrap(), cells.next().unwrap());
        let dates = Dates::of(claims.as_bytes()).unwrap();
        for (name, met) in names.iter().zip(cells) {
            let dialect = Dialect::named(name).unwrap();
            let verdict = |secs| match dialect.judge(&dates, at(secs)).verdict() {
                Verdict::Accept => "A",
                Verdict::Reject => "R",
                Verdict::Undecided => "U",
            };
            let fits = match met.strip_suffix('?') {
                Some(met) => [NOW, NOW + 1].map(verdict).contains(&met),
                None => verdict(NOW) == met,
            };
            assert!(fits, "{case}: {name} answered {met}, expected {}", verdict(NOW));
        }
    }
}

#[test]
fn table_has_thirty_verifiers_with_unique_names_and_sources() {
    let mut names: Vec<&str> = Dialect::all().map(|it| it.name).collect();
    assert!(names.len() >= 30, "{}", names.len());
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Dialect::all().count());
    for dialect in Dialect::all() {
        assert!(!dialect.source.is_empty() && !dialect.product.is_empty(), "{}", dialect.name);
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(dialect.name.bytes().all(plain), "{}", dialect.name);
        assert_eq!(Dialect::named(&dialect.name.to_uppercase()), Some(dialect));
    }
    for basis in Basis::ALL {
        assert!(Dialect::all().any(|it| it.basis == basis), "{}", basis.name());
    }
}

fn number() -> impl Strategy<Value = String> {
    let near = -1_000_i64..1_000;
    prop_oneof![
        6 => near.clone().prop_map(|by| (NOW + by).to_string()),
        2 => (near, 0_u32..1_000_000).prop_map(|(by, micros)| format!("{}.{micros:06}", NOW + by)),
        1 => proptest::sample::select(vec![
            "0", "-1", "-1.5", "1e10", "1e19", "1e400", "-1e400", "99999999999999999999999",
            "1700000000000", "18446744073709551615", "9223372036854775807", "17e8",
        ])
        .prop_map(str::to_owned),
    ]
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => number(),
        1 => number().prop_map(|number| format!("\"{number}\"")),
        1 => proptest::sample::select(vec!["null", "true", "false", "[1]", "{}", "\"x\"", "\"\""])
            .prop_map(str::to_owned),
    ]
}

/// A claims set of up to four dates, in any order, with duplicates.
fn claims_of(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let name = proptest::sample::select(vec!["exp", "nbf", "iat"]);
    proptest::collection::vec((name, value), 0..5).prop_map(|members| {
        let members: Vec<String> =
            members.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", members.join(","))
    })
}

proptest! {
    /// A verdict under bounds is that of every instant in them, and `undecided` has both.
    #[test]
    fn bounds_decide_only_what_every_instant_decides(
        claims in claims_of(value()), from in -1_500_000_000_i64..1_500_000_000, width in 0_i64..400_000_000
    ) {
        let dates = Dates::of(claims.as_bytes()).unwrap();
        let instant = |micros| UnixTime::from_secs(NOW) + Span::from_micros(micros);
        let bounds = TimeBounds::between(instant(from), instant(from + width)).unwrap();
        for dialect in Dialect::all() {
            let verdict = dialect.judge(&dates, bounds).verdict();
            let steps = (0..=10).map(|step| instant(from + width / 10 * step));
            let ends = [bounds.earliest(), bounds.latest()];
            for instant in steps.chain(ends).filter(|it| *it <= bounds.latest()) {
                let exact = dialect.judge(&dates, TimeBounds::exactly(instant)).verdict();
                prop_assert_ne!(exact, Verdict::Undecided);
                if verdict != Verdict::Undecided {
                    prop_assert_eq!(exact, verdict, "{}: {}", dialect.name, claims);
                }
            }
        }
    }

    /// A policy is one point of the space: it judges the times of a token as its rules do.
    #[test]
    fn rules_of_a_policy_judge_as_it_does(
        claims in claims_of(number()),
        leeway in 0_i64..900,
        limits in (proptest::option::of(1_i64..900), proptest::option::of(1_i64..900)),
        flags in proptest::array::uniform4(any::<bool>()),
        now in -2_000_000_000_i64..2_000_000_000,
        uncertainty in 0_i64..500_000_000,
    ) {
        let mut policy = Policy::RFC7519.with_leeway(Span::from_secs(leeway)).any_audience();
        let [future, exp, nbf, iat] = flags;
        if future { policy = policy.with_future_iat(Enforcement::Enforce); }
        for (rule, _) in [(Rule::Exp, exp), (Rule::Nbf, nbf), (Rule::Iat, iat)].iter().filter(|it| it.1) {
            policy = policy.require(*rule);
        }
        let (age, lifetime) = limits;
        if let Some(secs) = age { policy = policy.with_max_age(Span::from_secs(secs)); }
        if let Some(secs) = lifetime { policy = policy.with_max_lifetime(Span::from_secs(secs)); }
        let now = UnixTime::from_secs(NOW) + Span::from_micros(now);
        let utc = TimeBounds::around(now, Span::from_micros(uncertainty));

        let dates = Dates::of(claims.as_bytes()).unwrap();
        let verdict = Rules::of(&policy).judge(&dates, utc).verdict();
        let mut scratch = Scratch::<0>::new();
        match Claims::parse(claims.as_bytes(), &mut scratch) {
            Ok(parsed) => {
                let findings = policy.findings_of_unverified(&parsed, utc);
                let expected: Verdict = findings.iter().map(Finding::verdict).collect();
                prop_assert_eq!(verdict, expected, "{}", claims);
            }
            Err(_) => {
                prop_assert!(dates.has_duplicates(), "{}", claims);
                prop_assert_eq!(verdict, Verdict::Reject);
            }
        }
    }
}

#[test]
fn edges_of_each_check_are_exact() {
    for dialect in Dialect::all() {
        for (claim, date) in [(Claim::Exp, dialect.rules.exp), (Claim::Nbf, dialect.rules.nbf)] {
            let Some(check) = date.check else { continue };
            let others = r#","iat":1700000000"#;
            let claims = format!("{{\"{claim}\":{NOW}{others}}}");
            // Other rules of the same verifier may refuse such a token, too.
            let dates = Dates::of(claims.as_bytes()).unwrap();
            let judged = |micros: i64| {
                let leeway = if claim == Claim::Exp { check.leeway } else { -check.leeway };
                let now = UnixTime::from_secs(NOW) + leeway + Span::from_micros(micros);
                let judged = dialect.judge(&dates, TimeBounds::exactly(now));
                let of_claim = judged
                    .answers()
                    .find(|it| it.margin().is_some_and(|margin| margin.rule().claim() == claim));
                of_claim.map(|answer| answer.verdict())
            };
            let tick = dialect.rules.tick.as_micros();
            let is_in = |micros| judged(micros) == Some(Verdict::Accept);
            let accepts = matches!(check.edge, jwtick_core::judge::dialect::Edge::Accepts);
            let inside = if claim == Claim::Exp { -tick } else { tick };
            let name = dialect.name;
            assert_eq!(is_in(0), accepts, "{name}, {claim}");
            assert!(is_in(inside), "{name}, {claim}");
            assert!(!is_in(-inside), "{name}, {claim}");
            // The rest of a step does not count.
            assert_eq!(is_in(tick - 1), accepts || (tick == 1 && is_in(0)), "{name}, {claim}");
        }
    }
}

proptest! {
    /// The changes make every verifier accept the token, or none did and there are none.
    #[test]
    fn changes_make_all_accept(
        times in proptest::array::uniform3(proptest::option::of(-1_000_i64..1_000)),
        by in 0_i64..1_000_000,
        uncertainty in 0_i64..5_000_000,
    ) {
        // A change for a limit on the lifetime can contradict one for a date.
        let plain = |it: &&Dialect| {
            it.rules.lifetime.is_none() && it.rules.max_age.is_none() && !it.rules.ordered
        };
        let verifiers = || Dialect::all().filter(plain);
        let now = UnixTime::from_secs(NOW) + Span::from_micros(by);
        let utc = TimeBounds::around(now, Span::from_micros(uncertainty));
        let written = |times: [Option<i64>; 3]| {
            let members = ["exp", "nbf", "iat"].iter().zip(times);
            let members = members.filter_map(|(name, by)| Some(format!("\"{name}\":{}", NOW + by?)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        };
        let claims = written(times);
        let dates = Dates::of(claims.as_bytes()).unwrap();
        let changes = Changes::between(verifiers(), &dates, utc);
        let [mut exp, mut nbf, mut iat] = times;
        for change in changes.iter() {
            let secs = |span: Span| span.floor_secs();
            match change {
                Change::Add(Claim::Exp) => exp = Some(5_000),
                Change::Add(Claim::Iat) => iat = Some(-5_000),
                Change::Later(span) => exp = exp.map(|exp| exp + secs(span)),
                Change::Earlier(Claim::Nbf, span) => nbf = nbf.map(|nbf| nbf - secs(span)),
                Change::Earlier(Claim::Iat, span) => iat = iat.map(|iat| iat - secs(span)),
                change => prop_assert!(false, "{change:?} for {claims}"),
            }
        }
        let changed = written([exp, nbf, iat]);
        let dates = Dates::of(changed.as_bytes()).unwrap();
        for dialect in verifiers() {
            let verdict = dialect.judge(&dates, utc).verdict();
            prop_assert_eq!(verdict, Verdict::Accept, "{}: {} became {}", dialect.name, claims, changed);
        }
    }
}

/// Columns of the page: what each token asks, and its claims.
const COLUMNS: &[(&str, &str)] = &[
    ("`exp` = now", r#"{"exp":1700000000,"iat":1699999000}"#),
    ("`nbf` = now + 1 s", r#"{"exp":1700003600,"nbf":1700000001,"iat":1699999000}"#),
    ("`iat` = now + 1 h", r#"{"exp":1700003900,"iat":1700003600}"#),
    ("no `exp`", r#"{"iat":1699999000}"#),
    ("`exp` is 0", r#"{"exp":0,"iat":1699999000}"#),
    ("`exp` is null", r#"{"exp":null,"iat":1699999000}"#),
    ("`exp` as string", r#"{"exp":"1700000500","iat":1700000000}"#),
    ("`exp` has a fraction", r#"{"exp":1700000500.5,"iat":1700000000}"#),
    ("`exp` is 1e19", r#"{"exp":1e19,"iat":1699999000}"#),
    ("`exp` is 1e400", r#"{"exp":1e400,"iat":1699999000}"#),
    ("`exp` twice, the first past", r#"{"exp":1600000000,"exp":1700000500,"iat":1700000000}"#),
];

/// The page about all verifiers, from the table.
fn page() -> String {
    let leeway = |check: Option<jwtick_core::judge::dialect::Check>| match check {
        Some(check) => format!("{} s", check.leeway.floor_secs()),
        None => "–".to_owned(),
    };
    let heads: Vec<&str> = COLUMNS.iter().map(|column| column.0).collect();
    let mut page = format!(
        "# How verifiers judge times\n\n\
        What each verifier answers with its default settings, by the table of `jwtick explain`. ✓ is accepted,\n\
        ✗ is refused. A leeway of – means that the claim is not compared with the clock. The rows of tested\n\
        verifiers are checked against the verifiers themselves, those of others are from their sources or their\n\
        documentation, where unusual values are taken as RFC 7519 has them.\n\n\
        | verifier | name | leeway `exp` | `nbf` | {} | basis |\n|{}\n",
        heads.join(" | "),
        "---|".repeat(heads.len() + 5),
    );
    for dialect in Dialect::all() {
        let cells = COLUMNS.iter().map(|(_, claims)| {
            let dates = Dates::of(claims.as_bytes()).unwrap();
            match dialect.judge(&dates, at(NOW)).verdict() {
                Verdict::Accept => "✓",
                _ => "✗",
            }
        });
        let cells: Vec<&str> = cells.collect();
        let label = format!("{} {}", dialect.product, dialect.version);
        page += &format!(
            "| {} | `{}` | {} | {} | {} | {}: {} |\n",
            label.trim_end(),
            dialect.name,
            leeway(dialect.rules.exp.check),
            leeway(dialect.rules.nbf.check),
            cells.join(" | "),
            dialect.basis.name(),
            dialect.source,
        );
    }
    page
}

/// `JWTICK_WRITE=1` writes the page.
#[test]
fn page_of_the_documentation_is_what_the_table_says() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/judge/dialect/verifiers.md");
    if std::env::var_os("JWTICK_WRITE").is_some() {
        std::fs::write(file, page()).unwrap();
    }
    let written = std::fs::read_to_string(file).unwrap_or_default();
    assert!(written == page(), "{file} differs: write it with JWTICK_WRITE=1");
}
