//! Proofs of possession: what is examined, what a request must match, and freshness within bounds.
#![cfg(test)]
#![cfg(feature = "es")]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use iri_string::types::UriStr;
use jwtick_core::dpop::{
    NonceFault, NonceKey, NonceUse, Proof, ProofError, ProofFault, ProofJudgement, ProofPolicy,
    Request, confirmed_key, same_target,
};
use jwtick_core::judge::{Finding, Rule};
use jwtick_core::token::{Algorithm, Claims, InvalidSignature, Verifier};
use jwtick_core::{Scratch, Span, TimeBounds, UnixTime, Verdict};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use proptest::prelude::*;

const SECRET: &[u8] = b"a secret of at least thirty-two bytes";
const ALLOWED: &[Algorithm] = &[Algorithm::Es256, Algorithm::EdDsa];

/// The proofs of RFC 9449 §4.2 and §7.1, and the access token of the second.
const RFC_TOKEN_REQUEST: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
const RFC_RESOURCE: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";
const RFC_TOKEN: &[u8] = b"Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
const RFC_KEY: &str = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

fn exactly(secs: i64) -> TimeBounds {
    TimeBounds::exactly(UnixTime::from_secs(secs))
}

fn between(earliest: i64, latest: i64) -> TimeBounds {
    TimeBounds::between(UnixTime::from_secs(earliest), UnixTime::from_secs(latest)).unwrap()
}

fn within(max_age: i64, leeway: i64) -> ProofPolicy<'static> {
    ProofPolicy::within(Span::from_secs(max_age), Span::from_secs(leeway))
}

#[test]
fn proofs_of_the_rfc_are_accepted() {
    let mut scratch = Scratch::<1024>::new();
    let proof = Proof::examine(RFC_TOKEN_REQUEST.as_bytes(), ALLOWED, &mut scratch).unwrap();
    assert_eq!(URL_SAFE_NO_PAD.encode(proof.key()), RFC_KEY);
    assert!(proof.id() == *"-BwC3ESc6acc2lTc" && proof.algorithm() == Algorithm::Es256);
    let request = Request::new("POST", "https://server.example.com/token?x=1");
    let accepted = proof.judge(&request, &within(60, 5), exactly(1_562_262_676)).unwrap();
    assert_eq!(accepted.rejected_after(), UnixTime::from_secs(1_562_262_681));

    let mut scratch = Scratch::<1024>::new();
    let proof = Proof::examine(RFC_RESOURCE.as_bytes(), ALLOWED, &mut scratch).unwrap();
    let request = Request::new("GET", "https://resource.example.org/protectedresource");
    let request = request.with_token(RFC_TOKEN, proof.key());
    assert!(proof.judge(&request, &within(60, 0), exactly(1_562_262_618)).is_ok());
}

#[test]
fn changed_proof_is_never_accepted() {
    let step = if crate::is_thorough() { 1 } else { 9 };
    for at in (0..RFC_RESOURCE.len()).step_by(step) {
        for by in [1, 2, 4, 32] {
            let mut changed = RFC_RESOURCE.as_bytes().to_vec();
            changed[at] ^= by;
            let mut scratch = Scratch::<1024>::new();
            let examined = Proof::examine(&changed, ALLOWED, &mut scratch);
            assert!(examined.is_err(), "byte {at} changed by {by}");
        }
    }
}

/// The key of the tests; `{jwk}` in a header is its public part.
fn key() -> (SigningKey, String) {
    let key = SigningKey::from_slice(&[7; 32]).unwrap();
    let point = key.verifying_key().to_sec1_point(false);
    let [x, y] = [point.x(), point.y()].map(|part| URL_SAFE_NO_PAD.encode(part.unwrap()));
    (key, format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}"}}"#))
}

