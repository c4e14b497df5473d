//! Reasons why a file could not be used.

use core::fmt;

use jwtick_core::words::{Language, Said, sentence, sentences};

use crate::file::{Damage, DamageKind, FileError, FileFault, Foreign};
use crate::input::followed::Restart;

/// A warning that the answer rests on the part of a log before `fault`.
pub(super) fn in_part(fault: &FileError, lines: u64, language: Language) -> String {
    let fault = file(fault, language).to_string();
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "{fault}. The answer rests on the text up to line {lines}; pass a complete copy to be sure",
            de: "{fault}. Die Antwort beruht auf dem Text bis Zeile {lines}; geben Sie eine vollständige Kopie an, um sicher zu sein",
            ko: "{fault}. 이 답은 {lines}행까지의 텍스트만을 근거로 합니다. 확실히 하려면 온전한 사본을 지정하십시오",
        )
    })
    .to_string()
}

/// A warning that a log that is followed starts anew, so that its line numbers differ.
pub(super) fn restarted(restart: Restart, name: &str, language: Language) -> String {
    Said(move |f: &mut fmt::Formatter<'_>| match restart {
        Restart::Replaced => sentence!(f, language,
            en: "{name} was replaced by a new file; it is read on, and its lines are counted on",
            de: "{name} wurde durch eine neue Datei ersetzt; sie wird weiter gelesen, die Zeilen werden weiter gezählt",
            ko: "{name} 파일이 새 파일로 바뀌었습니다. 새 파일을 이어서 읽으며 행 번호도 이어집니다",
        ),
        Restart::Cut => sentence!(f, language,
            en: "{name} was cut; it is read on from its start, and its lines are counted on",
            de: "{name} wurde gekürzt; die Datei wird von vorn weiter gelesen, die Zeilen werden weiter gezählt",
            ko: "{name} 파일이 잘렸습니다. 처음부터 이어서 읽으며 행 번호도 이어집니다",
        ),
    })
    .to_string()
}

sentences! {
    pub(super) fn file(error: &FileError, language, f) {
        FileError { name, fault: FileFault::Read(source) } => [
            en: "{error}",
            de: "{name} kann nicht gelesen werden: {source}",
            ko: "{name}: 읽을 수 없습니다({source})",
        ]
        FileError { name, fault: FileFault::Folder { example } } => [
            en: "{error}",
            de: "Erwartet wird eine Datei, aber {name} ist ein Ordner: Geben Sie eine Datei darin an, etwa {name}/{example}",
            ko: "파일이어야 하지만 {name} 경로는 폴더입니다. 폴더 안의 파일을 지정하십시오(예: {name}/{example})",
        ]
        FileError { name, fault: FileFault::Cut { was, is } } => [
            en: "{error}",
            de: "Erwartet werden die {was} Bytes, die {name} beim Öffnen hatte, gefunden wurden {is}: Die Datei wurde inzwischen gekürzt; geben Sie eine Kopie an",
            ko: "{name} 파일은 열 때의 크기인 {was}바이트여야 하지만 지금은 {is}바이트입니다. 읽는 동안 줄어들었으므로 사본을 지정하십시오",
        ]
        FileError { name, fault: FileFault::TooLong { allowed } } => [
            en: "{error}",
            de: "Erwartet werden höchstens {allowed} Bytes, aber {name} ist länger: Geben Sie nur den Teil an, der gebraucht wird",
            ko: "최대 {allowed}바이트여야 하지만 {name} 파일이 더 깁니다. 필요한 부분만 지정하십시오",
        ]
        FileError { name, fault: FileFault::Packed(Damage { format, kind: DamageKind::Cut }) } => [
            en: "{error}",
            de: "{name}: Erwartet werden weitere {format}-Daten, gefunden wurde ihr Ende",
            ko: "{name}: {format} 데이터가 더 있어야 하지만 여기서 끝납니다",
        ]
        FileError { name, fault: FileFault::Packed(Damage { format, kind: DamageKind::Broken }) } => [
            en: "{error}",
            de: "{name}: Erwartet werden {format}-Daten, gefunden wurden andere Bytes oder eine falsche Prüfsumme",
            ko: "{name}: {format} 데이터여야 하지만 다른 바이트가 있거나 체크섬이 맞지 않습니다",
        ]
        FileError { name, fault: FileFault::Packed(Damage { format, kind: DamageKind::LargeWindow }) } => [
            en: "{error}",
            de: "{name}: Erwartet wird ein {format}-Fenster von höchstens 8 MiB, gefunden wurde ein größeres: Entpacken Sie die Datei mit `zstd -d --long=31 -c DATEI | jwtick diagnose -`",
            ko: "{name}: {format} 창은 최대 8 MiB여야 하지만 더 큽니다. `zstd -d --long=31 -c 파일 | jwtick diagnose -` 명령으로 압축을 푸십시오",
        ]
        FileError { name, fault: FileFault::Foreign(Foreign::Format { name: format, command: Some(command) }) } => [
            en: "{error}",
            de: "{name}: Erwartet wird Text, gefunden wurden {format}-Daten: Lesen Sie sie mit `{command} | jwtick diagnose -`",
            ko: "{name}: 텍스트여야 하지만 {format} 데이터입니다. `{command} | jwtick diagnose -` 명령으로 읽으십시오",
        ]
        FileError { name, fault: FileFault::Foreign(Foreign::Format { name: format, command: None }) } => [
            en: "{error}",
            de: "{name}: Erwartet wird Text, gefunden wurden {format}-Daten",
            ko: "{name}: 텍스트여야 하지만 {format} 데이터입니다",
        ]
        FileError { name, fault: FileFault::Foreign(Foreign::Binary([a, b, c, d])) } => [
            en: "{error}",
            de: "{name}: Erwartet wird Text, gefunden wurden Binärdaten (sie beginnen mit {a:02X} {b:02X} {c:02X} {d:02X})",
            ko: "{name}: 텍스트여야 하지만 바이너리 데이터입니다(첫 바이트: {a:02X} {b:02X} {c:02X} {d:02X})",
        ]
        FileError { name, fault: FileFault::Write(source) } => [
            en: "{error}",
            de: "{name} kann nicht geschrieben werden: {source}",
            ko: "{name}: 쓸 수 없습니다({source})",
        ]
        FileError { name, fault: FileFault::Taken } => [
            en: "{error}",
            de: "Erwartet wird eine neue Datei, aber {name} gibt es schon: Geben Sie einen anderen Namen an; ein Schlüssel ersetzt nie eine Datei",
            ko: "새 파일이어야 하지만 {name} 파일이 이미 있습니다. 키는 기존 파일을 덮어쓰지 않으므로 다른 이름을 지정하십시오",
        ]
    }
}
