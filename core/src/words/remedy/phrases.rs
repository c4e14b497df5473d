//! What to do, where the sentence needs no value.

use crate::words::language::Phrase;

pub(super) const CONFIRM_OFFSET: Phrase = Phrase {
    en: "Confirm the offset: run `date -u` on this host and compare it with the `Date` header of `curl -sI https://SERVER/`.",
    de: "Abweichung bestätigen: Führen Sie auf diesem Host `date -u` aus und vergleichen Sie die Zeit mit dem Header `Date` aus `curl -sI https://SERVER/`.",
    ko: "차이 확인: 이 호스트에서 `date -u` 명령을 실행하고 `curl -sI https://SERVER/` 응답의 `Date` 헤더와 비교하십시오.",
};

pub(super) const SYNC_SYSTEMD: Phrase = Phrase {
    en: "systemd-timesyncd: turn synchronization on with `sudo timedatectl set-ntp true`, then check with `timedatectl timesync-status`.",
    de: "systemd-timesyncd: Schalten Sie die Synchronisierung mit `sudo timedatectl set-ntp true` ein und prüfen Sie sie mit `timedatectl timesync-status`.",
    ko: "systemd-timesyncd: `sudo timedatectl set-ntp true` 명령으로 동기화를 켠 다음 `timedatectl timesync-status` 명령으로 확인하십시오.",
};

pub(super) const SYNC_CHRONY: Phrase = Phrase {
    en: "chrony: set the clock at once with `sudo chronyc makestep`, then check with `chronyc tracking`.",
    de: "chrony: Stellen Sie die Uhr mit `sudo chronyc makestep` sofort richtig und prüfen Sie sie mit `chronyc tracking`.",
    ko: "chrony: `sudo chronyc makestep` 명령으로 시계를 즉시 맞춘 다음 `chronyc tracking` 명령으로 확인하십시오.",
};

pub(super) const SYNC_WINDOWS: Phrase = Phrase {
    en: "Windows: synchronize with `w32tm /resync /force` as administrator, then check with `w32tm /query /status`.",
    de: "Windows: Synchronisieren Sie als Administrator mit `w32tm /resync /force` und prüfen Sie mit `w32tm /query /status`.",
    ko: "Windows: 관리자 권한으로 `w32tm /resync /force` 명령을 실행한 다음 `w32tm /query /status` 명령으로 확인하십시오.",
};

pub(super) const SYNC_MACOS: Phrase = Phrase {
    en: "macOS: set the clock with `sudo sntp -sS time.apple.com`, and turn on automatic date and time in the system settings.",
    de: "macOS: Stellen Sie die Uhr mit `sudo sntp -sS time.apple.com` und schalten Sie in den Systemeinstellungen Datum und Uhrzeit auf automatisch.",
    ko: "macOS: `sudo sntp -sS time.apple.com` 명령으로 시계를 맞추고 시스템 설정에서 날짜 및 시간 자동 설정을 켜십시오.",
};

pub(super) const SYNC_GUEST: Phrase = Phrase {
    en: "Virtual machine or WSL that was paused: restart the time service in the guest, `sudo systemctl restart systemd-timesyncd` or `sudo systemctl restart chronyd`; in WSL `sudo hwclock --hctosys`.",
    de: "Angehaltene virtuelle Maschine oder WSL: Starten Sie den Zeitdienst im Gast neu, `sudo systemctl restart systemd-timesyncd` oder `sudo systemctl restart chronyd`; in WSL `sudo hwclock --hctosys`.",
    ko: "일시 중지되었던 가상 머신 또는 WSL: 게스트에서 `sudo systemctl restart systemd-timesyncd` 또는 `sudo systemctl restart chronyd` 명령으로 시간 서비스를 다시 시작하십시오. WSL에서는 `sudo hwclock --hctosys` 명령을 사용하십시오.",
};

pub(super) const SYNC_CONTAINER_HOST: Phrase = Phrase {
    en: "Container: it has no clock of its own; correct the clock of the machine that runs it.",
    de: "Container: Er hat keine eigene Uhr; stellen Sie die Uhr der Maschine richtig, auf der er läuft.",
    ko: "컨테이너: 자체 시계가 없으므로 컨테이너를 실행하는 호스트의 시계를 맞추십시오.",
};

pub(super) const SYNC_DEVICE: Phrase = Phrase {
    en: "Phone, tablet or computer of the user: turn on automatic date, time and time zone in its settings.",
    de: "Telefon, Tablet oder Computer des Benutzers: Schalten Sie in den Einstellungen Datum, Uhrzeit und Zeitzone auf automatisch.",
    ko: "사용자의 휴대전화, 태블릿 또는 컴퓨터: 설정에서 날짜, 시간 및 시간대 자동 설정을 켜십시오.",
};

