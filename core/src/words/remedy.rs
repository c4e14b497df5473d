//! Remedies: one action each, with exact commands in backticks.

mod amounts;

use core::fmt;

use self::amounts::{allow_leeway, apply_offset, ask_lifetime, limit_lifetime};
use super::language::Language;
use super::sentence::{Said, sentence, sentences};
use crate::survey::Remedy;

/// One action, as a sentence. Commands are in backticks, and the parts that the operator fills in
/// (`SERVER`, `ZONE`) are in capitals.
///
/// # Example
/// ```
/// use jwtick_core::survey::Remedy;
/// use jwtick_core::words::{Language, remedy};
/// let said = remedy(&Remedy::SyncChrony, Language::German).to_string();
/// assert!(said.contains("`sudo chronyc makestep`"));
/// ```
#[must_use]
pub fn remedy(remedy: &Remedy, language: Language) -> impl fmt::Display {
    remedy_at(remedy, "", language)
}

/// The same, with the name of the server in the commands that ask it; nothing stands for an unknown one.
///
/// # Example
/// ```
/// use jwtick_core::survey::Remedy;
/// use jwtick_core::words::{Language, remedy_at};
/// let said = remedy_at(&Remedy::ConfirmOffset, "id.example.com", Language::English).to_string();
/// assert!(said.contains("`curl -sI https://id.example.com/`"), "{said}");
/// ```
#[must_use]
pub fn remedy_at(remedy: &Remedy, server: &str, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| match remedy {
        Remedy::ConfirmOffset => confirm_offset(server_or_placeholder(server), language, f),
        remedy => write!(f, "{}", action(remedy, language)),
    })
}

/// The name of the server, or the placeholder that the operator fills in.
pub(super) const fn server_or_placeholder(server: &str) -> &str {
    if server.is_empty() { "SERVER" } else { server }
}

fn confirm_offset(server: &str, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    sentence!(f, language,
        en: "Confirm the offset: run `date -u` on this host and compare it with the `Date` header of `curl -sI https://{server}/`.",
        de: "Abweichung bestätigen: Führen Sie auf diesem Host `date -u` aus und vergleichen Sie die Zeit mit dem Header `Date` aus `curl -sI https://{server}/`.",
        ko: "차이 확인: 이 호스트에서 `date -u` 명령을 실행하고 `curl -sI https://{server}/` 응답의 `Date` 헤더와 비교하십시오.",
    )
}

