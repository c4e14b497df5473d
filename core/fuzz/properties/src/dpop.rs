//! Proofs of possession compared with `serde_json`, the signatures and hashes of `ring`, and a literal
//! reading of RFC 9449 §4.3 in integers.

use std::sync::LazyLock;

use base64ct::{Base64UrlUnpadded, Encoding};
use jwtick_core::dpop::{
    NonceKey, Proof, ProofError, ProofFault, ProofJudgement, ProofPolicy, Request, same_target,
};
use jwtick_core::token::{Algorithm, Claims};
use jwtick_core::{Scratch, Span, TimeBounds, UnixTime, Verdict};
use ring::digest::{SHA256, digest};
use ring::signature::{Ed25519KeyPair, KeyPair};

use crate::broken;
use crate::oracle::json::{Members, assert_alike, assert_text};
use crate::oracle::signature::{Key, Segments};

/// Large enough for the longest proof of the fuzzers.
const ROOM: usize = 4_096;
const ALLOWED: [Algorithm; 3] = [Algorithm::Es256, Algorithm::EdDsa, Algorithm::Ed25519];
/// A header whose key is the one of this property.
const HEADER: &str = r#"{"typ":"dpop+jwt","alg":"EdDSA","jwk":{jwk}}"#;

static KEY: LazyLock<Option<Ed25519KeyPair>> =
    LazyLock::new(|| Ed25519KeyPair::from_seed_unchecked(&[7; 32]).ok());

/// The first byte tells whether the rest is a proof, or a header and claims on the line after it, in which
/// `{jwk}` is the key that signs them. In between are the distance of the clock from `iat`, the width of its
/// bounds, and a policy.
pub fn dpop(input: &[u8]) {
    let Some((&[mode, a, b, c, width, max_age, leeway], text)) = input.split_first_chunk() else {
        return;
    };
    let when = When {
        shift: i64::from(i32::from_be_bytes([a, b, c, 0]) >> 12),
        width: i64::from(width),
        max_age: i64::from(max_age),
        leeway: i64::from(leeway % 32),
    };
    if mode % 2 == 0 {
        let _refused = examined(text, &when);
        return;
    }
    let Ok(text) = core::str::from_utf8(text) else { return };
    let (header, claims) = text.split_once('\n').unwrap_or((HEADER, text));
    let Some(compact) = signed(header, claims) else { return };
    let refused = examined(compact.as_bytes(), &when);
    if let Some(refused) = refused.filter(|_| header == HEADER) {
        assert!(!is_proof(claims), "{claims}: {refused}");
    }
}

fn signed(header: &str, claims: &str) -> Option<String> {
    let key = KEY.as_ref()?;
    let x = Base64UrlUnpadded::encode_string(key.public_key().as_ref());
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#);
    let parts = [header.replace("{jwk}", &jwk), claims.to_owned()];
    let [header, claims] = parts.map(|it| Base64UrlUnpadded::encode_string(it.as_bytes()));
    let input = format!("{header}.{claims}");
    let signature = Base64UrlUnpadded::encode_string(key.sign(input.as_bytes()).as_ref());
    Some(format!("{input}.{signature}")).filter(|it| it.len() <= ROOM)
}

/// Returns true if the claims are those of a proof (RFC 9449 §4.2), and the core reads them as claims of a
/// token.
fn is_proof(claims: &str) -> bool {
    let mut index = Scratch::<0>::new();
    let is_read = Claims::parse(claims.as_bytes(), &mut index).is_ok();
    let Ok(members) = Members::read(claims) else { return false };
    let is_text = |name: &str| members.string(name).is_some();
    let may_be = |name: &str| members.get(name).is_none() || is_text(name);
    let is_named = members.string("jti").is_some_and(|id| !id.is_empty());
    let has_all = is_text("htm") && is_text("htu") && members.get("iat").is_some();
    is_read && is_named && has_all && may_be("ath") && may_be("nonce")
}

