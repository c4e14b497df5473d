//! Files that contain no readable key: their actual content, and how to obtain the key.

use core::fmt;

use jwtick_core::key::JwkError;

use super::encoding::SecretEncoding;
use crate::output::safe;

/// Reasons why no key can be read from a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// The content is in none of the known key formats.
    NotAKey,
    /// A JWK or a set that is rejected.
    Jwk(JwkError),
    EmptySecret,
    EmptyFile,
    NoVariable,
    /// A private key that is encrypted with a password.
    Encrypted,
    /// A private key that is encrypted in a way which is not supported.
    OldEncryption,
    /// The password does not decrypt the key.
    WrongPassword,
    /// A password was given for a key that is not encrypted.
    NotEncrypted,
    /// A private key of OpenSSH that is encrypted with a password.
    EncryptedSsh,
    /// The metadata of an issuer, which names the URL of its keys.
    Discovery(String),
    /// A Secret of Kubernetes without a key in PEM or JSON.
    KubernetesSecret,
    /// A secret that is not in the encoding that the command line names.
    Encoding(SecretEncoding),
    /// A certificate request.
    Request,
    /// Keys and certificates that are encrypted with a password.
    Pkcs12,
    /// A PEM block that contains no key.
    Label(String),
    /// Two PEM blocks that are not the same key.
    Two {
        first: String,
        second: String,
    },
    DamagedPem,
    DamagedDer,
    /// `x5c` of a JWK is not a list of certificates in base64.
    DamagedChain,
    /// `x5c` of a JWK holds the certificate of another key.
    OtherCertificate,
    /// A curve that JOSE does not name.
    Curve(String),
    /// A curve given by its parameters instead of its name.
    UnnamedCurve,
    /// A point with only one coordinate.
    CompressedPoint,
    /// A key type that JOSE does not name.
    Kind(String),
    /// An RSA key with more than two primes.
    Primes,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Jwk(fault) => write!(f, "JWK: {fault}"),
            Self::Label(label) => {
                let label = label.escape_debug();
                write!(f, "expected a key or a certificate, but found PEM of `{label}`")
            }
            Self::Two { first, second } => write!(
                f,
                "expected one key, but found two keys, a {} and a {}: give a file with one",
                first.escape_debug(),
                second.escape_debug()
            ),
            Self::Discovery(url) => write!(
                f,
                "expected a key, but found the metadata of an issuer, whose keys are at {url}: pass \
                 `--key {url}`",
                url = safe::line(url)
            ),
            Self::Encoding(encoding) => write!(
                f,
                "the secret is not in {name}: leave out --secret-encoding {name} if every byte of it counts",
                name = encoding.name()
            ),
            Self::Curve(name) => {
                write!(f, "unsupported curve {name}: expected P-256, P-384 or Ed25519")
            }
            Self::Kind(oid) => {
                write!(f, "unsupported key type {oid}: expected RSA, EC or Ed25519")
            }
            other => f.write_str(other.sentence()),
        }
    }
}

impl Unreadable {
    // Faults whose message needs only the kind of content.
    const fn sentence(&self) -> &'static str {
        match self {
            Self::EmptySecret => "the secret is empty",
            Self::EmptyFile => "the file is empty",
            Self::NoVariable => "no environment variable has this name",
            Self::Encrypted => {
                "the private key is encrypted: write its password to a file and pass --password-file, or run \
                 jwtick on a terminal, which asks for it; or decrypt the key first (openssl pkey -in FILE); \
                 to verify, its public half suffices (openssl pkey -in FILE -pubout)"
            }
            Self::OldEncryption => {
                "the private key is encrypted in a form that jwtick does not decrypt: to verify, give the \
                 public key (openssl pkey -in FILE -pubout); to sign, decrypt it first \
                 (openssl pkey -in FILE)"
            }
            Self::WrongPassword => {
                "the password does not decrypt the key: it is wrong, or the file is damaged"
            }
            Self::NotEncrypted => {
                "the key is not encrypted, so the password has no effect: leave out --password-file"
            }
            Self::EncryptedSsh => {
                "the private key of OpenSSH is encrypted: to verify, give the public key (ssh-keygen -y \
                 -f FILE); to sign, take the password off a copy (ssh-keygen -p -N '' -f COPY)"
            }
            Self::KubernetesSecret => {
                "expected a key in PEM or JSON among the data of the Secret, but found none: for an HMAC \
                 secret, write the value of its entry to a file, and pass --secret-file FILE \
                 --secret-encoding base64"
            }
            Self::Request => {
                "expected a key or a certificate, but found a certificate request, which no authority has signed: give the certificate, or the \
                 key itself (openssl req -in FILE -noout -pubkey, with -inform DER if it is not PEM)"
            }
            Self::Pkcs12 => {
                "expected a key, but found a PKCS#12 archive: openssl pkcs12 -in FILE -nokeys -clcerts writes its \
                 certificate, -nocerts -nodes its private key"
            }
            _ => self.form(),
        }
    }

    // Faults of a file that contains a key in an unsupported form.
    const fn form(&self) -> &'static str {
        match self {
            Self::DamagedPem => {
                "the PEM is damaged: expected a BEGIN and an END line with the same words, and only base64 \
                 between them"
            }
            Self::DamagedDer => "the key is damaged, or not in the format that its file states",
            Self::UnnamedCurve => {
                "the curve is written out instead of named: openssl ec -in FILE -pubin -pubout \
                 -param_enc named_curve names it (for a private key, without -pubin -pubout)"
            }
            Self::CompressedPoint => {
                "the point is compressed: openssl ec -in FILE -pubin -pubout -conv_form \
                 uncompressed writes all of it (for a private key, without -pubin -pubout)"
            }
            Self::DamagedChain => {
                "expected `x5c` to list certificates in base64, but the first cannot be read: remove \
                 `x5c` if you trust the key without it"
            }
            Self::OtherCertificate => {
                "`x5c` holds the certificate of another key than the JWK itself (RFC 7517 §4.7): ask \
                 the owner which of them is right"
            }
            Self::Primes => "expected an RSA key with two primes, but found more",
            _ => {
                "expected a key in PEM or DER, a JWK or a JWK Set, but found none of them; a raw HMAC secret \
                 goes to --secret-file"
            }
        }
    }
}

impl core::error::Error for Unreadable {}

impl From<JwkError> for Unreadable {
    fn from(fault: JwkError) -> Self {
        Self::Jwk(fault)
    }
}

impl From<der::Error> for Unreadable {
    fn from(_: der::Error) -> Self {
        Self::DamagedDer
    }
}