sentences! {
    fn action(remedy: &Remedy, language, f) {
        Remedy::ConfirmOffset => { confirm_offset(server_or_placeholder(""), language, f) }
        Remedy::SyncSystemd => [
            en: "systemd-timesyncd: turn synchronization on with `sudo timedatectl set-ntp true`, then check with `timedatectl timesync-status`.",
            de: "systemd-timesyncd: Schalten Sie die Synchronisierung mit `sudo timedatectl set-ntp true` ein und prüfen Sie sie mit `timedatectl timesync-status`.",
            ko: "systemd-timesyncd: `sudo timedatectl set-ntp true` 명령으로 동기화를 켠 다음 `timedatectl timesync-status` 명령으로 확인하십시오.",
        ]
        Remedy::SyncChrony => [
            en: "chrony: set the clock at once with `sudo chronyc makestep`, then check with `chronyc tracking`.",
            de: "chrony: Stellen Sie die Uhr mit `sudo chronyc makestep` sofort richtig und prüfen Sie sie mit `chronyc tracking`.",
            ko: "chrony: `sudo chronyc makestep` 명령으로 시계를 즉시 맞춘 다음 `chronyc tracking` 명령으로 확인하십시오.",
        ]
        Remedy::SyncWindows => [
            en: "Windows: synchronize with `w32tm /resync /force` as administrator, then check with `w32tm /query /status`.",
            de: "Windows: Synchronisieren Sie als Administrator mit `w32tm /resync /force` und prüfen Sie mit `w32tm /query /status`.",
            ko: "Windows: 관리자 권한으로 `w32tm /resync /force` 명령을 실행한 다음 `w32tm /query /status` 명령으로 확인하십시오.",
        ]
        Remedy::SyncMacos => [
            en: "macOS: set the clock with `sudo sntp -sS time.apple.com`, and turn on automatic date and time in the system settings.",
            de: "macOS: Stellen Sie die Uhr mit `sudo sntp -sS time.apple.com` und schalten Sie in den Systemeinstellungen Datum und Uhrzeit auf automatisch.",
            ko: "macOS: `sudo sntp -sS time.apple.com` 명령으로 시계를 맞추고 시스템 설정에서 날짜 및 시간 자동 설정을 켜십시오.",
        ]
        Remedy::SyncGuest => [
            en: "Virtual machine that was paused: restart the time service in the guest with `sudo systemctl restart systemd-timesyncd` or `sudo systemctl restart chronyd`.",
            de: "Angehaltene virtuelle Maschine: Starten Sie den Zeitdienst im Gast mit `sudo systemctl restart systemd-timesyncd` oder `sudo systemctl restart chronyd` neu.",
            ko: "일시 중지되었던 가상 머신: 게스트에서 `sudo systemctl restart systemd-timesyncd` 또는 `sudo systemctl restart chronyd` 명령으로 시간 서비스를 다시 시작하십시오.",
        ]
        Remedy::SyncContainerHost => [
            en: "Container: it has no clock of its own; correct the clock of the machine that runs it.",
            de: "Container: Er hat keine eigene Uhr; stellen Sie die Uhr der Maschine richtig, auf der er läuft.",
            ko: "컨테이너: 자체 시계가 없으므로 컨테이너를 실행하는 호스트의 시계를 맞추십시오.",
        ]
        Remedy::SyncDevice => [
            en: "Browser: on the user's computer or phone, turn on automatic date, time and time zone in its settings.",
            de: "Browser: Schalten Sie in den Einstellungen des Computers oder Telefons Datum, Uhrzeit und Zeitzone auf automatisch.",
            ko: "브라우저: 사용자의 컴퓨터 또는 휴대전화 설정에서 날짜, 시간 및 시간대 자동 설정을 켜십시오.",
        ]
        Remedy::SyncWsl => [
            en: "WSL: set its clock with `sudo hwclock --hctosys`, or run `wsl --shutdown` in Windows and start it again.",
            de: "WSL: Stellen Sie die Uhr mit `sudo hwclock --hctosys`, oder führen Sie in Windows `wsl --shutdown` aus und starten Sie WSL neu.",
            ko: "WSL: `sudo hwclock --hctosys` 명령으로 시계를 맞추거나, Windows에서 `wsl --shutdown` 명령을 실행한 후 다시 시작하십시오.",
        ]
        Remedy::SyncDockerDesktop => [
            en: "Docker Desktop: restart it, so that its virtual machine takes over the time of this computer, then check with `docker run --rm busybox date -u`.",
            de: "Docker Desktop: Starten Sie es neu, damit seine virtuelle Maschine die Zeit dieses Computers übernimmt, und prüfen Sie mit `docker run --rm busybox date -u`.",
            ko: "Docker Desktop: 가상 머신이 이 컴퓨터의 시각을 가져오도록 다시 시작한 다음 `docker run --rm busybox date -u` 명령으로 확인하십시오.",
        ]
        Remedy::SyncNode => [
            en: "Kubernetes: a pod uses the clock of its node; find the node with `kubectl get pod POD -o wide`, and turn its time service on with `sudo timedatectl set-ntp true`.",
            de: "Kubernetes: Ein Pod verwendet die Uhr seines Nodes; finden Sie den Node mit `kubectl get pod POD -o wide`, und schalten Sie dort den Zeitdienst mit `sudo timedatectl set-ntp true` ein.",
            ko: "Kubernetes: 파드는 노드의 시계를 사용합니다. `kubectl get pod POD -o wide` 명령으로 노드를 찾고, 그 노드에서 `sudo timedatectl set-ntp true` 명령으로 시간 서비스를 켜십시오.",
        ]
        Remedy::SyncAndroid => [
            en: "Android: turn on automatic date, time and time zone under Settings > System > Date & time, or with `adb shell settings put global auto_time 1`.",
            de: "Android: Schalten Sie unter Einstellungen > System > Datum & Uhrzeit die automatische Einstellung ein, oder mit `adb shell settings put global auto_time 1`.",
            ko: "Android: 설정 > 시스템 > 날짜 및 시간에서 자동 설정을 켜거나 `adb shell settings put global auto_time 1` 명령을 실행하십시오.",
        ]
        Remedy::SyncIos => [
            en: "iPhone, iPad or Mac: turn on Set Automatically (on a Mac, Set time and date automatically) under Settings > General > Date & Time.",
            de: "iPhone, iPad oder Mac: Schalten Sie unter Einstellungen > Allgemein > Datum & Uhrzeit die automatische Einstellung ein.",
            ko: "iPhone, iPad 또는 Mac: 설정 > 일반 > 날짜 및 시간에서 자동 설정을 켜십시오.",
        ]
        Remedy::SyncBusybox => [
            en: "OpenWrt or BusyBox: set the clock once with `ntpd -n -q -p NTP_SERVER`; on OpenWrt, turn its time service on with `/etc/init.d/sysntpd enable` and `/etc/init.d/sysntpd restart`.",
            de: "OpenWrt oder BusyBox: Stellen Sie die Uhr einmal mit `ntpd -n -q -p NTP_SERVER`; schalten Sie unter OpenWrt den Zeitdienst mit `/etc/init.d/sysntpd enable` und `/etc/init.d/sysntpd restart` ein.",
            ko: "OpenWrt 또는 BusyBox: `ntpd -n -q -p NTP_SERVER` 명령으로 시계를 한 번 맞추십시오. OpenWrt에서는 `/etc/init.d/sysntpd enable` 및 `/etc/init.d/sysntpd restart` 명령으로 시간 서비스를 켜십시오.",
        ]
        Remedy::SyncRouterOs => [
            en: "RouterOS: turn the NTP client on with `/system ntp client set enabled=yes servers=NTP_SERVER`, then check with `/system clock print`.",
            de: "RouterOS: Schalten Sie den NTP-Client mit `/system ntp client set enabled=yes servers=NTP_SERVER` ein und prüfen Sie mit `/system clock print`.",
            ko: "RouterOS: `/system ntp client set enabled=yes servers=NTP_SERVER` 명령으로 NTP 클라이언트를 켠 다음 `/system clock print` 명령으로 확인하십시오.",
        ]
        Remedy::SyncEsp32 => [
            en: "ESP32: start SNTP with `esp_netif_sntp_init`, and wait with `esp_netif_sntp_sync_wait` before the first TLS connection and the first token.",
            de: "ESP32: Starten Sie SNTP mit `esp_netif_sntp_init`, und warten Sie mit `esp_netif_sntp_sync_wait`, bevor die erste TLS-Verbindung und das erste Token entstehen.",
            ko: "ESP32: `esp_netif_sntp_init` 함수로 SNTP를 시작하고, 첫 TLS 연결과 첫 토큰 전에 `esp_netif_sntp_sync_wait` 함수로 동기화를 기다리십시오.",
        ]
        Remedy::SyncAny => [
            en: "Synchronize the clock: `sudo timedatectl set-ntp true` (systemd), `sudo chronyc makestep` (chrony), `w32tm /resync /force` (Windows) or `sudo sntp -sS time.apple.com` (macOS).",
            de: "Synchronisieren Sie die Uhr: `sudo timedatectl set-ntp true` (systemd), `sudo chronyc makestep` (chrony), `w32tm /resync /force` (Windows) oder `sudo sntp -sS time.apple.com` (macOS).",
            ko: "시계 동기화: `sudo timedatectl set-ntp true`(systemd), `sudo chronyc makestep`(chrony), `w32tm /resync /force`(Windows) 또는 `sudo sntp -sS time.apple.com`(macOS).",
        ]
        Remedy::KeepRtcInUtc => [
            en: "Keep the hardware clock in UTC: `sudo timedatectl set-local-rtc 0`, then `sudo hwclock --systohc --utc`.",
            de: "Stellen Sie die Hardware-Uhr auf UTC: `sudo timedatectl set-local-rtc 0`, dann `sudo hwclock --systohc --utc`.",
            ko: "하드웨어 시계를 UTC로 유지하십시오: `sudo timedatectl set-local-rtc 0`, 이어서 `sudo hwclock --systohc --utc`.",
        ]
        Remedy::SetClockAtBoot => [
            en: "Device without a battery-backed clock: set its time before it issues or verifies the first token, and keep the newest trusted time across restarts.",
            de: "Gerät ohne batteriegepufferte Uhr: Stellen Sie die Zeit, bevor das erste Token ausgestellt oder geprüft wird, und bewahren Sie die jüngste vertrauenswürdige Zeit über einen Neustart hinweg auf.",
            ko: "배터리로 유지되는 시계가 없는 장치: 첫 토큰을 발급하거나 검증하기 전에 시각을 설정하고, 신뢰할 수 있는 최신 시각을 재시작 후에도 보존하십시오.",
        ]
        Remedy::CorrectZone => [
            en: "Correct the time zone of the host, not its clock: `sudo timedatectl set-timezone ZONE`.",
            de: "Korrigieren Sie die Zeitzone des Hosts, nicht seine Uhr: `sudo timedatectl set-timezone ZONE`.",
            ko: "시계가 아니라 호스트의 시간대를 바로잡으십시오: `sudo timedatectl set-timezone ZONE`.",
        ]
        Remedy::CorrectZoneOnWindows => [
            en: "Windows: correct the time zone of the host, not its clock: `tzutil /s ZONE`.",
            de: "Windows: Korrigieren Sie die Zeitzone des Hosts, nicht seine Uhr: `tzutil /s ZONE`.",
            ko: "Windows: 시계가 아니라 호스트의 시간대를 바로잡으십시오: `tzutil /s ZONE`.",
        ]
        Remedy::ComputeInUtc => [
            en: "Compute instants in UTC: the program mistakes a local time for UTC, or UTC for a local time.",
            de: "Berechnen Sie Zeitpunkte in UTC: Das Programm hält eine lokale Zeit für UTC oder umgekehrt.",
            ko: "시각을 UTC로 계산하십시오. 프로그램이 로컬 시각을 UTC로, 또는 UTC를 로컬 시각으로 잘못 다루고 있습니다.",
        ]
        Remedy::ApplyOffset(offset) => { apply_offset(*offset, language, f) }
        Remedy::AllowLeeway(leeway) => { allow_leeway(*leeway, language, f) }
        Remedy::AskLifetime(lifetime) => { ask_lifetime(*lifetime, language, f) }
        Remedy::LimitLifetime(lifetime) => { limit_lifetime(*lifetime, language, f) }
        Remedy::RenewSessions => [
            en: "Once the clock is right, restart or log in again to every program that issued tokens with the wrong time.",
            de: "Sobald die Uhr richtig geht: Starten Sie alles neu, was Token mit der falschen Zeit ausgestellt hat, oder melden Sie sich dort neu an.",
            ko: "시계를 바로잡은 후, 잘못된 시각으로 토큰을 발급한 프로그램을 다시 시작하거나 다시 로그인하십시오.",
        ]
        Remedy::RenewToken => [
            en: "Renew the token before it expires, and issue a new assertion for every request.",
            de: "Erneuern Sie das Token, bevor es abläuft, und stellen Sie für jede Anfrage eine neue Assertion aus.",
            ko: "토큰이 만료되기 전에 갱신하고, 요청마다 어설션을 새로 만드십시오.",
        ]
        Remedy::SignWhenSending => [
            en: "Sign immediately before sending, and sign again for every retry.",
            de: "Signieren Sie unmittelbar vor dem Senden und bei jeder Wiederholung neu.",
            ko: "전송 직전에 서명하고, 재시도할 때마다 다시 서명하십시오.",
        ]
        Remedy::WriteSeconds => [
            en: "Write `exp`, `nbf` and `iat` as numbers in seconds since 1970 (RFC 7519 §2), not in milliseconds and not as a duration.",
            de: "Schreiben Sie `exp`, `nbf` und `iat` als Zahlen in Sekunden seit 1970 (RFC 7519 §2), nicht in Millisekunden und nicht als Dauer.",
            ko: "`exp`, `nbf`, `iat` 값은 밀리초나 기간이 아니라 1970년부터의 초를 나타내는 숫자로 쓰십시오(RFC 7519 §2).",
        ]
        Remedy::CheckClaims => [
            en: "Check the key, the issuer (`iss`), the audience (`aud`) and the form of the claims: time is not the reason.",
            de: "Prüfen Sie Schlüssel, Aussteller (`iss`), Empfänger (`aud`) und Form der Claims: An der Zeit liegt es nicht.",
            ko: "키, 발급자(`iss`), 대상(`aud`), 클레임 형식을 확인하십시오. 시간 문제가 아닙니다.",
        ]
        Remedy::TellOperator => [
            en: "Tell the operator of the other server that its clock is wrong, and send the lines shown here.",
            de: "Teilen Sie dem Betreiber des anderen Servers mit, dass dessen Uhr falsch geht, und nennen Sie die hier gezeigten Zeilen.",
            ko: "상대 서버 운영자에게 시계가 잘못되었음을 알리고 여기에 표시된 행을 전달하십시오.",
        ]
        Remedy::SyncPeers => [
            en: "Synchronize both servers with the same time source.",
            de: "Synchronisieren Sie beide Server mit derselben Zeitquelle.",
            ko: "두 서버를 동일한 시간 소스에 동기화하십시오.",
        ]
        Remedy::RenewCertificate => [
            en: "Have the operator of the server renew its certificate.",
            de: "Lassen Sie das Zertifikat vom Betreiber des Servers erneuern.",
            ko: "서버 운영자에게 인증서 갱신을 요청하십시오.",
        ]
        Remedy::SyncNtpd => [
            en: "ntpd: restart it so that it steps the clock once: `sudo systemctl restart ntpsec` (or `ntp`; its option is `-g`). Then check with `ntpq -p`.",
            de: "ntpd: Starten Sie ihn neu, damit er die Uhr einmal stellt: `sudo systemctl restart ntpsec` (oder `ntp`; die Option dafür ist `-g`). Prüfen Sie dann mit `ntpq -p`.",
            ko: "ntpd: `sudo systemctl restart ntpsec`(또는 `ntp`, 옵션은 `-g`) 명령으로 다시 시작하여 시계를 한 번에 맞춘 다음 `ntpq -p` 명령으로 확인하십시오.",
        ]
        Remedy::StepClock => [
            en: "No time service keeps this clock right: set it once from the same sources with `sudo jwtick clock --step`, and turn a time service on.",
            de: "Kein Zeitdienst hält diese Uhr richtig: Stellen Sie sie einmal nach denselben Quellen mit `sudo jwtick clock --step` und schalten Sie einen Zeitdienst ein.",
            ko: "이 시계를 맞추는 서비스가 없습니다. 같은 소스로 `sudo jwtick clock --step` 명령을 실행하여 한 번 맞추고 시간 서비스를 켜십시오.",
        ]
        Remedy::NameAnotherSource => [
            en: "Name another source from a different operator, so that two can agree: `jwtick clock --ntp SERVER --ntp SERVER2`.",
            de: "Nennen Sie eine weitere Quelle eines anderen Betreibers, damit zwei übereinstimmen können: `jwtick clock --ntp SERVER --ntp SERVER2`.",
            ko: "두 소스가 일치하도록 다른 운영자의 소스를 추가로 지정하십시오: `jwtick clock --ntp SERVER --ntp SERVER2`.",
        ]
        Remedy::MistrustSource => [
            en: "Do not set any clock from the source that disagrees: tell its operator, or name another source.",
            de: "Stellen Sie keine Uhr nach der Quelle, die abweicht: Informieren Sie ihren Betreiber oder nennen Sie eine andere.",
            ko: "나머지와 다른 소스로는 시계를 맞추지 마십시오. 운영자에게 알리거나 다른 소스를 지정하십시오.",
        ]
        Remedy::ReachSources => [
            en: "Check the names, and that answers get through: NTP needs UDP port 123 in both directions, HTTP needs the proxy of the environment.",
            de: "Prüfen Sie die Namen und ob Antworten durchkommen: NTP braucht UDP-Port 123 in beiden Richtungen, HTTP den Proxy der Umgebung.",
            ko: "이름과 응답 수신 여부를 확인하십시오. NTP는 UDP 포트 123의 송수신이, HTTP는 환경 변수에 지정된 프록시가 필요합니다.",
        ]
        Remedy::AskNearer => [
            en: "Use a nearer source, NTP rather than HTTP, or allow a larger offset with `--max-offset`.",
            de: "Verwenden Sie eine nähere Quelle, lieber NTP als HTTP, oder lassen Sie mit `--max-offset` eine größere Abweichung zu.",
            ko: "더 가까운 소스를 사용하거나(HTTP보다 NTP 권장) `--max-offset` 값을 늘리십시오.",
        ]
    }
}
