//! Libraries for Python, JavaScript, Ruby and PHP, with their default settings.

use super::entry::{Basis, Dialect, Kind, row};
use super::reading::{Fraction, Reading, Take};
use super::rules::{Check, DateRule, Duplicates, Edge, Rules};
use crate::time::Span;

const SECOND: Span = Span::from_secs(1);
const MILLISECOND: Span = Span::from_millis(1);

const ACCEPTS: Check = Check::at_edge(Edge::Accepts);
const REFUSES: Check = Check::at_edge(Edge::Refuses);

/// Numbers only, with the last of duplicates, as most parsers of JSON read them.
const PLAIN: Rules = Rules { duplicates: Duplicates::Last, ..Rules::RFC7519 };

/// Python's `int(value)`.
const PYTHON_INT: Reading = Reading {
    fractions: Fraction::TowardsZero,
    infinite: Take::Refuse,
    strings: Take::Integer,
    booleans: Take::Number,
    ..Reading::NUMBER
};

const fn library(basis: Basis, labels: [&'static str; 4], rules: Rules) -> Dialect {
    row(Kind::Library, basis, labels, rules)
}

pub(super) const ROWS: &[Dialect] = &[
    library(
        Basis::Tested,
        ["pyjwt", "PyJWT", "2.15.1", "jwt/api_jwt.py"],
        Rules {
            exp: DateRule::checked(PYTHON_INT, REFUSES),
            nbf: DateRule::checked(PYTHON_INT, ACCEPTS),
            iat: DateRule::checked(PYTHON_INT, ACCEPTS),
            ..PLAIN
        },
    ),
    library(
        Basis::Tested,
        ["python-jose", "python-jose", "3.5.0", "jose/jwt.py"],
        Rules {
            tick: SECOND,
            exp: DateRule::checked(PYTHON_INT, ACCEPTS),
            nbf: DateRule::checked(PYTHON_INT, ACCEPTS),
            iat: DateRule::typed(PYTHON_INT),
            ..PLAIN
        },
    ),
    library(
        Basis::Tested,
        ["authlib", "Authlib (`authlib.jose`)", "1.9.8", "authlib/jose/rfc7519/claims.py"],
        Rules {
            tick: SECOND,
            exp: DateRule::checked(Reading::NUMBER, ACCEPTS),
            nbf: DateRule::checked(Reading::NUMBER, ACCEPTS),
            iat: DateRule::checked(Reading::NUMBER, ACCEPTS),
            ..PLAIN
        },
    ),
    library(
        Basis::Tested,
        ["joserfc", "joserfc (`JWTClaimsRegistry`)", "1.8.0", "joserfc/_rfc7519/claims.py"],
        {
            let reading = Reading { infinite: Take::Refuse, ..Reading::NUMBER };
            Rules {
                tick: SECOND,
                exp: DateRule::checked(reading, REFUSES),
                nbf: DateRule::checked(reading, ACCEPTS),
                iat: DateRule::checked(reading, ACCEPTS),
                ..PLAIN
            }
        },
    ),
    library(
        Basis::Tested,
        ["joserfc-decode", "joserfc (`jwt.decode` alone)", "1.8.0", "joserfc/jwt.py"],
        Rules { exp: DateRule::UNREAD, nbf: DateRule::UNREAD, iat: DateRule::UNREAD, ..PLAIN },
    ),
    library(Basis::Tested, ["jwcrypto", "jwcrypto", "1.6.1", "jwcrypto/jwt.py"], {
        // `int(value)` must succeed, and the value itself is compared.
        let compared = Reading { fractions: Fraction::Kept, strings: Take::Refuse, ..PYTHON_INT };
        Rules {
            exp: DateRule::checked(compared, ACCEPTS.with_leeway(60)),
            nbf: DateRule::checked(compared, ACCEPTS.with_leeway(60)),
            iat: DateRule::typed(Reading { nulls: Take::Ignore, ..PYTHON_INT }),
            ..PLAIN
        }
    }),
    library(
        Basis::Tested,
        ["jose", "jose (npm)", "6.2.17", "lib/jwt_claims_set.js"],
        Rules { tick: SECOND, ..PLAIN },
    ),
    library(
        Basis::Tested,
        ["jsonwebtoken", "jsonwebtoken (npm)", "9.0.3", "verify.js"],
        Rules { tick: SECOND, iat: DateRule::UNREAD, ..PLAIN },
    ),
    library(
        Basis::Tested,
        ["fast-jwt", "fast-jwt", "6.3.6", "src/verifier.js"],
        Rules {
            tick: MILLISECOND,
            exp: DateRule::checked(Reading::NUMBER, ACCEPTS),
            iat: DateRule::UNREAD,
            ..PLAIN
        },
    ),
    library(Basis::Tested, ["ruby-jwt", "ruby-jwt", "2.5.0", "lib/jwt/verify.rb"], {
        // `to_i`, which turns `nil` into 0.
        let reading = Reading {
            fractions: Fraction::TowardsZero,
            infinite: Take::Refuse,
            strings: Take::Leading,
            nulls: Take::Number,
            ..Reading::NUMBER
        };
        Rules {
            tick: SECOND,
            exp: DateRule::checked(reading, REFUSES),
            nbf: DateRule::checked(reading, ACCEPTS),
            iat: DateRule::UNREAD,
            ..PLAIN
        }
    }),
    library(Basis::Source, ["php-jwt", "firebase/php-jwt", "7", "src/JWT.php"], {
        let reading = Reading { strings: Take::Number, nulls: Take::Ignore, ..Reading::NUMBER };
        let floored = Reading { fractions: Fraction::Down, ..reading };
        Rules {
            tick: SECOND,
            exp: DateRule::checked(reading, REFUSES),
            nbf: DateRule::checked(floored, ACCEPTS),
            iat: DateRule::checked(floored, Check { only_without_nbf: true, ..ACCEPTS }),
            ..PLAIN
        }
    }),
    library(Basis::Tested, ["crypt-jwt", "Crypt::JWT (Perl)", "0.034", "Crypt/JWT.pm"], {
        // Perl turns a string into the number at its start, and a reference into its address.
        let reading = Reading {
            strings: Take::LeadingNumber,
            nulls: Take::Ignore,
            booleans: Take::Number,
            others: Take::As(90_000_000_000_000),
            ..Reading::NUMBER
        };
        Rules {
            tick: SECOND,
            exp: DateRule::checked(reading, REFUSES),
            nbf: DateRule::checked(reading, ACCEPTS),
            iat: DateRule::UNREAD,
            ..PLAIN
        }
    }),
];
