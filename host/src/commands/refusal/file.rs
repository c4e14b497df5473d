//! Why a file is of no use, in German and Korean.

use crate::file::{FileError, FileFault};

pub(super) fn german(error: &FileError) -> String {
    let name = &error.name;
    match &error.fault {
        FileFault::Read(source) => format!("{name} lässt sich nicht lesen: {source}"),
        FileFault::Folder { example } => {
            format!("{name} ist ein Ordner, nennen Sie eine Datei darin, etwa {name}/{example}")
        }
        FileFault::Cut { was, is } => format!(
            "{name} hatte beim Öffnen {was} Bytes und hat jetzt {is}, wurde also beim Lesen gekürzt: \
             Geben Sie eine Kopie an"
        ),
        FileFault::TooLong { allowed } => {
            format!("{name} ist länger als {allowed} Bytes, geben Sie den Teil mit dem Token an")
        }
        FileFault::Write(source) => format!("{name} lässt sich nicht schreiben: {source}"),
        FileFault::Taken => {
            format!("{name} gibt es schon, und kein Schlüssel überschreibt eine Datei")
        }
    }
}

pub(super) fn korean(error: &FileError) -> String {
    let name = &error.name;
    match &error.fault {
        FileFault::Read(source) => format!("읽을 수 없습니다: {name}: {source}"),
        FileFault::Folder { example } => {
            format!("{name}: 폴더입니다. 폴더 안의 파일을 지정하십시오. 예: {name}/{example}")
        }
        FileFault::Cut { was, is } => format!(
            "읽는 동안 파일이 줄었습니다: {name}, 열 때 {was}바이트, 지금 {is}바이트. 사본을 지정하십시오"
        ),
        FileFault::TooLong { allowed } => {
            format!("{name}: 허용 길이({allowed}바이트) 초과. 토큰이 있는 부분만 입력하십시오")
        }
        FileFault::Write(source) => format!("쓸 수 없습니다: {name}: {source}"),
        FileFault::Taken => {
            format!("이미 있는 파일입니다: {name}. 키는 다른 파일을 덮어쓰지 않습니다")
        }
    }
}