pub(super) const KEEP_RTC_IN_UTC: Phrase = Phrase {
    en: "Keep the hardware clock in UTC: `sudo timedatectl set-local-rtc 0`, then `sudo hwclock --systohc --utc`.",
    de: "Führen Sie die Hardware-Uhr in UTC: `sudo timedatectl set-local-rtc 0`, dann `sudo hwclock --systohc --utc`.",
    ko: "하드웨어 시계를 UTC로 유지하십시오: `sudo timedatectl set-local-rtc 0`, 이어서 `sudo hwclock --systohc --utc`.",
};

pub(super) const SET_CLOCK_AT_BOOT: Phrase = Phrase {
    en: "Device without a battery-backed clock: set its time before the first token is made or judged, and keep the newest trusted time over a restart.",
    de: "Gerät ohne batteriegepufferte Uhr: Stellen Sie die Zeit, bevor das erste Token ausgestellt oder geprüft wird, und bewahren Sie die jüngste vertrauenswürdige Zeit über einen Neustart hinweg auf.",
    ko: "배터리로 유지되는 시계가 없는 장치: 첫 토큰을 발급하거나 검증하기 전에 시각을 설정하고, 신뢰할 수 있는 최신 시각을 재시작 후에도 보존하십시오.",
};

pub(super) const CORRECT_ZONE: Phrase = Phrase {
    en: "Correct the time zone of the host, not its clock: `sudo timedatectl set-timezone ZONE`, on Windows `tzutil /s ZONE`.",
    de: "Korrigieren Sie die Zeitzone des Hosts, nicht seine Uhr: `sudo timedatectl set-timezone ZONE`, unter Windows `tzutil /s ZONE`.",
    ko: "시계가 아니라 호스트의 시간대를 바로잡으십시오: `sudo timedatectl set-timezone ZONE`, Windows에서는 `tzutil /s ZONE`.",
};

pub(super) const COMPUTE_IN_UTC: Phrase = Phrase {
    en: "Compute instants in UTC: the program takes a local time for UTC, or UTC for a local time.",
    de: "Rechnen Sie Zeitpunkte in UTC: Das Programm hält eine lokale Zeit für UTC oder umgekehrt.",
    ko: "시각을 UTC로 계산하십시오. 프로그램이 로컬 시각을 UTC로, 또는 UTC를 로컬 시각으로 잘못 다루고 있습니다.",
};

pub(super) const RENEW_SESSIONS: Phrase = Phrase {
    en: "Once the clock is right, restart or log in again whatever made tokens by the wrong time.",
    de: "Sobald die Uhr richtig geht: Starten Sie alles neu, was Token mit der falschen Zeit ausgestellt hat, oder melden Sie sich dort neu an.",
    ko: "시계를 바로잡은 후, 잘못된 시각으로 토큰을 발급한 프로그램을 다시 시작하거나 다시 로그인하십시오.",
};

pub(super) const RENEW_TOKEN: Phrase = Phrase {
    en: "Renew the token before it ends, and make a new assertion for every request.",
    de: "Erneuern Sie das Token, bevor es abläuft, und stellen Sie für jede Anfrage eine neue Assertion aus.",
    ko: "토큰이 만료되기 전에 갱신하고, 요청마다 어설션을 새로 만드십시오.",
};

pub(super) const SIGN_WHEN_SENDING: Phrase = Phrase {
    en: "Sign right before sending, and sign again for every retry.",
    de: "Signieren Sie unmittelbar vor dem Senden und bei jeder Wiederholung neu.",
    ko: "전송 직전에 서명하고, 재시도할 때마다 다시 서명하십시오.",
};

pub(super) const WRITE_SECONDS: Phrase = Phrase {
    en: "Write `exp`, `nbf` and `iat` as numbers in seconds since 1970 (RFC 7519 §2), not in milliseconds and not as a duration.",
    de: "Schreiben Sie `exp`, `nbf` und `iat` als Zahlen in Sekunden seit 1970 (RFC 7519 §2), nicht in Millisekunden und nicht als Dauer.",
    ko: "`exp`, `nbf`, `iat` 값은 밀리초나 기간이 아니라 1970년부터의 초를 나타내는 숫자로 쓰십시오(RFC 7519 §2).",
};

pub(super) const CHECK_CLAIMS: Phrase = Phrase {
    en: "Look at the key, the issuer, the audience and the form of the claims: time is not the reason.",
    de: "Prüfen Sie Schlüssel, Aussteller (`iss`), Empfänger (`aud`) und Form der Claims: An der Zeit liegt es nicht.",
    ko: "키, 발급자(`iss`), 대상(`aud`), 클레임 형식을 확인하십시오. 시간 문제가 아닙니다.",
};

