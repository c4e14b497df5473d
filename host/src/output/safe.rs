//! Untrusted text on the terminal: one line, without control sequences.

/// Returns the text without line breaks; control characters and those that change the writing
/// direction are replaced with their code points.
pub(crate) fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => line.push(' '),
            _ if steers(character) => line.extend(character.escape_unicode()),
            _ => line.push(character),
        }
    }
    line
}

// Unicode Bidirectional Algorithm (UAX #9) §2: embeddings, overrides, isolates and marks.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}')
        || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_bidi_characters_are_escaped() {
        const ROWS: &[(&str, &str)] = &[
            ("plain ä 한", "plain ä 한"),
            ("{\r\n \"a\":1}", "{   \"a\":1}"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("gpj.\u{202e}exe", "gpj.\\u{202e}exe"),
        ];
        for &(text, shown) in ROWS {
            assert_eq!(line(text), shown, "{text:?}");
        }
    }
}
