//! What a token may not be. Every row is refused, and the sentence says what was met and what is
//! allowed.
#![cfg(test)]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::{Algorithm, Hs256, Hs384, Hs512, PublicForm, Scratch, Token, Verifier, WeakKey};

const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const HEADER: &str = r#"{"alg":"HS256"}"#;

fn signed(header: &str, claims: impl AsRef<[u8]>) -> String {
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let tag = Hs256::new(SECRET).unwrap().sign(input.as_bytes());
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(tag.as_bytes()))
}

#[track_caller]
fn refused(name: &str, compact: &str, expected: &str) {
    let mut scratch = Scratch::<4096>::new();
    let met = Token::decode(compact.as_bytes(), &mut scratch).map(|_| "accepted");
    assert_eq!(met.map_err(|error| error.to_string()), Err(expected.to_owned()), "{name}");
}

const CRIT: &str = "header: crit names an extension, none is supported";
const NONE: &str = "header: alg is none, but a token must be signed";
const HEADERS: &[(&str, &str, &str)] = &[
    ("none", r#"{"alg":"none"}"#, NONE),
    ("none, mixed case", r#"{"alg":"nOnE"}"#, NONE),
    ("none, escaped", r#"{"alg":"\u006eone"}"#, NONE),
    ("no alg", r#"{"typ":"JWT"}"#, "header: alg is missing, it must name an algorithm"),
    ("alg null", r#"{"alg":null}"#, "header: alg is null, it must be a string"),
    (
        "unknown alg",
        r#"{"alg":"hs256"}"#,
        "header: alg is 'hs256', known are HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384 \
         PS512 ES256 ES384 ES512 ES256K EdDSA Ed25519",
    ),
    ("crit", r#"{"alg":"HS256","crit":["exp"],"exp":1}"#, CRIT),
    ("crit b64", r#"{"alg":"HS256","crit":["b64"],"b64":true}"#, CRIT),
    ("crit, escaped name", r#"{"alg":"HS256","\u0063rit":["x"],"x":1}"#, CRIT),
    (
        "crit empty",
        r#"{"alg":"HS256","crit":[]}"#,
        "header: crit names nothing, it must name an extension",
    ),
    (
        "crit a string",
        r#"{"alg":"HS256","crit":"x"}"#,
        "header: crit is a string, it must be an array of names",
    ),
    (
        "b64 false",
        r#"{"alg":"HS256","b64":false}"#,
        "header: b64 is false, the payload must be base64url",
    ),
    ("b64 0", r#"{"alg":"HS256","b64":0}"#, "header: b64 is a number, it must be a boolean"),
    ("kid 7", r#"{"alg":"HS256","kid":7}"#, "header: kid is a number, it must be a string"),
    (
        "two algs",
        r#"{"alg":"none","alg":"HS256"}"#,
        "header: the member name at byte 14 repeats an earlier one",
    ),
    ("no object", r#""HS256""#, "header: byte 0 is '\\\"', allowed there is '{'"),
    ("empty", "", "header: the text ends at byte 0, allowed there is '{'"),
];

#[test]
fn headers() {
    for &(name, header, expected) in HEADERS {
        refused(name, &signed(header, "{}"), expected);
    }
}

const CLAIMS: &[(&str, &str, &str)] = &[
    ("exp null", r#"{"exp":null}"#, "claims: exp is null, it must be a number"),
    ("exp a string", r#"{"exp":"1"}"#, "claims: exp is a string, it must be a number"),
    ("exp true", r#"{"exp":true}"#, "claims: exp is a boolean, it must be a number"),
    ("nbf an array", r#"{"nbf":[1]}"#, "claims: nbf is an array, it must be a number"),
    ("iat an object", r#"{"iat":{}}"#, "claims: iat is an object, it must be a number"),
    ("escaped exp", r#"{"\u0065xp":"1"}"#, "claims: exp is a string, it must be a number"),
    ("iss 1", r#"{"iss":1}"#, "claims: iss is a number, it must be a string"),
    ("sub null", r#"{"sub":null}"#, "claims: sub is null, it must be a string"),
    ("jti an array", r#"{"jti":["a"]}"#, "claims: jti is an array, it must be a string"),
    (
        "aud of a number",
        r#"{"aud":["a", 1]}"#,
        "claims: aud is an array, it must be a string or an array of strings",
    ),
    (
        "aud of an array",
        r#"{"aud":[["a"]]}"#,
        "claims: aud is an array, it must be a string or an array of strings",
    ),
    (
        "aud with an empty array",
        r#"{"aud":["a",[]]}"#,
        "claims: aud is an array, it must be a string or an array of strings",
    ),
    (
        "aud an object",
        r#"{"aud":{"a":"b"}}"#,
        "claims: aud is an object, it must be a string or an array of strings",
    ),
    (
        "two exps",
        r#"{"exp":1,"exp":2}"#,
        "claims: the member name at byte 9 repeats an earlier one",
    ),
    (
        "two exps, one escaped",
        r#"{"exp":1,"e\u0078p":2}"#,
        "claims: the member name at byte 9 repeats an earlier one",
    ),
    (
        "two names in a nested object",
        r#"{"a":[{"b":1,"c":{"b":2},"b":3}]}"#,
        "claims: the member name at byte 25 repeats an earlier one",
    ),
];

#[test]
fn claims() {
    for &(name, claims, expected) in CLAIMS {
        refused(name, &signed(HEADER, claims), expected);
    }
}

const JSON_TEXTS: &[(&str, &[u8], &str)] = &[
    ("trailing comma", br#"{"a":1,}"#, "byte 7 is '}', allowed there is a member name in quotes"),
    ("bare name", b"{a:1}", "byte 1 is 'a', allowed there is a member name in quotes or '}'"),
    ("no colon", br#"{"a" 1}"#, "byte 5 is '1', allowed there is ':'"),
    ("no value", br#"{"a":}"#, "byte 5 is '}', allowed there is a value"),
    ("two values", br#"{"a":1 2}"#, "byte 7 is '2', allowed there is ',' or '}'"),
    ("array closed as object", br#"{"a":[1}}"#, "byte 7 is '}', allowed there is ',' or ']'"),
    ("comma in an array", br#"{"a":[1,]}"#, "byte 8 is ']', allowed there is a value"),
    ("more behind", br#"{} x"#, "byte 3 is 'x', allowed there is nothing more"),
    ("byte order mark", b"\xef\xbb\xbf{}", "byte 0 is '\\xef', allowed there is '{'"),
    ("cut short", br#"{"a":"b"#, "the text ends at byte 7, allowed there is a closing quote"),
    ("cut in an array", br#"{"a":["#, "the text ends at byte 6, allowed there is a value or ']'"),
    ("leading zero", br#"{"a":01}"#, "byte 6 is '1', allowed there is ',' or '}'"),
    ("plus", br#"{"a":+1}"#, "byte 5 is '+', allowed there is a value"),
    ("lone minus", br#"{"a":-}"#, "byte 6 is '}', allowed there is a digit"),
    ("lone point", br#"{"a":1.}"#, "byte 7 is '}', allowed there is a digit"),
    ("empty exponent", br#"{"a":1e+}"#, "byte 8 is '}', allowed there is a digit"),
    ("NaN", br#"{"a":NaN}"#, "byte 5 is 'N', allowed there is a value"),
    ("misspelt", br#"{"a":nulL}"#, "byte 8 is 'L', allowed there is true, false or null"),
    ("control character", b"{\"a\":\"\x01\"}", "control character 1 at byte 6 must be escaped"),
    ("line feed", b"{\"a\n\":1}", "control character 10 at byte 3 must be escaped"),
    ("unknown escape", br#"{"a":"\x41"}"#, "the escape at byte 6 stands for no character"),
    ("short escape", br#"{"a":"\u41"}"#, "the escape at byte 6 stands for no character"),
    ("lone surrogate", br#"{"a":"\ud800"}"#, "the escape at byte 6 stands for no character"),
    ("low surrogate", br#"{"a":"\udc00"}"#, "the escape at byte 6 stands for no character"),
    ("not UTF-8", b"{\"a\":\"\xff\"}", "byte 6 is not UTF-8"),
    ("overlong UTF-8", b"{\"a\":\"\xc0\xaf\"}", "byte 6 is not UTF-8"),
    ("surrogate in UTF-8", b"{\"a\":\"\xed\xa0\x80\"}", "byte 6 is not UTF-8"),
    ("NUL behind", b"{}\0", "byte 2 is '\\x00', allowed there is nothing more"),
];

#[test]
fn json_texts() {
    for &(name, claims, expected) in JSON_TEXTS {
        refused(name, &signed(HEADER, claims), &format!("claims: {expected}"));
    }
}

#[test]
fn limits_are_exact() {
    let nested =
        |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
    let members = |count: usize| {
        let members: Vec<String> = (0..count).map(|member| format!("\"m{member}\":{{}}")).collect();
        format!("{{{}}}", members.join(","))
    };
    type Row = (&'static str, String, Option<&'static str>);
    let rows: [Row; 6] = [
        ("depth", nested(32), None),
        (
            "too deep",
            nested(33),
            Some("claims: byte 36 opens more than 32 levels of objects and arrays"),
        ),
        ("members", members(64), None),
        (
            "too many members",
            members(65),
            Some("claims: the member at byte 567 is beyond the 64 that are allowed"),
        ),
        ("many members in turn", format!("{{\"a\":[{}{{}}]}}", members(50) + ","), None),
        ("a deep bomb", "[".repeat(3_000), Some("claims: byte 0 is '[', allowed there is '{'")),
    ];
    for (name, claims, expected) in rows {
        let mut scratch = Scratch::<4096>::new();
        let compact = signed(HEADER, &claims);
        let met = Token::decode(compact.as_bytes(), &mut scratch).err();
        assert_eq!(met.map(|error| error.to_string()).as_deref(), expected, "{name}");
    }
}

// H, P and T stand for the segments of a good token.
const COMPACT_FORMS: &[(&str, &str, &str)] = &[
    ("nothing", "", "a token has 3 segments between dots, here is no dot"),
    ("one dot", "H.P", "a token has 3 segments, here are 2"),
    ("three dots", "H.P.T.", "a token has 3 segments, here are 4"),
    ("encrypted", "H.P.T.P.T", "5 segments are an encrypted token, a signed one has 3"),
    ("padding", "H.P.T=", "signature: byte 43 is '=', base64url allows A-Z a-z 0-9 - _"),
    ("space in front", " H.P.T", "header: byte 0 is ' ', base64url allows A-Z a-z 0-9 - _"),
    (
        "line feed behind",
        "H.P.T\n",
        "signature: byte 43 is '\\n', base64url allows A-Z a-z 0-9 - _",
    ),
    ("plain base64", "H.+/.T", "payload: byte 0 is '+', base64url allows A-Z a-z 0-9 - _"),
    (
        "a length of 4n + 1",
        "H.P.T--",
        "signature: 45 bytes encode nothing, base64url never leaves 1 over a multiple of 4",
    ),
    (
        "trailing bits",
        "H.e31.T",
        "payload: the last symbol '1' sets unused bits, which must be zero",
    ),
];

#[test]
fn compact_forms() {
    let good = signed(HEADER, "{}");
    let parts: Vec<&str> = good.split('.').collect();
    for &(name, template, expected) in COMPACT_FORMS {
        let segment = |letter| match letter {
            'H' => parts[0].to_owned(),
            'P' => parts[1].to_owned(),
            'T' => parts[2].to_owned(),
            other => other.to_string(),
        };
        let compact: String = template.chars().map(segment).collect();
        refused(name, &compact, expected);
    }
    let mut small = Scratch::<32>::new();
    let refusal = Token::decode(good.as_bytes(), &mut small).unwrap_err().to_string();
    assert_eq!(refusal, "the decoded segments need 49 bytes, scratch has 32");
}

#[test]
fn signatures() {
    let key = Hs256::new(SECRET).unwrap();
    let other = Hs256::new(&[7; 32]).unwrap();
    let good = signed(HEADER, "{}");
    let (input, tag) = good.rsplit_once('.').unwrap();
    let forged = format!("{}.e30.{tag}", URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256" }"#));
    let verify = |compact: &str, key: &Hs256| {
        let mut scratch = Scratch::<4096>::new();
        let token = Token::decode(compact.as_bytes(), &mut scratch).unwrap();
        token.verify(key).map(|_| ()).map_err(|error| error.to_string())
    };
    let invalid = || Err("the signature is not that of the key".to_owned());
    assert_eq!(verify(&good, &key), Ok(()), "the key");
    assert_eq!(verify(&good, &other), invalid(), "another key");
    assert_eq!(verify(&forged, &key), invalid(), "another header");
    assert_eq!(verify(&format!("{input}."), &key), invalid(), "no signature");
    assert_eq!(verify(&format!("{input}.{}", &tag[..40]), &key), invalid(), "a part of it");
    assert_eq!(verify(&format!("{good}AAAA"), &key), invalid(), "more than it");
    for algorithm in Algorithm::ALL.into_iter().filter(|other| *other != Algorithm::Hs256) {
        let other = signed(&format!("{{\"alg\":\"{algorithm}\"}}"), "{}");
        let expected = format!("the token is signed by {algorithm}, the key is for HS256");
        assert_eq!(verify(&other, &key), Err(expected), "{algorithm}");
    }
}

#[test]
fn secrets() {
    let pem = b"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END";
    let public = |form| Some(WeakKey::Public { form });
    assert_eq!(Hs256::new(&[7; 31]).err(), Some(WeakKey::Short { needs: 32, has: 31 }));
    assert_eq!(Hs384::new(&[7; 32]).err(), Some(WeakKey::Short { needs: 48, has: 32 }));
    assert_eq!(Hs512::new(b"").err(), Some(WeakKey::Short { needs: 64, has: 0 }));
    assert_eq!(Hs256::new(pem).err(), public(PublicForm::Pem));
    assert_eq!(Hs512::new(pem).err(), public(PublicForm::Pem));
    assert!(Hs256::new(&[7; 32]).is_ok() && Hs384::new(&[7; 48]).is_ok());
    assert!(Hs512::new(&[7; 64]).is_ok());
}

// RFC 7515 §A.1, and the tags of HMAC test case 6 (RFC 4231 §4.7: a key longer than a block).
#[test]
fn vectors_of_the_standards() {
    const A1: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
        eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
        dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const A1_KEY: &str = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0i\
        PS4hcgUuTwjAzZr1Z9CAow";
    let key = Hs256::new(&URL_SAFE_NO_PAD.decode(A1_KEY).unwrap()).unwrap();
    let mut scratch = Scratch::<512>::new();
    let token = Token::decode(A1.as_bytes(), &mut scratch).unwrap().verify(&key).unwrap();
    assert_eq!(token.claims().claim::<bool>("http://example.com/is_root"), Ok(Some(true)));

    let (long, text) = ([0xAA; 131], b"Test Using Larger Than Block-Size Key - Hash Key First");
    let tags = [
        Hs256::new(&long).unwrap().sign(text).as_bytes()[..4].to_vec(),
        Hs384::new(&long).unwrap().sign(text).as_bytes()[..4].to_vec(),
        Hs512::new(&long).unwrap().sign(text).as_bytes()[..4].to_vec(),
    ];
    assert_eq!(
        tags,
        [[0x60, 0xe4, 0x31, 0x59], [0x4e, 0xce, 0x08, 0x44], [0x80, 0xb2, 0x42, 0x63]]
    );
    assert!(Hs384::new(&long).unwrap().verify(text, &tags[1]).is_err(), "a cut tag");
}
