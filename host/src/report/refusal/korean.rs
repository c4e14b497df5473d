//! Reasons in Korean. Values stand alone or before a noun, never before a particle.

use std::io::ErrorKind;

use jwtick_core::render::{self, Language};
use jwtick_core::{Algorithm, DecodeError};

use super::{clock, config, weak};
use crate::commands::verify::Hint;
use crate::error::Error;
use crate::input::Origin;
use crate::keys::{KeyError, NoFit, Unfit, Unreadable};
use crate::stand_in::StartError;
use crate::zone::NotAZone;

pub(super) fn algorithm(met: Algorithm, allowed: &[Algorithm]) -> String {
    let allowed: Vec<&str> = allowed.iter().map(|algorithm| algorithm.name()).collect();
    format!("헤더의 alg 값: {met}, --alg 허용 값: {}", allowed.join(" "))
}

pub(super) const fn hint(hint: Hint) -> &'static str {
    match hint {
        Hint::FinalNewline => {
            "비밀 키 파일 끝의 줄바꿈을 뺀 값으로 만든 서명입니다. 줄바꿈도 키에 포함되므로 줄바꿈 \
             없이 파일을 만드십시오(printf %s)"
        }
        Hint::Base64 => "비밀 키를 base64 디코딩한 바이트로 만든 서명입니다. 먼저 디코딩하십시오",
    }
}

pub(super) fn no_fit(fault: &NoFit) -> String {
    match fault {
        NoFit::Unsupported(token) => {
            format!("아직 지원되지 않는 서명 알고리즘: {token}, 지원되는 값: HS256, HS384, HS512")
        }
        NoFit::Algorithm { token, key: Some(key) } => {
            format!("토큰과 키의 알고리즘이 다릅니다(토큰: {token}, 키: {})", key.escape_debug())
        }
        NoFit::Algorithm { token, key: None } => {
            format!("토큰과 키의 알고리즘이 다릅니다(토큰: {token}, 키: HMAC 비밀 키)")
        }
        NoFit::KeyId(id) => {
            format!("키 집합에 토큰의 kid 값 '{}' 항목이 없습니다", id.escape_debug())
        }
        NoFit::Weak { algorithm, fault } => {
            format!("{algorithm}: {} (RFC 7518 §3.2)", weak(*fault, Language::Korean))
        }
        NoFit::NoSecret(Some(fault)) => {
            format!("HMAC 검증에 사용할 수 없는 키입니다. {}", unfit(fault))
        }
        NoFit::NoSecret(None) => NO_OCT.to_owned(),
    }
}

const NO_OCT: &str = "JWK Set에 kty 값이 oct인 키가 없습니다";

fn unfit(fault: &Unfit) -> String {
    match fault {
        Unfit::Pem => {
            "PEM 형식에는 HMAC 비밀 키가 아니라 RSA, EC, Ed25519 키가 들어 있습니다".into()
        }
        Unfit::KeyType(kty) => format!("kty 값: '{}', 필요한 값: oct", kty.escape_debug()),
        Unfit::Purpose => "use 또는 key_ops 값이 서명을 허용하지 않습니다".into(),
    }
}

fn stand_in(fault: &StartError) -> String {
    match fault {
        StartError::Listen { address, source } if source.kind() == ErrorKind::AddrInUse => format!(
            "{address} 주소는 다른 프로그램이 사용 중입니다. --listen 옵션에 다른 포트를 지정하거나, 비어 있는 \
             아무 포트나 쓰려면 0을 지정하십시오"
        ),
        StartError::Listen { address, source } => format!(
            "{address} 주소에서 수신할 수 없습니다: {source}. --listen 옵션에 다른 주소를 지정하십시오"
        ),
        StartError::NoRandomness => "시스템에서 키를 만들 난수를 얻을 수 없습니다".to_owned(),
    }
}

