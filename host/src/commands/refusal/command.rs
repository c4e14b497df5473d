//! Reasons why a command failed.

use jwtick_core::token::DecodeError;
use jwtick_core::words::{self, Language, decode_error, sentence, sentences};

use super::config::config;
use super::file::{file, line_of_host};
use super::key::key;
use super::service::{listen, no_policy, store};
use crate::commands::clock::step::answer as step;
use crate::commands::diagnose::args as diagnose;
use crate::commands::effect::{Because, NoEffect};
use crate::commands::error::Error;
use crate::http::client::IdentityError;
use crate::input::Origin;
use crate::measurement::MeasurementError;
use crate::notation::zone::NotAZone;
use crate::output::WriteError;
use crate::page::source;
use crate::probe::{LogLacks, NotAnAccount};
use crate::serve::SocketError;
use crate::source::SourceError;
use crate::stand_in::StartError;

sentences! {
    pub(super) fn command(error: &Error, language, f) {
        Error::File(fault) => { write!(f, "{}", file(fault, language)) }
        Error::Zone { met, fault } => {
            let (met, fault) = (met.escape_debug(), zone(fault, language));
            sentence!(f, language,
                en: "{error}",
                de: "--tz ist `{met}`: {fault}",
                ko: "--tz 값 `{met}`: {fault}",
            )
        }
        Error::Diagnose(fault) => { write!(f, "{}", diagnose::said(*fault, language)) }
        Error::Key(fault) => { write!(f, "{}", key(fault, language)) }
        Error::Serve(fault) => { write!(f, "{}", no_policy(*fault, language)) }
        Error::Store(fault) => { write!(f, "{}", store(fault, language)) }
        Error::Socket(SocketError::Several { count }) => [
            en: "{error}",
            de: "Erwartet wird ein Socket von systemd, gefunden wurden {count}: Schreiben Sie ein einziges ListenStream in die Socket-Unit",
            ko: "systemd의 소켓은 하나여야 하지만 {count}개입니다. 소켓 유닛에 ListenStream을 하나만 적으십시오",
        ]
        Error::Socket(SocketError::Unfit(source)) => [
            en: "{error}",
            de: "Erwartet wird ein TCP- oder Unix-Stream-Socket von systemd, gefunden wurde ein anderer: {source}",
            ko: "systemd의 소켓은 TCP 또는 Unix 스트림 소켓이어야 합니다: {source}",
        ]
        Error::Listen(fault) => { write!(f, "{}", listen(fault, language)) }
        Error::StandIn(fault) => { write!(f, "{}", stand_in(fault, language)) }
        Error::NoPage => [
            en: "{error}",
            de: "Erwartet wird jwtick.html neben dem Programm oder in ../share/jwtick, aber dort ist keine Datei: Nennen Sie sie (jwtick page DATEI); sie gehört zu jeder Veröffentlichung",
            ko: "프로그램 옆이나 ../share/jwtick 폴더에 jwtick.html 파일이 없습니다. 파일을 지정하십시오(jwtick page FILE). 이 파일은 모든 릴리스에 들어 있습니다",
        ]
        Error::Signals { source } => [
            en: "{error}",
            de: "Signale können nicht abgefangen werden: {source}",
            ko: "시그널을 받을 수 없습니다: {source}",
        ]
        Error::Config(fault) => { write!(f, "{}", config(fault, language)) }
        Error::Clock(fault) => { write!(f, "{}", clock(fault, language)) }
        Error::Step(fault) => { f.write_str(&step::error(fault, language)) }
        Error::Claims { name, fault } => {
            write!(f, "{name}: {}", decode_error(&DecodeError::Claims(*fault), language))
        }
        Error::Write(WriteError(source)) => [
            en: "{error}",
            de: "In die Standardausgabe kann nicht geschrieben werden: {source}",
            ko: "표준 출력에 쓸 수 없습니다: {source}",
        ]
        Error::NoClaim { name } => {
            let name = name.escape_debug();
            sentence!(f, language,
                en: "{error}",
                de: "Das Token hat keinen lesbaren Claim `{name}`",
                ko: "토큰에 읽을 수 있는 클레임 `{name}` 항목이 없습니다",
            )
        }
        Error::SeveralTokens { count } => [
            en: "{error}",
            de: "Erwartet wird ein Token, gefunden wurden {count}: Geben Sie eine Datei mit nur einem an",
            ko: "토큰은 하나여야 하지만 {count}개입니다. 토큰이 하나인 파일을 지정하십시오",
        ]
        Error::NoLifetime => [
            en: "{error}",
            de: "Das Token hat `exp`, aber weder `iat` noch `nbf`; seine Gültigkeitsdauer ist daher unbekannt: Geben Sie --exp an",
            ko: "토큰에 `exp` 값이 있지만 `iat` 값도 `nbf` 값도 없어 수명을 알 수 없습니다. --exp 옵션을 지정하십시오",
        ]
        Error::NoToken { origin: Origin::Named } => [
            en: "{error}",
            de: "Kein Token in der Eingabe: Ein Token hat drei durch Punkte getrennte Teile und beginnt mit eyJ",
            ko: "입력에 토큰이 없습니다. 토큰은 점으로 구분된 세 부분으로 이루어지며 eyJ로 시작합니다",
        ]
        Error::NoToken { origin: Origin::Nothing } => [
            en: "{error}",
            de: "Die Eingabe ist leer: Erwartet wird ein Token; es hat drei durch Punkte getrennte Teile und beginnt mit eyJ",
            ko: "입력이 비어 있습니다. 토큰이 있어야 하며, 토큰은 점으로 구분된 세 부분으로 이루어지고 eyJ로 시작합니다",
        ]
        Error::NoToken { origin: Origin::Words } => [
            en: "{error}",
            de: "Kein Token in der Eingabe und keine Datei dieses Namens: Ein Token hat drei durch Punkte getrennte Teile und beginnt mit eyJ",
            ko: "입력에 토큰이 없고, 같은 이름의 파일도 없습니다. 토큰은 점으로 구분된 세 부분으로 이루어지며 eyJ로 시작합니다",
        ]
        // Unreachable: the stand-in generates these URLs itself.
        Error::Url(fault) => { write!(f, "{fault}") }
        Error::Exposed { url } => [
            en: "{error}",
            de: "Geheimnisse gingen unverschlüsselt über http an {url}, wo jeder auf dem Weg sie lesen kann: Nennen Sie die https-URL, oder geben Sie --insecure an, um sie trotzdem zu senden",
            ko: "비밀 정보가 암호화되지 않은 http로 {url} 주소에 전송되어 중간의 누구나 읽을 수 있습니다. https URL을 지정하거나, 그래도 보내려면 --insecure 옵션을 지정하십시오",
        ]
        Error::NoProfile => [
            en: "{error}",
            de: "Keine Verbindung angegeben: Geben Sie ein Profil, --from FILE oder --issuer und --token-url an",
            ko: "연결이 지정되지 않았습니다. 프로필, --from FILE 또는 --issuer 및 --token-url 옵션을 지정하십시오",
        ]
        Error::NoSigner => [
            en: "{error}",
            de: "Kein Schlüssel signiert die Assertion: Geben Sie --key FILE oder --secret-file FILE an, oder setzen Sie key im Profil",
            ko: "어설션에 서명할 키가 없습니다. --key FILE 또는 --secret-file FILE을 지정하거나 프로필에 key를 적으십시오",
        ]
        Error::Account { name, fault: NotAnAccount::Form } => [
            en: "{error}",
            de: "{name}: Erwartet wird die JSON-Datei eines Dienstkontos, mit client_email und token_uri (Google) oder integration (Adobe), oder das Log einer Token-Anfrage, gefunden wurde anderer Text: Laden Sie die Datei noch einmal herunter, oder schreiben Sie ein Profil",
            ko: "{name}: 서비스 계정의 JSON 파일(Google: client_email과 token_uri, Adobe: integration) 또는 토큰 요청의 로그여야 하지만 다른 내용입니다. 파일을 다시 내려받거나 프로필을 작성하십시오",
        ]
        Error::Log { name, lacks: LogLacks::TokenUrl } => [
            en: "{error}",
            de: "{name}: Das Log nennt keinen Token-Endpunkt: Ergänzen Sie --token-url URL",
            ko: "{name}: 로그에 토큰 엔드포인트가 없습니다. --token-url URL을 추가하십시오",
        ]
        Error::Log { name, lacks: LogLacks::Issuer } => [
            en: "{error}",
            de: "{name}: Das Log zeigt keinen Aussteller einer Assertion: Ergänzen Sie --issuer NAME",
            ko: "{name}: 로그에 어설션의 발급자가 없습니다. --issuer NAME을 추가하십시오",
        ]
        Error::Log { name, lacks: LogLacks::Trust { url, audience } } => [
            en: "{error}",
            de: "{name}: Das Log nennt den Token-Endpunkt {url}, seine Assertion gilt aber für {audience}, und ihr Empfänger könnte sie dort verwenden: Wenn der Endpunkt stimmt, ergänzen Sie --token-url {url}",
            ko: "{name}: 로그의 토큰 엔드포인트는 {url} 이지만 어설션의 대상은 {audience} 이므로, 받는 쪽이 그것을 그곳에서 사용할 수 있습니다. 엔드포인트가 맞으면 --token-url {url} 옵션을 추가하십시오",
        ]
        Error::Line { name, fault } => {
            let (number, fault) = (fault.number, line_of_host(&fault.kind, language));
            sentence!(f, language,
                en: "{name}: line {number}: {fault}",
                de: "{name}, Zeile {number}: {fault}",
                ko: "{name} {number}행: {fault}",
            )
        }
        Error::Account { name, fault: NotAnAccount::Url(fault) } => [
            en: "{error}",
            de: "{name}: Die URL des Token-Endpunkts ist nicht verwendbar: {fault}",
            ko: "{name}: 토큰 엔드포인트의 URL을 사용할 수 없습니다: {fault}",
        ]
        Error::Identity { name, fault } => {
            let fault = identity(fault, language);
            write!(f, "{name}: {fault}")
        }
        Error::HalfIdentity => [
            en: "{error}",
            de: "Ein Client-Zertifikat und sein privater Schlüssel müssen zusammen angegeben werden: Geben Sie --client-cert und --client-key an, oder setzen Sie cert und key unter [tls]",
            ko: "클라이언트 인증서와 개인 키는 함께 지정해야 합니다. --client-cert와 --client-key를 모두 지정하거나 [tls]에 cert와 key를 적으십시오",
        ]
        Error::NoEffect(fault) => { write!(f, "{}", no_effect(fault, language)) }
        Error::KidInPem => [
            en: "{error}",
            de: "PEM kann keine kid enthalten: Geben Sie --kid nur mit --format jwk an",
            ko: "PEM 형식에는 kid 값을 넣을 수 없습니다. --kid 옵션은 --format jwk와 함께 사용하십시오",
        ]
        Error::StdinTwice => [
            en: "{error}",
            de: "Die Standardeingabe kann nicht zugleich Schlüssel und Token oder Claims sein: Geben Sie eines davon als Datei an",
            ko: "표준 입력을 키와 토큰(또는 클레임)에 함께 사용할 수 없습니다. 하나는 파일로 지정하십시오",
        ]
    }

    fn zone(fault: &NotAZone, language, f) {
        NotAZone::Unknown => [
            en: "{fault}",
            de: "Erwartet wird ein Abstand zu UTC (+09:00, -0330, UTC+9), UTC, local oder ein Name (Europe/Berlin)",
            ko: "시간대는 UTC와의 차이(+09:00, -0330, UTC+9), UTC, local 또는 이름(Europe/Berlin)이어야 합니다",
        ]
        NotAZone::Range => [
            en: "{fault}",
            de: "Erwartet wird ein Abstand zu UTC von -12:00 bis +14:00, wie ihn die Zonen der Erde haben",
            ko: "시간대의 UTC와의 차이는 지구의 시간대 범위인 -12:00부터 +14:00까지여야 합니다",
        ]
        NotAZone::NoLocal => [
            en: "{fault}",
            de: "Die Zeitzone dieses Hosts ist nicht bekannt: Setzen Sie TZ, oder nennen Sie die Zone (Europe/Berlin)",
            ko: "이 호스트의 시간대를 알 수 없습니다. TZ 변수를 설정하거나 시간대 이름(Europe/Berlin)을 지정하십시오",
        ]
    }

    fn no_effect(fault: &NoEffect, language, f) {
        NoEffect { option, because: Because::Of(other) } => [
            en: "{fault}",
            de: "{option} bewirkt zusammen mit {other} nichts: Lassen Sie eines von beiden weg",
            ko: "{option} 옵션은 {other} 옵션과 함께 사용하면 효과가 없습니다. 둘 중 하나를 빼십시오",
        ]
        NoEffect { option, because: Because::Without(other) } => [
            en: "{fault}",
            de: "{option} bewirkt ohne {other} nichts: Fügen Sie das hinzu, oder lassen Sie {option} weg",
            ko: "{option} 옵션은 {other} 옵션이 없으면 효과가 없습니다. 추가하거나 {option} 옵션을 빼십시오",
        ]
    }

    fn stand_in(fault: &StartError, language, f) {
        StartError::Listen(fault) => { write!(f, "{}", listen(fault, language)) }
        StartError::NoRandomness => [
            en: "{fault}",
            de: "Erwartet werden Zufallszahlen für einen Schlüssel, aber das Betriebssystem liefert keine: Versuchen Sie es später noch einmal",
            ko: "키를 만들 난수가 필요하지만 운영 체제가 제공하지 않습니다. 나중에 다시 시도하십시오",
        ]
    }

    fn identity(fault: &IdentityError, language, f) {
        IdentityError::NoCertificate => [
            en: "{fault}",
            de: "Die Datei enthält kein Zertifikat: Erwartet wird ein Client-Zertifikat in PEM, gefolgt von denen seiner Aussteller",
            ko: "파일에 인증서가 없습니다. PEM 형식의 클라이언트 인증서와 그 뒤에 발급자 인증서가 있어야 합니다",
        ]
        IdentityError::Damaged(source) => [
            en: "{fault}",
            de: "Das PEM ist beschädigt: {source}",
            ko: "PEM이 손상되었습니다: {source}",
        ]
        IdentityError::Mismatch => [
            en: "{fault}",
            de: "Das Zertifikat gehört zu einem anderen Schlüssel: Geben Sie den an, für den es ausgestellt ist; openssl x509 -in FILE -noout -pubkey zeigt dessen öffentlichen Teil",
            ko: "다른 키의 인증서입니다. 이 인증서를 발급받은 키를 지정하십시오. openssl x509 -in FILE -noout -pubkey 명령으로 그 공개 키를 볼 수 있습니다",
        ]
        IdentityError::Unfit(source) => [
            en: "{fault}",
            de: "TLS kann das Zertifikat nicht verwenden: {source}",
            ko: "TLS에서 인증서를 사용할 수 없습니다: {source}",
        ]
    }
}

