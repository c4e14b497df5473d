//! PEM (RFC 7468): finds the blocks of a file and the one with the key.

use core::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem;
use zeroize::Zeroizing;

use super::der::Structure;
use super::encoding::hex;
use super::fault::Unreadable;
use super::key::Key;

const BEGIN: &[u8] = b"-----BEGIN ";

/// Returns true if a text contains a PEM block.
pub(super) fn is_in(text: &[u8]) -> bool {
    memmem::find(text, BEGIN).is_some()
}

/// Reads the key in a file. In a chain of certificates the first is the leaf (RFC 8446 §4.4.2), and
/// its issuers follow; a private key together with its certificate counts as one key.
///
/// # Errors
/// [`Unreadable`] if no block is a key, or if two blocks contain different keys.
pub(super) fn read(text: &[u8]) -> Result<Key, Unreadable> {
    let mut found: Option<Found> = None;
    for block in blocks(text) {
        let label = label(block)?;
        let Some(structure) = structure(label, block)? else { continue };
        match &mut found {
            Some(first) if first.covers(structure) => {}
            Some(first) => first.join(&Found::read(structure, label, block)?)?,
            None => found = Some(Found::read(structure, label, block)?),
        }
    }
    found.map(|found| found.key).ok_or(Unreadable::NotAKey)
}

/// An encrypted private key of PKCS#8 in DER, and where its block is.
pub(super) fn encrypted(text: &[u8]) -> Option<(Range<usize>, Zeroizing<Vec<u8>>)> {
    let edge = |name: &str| format!("-----{name} {ENCRYPTED}-----").into_bytes();
    let (begin, end) = (edge("BEGIN"), edge("END"));
    let from = memmem::find(text, &begin)?;
    let block = text.get(from..)?;
    let length = memmem::find(block, &end)?;
    let base64 = block.get(begin.len()..length)?;
    let to = from.saturating_add(length).saturating_add(end.len());
    Some((from..to, base64_of(base64)?))
}

/// The label of an encrypted private key (RFC 7468 §11).
const ENCRYPTED: &str = "ENCRYPTED PRIVATE KEY";

struct Found {
    key: Key,
    structure: Structure,
    label: String,
}

impl Found {
    fn read(structure: Structure, label: &str, block: &[u8]) -> Result<Self, Unreadable> {
        let key = structure.read(&decoded(label, block)?)?;
        Ok(Self { key, structure, label: label.to_owned() })
    }

    fn covers(&self, next: Structure) -> bool {
        (self.structure, next) == (Structure::Certificate, Structure::Certificate)
    }

    // The certificate of a private key also tells how long it is valid.
    fn join(&mut self, next: &Self) -> Result<(), Unreadable> {
        if self.key.jwk()?.thumbprint() == next.key.jwk()?.thumbprint() {
            self.key.validity = self.key.validity.or(next.key.validity);
            return Ok(());
        }
        Err(Unreadable::Two { first: self.label.clone(), second: next.label.clone() })
    }
}

// Text before a block is a comment, as `openssl x509 -text` writes it (RFC 7468 §2).
fn blocks(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let starts: Vec<usize> = memmem::find_iter(text, BEGIN).collect();
    let ends = starts.clone().into_iter().skip(1).chain([text.len()]);
    starts.into_iter().zip(ends).map(|(from, to)| text.get(from..to).unwrap_or_default())
}

fn label(block: &[u8]) -> Result<&str, Unreadable> {
    let named = block.strip_prefix(BEGIN).unwrap_or_default();
    let end = memmem::find(named, b"-----").ok_or(Unreadable::DamagedPem)?;
    named.get(..end).and_then(|label| str::from_utf8(label).ok()).ok_or(Unreadable::DamagedPem)
}

/// Returns the structure in a block; `None` if the block can be skipped.
fn structure(label: &str, block: &[u8]) -> Result<Option<Structure>, Unreadable> {
    match label {
        // RFC 1421 §4.6.1.1: the encryption that `openssl` uses for keys in type-specific formats.
        _ if memmem::find(block, b"Proc-Type: 4,ENCRYPTED").is_some() => {
            Err(Unreadable::OldEncryption)
        }
        ENCRYPTED => Err(Unreadable::Encrypted),
        "OPENSSH PRIVATE KEY" => Ok(Some(Structure::OpenSsh)),
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => Err(Unreadable::Request),
        "PUBLIC KEY" => Ok(Some(Structure::Spki)),
        "RSA PUBLIC KEY" => Ok(Some(Structure::Pkcs1Public)),
        "CERTIFICATE" | "X509 CERTIFICATE" => Ok(Some(Structure::Certificate)),
        "PRIVATE KEY" => Ok(Some(Structure::Pkcs8)),
        "RSA PRIVATE KEY" => Ok(Some(Structure::Pkcs1Private)),
        "EC PRIVATE KEY" => Ok(Some(Structure::Sec1)),
        // `openssl ecparam -genkey` writes this before the key, which names the curve itself.
        "EC PARAMETERS" => Ok(None),
        _ => Err(Unreadable::Label(label.to_owned())),
    }
}

// All white space is ignored: an editor, a YAML file or an e-mail may have changed it (RFC 7468 §2:
// "parsers SHOULD ignore whitespace").
fn decoded(label: &str, block: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
    let edge = |name: &str| format!("-----{name} {label}-----");
    let rest = block.strip_prefix(edge("BEGIN").as_bytes());
    let end = rest.and_then(|rest| memmem::find(rest, edge("END").as_bytes()));
    let base64 = rest.zip(end).and_then(|(rest, end)| rest.get(..end));
    base64.and_then(base64_of).ok_or(Unreadable::DamagedPem)
}

/// Decodes a text as base64. It may be the string of a program or of JSON, with line breaks as `\n` and
/// symbols as `\/` or `\u002B`.
pub(super) fn base64_of(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut symbols = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        let escape = if byte == b'\\' { escape(after) } else { None };
        let (symbol, length) = escape.unwrap_or((byte, 0));
        symbols.extend((!symbol.is_ascii_whitespace()).then_some(symbol));
        rest = after.get(length..).unwrap_or_default();
    }
    STANDARD.decode(&*symbols).ok().map(Zeroizing::new)
}

/// The symbol of an escape sequence, and the length of the sequence after its backslash (RFC 8259 §7).
fn escape(after: &[u8]) -> Option<(u8, usize)> {
    match after {
        [b'n' | b'r' | b't' | b'\r' | b'\n', ..] => Some((b' ', 1)),
        [symbol @ (b'/' | b'='), ..] => Some((*symbol, 1)),
        [b'u', b'0', b'0', digits @ ..] => {
            let byte = hex(digits.get(..2)?)?;
            Some((*byte.first()?, 5))
        }
        _ => None,
    }
}
