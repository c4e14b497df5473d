//! Distinguishes public keys from secrets.
//!
//! The oldest JWT forgery signs by HMAC with the verifier's own RSA public key as the secret (RFC
//! 8725 §2.1). It needs a verifier that takes a public key as an HMAC secret. A text that is
//! visibly a public key is therefore refused as a secret.

use core::fmt;

use crate::token::base64url;

/// The format of a key that is not an HMAC secret.
///
/// # Example
/// ```
/// use jwtick_core::Hs256;
/// use jwtick_core::key::{PublicForm, WeakKey};
/// let line = b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBp9Jw alice@example.com";
/// assert_eq!(Hs256::new(line).err(), Some(WeakKey::Public { form: PublicForm::Ssh }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PublicForm {
    /// A text with `-----BEGIN` (RFC 7468): a key or certificate.
    Pem,
    /// A JSON Web Key, or a set of them (RFC 7517).
    Jwk,
    /// The binary form of a public key or certificate (RFC 5280 §4.1).
    Der,
    /// The binary form in base64 without the PEM lines around it, as identity providers show it.
    BareBase64,
    /// A line of OpenSSH's `authorized_keys`.
    Ssh,
}

impl fmt::Display for PublicForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pem => "a key or certificate in PEM",
            Self::Jwk => "the text of a JSON Web Key",
            Self::Der => "a public key in DER",
            Self::BareBase64 => "a public key in base64",
            Self::Ssh => "a public key for SSH",
        })
    }
}

const SSH_STARTS: &[&[u8]] = &[b"ssh-rsa ", b"ssh-ed25519 ", b"ecdsa-sha2-"];

impl PublicForm {
    /// The format of `secret`; `None` if it may be a secret.
    pub(super) fn of(secret: &[u8]) -> Option<Self> {
        let text = secret.trim_ascii_start();
        if holds(text, b"-----BEGIN ") {
            Some(Self::Pem)
        } else if text.starts_with(b"{") && holds(text, br#""kty""#) {
            Some(Self::Jwk)
        } else if is_bare(text) {
            Some(Self::BareBase64)
        } else if SSH_STARTS.iter().any(|start| text.starts_with(start)) {
            Some(Self::Ssh)
        } else {
            is_der(secret).then_some(Self::Der)
        }
    }
}

