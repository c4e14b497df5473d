//! Tables and properties of the grammar.

use proptest::prelude::*;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use crate::evidence::catalogue::{Rows, Says, entries};
use crate::evidence::find::Pairs;
use crate::evidence::head::Piece;
use crate::evidence::line::{Facts, examine};

fn read(text: &str, rows: Rows<'_>) -> Facts {
    examine(text.as_bytes(), &Pairs::of(text.as_bytes()), false, Piece::Record, rows)
}

/// What a line says, by the grammar alone.
fn says(text: &str) -> Option<Says> {
    read(text, Rows::None).refusal.map(|row| row.says)
}

/// Sentences of programs that no row knows, and what they say.
const SENTENCES: &[(&str, Says)] = &[
    (
        "Received an assertion that is valid in the future. Check clock synchronization on IdP and SP.",
        Says::NotYet,
    ),
    (
        "Received an assertion that has expired. Check clock synchronization on IdP and SP.",
        Says::Expired,
    ),
    (
        "IssueInstant of SAML message from IdP is in 179 seconds in the future; might indicate clock issues",
        Says::NotYet,
    ),
    ("IssueInstant is in the future. Check clock skew of SP and IdP", Says::NotYet),
    ("NotBefore / NotOnOrAfter assertion failed", Says::Window),
    ("SAML assertion not yet valid", Says::NotYet),
    ("SAML error, invalid time auth", Says::Window),
    ("clock skew with KDC too large. Greater than 300 seconds", Says::Skewed),
    (
        "\"iat\" validation failure (7): JWT was issued more than 600 seconds in the future",
        Says::NotYet,
    ),
    ("exp is in the past:1550816826", Says::Expired),
    (
        "The security timestamp is invalid because its creation time ('2024-01-09T14:00:00Z') is in the \
         future. Current time is '2024-01-09T13:50:00Z' and allowed clock skew is '00:05:00'.",
        Says::NotYet,
    ),
    ("jwt is not active", Says::Window),
    ("Firebase ID token issued at future timestamp 1700000000", Says::NotYet),
    ("Issued At claim is greater than the current time", Says::NotYet),
    ("Your system clock must be accurate to within 30 seconds", Says::Skewed),
    ("BadCertificateTimeInvalid", Says::CertificateWindow),
    ("NotTimeValid", Says::Window),
    ("ssh: cert is not yet valid", Says::CertificateNotYet),
    ("error: Certificate invalid: not yet valid", Says::CertificateNotYet),
    ("Token can't be used yet - check the server's date/time matches the client.", Says::NotYet),
    ("Issued at time is more than 600 seconds before or after the current time", Says::Window),
    ("'msg': 'request time is invalid'", Says::Skewed),
    ("UNITYTLS_X509VERIFY_FLAG_EXPIRED", Says::CertificateEnded),
    ("BR_ERR_X509_EXPIRED", Says::CertificateEnded),
    ("Signature not yet current", Says::NotYet),
    ("certificate verify failed (CRL is not yet valid)", Says::CertificateNotYet),
    ("token rejected: not valid until 2026-04-25T18:00:00Z", Says::NotYet),
    ("token rejected: expired at 2026-04-25T18:00:00Z", Says::Expired),
    ("JWT not active yet, now 1649681061, nbf 1649681094", Says::NotYet),
    ("JWT expired, now 1649681061, exp 1649681001", Says::Expired),
    ("token expired: id_token.exp=1443554983, ngx.time()=1443555056", Says::Expired),
    ("x509: certificate has expired or is not yet valid", Says::CertificateWindow),
    ("claim [iat] of the token: current time 1700000000 is before 1700000060", Says::NotYet),
    ("clock skew of 58m0s exceeds 5m0s", Says::Skewed),
    // Sixteen bytes before the finding are `no: the cert is `.
    ("Domino: the cert is expired", Says::CertificateEnded),
    ("part of the existing bootstrap client certificate is expired", Says::Expired),
    // The times of a sentence contradict its words.
    ("token is not valid yet: id_token.iat=1443554983, os.time()=1443555056", Says::Window),
    ("the token has expired: now=1700000000, exp=1700000500", Says::Window),
    ("the token has expired: now=1700000000, nbf=1700000500", Says::NotYet),
    // The same in other languages.
    ("Das Token ist abgelaufen", Says::Expired),
    ("Zertifikat ist noch nicht gültig", Says::CertificateNotYet),
    ("Le jeton a expiré", Says::Expired),
    ("El token ha expirado", Says::Expired),
    ("El token aún no es válido", Says::NotYet),
    ("O token está expirado", Says::Expired),
    ("トークンの有効期限が切れています", Says::Expired),
    ("証明書はまだ有効ではありません", Says::CertificateNotYet),
    ("토큰이 만료되었습니다", Says::Expired),
    ("인증서가 아직 유효하지 않습니다", Says::CertificateNotYet),
    ("令牌已过期", Says::Expired),
    ("证书尚未生效", Says::CertificateNotYet),
];

