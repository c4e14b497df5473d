//! Services that accept assertions of their clients, with the lifetimes that their pages state. Their
//! edges are those of RFC 7519 where no page states others.

use super::entry::{Basis, Dialect, Kind, row};
use super::reading::{Fraction, Reading};
use super::rules::{Check, DateRule, Duplicates, Edge, Lifetime, Rules, Start};
use crate::time::Span;

const ACCEPTS: Check = Check::at_edge(Edge::Accepts);

const ASSERTION: Rules = Rules {
    tick: Span::from_secs(1),
    exp: Rules::RFC7519.exp.required(),
    duplicates: Duplicates::Last,
    ..Rules::RFC7519
};

const WITH_IAT: Rules =
    Rules { iat: DateRule::checked(Reading::NUMBER, ACCEPTS).required(), ..ASSERTION };

/// The longest lifetime, or age for APNs, in seconds that a provider grants.
pub(crate) const GOOGLE_SECS: i64 = 3_600;
pub(crate) const GITHUB_SECS: i64 = 600;
pub(crate) const BOX_SECS: i64 = 60;
pub(crate) const APP_STORE_SECS: i64 = 1_200;
pub(crate) const APNS_SECS: i64 = 3_600;

const fn limited(from: Start, secs: i64) -> Option<Lifetime> {
    Some(Lifetime { most: Span::from_secs(secs), from })
}

const fn provider([name, product, source]: [&'static str; 3], rules: Rules) -> Dialect {
    row(Kind::Provider, Basis::Documentation, [name, product, "", source], rules)
}

pub(super) const ROWS: &[Dialect] = &[
    provider(
        ["google", "Google OAuth 2.0 (service account)", "page on service accounts"],
        Rules { lifetime: limited(Start::Issue, GOOGLE_SECS), ..WITH_IAT },
    ),
    provider(
        ["github", "GitHub App", "page on JWTs for GitHub Apps, and its error messages"],
        Rules {
            iat: DateRule::checked(
                Reading { fractions: Fraction::Refused, ..Reading::NUMBER },
                ACCEPTS,
            )
            .required(),
            lifetime: limited(Start::Now, GITHUB_SECS),
            ..ASSERTION
        },
    ),
    provider(
        ["box", "Box (JWT assertion)", "page on JWT applications"],
        Rules { lifetime: limited(Start::Now, BOX_SECS), ..ASSERTION },
    ),
    provider(
        ["app-store-connect", "App Store Connect", "page on tokens for its API"],
        Rules { lifetime: limited(Start::Issue, APP_STORE_SECS), ..WITH_IAT },
    ),
    provider(
        ["apns", "Apple Push Notification service", "page on token-based connections"],
        Rules {
            exp: DateRule::UNREAD,
            nbf: DateRule::UNREAD,
            max_age: Some(Span::from_secs(APNS_SECS)),
            ..WITH_IAT
        },
    ),
];