/// Returns the reason if the proof is refused.
fn examined(compact: &[u8], when: &When) -> Option<ProofError> {
    let mut scratch = Scratch::<ROOM>::new();
    let proof = match Proof::examine(compact, &ALLOWED, &mut scratch) {
        Ok(proof) => proof,
        Err(refused) => return Some(refused),
    };
    let Some(segments) = Segments::of(compact) else {
        broken(format_args!("{proof:?} is accepted, but no base64url"))
    };
    let (header, claims) = (members(&segments.header), members(&segments.payload));
    assert_key(&proof, &header, &segments);
    assert_alike(proof.claims(), &claims);
    let texts = [("jti", proof.id()), ("htm", proof.method()), ("htu", proof.target())];
    texts.into_iter().for_each(|(name, text)| assert_text(Some(text), &claims, name));
    assert_text(proof.token_hash(), &claims, "ath");
    assert_text(proof.nonce(), &claims, "nonce");
    assert_request(&proof, &claims, when);
    assert_time(&proof, &claims, when);
    None
}

fn members(segment: &[u8]) -> Members<'_> {
    let text = core::str::from_utf8(segment).unwrap_or_default();
    let members = Members::read(text);
    members.unwrap_or_else(|error| broken(format_args!("{text} is accepted, but {error}")))
}

/// Asserts checks 4 to 7: the kind, the algorithm, and the signature by a key that is public.
fn assert_key(proof: &Proof<'_>, header: &Members<'_>, segments: &Segments) {
    let typ = header.string("typ").unwrap_or_default().to_ascii_lowercase();
    assert!(["dpop+jwt", "application/dpop+jwt"].contains(&&*typ), "{typ}");
    assert_eq!(header.string("alg").as_deref(), Some(proof.algorithm().name()));
    let jwk = header.get("jwk").unwrap_or_default();
    let input = segments.signing_input.as_bytes();
    let verifies = |key: Key| key.verifies(input, &segments.signature);
    assert!(Key::read(jwk, proof.algorithm()).is_some_and(verifies), "{jwk}");
    let jwk = members(jwk.as_bytes());
    assert_eq!(jwk.get("d"), None);
    // RFC 7638 §3.2: the required members, sorted by name.
    let required = ["crv", "kty", "x", "y"].into_iter().filter(|name| jwk.get(name).is_some());
    let required =
        required.filter(|&name| name != "y" || jwk.string("kty").as_deref() == Some("EC"));
    let required =
        required.map(|name| format!("\"{name}\":\"{}\"", jwk.string(name).unwrap_or_default()));
    let canonical = format!("{{{}}}", required.collect::<Vec<_>>().join(","));
    assert_eq!(proof.key()[..], *digest(&SHA256, canonical.as_bytes()).as_ref(), "{canonical}");
}

/// Asserts checks 8, 9 and 12: what a request must match, and nothing else.
fn assert_request(proof: &Proof<'_>, claims: &Members<'_>, when: &When) {
    const TOKEN: &[u8] = b"Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
    let text = |name| claims.string(name).unwrap_or_default();
    let (method, target) = (text("htm"), text("htu"));
    let faults = |request: Request<'_>| {
        let judgement = proof.judgement(&request, &when.policy(), when.utc(0));
        judgement.faults().to_vec()
    };
    let of_target: &[_] =
        if same_target(proof.target(), &target) { &[] } else { &[ProofFault::Htu] };
    let own = Request::new(&method, &target);
    assert_eq!(faults(own), of_target);
    assert_eq!(
        faults(Request::new(&format!("{method}X"), &target)),
        [&[ProofFault::Htm], of_target].concat()
    );
    let hash = Base64UrlUnpadded::encode_string(digest(&SHA256, TOKEN).as_ref());
    let of_token: &[_] = match claims.string("ath") {
        None => &[ProofFault::NoAth],
        Some(ath) if ath == hash => &[],
        Some(_) => &[ProofFault::Ath],
    };
    let both = [of_target, of_token].concat();
    assert_eq!(faults(own.with_token(TOKEN, proof.key())), both);
    let mut other = proof.key();
    other[0] ^= 1;
    assert_eq!(faults(own.with_token(TOKEN, other)), [&*both, &[ProofFault::Key]].concat());
}

/// The distance of a clock from `iat`, the width of its bounds, and a policy, in seconds.
struct When {
    shift: i64,
    width: i64,
    max_age: i64,
    leeway: i64,
}

