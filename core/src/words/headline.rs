//! The first sentence of a diagnosis, as firm as the evidence is.

use super::language::Phrase;
use crate::diagnosis::Diagnosis;
use crate::diagnosis::{Cause, Certainty, ClockFault};

/// Whose fault it is, without numbers.
pub(super) const fn headline(diagnosis: &Diagnosis) -> Phrase {
    match diagnosis.cause {
        Cause::LocalClock => local_clock(diagnosis.certainty),
        Cause::ClockUnset => clock_unset(diagnosis.certainty),
        Cause::TimeZone => time_zone(diagnosis.fault),
        Cause::RemoteClock => remote_clock(diagnosis.certainty),
        Cause::PeerClocks if diagnosis.clocks.is_some() => NODES_DIFFER,
        Cause::PeerClocks => PEER_CLOCKS,
        Cause::Expired => EXPIRED,
        Cause::LateRequest => LATE_REQUEST,
        Cause::Units => UNITS,
        Cause::Lifetime => LIFETIME,
        Cause::NotClock if diagnosis.refusals == 0 => NOTHING_REFUSED,
        Cause::NotClock => NOT_CLOCK,
        Cause::ServerCertificate => SERVER_CERTIFICATE,
        Cause::Undetermined if diagnosis.refusals == 0 => NOTHING_TO_JUDGE,
        Cause::Undetermined => UNDETERMINED,
    }
}

/// Whether [`headline`] itself says how sure it is.
pub(super) const fn speaks_of_certainty(cause: Cause) -> bool {
    match cause {
        Cause::LocalClock
        | Cause::ClockUnset
        | Cause::RemoteClock
        | Cause::PeerClocks
        | Cause::Undetermined => true,
        Cause::TimeZone
        | Cause::Expired
        | Cause::LateRequest
        | Cause::Units
        | Cause::Lifetime
        | Cause::NotClock
        | Cause::ServerCertificate => false,
    }
}

const fn local_clock(certainty: Certainty) -> Phrase {
    match certainty {
        Certainty::Proven => Phrase {
            en: "The clock of the host that wrote this log is wrong.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, geht falsch.",
            ko: "이 로그를 기록한 호스트의 시계가 잘못되었습니다.",
        },
        Certainty::Likely => Phrase {
            en: "The clock of the host that wrote this log is most likely wrong.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, geht sehr wahrscheinlich falsch.",
            ko: "이 로그를 기록한 호스트의 시계가 잘못되었을 가능성이 높습니다.",
        },
        Certainty::Weak => Phrase {
            en: "The clock of the host that wrote this log may be wrong.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, geht möglicherweise falsch.",
            ko: "이 로그를 기록한 호스트의 시계가 잘못되었을 수 있습니다.",
        },
    }
}

const fn clock_unset(certainty: Certainty) -> Phrase {
    match certainty {
        Certainty::Proven => Phrase {
            en: "The clock of the host that wrote this log was never set: since it started it has run from a default such as 1970 or 2000.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, wurde nie gestellt: Sie läuft seit dem Start von einem Vorgabewert wie 1970 oder 2000 an.",
            ko: "이 로그를 기록한 호스트의 시계가 설정되지 않았습니다. 시작 이후 1970년이나 2000년 같은 기본값부터 흐르고 있습니다.",
        },
        Certainty::Likely => Phrase {
            en: "The clock of the host that wrote this log was most likely never set and has run from a default such as 1970 or 2000 since it started.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, wurde sehr wahrscheinlich nie gestellt und läuft seit dem Start von einem Vorgabewert wie 1970 oder 2000 an.",
            ko: "이 로그를 기록한 호스트의 시계가 설정되지 않은 채 1970년이나 2000년 같은 기본값부터 흐르고 있을 가능성이 높습니다.",
        },
        Certainty::Weak => Phrase {
            en: "The clock of the host that wrote this log may never have been set.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, wurde möglicherweise nie gestellt.",
            ko: "이 로그를 기록한 호스트의 시계가 설정되지 않았을 수 있습니다.",
        },
    }
}

const fn time_zone(fault: ClockFault) -> Phrase {
    match fault {
        ClockFault::Found => Phrase {
            en: "The clock of the host that wrote this log is off by a time zone or by summer time: a setting of the host is wrong.",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, ist um eine Zeitzone oder um die Sommerzeit verstellt: Eine Einstellung des Hosts ist falsch.",
            ko: "이 로그를 기록한 호스트의 시계가 시간대 또는 일광 절약 시간만큼 어긋나 있습니다. 호스트 설정이 잘못되었습니다.",
        },
        ClockFault::Cleared => Phrase {
            en: "No clock is at fault: the program computes its times in the wrong time zone.",
            de: "An einer Uhr liegt es nicht: Das Programm berechnet seine Zeiten in der falschen Zeitzone.",
            ko: "시계 문제가 아닙니다. 프로그램이 잘못된 시간대로 시각을 계산합니다.",
        },
        ClockFault::Open => Phrase {
            en: "The times differ by a time zone or by summer time; whether a setting or a computation is wrong, the text does not show.",
            de: "Die Zeiten unterscheiden sich um eine Zeitzone oder um die Sommerzeit; ob eine Einstellung oder eine Berechnung falsch ist, zeigt der Text nicht.",
            ko: "시각이 시간대 또는 일광 절약 시간만큼 차이 납니다. 설정과 계산 중 무엇이 잘못되었는지는 로그에 나타나지 않습니다.",
        },
    }
}

