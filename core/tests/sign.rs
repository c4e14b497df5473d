//! Tokens and proofs that a device makes: their times hold wherever UTC is within its bounds, and strict
//! readers read what was written.
#![cfg(test)]
#![cfg(all(feature = "sign", feature = "es", feature = "ed"))]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::dpop::{NewProof, NonceKey, NonceUse, Proof, ProofPolicy, Request};
use jwtick_core::judge::{Enforcement, Rule};
use jwtick_core::key::{Ed25519, EdDsa, Es256, Hs384, Hs512};
use jwtick_core::sign::{
    Assertion, AssertionError, Ed25519Signer, EdDsaSigner, Es256Signer, MemberFault,
    PrivateKeyError, PublicKey, Signer, SignerFault, Unsigned, Value,
};
use jwtick_core::token::{Algorithm, Claims, Jws, Segment, Verifier};
use jwtick_core::{Hs256, Policy, Scratch, Span, TimeBounds, Token, UnixTime, Verdict};
use proptest::prelude::*;

const SECRET: &[u8] = b"a secret of at least sixty-four bytes, as many as HS512 requires.";
const NOW: i64 = 1_795_250_000; // 2026-11-21T08:33:20Z
const CLAIMS: &[(&str, Value<'_>)] = &[("iss", Value::Text("device-7"))];

fn key() -> Hs256 {
    Hs256::new(SECRET).unwrap()
}

fn secs(secs: i64) -> Span {
    Span::from_secs(secs)
}

fn micros(earliest: i64, latest: i64) -> TimeBounds {
    let at = |offset| UnixTime::from_secs(NOW) + Span::from_micros(offset);
    TimeBounds::between(at(earliest), at(latest)).unwrap()
}

fn exactly(offset: i64) -> TimeBounds {
    micros(offset, offset)
}

/// Header and claims, as text.
fn parts(token: &str) -> (String, String) {
    let mut parts = token.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap());
    let mut text = || String::from_utf8(parts.next().unwrap()).unwrap();
    (text(), text())
}

/// Life and forgiveness in seconds, bounds in microseconds after [`NOW`]; the expected `iat` after it, or
/// the width and what is forgiven.
type Row = (&'static str, i64, Option<i64>, (i64, i64), Result<i64, (i64, i64)>);
const ROWS: &[Row] = &[
    ("exact", 300, None, (0, 0), Ok(0)),
    ("within a second", 300, None, (999_999, 999_999), Ok(0)),
    ("half of the lifetime", 300, None, (0, 150_000_000), Ok(0)),
    ("a moment more", 300, None, (0, 150_000_001), Err((150_000_001, 150_000_000))),
    // `iat` has whole seconds, so the fraction counts as age.
    ("rounded down", 300, None, (500_000, 150_000_001), Err((150_000_001, 150_000_000))),
    ("as wide as the server forgives", 300, Some(60), (0, 60_000_000), Ok(0)),
    ("wider", 300, Some(60), (0, 60_000_001), Err((60_000_001, 60_000_000))),
    ("forgiven, but expired", 60, Some(300), (0, 60_000_000), Err((60_000_000, 59_999_999))),
    ("forgiven, and alive", 60, Some(300), (0, 59_999_999), Ok(0)),
    ("nothing forgiven", 60, Some(0), (0, 1), Err((1, 0))),
    ("nothing to forgive", 60, Some(0), (0, 0), Ok(0)),
    ("negative", 60, Some(-1), (0, 0), Err((0, -1_000_000))),
    ("the shortest life", 1, None, (0, 500_000), Ok(0)),
    ("before", 300, None, (-2_000_000, 2_000_000), Ok(-2)),
];

#[test]
fn token_is_made_if_the_server_forgives_the_width_of_the_bounds() {
    let mut room = [0; 300];
    for &(name, life, forgiven, (earliest, latest), ref expected) in ROWS {
        let mut assertion = Assertion::new(CLAIMS, secs(life));
        if let Some(forgiven) = forgiven {
            assertion = assertion.forgiving(secs(forgiven));
        }
        let met = assertion.sign(micros(earliest, latest), &key(), &mut room);
        match expected {
            Ok(issued) => {
                let (iat, exp) = (NOW + issued, NOW + issued + life);
                let claims = format!(r#"{{"iss":"device-7","iat":{iat},"exp":{exp}}}"#);
                assert_eq!(parts(met.unwrap()).1, claims, "{name}");
            }
            Err((width, forgiven)) => {
                let [width, forgiven] = [*width, *forgiven].map(Span::from_micros);
                assert_eq!(met, Err(AssertionError::Clock { width, forgiven }), "{name}");
            }
        }
    }
}

#[test]
fn clock_that_was_never_set_makes_no_token() {
    let mut room = [0; 300];
    let assertion = Assertion::new(CLAIMS, secs(300));
    let release = UnixTime::FIRST_RELEASE;
    let rows = [
        ("1970, taken for exact", TimeBounds::exactly(UnixTime::EPOCH), UnixTime::EPOCH),
        ("1900", TimeBounds::exactly(UnixTime::MIN), UnixTime::MIN),
        ("just before the release", TimeBounds::exactly(release - secs(1)), release - secs(1)),
    ];
    for (name, utc, latest) in rows {
        let met = assertion.sign(utc, &key(), &mut room);
        assert_eq!(met, Err(AssertionError::NeverSet { latest }), "{name}");
    }
    let open = AssertionError::Clock { width: Span::MAX, forgiven: secs(150) };
    for earliest in [UnixTime::MIN, UnixTime::EPOCH, UnixTime::from_secs(NOW)] {
        assert_eq!(assertion.sign(TimeBounds::since(earliest), &key(), &mut room), Err(open));
    }
    // Bounds that reach back before the release begin at it.
    let utc = TimeBounds::between(UnixTime::EPOCH, release + secs(9)).unwrap();
    let (_, claims) = parts(assertion.sign(utc, &key(), &mut room).unwrap());
    assert_eq!(claims, r#"{"iss":"device-7","iat":1767225600,"exp":1767225900}"#);
}

proptest! {
    // What the refusal is for: a server whose clock is right accepts every token that is made, with the
    // strictest policy that its author stated, wherever UTC was within the bounds.
    #[test]
    fn server_accepts_token_at_every_instant_within_the_bounds(
        earliest in -5_000_000_i64..5_000_000, width in 0_i64..90_000_000, life in 1_i64..90,
        forgiven in 0_i64..120, permille in 0_i64..=1_000,
    ) {
        let (utc, mut room) = (micros(earliest, earliest + width), [0; 300]);
        let assertion = Assertion::new(CLAIMS, secs(life)).forgiving(secs(forgiven)).with_not_before();
        let made = assertion.sign(utc, &key(), &mut room);
        let fits = earliest.rem_euclid(1_000_000) + width;
        let fits = fits <= forgiven * 1_000_000 && fits < life * 1_000_000;
        prop_assert_eq!(made.is_ok(), fits);
        if let Ok(token) = made {
            let mut scratch = Scratch::<300>::new();
            let token = Token::decode(token.as_bytes(), &mut scratch).unwrap().verify(&key()).unwrap();
            let policy = Policy::RFC7519
                .with_future_iat(Enforcement::Enforce)
                .require(Rule::Nbf)
                .with_max_age(secs(forgiven))
                .with_max_lifetime(secs(life));
            for instant in [0, permille, 1_000].map(|part| earliest + width * part / 1_000) {
                let verdict = token.judgement(&policy, exactly(instant)).verdict();
                prop_assert_eq!(verdict, Verdict::Accept, "at {} of {}", instant, width);
            }
        }
    }

    #[test]
    fn strict_reader_reads_what_was_written(
        names in proptest::collection::btree_set("[a-z\\PC\"\\\\]{0,5}", 0..5),
        text in ".*", number in -9_007_199_254_740_991_i64..=9_007_199_254_740_991, flag: bool,
    ) {
        let texts = [&*text, "b"];
        let values =
            [Value::Text(&text), Value::Integer(number), Value::Boolean(flag), Value::Texts(&texts)];
        let names: Vec<String> = names.into_iter().map(|name| format!("x{name}")).collect();
        let claims: Vec<_> =
            names.iter().map(String::as_str).zip(values.into_iter().cycle()).collect();
        let mut room = [0; 4_000];
        let token = Assertion::new(&claims, secs(60)).sign(exactly(0), &key(), &mut room).unwrap();
        let mut scratch = Scratch::<4_000>::new();
        let token = Token::decode(token.as_bytes(), &mut scratch).unwrap();
        let read = token.unverified_claims();
        prop_assert_eq!(read.members().count(), claims.len() + 2);
        for (name, value) in claims {
            let json = read.get(name).unwrap();
            let expected = match value {
                Value::Text(text) => serde_json::Value::from(text),
                Value::Integer(number) => number.into(),
                Value::Boolean(flag) => flag.into(),
                Value::Texts(texts) => texts.into(),
                _ => serde_json::Value::Null,
            };
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(json.as_written()).unwrap(), expected);
        }
    }
}

fn accepted_by<S: Signer>(signer: &S, key: &impl Verifier) {
    let mut room = [0; 300];
    let assertion = Assertion::new(CLAIMS, secs(300));
    let token = assertion.sign(exactly(0), signer, &mut room).unwrap().to_owned();
    assert_eq!(parts(&token).0, format!(r#"{{"alg":"{}","typ":"JWT"}}"#, key.algorithm()));
    let mut scratch = Scratch::<300>::new();
    let read = Token::decode(token.as_bytes(), &mut scratch).unwrap().verify(key).unwrap();
    assert!(read.judge(&Policy::RFC7519, exactly(0)).is_ok());
    let again = assertion.sign(exactly(0), signer, &mut room).unwrap();
    assert_eq!(again, token, "the same input has the same signature");
}

#[test]
fn signatures_of_every_signer_are_verified() {
    accepted_by(&key(), &key());
    accepted_by(&Hs384::new(SECRET).unwrap(), &Hs384::new(SECRET).unwrap());
    accepted_by(&Hs512::new(SECRET).unwrap(), &Hs512::new(SECRET).unwrap());
    let es = Es256Signer::new(&[7; 32]).unwrap();
    let Some(PublicKey::P256 { x, y }) = es.public_key() else { panic!("a point") };
    accepted_by(&es, &Es256::new(&x, &y).unwrap());
    let ed = EdDsaSigner::new(&[7; 32]).unwrap();
    let Some(PublicKey::Ed25519 { x }) = ed.public_key() else { panic!("a point") };
    accepted_by(&ed, &EdDsa::new(&x).unwrap());
    let ed = Ed25519Signer::new(&[7; 32]).unwrap();
    assert_eq!(ed.public_key(), Some(PublicKey::Ed25519 { x }));
    accepted_by(&ed, &Ed25519::new(&x).unwrap());
    assert_eq!(key().public_key(), None);
}

fn hex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2).map(|pair| str::from_utf8(pair).unwrap());
    digits.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

// RFC 6979 §A.2.5, P-256 with SHA-256, and RFC 8037 §A.4.
#[test]
fn signatures_are_those_of_the_rfcs() {
    let secret = hex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
    let key = Es256Signer::new(&secret).unwrap();
    let rows = [
        (
            "sample",
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716\
             F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
        ),
        (
            "test",
            "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367\
             019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
        ),
    ];
    for (message, signature) in rows {
        assert_eq!(key.sign(message.as_bytes()).unwrap().to_vec(), hex(signature), "{message}");
    }
    let seed = URL_SAFE_NO_PAD.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
    let table = include_str!("../../fixtures/jose/signatures.tsv");
    let row = table.lines().find(|row| row.starts_with("RFC 8037 A.4")).unwrap();
    let (input, signature) = row.rsplit('\t').next().unwrap().rsplit_once('.').unwrap();
    let made = EdDsaSigner::new(&seed).unwrap().sign(input.as_bytes()).unwrap();
    assert_eq!(URL_SAFE_NO_PAD.encode(made), signature);
}

#[test]
fn private_key_has_a_length_and_a_range() {
    let order = hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    let mut below = order.clone();
    below[31] -= 1;
    assert!(Es256Signer::new(&below).is_ok());
    for (name, secret) in [("0", vec![0; 32]), ("order", order), ("beyond", vec![0xFF; 32])] {
        assert_eq!(Es256Signer::new(&secret).err(), Some(PrivateKeyError::Range), "{name}");
    }
    for met in [0, 31, 33, 64] {
        let expected = Some(PrivateKeyError::Bytes { met, allowed: 32 });
        assert_eq!(Es256Signer::new(&vec![7; met]).err(), expected);
        assert_eq!(EdDsaSigner::new(&vec![7; met]).err(), expected);
        assert_eq!(Ed25519Signer::new(&vec![7; met]).err(), expected);
    }
}

#[test]
fn header_is_that_of_the_caller() {
    let mut room = [0; 300];
    let texts =
        [("kid", Value::Text("a\"b")), ("typ", Value::Text("at+jwt")), ("x", Value::Integer(-7))];
    let made = Assertion::new(&[], secs(5)).with_header(&texts).with_not_before();
    let (header, claims) = parts(made.sign(exactly(0), &key(), &mut room).unwrap());
    assert_eq!(header, r#"{"alg":"HS256","kid":"a\"b","typ":"at+jwt","x":-7}"#);
    assert_eq!(claims, r#"{"iat":1795250000,"exp":1795250005,"nbf":1795250000}"#);
    let made = Assertion::new(&[], secs(5)).with_header(&[("alg", Value::Text("none"))]);
    let fault = MemberFault::Reserved;
    let refused = AssertionError::Member { segment: Segment::Header, index: 0, fault };
    assert_eq!(made.sign(exactly(0), &key(), &mut room), Err(refused));
    assert_eq!(refused.to_string(), format!("header member 1 {fault}"));
    let made = Assertion::new(&[("a", Value::Boolean(true)), ("exp", Value::Integer(1))], secs(5));
    let refused = AssertionError::Member { segment: Segment::Payload, index: 1, fault };
    assert_eq!(made.sign(exactly(0), &key(), &mut room), Err(refused));
    for life in [Span::ZERO, Span::from_micros(999_999), secs(-5), Span::MIN] {
        let met = Assertion::new(&[], life).sign(exactly(0), &key(), &mut room);
        assert_eq!(met, Err(AssertionError::Life { life }));
    }
}

#[test]
fn claim_of_another_token_is_written_as_it_was() {
    let mut scratch = Scratch::<0>::new();
    let other = Claims::parse(br#"{"act":{"sub":["a", 1.50e3]}}"#, &mut scratch).unwrap();
    let claims = [("act", Value::Json(other.get("act").unwrap()))];
    let mut room = [0; 300];
    let token = Assertion::new(&claims, secs(5)).sign(exactly(0), &key(), &mut room).unwrap();
    assert!(parts(token).1.starts_with(r#"{"act":{"sub":["a", 1.50e3]},"iat":"#), "{token}");
}

#[test]
fn room_is_named_exactly() {
    let assertion = Assertion::new(CLAIMS, secs(300));
    let es = Es256Signer::new(&[7; 32]).unwrap();
    let mut room = [0; 400];
    let whole = assertion.sign(exactly(0), &es, &mut room).unwrap().to_owned();
    for has in 0..whole.len() {
        let (room, rest) = room.split_at_mut(has);
        rest.fill(b'~');
        let met = assertion.sign(exactly(0), &es, room);
        assert_eq!(met, Err(AssertionError::TooLong { needs: whole.len(), has }));
        assert!(rest.iter().all(|byte| *byte == b'~'), "written beyond {has} bytes");
    }
    assert_eq!(assertion.sign(exactly(0), &es, &mut room[..whole.len()]), Ok(&*whole));
}

#[test]
fn signature_may_be_made_elsewhere() {
    fn unsigned(room: &mut [u8]) -> Unsigned<'_> {
        let assertion = Assertion::new(CLAIMS, secs(300));
        assertion.unsigned(exactly(0), Algorithm::Es256, room).unwrap()
    }
    let assertion = Assertion::new(CLAIMS, secs(300));
    let (mut room, mut other) = ([0; 300], [0; 300]);
    let es = Es256Signer::new(&[7; 32]).unwrap();
    let begun = unsigned(&mut room);
    let signature = es.sign(begun.signing_input()).unwrap();
    let token = begun.finish(&signature).unwrap();
    assert_eq!(Ok(token), assertion.sign(exactly(0), &es, &mut other));
    // An element that signs in DER.
    for met in [0, 63, 65, 70, 72] {
        let refused = unsigned(&mut other).finish(&vec![7; met]);
        assert_eq!(refused, Err(AssertionError::SignatureBytes { met, allowed: 64 }));
    }
    // The length of an RSA signature is that of its modulus.
    let begun = assertion.unsigned(exactly(0), Algorithm::Rs256, &mut other).unwrap();
    assert!(matches!(begun.finish(&[7; 384]), Err(AssertionError::TooLong { .. })));
}

struct Silent;

impl Signer for Silent {
    type Signature = [u8; 64];

    fn algorithm(&self) -> Algorithm {
        Algorithm::Es256
    }

    fn sign(&self, _: &[u8]) -> Result<[u8; 64], SignerFault> {
        Err(SignerFault)
    }
}

#[test]
fn silent_signer_makes_no_token() {
    let mut room = [0; 300];
    let met = Assertion::new(CLAIMS, secs(300)).sign(exactly(0), &Silent, &mut room);
    assert_eq!(met, Err(AssertionError::Signer(SignerFault)));
    let met = NewProof::new("GET", "https://a.example/", "1").sign(exactly(0), &Silent, &mut room);
    assert_eq!(met, Err(AssertionError::NoPublicKey));
    let met = NewProof::new("GET", "https://a.example/", "1").sign(exactly(0), &key(), &mut room);
    assert_eq!(met, Err(AssertionError::NoPublicKey));
}

fn proof_is_accepted<S: Signer>(signer: &S, algorithm: Algorithm) {
    const URI: &str = "https://a.example/x?y=1#z";
    let mut room = [0; 800];
    let new = NewProof::new("GET", URI, "id \"1\"").with_token("an access token");
    let made = new.sign(micros(0, 60_000_000), signer, &mut room).unwrap();
    let mut scratch = Scratch::<800>::new();
    let proof = Proof::examine(made.as_bytes(), &[algorithm], &mut scratch).unwrap();
    assert!(proof.id() == *"id \"1\"" && proof.target() == *"https://a.example/x");
    let request = Request::new("GET", URI).with_token(b"an access token", proof.key());
    let policy = ProofPolicy::within(secs(60), Span::ZERO);
    for at in [0, 60_000_000] {
        assert!(proof.clone().judge(&request, &policy, exactly(at)).is_ok(), "{at}");
    }
}

#[test]
fn proofs_are_accepted_at_every_instant_within_the_bounds() {
    proof_is_accepted(&Es256Signer::new(&[7; 32]).unwrap(), Algorithm::Es256);
    proof_is_accepted(&EdDsaSigner::new(&[7; 32]).unwrap(), Algorithm::EdDsa);
    proof_is_accepted(&Ed25519Signer::new(&[7; 32]).unwrap(), Algorithm::Ed25519);
}

#[test]
fn nonce_of_the_server_forgives_bounds_of_any_width() {
    let (signer, nonces) = (Es256Signer::new(&[7; 32]).unwrap(), NonceKey::new(SECRET).unwrap());
    let nonce = nonces.issue(exactly(0), None).unwrap();
    let new = NewProof::new("GET", "https://a.example/", "1");
    let never_set = TimeBounds::since(UnixTime::EPOCH);
    let mut room = [0; 800];
    let refused = new.sign(never_set, &signer, &mut room);
    assert_eq!(refused, Err(AssertionError::Clock { width: Span::MAX, forgiven: secs(60) }));
    let refused =
        new.with_nonce(nonce.as_str()).forgiving(secs(9)).sign(never_set, &signer, &mut room);
    assert_eq!(refused, Err(AssertionError::Clock { width: Span::MAX, forgiven: secs(9) }));
    let made = new.with_nonce(nonce.as_str()).sign(never_set, &signer, &mut room).unwrap();
    let mut scratch = Scratch::<800>::new();
    let proof = Proof::examine(made.as_bytes(), &[Algorithm::Es256], &mut scratch).unwrap();
    let policy = ProofPolicy::within(secs(60), Span::ZERO).with_nonces(
        &nonces,
        secs(60),
        NonceUse::Required,
    );
    let request = Request::new("GET", "https://a.example/");
    assert!(proof.judge(&request, &policy, exactly(1_000_000)).is_ok());
}

#[test]
fn header_of_a_proof_has_the_public_key_alone() {
    let signer = EdDsaSigner::new(&[7; 32]).unwrap();
    let mut room = [0; 500];
    let made = NewProof::new("GET", "https://a.example", "1").sign(exactly(0), &signer, &mut room);
    let (header, claims) = parts(made.unwrap());
    let Some(PublicKey::Ed25519 { x }) = signer.public_key() else { panic!("a point") };
    let x = URL_SAFE_NO_PAD.encode(x);
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#);
    assert_eq!(header, format!(r#"{{"alg":"EdDSA","typ":"dpop+jwt","jwk":{jwk}}}"#));
    assert_eq!(claims, r#"{"jti":"1","htm":"GET","htu":"https://a.example","iat":1795250000}"#);
    let mut scratch = Scratch::<500>::new();
    assert!(Jws::decode(made.unwrap().as_bytes(), &mut scratch).is_ok());
}
