//! JSON Web Keys compared with `serde_json`, `base64ct`, big integers and the SHA-256 of `ring`.

use std::collections::BTreeMap;

use jwtick_core::key::{Jwk, JwkError, JwkKind, JwkSet, KeyOperation, KeyPart, WeakKey};
use jwtick_core::token::Algorithm;
use num_bigint::BigUint;
use ring::digest::{SHA256, digest};

use crate::broken;
use crate::oracle::json::assert_text;
use crate::oracle::json::{Members, assert_limit, elements};
use crate::oracle::signature::decode;

const PUBLIC: [&str; 5] = ["n", "e", "x", "y", "k"];
const PRIVATE: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "oth"];
/// Large enough for the longest parameter of the fuzzers.
const ROOM: usize = 4_096;

/// The input is a key or a set of keys.
pub fn jwk(input: &[u8]) {
    let (ours, set) = (Jwk::parse(input), JwkSet::parse(input));
    let Ok(text) = core::str::from_utf8(input) else {
        assert!(ours.is_err() && set.is_err(), "no UTF-8, and accepted");
        return;
    };
    match (ours, Members::read(text)) {
        (Ok(ours), Ok(theirs)) => {
            assert_eq!(ours.as_written(), text);
            assert_alike(&ours, &theirs);
            Algorithm::ALL.into_iter().for_each(|algorithm| assert_verifier(&ours, algorithm));
            assert_in_a_set(&ours);
        }
        (Ok(_), Err(error)) => broken(format_args!("{text} is accepted, but {error}")),
        (Err(JwkError::Json(refusal)), Ok(_)) => assert_limit(refusal, text),
        (Err(JwkError::Missing { name }), Ok(theirs)) => assert_eq!(theirs.get(name), None),
        (Err(_), _) => {}
    }
    if let (Ok(set), Ok(theirs)) = (set, Members::read(text)) {
        let keys = theirs.get("keys").and_then(elements);
        assert_eq!(Some(set.keys().count()), keys.map(|keys| keys.len()), "{text}");
    }
}

fn assert_alike(ours: &Jwk<'_>, theirs: &Members<'_>) {
    let (kty, crv) = names(ours.kind());
    assert_eq!(theirs.string("kty").as_deref(), Some(kty));
    assert!(crv.is_none() || theirs.string("crv").as_deref() == crv);
    assert_text(ours.kid, theirs, "kid");
    assert_text(ours.alg, theirs, "alg");
    assert_part(ours, theirs);
    PUBLIC.into_iter().for_each(|name| assert_parameter(ours, theirs, name));
    assert_thumbprint(ours, theirs);
}

const fn names(kind: JwkKind) -> (&'static str, Option<&'static str>) {
    match kind {
        JwkKind::Rsa => ("RSA", None),
        JwkKind::Ec(curve) => ("EC", Some(curve.name())),
        JwkKind::Okp(curve) => ("OKP", Some(curve.name())),
        _ => ("oct", None),
    }
}

fn assert_part(ours: &Jwk<'_>, theirs: &Members<'_>) {
    let is_private = PRIVATE.into_iter().any(|name| theirs.get(name).is_some());
    let part = match ours.kind() {
        JwkKind::Oct => KeyPart::Secret,
        _ if is_private => KeyPart::Private,
        _ => KeyPart::Public,
    };
    assert_eq!(ours.part(), part);
}

fn assert_parameter(ours: &Jwk<'_>, theirs: &Members<'_>, name: &'static str) {
    let mut room = [0; ROOM];
    let theirs = theirs.string(name).map(|written| decode(&written));
    match ours.decode(name, &mut room) {
        Ok(ours) => assert_eq!(Some(Some(ours.to_vec())), theirs, "{name}"),
        Err(JwkError::Missing { .. }) => assert_eq!(theirs, None, "{name}"),
        Err(JwkError::TooLong { needs, .. }) => {
            assert_eq!(Some(Some(needs)), theirs.map(|it| it.map(|bytes| bytes.len())));
        }
        Err(error) => broken(format_args!("{name} was accepted, but {error}")),
    }
}

/// RFC 7638 §3: the required members, sorted by name, without white space.
fn assert_thumbprint(ours: &Jwk<'_>, theirs: &Members<'_>) {
    let members: &[&str] = match ours.kind() {
        JwkKind::Rsa => &["e", "kty", "n"],
        JwkKind::Ec(_) => &["crv", "kty", "x", "y"],
        JwkKind::Okp(_) => &["crv", "kty", "x"],
        _ => &["k", "kty"],
    };
    let members: BTreeMap<_, _> =
        members.iter().map(|name| (*name, theirs.string(name).unwrap_or_default())).collect();
    let canonical = serde_json::to_string(&members).unwrap_or_default();
    assert_eq!(ours.thumbprint(), digest(&SHA256, canonical.as_bytes()).as_ref(), "{canonical}");
}

