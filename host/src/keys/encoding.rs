//! The encodings of secrets in files.

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine, alphabet};
use clap::ValueEnum;
use zeroize::Zeroizing;

/// How the bytes of an HMAC secret are written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SecretEncoding {
    /// As they are: every byte counts, including a final line break
    #[default]
    Raw,
    /// In hexadecimal digits
    Hex,
    /// In base64 or base64url
    Base64,
}

impl SecretEncoding {
    /// Decodes a secret; `None` if it is not in this encoding. White space around an encoded one does not
    /// count.
    pub(crate) fn decode(self, secret: Zeroizing<Vec<u8>>) -> Option<Zeroizing<Vec<u8>>> {
        let text = secret.trim_ascii();
        let decoded = match self {
            Self::Raw => return Some(secret),
            Self::Hex => hex(text),
            Self::Base64 => base64(text),
        };
        decoded.map(Zeroizing::new)
    }

    /// Returns the name of the encoding.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Hex => "hex",
            Self::Base64 => "base64",
        }
    }
}

/// Decodes hexadecimal digits.
pub(super) fn hex(text: &[u8]) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |&[high, low]: &[u8; 2]| Some(digit(high)? << 4 | digit(low)?);
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}

/// Decodes base64 with either alphabet, with or without padding.
pub(super) fn base64(text: &[u8]) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let [standard, url] =
        [&alphabet::STANDARD, &alphabet::URL_SAFE].map(|it| GeneralPurpose::new(it, LENIENT));
    standard.decode(text).or_else(|_| url.decode(text)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_bytes() {
        const ROWS: &[(&str, SecretEncoding, Option<&[u8]>)] = &[
            ("fb ff\n", SecretEncoding::Raw, Some(b"fb ff\n")),
            ("fbFF00\n", SecretEncoding::Hex, Some(&[0xFB, 0xFF, 0])),
            ("fbf", SecretEncoding::Hex, None),
            ("xx", SecretEncoding::Hex, None),
            ("+/8A\n", SecretEncoding::Base64, Some(&[0xFB, 0xFF, 0])),
            ("-_8A", SecretEncoding::Base64, Some(&[0xFB, 0xFF, 0])),
            ("-_8", SecretEncoding::Base64, Some(&[0xFB, 0xFF])),
            (" +/8= ", SecretEncoding::Base64, Some(&[0xFB, 0xFF])),
            ("+_8=", SecretEncoding::Base64, None),
        ];
        for &(text, encoding, expected) in ROWS {
            let decoded = encoding.decode(Zeroizing::new(text.as_bytes().to_vec()));
            assert_eq!(decoded.as_deref().map(Vec::as_slice), expected, "{text:?}, {encoding:?}");
        }
    }
}
