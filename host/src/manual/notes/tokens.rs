//! Notes on the commands for tokens and keys.

use super::{DONE, Network, Notes, ORDINARY};
use crate::exit::Exit;

const FORMATS: &str = "A key file is PEM, DER, an X.509 certificate, an OpenSSH key, a JWK, a JWK Set or an array of JWKs. A \
     key is also found inside another text: a service account, a map of IDs to certificates, a Secret of \
     Kubernetes, or a string with \\n for its line breaks.";

/// The input of `inspect` and `verify`.
const INPUT: &str = "The input may be a token, a header line, JSON, a command or any other text with tokens, and several \
     files. Tokens may be quoted or wrapped over lines, and a text may be in UTF-8 or UTF-16, with or without \
     a byte order mark. A text that is one JSON object of the JWS JSON serialization (RFC 7515, section 7.2), \
     flattened or general, is read too.";

pub(in crate::manual) const COMMANDS: &[Notes] = &[
    Notes {
        title: "jwtick-inspect",
        description: &[
            "Shows the header, claims and times of every token in a text. Signatures are not checked, so \
             the content is unverified; see jwtick-verify(1).",
            INPUT,
            "Of an encrypted token, which is told by `enc` in its header, only the header and the length of \
             each part are shown.",
        ],
        done: "The tokens are well-formed. Their signatures and times were not checked.",
        exits: &[Exit::Done, Exit::Failed, Exit::Usage, Exit::Malformed],
        network: Network::Asked,
        examples: &[
            ("Inspect a token in a header line:", "jwtick inspect 'Authorization: Bearer eyJ...'"),
            ("Print one claim, for a script:", "jwtick inspect --claim sub token.txt"),
            (
                "Inspect a token as of another time:",
                "jwtick inspect --at 2017-03-03T04:29:05Z token.txt",
            ),
        ],
    },
    Notes {
        title: "jwtick-verify",
        description: &[
            "Checks signature, structure, times and claims, and reports every fault. If `nbf` or `exp` \
             falls within the bounds of the clock, the verdict is \"undecided\": neither accepted nor \
             rejected. With an exact clock, the rules are exactly those of RFC 7519.",
            INPUT,
            "Each token gets a verdict, and so does each signature of the JSON serialization; the exit \
             status is that of the worst. An unprotected header counts for nothing.",
            "With --clock, clocks of one host count as one. If a single host decided that proved no \
             identity, the answer says so.",
            "Each key is used with one algorithm only. alg: none is never accepted, and jku, x5u and \
             embedded keys are never followed. If several exit statuses apply, the first of 14, 13, \
             15, 10, 11 and 12 is used.",
            "A token with `aud` is refused unless --aud names one of its audiences, or --any-aud says that \
             something else checks it. A token without `exp` never expires: it is accepted with a line \
             that says so, or refused with --require exp. A token whose `typ` ends in +jwt, such as \
             dpop+jwt, is made for one purpose (RFC 8725, section 3.11): except for at+jwt, it is \
             refused unless --typ names it.",
            FORMATS,
            "With --key URL or --issuer, keys are fetched once from the server that you name: over https, or \
             from this host. No redirect is followed, the answer must have at most 256 KiB and 100 keys, and \
             a set with a secret or private key is refused. The metadata of an issuer must state exactly the \
             name that you give.",
            "An HMAC secret that is shorter than its hash is refused, since it can be found by trying. With \
             --allow-weak-secret, it verifies, and the answer says how short it is.",
            "If the key comes with a certificate, the answer says when that is outside its validity; the \
             verdict does not depend on it. An RSA key has 2048 to 8192 bits. An option that has no \
             effect in a combination, such as --aud with --payload any, is a usage error.",
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
                "Verify with a public key, for an audience:",
                "jwtick verify --key jwks.json --aud api --require exp,aud - < token.txt",
            ),
            (
                "Verify with the published keys of an issuer:",
                "jwtick verify --issuer https://id.example --aud api token.txt",
            ),
            (
                "Verify with a clock that may be two seconds off:",
                "jwtick verify --secret-file secret.bin --aud api --uncertainty 2s \"$TOKEN\"",
            ),
            (
                "Verify with a measured clock instead of this host's:",
                "jwtick verify --key server.pem --aud api --clock ntp:ntp1.example - < token.txt",
            ),
            (
                "Verify when the clock was never set:",
                "jwtick verify --key jwks.json --aud api --at-least 2024-01-01T00:00:00Z - < token.txt",
            ),
        ],
    },
    Notes {
        title: "jwtick-sign",
        description: &[
            "Prints only the signed token on standard output. Warnings, such as one about a missing aud or \
             about a time that a single unauthenticated host decided, go to standard error. Two options \
             that set the same claim are a usage error. --kid picks the key from a set.",
        ],
        done: "The token was created.",
        exits: ORDINARY,
        network: Network::Asked,
        examples: &[(
            "Create a token that is valid for five minutes, with an additional claim:",
            "jwtick sign --key private.pem --iss me --iat now --exp +5m --claim role=admin",
        )],
    },
    Notes {
        title: "jwtick-key",
        description: &[FORMATS],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[],
    },
    Notes {
        title: "jwtick-key-generate",
        description: &[
            "Generates a key and writes it to standard output, or with --out to a new file that only its \
             owner can read. Existing files are never overwritten.",
        ],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[
            ("Generate a key pair for RS256:", "jwtick key generate --alg RS256 --out private.pem"),
            (
                "Generate a secret with a key ID:",
                "jwtick key generate --alg HS256 --kid 2026-03 > secret.jwk",
            ),
        ],
    },
    Notes {
        title: "jwtick-key-public",
        description: &["Prints only public parameters, so the output cannot be used to sign."],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[(
            "Extract the public key for a verifier:",
            "jwtick key public private.pem > public.pem",
        )],
    },
    Notes {
        title: "jwtick-key-thumbprint",
        description: &[
            "Prints one line per key of a set. HMAC secrets are skipped: a thumbprint would let an \
             attacker check guesses.",
        ],
        done: DONE,
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[(
            "Compute a kid that any other implementation can reproduce:",
            "jwtick key thumbprint public.pem",
        )],
    },
];
