//! The result of checking a token: signature, structure and time separately.

use core::fmt;

use jwtick_core::Verdict;
use jwtick_core::judge::{Failure, Finding, Findings};
use jwtick_core::token::{Algorithm, Claims, DecodeError, Header, TypeError};

use super::condition::Checked;
use crate::keys::{Described, NoFit, SecretEncoding};

/// The complete result of `verify`.
pub(crate) struct Outcome<'a> {
    pub(crate) header: Option<Header<'a>>,
    pub(crate) claims: Option<Claims<'a>>,
    pub(crate) signature: Signature,
    /// The key that was tried, if there was only one.
    pub(crate) key: Option<Described>,
    pub(crate) findings: Option<Findings>,
    /// The conditions of the caller on single claims.
    pub(crate) conditions: Vec<Checked>,
    pub(crate) problem: Option<Problem>,
}

/// The state of the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signature {
    Valid,
    Invalid,
    /// There was no key to check it with.
    Unchecked,
}

impl Signature {
    /// Returns the state for JSON output.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Unchecked => "unchecked",
        }
    }
}

/// Reasons to reject a token regardless of the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// The token is malformed, or its header is rejected.
    Decode(DecodeError),
    /// The unprotected header of the JSON serialization has a name of the protected one.
    Repeated { name: String },
    /// The token is encrypted, and jwtick decrypts nothing.
    Encrypted,
    /// The algorithm is not one of those that the caller permits.
    Algorithm { met: Algorithm, allowed: Vec<Algorithm> },
    /// The token is of another kind than those that the caller names, or is made for one purpose.
    Type { fault: TypeError, met: String, named: Vec<String> },
    /// No key fits.
    Key(NoFit),
    /// The signature does not match the key.
    Signature(Option<Hint>),
    /// The token names an audience, but the caller names none (RFC 7519 §4.1.3).
    Audience,
}

/// A change that would make the signature valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// The secret without the newline at the end of its file.
    FinalNewline,
    /// The bytes that result from decoding the secret.
    Encoded(SecretEncoding),
}

impl Problem {
    /// Returns the problem for JSON output.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Decode(DecodeError::Header(_)) | Self::Repeated { .. } => "header",
            Self::Decode(DecodeError::Claims(_)) => "claims",
            Self::Decode(_) => "malformed",
            Self::Encrypted => "encrypted",
            Self::Algorithm { .. } => "algorithm",
            Self::Type { .. } => "typ",
            Self::Key(_) => "key",
            Self::Signature(_) => "signature",
            Self::Audience => "audience",
        }
    }

    /// The values of a header parameter that the caller accepts, and the one that was found.
    pub(crate) fn values(&self) -> Option<(Vec<String>, Option<String>)> {
        match self {
            Self::Algorithm { met, allowed } => {
                let allowed = allowed.iter().map(|it| it.name().to_owned()).collect();
                Some((allowed, Some(met.name().to_owned())))
            }
            Self::Type { fault: TypeError::Other, met, named } => {
                Some((named.clone(), Some(met.clone())))
            }
            Self::Type { fault: TypeError::Missing, named, .. } => Some((named.clone(), None)),
            _ => None,
        }
    }

    const fn failure(&self) -> Failure {
        match self {
            Self::Decode(_)
            | Self::Repeated { .. }
            | Self::Encrypted
            | Self::Algorithm { .. }
            | Self::Type { .. } => Failure::Malformed,
            Self::Key(_) | Self::Signature(_) => Failure::Signature,
            Self::Audience => Failure::Claim,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(fault) => fault.fmt(f),
            Self::Repeated { name } => write!(
                f,
                "header: expected each parameter once, but the unprotected header repeats `{}` \
                 (RFC 7515 §7.2.1)",
                name.escape_debug()
            ),
            Self::Encrypted => f.write_str(
                "expected a signed token, but found an encrypted one (its header has `enc`): only its \
                 recipient can decrypt it",
            ),
            Self::Algorithm { met, allowed } => {
                let allowed: Vec<&str> = allowed.iter().map(|allowed| allowed.name()).collect();
                let allowed = allowed.join(" or ");
                write!(f, "header: expected `alg` to be {allowed} (--alg), but found {met}")
            }
            Self::Type { fault, met, named } => refused_type(*fault, met, named, f),
            Self::Key(fault) => fault.fmt(f),
            Self::Audience => f.write_str(
                "the token names its audience (`aud`), but none is expected: pass --aud NAME with your \
                 name, or --any-aud if something else checks it",
            ),
            Self::Signature(hint) => {
                f.write_str("the signature does not match the key")?;
                hint.map_or(Ok(()), |hint| write!(f, "; {hint}"))
            }
        }
    }
}

fn refused_type(
    fault: TypeError,
    met: &str,
    named: &[String],
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let (met, named) = (met.escape_default(), named.join(" or "));
    match fault {
        TypeError::Special => write!(
            f,
            "header: `typ` is `{met}`, a kind of token that is made for one purpose: pass --typ {met} to \
             accept it"
        ),
        TypeError::Other => {
            write!(f, "header: expected `typ` to be {named} (--typ), but found `{met}`")
        }
        _ => write!(f, "header: expected `typ` to be {named} (--typ), but it is missing"),
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FinalNewline => f.write_str(
                "it is that of the secret without the newline at its end, which counts: write the file \
                 without one (printf %s)",
            ),
            Self::Encoded(encoding) => {
                let name = encoding.name();
                write!(f, "it is that of the secret decoded from {name}: add --secret-encoding {name}")
            }
        }
    }
}

impl Outcome<'_> {
    /// Creates the result for a token that cannot be parsed.
    pub(crate) const fn unreadable(problem: Problem) -> Self {
        let problem = Some(problem);
        let signature = Signature::Unchecked;
        Self {
            header: None,
            claims: None,
            signature,
            key: None,
            findings: None,
            conditions: Vec::new(),
            problem,
        }
    }

    /// Returns the verdict: accepted only if there is no reason to reject.
    pub(crate) fn verdict(&self) -> Verdict {
        match (&self.problem, self.signature, &self.findings) {
            (None, Signature::Valid, None) => Verdict::Accept,
            (None, Signature::Valid, Some(_)) if self.breaks_condition() => Verdict::Reject,
            (None, Signature::Valid, Some(findings)) => {
                findings.iter().map(Finding::verdict).collect()
            }
            _ => Verdict::Reject,
        }
    }

    pub(crate) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().flat_map(Findings::iter)
    }

    /// Returns the reason to reject that is reported first.
    pub(crate) fn failure(&self) -> Option<Failure> {
        let broken = self.breaks_condition().then_some(Failure::Claim);
        let claims = || [broken, Failure::first(self.findings())].into_iter().flatten().min();
        self.problem.as_ref().map(Problem::failure).or_else(claims)
    }

    fn breaks_condition(&self) -> bool {
        self.conditions.iter().any(|checked| !checked.holds)
    }
}