pub(super) fn error(error: &Error) -> String {
    match error {
        Error::Read { name, source } => format!("읽을 수 없습니다: {name}: {source}"),
        Error::Folder { name, example } => {
            format!("{name}: 폴더입니다. 폴더 안의 파일을 지정하십시오. 예: {name}/{example}")
        }
        Error::Zone { met, fault: NotAZone } => format!(
            "--tz 값 '{}': 시간대는 UTC와의 차이(+09:00, -0330, UTC+9), UTC 또는 \
             이름(Europe/Berlin)이어야 합니다",
            met.escape_debug()
        ),
        Error::TooLong { name, allowed } => {
            format!("{name}: 허용 길이({allowed}바이트) 초과. 토큰이 있는 부분만 입력하십시오")
        }
        Error::Key(fault) => key(fault),
        Error::StandIn(fault) => stand_in(fault),
        Error::Signals { source } => format!("시그널을 받을 수 없습니다: {source}"),
        Error::Config(fault) => config::korean(fault),
        Error::Clock(fault) => clock::korean(fault),
        Error::Claims { name, fault } => {
            let fault = DecodeError::Claims(*fault);
            format!("{name}: {}", render::decode_error(&fault, Language::Korean))
        }
        Error::Write { source } => format!("표준 출력에 쓸 수 없습니다: {source}"),
        Error::NoToken { origin: Origin::Named } => {
            "입력에 토큰이 없습니다. 토큰은 점으로 구분된 세 부분으로 이루어지며 eyJ로 시작합니다"
                .into()
        }
        Error::NoToken { origin: Origin::Words } => {
            "입력에 토큰이 없고, 같은 이름의 파일도 없습니다. 토큰은 점으로 구분된 세 \
                           부분으로 이루어지며 eyJ로 시작합니다"
                .into()
        }
        Error::StdinTwice => {
            "표준 입력을 키와 토큰(또는 클레임)에 함께 사용할 수 없습니다. 하나는 \
                              파일로 지정하십시오"
                .into()
        }
    }
}

fn key(error: &KeyError) -> String {
    match error {
        KeyError::Unreadable { name, fault } => format!("{name}: {}", unreadable(fault)),
        KeyError::Weak { algorithm, fault } => {
            format!("{algorithm}: {}", weak(*fault, Language::Korean))
        }
        KeyError::Many { count } => {
            format!(
                "JWK Set에 서명 가능한 키가 {count}개 있습니다. 키가 하나인 파일을 지정하십시오"
            )
        }
        KeyError::NoSecret(Some(fault)) => {
            format!("현재 서명에는 HMAC 비밀 키만 사용할 수 있습니다. {}", unfit(fault))
        }
        KeyError::NoSecret(None) => NO_OCT.to_owned(),
        KeyError::Algorithm { asked, key } => {
            format!("키와 --alg 값이 다릅니다(키: {}, --alg: {asked})", key.escape_debug())
        }
        KeyError::CannotSign { algorithm } => format!(
            "아직 서명에 사용할 수 없는 알고리즘: {}, 지원되는 값: HS256, HS384, HS512",
            algorithm.escape_debug()
        ),
        KeyError::Unsupported(fault) => no_fit(fault),
    }
}

fn unreadable(fault: &Unreadable) -> String {
    match fault {
        Unreadable::NotJson => "키는 JWK, JWK Set 또는 PEM 형식이어야 합니다. HMAC 비밀 키 자체는 \
                                --secret-file 옵션으로 지정하십시오"
            .into(),
        Unreadable::NotAnObject => "JWK와 JWK Set은 JSON 객체여야 합니다".into(),
        Unreadable::NoMember(name) => format!("JWK에 필요한 문자열 항목이 없습니다: {name}"),
        Unreadable::NotBase64(name) => {
            format!("JWK 항목 {name}: 패딩 없는 base64url 형식이어야 합니다(RFC 7518 §6.4)")
        }
        Unreadable::Empty => "비밀 키가 비어 있습니다".into(),
        Unreadable::NoVariable => "이 이름의 환경 변수가 없습니다".into(),
    }
}
