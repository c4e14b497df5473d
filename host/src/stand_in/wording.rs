//! The products in whose words the server refuses. What they say comes from the catalogue of the core,
//! by which `diagnose` recognises it.

mod fill;

use jwtick_core::evidence::spoken::{self, Speaker, Spoken};

pub(crate) use fill::filled;

use super::reason::Reason;

/// The product whose words are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Wording {
    /// RFC 7523, in plain words
    #[default]
    Rfc,
    /// Adobe IMS
    Adobe,
    /// Google OAuth 2.0
    Google,
    /// Keycloak
    Keycloak,
    /// Box
    Box,
    /// Ory Hydra
    Hydra,
}

impl Wording {
    /// Returns what is said about `reason`; the RFC's words where those of the product are unknown.
    pub(crate) fn refusal(self, reason: Reason) -> &'static Spoken {
        spoken::refusal(self.speaker(), reason)
    }

    const fn speaker(self) -> Speaker {
        match self {
            Self::Rfc => Speaker::Rfc7523,
            Self::Adobe => Speaker::Adobe,
            Self::Google => Speaker::Google,
            Self::Keycloak => Speaker::Keycloak,
            Self::Box => Speaker::Box,
            Self::Hydra => Speaker::Hydra,
        }
    }
}

#[cfg(test)]
mod tests {
    use jwtick_core::judge::Rule;

    use super::*;

    #[test]
    fn reason_without_words_of_the_product_is_told_by_the_rfc() {
        let words = |wording: Wording, reason| wording.refusal(reason).words;
        assert_eq!(words(Wording::Box, Reason::Audience), "Audience validation failed");
        assert_eq!(words(Wording::Box, Reason::TooLong), "Please check the 'exp' claim.");
        let missing = words(Wording::Rfc, Reason::Missing(Rule::Nbf));
        assert_eq!(missing, "the assertion has no '{claim}' claim");
    }
}
