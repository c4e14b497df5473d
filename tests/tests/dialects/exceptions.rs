//! Verdicts that the table does not predict, each with the reason.

/// Tokens for which a verifier is known to differ from its row.
pub(super) struct Exception {
    pub(super) dialect: &'static str,
    pub(super) applies: fn(&str) -> bool,
    pub(super) reason: &'static str,
}

/// An exception that no token needs any longer fails the test.
pub(super) const EXCEPTIONS: &[Exception] = &[
    Exception {
        dialect: "nimbus",
        applies: |claims| claims.contains(":922337203685477"),
        reason: "the leeway is added to milliseconds that have just wrapped, or are about to, and they wrap again",
    },
    Exception {
        dialect: "nimbus",
        applies: |claims| claims.contains("null,"),
        reason: "Gson takes a name whose value is null for one that is not there when it looks for duplicates",
    },
    Exception {
        dialect: "jwt-simple",
        applies: |claims| claims.contains(":-"),
        reason: "a negative integer is refused, but one with a fraction, an exponent or more than 64 bits is 0",
    },
    Exception {
        dialect: "golang-jwt-4",
        applies: |claims| claims.contains("\"exp\":0.5"),
        reason: "a fraction below 1 counts as 0, but a token is taken for one without the claim only if it is 0",
    },
    Exception {
        dialect: "libjwt",
        applies: |claims| ["e19", "e20", "e300"].iter().any(|power| claims.contains(power)),
        reason: "jansson refuses an integer beyond 64 bits, and reads one that has an exponent as a double",
    },
];
