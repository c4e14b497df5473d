//! Reasons in Korean. Values stand alone or before a noun, never before a particle.

mod key;

use std::io::ErrorKind;

use jwtick_core::render::{self, Language};
use jwtick_core::{Algorithm, DecodeError};

use super::{clock, config, file};
use crate::commands::clock::step::answer;
use crate::commands::error::Error;
use crate::http::client::IdentityError;
use crate::input::Origin;
use crate::notation::zone::NotAZone;
use crate::stand_in::StartError;
use crate::verification::Hint;

use crate::output::WriteError;
pub(super) use key::no_fit;

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

const NO_PROFILE: &str =
    "연결이 지정되지 않았습니다. 프로필을 지정하거나 --issuer 및 --token-url 옵션을 지정하십시오";

pub(super) fn error(error: &Error) -> String {
    match error {
        Error::File(fault) => file::korean(fault),
        Error::Zone { met, fault: NotAZone } => format!(
            "--tz 값 '{}': 시간대는 UTC와의 차이(+09:00, -0330, UTC+9), UTC 또는 \
             이름(Europe/Berlin)이어야 합니다",
            met.escape_debug()
        ),
        Error::Key(fault) => key::error(fault),
        Error::StandIn(fault) => stand_in(fault),
        Error::Signals { source } => format!("시그널을 받을 수 없습니다: {source}"),
        Error::Config(fault) => config::korean(fault),
        Error::Clock(fault) => clock::korean(fault),
        Error::Step(fault) => answer::error(fault, Language::Korean),
        Error::Claims { name, fault } => {
            let fault = DecodeError::Claims(*fault);
            format!("{name}: {}", render::decode_error(&fault, Language::Korean))
        }
        Error::Write(WriteError(source)) => format!("표준 출력에 쓸 수 없습니다: {source}"),
        Error::NoToken { origin } => no_token(*origin).into(),
        Error::Url(fault) => fault.to_string(), // met by nobody
        Error::NoProfile => NO_PROFILE.to_owned(),
        Error::Identity { name, fault } => format!("{name}: {}", identity(fault)),
        Error::HalfIdentity => "클라이언트 인증서와 개인 키는 함께 필요합니다. --client-cert와 \
                                --client-key, 또는 [tls]의 cert와 key를 모두 지정하십시오"
            .into(),
        Error::KidInPem => {
            "PEM 형식에는 kid 값을 넣을 수 없습니다. --kid 옵션은 --format jwk와 함께 사용하십시오"
                .into()
        }
        Error::StdinTwice => {
            "표준 입력을 키와 토큰(또는 클레임)에 함께 사용할 수 없습니다. 하나는 \
                              파일로 지정하십시오"
                .into()
        }
    }
}

fn identity(fault: &IdentityError) -> String {
    match fault {
        IdentityError::NoCertificate => {
            "파일에 인증서가 없습니다. 클라이언트 인증서는 PEM 형식이며, \
                                         이를 보증하는 인증서가 그 뒤에 옵니다"
                .into()
        }
        IdentityError::Damaged(source) => format!("PEM이 손상되었습니다: {source}"),
        IdentityError::Mismatch => "인증서가 다른 키의 것입니다. 인증서에 맞는 키를 지정하십시오. \
                                    공개 키는 openssl x509 -in FILE -noout -pubkey 명령으로 볼 수 \
                                    있습니다"
            .into(),
        IdentityError::Unfit(source) => format!("TLS에서 인증서를 사용할 수 없습니다: {source}"),
    }
}

const fn no_token(origin: Origin) -> &'static str {
    match origin {
        Origin::Named => {
            "입력에 토큰이 없습니다. 토큰은 점으로 구분된 세 부분으로 이루어지며 eyJ로 시작합니다"
        }
        Origin::Nothing => {
            "입력이 비어 있습니다. 점으로 구분된 세 부분으로 이루어지고 eyJ로 시작하는 토큰을 지정하십시오"
        }
        Origin::Words => {
            "입력에 토큰이 없고, 같은 이름의 파일도 없습니다. 토큰은 점으로 구분된 세 \
                           부분으로 이루어지며 eyJ로 시작합니다"
        }
    }
}
