//! Why a token is refused, in Korean. Values stand alone or before a noun, never before a particle.

mod jwk;

use core::fmt::{Formatter, Result};

use crate::key::{PublicForm, WeakKey};
use crate::token::Algorithm;
use crate::token::Base64Error;
use crate::token::HeaderError;
use crate::token::VerifyError;
use crate::token::{Claim, ClaimsError};
use crate::token::{DecodeError, Segment};
use crate::token::{Expected, JsonError, JsonFault, JsonKind};

pub(super) use self::jwk::jwk;

pub(super) fn decode(error: &DecodeError, f: &mut Formatter<'_>) -> Result {
    match error {
        DecodeError::Segments { met: 5 } => {
            f.write_str("세그먼트 5개는 암호화된 토큰이며, 서명된 토큰의 세그먼트 수는 3개입니다")
        }
        DecodeError::Segments { met: 1 } => {
            f.write_str("토큰은 점으로 구분된 세그먼트 3개로 이루어지지만, 점이 없습니다")
        }
        DecodeError::Segments { met } => {
            write!(f, "토큰의 세그먼트 수는 3개여야 합니다(현재 {met}개)")
        }
        DecodeError::TooLong { needs, has } => {
            write!(
                f,
                "디코딩된 세그먼트에 필요한 공간: {needs}바이트, 사용 가능한 공간: {has}바이트"
            )
        }
        DecodeError::Base64 { segment, fault } => {
            write!(f, "{}: ", name(*segment))?;
            base64(*fault, f)
        }
        DecodeError::Header(error) => {
            f.write_str("헤더: ")?;
            header(error, f)
        }
        DecodeError::Claims(error) => {
            f.write_str("클레임: ")?;
            claims(*error, f)
        }
    }
}

pub(super) fn verify(error: VerifyError, f: &mut Formatter<'_>) -> Result {
    match error {
        VerifyError::Algorithm { token, key } => {
            write!(f, "토큰과 키의 알고리즘이 다릅니다(토큰: {token}, 키: {key})")
        }
        VerifyError::Signature(_) => f.write_str("이 키로 만든 서명이 아닙니다"),
    }
}

pub(super) fn weak(error: WeakKey, f: &mut Formatter<'_>) -> Result {
    match error {
        WeakKey::Short { needs, has } => {
            write!(f, "비밀 키 길이 {has}바이트: 최소 {needs}바이트가 필요합니다")
        }
        WeakKey::Public { form } => {
            let form = public(form);
            write!(
                f,
                "비밀 키로 지정된 값은 {form}입니다. HMAC 키는 다른 사람이 모르는 값이어야 합니다"
            )
        }
    }
}

const fn public(form: PublicForm) -> &'static str {
    match form {
        PublicForm::Pem => "PEM 형식의 키 또는 인증서",
        PublicForm::Jwk => "JSON Web Key 텍스트",
        PublicForm::Der => "DER 형식의 공개 키",
        PublicForm::BareBase64 => "base64 형식의 공개 키",
        PublicForm::Ssh => "SSH용 공개 키",
    }
}

const fn name(segment: Segment) -> &'static str {
    match segment {
        Segment::Header => "헤더",
        Segment::Payload => "페이로드",
        Segment::Signature => "서명",
    }
}

fn base64(fault: Base64Error, f: &mut Formatter<'_>) -> Result {
    match fault {
        Base64Error::Symbol { at, met } => {
            let met = met.escape_ascii();
            write!(f, "{at}번째 바이트: '{met}', base64url 허용 문자: A-Z a-z 0-9 - _")
        }
        Base64Error::Length { met } => {
            write!(f, "길이 {met}바이트: base64url 길이는 4의 배수보다 1 클 수 없습니다")
        }
        Base64Error::TrailingBits { met } => {
            let met = met.escape_ascii();
            write!(f, "마지막 문자 '{met}': 사용되지 않는 비트는 모두 영이어야 합니다")
        }
    }
}

