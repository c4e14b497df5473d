//! The exit codes, as `jwtick explain --exit-codes` lists them. Their numbers never change.

use std::process::ExitCode;

use jwtick_core::judge::Failure;
use jwtick_core::words::{Language, word};

/// The outcome of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exit {
    /// Success: the token is accepted, or there is no clock fault.
    Done,
    /// The command failed: a file, key or network connection could not be used.
    Failed,
    /// The command line or the configuration is invalid.
    Usage,
    /// The token has expired.
    Expired,
    /// The token is not valid yet.
    NotYetValid,
    /// The clock is not known well enough to decide.
    Undecided,
    /// The signature is invalid, or no key matches.
    BadSignature,
    /// The token is malformed, or its header is rejected.
    Malformed,
    /// Another claim is rejected.
    ClaimRefused,
    /// A clock is wrong.
    ClockFault,
    /// The cause could not be determined.
    Undetermined,
    /// A check plugin's "warning" (Monitoring Plugins guidelines, "Return codes", as for the next
    /// two).
    PluginWarning,
    /// A check plugin's "critical".
    PluginCritical,
    /// A check plugin's "unknown".
    PluginUnknown,
}

impl Exit {
    /// The exit status for the operating system.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed | Self::PluginWarning => 1,
            Self::Usage | Self::PluginCritical => 2,
            Self::PluginUnknown => 3,
            Self::Expired => 10,
            Self::NotYetValid => 11,
            Self::Undecided => 12,
            Self::BadSignature => 13,
            Self::Malformed => 14,
            Self::ClaimRefused => 15,
            Self::ClockFault => 20,
            Self::Undetermined => 21,
        }
    }
}

impl Exit {
    /// Every outcome, in the order of the codes; those of a check plugin are last.
    pub(crate) const ALL: [Self; 14] = [
        Self::Done,
        Self::Failed,
        Self::Usage,
        Self::Expired,
        Self::NotYetValid,
        Self::Undecided,
        Self::BadSignature,
        Self::Malformed,
        Self::ClaimRefused,
        Self::ClockFault,
        Self::Undetermined,
        Self::PluginWarning,
        Self::PluginCritical,
        Self::PluginUnknown,
    ];

    /// Returns true for an outcome that only a check plugin has.
    pub(crate) const fn is_of_plugin(self) -> bool {
        matches!(self, Self::PluginWarning | Self::PluginCritical | Self::PluginUnknown)
    }

    /// The meaning of the code for any command.
    #[expect(clippy::too_many_lines, reason = "one row for each code, in three languages")]
    pub(crate) const fn meaning(self, language: Language) -> &'static str {
        match self {
            Self::Done => word!(language,
                en: "Success: the token is accepted, the clock is right, no clock is at fault, or the connection works.",
                de: "Erfolg: Das Token wird angenommen, die Uhr geht richtig, keine Uhr ist schuld, oder die Verbindung funktioniert.",
                ko: "성공: 토큰이 유효하거나, 시계가 맞거나, 시계에 문제가 없거나, 연결이 됩니다.",
            ),
            Self::Failed => word!(language,
                en: "The command failed: a file, a key or the network could not be used, or a server rejected a connection for a reason other than time.",
                de: "Der Befehl ist gescheitert: Eine Datei, ein Schlüssel oder das Netz war nicht zu gebrauchen, oder ein Server lehnte eine Verbindung aus einem anderen Grund als der Zeit ab.",
                ko: "명령이 실패했습니다. 파일, 키 또는 네트워크를 사용할 수 없거나, 서버가 시간이 아닌 이유로 연결을 거부했습니다.",
            ),
            Self::Usage => word!(language,
                en: "The command line or the configuration is invalid.",
                de: "Die Befehlszeile oder die Konfiguration ist ungültig.",
                ko: "명령줄 또는 설정이 잘못되었습니다.",
            ),
            Self::Expired => word!(language,
                en: "The token has expired.",
                de: "Das Token ist abgelaufen.",
                ko: "토큰이 만료되었습니다.",
            ),
            Self::NotYetValid => word!(language,
                en: "The token is not valid yet.",
                de: "Das Token ist noch nicht gültig.",
                ko: "토큰이 아직 유효하지 않습니다.",
            ),
            Self::Undecided => word!(language,
                en: "The clock is not known well enough to decide.",
                de: "Die Uhr ist nicht genau genug bekannt, um zu entscheiden.",
                ko: "판단할 만큼 시계를 정확히 알 수 없습니다.",
            ),
            Self::BadSignature => word!(language,
                en: "The signature is invalid, or no key matches.",
                de: "Die Signatur ist ungültig, oder kein Schlüssel passt.",
                ko: "서명이 잘못되었거나 맞는 키가 없습니다.",
            ),
            Self::Malformed => word!(language,
                en: "The token is malformed, or its header is rejected.",
                de: "Das Token ist fehlerhaft aufgebaut, oder sein Header wird abgelehnt.",
                ko: "토큰의 형식이 잘못되었거나 헤더가 거부되었습니다.",
            ),
            Self::ClaimRefused => word!(language,
                en: "Another claim is rejected.",
                de: "Ein anderer Claim wird abgelehnt.",
                ko: "다른 클레임이 거부되었습니다.",
            ),
            Self::ClockFault => word!(language,
                en: "A clock is wrong.",
                de: "Eine Uhr geht falsch.",
                ko: "시계가 틀립니다.",
            ),
            Self::Undetermined => word!(language,
                en: "The cause, or whether the clock is right, could not be determined.",
                de: "Die Ursache, oder ob die Uhr richtig geht, war nicht festzustellen.",
                ko: "원인 또는 시계가 맞는지를 판단할 수 없습니다.",
            ),
            Self::PluginWarning => word!(language,
                en: "With --format nagios: warning.",
                de: "Mit --format nagios: Warnung (WARNING).",
                ko: "--format nagios 옵션: 경고(WARNING).",
            ),
            Self::PluginCritical => word!(language,
                en: "With --format nagios: critical.",
                de: "Mit --format nagios: kritisch (CRITICAL).",
                ko: "--format nagios 옵션: 심각(CRITICAL).",
            ),
            Self::PluginUnknown => word!(language,
                en: "With --format nagios: unknown.",
                de: "Mit --format nagios: unbekannt (UNKNOWN).",
                ko: "--format nagios 옵션: 알 수 없음(UNKNOWN).",
            ),
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

impl From<Option<Failure>> for Exit {
    /// The exit code for a token with this failure, or without one.
    fn from(failure: Option<Failure>) -> Self {
        match failure {
            None => Self::Done,
            Some(Failure::Malformed) => Self::Malformed,
            Some(Failure::Signature) => Self::BadSignature,
            Some(Failure::Expired) => Self::Expired,
            Some(Failure::NotYetValid) => Self::NotYetValid,
            Some(Failure::Undecided) => Self::Undecided,
            Some(_) => Self::ClaimRefused,
        }
    }
}
