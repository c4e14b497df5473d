//! `serde_json` reads what the strict pass accepts in the same way, and the strict pass refuses
//! only what its refusal names. NumericDate is compared with exact arithmetic on big integers.

use jwtick_core::Scratch;
use jwtick_core::token::{Claim, Claims, ClaimsError, JsonKind};

use crate::broken;
use crate::oracle::json::{Members, assert_alike, assert_date, assert_limit, is_number, names};

/// The input is a claims set.
pub fn claims_json(input: &[u8]) {
    let mut scratch = Scratch::<0>::new();
    let ours = Claims::parse(input, &mut scratch);
    let Ok(text) = core::str::from_utf8(input) else {
        assert!(ours.is_err(), "accepted, but not UTF-8");
        return;
    };
    match (ours, Members::read(text)) {
        (Ok(ours), Ok(theirs)) => {
            assert_eq!(ours.as_written(), text);
            assert_alike(&ours, &theirs);
        }
        (Ok(ours), Err(error)) => broken(format_args!("{ours:?} is accepted, but {error}")),
        (Err(ClaimsError::Json(refusal)), Ok(_)) => assert_limit(refusal, text),
        (Err(ClaimsError::Type { claim, met, .. }), Ok(theirs)) => assert_type(claim, met, &theirs),
        (Err(_), _) => {}
    }
}

/// The input is the text of a number.
pub fn numeric_date(input: &[u8]) {
    let Ok(number) = core::str::from_utf8(input) else { return };
    let text = format!(r#"{{"exp":{number}}}"#);
    let mut scratch = Scratch::<0>::new();
    let claims = Claims::parse(text.as_bytes(), &mut scratch);
    let Ok(claims) = claims else {
        assert!(!is_number(number) || text.len() > usize::from(u16::MAX), "{number} is refused");
        return;
    };
    let exp = claims.get("exp").map(|exp| exp.as_written());
    if let (Some(date), Some(written)) = (claims.exp, exp) {
        assert!(is_number(written), "{written} is taken for a number");
        assert_date(date, written);
    }
}

/// Asserts that a registered claim has the wrong type named by the refusal.
fn assert_type(claim: Claim, met: JsonKind, theirs: &Members<'_>) {
    let value = theirs.get(claim.name()).unwrap_or_default();
    let kind = match value.bytes().next() {
        Some(b'"') => JsonKind::String,
        Some(b'{') => JsonKind::Object,
        Some(b'[') => JsonKind::Array,
        Some(b't' | b'f') => JsonKind::Boolean,
        Some(b'n') => JsonKind::Null,
        _ => JsonKind::Number,
    };
    assert_eq!(met, kind, "{claim} is {value}");
    let fits = match claim {
        Claim::Exp | Claim::Nbf | Claim::Iat => kind == JsonKind::Number,
        Claim::Aud => names(value).is_some(),
        _ => kind == JsonKind::String,
    };
    assert!(!fits, "{claim} is refused, though it is {value}");
}
