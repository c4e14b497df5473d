//! The words of a refusal: those of products, and some that no product prints.

use jwtick_core::evidence::spoken::{Reason, Speaker, refusal};

use super::log::civil;
use super::scene::{Kind, Objection, SECOND, Scene};

/// The words for this objection. The scene selects one of several.
pub(crate) fn words(scene: &Scene, objection: Objection) -> String {
    let invented = invented(scene, objection);
    if scene.shown.words % 7 == 0 {
        return chosen(scene, &invented);
    }
    let choices = match (scene.kind, objection) {
        (Kind::Assertion, _) => assertion(scene, objection),
        (Kind::Bearer, Objection::Ended) => plain(&[
            "{\"message\":\"jwt expired\"}",
            "{\"error\":\"invalid_token\",\"error_description\":\"The access token expired\"}",
            "{\"error\":\"invalid_grant\",\"error_description\":\"Token is not active\"}",
            "401 Unauthorized: token has expired",
            "401 Unauthorized",
        ]),
        (Kind::Bearer, Objection::NotBegun) => plain(&["{\"message\":\"jwt not active\"}"]),
        (Kind::Verifier, Objection::Ended) => token_ended(scene),
        (Kind::Verifier, Objection::NotBegun) => token_not_begun(scene),
        (Kind::Signature, _) => signature(scene, objection),
        (Kind::Certificate, Objection::Ended) => certificate(scene, "certificate has expired"),
        (Kind::Certificate, Objection::NotBegun) => {
            certificate(scene, "certificate is not yet valid")
        }
    };
    chosen(scene, &choices)
}

/// Returns `true` if `words` are those that no product prints.
pub(crate) fn is_invented(scene: &Scene, objection: Objection, words: &str) -> bool {
    invented(scene, objection).iter().any(|it| it == words)
}

/// Words that no product prints, and no row of the catalogue has.
fn invented(scene: &Scene, objection: Objection) -> Vec<String> {
    let (start, end) = (scene.start(scene.offset), scene.end(scene.offset));
    let here = scene.judged() - scene.offset;
    let now = match scene.kind {
        Kind::Verifier | Kind::Certificate => here,
        Kind::Assertion | Kind::Bearer | Kind::Signature => scene.judged(),
    };
    let now_secs = now.div_euclid(SECOND);
    let (at, from, until) = (iso(now), iso(start * SECOND), iso(end * SECOND));
    let thing = match scene.kind {
        Kind::Assertion => "assertion",
        Kind::Bearer | Kind::Verifier => "token",
        Kind::Signature => "request",
        Kind::Certificate => "certificate",
    };
    match (scene.kind, objection) {
        (Kind::Signature, Objection::Ended) => vec![
            format!("turned away: your {thing} is too old for this gate"),
            format!("{{\"code\":41,\"detail\":\"{thing} stamped {from} but it is {at} here\"}}"),
        ],
        (Kind::Signature, Objection::NotBegun) => vec![
            format!("turned away: your {thing} is from tomorrow"),
            format!("{{\"code\":42,\"detail\":\"{thing} stamped {from} but it is {at} here\"}}"),
        ],
        (_, Objection::Ended) => vec![
            format!("turned away: this {thing} ran out"),
            format!(
                "{{\"code\":41,\"detail\":\"the {thing} lapsed at {until}, and now it is {at}\"}}"
            ),
            format!("verdict=no what={thing} why=lapsed exp={end} now={now_secs}"),
            format!("the validity of this {thing} is over"),
        ],
        (_, Objection::NotBegun) => vec![
            format!("turned away: this {thing} cannot be used so soon"),
            format!(
                "{{\"code\":42,\"detail\":\"the {thing} starts at {from}, and now it is {at}\"}}"
            ),
            format!("verdict=no what={thing} why=early nbf={start} now={now_secs}"),
        ],
    }
}

/// The words about an exchange that passed.
pub(crate) fn welcome(scene: &Scene) -> String {
    let choices = match scene.kind {
        Kind::Assertion if scene.shown.token => vec![super::log::delivery(scene)],
        Kind::Assertion => plain(&[
            "{\"access_token\":\"opaque\",\"token_type\":\"Bearer\",\"expires_in\":3600}",
            "logged in",
        ]),
        Kind::Verifier => plain(&["token accepted", "signature and claims are good"]),
        Kind::Bearer | Kind::Signature => plain(&["{\"status\":\"ok\"}", "done"]),
        Kind::Certificate => plain(&["connected", "TLS handshake completed"]),
    };
    chosen(scene, &choices)
}

fn chosen(scene: &Scene, choices: &[String]) -> String {
    let count = i64::try_from(choices.len()).unwrap();
    choices[usize::try_from(scene.shown.words % count).unwrap()].clone()
}

fn plain(words: &[&str]) -> Vec<String> {
    words.iter().map(|&words| words.to_owned()).collect()
}

