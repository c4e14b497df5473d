//! Reasons why a file could not be used.

use core::fmt;

use jwtick_core::words::{Language, Said, sentence, sentences};

use crate::file::{Damage, DamageKind, FileError, FileFault};

/// A warning that the answer rests on the part of a log before `fault`.
pub(super) fn in_part(fault: &FileError, lines: u64, language: Language) -> String {
    let fault = file(fault, language).to_string();
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "{fault}. The answer rests on the {lines} lines before that; pass a complete copy to be sure",
            de: "{fault}. Die Antwort beruht auf den {lines} Zeilen davor; geben Sie eine vollständige Kopie an, um sicher zu sein",
            ko: "{fault}. 답은 그 앞의 {lines}행만을 근거로 합니다. 확실히 하려면 온전한 사본을 지정하십시오",
        )
    })
    .to_string()
}

sentences! {
    pub(super) fn file(error: &FileError, language, f) {
        FileError { name, fault: FileFault::Read(source) } => [
            en: "{error}",
            de: "{name} lässt sich nicht lesen: {source}",
            ko: "읽을 수 없습니다: {name}: {source}",
        ]
        FileError { name, fault: FileFault::Folder { example } } => [
            en: "{error}",
            de: "{name} ist ein Ordner: Nennen Sie eine Datei darin, etwa {name}/{example}",
            ko: "{name}: 폴더입니다. 폴더 안의 파일을 지정하십시오. 예: {name}/{example}",
        ]
        FileError { name, fault: FileFault::Cut { was, is } } => [
            en: "{error}",
            de: "{name} hatte beim Öffnen {was} Bytes und hat jetzt {is}, wurde also beim Lesen gekürzt: Geben Sie eine Kopie an",
            ko: "읽는 동안 파일이 줄었습니다: {name}, 열 때 {was}바이트, 지금 {is}바이트. 사본을 지정하십시오",
        ]
        FileError { name, fault: FileFault::TooLong { allowed } } => [
            en: "{error}",
            de: "{name} ist länger als {allowed} Bytes: Geben Sie den Teil mit dem Token an",
            ko: "{name}: 허용 길이({allowed}바이트) 초과. 토큰이 있는 부분만 입력하십시오",
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
        FileError { name, fault: FileFault::Write(source) } => [
            en: "{error}",
            de: "{name} lässt sich nicht schreiben: {source}",
            ko: "쓸 수 없습니다: {name}: {source}",
        ]
        FileError { name, fault: FileFault::Taken } => [
            en: "{error}",
            de: "{name} gibt es schon, und ein Schlüssel überschreibt keine Datei",
            ko: "이미 있는 파일입니다: {name}. 키는 다른 파일을 덮어쓰지 않습니다",
        ]
    }
}
