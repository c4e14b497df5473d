//! Key structures in DER (X.690 §10), each converted to a JWK.

use ::der::asn1::{AnyRef, GeneralizedTime, UtcTime};
use der::{Decode, Reader, SliceReader, Tag, TagMode, TagNumber, Tagged};
use jwtick_core::UnixTime;
use pkcs8::PrivateKeyInfoRef;
use pkcs8::spki::SubjectPublicKeyInfoRef;

use super::fault::Unreadable;
use super::key::{Format, Key, Validity};
use super::{private, public, ssh};

/// The structures that can contain a key. That of OpenSSH is not DER.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Structure {
    Spki,
    Certificate,
    Pkcs8,
    Pkcs1Public,
    Pkcs1Private,
    Sec1,
    OpenSsh,
}

const ALL: [Structure; 6] = [
    Structure::Spki,
    Structure::Certificate,
    Structure::Pkcs8,
    Structure::Pkcs1Public,
    Structure::Pkcs1Private,
    Structure::Sec1,
];

/// Reads a key in any of the structures.
///
/// # Errors
/// [`Unreadable`] if no structure matches, or the key cannot be used.
pub(super) fn read(der: &[u8]) -> Result<Key, Unreadable> {
    for structure in ALL {
        match structure.read(der) {
            Err(Unreadable::DamagedDer) => {}
            answer => return answer,
        }
    }
    Err(other(der))
}

impl Structure {
    /// Reads a key in this structure.
    ///
    /// # Errors
    /// [`Unreadable::DamagedDer`] if the structure is a different one, other errors if the key
    /// cannot be used.
    pub(super) fn read(self, der: &[u8]) -> Result<Key, Unreadable> {
        match self {
            Self::Spki => public::spki(&SubjectPublicKeyInfoRef::from_der(der)?, Format::Spki),
            Self::Certificate => {
                let (key, validity) = certified(der)?;
                let key = public::spki(&key, Format::Certificate)?;
                Ok(Key { validity: Some(validity), ..key })
            }
            Self::Pkcs8 => private::pkcs8(&PrivateKeyInfoRef::from_der(der)?),
            Self::Pkcs1Public => public::pkcs1(der, Format::Pkcs1),
            Self::Pkcs1Private => private::pkcs1(der, Format::Pkcs1),
            Self::Sec1 => private::sec1(der),
            Self::OpenSsh => ssh::private(der),
        }
    }
}

/// Identifies DER that is not a key.
fn other(der: &[u8]) -> Unreadable {
    let outer = elements(der).and_then(|all| all.first().map(|outer| outer.value()));
    let Some(parts) = outer.and_then(elements) else { return Unreadable::DamagedDer };
    let inside = |part: &AnyRef<'_>| elements(part.value())?.first().map(Tagged::tag);
    let tags: Vec<Tag> = parts.iter().map(Tagged::tag).collect();
    match (tags.as_slice(), parts.first().and_then(inside)) {
        // PFX (RFC 7292 §4): version, then contentInfo.
        ([Tag::Integer, Tag::Sequence, ..], _) => Unreadable::Pkcs12,
        // EncryptedPrivateKeyInfo (RFC 5958 §3).
        ([Tag::Sequence, Tag::OctetString], Some(Tag::ObjectIdentifier)) => Unreadable::Encrypted,
        // CertificationRequest (RFC 2986 §4.2): its inner sequence starts with the version.
        ([Tag::Sequence, Tag::Sequence, Tag::BitString], Some(Tag::Integer)) => Unreadable::Request,
        _ => Unreadable::DamagedDer,
    }
}

fn elements(content: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(content).ok()?;
    let mut elements = Vec::new();
    while !reader.is_finished() {
        elements.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(elements)
}

// Serial number, signature algorithm, issuer (RFC 5280 §4.1).
const BEFORE_THE_VALIDITY: usize = 3;

/// Returns the key of a certificate, and its validity. The certificate itself is not verified: the user
/// trusts it by naming its file.
fn certified(der: &[u8]) -> ::der::Result<(SubjectPublicKeyInfoRef<'_>, Validity)> {
    let mut reader = SliceReader::new(der)?;
    let content = reader.sequence(|certificate| {
        let content = certificate.sequence(|signed| {
            signed.context_specific::<u8>(VERSION, TagMode::Explicit)?;
            for _ in 0..BEFORE_THE_VALIDITY {
                AnyRef::decode(signed)?;
            }
            let validity = signed.sequence(validity)?;
            AnyRef::decode(signed)?; // the subject
            let key = SubjectPublicKeyInfoRef::decode(signed)?;
            skip_rest(signed).map(|()| (key, validity))
        })?;
        skip_rest(certificate).map(|()| content)
    })?;
    reader.finish().map(|()| content)
}

fn validity(reader: &mut SliceReader<'_>) -> ::der::Result<Validity> {
    Ok(Validity { not_before: time(reader)?, not_after: time(reader)? })
}

/// A date up to 2049 has two digits for the year (RFC 5280 §4.1.2.5).
fn time(reader: &mut SliceReader<'_>) -> ::der::Result<UnixTime> {
    let since_1970 = match Tag::peek(reader)? {
        Tag::UtcTime => UtcTime::decode(reader)?.to_unix_duration(),
        _ => GeneralizedTime::decode(reader)?.to_unix_duration(),
    };
    let secs = i64::try_from(since_1970.as_secs()).unwrap_or(i64::MAX);
    Ok(UnixTime::from_secs(secs))
}

const VERSION: TagNumber = TagNumber(0);

fn skip_rest<'d>(reader: &mut impl Reader<'d>) -> ::der::Result<()> {
    while !reader.is_finished() {
        AnyRef::decode(reader)?;
    }
    Ok(())
}