#[test]
fn sentences_without_a_row_are_judged() {
    for &(text, expected) in SENTENCES {
        assert_eq!(says(text), Some(expected), "{text}");
    }
}

/// Lines that use the words of a refusal and refuse nothing.
const INNOCENT: &[&str] = &[
    "tokens expire after 5 minutes",
    "Access tokens are expired after one hour.",
    "2024-01-09T14:00:00Z INFO session expired for user 17",
    "2024-01-09T14:00:00Z DEBUG cookie expired, creating a new one",
    "session cache: 318 entries, 41 expired, 41 removed",
    "Deleted expired sessions count=214",
    "removing expired token from store",
    "purged 12 expired tokens",
    "cache entry expired, reloading",
    "JWKS cache expired, fetching keys of the token issuer",
    "cancel expired sync, token null",
    "lease expired: 192.0.2.77",
    "password will expire in 9 days",
    "certificate expires in 30 days",
    "the certificate will be expired in 3 days",
    "Token expires in 300 s",
    "{\"access_token\":\"x\",\"expires_in\":3600,\"expired\":false}",
    "token.expired.message=Your token has expired",
    "error.certificate.expired.text=The certificate has expired",
    "// returns true if the token has expired",
    "# The token is not yet valid when nbf is later than now",
    "/* token expired */",
    "* the certificate has expired or is not yet valid",
    "<!-- session expired -->",
    "if (token.expired) { refresh(); }",
    "if the token has expired, request a new one",
    "when the certificate is not yet valid, check the clock",
    "An error is returned when the token has expired",
    "What happens once the token has expired?",
    "Has the token expired?",
    "Make sure that the token has not expired",
    "the token has not expired",
    "token is not expired, valid for 300 s",
    "isTokenExpired(token)",
    "func TokenExpired(err error) bool",
    "onTokenExpired: handler registered",
    "registering callback for expired token",
    "unit test: token expired",
    "test expired token handler ... ok",
    "expired_tokens_total 17",
    "token_expired_count=3",
    "GET /docs/token-expired/help 200",
    "see https://example.com/errors/token/expired for help",
    "Retrying, license expired for node es-1",
    "[LICENSE] expired license for cluster",
    "rotating expired certificate",
    "renewing token that has expired",
    "tokens in the future will be opaque",
    "in the future, certificates will be issued by another CA",
    "This request will be removed in the future.",
    "token format may change in the future",
    "the deployment was too early in the queue",
    "browser too old",
    "this client is too old",
    "Allowed clock skew: 0 milliseconds.",
    "clock skew tolerance 60 s",
    "clockSkew=300",
    "maximum allowed clock skew is 5 minutes",
    "--clock-skew duration   allowed clock skew (default 30s)",
    "replica out of sync, resyncing",
    "schema is out of sync with the database",
    "clock synchronization finished",
    "Initial clock synchronization to Thu 2024-02-01 09:14:21.339101 UTC.",
    "chronyd[1]: Selected source 192.0.2.1",
    "System clock synchronized: yes",
    "RTC in local TZ: no",
    "invalid timestamp format, expected RFC 3339",
    "request timestamp=2024-01-09T14:00:00Z method=GET",
    "validity: not before Jan 9 2024, not after Jan 9 2025",
    "notBefore=Jan  9 00:00:00 2024 GMT",
    "user is not active",
    "account not active",
    "0 expired tokens, 0 expired certificates",
    "expired: 0, active: 12 tokens",
    "no token expired",
    "never use an expired certificate",
    "docs: token expired means that exp has passed",
    "example: `JWT has expired at 2024`",
    "possible reasons: the nbf value is in the future",
    "FAQ: Why is my certificate not yet valid?",
    "$ grep 'certificate expired' /var/log/messages | if read; then",
];

