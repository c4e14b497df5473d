//! The commands for tokens and keys.

use super::{DONE, Network, Notes, ORDINARY};
use crate::exit::Exit;

pub(in crate::manual) const COMMANDS: &[Notes] = &[
    Notes {
        title: "jwtick-inspect",
        description: &[
            "Shows header, claims and times of every token in a text. No signature is checked, so that \
             nothing of it need be true; see jwtick-verify(1).",
        ],
        done: "The tokens are well-formed. Whether they are true and in time is not asked.",
        exits: &[Exit::Done, Exit::Failed, Exit::Usage, Exit::Malformed],
        network: Network::Asked,
        examples: &[
            ("A token in a header line:", "jwtick inspect 'Authorization: Bearer eyJ...'"),
            ("As it was at another time:", "jwtick inspect --at 2017-03-03T04:29:05Z token.txt"),
        ],
    },
    Notes {
        title: "jwtick-verify",
        description: &[
            "Checks signature, structure, times and claims, and reports all that is wrong. Where an edge \
             of the token falls inside the bounds of the clock, the verdict is \"undecided\": neither \
             accepted nor rejected. With an exact clock it is RFC 7519 to the letter.",
            "One key stands for one algorithm; alg: none is never accepted, and jku, x5u and embedded \
             keys are never followed. Where several exits hold, 14 stands before 13, then 15, 10, 11 \
             and 12.",
        ],
        done: "The token is accepted.",
        exits: &[
            Exit::Done,
            Exit::Failed,
            Exit::Usage,
            Exit::Expired,
            Exit::NotYetValid,
            Exit::Undecided,
            Exit::BadSignature,
            Exit::Malformed,
            Exit::ClaimRefused,
        ],
        network: Network::Asked,
        examples: &[
            (
                "By a public key, for an audience:",
                "jwtick verify --key jwks.json --aud api --require exp,aud - < token.txt",
            ),
            (
                "By a clock that may be two seconds off:",
                "jwtick verify --secret-file secret.bin --uncertainty 2s \"$TOKEN\"",
            ),
            (
                "By a measured clock, whatever the one here shows:",
                "jwtick verify --key server.pem --clock ntp:ntp1.example - < token.txt",
            ),
            (
                "By a clock that was never set:",
                "jwtick verify --key jwks.json --at-least 2024-01-01T00:00:00Z - < token.txt",
            ),
        ],
    },
    Notes {
        title: "jwtick-sign",
        description: &[
            "Prints a signed token, and nothing else, on standard output. What deserves a warning, as a \
             token without exp, is said on standard error.",
        ],
        done: "The token is made.",
        exits: ORDINARY,
        network: Network::Asked,
        examples: &[(
            "For five minutes, with a claim of its own:",
            "jwtick sign --key private.pem --iss me --iat now --exp +5m --claim role=admin",
        )],
    },
    Notes {
        title: "jwtick-key",
        description: &["Keys are PEM, DER, certificates, JWK and JWK Sets."],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[],
    },
    Notes {
        title: "jwtick-key-generate",
        description: &[
            "Makes a key and writes it to standard output, or with --out to a new file that only its \
             owner can read. No file is ever written over.",
        ],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[
            ("A pair for RS256:", "jwtick key generate --alg RS256 --out private.pem"),
            ("A secret with a name:", "jwtick key generate --alg HS256 --kid 2026-03 > secret.jwk"),
        ],
    },
    Notes {
        title: "jwtick-key-public",
        description: &["Nothing that is printed helps to sign."],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[("For who verifies:", "jwtick key public private.pem > public.pem")],
    },
    Notes {
        title: "jwtick-key-thumbprint",
        description: &[
            "Of a set each key gets a line; secrets get none, since they could be guessed by it.",
        ],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[(
            "The kid that others compute for it, too:",
            "jwtick key thumbprint public.pem",
        )],
    },
];