impl When {
    fn policy(&self) -> ProofPolicy<'static> {
        ProofPolicy::within(Span::from_secs(self.max_age), Span::from_secs(self.leeway))
    }

    /// The bounds on UTC for a proof that was issued then.
    fn utc(&self, iat: i64) -> TimeBounds {
        let [earliest, latest] = self.ends(iat).map(UnixTime::from_secs);
        TimeBounds::between(earliest, latest).unwrap_or(TimeBounds::exactly(earliest))
    }

    const fn ends(&self, iat: i64) -> [i64; 2] {
        let earliest = iat.saturating_add(self.shift);
        [earliest, earliest.saturating_add(self.width)]
    }

    /// The verdict of check 11, and of the dates that every token may have (RFC 7519 §4.1).
    fn verdict(&self, iat: i64, exp: Option<i64>, nbf: Option<i64>) -> Verdict {
        let ([earliest, latest], leeway) = (self.ends(iat), self.leeway);
        let before = |end: i64| (latest < end, earliest >= end);
        let not_after = |end: i64| (latest <= end, earliest > end);
        let from = |start: i64| (earliest >= start, latest < start);
        let rules = [
            Some(from(iat - leeway)),
            Some(not_after(iat + self.max_age + leeway)),
            exp.map(|exp| before(exp + leeway)),
            nbf.map(|nbf| from(nbf - leeway)),
        ];
        let met = rules.into_iter().flatten();
        if met.clone().any(|(_, fails)| fails) {
            Verdict::Reject
        } else if met.clone().all(|(holds, _)| holds) {
            Verdict::Accept
        } else {
            Verdict::Undecided
        }
    }
}

fn assert_time(proof: &Proof<'_>, claims: &Members<'_>, when: &When) {
    let whole = |name: &str| match claims.get(name) {
        None => Some(None),
        Some(written) => {
            written.parse::<i64>().ok().filter(|at| at.unsigned_abs() < 1 << 40).map(Some)
        }
    };
    let (Some(Some(iat)), Some(exp), Some(nbf)) = (whole("iat"), whole("exp"), whole("nbf")) else {
        return;
    };
    let (method, target) = (proof.method().to_string(), proof.target().to_string());
    let judged = |utc| proof.judgement(&Request::new(&method, &target), &when.policy(), utc);
    let judgement = judged(when.utc(iat));
    let verdict = times(&judgement);
    assert_eq!(verdict, when.verdict(iat, exp, nbf), "{when}");
    let expected = if judgement.faults().is_empty() { verdict } else { Verdict::Reject };
    assert_eq!(judgement.verdict(), expected);
    let wider = When { width: when.width + 7, shift: when.shift - 5, ..*when };
    let wide = times(&judged(wider.utc(iat)));
    assert!(wide == Verdict::Undecided || wide == verdict, "{when}: {wide:?}");
    let after = judgement.rejected_after() + Span::from_micros(1);
    assert_eq!(judged(TimeBounds::since(after)).verdict(), Verdict::Reject, "{when}");
    assert_nonce(proof.key(), when.utc(iat.abs()));
}

fn times(judgement: &ProofJudgement) -> Verdict {
    judgement.times().iter().map(|finding| finding.verdict()).collect()
}

/// Asserts that a nonce says when it was issued, to the same key only.
fn assert_nonce(client: [u8; 32], utc: TimeBounds) {
    let Ok(key) = NonceKey::new(b"a secret of at least thirty-two bytes") else { return };
    let Some(nonce) = key.issue(utc, Some(client)) else { return };
    let text = format!(r#"{{"nonce":"{}"}}"#, nonce.as_str());
    let mut index = Scratch::<0>::new();
    let Ok(claims) = Claims::parse(text.as_bytes(), &mut index) else { return };
    let Some(read) = claims.get("nonce").and_then(|nonce| nonce.text()) else { return };
    let Ok(issued) = key.read(read, client) else { broken(format_args!("{text} is refused")) };
    assert!(issued.earliest() <= utc.earliest() && utc.latest() <= issued.latest(), "{text}");
    let mut other = client;
    other[31] ^= 1;
    assert!(key.read(read, other).is_err(), "{text} is accepted from another client");
}

impl core::fmt::Display for When {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { shift, width, max_age, leeway } = self;
        write!(
            f,
            "{shift} s after iat, within {width} s; at most {max_age} s old, leeway {leeway} s"
        )
    }
}
