//! `[serve.issuer.fetch]` in the file: how the keys of an issuer are fetched.

use core::time::Duration;

use super::error::Located;
use super::table::{Key, Value, keep, length, read, switch, text};
use crate::http::client::Reach;
use crate::keys::Plain;
use crate::notation::duration::to_std;
use crate::serve::FetchPolicy;

pub(super) const FETCH: &[Key<FetchPolicy>] = &[
    Key {
        name: "allow-private",
        kind: "true or false",
        default: "false",
        example: "false",
        meaning: "Fetch keys from addresses that are not on the internet too, for an issuer inside your \
                  network. The metadata of an issuer may name any address.",
        put: |fetch, value| {
            fetch.reach = if switch(value.value)? { Reach::Anywhere } else { Reach::Internet };
            Ok(())
        },
    },
    Key {
        name: "allow-http",
        kind: "true or false",
        default: "false",
        example: "false",
        meaning: "Fetch keys over plain http too, where anybody on the way can replace them. This host needs \
                  no permission.",
        put: |fetch, value| {
            fetch.plain = if switch(value.value)? { Plain::Permitted } else { Plain::Refused };
            Ok(())
        },
    },
    Key {
        name: "ca",
        kind: "file name",
        default: "none",
        example: r#""/etc/ssl/company.pem""#,
        meaning: "CA certificates to trust for this issuer, in addition to those of the platform.",
        put: |fetch, value| {
            fetch.authorities = vec![text(value.value)?.into()];
            Ok(())
        },
    },
    Key {
        name: "least-fresh",
        kind: "duration",
        default: "60s",
        example: r#""60s""#,
        meaning: "Shortest time for which fetched keys are fresh, whatever the issuer says. They are fetched \
                  again after four fifths of it.",
        put: |fetch, value| keep(&mut fetch.times.least_fresh, time(value)),
    },
    Key {
        name: "most-fresh",
        kind: "duration",
        default: "1h",
        example: r#""1h""#,
        meaning: "Longest time for which fetched keys are fresh, whatever the issuer says.",
        put: |fetch, value| keep(&mut fetch.times.most_fresh, time(value)),
    },
    Key {
        name: "usual-fresh",
        kind: "duration",
        default: "10m",
        example: r#""10m""#,
        meaning: "Time for which fetched keys are fresh if the issuer says nothing.",
        put: |fetch, value| keep(&mut fetch.times.usual_fresh, time(value)),
    },
    Key {
        name: "cooldown",
        kind: "duration",
        default: "30s",
        example: r#""30s""#,
        meaning: "Shortest time from any fetch to one that a token with an unknown key causes.",
        put: |fetch, value| keep(&mut fetch.times.cooldown, time(value)),
    },
    Key {
        name: "stale",
        kind: "duration",
        default: "4h",
        example: r#""4h""#,
        meaning: "Time for which the last keys are used while no others can be fetched. Then requests get a \
                  503.",
        put: |fetch, value| keep(&mut fetch.times.stale, time(value)),
    },
    Key {
        name: "timeout",
        kind: "duration",
        default: "5s",
        example: r#""5s""#,
        meaning: "Time for a whole fetch.",
        put: |fetch, value| keep(&mut fetch.times.total, time(value)),
    },
];

fn time(value: Value<'_>) -> Result<Duration, Located> {
    length(value.value).map(to_std)
}

/// Reads how to fetch keys.
///
/// # Errors
/// The first error, with its position.
pub(super) fn fetch(value: Value<'_>) -> Result<FetchPolicy, Located> {
    let mut fetch = FetchPolicy::default();
    read(value.table()?, &[FETCH], &mut fetch, value.text)?;
    Ok(fetch)
}
