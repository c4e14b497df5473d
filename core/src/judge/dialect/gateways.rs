//! Proxies, gateways and servers that verify the tokens of requests, with their default settings.

use super::compiled::{GO_FLOAT, GO_JOSE, GO_OIDC, GOLANG_JWT_5};
use super::entry::{Basis, Dialect, Kind, row};
use super::reading::{Fraction, Reading, Take};
use super::rules::{Check, DateRule, Duplicates, Edge, Lifetime, Rules, Start};
use crate::time::Span;

const SECOND: Span = Span::from_secs(1);

const ACCEPTS: Check = Check::at_edge(Edge::Accepts);
const REFUSES: Check = Check::at_edge(Edge::Refuses);

const PLAIN: Rules = Rules { tick: SECOND, duplicates: Duplicates::Last, ..Rules::RFC7519 };

const UNCHECKED: Rules =
    Rules { exp: DateRule::UNREAD, nbf: DateRule::UNREAD, iat: DateRule::UNREAD, ..PLAIN };

const ENVOY: Rules = {
    let reading = Reading {
        fractions: Fraction::TowardsZero,
        negatives: Take::Refuse,
        most: u64::MAX - 1,
        beyond: Take::Refuse,
        infinite: Take::Refuse,
        ..Reading::NUMBER
    };
    let exp = Reading { zeros: Take::Ignore, ..reading };
    Rules {
        exp: DateRule::checked(exp, ACCEPTS.with_leeway(60)),
        nbf: DateRule::checked(reading, ACCEPTS.with_leeway(60)),
        iat: DateRule::typed(reading),
        duplicates: Duplicates::Refused,
        ..PLAIN
    }
};

/// A claim that is to be verified must be there, as a number.
const KONG: Rules =
    Rules { exp: DateRule::checked(Reading::NUMBER, REFUSES).required(), ..UNCHECKED };

/// Jackson's conversion to `Long`.
const JACKSON_LONG: Reading = Reading {
    fractions: Fraction::TowardsZero,
    zeros: Take::Ignore,
    most: i64::MAX.unsigned_abs(),
    beyond: Take::Refuse,
    infinite: Take::Refuse,
    strings: Take::Integer,
    nulls: Take::Ignore,
    ..Reading::NUMBER
};

const fn gateway(basis: Basis, labels: [&'static str; 4], rules: Rules) -> Dialect {
    row(Kind::Gateway, basis, labels, rules)
}

pub(super) const ROWS: &[Dialect] = &[
    gateway(Basis::Tested, ["envoy", "Envoy (`jwt_authn`)", "1.40.0", "jwt_verify_lib"], ENVOY),
    gateway(
        Basis::Source,
        ["istio", "Istio (`RequestAuthentication`)", "1.24", "Envoy's filter; the leeway is fixed"],
        ENVOY,
    ),
    gateway(
        Basis::Tested,
        ["haproxy", "HAProxy (`jwt_verify`)", "2.8.25", "the converter checks the signature alone"],
        UNCHECKED,
    ),
    gateway(
        Basis::Measured,
        ["nginx-auth-jwt", "nginx-auth-jwt", "0.14.2", "run on 30 tokens"],
        Rules {
            exp: DateRule::checked(
                Reading {
                    most: i64::MAX.unsigned_abs(),
                    beyond: Take::Refuse,
                    infinite: Take::Refuse,
                    ..Reading::NUMBER
                },
                REFUSES,
            )
            .required(),
            nbf: DateRule::UNREAD,
            iat: DateRule::UNREAD,
            duplicates: Duplicates::Refused,
            ..PLAIN
        },
    ),
    gateway(
        Basis::Documentation,
        ["nginx-plus", "NGINX Plus (`auth_jwt`)", "R33", "module page, `auth_jwt_leeway`"],
        PLAIN,
    ),
    gateway(
        Basis::Source,
        ["kong", "Kong (`jwt`)", "3", "schema.lua: `claims_to_verify` is empty"],
        UNCHECKED,
    ),
    gateway(
        Basis::Source,
        ["kong-verify", "Kong (`jwt` with `claims_to_verify: [exp]`)", "3", "jwt_parser.lua"],
        KONG,
    ),
    gateway(
        Basis::Documentation,
        ["apisix", "APISIX (`jwt-auth`)", "3", "jwt-auth.lua"],
        Rules { nbf: DateRule::checked(Reading::NUMBER, REFUSES), iat: DateRule::UNREAD, ..PLAIN },
    ),
    gateway(
        Basis::Documentation,
        ["caddy-security", "caddy-security", "1.1", "go-authcrunch, package user"],
        Rules {
            exp: DateRule::checked(GO_FLOAT, ACCEPTS).required(),
            nbf: DateRule::UNREAD,
            iat: DateRule::UNREAD,
            ..PLAIN
        },
    ),
    gateway(
        Basis::Source,
        ["oathkeeper", "Ory Oathkeeper (`jwt`)", "0.40", "verifier_default.go: `WithIssuedAt`"],
        Rules { iat: DateRule::checked(GO_FLOAT, ACCEPTS), ..GOLANG_JWT_5 },
    ),
    gateway(
        Basis::Source,
        ["keycloak", "Keycloak (`JsonWebToken.isActive`)", "26", "JsonWebToken.java"],
        Rules {
            exp: DateRule::checked(JACKSON_LONG, ACCEPTS),
            nbf: DateRule::checked(JACKSON_LONG, ACCEPTS),
            iat: DateRule::typed(JACKSON_LONG),
            ..PLAIN
        },
    ),
    gateway(
        Basis::Source,
        ["kubernetes", "kube-apiserver (service accounts)", "1.31", "serviceaccount/claims.go"],
        GO_JOSE,
    ),
    gateway(
        Basis::Source,
        ["kubernetes-oidc", "kube-apiserver (OIDC)", "1.31", "authenticator/token/oidc/oidc.go"],
        GO_OIDC,
    ),
    gateway(
        Basis::Documentation,
        ["aws-api-gateway", "AWS API Gateway (HTTP API)", "", "JWT authorizer page"],
        Rules { iat: DateRule::checked(Reading::NUMBER, ACCEPTS), ..PLAIN },
    ),
    row(
        Kind::Provider,
        Basis::Documentation,
        ["google-iap", "Google Identity-Aware Proxy (signed header)", "", "page on signed headers"],
        Rules {
            exp: DateRule::checked(Reading::NUMBER, REFUSES.with_leeway(30)).required(),
            iat: DateRule::checked(Reading::NUMBER, ACCEPTS.with_leeway(30)).required(),
            lifetime: Some(Lifetime { most: Span::from_secs(660), from: Start::Issue }),
            ..PLAIN
        },
    ),
    gateway(
        Basis::Documentation,
        ["azure-apim", "Azure API Management (`validate-jwt`)", "", "policy page"],
        Rules { exp: PLAIN.exp.required(), ..PLAIN },
    ),
];