// A search for short texts. A faster one would be a fifth of a small device's program.
fn holds<const N: usize>(text: &[u8], part: &[u8; N]) -> bool {
    text.windows(N).any(|window| window == part)
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_ID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xA0; // [0], explicit, which opens a certificate

/// Returns whether all of `bytes` is a SubjectPublicKeyInfo, a PKCS#1 public key or a certificate.
fn is_der(bytes: &[u8]) -> bool {
    let Some((SEQUENCE, content, [])) = element(bytes) else { return false };
    let Some((tag, first, rest)) = element(content) else { return false };
    let rest = element(rest);
    let spki =
        tag == SEQUENCE && matches!((first, rest), ([OBJECT_ID, ..], Some((BIT_STRING, _, []))));
    let pkcs1 = tag == INTEGER && matches!(rest, Some((INTEGER, _, [])));
    let certificate =
        tag == SEQUENCE && matches!((first, rest), ([VERSION, ..], Some((SEQUENCE, ..))));
    spki || pkcs1 || certificate
}

/// Returns whether `text` is base64 that starts like a SubjectPublicKeyInfo (RFC 5280 §4.1): with
/// the object identifier of an algorithm, below 1.2 or 1.3.
fn is_bare(text: &[u8]) -> bool {
    let start = base64url::start(text);
    let algorithm = opened(&start).and_then(opened);
    matches!(algorithm, Some([OBJECT_ID, _, 0x2A | 0x2B, ..]))
}

/// The content at the start of a sequence, whatever length the sequence claims.
fn opened(bytes: &[u8]) -> Option<&[u8]> {
    match bytes {
        [SEQUENCE, 0x82, _, _, rest @ ..]
        | [SEQUENCE, 0x81, _, rest @ ..]
        | [SEQUENCE, 0..=0x7F, rest @ ..] => Some(rest),
        _ => None,
    }
}

/// The tag, the content and the rest (X.690 §8.1). Keys need lengths of up to two bytes.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (len, rest) = match bytes.get(1..)? {
        [0x82, high, low, rest @ ..] => (u16::from_be_bytes([*high, *low]), rest),
        [0x81, len, rest @ ..] => (u16::from(*len), rest),
        [len @ 0..=0x7F, rest @ ..] => (u16::from(*len), rest),
        _ => return None,
    };
    let (content, after) = rest.split_at_checked(usize::from(len))?;
    Some((*bytes.first()?, content, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    // The structure of a P-256 key. Its point is not on the curve, which is not checked here.
    const SPKI: &[u8] =
        b"\x30\x11\x30\x07\x06\x05\x2b\x81\x04\x00\x22\x03\x06\x00\x04\x01\x02\x03\x04";

    #[test]
    fn recognizes_keys_that_are_not_secrets() {
        const ROWS: &[Row] = &[
            ("SPKI in PEM", b"-----BEGIN PUBLIC KEY-----\nMFkw", Some(PublicForm::Pem)),
            ("PEM after a comment", b"# ours\n-----BEGIN CERTIFICATE-----", Some(PublicForm::Pem)),
            ("JWK", br#" {"kty":"RSA","n":"AQ","e":"AQAB"}"#, Some(PublicForm::Jwk)),
            ("JWK set", br#"{"keys":[{"kty":"oct","k":"AA"}]}"#, Some(PublicForm::Jwk)),
            ("SSH", b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", Some(PublicForm::Ssh)),
            ("SPKI in DER", SPKI, Some(PublicForm::Der)),
            ("PKCS#1 in DER", b"\x30\x08\x02\x01\x05\x02\x03\x01\x00\x01", Some(PublicForm::Der)),
            ("a secret with the first bytes of DER", b"\x30\x0d\x30\x05\x06\x03secret", None),
            ("the algorithm alone", b"\x30\x05\x30\x03\x06\x01\x2a", None),
            ("a bit string without an algorithm", b"\x30\x07\x30\x02\x05\x00\x03\x01\x00", None),
            (
                "an integer instead of an algorithm",
                b"\x30\x08\x02\x03\x06\x01\x2a\x03\x01\x00",
                None,
            ),
            ("SPKI and one more byte", b"\x30\x09\x30\x03\x06\x01\x2a\x03\x01\x00\x00", None),
            ("one integer", b"\x30\x03\x02\x01\x05", None),
            ("two strings", b"\x30\x06\x04\x01\x05\x04\x01\x03", None),
            ("an integer and a string", b"\x30\x06\x02\x01\x05\x04\x01\x03", None),
            ("a string and an integer", b"\x30\x06\x04\x01\x05\x02\x01\x03", None),
            ("a version in a string", b"\x30\x08\x04\x03\xa0\x01\x02\x30\x01\x00", None),
            ("a version before an integer", b"\x30\x08\x30\x03\xa0\x01\x02\x02\x01\x00", None),
            ("a secret", b"a secret of at least thirty-two bytes", None),
            ("a secret that is JSON", br#"{"secret":"of at least thirty-two bytes"}"#, None),
            ("nothing", b"", None),
        ];
        check(ROWS);
    }

    #[test]
    fn recognizes_keys_without_pem_lines() {
        const ROWS: &[Row] = &[
            ("RSA 2048", b"MIIBIjANBgkqhkiG9w0BAQEFAAOC", Some(PublicForm::BareBase64)),
            ("RSA 1024", b"MIGfMA0GCSqGSIb3", Some(PublicForm::BareBase64)),
            ("P-256", b"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD", Some(PublicForm::BareBase64)),
            ("P-521", b"MIGbMBAGByqGSM49", Some(PublicForm::BareBase64)),
            ("Ed25519", b"MCowBQYDK2VwAyEAGb9ECWmE", Some(PublicForm::BareBase64)),
            ("Ed25519 with a plus", b"MCowBQYDK2VwAyEA+/+/ECWmE", Some(PublicForm::BareBase64)),
            ("no algorithm", b"MCowBQUDK2VwAyEAGb9ECWmE", None),
            ("an unassigned algorithm", b"MCowBQYDUWVwAyEAGb9ECWmE", None),
            ("a sequence of a number", b"MCoCBQYDK2VwAyEAGb9ECWmE", None),
            ("a number", b"AiowBQYDK2VwAyEAGb9ECWmE", None),
            ("a secret", b"MIIsMIIsMIIsMIIsMIIsMIIsMIIsMIIs", None),
        ];
        check(ROWS);
    }

    type Row = (&'static str, &'static [u8], Option<PublicForm>);

    #[track_caller]
    fn check(rows: &[Row]) {
        for &(name, secret, form) in rows {
            assert_eq!(PublicForm::of(secret), form, "{name}");
        }
    }
}
