//! The words that only the commands need; those of verdicts and findings are the core's.

use jwtick_core::render::{self, Language};
use jwtick_core::{ClaimsError, DecodeError, NumericDate, Scale, Span, UnixTime};

use crate::keys::Format;
use crate::language::Words;
use crate::notation::civil;

pub(crate) const HEADER: Words = Words { en: "Header", de: "Header", ko: "헤더" };
pub(crate) const CLAIMS: Words = Words { en: "Claims", de: "Claims", ko: "클레임" };
pub(crate) const TIMES: Words = Words { en: "Times", de: "Zeiten", ko: "시간" };
pub(crate) const TIMES_BY_THIS_CLOCK: Words = Words {
    en: "Times by this host's clock",
    de: "Zeiten nach der Uhr dieses Hosts",
    ko: "이 호스트의 시계 기준 시간",
};
pub(crate) const BY_THIS_CLOCK: Words = Words {
    en: "by this host's clock",
    de: "nach der Uhr dieses Hosts",
    ko: "이 호스트의 시계로는",
};
pub(crate) const SIGNATURE: Words = Words { en: "Signature", de: "Signatur", ko: "서명" };
pub(crate) const REASON: Words = Words { en: "Reason", de: "Grund", ko: "사유" };
pub(crate) const NOTE: Words = Words { en: "Note", de: "Hinweis", ko: "참고" };
pub(crate) const VALID: Words = Words { en: "valid", de: "gültig", ko: "유효" };
pub(crate) const INVALID: Words =
    Words { en: "invalid", de: "ungültig", ko: "유효하지 않음" };
pub(crate) const UNCHECKED: Words =
    Words { en: "not checked", de: "nicht geprüft", ko: "확인하지 않음" };

pub(crate) const KEY: Words = Words { en: "Key", de: "Schlüssel", ko: "키" };

/// How a key is written.
pub(crate) const fn format(format: Format) -> Words {
    match format {
        Format::Jwk => Words { en: "JWK", de: "JWK", ko: "JWK" },
        Format::JwkSet => {
            Words { en: "of the JWK Set", de: "aus dem JWK Set", ko: "JWK Set의 키" }
        }
        Format::Spki => Words {
            en: "public key (SPKI)",
            de: "öffentlicher Schlüssel (SPKI)",
            ko: "공개 키(SPKI)",
        },
        Format::Pkcs1 => Words { en: "PKCS#1", de: "PKCS#1", ko: "PKCS#1" },
        Format::Pkcs8 => Words {
            en: "private key (PKCS#8)",
            de: "privater Schlüssel (PKCS#8)",
            ko: "개인 키(PKCS#8)",
        },
        Format::Sec1 => Words {
            en: "private key (SEC 1)",
            de: "privater Schlüssel (SEC 1)",
            ko: "개인 키(SEC 1)",
        },
        Format::Certificate => {
            Words { en: "X.509 certificate", de: "X.509-Zertifikat", ko: "X.509 인증서" }
        }
        Format::Secret => Words { en: "HMAC secret", de: "HMAC-Geheimnis", ko: "HMAC 비밀 키" },
    }
}

/// The name of a key by RFC 7638.
pub(crate) fn thumbprint(print: &str, language: Language) -> String {
    match language {
        Language::English => format!("thumbprint {print}"),
        Language::German => format!("Fingerabdruck {print}"),
        Language::Korean => format!("지문 {print}"),
    }
}

/// That `verify` was given more than it needs.
pub(crate) const PRIVATE_KEY: Words = Words {
    en: "this is a private key; verify needs the public one: it is in there, used that",
    de: "Dies ist ein privater Schlüssel; zum Prüfen genügt der öffentliche: Er steckt darin und \
         wurde benutzt",
    ko: "개인 키입니다. 검증에는 공개 키만 필요하므로 그 안에 있는 공개 키를 사용했습니다",
};

/// That a list of names is not complete.
pub(crate) const SECRETS_LEFT_OUT: Words = Words {
    en: "secrets are left out: whoever tries secrets could tell by the thumbprint (RFC 7638 §7)",
    de: "Geheimnisse fehlen: Wer Geheimnisse durchprobiert, erkennt sie am Fingerabdruck \
         (RFC 7638 §7)",
    ko: "비밀 키는 제외했습니다. 지문이 있으면 비밀 키를 추측해 확인할 수 있습니다(RFC 7638 §7)",
};

/// That a new token is dated ahead.
pub(crate) const FUTURE_IAT: Words = Words {
    en: "iat is in the future: many servers refuse the token until then",
    de: "iat liegt in der Zukunft: Viele Server lehnen das Token bis dahin ab",
    ko: "iat 값이 미래 시각이므로 많은 서버가 그때까지 이 토큰을 거부합니다",
};

/// That an assertion does not say whom it is for.
pub(crate) const NO_AUDIENCE: Words = Words {
    en: "aud is missing: a token endpoint refuses an assertion without it (RFC 7523 §3)",
    de: "aud fehlt: Ein Token-Endpunkt lehnt eine Assertion ohne sie ab (RFC 7523 §3)",
    ko: "aud 값이 없습니다. 토큰 엔드포인트는 aud 없는 어설션을 거부합니다(RFC 7523 §3)",
};

/// That a server does not take what lives so long.
pub(crate) fn too_long(server: &str, longest: Span, language: Language) -> String {
    let longest = render::duration(longest, language);
    match language {
        Language::English => {
            format!("{server} refuses an assertion that lives longer than {longest}: exp is later")
        }
        Language::German => {
            format!(
                "{server} lehnt eine Assertion ab, die länger als {longest} gilt: exp ist später"
            )
        }
        Language::Korean => {
            format!(
                "{server} 서버는 수명이 {longest}보다 긴 어설션을 거부합니다. exp 값이 더 늦습니다"
            )
        }
    }
}

