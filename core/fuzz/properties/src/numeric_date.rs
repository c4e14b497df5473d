//! NumericDate compared with exact arithmetic on big integers.

use jwtick_core::Scratch;
use jwtick_core::token::Claims;

use crate::oracle::claims::assert_date;
use crate::oracle::json::is_number;

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
