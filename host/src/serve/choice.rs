//! Choices of a policy, each with its word in the configuration.

use jwtick_core::Span;

macro_rules! choices {
    ($(
        $(#[$about:meta])*
        $name:ident { $($(#[$meaning:meta])* $variant:ident = $word:literal,)+ }
    )+) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub(crate) enum $name { $($(#[$meaning])* $variant,)+ }

        impl $name {
            /// Every value, in the order of documents.
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word in the configuration.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    )+};
}

choices! {
    /// The program in front of the service. Its name is a label of the metrics.
    Front {
        Nginx = "nginx",
        Caddy = "caddy",
        Traefik = "traefik",
        Envoy = "envoy",
        Haproxy = "haproxy",
        #[default]
        Other = "other",
    }

    /// The effect of bounds on UTC that contain an edge of the token.
    Undecided {
        /// The answer is a 503.
        #[default]
        Deny = "deny",
        /// The request passes with a header that says so.
        Allow = "allow",
    }

    /// The body of a refusal.
    Body {
        #[default]
        Json = "json",
        Empty = "empty",
    }

    /// Verdicts that are logged.
    Logged {
        #[default]
        All = "all",
        Refusals = "refusals",
    }

    /// The demands of a profile of tokens.
    Profile {
        /// Any kind of token, except those that are made for one purpose.
        #[default]
        Any = "any",
        /// Access tokens (RFC 9068).
        Rfc9068 = "rfc9068",
    }

    /// Use of proofs of possession (RFC 9449).
    Dpop {
        /// Tokens that are bound to a key need a proof; others need none.
        #[default]
        WhenBound = "when-bound",
        /// Every token must be bound to a key and come with a proof.
        Required = "required",
    }

    /// Use of the nonces of this service in proofs of possession.
    Nonces {
        /// A proof with a nonce is judged by it, any other by its `iat`.
        #[default]
        Offered = "offer",
        /// Every proof needs a nonce.
        Required = "require",
        Unused = "none",
    }

    /// Use of one token for several requests.
    Reuse {
        #[default]
        Allowed = "allow",
        /// Each `jti` passes once.
        Refused = "refuse",
    }
}

/// The source of the original method and URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Forwarded {
    /// The request itself: whoever sends it may write any header.
    #[default]
    Ignored,
    /// The headers of the front.
    Trusted,
}

/// The use of this host's clock if nothing is known about its accuracy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unverified {
    /// It is taken as right up to this error. A clock that was never set is not.
    Taken { uncertainty: Span },
    /// It is not used, so that no verdict depends on it.
    Refused,
}

impl Default for Unverified {
    // Other verifiers do the same, and a container shows no time daemon.
    fn default() -> Self {
        Self::Taken { uncertainty: Span::ZERO }
    }
}