const fn remote_clock(certainty: Certainty) -> Phrase {
    match certainty {
        Certainty::Proven => Phrase {
            en: "The clock of another server is wrong; the local clock plays no part.",
            de: "Die Uhr eines anderen Servers geht falsch; die lokale Uhr spielt keine Rolle.",
            ko: "다른 서버의 시계가 잘못되었습니다. 로컬 시계와는 관계가 없습니다.",
        },
        Certainty::Likely => Phrase {
            en: "The clock of another server is most likely wrong; the local clock plays no part.",
            de: "Die Uhr eines anderen Servers geht sehr wahrscheinlich falsch; die lokale Uhr spielt keine Rolle.",
            ko: "다른 서버의 시계가 잘못되었을 가능성이 높습니다. 로컬 시계와는 관계가 없습니다.",
        },
        Certainty::Weak => Phrase {
            en: "The clock of another server may be wrong.",
            de: "Die Uhr eines anderen Servers geht möglicherweise falsch.",
            ko: "다른 서버의 시계가 잘못되었을 수 있습니다.",
        },
    }
}

const PEER_CLOCKS: Phrase = Phrase {
    en: "Two clocks differ, and the text does not prove which of them is wrong.",
    de: "Zwei Uhren weichen voneinander ab; welche von beiden falsch geht, beweist der Text nicht.",
    ko: "두 시계가 서로 다릅니다. 어느 쪽이 잘못되었는지는 이 로그만으로 입증되지 않습니다.",
};

const NODES_DIFFER: Phrase = Phrase {
    en: "Behind one name stand servers whose clocks differ.",
    de: "Hinter einem Namen stehen Server, deren Uhren voneinander abweichen.",
    ko: "하나의 이름으로 응답하는 서버들의 시계가 서로 다릅니다.",
};

const EXPIRED: Phrase = Phrase {
    en: "No clock is at fault: the token, assertion or session has really expired.",
    de: "An einer Uhr liegt es nicht: Token, Assertion oder Sitzung sind tatsächlich abgelaufen.",
    ko: "시계 문제가 아닙니다. 토큰, 어설션 또는 세션이 실제로 만료되었습니다.",
};

const LATE_REQUEST: Phrase = Phrase {
    en: "No clock is at fault: the request was signed at the right time, but sent or received too late.",
    de: "An einer Uhr liegt es nicht: Die Anfrage wurde zur richtigen Zeit signiert, aber zu spät gesendet oder empfangen.",
    ko: "시계 문제가 아닙니다. 요청은 올바른 시각에 서명되었지만 너무 늦게 전송되었거나 수신되었습니다.",
};

const UNITS: Phrase = Phrase {
    en: "No clock is at fault: a time is written in the wrong unit, milliseconds for seconds or a duration for an instant.",
    de: "An einer Uhr liegt es nicht: Eine Zeit steht in der falschen Einheit da, Millisekunden statt Sekunden oder eine Dauer statt eines Zeitpunkts.",
    ko: "시계 문제가 아닙니다. 시간의 단위가 잘못되었습니다(초 대신 밀리초, 또는 시각 대신 기간).",
};

const LIFETIME: Phrase = Phrase {
    en: "No clock is at fault: the provider does not allow the lifetime that was asked for.",
    de: "An einer Uhr liegt es nicht: Der Anbieter lässt die angeforderte Gültigkeitsdauer nicht zu.",
    ko: "시계 문제가 아닙니다. 제공자가 요청한 유효 기간을 허용하지 않습니다.",
};

const NOT_CLOCK: Phrase = Phrase {
    en: "No clock is at fault: the refusal has another reason, such as the key, the audience or the form of a claim.",
    de: "An einer Uhr liegt es nicht: Die Ablehnung hat einen anderen Grund, etwa den Schlüssel, den Empfänger oder die Form eines Claims.",
    ko: "시계 문제가 아닙니다. 키, 대상(aud), 클레임 형식 등 다른 이유로 거부되었습니다.",
};

const NOTHING_REFUSED: Phrase = Phrase {
    en: "Nothing here points to a wrong clock: no token, signature or certificate was refused for its time.",
    de: "Nichts deutet hier auf eine falsche Uhr hin: Kein Token, keine Signatur und kein Zertifikat wurde wegen der Zeit abgelehnt.",
    ko: "시계 오류를 나타내는 내용이 없습니다. 시간 때문에 거부된 토큰, 서명, 인증서가 없습니다.",
};

const SERVER_CERTIFICATE: Phrase = Phrase {
    en: "The local clock is right: the certificate of the server has expired or is not valid yet.",
    de: "Die lokale Uhr geht richtig: Das Zertifikat des Servers ist abgelaufen oder noch nicht gültig.",
    ko: "로컬 시계는 정확합니다. 서버 인증서가 만료되었거나 아직 유효하지 않습니다.",
};

const NOTHING_TO_JUDGE: Phrase = Phrase {
    en: "Undetermined: this text holds no refusal that a wrong clock could explain.",
    de: "Unentschieden: Dieser Text enthält keine Ablehnung, die eine falsche Uhr erklären könnte.",
    ko: "판단할 수 없습니다. 잘못된 시계로 설명할 수 있는 거부 기록이 없습니다.",
};

const UNDETERMINED: Phrase = Phrase {
    en: "Undetermined: something was refused, but the text does not show whether a clock is wrong, or which.",
    de: "Unentschieden: Etwas wurde abgelehnt, aber der Text zeigt nicht, ob eine Uhr falsch geht und welche.",
    ko: "판단할 수 없습니다. 거부된 기록은 있으나, 시계가 잘못되었는지, 어느 시계인지는 로그에 나타나지 않습니다.",
};
