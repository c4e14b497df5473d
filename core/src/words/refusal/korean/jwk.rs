//! Why a key is refused, in Korean.

use core::fmt::{Formatter, Result};

use super::{base64, json, kind, weak};
use crate::key::{JwkError, JwkKind, KeyError, KeyOperation};

pub(in crate::words::refusal) fn jwk(error: &JwkError, f: &mut Formatter<'_>) -> Result {
    match error {
        JwkError::Json(error) => json(*error, f),
        JwkError::Missing { name } => write!(f, "필요한 항목이 없습니다: {name}"),
        JwkError::Type { name, met, .. } => {
            let allowed = match *name {
                "key_ops" => "문자열 배열",
                "keys" => "배열",
                _ => "문자열",
            };
            write!(f, "{name} 값의 형식은 {}, 허용되는 형식은 {allowed}", kind(*met))
        }
        JwkError::Base64 { name, fault } => {
            write!(f, "{name}: ")?;
            base64(*fault, f)
        }
        JwkError::TooLong { name, needs, has } => {
            write!(f, "{name} 길이 {needs}바이트: 최대 {has}바이트까지 허용됩니다")
        }
        JwkError::UnknownKty { met } => {
            write!(f, "kty 값: '{}', 허용되는 값: RSA EC OKP oct", met.escape_default())
        }
        JwkError::UnknownCrv { met } => write!(
            f,
            "crv 값: '{}', 허용되는 값: EC는 P-256 P-384 P-521 secp256k1, \
             OKP는 Ed25519 Ed448 X25519 X448",
            met.escape_default()
        ),
        JwkError::Key(error) => key(*error, f),
        JwkError::Secret(error) => weak(*error, f),
        _ => purpose(error, f),
    }
}

fn purpose(error: &JwkError, f: &mut Formatter<'_>) -> Result {
    match error {
        JwkError::Use { met } => {
            write!(f, "use 값: '{}', 서명에 필요한 값: 'sig'", met.escape_default())
        }
        JwkError::Operation { needs } => {
            write!(f, "key_ops 값이 이 작업을 허용하지 않습니다: {}", operation(*needs))
        }
        JwkError::Repeated { met } => write!(f, "key_ops 배열에 중복된 값이 있습니다: '{met}'"),
        JwkError::Public => f.write_str("서명에 필요한 개인 키 부분이 없는 공개 키입니다"),
        JwkError::Unsuited { kind, algorithm } => {
            write!(f, "{algorithm} 알고리즘에 사용할 수 없는 키입니다(")?;
            sort(*kind, f)?;
            f.write_str(")")
        }
        JwkError::OtherAlgorithm { key, wanted } => {
            write!(f, "키의 알고리즘이 다릅니다(키: {}, 필요: {wanted})", key.escape_default())
        }
        JwkError::Unsupported { algorithm } => {
            write!(f, "이 프로그램에 포함되지 않은 알고리즘: {algorithm}")
        }
        _ => Ok(()), // the others are told above
    }
}

const fn operation(operation: KeyOperation) -> &'static str {
    match operation {
        KeyOperation::Sign => "서명",
        KeyOperation::Verify => "검증",
    }
}

fn sort(kind: JwkKind, f: &mut Formatter<'_>) -> Result {
    match kind {
        JwkKind::Rsa => f.write_str("RSA 키"),
        JwkKind::Ec(curve) => write!(f, "{curve} 곡선의 EC 키"),
        JwkKind::Okp(curve) => write!(f, "{curve} 곡선의 OKP 키"),
        JwkKind::Oct => f.write_str("oct 키"),
    }
}

fn key(error: KeyError, f: &mut Formatter<'_>) -> Result {
    match error {
        KeyError::ModulusBits { met, least, most } => {
            write!(f, "모듈러스 길이 {met}비트: {least}~{most}비트만 허용됩니다")
        }
        KeyError::EvenModulus => f.write_str("모듈러스가 짝수입니다. 올바른 값은 홀수입니다"),
        KeyError::Exponent { met } => {
            let most = u32::MAX;
            write!(f, "지수 {met}: 3부터 {most}까지의 홀수만 허용됩니다")
        }
        KeyError::ExponentBytes { met } => {
            write!(f, "지수 길이 {met}바이트: 1~4바이트만 허용됩니다")
        }
        KeyError::LeadingZero => f.write_str("모듈러스 또는 지수 앞의 널 바이트는 생략해야 합니다"),
        KeyError::CoordinateBytes { met, allowed } => {
            write!(f, "좌표 길이 {met}바이트: 이 곡선에서는 {allowed}바이트여야 합니다")
        }
        KeyError::PointBytes { met, allowed } => write!(
            f,
            "점의 길이 {met}바이트: 압축하지 않은 점은 {allowed}바이트이며 첫 바이트가 4입니다"
        ),
        KeyError::NotOnCurve => f.write_str("점이 곡선 위에 있지 않습니다"),
        KeyError::NotCanonical => f.write_str("점이 정규 형식이 아닙니다"),
        KeyError::SmallOrder => f.write_str("점의 위수가 작아 그 서명이 모든 메시지와 일치합니다"),
    }
}
