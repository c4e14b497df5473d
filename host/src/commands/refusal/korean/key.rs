//! Why a key is refused, in Korean.

use jwtick_core::render::{self, Language};
use jwtick_core::{JwkError, JwkKind};

use crate::commands::refusal::file;
use crate::keys::{KeyError, NoFit, SUPPORTED, Unreadable};

pub(in crate::commands::refusal) fn no_fit(fault: &NoFit) -> String {
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
    render::jwk_error(fault, Language::Korean).to_string()
}

pub(super) fn error(error: &KeyError) -> String {
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
