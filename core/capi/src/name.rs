//! Short names of numbers, for logs.

use core::ffi::{CStr, c_char};

use crate::number::*;

/// Returns the name of a status, as after `JWTICK_STATUS_`; "?" for an unknown number. The string
/// is static and ends with a zero.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_status_name(status: u32) -> *const c_char {
    status_name(status).as_ptr()
}

/// Returns the name of a rule, a `JWTICK_RULE_…`, as in reports: `exp`, `max_age`; "?" for an
/// unknown number. The string is static and ends with a zero.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jwtick_rule_name(rule: u32) -> *const c_char {
    rule_name(rule).as_ptr()
}

#[expect(clippy::too_many_lines, reason = "a table: one arm a status")]
const fn status_name(status: u32) -> &'static CStr {
    match status {
        0 => c"OK",
        100 => c"TOKEN_SEGMENTS",
        101 => c"TOKEN_ROOM",
        102 => c"TOKEN_BASE64",
        110 => c"HEADER_JSON",
        111 => c"HEADER_ALG_MISSING",
        112 => c"HEADER_ALG_NONE",
        113 => c"HEADER_ALG_UNKNOWN",
        114 => c"HEADER_TYPE",
        115 => c"HEADER_CRIT_EMPTY",
        116 => c"HEADER_CRIT_UNKNOWN",
        117 => c"HEADER_UNENCODED",
        120 => c"CLAIMS_JSON",
        121 => c"CLAIMS_TYPE",
        130 => c"MEMBER_MISSING",
        131 => c"MEMBER_TYPE",
        200 => c"KEY_ALGORITHM",
        201 => c"SIGNATURE",
        210 => c"SECRET_SHORT",
        211 => c"SECRET_PUBLIC",
        220 => c"KEY_MODULUS_BITS",
        221 => c"KEY_MODULUS_EVEN",
        222 => c"KEY_EXPONENT",
        223 => c"KEY_LEADING_ZERO",
        224 => c"KEY_COORDINATE",
        225 => c"KEY_NOT_ON_CURVE",
        226 => c"KEY_NOT_CANONICAL",
        227 => c"KEY_SMALL_ORDER",
        228 => c"KEY_PRIVATE_BYTES",
        229 => c"KEY_PRIVATE_RANGE",
        230 => c"KEY_NOT_BUILT",
        231 => c"KEY_UNSUITED",
        240 => c"JWK_JSON",
        241 => c"JWK_MISSING",
        242 => c"JWK_TYPE",
        243 => c"JWK_BASE64",
        244 => c"JWK_TOO_LONG",
        245 => c"JWK_KTY",
        246 => c"JWK_CRV",
        247 => c"JWK_USE",
        248 => c"JWK_OPERATIONS",
        249 => c"JWK_ALGORITHM",
        300 => c"CLOCK_WENT_BACK",
        301 => c"CLOCK_NARROW",
        302 => c"CLOCK_OVERDUE",
        303 => c"CONTRADICTION",
        304 => c"CLOCK_WIDE",
        305 => c"CLOCK_NEVER_SET",
        306 => c"CLOCK_BEYOND",
        310 => c"NO_MAJORITY",
        400 => c"SNTP_SHORT",
        401 => c"SNTP_ORIGIN",
        402 => c"SNTP_KISS",
        403 => c"SNTP_MODE",
        404 => c"SNTP_VERSION",
        405 => c"SNTP_UNSYNCHRONIZED",
        406 => c"SNTP_STRATUM",
        407 => c"SNTP_ZERO_STAMP",
        408 => c"SNTP_BACKWARDS",
        409 => c"SNTP_DISTANCE",
        410 => c"SNTP_HELD",
        411 => c"SNTP_SET_LATER",
        420 => c"HTTP_DATE_FORM",
        421 => c"HTTP_DATE_DAY",
        422 => c"HTTP_DATE_TIME",
        423 => c"HTTP_DATE_YEAR",
        500 => c"ASSERTION_LIFE",
        501 => c"MEMBER_REPEATED",
        502 => c"MEMBER_RESERVED",
        503 => c"MEMBER_REGISTERED",
        504 => c"MEMBER_INEXACT",
        505 => c"SIGNATURE_BYTES",
        900 => c"NULL",
        901 => c"MISALIGNED",
        902 => c"UNPREPARED",
        903 => c"LENGTH",
        904 => c"OVERLAP",
        905 => c"BUFFER",
        906 => c"VALUE",
        907 => c"INDEX",
        908 => c"INVERTED",
        909 => c"UTF8",
        910 => c"TOO_MANY_NAMES",
        911 => c"COUNTER",
        912 => c"REUSED",
        913 => c"EMPTY_LIST",
        914 => c"UNVERIFIED",
        999 => c"OTHER",
        _ => c"?",
    }
}

const fn rule_name(rule: u32) -> &'static CStr {
    match rule {
        RULE_EXP => c"exp",
        RULE_NBF => c"nbf",
        RULE_IAT => c"iat",
        RULE_MAX_AGE => c"max_age",
        RULE_LIFETIME => c"lifetime",
        RULE_ISS => c"iss",
        RULE_SUB => c"sub",
        RULE_AUD => c"aud",
        RULE_JTI => c"jti",
        _ => c"?",
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use jwtick_core::judge::Rule;

    use super::*;

    #[test]
    fn status_names_equal_those_of_the_header() {
        let header = include_str!("../include/jwtick.h");
        let mut named = 0;
        for line in header.lines() {
            let Some(rest) = line.trim().strip_prefix("JWTICK_STATUS_") else { continue };
            let Some((name, number)) = rest.trim_end_matches(',').split_once(" = ") else {
                continue;
            };
            let found = status_name(number.parse().unwrap());
            assert_eq!(found.to_str(), Ok(name), "{number}");
            named += 1;
        }
        assert!(named > 70, "the header lists {named} statuses");
        assert_eq!(status_name(1), c"?");
    }

    #[test]
    fn rule_names_equal_those_of_reports() {
        for rule in Rule::ALL {
            assert_eq!(rule_name(rule.number()).to_str(), Ok(rule.to_string().as_str()));
        }
    }
}
