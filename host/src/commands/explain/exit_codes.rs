//! The table of exit codes.

use jwtick_core::words::{Language, word};

use crate::exit::Exit;
use crate::output::Text;
use crate::page::layout::TITLE;

/// Every exit code with its meaning.
pub(super) fn exit_codes(language: Language) -> Text {
    let plugin = |exit: &Exit| exit.is_of_plugin();
    let (of_plugin, usual): (Vec<Exit>, Vec<Exit>) = Exit::ALL.into_iter().partition(plugin);
    let sections = [(title(language), usual), (title_of_plugin(language), of_plugin)];
    let section = |(title, exits): (&str, Vec<Exit>)| {
        let rows = exits.iter().map(|exit| row(*exit, language));
        Text::styled(TITLE, title) + "\n" + &rows.collect::<String>() + "\n"
    };
    sections.into_iter().map(section).collect::<Text>() + order(language)
}

fn row(exit: Exit, language: Language) -> String {
    format!("  {:>2}  {}\n", exit.code(), exit.meaning(language))
}

const fn title(language: Language) -> &'static str {
    word!(language, en: "Exit codes", de: "Exit-Codes", ko: "종료 코드")
}

const fn title_of_plugin(language: Language) -> &'static str {
    word!(language,
        en: "With `jwtick clock --format nagios`",
        de: "Mit `jwtick clock --format nagios`",
        ko: "`jwtick clock --format nagios` 명령의 경우",
    )
}

const fn order(language: Language) -> &'static str {
    word!(language,
        en: "Where several apply to a token, the first of 14, 13, 15, 10, 11 and 12 is used. With several tokens or logs, the code is that of the worst.\n",
        de: "Treffen auf ein Token mehrere zu, gilt der erste von 14, 13, 15, 10, 11 und 12. Bei mehreren Tokens oder Logs gilt der des schwersten Falls.\n",
        ko: "토큰 하나에 여러 코드가 해당하면 14, 13, 15, 10, 11, 12 중 먼저 나오는 것을 사용합니다. 토큰이나 로그가 여러 개이면 가장 심각한 것의 코드를 사용합니다.\n",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_in_every_language() {
        let [english, german, korean] = [Language::English, Language::German, Language::Korean]
            .map(|language| exit_codes(language).plain());
        for exit in Exit::ALL {
            let code = format!("\n  {:>2}  ", exit.code());
            for text in [&english, &german, &korean] {
                assert!(text.contains(&code), "{exit:?}: {text}");
            }
            assert_ne!(exit.meaning(Language::English), exit.meaning(Language::German));
        }
    }
}
