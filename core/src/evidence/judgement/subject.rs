//! The subjects of a judgement: what has a time that can be wrong.

use super::words::{Words, nearest};

/// The kind of thing that a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A token, assertion, ticket or claim.
    Token,
    /// A certificate or a list of revoked ones.
    Certificate,
    /// A request, its signature or its timestamp.
    Request,
    /// A session, which also ends without anybody's fault.
    Session,
}

/// Words that name a subject, in lower case. A longer word that starts with one counts as well,
/// unless the word ends with `$`.
const NAMES: &[(Subject, Words)] = &[
    (
        Subject::Certificate,
        &[
            "cert",
            "x509",
            "x.509",
            "crl$",
            "ocsp",
            "pkix",
            "release file",
            "validity starts",
            "zertifikat",
            "証明書",
            "인증서",
            "证书",
            "憑證",
        ],
    ),
    (
        Subject::Token,
        &[
            "token",
            "jwt",
            "jws$",
            "assertion",
            "ticket",
            "saml",
            "credential",
            "exp$",
            "iat$",
            "nbf$",
            "expiration time",
            "issued at",
            "issued-at",
            "issue time",
            "issueinstant",
            "notbefore",
            "notonorafter",
            "notonafter",
            "was created",
            "jeton",
            "ficha",
            "トークン",
            "토큰",
            "令牌",
            "アサーション",
            "어설션",
            "断言",
        ],
    ),
    (
        Subject::Request,
        &[
            "signature",
            "request",
            "timestamp",
            "time stamp",
            "date header",
            "creation time",
            "nonce",
            "authenticator",
            "msg_id",
            "clocks",
            "directory",
            "signatur",
            "firma",
            "assinatura",
            "署名",
            "서명",
            "签名",
        ],
    ),
    (
        Subject::Session,
        &["session", "cookie", "sitzung", "sesión", "sessão", "セッション", "세션", "会话"],
    ),
];

impl Subject {
    /// Returns the subject of a finding: the nearest before it, or else the first after it.
    pub(crate) fn near(before: &[u8], after: &[u8]) -> Option<Self> {
        // What follows after a comma is another matter: `cancel expired sync, token null`.
        let after = after.split(|byte| *byte == b',').next().unwrap_or(after);
        let after = after.get(..40).unwrap_or(after);
        let kinds = || NAMES.iter();
        let last = kinds().filter_map(|(kind, names)| Some((nearest(before, names, true)?, *kind)));
        let first =
            || kinds().filter_map(|(kind, names)| Some((nearest(after, names, false)?, *kind)));
        let last = last.max_by_key(|(at, _)| *at);
        last.or_else(|| first().min_by_key(|(at, _)| *at)).map(|(_, kind)| kind)
    }
}
