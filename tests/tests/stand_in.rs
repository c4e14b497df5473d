//! `jwtick stand-in`: the answers of the RFCs, the requested clocks and faults, and robustness against
//! misbehaving clients.
#![cfg(test)]

mod answers;
mod assertions;
mod clocks;
mod limits;
mod wording;

use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_tests::{StandIn, fixture, form, token};

const GRANT: &str = "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer";

/// A stand-in that knows the issuer joe by the secret of the fixtures.
#[track_caller]
fn stand_in(arguments: &[&str]) -> StandIn {
    let secret = format!("joe={}", fixture("keys").join("hs.secret").display());
    let mut all = vec!["--secret-file", &secret];
    all.extend(arguments);
    StandIn::start(&all)
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// A good assertion of joe, made now by the clock of this machine, valid for five minutes.
fn assertion(stand_in: &StandIn) -> String {
    let aud = stand_in.url("token_url");
    let (iat, exp) = (now(), now() + 300);
    token(&format!(r#"{{"iss":"joe","sub":"ann","aud":"{aud}","iat":{iat},"exp":{exp}}}"#))
}

/// A token request with an assertion.
fn request(assertion: &str) -> String {
    form("/oauth2/token", "", &format!("{GRANT}&assertion={assertion}"))
}