/// The answers of authorization servers.
fn assertion(scene: &Scene, objection: Objection) -> Vec<String> {
    let reason = match objection {
        Objection::Ended => Reason::Expired,
        Objection::NotBegun => Reason::Future,
    };
    let at = |secs: i64| iso(secs * SECOND);
    let said = |by: Speaker| {
        let words = refusal(by, reason).words;
        let words = words.replace("{iat}", &at(scene.start(scene.offset)));
        let words = words.replace("{nbf}", &at(scene.start(scene.offset)));
        let words = words.replace("{exp}", &at(scene.end(scene.offset)));
        format!("{{\"error\":\"invalid_grant\",\"error_description\":\"{words}\"}}")
    };
    // Box refuses a lifetime above a minute, whatever the clocks show.
    let fits = |by: &Speaker| *by != Speaker::Box || scene.lifetime <= 60;
    let mut all: Vec<_> = Speaker::ALL.iter().copied().filter(fits).map(said).collect();
    all.extend(plain(match objection {
        Objection::Ended => &[
            "{\"error\":\"invalid_client\",\"error_description\":\"assertion has expired\"}",
            "{\"error\":\"invalid_grant\"}",
            "the assertion is older than the gateway tolerates",
        ],
        Objection::NotBegun => &[
            "{\"message\":\"jwt not active\"}",
            "{\"error\":\"invalid_grant\"}",
            "the gateway has not reached the start of this assertion",
        ],
    }));
    all
}

/// The words of libraries on this host, which read the local clock when they judge.
fn token_ended(scene: &Scene) -> Vec<String> {
    let (local, end) = (scene.judged() - scene.offset, scene.end(scene.offset));
    let now = local.div_euclid(SECOND);
    let (exp, current) = (iso(end * SECOND), iso(local));
    let gap = (local - end * SECOND) / 1_000;
    let mut all =
        plain(&["IDX10223: the token is expired.", "Jwt is expired", "Signature has expired"]);
    all.push(format!("Token used too late, {now} > {end}"));
    all.push(format!("Jwt expired at {exp}"));
    all.push(format!(
        "JWT expired {gap} milliseconds ago at {exp}. Current time: {current}. Allowed clock skew: 0 milliseconds."
    ));
    all
}

fn token_not_begun(scene: &Scene) -> Vec<String> {
    let (local, start) = (scene.judged() - scene.offset, scene.start(scene.offset));
    let now = local.div_euclid(SECOND);
    let (nbf, current) = (iso(start * SECOND), iso(local));
    let gap = (start * SECOND - local) / 1_000;
    let mut all =
        plain(&["IDX10222: the token is not yet valid.", "The token is not yet valid (nbf)"]);
    all.push(format!("Token used too early, {now} < {start}"));
    all.push(format!("Jwt used before {nbf}"));
    all.push(format!(
        "JWT must not be accepted before {nbf}. Current time: {current}, a difference of {gap} milliseconds"
    ));
    all
}

fn signature(scene: &Scene, objection: Objection) -> Vec<String> {
    let basic = |secs: i64| iso(secs * SECOND).replace(['-', ':'], "");
    let (server, signed) = (scene.judged().div_euclid(SECOND), scene.start(scene.offset));
    let limit = scene.limit;
    let mut all = plain(&["RequestTimeTooSkewed"]);
    all.push(format!(
        "<Code>RequestTimeTooSkewed</Code><RequestTime>{}</RequestTime><ServerTime>{}</ServerTime>",
        basic(signed),
        iso(server * SECOND),
    ));
    if limit % 60 == 0 {
        let minutes = limit / 60;
        all.push(match objection {
            Objection::Ended => format!(
                "Signature expired: {} is now earlier than {} ({} - {minutes} min.)",
                basic(signed),
                basic(server - limit),
                basic(server),
            ),
            Objection::NotBegun => format!(
                "Signature not yet current: {} is still later than {} ({} + 5 min.)",
                basic(signed),
                basic(server + 300),
                basic(server),
            ),
        });
    } else {
        all.push(format!(
            "invalid request, please check your server timestamp or recv_window param. req_timestamp[{signed}000],server_timestamp[{}],recv_window[{limit}000]",
            scene.judged() / 1_000,
        ));
    }
    all
}

fn certificate(scene: &Scene, words: &str) -> Vec<String> {
    let local = iso(scene.judged() - scene.offset);
    let (start, end) = (scene.start(scene.offset), scene.end(scene.offset));
    let order = if words.contains("not yet") {
        format!("is before {}", iso(start * SECOND))
    } else {
        format!("is after {}", iso(end * SECOND))
    };
    vec![
        words.to_owned(),
        format!("x509: certificate has expired or is not yet valid: current time {local} {order}"),
    ]
}

/// `2024-01-09T14:00:00Z`
fn iso(micros: i64) -> String {
    let (date, time) = civil(micros.div_euclid(SECOND));
    format!("{date}T{time}Z")
}