sentences! {
    pub(super) fn clock(error: &MeasurementError, language, f) {
        MeasurementError::NoSource => [
            en: "{error}",
            de: "Keine Zeitquelle angegeben (jwtick fragt nur Server ab, die Sie nennen): Geben Sie --ntp HOST oder --http URL an, oder tragen Sie in jwtick.toml ntp = [\"HOST\"] ein",
            ko: "시간 소스가 지정되지 않았습니다(jwtick은 지정한 서버에만 질의합니다). --ntp HOST 또는 --http URL 옵션으로 지정하거나 jwtick.toml 파일에 ntp = [\"HOST\"] 형식으로 적으십시오",
        ]
        MeasurementError::Limits { warn, crit } => {
            let [warn, crit] = [warn, crit].map(|limits| words::interval(*limits, language));
            sentence!(f, language,
                en: "{error}",
                de: "--crit muss --warn ganz enthalten, {warn}, ist aber {crit}",
                ko: "--crit 범위는 --warn 범위({warn})를 모두 포함해야 하지만 {crit}입니다",
            )
        }
        MeasurementError::TimeAndClock => [
            en: "{error}",
            de: "Erwartet wird eine feste Zeit oder eine Uhr, angegeben ist beides: Lassen Sie --clock weg, oder geben Sie --at relativ zu jetzt an, etwa +30min",
            ko: "고정된 시각과 시계 중 하나여야 하지만 둘 다 지정되었습니다. --clock 옵션을 빼거나 --at 값을 현재 기준(예: +30min)으로 지정하십시오",
        ]
        MeasurementError::NoClock(faults) => {
            let faults = listed(faults, language);
            sentence!(f, language,
                en: "{error}",
                de: "Keine Uhr konnte gemessen werden: {faults}; nennen Sie eine andere mit --clock",
                ko: "측정할 수 있는 시계가 없습니다: {faults}. --clock 옵션으로 다른 시계를 지정하십시오",
            )
        }
        MeasurementError::Contradiction(said) => {
            let said = said.join("; ");
            sentence!(f, language,
                en: "{error}",
                de: "Die Uhren widersprechen einander: {said}",
                ko: "시계들이 서로 모순됩니다: {said}",
            )
        }
        MeasurementError::Lost(fault) => { f.write_str(&source::lost(fault, language)) }
    }
}

fn listed(faults: &[(String, SourceError)], language: Language) -> String {
    let said = |(name, fault): &(String, SourceError)| {
        format!("{name}: {}", source::error(fault, language))
    };
    faults.iter().map(said).collect::<Vec<String>>().join("; ")
}