/// What `inspect` says instead of a verdict.
pub(crate) const UNVERIFIED: Words = Words {
    en: "Nobody vouches for this content: the signature was not checked.",
    de: "Für diesen Inhalt bürgt niemand: Die Signatur wurde nicht geprüft.",
    ko: "서명을 확인하지 않았으므로 이 내용은 보증되지 않습니다.",
};

/// That `verify` takes no file.
pub(crate) const NOT_THE_FILE: Words = Words {
    en: "the token is also the name of a file: to verify what is in it, write - < FILE",
    de: "Das Token ist auch der Name einer Datei: Um deren Inhalt zu prüfen, schreiben Sie - < DATEI",
    ko: "토큰과 이름이 같은 파일이 있습니다. 파일의 내용을 검증하려면 - < 파일 형식으로 입력하십시오",
};

/// That a stand-in knows no key.
pub(crate) const NO_KEY: Words = Words {
    en: "no key is registered, so that every assertion is refused: give --key ISSUER=FILE",
    de: "kein Schlüssel ist registriert, daher wird jede Assertion abgelehnt: Geben Sie --key \
         AUSSTELLER=DATEI an",
    ko: "등록된 키가 없어 모든 어설션이 거부됩니다. --key 발급자=파일 옵션을 지정하십시오",
};

/// That others can reach a stand-in.
pub(crate) const NOT_LOOPBACK: Words = Words {
    en: "other machines can reach this address: a stand-in is for tests, let no real secret near it",
    de: "andere Rechner können diese Adresse erreichen: Ein Stand-in dient Tests, lassen Sie kein \
         echtes Geheimnis in seine Nähe",
    ko: "다른 컴퓨터에서 이 주소에 접근할 수 있습니다. 테스트용 서버이므로 실제 비밀 값을 사용하지 마십시오",
};

/// Above what no strict reader takes.
pub(crate) const REFUSED: Words = Words {
    en: "This token is refused as malformed.",
    de: "Dieses Token wird als fehlerhaft abgelehnt.",
    ko: "형식이 잘못되어 이 토큰은 거부됩니다.",
};

/// What is odd about a date, if anything is.
pub(crate) fn oddity(name: &str, date: NumericDate, language: Language) -> Option<String> {
    match date.scale() {
        Scale::Milliseconds(meant) => {
            let meant = civil::utc(meant).unwrap_or_default();
            Some(milliseconds(name, &meant, language))
        }
        Scale::Implausible => Some(implausible(name, language)),
        _ => None,
    }
}

fn milliseconds(name: &str, meant: &str, language: Language) -> String {
    match language {
        Language::English => format!(
            "{name} looks like milliseconds ({meant}); it counts seconds (RFC 7519 §2) and is \
             judged as written"
        ),
        Language::German => format!(
            "{name} sieht nach Millisekunden aus ({meant}); es zählt Sekunden (RFC 7519 §2) und \
             wird so gewertet, wie es dasteht"
        ),
        Language::Korean => format!(
            "{name} 값은 밀리초로 보입니다({meant}). 단위는 초이며(RFC 7519 §2) 적힌 그대로 판정합니다"
        ),
    }
}

fn implausible(name: &str, language: Language) -> String {
    match language {
        Language::English => format!("{name} is implausible: no calendar reaches that far"),
        Language::German => format!("{name} ist unplausibel: So weit reicht kein Kalender"),
        Language::Korean => format!("{name} 값은 달력 범위를 벗어나 타당하지 않습니다"),
    }
}

/// That a token was made which readers by the strict rules do not take.
pub(crate) fn unacceptable(fault: ClaimsError, language: Language) -> String {
    let fault = DecodeError::Claims(fault);
    let fault = render::decode_error(&fault, language);
    match language {
        Language::English => format!("strict verifiers will refuse this token: {fault}"),
        Language::German => format!("Strenge Prüfer werden dieses Token ablehnen: {fault}"),
        Language::Korean => format!("엄격한 검증기는 이 토큰을 거부합니다: {fault}"),
    }
}

/// That the life of a token ends before it begins.
pub(crate) fn never_valid(end: &str, start: &str, language: Language) -> String {
    match language {
        Language::English => format!("{end} is not after {start}: the token is never valid"),
        Language::German => format!("{end} liegt nicht nach {start}: Das Token gilt nie"),
        Language::Korean => {
            format!("{end} 값이 {start} 값보다 늦지 않아 이 토큰은 유효한 때가 없습니다")
        }
    }
}

/// That the clock of this host was never set.
pub(crate) fn unset(reading: UnixTime, language: Language) -> String {
    let shown = civil::utc(UnixTime::from_secs(reading.floor_secs()));
    let shown = shown.unwrap_or_else(|| format!("{} s", reading.floor_secs()));
    match language {
        Language::English => format!(
            "the clock reads {shown}, which is before this program was written: UTC is only known \
             to be at or after 2026-01-01. Set the clock, or name another one by --clock"
        ),
        Language::German => format!(
            "Die Uhr zeigt {shown}, das ist vor der Entstehung dieses Programms: Von UTC ist nur \
             bekannt, dass es nicht vor 2026-01-01 liegt. Stellen Sie die Uhr, oder nennen Sie mit \
             --clock eine andere"
        ),
        Language::Korean => format!(
            "시계가 이 프로그램이 만들어지기 전의 시각({shown})을 가리킵니다. UTC는 2026-01-01 이후라는 \
             것만 알 수 있습니다. 시계를 맞추거나 --clock 옵션으로 다른 시계를 지정하십시오"
        ),
    }
}