/// Asserts that a key verifies with an algorithm exactly if it is allowed to and its numbers are
/// valid.
fn assert_verifier(ours: &Jwk<'_>, algorithm: Algorithm) {
    let verifier = ours.verifier(algorithm);
    if let Err(refusal) = ours.permits(KeyOperation::Verify, algorithm) {
        assert_eq!(verifier.err(), Some(refusal));
        return;
    }
    let is_sound = is_sound(ours, algorithm);
    match verifier {
        Ok(_) => assert_ne!(is_sound, Some(false), "{algorithm}: {}", ours.as_written()),
        // A secret that is long enough may still be a public key.
        Err(JwkError::Unsupported { .. } | JwkError::Secret(WeakKey::Public { .. })) => {}
        Err(error) => assert_ne!(is_sound, Some(true), "{error}: {}", ours.as_written()),
    }
}

/// Asserts that a key reads the same in a set, next to a key of unknown type.
fn assert_in_a_set(ours: &Jwk<'_>) {
    let text = format!(r#"{{"keys":[{{"kty":"AKP"}},{}]}}"#, ours.as_written());
    // One more level may exceed the limit.
    let Ok(set) = JwkSet::parse(text.as_bytes()) else { return };
    let keys: Vec<_> = set.keys().collect();
    match keys.as_slice() {
        [Err(JwkError::UnknownKty { .. }), Ok(key)] => {
            assert_eq!(key.as_written(), ours.as_written().trim_ascii());
            assert_eq!(key.thumbprint(), ours.thumbprint());
            assert_eq!((key.kid, key.kind(), key.part()), (ours.kid, ours.kind(), ours.part()));
        }
        _ => broken(format_args!("{text} has other keys")),
    }
}

/// The longest secret that the core accepts in a JWK.
const SECRET_MAX: usize = 512;

// SEC 2 §2.4.2 and §2.5.1: the field, and b of y² = x³ − 3x + b.
const P256: [&str; 2] = [
    "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
    "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
];
const P384: [&str; 2] = [
    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe\
     ffffffff0000000000000000ffffffff",
    "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a\
     c656398d8a2ed19d2a85c8edd3ec2aef",
];

/// Returns `true` if the key is valid for `algorithm`, or `None` if that is not known here.
fn is_sound(key: &Jwk<'_>, algorithm: Algorithm) -> Option<bool> {
    use Algorithm as A;
    let bytes = |name| parameter(key, name);
    match algorithm {
        A::Hs256 => Some((32..=SECRET_MAX).contains(&bytes("k").len())),
        A::Hs384 => Some((48..=SECRET_MAX).contains(&bytes("k").len())),
        A::Hs512 => Some((64..=SECRET_MAX).contains(&bytes("k").len())),
        A::Rs256 | A::Rs384 | A::Rs512 | A::Ps256 | A::Ps384 | A::Ps512 => {
            Some(is_rsa(&bytes("n"), &bytes("e")))
        }
        A::Es256 => Some(is_on(P256, 32, &bytes("x"), &bytes("y"))),
        A::Es384 => Some(is_on(P384, 48, &bytes("x"), &bytes("y"))),
        A::EdDsa | A::Ed25519 if bytes("x").len() != 32 => Some(false),
        _ => None,
    }
}

fn parameter(key: &Jwk<'_>, name: &'static str) -> Vec<u8> {
    let mut room = [0; ROOM];
    key.decode(name, &mut room).map(<[u8]>::to_vec).unwrap_or_default()
}

/// RFC 7518 §3.3 and §6.3.1: 2048 bits or more, both odd, without leading zeros. The core accepts
/// up to 4096 bits.
fn is_rsa(n: &[u8], e: &[u8]) -> bool {
    let has_no_zeros = n.first() != Some(&0) && e.first() != Some(&0);
    let (n, e) = (BigUint::from_bytes_be(n), BigUint::from_bytes_be(e));
    let is_odd = n.bit(0) && e.bit(0);
    has_no_zeros && is_odd && (2_048..=4_096).contains(&n.bits()) && (2..=32).contains(&e.bits())
}

fn is_on([p, b]: [&str; 2], length: usize, x: &[u8], y: &[u8]) -> bool {
    let number = |hex: &str| BigUint::parse_bytes(hex.as_bytes(), 16).unwrap_or_default();
    let (p, b) = (number(p), number(b));
    let has_length = x.len() == length && y.len() == length;
    let (x, y) = (BigUint::from_bytes_be(x), BigUint::from_bytes_be(y));
    let is_reduced = x < p && y < p;
    let (left, right) = (&y * &y, &x * &x * &x + b + (&p - 3_u32) * &x);
    has_length && is_reduced && left % &p == right % &p
}
