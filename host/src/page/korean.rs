//! Measurements over HTTP in Korean.

use jwtick_core::render::{self, Language};
use jwtick_core::{DateFault, UnixTime};

use crate::http::client::{CertificateFault, HttpError, cause};
use crate::notation::civil;
use crate::notation::duration::span;
use crate::source::http_date::{DateError, HttpNote};

const KOREAN: Language = Language::Korean;

/// Why there was no answer.
pub(crate) fn http(error: &HttpError) -> String {
    match error {
        HttpError::Resolve { host, source } => format!("{host}: 주소를 찾을 수 없음: {source}"),
        HttpError::NoAddress { host } => format!("{host}: 이름에 주소가 없음"),
        HttpError::Connect { to, source } => format!("{to}에 연결할 수 없음: {source}"),
        HttpError::Silent { to, after } => {
            let after = render::duration(span(*after), KOREAN);
            format!("{to}에 연결할 수 없음: {after} 안에 응답 없음")
        }
        HttpError::Http(_) | HttpError::EarlyAnswer | HttpError::Body(_) | HttpError::Shape => {
            broken(error)
        }
        HttpError::ProxyScheme { .. } | HttpError::Tunnel { .. } => proxy(error),
        _ => tls(error),
    }
}

fn broken(error: &HttpError) -> String {
    match error {
        HttpError::Http(source) if source.is_incomplete_message() => {
            "응답이 완료되기 전에 서버가 연결을 닫음".into()
        }
        HttpError::Http(source) if source.is_parse_too_large() => {
            "응답 헤더가 64 KiB보다 길거나 필드가 128개보다 많음".into()
        }
        HttpError::Http(source) if source.is_parse() => {
            format!("응답이 HTTP/1.1이 아님: {source}")
        }
        HttpError::Http(source) => format!("연결이 끊어짐: {}", cause(source)),
        HttpError::Body(source) => format!("응답을 읽을 수 없음: {source}"),
        HttpError::EarlyAnswer => "요청하기 전에 서버가 응답함".into(),
        _ => "요청을 HTTP/1.1 형식으로 쓸 수 없음".into(),
    }
}

fn proxy(error: &HttpError) -> String {
    match error {
        HttpError::Tunnel { proxy, status } => format!(
            "프록시 {proxy}가 직접 {status}로 응답함. no_proxy로 호스트를 \
             제외하거나 프록시에서 허용하십시오"
        ),
        HttpError::ProxyScheme { scheme } => format!(
            "환경 변수의 프록시가 {scheme} 방식임(http만 지원). http://…로 설정하거나 no_proxy로 \
             호스트를 제외하십시오"
        ),
        other => other.to_string(),
    }
}

fn tls(error: &HttpError) -> String {
    match error {
        HttpError::Authority { path, source } => {
            format!("{path}의 인증서를 읽을 수 없음: {source}")
        }
        HttpError::NoAuthorities => "알려진 인증 기관이 없음. ca-certificates를 설치하거나 --ca로 \
                                     파일을 지정하십시오"
            .into(),
        HttpError::ServerName { host } => {
            format!("'{}'에 대한 인증서는 있을 수 없음. 다른 이름을 쓰십시오", host.escape_debug())
        }
        HttpError::Certificate { host, fault } => format!(
            "{host}의 인증서가 거부됨: {}. {}. 증명 없이 측정하려면 --insecure-date를 쓰십시오",
            certificate(fault),
            remedy(fault)
        ),
        HttpError::Handshake { host, source } => format!("{host}: TLS 연결 실패: {source}"),
        HttpError::Tls(source) => format!("TLS 사용 불가: {source}"),
        other => other.to_string(),
    }
}

fn certificate(fault: &CertificateFault) -> String {
    match fault {
        CertificateFault::NotValidBefore(at) => format!("{}부터 유효함", said(*at)),
        CertificateFault::Expired(at) => format!("{}에 만료됨", said(*at)),
        CertificateFault::UnknownIssuer => "신뢰하는 기관이 서명하지 않음".into(),
        CertificateFault::WrongName { names } if names.is_empty() => "호스트 이름이 없음".into(),
        CertificateFault::WrongName { names } => format!("인증서의 이름: {}", names.join(", ")),
        CertificateFault::Other(source) => source.to_string(),
    }
}

