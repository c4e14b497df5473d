//! That somebody wants the clock to be set.

use std::io::{self, BufRead, IsTerminal, Write};

use jwtick_core::render::Language;
use jwtick_core::{Step, Survey, UnixTime};

use super::answer;
use super::error::StepError;

/// That consent is given, or can be asked for; nothing is measured in vain.
///
/// # Errors
/// [`StepError::NobodyToAsk`] if it is not given and standard input is no terminal.
pub(super) fn is_possible(agreed: bool) -> Result<(), StepError> {
    if agreed || io::stdin().is_terminal() { Ok(()) } else { Err(StepError::NobodyToAsk) }
}

/// Asks on the terminal.
///
/// # Errors
/// [`StepError::Declined`] unless the answer is yes.
pub(super) fn ask(
    survey: Survey,
    step: Step,
    reading: UnixTime,
    language: Language,
) -> Result<(), StepError> {
    let question = answer::question(survey, step, reading, language);
    let mut stderr = anstream::stderr();
    // Where the question cannot be read, nobody answers it.
    let asked = write!(stderr, "{question} ").and_then(|()| stderr.flush());
    let mut answer = String::new();
    let answered = asked.and_then(|()| io::stdin().lock().read_line(&mut answer));
    if answered.is_ok() && is_yes(&answer) { Ok(()) } else { Err(StepError::Declined) }
}

/// Yes in any of the languages: whoever reads German may still type `y`.
fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "j" | "ja" | "예" | "네")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_yes_is_yes() {
        const ROWS: &[(&str, bool)] = &[
            ("y\n", true),
            ("YES\r\n", true),
            ("ja\n", true),
            ("예\n", true),
            ("", false),
            ("\n", false),
            ("n\n", false),
            ("yesterday\n", false),
        ];
        for &(answer, yes) in ROWS {
            assert_eq!(is_yes(answer), yes, "{answer:?}");
        }
    }
}