fn header(error: &HeaderError, f: &mut Formatter<'_>) -> Result {
    match error {
        HeaderError::Json(error) => json(*error, f),
        HeaderError::MissingAlg => f.write_str("alg 값이 없습니다. 알고리즘을 지정해야 합니다"),
        HeaderError::AlgNone => f.write_str("alg 값이 none입니다. 토큰은 서명되어야 합니다"),
        HeaderError::UnknownAlg { met } => {
            write!(f, "알 수 없는 alg 값 '{}', 지원되는 값:", met.escape_default())?;
            Algorithm::ALL.into_iter().try_for_each(|algorithm| write!(f, " {algorithm}"))
        }
        HeaderError::Type { name, met, .. } => {
            let allowed = match *name {
                "b64" => "불리언",
                "crit" => "이름 배열",
                _ => "문자열",
            };
            write!(f, "{name} 값의 형식은 {}, 허용되는 형식은 {allowed}", kind(*met))
        }
        HeaderError::EmptyCrit => f.write_str("crit 값이 비어 있습니다. 확장 이름이 있어야 합니다"),
        HeaderError::UnknownCrit => {
            f.write_str("crit 값에 확장이 지정되어 있으나 지원되는 확장이 없습니다")
        }
        HeaderError::Unencoded => {
            f.write_str("b64 값이 false입니다. 페이로드는 base64url 형식이어야 합니다")
        }
    }
}

fn claims(error: ClaimsError, f: &mut Formatter<'_>) -> Result {
    match error {
        ClaimsError::Json(error) => json(error, f),
        ClaimsError::Type { claim, met, .. } => {
            let allowed = match claim {
                Claim::Exp | Claim::Nbf | Claim::Iat => "숫자",
                Claim::Aud => "문자열 또는 문자열 배열",
                Claim::Iss | Claim::Sub | Claim::Jti => "문자열",
            };
            write!(f, "{claim} 값의 형식은 {}, 허용되는 형식은 {allowed}", kind(met))
        }
    }
}

const fn kind(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Null => "null",
        JsonKind::Boolean => "불리언",
        JsonKind::Number => "숫자",
        JsonKind::String => "문자열",
        JsonKind::Array => "배열",
        JsonKind::Object => "객체",
    }
}

fn json(error: JsonError, f: &mut Formatter<'_>) -> Result {
    let at = error.at;
    match error.fault {
        JsonFault::Unexpected { met, allowed } => {
            let met = met.escape_ascii();
            write!(f, "{at}번째 바이트: '{met}', 허용: {}", expected(allowed))
        }
        JsonFault::End { allowed } => {
            write!(f, "{at}번째 바이트에서 텍스트가 끝났습니다. 허용: {}", expected(allowed))
        }
        JsonFault::Utf8 => write!(f, "{at}번째 바이트: UTF-8 형식이 아닙니다"),
        JsonFault::Control { met } => {
            write!(f, "제어 문자 {met}({at}번째 바이트): 이스케이프해야 합니다")
        }
        JsonFault::Escape => write!(f, "{at}번째 바이트의 이스케이프에 해당하는 문자가 없습니다"),
        JsonFault::Duplicate => write!(f, "{at}번째 바이트의 이름이 앞의 이름과 중복됩니다"),
        JsonFault::TooDeep { allowed } => {
            write!(f, "{at}번째 바이트: 객체와 배열의 중첩 한도({allowed}단계) 초과")
        }
        JsonFault::TooManyMembers { allowed } => {
            write!(f, "{at}번째 바이트의 항목: 허용 개수({allowed}개) 초과")
        }
        JsonFault::TooLong { needs, has } => {
            write!(f, "텍스트 길이 {needs}바이트, 허용 길이 {has}바이트")
        }
    }
}

const fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Object => "'{'",
        Expected::Name => "따옴표로 묶은 이름",
        Expected::NameOrEnd => "따옴표로 묶은 이름 또는 '}'",
        Expected::Colon => "':'",
        Expected::Value => "값",
        Expected::ValueOrEnd => "값 또는 ']'",
        Expected::CommaOrBrace => "',' 또는 '}'",
        Expected::CommaOrBracket => "',' 또는 ']'",
        Expected::Literal => "true, false 또는 null",
        Expected::Digit => "숫자 문자",
        Expected::Quote => "닫는 따옴표",
        Expected::Nothing => "없음(텍스트의 끝)",
    }
}