const fn remedy(fault: &CertificateFault) -> &'static str {
    match fault {
        CertificateFault::NotValidBefore(_) | CertificateFault::Expired(_) => {
            "서버에서 인증서를 갱신하십시오"
        }
        CertificateFault::UnknownIssuer => "--ca로 인증 기관의 인증서를 지정하십시오",
        CertificateFault::WrongName { .. } => "인증서에 있는 호스트 이름을 쓰십시오",
        CertificateFault::Other(_) => "서버에서 인증서를 교체하십시오",
    }
}

/// Why the answers do not tell the time.
pub(crate) fn date(error: &DateError) -> String {
    match error {
        DateError::Missing => "응답에 Date가 없음. 다른 URL을 지정하십시오".into(),
        DateError::Several => "응답에 Date가 여러 개 있음. 하나만 허용됩니다".into(),
        DateError::Unreadable { text, fault } => {
            format!("응답의 Date가 '{}'임: {fault}", text.escape_debug())
        }
        DateError::Series(fault) => series(*fault),
        DateError::Stored { answers } => format!(
            "응답 {answers}개 모두 Age가 있어 캐시에서 온 것임. 캐시가 응답하지 않는 URL을 지정하십시오"
        ),
        DateError::Unmoved => {
            "Date가 진행하는지 확인하지 못함. 3초가 필요하므로 시간을 더 주십시오".into()
        }
        DateError::BeforeWritten { utc, written } => format!(
            "서버의 시각은 {}이고 이 프로그램은 {} 이후에 작성됨. 서버의 시계가 틀립니다",
            said(*utc),
            said(*written)
        ),
        _ => redirected(error),
    }
}

fn redirected(error: &DateError) -> String {
    match error {
        DateError::Redirects { followed } => {
            format!("{followed}번 넘게 리디렉션됨. 마지막 URL을 지정하십시오")
        }
        DateError::Location { to } => format!(
            "'{}'로 리디렉션됨. http:// 또는 https:// URL이 아니므로 다른 URL을 지정하십시오",
            to.escape_debug()
        ),
        DateError::Downgrade { to } => {
            format!("https에서 {to}로 리디렉션됨. 그 응답을 쓰려면 그 URL을 지정하십시오")
        }
        other => other.to_string(),
    }
}

fn series(fault: DateFault) -> String {
    let length = |span| render::duration(span, KOREAN);
    match fault {
        DateFault::Stored { date } => format!("Date {date} 응답에 Age가 있어 캐시에서 온 것임"),
        DateFault::Repeated { date, later } => {
            format!("Date가 {} 동안 {date}에 멈춤. 시계는 진행해야 합니다", length(later))
        }
        DateFault::WentBack { from, to } => {
            format!("Date가 {from}에서 {to}로 되돌아감. 시계는 진행해야 합니다")
        }
        DateFault::Apart { least } => format!(
            "두 응답의 Date가 최소 {} 어긋남. 시계가 다른 여러 서버이거나 시계가 변경된 서버입니다",
            length(least)
        ),
        other => other.to_string(),
    }
}

/// What was met on the way.
pub(super) fn note(note: &HttpNote) -> String {
    match note {
        HttpNote::Redirected { from, to, offset: None } => format!("{from} → {to} 리디렉션"),
        HttpNote::Redirected { from, to, offset: Some(offset) } => format!(
            "{from} → {to} 리디렉션, 해당 서버의 Date에 따른 오프셋: {}",
            render::interval(*offset, KOREAN)
        ),
        HttpNote::Via { proxy } => format!(
            "응답이 프록시({})를 거쳤으므로 Date가 프록시의 것일 수 있습니다",
            proxy.escape_debug()
        ),
        HttpNote::Stored { answers } => {
            format!("응답 {answers}개는 캐시에서 온 것(Age)이라 제외되었습니다")
        }
        HttpNote::RefusedByThisClock { fault } => format!(
            "인증서는 유효하지만 이 시스템의 시계로는 유효하지 않아({}) 이곳의 TLS 클라이언트가 \
             서버를 거부합니다",
            certificate(fault)
        ),
        HttpNote::Unproved { fault } => {
            format!("누가 응답했는지 증명되지 않았습니다. 인증서: {}", certificate(fault))
        }
    }
}

fn said(at: UnixTime) -> String {
    civil::utc(at).unwrap_or_else(|| "존재하지 않는 연도".to_owned())
}
