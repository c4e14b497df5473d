//! Libraries for Java, Go, Rust and other compiled languages, with their default settings.

use super::entry::{Basis, Dialect, Kind, row};
use super::reading::{Fraction, Reading, Take};
use super::rules::{Check, DateRule, Duplicates, Edge, Rules};
use crate::time::Span;
use crate::token::Claim;

const SECOND: Span = Span::from_secs(1);
const MILLISECOND: Span = Span::from_millis(1);

const ACCEPTS: Check = Check::at_edge(Edge::Accepts);
const REFUSES: Check = Check::at_edge(Edge::Refuses);

/// Numbers only, with the last of duplicates, as most parsers of JSON read them.
const PLAIN: Rules = Rules { duplicates: Duplicates::Last, ..Rules::RFC7519 };

const FINITE: Rules = Rules { finite: true, ..PLAIN };

/// Java's `Number.longValue`, then milliseconds.
const JAVA_LONG: Reading = Reading {
    fractions: Fraction::TowardsZero,
    most: i64::MAX.unsigned_abs() / 1_000,
    beyond: Take::Wrapped,
    infinite: Take::Wrapped,
    nulls: Take::Ignore,
    ..Reading::NUMBER
};

/// The same with a JSON parser that turns an integer of more than 64 bits into a double (Gson).
const NIMBUS: Reading = Reading { beyond: Take::WrappedOnce, ..JAVA_LONG };

/// Go's conversion of a double to an integer gives the least integer if it does not fit (amd64). The
/// greatest instant of `time.Time` is less than the greatest integer, by the seconds from year 1 to 1970.
pub(super) const GO_FLOAT: Reading = Reading {
    fractions: Fraction::Down,
    most: i64::MAX.unsigned_abs() - 62_135_596_800,
    beyond: Take::As(i64::MIN),
    infinite: Take::Refuse,
    ..Reading::NUMBER
};

const GO_INTEGER: Reading = Reading { fractions: Fraction::TowardsZero, ..GO_FLOAT };

pub(super) const GO_JOSE: Rules = {
    let reading = Reading { nulls: Take::Ignore, ..GO_INTEGER };
    Rules {
        exp: DateRule::checked(reading, ACCEPTS.with_leeway(60)),
        nbf: DateRule::checked(reading, ACCEPTS.with_leeway(60)),
        iat: DateRule::checked(reading, ACCEPTS.with_leeway(60)),
        duplicates: Duplicates::Refused,
        ..PLAIN
    }
};

/// `json.Number` also reads strings.
pub(super) const GO_OIDC: Rules = {
    let reading = Reading { strings: Take::Number, ..GO_INTEGER };
    let optional = Reading { nulls: Take::Ignore, ..reading };
    Rules {
        exp: DateRule::checked(reading, ACCEPTS).required(),
        nbf: DateRule::checked(optional, ACCEPTS.with_leeway(300)),
        iat: DateRule::typed(reading),
        duplicates: Duplicates::LastOfAll,
        ..FINITE
    }
};

pub(super) const GOLANG_JWT_5: Rules = Rules {
    exp: DateRule::checked(GO_FLOAT, REFUSES),
    nbf: DateRule::checked(GO_FLOAT, ACCEPTS),
    iat: DateRule::UNREAD,
    ..FINITE
};

