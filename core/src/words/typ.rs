//! The reason why a token is of the wrong kind.

use super::sentence::sentences;
use crate::token::TypeError;

sentences! {
    /// The reason why a token is of the wrong kind.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::token::TypeError;
    /// use jwtick_core::words::{Language, type_error};
    /// let said = type_error(TypeError::Missing, Language::German).to_string();
    /// assert_eq!(said, "`typ` muss die Art des Tokens nennen, fehlt aber");
    /// ```
    pub fn type_error(error: TypeError, language, f) {
        TypeError::Missing => [
            en: "{error}",
            de: "`typ` muss die Art des Tokens nennen, fehlt aber",
            ko: "`typ` 값으로 토큰의 종류를 지정해야 하지만, 값이 없습니다",
        ]
        TypeError::Other => [
            en: "{error}",
            de: "`typ` nennt keine der erwarteten Arten von Token",
            ko: "`typ` 값이 예상한 토큰 종류가 아닙니다",
        ]
        TypeError::Special => [
            en: "{error}",
            de: "`typ` nennt eine Art von Token, die nur für einen Zweck gemacht ist",
            ko: "`typ` 값이 한 가지 용도로만 만들어진 토큰 종류입니다",
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;
    use crate::words::Language;

    #[test]
    fn kinds_of_tokens_are_named_in_every_language() {
        for error in [TypeError::Missing, TypeError::Other, TypeError::Special] {
            let english = type_error(error, Language::English).to_string();
            for language in [Language::German, Language::Korean] {
                let said = type_error(error, language).to_string();
                assert_ne!(said, english, "{error:?}");
                assert!(said.contains("`typ`"), "{said}");
            }
        }
    }
}
