//! Keys in the formats of OpenSSH: public keys (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4), and private
//! ones without a password (`PROTOCOL.key` of OpenSSH).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rsa::{BoxedUint, RsaPrivateKey};

use super::fault::Unreadable;
use super::jwk_text::JwkText;
use super::key::{Form, Format, Key, Keys};
use super::private::{ed25519, padded, rsa_jwk};
use super::public::{self, Curve};

const TYPES: [&[u8]; 3] = [b"ssh-", b"ecdsa-sha2-", b"sk-"];

/// Returns true for a line of a public key file.
pub(super) fn is_line(line: &[u8]) -> bool {
    TYPES.iter().any(|start| line.starts_with(start))
}

/// Reads the public keys of a file, one a line.
///
/// # Errors
/// [`Unreadable`] if one of them is damaged, or of a kind that JWK does not support.
pub(super) fn lines(text: &[u8]) -> Result<Keys, Unreadable> {
    let lines = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let keys = lines.filter(|line| is_line(line)).map(line).collect::<Result<Vec<_>, _>>()?;
    let form = if keys.len() == 1 { Form::Single } else { Form::Set };
    Ok(Keys::of_form(keys, form))
}

fn line(line: &[u8]) -> Result<Key, Unreadable> {
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let encoded = words.nth(1).ok_or(Unreadable::DamagedDer)?;
    let blob = STANDARD.decode(encoded).map_err(|_| Unreadable::DamagedDer)?;
    let mut wire = Wire(&blob);
    let text = match wire.string()? {
        b"ssh-rsa" => {
            let (e, n) = (wire.number()?, wire.number()?);
            JwkText::of("RSA").octets("n", n).octets("e", e)
        }
        b"ssh-ed25519" => public::edwards("Ed25519", wire.string()?),
        other => point(curve(other)?, &mut wire)?,
    };
    Ok(Key::new(text.end(), Format::OpenSsh)?)
}

/// The first bytes of a private key file.
const MAGIC: &[u8] = b"openssh-key-v1\0";

/// Reads the content of an `OPENSSH PRIVATE KEY` block.
///
/// # Errors
/// [`Unreadable::EncryptedSsh`] if it has a password, and as for [`lines`].
pub(super) fn private(content: &[u8]) -> Result<Key, Unreadable> {
    let mut wire = Wire(content.strip_prefix(MAGIC).ok_or(Unreadable::DamagedDer)?);
    if wire.string()? != b"none" {
        return Err(Unreadable::EncryptedSsh);
    }
    wire.string()?; // the key derivation function, and its options
    wire.string()?;
    if wire.length()? != 1 {
        return Err(Unreadable::DamagedDer);
    }
    wire.string()?; // the public key
    let mut wire = Wire(wire.string()?);
    if wire.length()? != wire.length()? {
        return Err(Unreadable::DamagedDer);
    }
    let text = match wire.string()? {
        b"ssh-rsa" => rsa(&mut wire)?,
        b"ssh-ed25519" => {
            wire.string()?; // the public key
            ed25519(wire.string()?.get(..32).ok_or(Unreadable::DamagedDer)?)?
        }
        other => {
            let curve = curve(other)?;
            let text = point(curve, &mut wire)?;
            text.octets("d", &padded(wire.number()?, curve.bytes)?)
        }
    };
    Ok(Key::new(text.end(), Format::OpenSsh)?)
}

/// The file lacks the exponents of the Chinese remainder theorem, which a JWK has.
fn rsa(wire: &mut Wire<'_>) -> Result<JwkText, Unreadable> {
    let [n, e, d] = [wire.number()?, wire.number()?, wire.number()?];
    wire.number()?; // the inverse of q
    let primes = vec![wire.number()?, wire.number()?];
    let [n, e, d] = [n, e, d].map(BoxedUint::from_be_slice_vartime);
    let primes = primes.into_iter().map(BoxedUint::from_be_slice_vartime).collect();
    let key = RsaPrivateKey::from_components(n, e, d, primes);
    key.ok().and_then(|key| rsa_jwk(&key)).ok_or(Unreadable::DamagedDer)
}

fn curve(kind: &[u8]) -> Result<Curve, Unreadable> {
    match kind {
        b"ecdsa-sha2-nistp256" => Ok(public::P256),
        b"ecdsa-sha2-nistp384" => Ok(public::P384),
        other => Err(Unreadable::Kind(String::from_utf8_lossy(other).escape_debug().to_string())),
    }
}

fn point(curve: Curve, wire: &mut Wire<'_>) -> Result<JwkText, Unreadable> {
    wire.string()?; // the name of the curve
    public::point(curve, wire.string()?)
}

/// Data as RFC 4251 §5 writes it.
struct Wire<'k>(&'k [u8]);

impl<'k> Wire<'k> {
    fn length(&mut self) -> Result<usize, Unreadable> {
        let (length, rest) = self.0.split_first_chunk().ok_or(Unreadable::DamagedDer)?;
        self.0 = rest;
        usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Unreadable::DamagedDer)
    }

    fn string(&mut self) -> Result<&'k [u8], Unreadable> {
        let length = self.length()?;
        let (string, rest) = self.0.split_at_checked(length).ok_or(Unreadable::DamagedDer)?;
        self.0 = rest;
        Ok(string)
    }

    /// A positive integer without leading zeros.
    fn number(&mut self) -> Result<&'k [u8], Unreadable> {
        let number = self.string()?;
        let zeros = number.iter().take_while(|&&byte| byte == 0).count();
        Ok(number.get(zeros..).unwrap_or_default())
    }
}