const fn library(basis: Basis, labels: [&'static str; 4], rules: Rules) -> Dialect {
    row(Kind::Library, basis, labels, rules)
}

pub(super) const ROWS: &[Dialect] = &[
    library(
        Basis::Tested,
        ["jjwt", "jjwt", "0.13.0", "DefaultJwtParser.java, JwtDateConverter.java"],
        {
            let reading = Reading { strings: Take::Long, empties: Some(Take::Ignore), ..JAVA_LONG };
            Rules {
                tick: MILLISECOND,
                exp: DateRule::checked(reading, ACCEPTS),
                nbf: DateRule::checked(reading, ACCEPTS),
                iat: DateRule::typed(reading),
                duplicates: Duplicates::Refused,
                ..PLAIN
            }
        },
    ),
    library(
        Basis::Tested,
        ["nimbus", "Nimbus JOSE+JWT", "10", "DefaultJWTClaimsVerifier.java"],
        Rules {
            tick: MILLISECOND,
            exp: DateRule::checked(NIMBUS, REFUSES.with_leeway(60)),
            nbf: DateRule::checked(NIMBUS, REFUSES.with_leeway(60)),
            iat: DateRule::typed(NIMBUS),
            duplicates: Duplicates::Refused,
            ..FINITE
        },
    ),
    library(
        Basis::Tested,
        ["jsonwebtoken-rs", "jsonwebtoken (Rust)", "12.0.0", "src/validation.rs"],
        Rules {
            tick: SECOND,
            exp: DateRule::checked(
                Reading {
                    fractions: Fraction::Nearest,
                    negatives: Take::Refuse,
                    beyond: Take::Refuse,
                    infinite: Take::Refuse,
                    ..Reading::NUMBER
                },
                ACCEPTS.with_leeway(60),
            )
            .required(),
            nbf: DateRule::typed(Reading {
                others: Take::Refuse,
                empties: Some(Take::Ignore),
                ..Reading::UNREAD
            }),
            iat: DateRule::UNREAD,
            duplicates: Duplicates::RefusedOf(&[Claim::Exp, Claim::Nbf]),
            ..FINITE
        },
    ),
    library(Basis::Tested, ["jwt-simple", "jwt-simple", "0.15.0", "src/claims.rs"], {
        let reading = Reading {
            fractions: Fraction::TowardsZero,
            negatives: Take::Refuse,
            ..Reading::NUMBER
        };
        Rules {
            exp: DateRule::checked(reading, ACCEPTS.with_leeway(900)),
            nbf: DateRule::checked(reading, ACCEPTS.with_leeway(900)),
            iat: DateRule::checked(reading, ACCEPTS.with_leeway(900)),
            duplicates: Duplicates::RefusedOf(&[Claim::Exp, Claim::Nbf, Claim::Iat]),
            ..FINITE
        }
    }),
    library(
        Basis::Tested,
        ["jwt-compact", "jwt-compact (`validate_expiration`)", "0.9.0-beta.1", "src/claims.rs"],
        {
            let reading = Reading {
                fractions: Fraction::TowardsZero,
                most: 8_210_266_876_799, // the last second of chrono's calendar
                beyond: Take::Refuse,
                infinite: Take::Refuse,
                ..Reading::NUMBER
            };
            Rules {
                exp: DateRule::checked(reading, ACCEPTS.with_leeway(60)).required(),
                nbf: DateRule::typed(reading),
                iat: DateRule::typed(reading),
                duplicates: Duplicates::RefusedOf(&[Claim::Exp, Claim::Nbf, Claim::Iat]),
                ..FINITE
            }
        },
    ),
    library(
        Basis::Tested,
        ["golang-jwt-4", "golang-jwt (`MapClaims`)", "4.4.3", "map_claims.go"],
        {
            let reading = Reading { zeros: Take::Ignore, ..GO_FLOAT };
            Rules {
                tick: SECOND,
                exp: DateRule::checked(reading, REFUSES),
                nbf: DateRule::checked(reading, ACCEPTS),
                iat: DateRule::checked(reading, ACCEPTS),
                ..FINITE
            }
        },
    ),
    library(
        Basis::Source,
        ["golang-jwt", "golang-jwt (`MapClaims`)", "5.3.1", "validator.go, map_claims.go"],
        GOLANG_JWT_5,
    ),
    library(Basis::Tested, ["go-jose-2", "go-jose", "2.6.0", "jwt/validation.go"], GO_JOSE),
    library(Basis::Source, ["go-jose", "go-jose", "4", "jwt/validation.go"], GO_JOSE),
    library(
        Basis::Tested,
        ["go-oidc-2", "go-oidc", "2.1.0", "verify.go"],
        Rules { nbf: DateRule { check: Some(ACCEPTS.with_leeway(60)), ..GO_OIDC.nbf }, ..GO_OIDC },
    ),
    library(Basis::Source, ["go-oidc", "go-oidc", "3", "oidc/verify.go"], GO_OIDC),
    library(
        Basis::Source,
        ["spring", "Spring Security (`JwtTimestampValidator`)", "6", "JwtTimestampValidator.java"],
        Rules {
            exp: DateRule::checked(NIMBUS, ACCEPTS.with_leeway(60)),
            nbf: DateRule::checked(NIMBUS, ACCEPTS.with_leeway(60)),
            iat: DateRule::typed(NIMBUS),
            duplicates: Duplicates::Refused,
            ..FINITE
        },
    ),
    library(
        Basis::Documentation,
        ["dotnet", ".NET IdentityModel", "8", "Validators.cs, TokenValidationParameters.cs"],
        Rules {
            exp: DateRule::checked(Reading::NUMBER, ACCEPTS.with_leeway(300)).required(),
            nbf: DateRule::checked(Reading::NUMBER, ACCEPTS.with_leeway(300)),
            ordered: true,
            ..PLAIN
        },
    ),
    library(
        Basis::Documentation,
        ["openidconnect-rs", "openidconnect (Rust)", "4", "src/verification/mod.rs"],
        Rules {
            exp: DateRule::checked(Reading::NUMBER, REFUSES).required(),
            nbf: DateRule::UNREAD,
            iat: DateRule::typed(Reading::NUMBER).required(),
            ..PLAIN
        },
    ),
    library(
        Basis::Source,
        ["jwtick", "jwtick (`Policy::RFC7519`)", "", "RFC 7519 §4.1"],
        Rules::RFC7519,
    ),
    library(
        Basis::Tested,
        ["libjwt", "libjwt (`jwt_decode`)", "1.10.2", "no function checks claims"],
        {
            // The parser refuses an integer of more than 64 bits, wherever it is.
            let parsed = DateRule::typed(Reading {
                most: i64::MAX.unsigned_abs(),
                beyond: Take::Refuse,
                ..Reading::UNREAD
            });
            Rules {
                exp: parsed,
                nbf: parsed,
                iat: parsed,
                duplicates: Duplicates::LastOfAll,
                ..FINITE
            }
        },
    ),
];
