//! Reasons in Korean. Values stand alone or before a noun, never before a particle.

use std::io::ErrorKind;

use jwtick_core::key::{JwkError, JwkKind};
use jwtick_core::token::{Algorithm, DecodeError};
use jwtick_core::words::{self, Language};

use super::{clock, config, file};
use crate::commands::clock::step::answer;
use crate::commands::error::Error;
use crate::http::client::IdentityError;
use crate::input::Origin;
use crate::keys::{KeyError, NoFit, SUPPORTED, Unreadable};
use crate::notation::zone::NotAZone;
use crate::output::WriteError;
use crate::stand_in::StartError;
use crate::verification::Hint;

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
        Error::Key(fault) => key(fault),
        Error::StandIn(fault) => stand_in(fault),
        Error::Signals { source } => format!("시그널을 받을 수 없습니다: {source}"),
        Error::Config(fault) => config::korean(fault),
        Error::Clock(fault) => clock::korean(fault),
        Error::Step(fault) => answer::error(fault, Language::Korean),
        Error::Claims { name, fault } => {
            let fault = DecodeError::Claims(*fault);
            format!("{name}: {}", words::decode_error(&fault, Language::Korean))
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

pub(crate) fn no_fit(fault: &NoFit) -> String {
    match fault {
        NoFit::Unsupported(token) => {
            format!("지원되지 않는 서명 알고리즘: {token}, 지원되는 값: {SUPPORTED}")
        }
        NoFit::Key(fault) => jwk(fault),
        NoFit::KeyId(id) => {
            format!("키 집합에 토큰의 kid 값 '{}' 항목이 없습니다", id.escape_debug())
        }
        NoFit::Set(token) => format!("키 집합에 토큰의 알고리즘({token})에 맞는 키가 없습니다"),
        NoFit::Unread(None) => "JWK Set에 키가 없습니다".into(),
        NoFit::Unread(Some(fault)) => {
            format!("JWK Set에 사용할 수 있는 키가 없습니다. 첫 번째 키: {}", jwk(fault))
        }
    }
}

fn jwk(fault: &JwkError) -> String {
    words::jwk_error(fault, Language::Korean).to_string()
}

pub(super) fn key(error: &KeyError) -> String {
    match error {
        KeyError::File(fault) => file::korean(fault),
        KeyError::Unreadable { name, fault } => format!("{name}: {}", unreadable(fault)),
        KeyError::Refused(fault) => jwk(fault),
        KeyError::Many { count } => {
            format!(
                "JWK Set에 키가 {count}개 있습니다. 서명할 키가 하나만 있는 파일을 지정하십시오"
            )
        }
        KeyError::None => "JWK Set에 사용할 수 있는 키가 없습니다".into(),
        KeyError::Unsupported(algorithm) => no_fit(&NoFit::Unsupported(*algorithm)),
        KeyError::Rejected(fault) => format!(
            "개인 키가 손상되었거나 서명하기에 너무 약합니다({fault}). RSA 키는 2048~4096비트이고 \
             지수가 65537 이상이어야 합니다"
        ),
        KeyError::NoPem(kind) => no_pem(*kind),
        KeyError::NoPublicHalf => {
            "비밀 키에는 공개 부분이 없으며 어떤 내용도 표시할 수 없습니다".into()
        }
        KeyError::Encoding => "키의 일부를 기록할 수 없습니다".into(),
        KeyError::NoRandomness => "운영 체제에서 난수를 얻을 수 없습니다".into(),
    }
}

fn no_pem(kind: JwkKind) -> String {
    format!("PEM 형식으로 쓸 수 없는 키입니다({kind}). JWK 형식을 사용하십시오")
}

fn unreadable(fault: &Unreadable) -> String {
    match fault {
        Unreadable::Jwk(fault) => format!("JWK: {}", jwk(fault)),
        Unreadable::Label(label) => format!(
            "PEM 유형 '{}': 키가 들어 있지 않습니다. 키나 인증서를 지정하십시오",
            label.escape_debug()
        ),
        Unreadable::Two { first, second } => format!(
            "PEM 파일에 서로 다른 키가 들어 있습니다({}, {}). 키가 하나인 파일을 지정하십시오",
            first.escape_debug(),
            second.escape_debug()
        ),
        Unreadable::Curve(name) => {
            format!("지원되지 않는 곡선: {name}, 지원되는 값: P-256, P-384, Ed25519")
        }
        Unreadable::Kind(oid) => {
            format!("지원되지 않는 키 종류: {oid}, 지원되는 종류: RSA, EC, Ed25519")
        }
        other => sentence(other).into(),
    }
}

const fn sentence(fault: &Unreadable) -> &'static str {
    match fault {
        Unreadable::EmptySecret => "비밀 키가 비어 있습니다",
        Unreadable::EmptyFile => "파일이 비어 있습니다",
        Unreadable::NoVariable => "이 이름의 환경 변수가 없습니다",
        Unreadable::Encrypted => {
            "개인 키가 암호로 보호되어 있으며, 암호는 묻지 않습니다. 검증하려면 공개 키를 \
             지정하고(openssl pkey -in FILE -pubout), 서명하려면 먼저 복호화하십시오(openssl pkey \
             -in FILE)"
        }
        Unreadable::Ssh => {
            "SSH 고유 형식의 키입니다. ssh-keygen -e -m PKCS8 -f FILE 명령은 공개 키를 PEM 형식으로 \
             출력하고, ssh-keygen -p -m PKCS8 -f FILE 명령은 개인 키를 변환합니다"
        }
        Unreadable::Request => {
            "인증서 요청이므로 보증되지 않습니다. 인증서나 키 자체를 지정하십시오(openssl req -in \
             FILE -noout -pubkey)"
        }
        Unreadable::Pkcs12 => {
            "PKCS#12 저장소입니다. 인증서 추출: openssl pkcs12 -in FILE -nokeys -clcerts, 개인 키 \
             추출: -nocerts -nodes"
        }
        other => form(other),
    }
}

// Of a file that does hold a key, but not as it should.
const fn form(fault: &Unreadable) -> &'static str {
    match fault {
        Unreadable::DamagedPem => {
            "PEM 형식이 손상되었습니다. 같은 이름의 BEGIN 줄과 END 줄 사이에는 base64만 있어야 합니다"
        }
        Unreadable::DamagedDer => "키가 손상되었거나 파일에 표시된 형식과 다릅니다",
        Unreadable::UnnamedCurve => {
            "곡선이 이름이 아닌 매개변수로 적혀 있습니다. 이름으로 변환: openssl ec -in FILE \
             -param_enc named_curve"
        }
        Unreadable::CompressedPoint => {
            "압축된 점입니다. 압축 해제: openssl ec -in FILE -pubin -pubout -conv_form uncompressed"
        }
        Unreadable::Primes => "소수가 셋 이상인 RSA 키입니다. 소수가 둘인 키만 지원됩니다",
        _ => {
            "키는 PEM, DER, JWK 또는 JWK Set 형식이어야 합니다. HMAC 비밀 키 자체는 --secret-file \
             옵션으로 지정하십시오"
        }
    }
}