pub(super) const TELL_OPERATOR: Phrase = Phrase {
    en: "Tell the operator of the other server that its clock is wrong, with the lines shown here.",
    de: "Teilen Sie dem Betreiber des anderen Servers mit, dass dessen Uhr falsch geht, und nennen Sie die hier gezeigten Zeilen.",
    ko: "상대 서버 운영자에게 시계가 잘못되었음을 알리고 여기에 표시된 줄을 전달하십시오.",
};

pub(super) const SYNC_PEERS: Phrase = Phrase {
    en: "Synchronize both servers with the same source of time.",
    de: "Synchronisieren Sie beide Server mit derselben Zeitquelle.",
    ko: "두 서버를 동일한 시간 소스에 동기화하십시오.",
};

pub(super) const RENEW_CERTIFICATE: Phrase = Phrase {
    en: "Have the operator of the server renew its certificate.",
    de: "Lassen Sie das Zertifikat vom Betreiber des Servers erneuern.",
    ko: "서버 운영자에게 인증서 갱신을 요청하십시오.",
};

pub(super) const SYNC_NTPD: Phrase = Phrase {
    en: "ntpd: restart it so that it steps the clock once, `sudo systemctl restart ntpsec` (or `ntp`; its option is `-g`), then check with `ntpq -p`.",
    de: "ntpd: Starten Sie ihn neu, damit er die Uhr einmal stellt, `sudo systemctl restart ntpsec` (oder `ntp`; die Option dafür ist `-g`), und prüfen Sie mit `ntpq -p`.",
    ko: "ntpd: `sudo systemctl restart ntpsec`(또는 `ntp`, 옵션은 `-g`) 명령으로 다시 시작하여 시계를 한 번에 맞춘 다음 `ntpq -p` 명령으로 확인하십시오.",
};

pub(super) const STEP_CLOCK: Phrase = Phrase {
    en: "Nothing keeps this clock right: set it once with the same sources, `sudo jwtick clock --step`, and turn a time service on.",
    de: "Nichts hält diese Uhr richtig: Stellen Sie sie einmal mit denselben Quellen, `sudo jwtick clock --step`, und schalten Sie einen Zeitdienst ein.",
    ko: "이 시계를 맞추는 서비스가 없습니다. 같은 소스로 `sudo jwtick clock --step` 명령을 실행하여 한 번 맞추고 시간 서비스를 켜십시오.",
};

pub(super) const NAME_ANOTHER_SOURCE: Phrase = Phrase {
    en: "Name another source of another operator, so that two agree: `jwtick clock --ntp SERVER --ntp SERVER2`.",
    de: "Nennen Sie eine weitere Quelle eines anderen Betreibers, sodass zwei übereinstimmen: `jwtick clock --ntp SERVER --ntp SERVER2`.",
    ko: "두 소스가 일치하도록 다른 운영자의 소스를 추가로 지정하십시오: `jwtick clock --ntp SERVER --ntp SERVER2`.",
};

pub(super) const MISTRUST_SOURCE: Phrase = Phrase {
    en: "Do not set any clock by the source that stands apart: tell its operator, or name another one.",
    de: "Stellen Sie keine Uhr nach der Quelle, die abweicht: Sagen Sie es ihrem Betreiber, oder nennen Sie eine andere.",
    ko: "나머지와 다른 소스로는 시계를 맞추지 마십시오. 운영자에게 알리거나 다른 소스를 지정하십시오.",
};

pub(super) const REACH_SOURCES: Phrase = Phrase {
    en: "Check the names and that answers get through: NTP needs UDP port 123 outwards and back, HTTP the proxy of the environment.",
    de: "Prüfen Sie die Namen und ob Antworten durchkommen: NTP braucht UDP-Port 123 hinaus und zurück, HTTP den Proxy der Umgebung.",
    ko: "이름과 응답 수신 여부를 확인하십시오. NTP는 UDP 포트 123의 송수신이, HTTP는 환경 변수에 지정된 프록시가 필요합니다.",
};

pub(super) const ASK_NEARER: Phrase = Phrase {
    en: "Ask a source that is nearer, NTP rather than HTTP, or allow more: `--max-offset`.",
    de: "Fragen Sie eine nähere Quelle, lieber NTP als HTTP, oder lassen Sie mehr zu: `--max-offset`.",
    ko: "더 가까운 소스에 문의하거나(HTTP보다 NTP 권장) `--max-offset` 값을 늘리십시오.",
};