#[test]
fn lines_that_refuse_nothing_are_no_refusals() {
    assert!(INNOCENT.len() >= 60);
    let wrong: Vec<_> = INNOCENT.iter().filter_map(|text| Some((*text, says(text)?))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The words of products, read without their rows, say nothing that the rows contradict.
#[test]
fn grammar_agrees_with_the_catalogue() {
    let (mut read, mut all) = (0, 0);
    let mut wrong = Vec::new();
    let about_time = |says: Says| {
        says.weight() == 2
            && !says.is_service()
            && !matches!(says, Says::Fact | Says::Malformed | Says::Lifetime)
    };
    for entry in entries().filter(|entry| about_time(entry.row.says)) {
        all += 1;
        let Some(met) = says(entry.example) else { continue };
        read += 1;
        let early = |says| matches!(says, Says::NotYet | Says::CertificateNotYet);
        let late = |says| matches!(says, Says::Expired | Says::CertificateEnded);
        let contradicts =
            (early(met) && late(entry.row.says)) || (late(met) && early(entry.row.says));
        if contradicts {
            wrong.push((entry.example, met, entry.row.says));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(read * 100 >= all * 70, "{read} of {all}");
}

const SUBJECTS: &[(&str, bool)] = &[
    ("token", false),
    ("JWT", false),
    ("assertion", false),
    ("ticket", false),
    ("certificate", true),
    ("cert", true),
    ("CRL", true),
    ("signature", false),
    ("request", false),
    ("timestamp", false),
    ("credential", false),
];

/// Findings, and what they say of a token and of a certificate.
const FINDINGS: &[(&str, Says, Says)] = &[
    ("has expired", Says::Expired, Says::CertificateEnded),
    ("is expired", Says::Expired, Says::CertificateEnded),
    ("is too old", Says::Expired, Says::CertificateEnded),
    ("is no longer valid", Says::Expired, Says::CertificateEnded),
    ("is in the past", Says::Expired, Says::CertificateEnded),
    ("is not yet valid", Says::NotYet, Says::CertificateNotYet),
    ("is not valid yet", Says::NotYet, Says::CertificateNotYet),
    ("is in the future", Says::NotYet, Says::CertificateNotYet),
    ("cannot be used yet", Says::NotYet, Says::CertificateNotYet),
    ("was used too early", Says::NotYet, Says::CertificateNotYet),
    ("has expired or is not yet valid", Says::Window, Says::CertificateWindow),
];

fn cased(text: String, case: u8) -> String {
    match case {
        0 => text,
        1 => text.to_ascii_lowercase(),
        _ => text.to_ascii_uppercase(),
    }
}

proptest! {
    #[test]
    fn any_subject_with_any_finding_is_judged(
        subject in prop::sample::select(SUBJECTS),
        finding in prop::sample::select(FINDINGS),
        // Letters of which no word of a list is made: `prun` is how one of pruning begins.
        product in "[A-Z][jkqvxz]{3,9}(Error|Exception|):",
        case in 0_u8..3,
    ) {
        let (subject, is_certificate) = subject;
        let (finding, of_token, of_certificate) = finding;
        let text = cased(format!("{product} the {subject} {finding}"), case);
        let expected = if is_certificate { of_certificate } else { of_token };
        prop_assert_eq!(says(&text), Some(expected), "{}", text);
    }

    #[test]
    fn conditions_and_prose_are_not_judged(
        subject in prop::sample::select(SUBJECTS),
        finding in prop::sample::select(FINDINGS),
        lead in prop::sample::select(&["if", "when", "once", "whether", "docs: if", "unless", "it will say that", "should"][..]),
        case in 0_u8..3,
    ) {
        let text = cased(format!("{lead} the {} {}", subject.0, finding.0), case);
        prop_assert_eq!(says(&text), None, "{}", text);
    }
}

#[test]
fn example_of_the_grammar_names_no_product() {
    let facts = read("error: the ticket has expired", Rows::All);
    assert_eq!(facts.refusal.map(|row| row.product().map(ToString::to_string)), Some(None));
}
