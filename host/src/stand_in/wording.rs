//! Products whose wording the server uses for refusals. The texts come from the catalogue of the
//! core, by which `diagnose` recognizes them.

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
    /// Returns the text for `reason`, or that of the RFC if the product's text is unknown.
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
    fn unknown_product_wording_falls_back_to_rfc() {
        let words = |wording: Wording, reason| wording.refusal(reason).words;
        assert_eq!(words(Wording::Box, Reason::Audience), "Audience validation failed");
        assert_eq!(words(Wording::Box, Reason::TooLong), "Please check the 'exp' claim.");
        let missing = words(Wording::Rfc, Reason::Missing(Rule::Nbf));
        assert_eq!(missing, "the assertion has no '{claim}' claim");
    }
}
