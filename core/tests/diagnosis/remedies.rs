//! The numbers in remedies: what would have let the call pass.

use jwtick_core::Span;
use jwtick_core::diagnosis::Diagnosis;
use jwtick_core::evidence::transcript::Means;
use jwtick_core::survey::Remedy;

use super::table::{compare, interval, measured, refused_here, refused_there};

/// A remedy with its number.
pub(crate) fn remedy(remedy: &Remedy) -> String {
    match *remedy {
        Remedy::ApplyOffset(offset) => format!("ApplyOffset {}", interval(offset)),
        Remedy::AllowLeeway(leeway) => format!("AllowLeeway {}", length(leeway)),
        Remedy::AskLifetime(lifetime) => format!("AskLifetime {}", length(lifetime)),
        Remedy::LimitLifetime(lifetime) => format!("LimitLifetime {}", length(lifetime)),
        other => format!("{other:?}"),
    }
}

pub(crate) fn length(span: Span) -> String {
    format!("{} µs", span.as_micros())
}

/// The remedies that state a number.
fn numbers(diagnosis: &Diagnosis) -> String {
    let numbers = |remedy: &&Remedy| {
        matches!(
            remedy,
            Remedy::ApplyOffset(_)
                | Remedy::AllowLeeway(_)
                | Remedy::AskLifetime(_)
                | Remedy::LimitLifetime(_)
        )
    };
    diagnosis.remedies.iter().filter(numbers).map(remedy).collect::<Vec<_>>().join(", ")
}

const EXPIRED: &str = r#"{"error":"invalid_grant","error_description":"JWT has expired"}"#;
const EARLY: &str = r#"{"error":"invalid_grant","error_description":"jwt not active"}"#;

fn check<const N: usize>(rows: [(&str, String, &str); N]) {
    compare(rows.into_iter(), numbers);
}

#[test]
fn remedy_states_what_the_judge_needs_if_the_error_is_bounded() {
    check([
        (
            "behind the judge",
            refused_there(1_200, EXPIRED),
            "ApplyOffset 1199..1201, AskLifetime 1201000000 µs",
        ),
        (
            "behind it in any zone",
            "2024-01-09 14:00:00 POST /token\n\
             2024-01-09 14:00:00 < date: Wed, 10 Jan 2024 14:00:00 GMT\n\
             2024-01-09 14:00:00 < "
                .to_owned()
                + EXPIRED,
            "",
        ),
        (
            "behind it by an unknown amount",
            "2024-01-09T14:00:00Z POST\n{\"exp\":1704809400}\n2024-01-09T14:00:00Z ".to_owned()
                + EXPIRED,
            "",
        ),
        (
            "ahead of the judge",
            refused_there(-3, EARLY),
            "ApplyOffset -4..-2, AllowLeeway 4000000 µs",
        ),
        (
            "ahead of it by an unknown amount",
            "> POST /token\n{\"iat\":1704808890,\"exp\":1704809400}\n< HTTP/1.1 400 Bad Request\n\
             < date: Tue, 09 Jan 2024 14:00:00 GMT\n< "
                .to_owned()
                + EARLY,
            "AllowLeeway 90000000 µs",
        ),
    ]);
}

#[test]
fn leeway_is_at_most_some_minutes() {
    check([
        (
            "behind the maker by as much as a verifier may tolerate",
            refused_here(599, "IDX10222: the token is not yet valid."),
            "ApplyOffset 598..600, AllowLeeway 600000000 µs",
        ),
        (
            "behind the maker by more than any verifier should tolerate",
            refused_here(600, "IDX10222: the token is not yet valid."),
            "ApplyOffset 599..601",
        ),
        (
            "a certificate, for which there is no leeway",
            "x509: certificate has expired or is not yet valid: current time 2024-01-09T14:00:00Z is before \
             2024-01-09T14:00:12Z\n"
                .to_owned(),
            "",
        ),
    ]);
}

#[test]
fn remedy_states_what_the_issuer_would_need_where_known() {
    check([
        (
            "behind the maker",
            refused_here(599, "IDX10222: the token is not yet valid."),
            "ApplyOffset 598..600, AllowLeeway 600000000 µs",
        ),
        (
            "behind the issuer by an unknown amount",
            "Token used too early, 1704808800 < 1704808812\n".to_owned(),
            "AllowLeeway 12000000 µs",
        ),
        (
            "the judge allows for 10 s already, and the setting is the whole",
            "JWT not active yet, now 1649681061, nbf 1649681094\n{\n  now: 1649681051,\n  \
             tolerance: 10,\n  nbf: 1649681094\n}\n"
                .to_owned(),
            "AllowLeeway 43000000 µs",
        ),
        (
            "the second that the bound is rounded by counts",
            "Token used too early, 1596763845 < 1596763861\n".to_owned(),
            "AllowLeeway 16000000 µs",
        ),
        (
            "ahead of the maker",
            refused_here(-1_200, "IDX10223: the token is expired."),
            "ApplyOffset -1201..-1199",
        ),
        (
            "a peer behind another",
            "token not to be used before 1704808870 or after 1704809700 - currently 1704808800\n"
                .to_owned(),
            "AllowLeeway 70000000 µs",
        ),
        (
            "a judge behind two clocks that differ",
            measured(Means::Ntp, "86399.9", "86400.1") + &refused_there(-86_400, EARLY),
            "",
        ),
    ]);
}
