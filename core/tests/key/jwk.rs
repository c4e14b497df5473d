//! JWKs and JWK Sets: what is read, what is refused, and the messages of refusals.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::key::{Jwk, JwkSet, KeyOperation, KeyPart};
use jwtick_core::token::{Algorithm, Header};
use jwtick_core::{Hs256, Scratch, Token};

const OKP: &str =
    r#""kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo""#;
const OCT: &str = r#""kty":"oct","k":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE""#;

// RFC 7515 A.3.
const EC: &str = r#"{"y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","kty":"EC","kid":"1","crv":"P-256",
    "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}"#;

fn parsed(text: &str) -> String {
    match Jwk::parse(text.as_bytes()) {
        Ok(_) => String::from("accepted"),
        Err(error) => error.to_string(),
    }
}

const MEMBERS: &[(&str, &str, &str)] = &[
    ("secret", r#"{"kty":"oct","k":"AA"}"#, "accepted"),
    ("unknown members", r#"{"kty":"oct","k":"AA","ext":true,"x5c":["AA=="]}"#, "accepted"),
    ("no kty", r#"{"k":"AA"}"#, "`kty` is missing"),
    ("kty 1", r#"{"kty":1}"#, "expected `kty` to be a string, but found a number"),
    ("kty AKP", r#"{"kty":"AKP"}"#, "unknown key type `AKP`: expected RSA, EC, OKP or oct"),
    ("kty rsa", r#"{"kty":"rsa"}"#, "unknown key type `rsa`: expected RSA, EC, OKP or oct"),
    ("kty escaped", r#"{"kty":"\u006fct","k":"AA"}"#, "accepted"),
    ("no n", r#"{"kty":"RSA","e":"AQAB"}"#, "`n` is missing"),
    ("no e", r#"{"kty":"RSA","n":"AA"}"#, "`e` is missing"),
    ("no crv", r#"{"kty":"EC","x":"AA","y":"AA"}"#, "`crv` is missing"),
    ("no y", r#"{"kty":"EC","crv":"P-256","x":"AA"}"#, "`y` is missing"),
    ("no x", r#"{"kty":"OKP","crv":"Ed25519"}"#, "`x` is missing"),
    ("no k", r#"{"kty":"oct"}"#, "`k` is missing"),
    (
        "kid 7",
        r#"{"kty":"oct","k":"AA","kid":7}"#,
        "expected `kid` to be a string, but found a number",
    ),
    (
        "alg null",
        r#"{"kty":"oct","k":"AA","alg":null}"#,
        "expected `alg` to be a string, but found null",
    ),
    (
        "curve of another kty",
        r#"{"kty":"EC","crv":"Ed25519","x":"AA","y":"AA"}"#,
        "unknown curve `Ed25519`: expected P-256, P-384, P-521 or secp256k1 for EC, or Ed25519, \
         Ed448, X25519 or X448 for OKP",
    ),
    (
        "n padded",
        r#"{"kty":"RSA","n":"AQ==","e":"AQAB"}"#,
        "`n`: expected a base64url character (A-Z a-z 0-9 - _) at byte 2, but found `=`",
    ),
    (
        "n in base64",
        r#"{"kty":"RSA","n":"a+/b","e":"AQAB"}"#,
        "`n`: expected a base64url character (A-Z a-z 0-9 - _) at byte 1, but found `+`",
    ),
    (
        "n escaped",
        r#"{"kty":"RSA","n":"\u0041Q","e":"AQAB"}"#,
        r"`n`: expected a base64url character (A-Z a-z 0-9 - _) at byte 0, but found `\\`",
    ),
    (
        "k not canonical",
        r#"{"kty":"oct","k":"AB"}"#,
        "`k`: expected zero in the unused bits of the last base64url character, but found `B`",
    ),
    (
        "d not canonical",
        r#"{"kty":"oct","k":"AA","d":"AB"}"#,
        "`d`: expected zero in the unused bits of the last base64url character, but found `B`",
    ),
    (
        "n an array",
        r#"{"kty":"RSA","n":["AQ"],"e":"AQAB"}"#,
        "expected `n` to be a string, but found an array",
    ),
    (
        "n twice",
        r#"{"kty":"RSA","n":"AQ","e":"AQAB","n":"Aw"}"#,
        "expected unique member names, but the name at byte 33 repeats an earlier one",
    ),
    (
        "n twice, escaped",
        r#"{"kty":"RSA","n":"AQ","e":"AQAB","\u006e":"Aw"}"#,
        "expected unique member names, but the name at byte 33 repeats an earlier one",
    ),
    ("an array", "[]", "expected `{` at byte 0, but found `[`"),
    ("nothing", "", "expected `{` at byte 0, but found the end of the text"),
    (
        "key_ops a string",
        r#"{"kty":"oct","k":"AA","key_ops":"verify"}"#,
        "expected `key_ops` to be an array of strings, but found a string",
    ),
    (
        "key_ops of numbers",
        r#"{"kty":"oct","k":"AA","key_ops":[1]}"#,
        "expected `key_ops` to be a string, but found a number",
    ),
    (
        "key_ops repeated",
        r#"{"kty":"oct","k":"AA","key_ops":["verify","verify"]}"#,
        "`key_ops` lists `verify` twice",
    ),
];

#[test]
fn jwk_must_have_its_required_members() {
    for (name, text, expected) in MEMBERS {
        assert_eq!(parsed(text), *expected, "{name}");
    }
}

#[test]
fn jwk_use_and_key_ops_are_respected() {
    const LISTS: &str = "`key_ops` does not allow the key to ";
    const USE: &str = "expected `use` to be `sig` for signatures, but found `enc`";
    const PUBLIC: &str = "signing needs a private key, but this one is public";
    let (sign, verify) = (&*format!("{LISTS}sign"), &*format!("{LISTS}verify"));
    let rows: &[(&str, &str, &str, &str, &str)] = &[
        ("says nothing", OKP, "", PUBLIC, "ok"),
        ("says nothing, secret", OCT, "", "ok", "ok"),
        ("says nothing, private", OKP, r#","d":"AA""#, "ok", "ok"),
        ("use sig", OKP, r#","use":"sig""#, PUBLIC, "ok"),
        ("use enc", OCT, r#","use":"enc""#, USE, USE),
        ("verify", OKP, r#","key_ops":["verify"]"#, PUBLIC, "ok"),
        ("verify, secret", OCT, r#","key_ops":["verify"]"#, sign, "ok"),
        ("verify, escaped", OKP, r#","key_ops":[ "\u0076erify" ]"#, PUBLIC, "ok"),
        ("sign, private", OKP, r#","d":"AA","key_ops":["sign"]"#, "ok", "ok"),
        ("sign, public", OKP, r#","key_ops":["sign"]"#, PUBLIC, verify),
        ("sign, secret", OCT, r#","key_ops":["sign"]"#, "ok", "ok"),
        ("others", OCT, r#","key_ops":["encrypt","x,\"sign\""]"#, sign, verify),
        ("none", OCT, r#","key_ops":[]"#, sign, verify),
        ("use sig, but others", OCT, r#","use":"sig","key_ops":["wrapKey"]"#, sign, verify),
    ];
    for (name, key, more, signs, verifies) in rows {
        let text = format!("{{{key}{more}}}");
        let jwk = Jwk::parse(text.as_bytes()).unwrap();
        let algorithm = if *key == OKP { Algorithm::EdDsa } else { Algorithm::Hs256 };
        for (operation, expected) in [(KeyOperation::Sign, signs), (KeyOperation::Verify, verifies)]
        {
            let met = jwk.permits(operation, algorithm).err();
            let met = met.map_or_else(|| String::from("ok"), |error| error.to_string());
            assert_eq!(met, *expected, "{name}, {operation}");
        }
    }
}

#[test]
fn jwk_alg_restricts_the_algorithm() {
    let rows: &[(&str, &str, &str)] = &[
        ("EdDSA", "ok", "expected a key for Ed25519, but found one for EdDSA"),
        ("Ed25519", "expected a key for EdDSA, but found one for Ed25519", "ok"),
        (
            "RS256",
            "expected a key for EdDSA, but found one for RS256",
            "expected a key for Ed25519, but found one for RS256",
        ),
        (
            "none",
            "expected a key for EdDSA, but found one for none",
            "expected a key for Ed25519, but found one for none",
        ),
    ];
    for (alg, eddsa, ed25519) in rows {
        let text = format!(r#"{{{OKP},"alg":"{alg}"}}"#);
        let jwk = Jwk::parse(text.as_bytes()).unwrap();
        for (algorithm, expected) in [(Algorithm::EdDsa, eddsa), (Algorithm::Ed25519, ed25519)] {
            let met = jwk.verifier(algorithm).err();
            let met = met.map_or_else(|| String::from("ok"), |error| error.to_string());
            assert_eq!(met, *expected, "{alg}, {algorithm}");
        }
    }
}

#[test]
fn private_parts_are_detected() {
    let rows: &[(&str, &str, KeyPart)] = &[
        ("secret", r#"{"kty":"oct","k":"AA"}"#, KeyPart::Secret),
        ("public point", r#"{"kty":"OKP","crv":"Ed25519","x":"AA"}"#, KeyPart::Public),
        ("private point", r#"{"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA"}"#, KeyPart::Private),
        ("public", r#"{"kty":"RSA","n":"AQ","e":"AQAB"}"#, KeyPart::Public),
        ("d", r#"{"kty":"RSA","n":"AQ","e":"AQAB","d":"AA"}"#, KeyPart::Private),
        ("q alone", r#"{"kty":"RSA","n":"AQ","e":"AQAB","q":"AA"}"#, KeyPart::Private),
        ("qi alone", r#"{"kty":"RSA","n":"AQ","e":"AQAB","qi":"AA"}"#, KeyPart::Private),
        ("oth alone", r#"{"kty":"RSA","n":"AQ","e":"AQAB","oth":[]}"#, KeyPart::Private),
    ];
    for (name, text, expected) in rows {
        assert_eq!(Jwk::parse(text.as_bytes()).unwrap().part(), *expected, "{name}");
    }
}

/// RFC 7638 §3.1 and RFC 8037 A.3; the others by `sha256sum` over the text of RFC 7638 §3.2.
#[test]
fn thumbprints_match_rfc_7638() {
    let rsa = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6t\
               Soc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-6\
               5YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyr\
               dkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKn\
               qDKgw";
    let rsa = format!(r#"{{"kty":"RSA","n":"{rsa}","e":"AQAB","alg":"RS256","kid":"2011-04-29"}}"#);
    let rows: &[(&str, &str, &str)] = &[
        ("RSA", &rsa, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
        ("oct", &format!("{{{OCT}}}"), "fp-tF4_HwKEGbDEnTwIpG5m4rI6enAhcwWOe674kVdU"),
        ("EC", EC, "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U"),
        ("OKP", &format!("{{{OKP}}}"), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
    ];
    for (name, text, expected) in rows {
        let met = Jwk::parse(text.as_bytes()).unwrap().thumbprint();
        assert_eq!(URL_SAFE_NO_PAD.encode(met), *expected, "{name}");
    }
}

fn named(kid: &str) -> String {
    format!(r#"{{{OKP},"kid":"{kid}"}}"#)
}

#[test]
fn set_is_searched_by_kid_and_algorithm() {
    let keys = [
        r#"{"kty":"AKP","kid":"a"}"#.to_owned(),
        format!(r#"{{{OCT},"kid":"a"}}"#),
        named("b"),
        named("a"),
        format!("{{{OKP}}}"),
        format!(r#"{{{OKP},"kid":"a","use":"enc"}}"#),
        format!(r#"{{{OKP},"kid":"a","alg":"Ed25519"}}"#),
        named(r"\u0061"),
    ];
    let set = format!(r#"{{"keys":[{}],"more":[]}}"#, keys.join(" , "));
    let set = JwkSet::parse(set.as_bytes()).unwrap();
    assert_eq!(set.keys().count(), 8);
    assert_eq!(set.keys().filter(Result::is_ok).count(), 7);
    let rows: &[(&str, &str, &[usize])] = &[
        ("by kid, and not those without", r#"{"alg":"EdDSA","kid":"a"}"#, &[3, 7]),
        ("a kid that none has: those without", r#"{"alg":"EdDSA","kid":"c"}"#, &[4]),
        ("no kid", r#"{"alg":"EdDSA"}"#, &[2, 3, 4, 7]),
        ("another algorithm", r#"{"alg":"HS256","kid":"a"}"#, &[1]),
        ("the named key is for another algorithm", r#"{"alg":"HS256","kid":"b"}"#, &[]),
        ("the newer name", r#"{"alg":"Ed25519","kid":"a"}"#, &[3, 6, 7]),
        ("none fits", r#"{"alg":"RS256","kid":"a"}"#, &[]),
    ];
    for (name, header, expected) in rows {
        let header = Header::parse(header.as_bytes()).unwrap();
        let place = |found: &str| keys.iter().position(|key| key == found).unwrap();
        let met: Vec<_> = set.candidates(&header).map(|key| place(key.as_written())).collect();
        assert_eq!(met, *expected, "{name}");
    }
}

#[test]
fn set_must_be_strict_json() {
    let rows: &[(&str, &str, &str)] = &[
        ("empty", r#"{"keys":[]}"#, "accepted"),
        ("of numbers", r#"{"keys":[1,2]}"#, "accepted"),
        ("no keys", r#"{"kty":"oct","k":"AA"}"#, "`keys` is missing"),
        ("keys an object", r#"{"keys":{}}"#, "expected `keys` to be an array, but found an object"),
        (
            "keys twice",
            r#"{"keys":[],"keys":[]}"#,
            "expected unique member names, but the name at byte 11 repeats an earlier one",
        ),
        (
            "a member twice in one key",
            r#"{"keys":[{"kty":"oct","kty":"RSA"}]}"#,
            "expected unique member names, but the name at byte 22 repeats an earlier one",
        ),
        (
            "cut short",
            r#"{"keys":[{}"#,
            "expected `,` or `]` at byte 11, but found the end of the text",
        ),
    ];
    for (name, text, expected) in rows {
        let met = JwkSet::parse(text.as_bytes()).err();
        let met = met.map_or_else(|| String::from("accepted"), |error| error.to_string());
        assert_eq!(met, *expected, "{name}");
    }
}

#[test]
fn unusable_entry_of_a_set_hides_no_other() {
    let set = format!(r#"{{"keys":[1,null,[],"x",{{}},{{"kty":"EC"}},{}]}}"#, named("a"));
    let met: Vec<_> =
        JwkSet::parse(set.as_bytes()).unwrap().keys().map(|key| key.is_ok()).collect();
    assert_eq!(met, [false, false, false, false, false, false, true]);
}

#[test]
fn set_verifies_a_token_by_its_kid() {
    const SECRET: &[u8] = b"a secret of at least thirty-two bytes";
    let good = format!(r#""kty":"oct","k":"{}""#, URL_SAFE_NO_PAD.encode(SECRET));
    let (named, unnamed) = (format!(r#"{{{good},"kid":"1"}}"#), format!("{{{good}}}"));
    let (other, another) = (format!(r#"{{{OCT},"kid":"1"}}"#), format!(r#"{{{good},"kid":"2"}}"#));
    let ed = format!(r#"{{{OKP},"kid":"1"}}"#);
    let weak = r#"{"kty":"oct","k":"AA","kid":"1"}"#;
    let rows = [
        ("by kid", format!("{{{OCT}}},{named}"), "verified"),
        ("none of that kid, one without", unnamed.clone(), "verified"),
        ("two of one kid", format!("{other},{named}"), "verified"),
        ("without a kid", format!("{other},{unnamed}"), "the signature does not match the key"),
        ("another kid", another, "expected a key with the kid `1` in the JWK Set, but found none"),
        (
            "EdDSA",
            format!("{ed},{unnamed}"),
            "expected a key for HS256 in the JWK Set, but found none",
        ),
        ("weak", weak.to_owned(), "the secret has 1 bytes: expected at least 32"),
    ];
    for (name, keys, expected) in rows {
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","kid":"1"}"#);
        let input = format!("{header}.{}", URL_SAFE_NO_PAD.encode("{}"));
        let tag = Hs256::new(SECRET).unwrap().sign(input.as_bytes());
        let compact = format!("{input}.{}", URL_SAFE_NO_PAD.encode(tag.as_bytes()));
        let set = format!(r#"{{"keys":[{keys}]}}"#);
        let set = JwkSet::parse(set.as_bytes()).unwrap();
        let mut scratch = Scratch::<256>::new();
        let token = Token::decode(compact.as_bytes(), &mut scratch).unwrap();
        let met = set.verify(token).map_or_else(|error| error.to_string(), |_| "verified".into());
        assert_eq!(met, expected, "{name}");
    }
}