fn signed(header: &str, claims: &str) -> String {
    let (key, jwk) = key();
    let parts = [header.replace("{jwk}", &jwk), claims.to_owned()];
    let [header, claims] = parts.map(|part| URL_SAFE_NO_PAD.encode(part));
    let input = format!("{header}.{claims}");
    let signature: Signature = key.sign(input.as_bytes());
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

const HEADER: &str = r#"{"typ":"dpop+jwt","alg":"ES256","jwk":{jwk}}"#;
const CLAIMS: &str = r#"{"jti":"1","htm":"GET","htu":"https://a/x","iat":100}"#;

#[track_caller]
fn assert_examined(name: &str, header: &str, claims: &str, refusal: &str) {
    let compact = signed(header, claims);
    let mut scratch = Scratch::<2048>::new();
    let examined = Proof::examine(compact.as_bytes(), ALLOWED, &mut scratch);
    let met = examined.err().map(|error| error.to_string()).unwrap_or_default();
    assert_eq!(met, refusal, "{name}");
}

/// Name, header, refusal.
const HEADERS: &[(&str, &str, &str)] = &[
    ("as specified", HEADER, ""),
    ("media type", r#"{"typ":"application/DPoP+jwt","alg":"ES256","jwk":{jwk}}"#, ""),
    (
        "no kind",
        r#"{"alg":"ES256","jwk":{jwk}}"#,
        "expected `typ` to be `dpop+jwt`, but it is missing",
    ),
    (
        "a token",
        r#"{"typ":"at+jwt","alg":"ES256","jwk":{jwk}}"#,
        "expected `typ` to be `dpop+jwt`, but found another kind",
    ),
    (
        "no algorithm",
        r#"{"typ":"dpop+jwt","jwk":{jwk}}"#,
        "header: expected `alg` to name an algorithm, but it is missing",
    ),
    (
        "none",
        r#"{"typ":"dpop+jwt","alg":"none","jwk":{jwk}}"#,
        "header: expected `alg` to name a signature algorithm, but found `none`",
    ),
    (
        "symmetric",
        r#"{"typ":"dpop+jwt","alg":"HS256","jwk":{"kty":"oct","k":"AA"}}"#,
        "proofs signed with HS256 are not accepted",
    ),
    (
        "not listed",
        r#"{"typ":"dpop+jwt","alg":"ES384","jwk":{jwk}}"#,
        "proofs signed with ES384 are not accepted",
    ),
    (
        "other algorithm than the key's",
        r#"{"typ":"dpop+jwt","alg":"EdDSA","jwk":{jwk}}"#,
        "`jwk`: an EC key on P-256 cannot be used for EdDSA",
    ),
    (
        "no key",
        r#"{"typ":"dpop+jwt","alg":"ES256"}"#,
        "expected the header to hold the public key as `jwk`, but it is missing",
    ),
    (
        "key identifier alone",
        r#"{"typ":"dpop+jwt","alg":"ES256","kid":"1","jku":"https://a"}"#,
        "expected the header to hold the public key as `jwk`, but it is missing",
    ),
    (
        "secret",
        r#"{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"oct","k":"AA"}}"#,
        "expected a public key as `jwk`, but found a private key or a secret",
    ),
    (
        "private key",
        r#"{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}}"#,
        "expected a public key as `jwk`, but found a private key or a secret",
    ),
    (
        "point not on the curve",
        r#"{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"}}"#,
        "`jwk`: the point is not on the curve",
    ),
    (
        "key as a string",
        r#"{"typ":"dpop+jwt","alg":"ES256","jwk":"1"}"#,
        r#"`jwk`: expected `{` at byte 0, but found `\"`"#,
    ),
    (
        "two keys",
        r#"{"typ":"dpop+jwt","alg":"ES256","jwk":{},"jw\u006b":{jwk}}"#,
        "header: expected unique member names, but the name at byte 41 repeats an earlier one",
    ),
    (
        "critical extension",
        r#"{"typ":"dpop+jwt","alg":"ES256","jwk":{jwk},"crit":["x"]}"#,
        "header: `crit` requires an extension, but none is supported",
    ),
];

#[test]
fn header_of_a_proof_is_examined() {
    for &(name, header, refusal) in HEADERS {
        assert_examined(name, header, CLAIMS, refusal);
    }
}

/// Name, claims, refusal.
const CLAIM_SETS: &[(&str, &str, &str)] = &[
    ("all", CLAIMS, ""),
    ("escapes", r#"{"jti":"1","\u0068tm":"GET","htu":"https:\/\/a\/x","iat":100}"#, ""),
    ("no jti", r#"{"htm":"GET","htu":"https://a/x","iat":100}"#, "the claim `jti` is missing"),
    ("no htm", r#"{"jti":"1","htu":"https://a/x","iat":100}"#, "the claim `htm` is missing"),
    ("no htu", r#"{"jti":"1","htm":"GET","iat":100}"#, "the claim `htu` is missing"),
    ("no iat", r#"{"jti":"1","htm":"GET","htu":"https://a/x"}"#, "the claim `iat` is missing"),
    (
        "empty jti",
        r#"{"jti":"","htm":"GET","htu":"https://a/x","iat":100}"#,
        "expected `jti` to identify the proof, but it is empty",
    ),
    (
        "htm null",
        r#"{"jti":"1","htm":null,"htu":"https://a/x","iat":100}"#,
        "expected `htm` to be a string, but found null",
    ),
    (
        "nonce a number",
        r#"{"jti":"1","htm":"GET","htu":"https://a/x","iat":100,"nonce":7}"#,
        "expected `nonce` to be a string, but found a number",
    ),
    (
        "ath an array",
        r#"{"jti":"1","htm":"GET","htu":"https://a/x","iat":100,"ath":[]}"#,
        "expected `ath` to be a string, but found an array",
    ),
    (
        "iat a string",
        r#"{"jti":"1","htm":"GET","htu":"https://a/x","iat":"100"}"#,
        "claims: expected `iat` to be a number, but found a string",
    ),
    (
        "htu twice",
        r#"{"jti":"1","htm":"GET","htu":"https://a/x","htu":"https://a/x","iat":1}"#,
        "claims: expected unique member names, but the name at byte 43 repeats an earlier one",
    ),
    ("no object", "[]", "claims: expected `{` at byte 0, but found `[`"),
];

#[test]
fn claims_of_a_proof_are_examined() {
    for &(name, claims, refusal) in CLAIM_SETS {
        assert_examined(name, HEADER, claims, refusal);
    }
}

/// Accepts every signature: the tables below are about claims.
struct Always;

impl Verifier for Always {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Es256
    }

    fn verify(&self, _: &[u8], _: &[u8]) -> Result<(), InvalidSignature> {
        Ok(())
    }
}

fn judged(claims: &str, check: impl FnOnce(&Proof<'_>) -> ProofJudgement) -> ProofJudgement {
    let header = HEADER.replace("{jwk}", r#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#);
    let [header, claims] = [&*header, claims].map(|part| URL_SAFE_NO_PAD.encode(part));
    let compact = format!("{header}.{claims}.AA");
    let mut scratch = Scratch::<2048>::new();
    let proof =
        Proof::examine_with(compact.as_bytes(), ALLOWED, &mut scratch, |_, _| Ok(Always)).unwrap();
    check(&proof)
}

fn client() -> [u8; 32] {
    let mut key = [0; 32];
    judged(CLAIMS, |proof| {
        key = proof.key();
        proof.judgement(&Request::new("", ""), &within(0, 0), exactly(0))
    });
    key
}

#[test]
fn proof_must_match_its_request() {
    // SHA-256 of "token".
    const ATH: &str = r#"{"jti":"1","htm":"GET","htu":"https://a/x","iat":100,"ath":"PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A"}"#;
    let own = client();
    let rows: &[(&str, &str, Request<'_>, &[ProofFault])] = &[
        ("no access token", CLAIMS, Request::new("GET", "https://a/x"), &[]),
        ("other method", CLAIMS, Request::new("get", "https://a/x"), &[ProofFault::Htm]),
        ("other URI", CLAIMS, Request::new("GET", "https://a/y"), &[ProofFault::Htu]),
        ("relative URI", CLAIMS, Request::new("GET", "/x"), &[ProofFault::Htu]),
        ("both", CLAIMS, Request::new("PUT", "https://b/x"), &[ProofFault::Htm, ProofFault::Htu]),
        ("token", ATH, Request::new("GET", "https://a/x").with_token(b"token", own), &[]),
        ("ath without token", ATH, Request::new("GET", "https://a/x"), &[]),
        (
            "no ath",
            CLAIMS,
            Request::new("GET", "https://a/x").with_token(b"token", own),
            &[ProofFault::NoAth],
        ),
        (
            "other token",
            ATH,
            Request::new("GET", "https://a/x").with_token(b"tokem", own),
            &[ProofFault::Ath],
        ),
        (
            "other key",
            ATH,
            Request::new("GET", "https://a/x").with_token(b"token", [0; 32]),
            &[ProofFault::Key],
        ),
    ];
    for (name, claims, request, faults) in rows {
        let judgement =
            judged(claims, |proof| proof.judgement(request, &within(60, 0), exactly(100)));
        assert_eq!(judgement.faults(), *faults, "{name}");
        let expected = if faults.is_empty() { Verdict::Accept } else { Verdict::Reject };
        assert_eq!(judgement.verdict(), expected, "{name}");
        assert!(!judgement.needs_nonce(), "{name}");
    }
}

#[test]
fn iat_is_judged_within_bounds() {
    use Verdict::{Accept, Reject, Undecided};
    // `iat` is 100; it may be 30 s old, and the client's clock may be wrong by 5 s.
    let rows = [
        ("ahead by the leeway", exactly(95), Accept),
        ("ahead by more", exactly(94), Reject),
        ("perhaps ahead by more", between(94, 96), Undecided),
        ("at the greatest age", exactly(135), Accept),
        ("older", exactly(136), Reject),
        ("perhaps older", between(134, 136), Undecided),
        ("both edges within the bounds", between(0, 1000), Undecided),
        ("the clock was never set", TimeBounds::since(UnixTime::from_secs(100)), Undecided),
        ("never set, and too old", TimeBounds::since(UnixTime::from_secs(136)), Reject),
    ];
    let request = Request::new("GET", "https://a/x");
    for (name, utc, expected) in rows {
        let judgement = judged(CLAIMS, |proof| proof.judgement(&request, &within(30, 5), utc));
        assert_eq!(judgement.verdict(), expected, "{name}");
        assert!(!judgement.needs_nonce(), "{name}: there are none");
    }
}

#[test]
fn exp_and_nbf_of_a_proof_count() {
    let rows = [
        (r#","exp":111}"#, Verdict::Accept),
        (r#","exp":110}"#, Verdict::Reject),
        (r#","nbf":110}"#, Verdict::Accept),
        (r#","nbf":111}"#, Verdict::Reject),
    ];
    let request = Request::new("GET", "https://a/x");
    for (end, expected) in rows {
        let claims = CLAIMS.replace('}', end);
        let judgement =
            judged(&claims, |proof| proof.judgement(&request, &within(30, 0), exactly(110)));
        assert_eq!(judgement.verdict(), expected, "{end}");
    }
}

/// A nonce of `issued` in a proof whose `iat` is far off, judged at `utc`, with a lifetime of 60 s.
fn with_nonce(nonce: &str, utc: TimeBounds, need: NonceUse) -> ProofJudgement {
    let key = NonceKey::new(SECRET).unwrap();
    let policy = within(30, 0).with_nonces(&key, Span::from_secs(60), need);
    let claims = CLAIMS.replace('}', nonce);
    judged(&claims, |proof| proof.judgement(&Request::new("GET", "https://a/x"), &policy, utc))
}

fn issued(at: TimeBounds, client: Option<[u8; 32]>) -> String {
    let nonce = NonceKey::new(SECRET).unwrap().issue(at, client).unwrap();
    format!(r#","nonce":"{nonce}"}}"#)
}

#[test]
fn nonce_takes_the_place_of_iat() {
    use Verdict::{Accept, Reject, Undecided};
    let rows = [
        ("new", exactly(5000), exactly(5000), Accept),
        ("at the end of its life", exactly(5000), exactly(5060), Accept),
        ("older", exactly(5000), exactly(5061), Reject),
        ("perhaps older", exactly(5000), between(5059, 5061), Undecided),
        ("issued within bounds", between(4999, 5001), between(5058, 5059), Accept),
        ("issued within bounds, perhaps older", between(4999, 5001), exactly(5060), Undecided),
        ("issued within bounds, older", between(4999, 5001), exactly(5062), Reject),
        ("overlapping bounds", between(4999, 5001), between(4999, 5001), Accept),
        (
            "issued by a clock that was never set",
            TimeBounds::since(UnixTime::from_secs(1)),
            exactly(5000),
            Undecided,
        ),
    ];
    for need in [NonceUse::Required, NonceUse::Offered] {
        for (name, at, utc, expected) in rows {
            for client in [None, Some(client())] {
                let judgement = with_nonce(&issued(at, client), utc, need);
                assert_eq!(judgement.verdict(), expected, "{name}");
                assert_eq!(judgement.nonce_issued(), Some(at), "{name}");
                assert_eq!(judgement.needs_nonce(), expected != Accept, "{name}");
                let iat = judgement.times().iter().find(|finding| finding.rule() == Rule::Iat);
                assert!(matches!(iat, Some(Finding::Reported(_))), "{name}");
            }
        }
    }
}

#[test]
fn refused_nonce_asks_for_another() {
    let other = NonceKey::new(&[7; 32]).unwrap().issue(exactly(100), None).unwrap();
    let rows = [
        ("none", "}".to_owned(), NonceFault::Missing),
        ("empty", r#","nonce":""}"#.to_owned(), NonceFault::Form),
        ("of another server", format!(r#","nonce":"{other}"}}"#), NonceFault::Foreign),
        ("of another client", issued(exactly(100), Some([9; 32])), NonceFault::Foreign),
        ("issued later than now", issued(exactly(101), None), NonceFault::Early),
    ];
    for (name, nonce, fault) in rows {
        let judgement = with_nonce(&nonce, exactly(100), NonceUse::Required);
        assert_eq!(judgement.faults(), [ProofFault::Nonce(fault)], "{name}");
        assert!(judgement.needs_nonce(), "{name}");
    }
    let fresh = with_nonce("}", exactly(100), NonceUse::Offered);
    assert_eq!((fresh.verdict(), fresh.needs_nonce()), (Verdict::Accept, false));
    let old = with_nonce("}", exactly(1000), NonceUse::Offered);
    assert_eq!((old.verdict(), old.needs_nonce()), (Verdict::Reject, true));
}

#[test]
fn changed_nonce_is_never_read() {
    let key = NonceKey::new(SECRET).unwrap();
    let nonce = key.issue(between(100, 101), Some([7; 32])).unwrap();
    for at in 0..nonce.as_str().len() {
        for met in b"ABQZaz059-_".iter().filter(|met| nonce.as_str().as_bytes()[at] != **met) {
            let mut changed = nonce.as_str().as_bytes().to_vec();
            changed[at] = *met;
            let text = format!(r#"{{"nonce":"{}"}}"#, str::from_utf8(&changed).unwrap());
            let mut scratch = Scratch::<0>::new();
            let claims = Claims::parse(text.as_bytes(), &mut scratch).unwrap();
            let read = key.read(claims.get("nonce").unwrap().text().unwrap(), [7; 32]);
            assert!(read.is_err(), "character {at} changed to {met}");
        }
    }
}

#[test]
fn confirmation_of_a_token_names_its_key() {
    let rows: &[(&str, Option<bool>)] = &[
        (r#"{}"#, Some(false)),
        (r#"{"cnf":{}}"#, Some(false)),
        (r#"{"cnf":{"x5t#S256":"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}}"#, Some(false)),
        (r#"{"cnf":{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}}"#, Some(true)),
        (r#"{"cnf":{"jkt":"\u0030ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}}"#, Some(true)),
        (r#"{"cnf":{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4J"}}"#, None),
        (r#"{"cnf":{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4"}}"#, None),
        (r#"{"cnf":{"jkt":null}}"#, None),
        (r#"{"cnf":null}"#, None),
        (r#"{"cnf":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}"#, None),
    ];
    for (text, expected) in rows {
        let mut scratch = Scratch::<0>::new();
        let claims = Claims::parse(text.as_bytes(), &mut scratch).unwrap();
        let found = confirmed_key(&claims).ok();
        assert_eq!(found.map(|key| key.is_some()), *expected, "{text}");
    }
}

/// Pieces of URIs that are written in several ways.
fn uri() -> impl Strategy<Value = String> {
    let pick = |pieces: &'static [&'static str]| prop::sample::select(pieces);
    const SEGMENTS: &[&str] = &[
        "a", "b", "A", "", ".", "..", "%2e", "%2E.", "...", "%2f", "%2F", "%7e", "~", "a%41", "%e4",
    ];
    let authority = (
        pick(&["http", "https", "HTTP", "hTTps"]),
        pick(&["a", "A", "%61", "b.c", "[::1]", "[::A]"]),
        pick(&["", ":", ":80", ":443", ":8"]),
    );
    let path = prop::collection::vec(pick(SEGMENTS), 0..5);
    (authority, path, pick(&["", "?q", "#f", "?q#f", "?/../a"])).prop_map(
        |((scheme, host, port), path, rest)| {
            let path: String = path.iter().map(|segment| format!("/{segment}")).collect();
            format!("{scheme}://{host}{port}{path}{rest}")
        },
    )
}

/// The form of RFC 3986 §6.2.2 by another implementation, with the port and path of §6.2.3.
fn normal(uri: &str) -> String {
    let uri = uri.split(['?', '#']).next().unwrap();
    let normal = UriStr::new(uri).unwrap().normalize().to_string();
    let (scheme, rest) = normal.split_once("://").unwrap();
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let usual = if scheme == "https" { ":443" } else { ":80" };
    let authority = authority.strip_suffix(usual).unwrap_or(authority);
    let authority = authority.strip_suffix(':').unwrap_or(authority);
    format!("{scheme}://{authority}{}", if path.is_empty() { "/" } else { path })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn targets_are_equal_if_their_normal_forms_are(one in uri(), other in uri(), same in any::<bool>()) {
        // Two random URIs are hardly ever equal, so half of them are two forms of one.
        let other = if same { normal(&one) } else { other };
        let text = format!(r#"{{"htu":"{one}"}}"#);
        let mut scratch = Scratch::<0>::new();
        let claims = Claims::parse(text.as_bytes(), &mut scratch).unwrap();
        let htu = claims.get("htu").unwrap().text().unwrap();
        prop_assert_eq!(same_target(htu, &other), normal(&one) == normal(&other), "{} {}", one, other);
    }

    #[test]
    fn wider_bounds_never_decide_more(
        (at, width, down, up) in (-200..400_i64, 0..9_i64, 0..200_i64, 0..200_i64),
        (issue, nonced, required) in (-200..400_i64, any::<bool>(), any::<bool>()),
    ) {
        let need = if required { NonceUse::Required } else { NonceUse::Offered };
        // A nonce is issued before it is used. Bounds that deny it are wrong, and wider ones need not be.
        let issue = issue.clamp(0, (at + width).max(0));
        let nonce = issued(exactly(issue), None);
        let at = at.max(issue - width);
        let claims = if nonced { nonce.as_str() } else { "}" };
        let narrow = with_nonce(claims, between(at, at + width), need).verdict();
        let wide = with_nonce(claims, between(at - down, at + width + up), need).verdict();
        prop_assert!(wide == Verdict::Undecided || wide == narrow, "{narrow} {wide}");
    }

    #[test]
    fn nonce_returns_the_bounds_of_its_issue(
        (earliest, width, open) in (0..4_000_000_000_000_000_i64, 0..9_000_000_000_i64, any::<bool>()),
        client in any::<[u8; 32]>(),
    ) {
        let earliest = UnixTime::from_micros(earliest);
        let latest = if open { UnixTime::MAX } else { earliest + Span::from_micros(width) };
        let at = TimeBounds::between(earliest, latest).unwrap();
        let key = NonceKey::new(SECRET).unwrap();
        let text = format!(r#"{{"nonce":"{}"}}"#, key.issue(at, Some(client)).unwrap());
        let mut scratch = Scratch::<0>::new();
        let claims = Claims::parse(text.as_bytes(), &mut scratch).unwrap();
        let read = key.read(claims.get("nonce").unwrap().text().unwrap(), client).unwrap();
        let milli = Span::from_millis(1);
        prop_assert!(read.earliest() <= earliest && earliest - read.earliest() < milli);
        prop_assert!(latest <= read.latest() && read.is_open() == open);
        prop_assert!(open || read.latest() - latest < milli);
    }
}

#[test]
fn refusals_have_their_reason_as_source() {
    let mut scratch = Scratch::<16>::new();
    let refusal = Proof::examine(b"a.b", ALLOWED, &mut scratch).unwrap_err();
    assert!(matches!(&refusal, ProofError::Decode(_)));
    assert!(core::error::Error::source(&refusal).is_some());
}
