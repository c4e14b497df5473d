//! Reasons why a file could not be used.

use jwtick_core::words::sentences;

use crate::file::{FileError, FileFault};

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
