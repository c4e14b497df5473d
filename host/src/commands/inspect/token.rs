//! The readable parts of a token, even of a malformed one: users need to see what is wrong with it.

use core::fmt;

use base64::Engine;
use jwtick_core::token::{Claims, ClaimsError, DecodeError, HeaderError};
use jwtick_core::{Scratch, TimeBounds, Token};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::commands::error::Error;
use crate::input::tokens::{Found, LENIENT, Place, is_encrypted};
use crate::notation::instant::Moment;
pub(crate) use crate::page::dates::time_of;
use crate::page::json;
use crate::source::os;
use crate::verification::{Basis, JudgingTime, Problem};

/// Maximum size of the decoded segments in bytes.
const ROOM: usize = 96 * 1024;

/// The parts of a token. The signature is not kept, so that no report can show it.
pub(crate) struct Inspected {
    place: Place,
    pub(crate) unprotected: Option<String>,
    fault: Option<Problem>,
    header: Option<Vec<u8>>,
    payload: Option<Vec<u8>>,
    signature: Option<usize>,
    encrypted: Option<Encrypted>,
}

/// The lengths of the parts of an encrypted token (RFC 7516 §7.1) in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Encrypted {
    pub(crate) encrypted_key: usize,
    pub(crate) iv: usize,
    pub(crate) ciphertext: usize,
    pub(crate) tag: usize,
}

impl Inspected {
    /// Splits a compact form into its parts, as far as possible.
    pub(crate) fn read(found: Found) -> Self {
        let Found { compact, unprotected, repeated, place } = found;
        let mut segments = compact.split(|&byte| byte == b'.');
        let mut next = || segments.next().and_then(|segment| LENIENT.decode(segment).ok());
        let header = next();
        if is_encrypted(&compact) {
            let mut length = || next().map_or(0, |part| part.len());
            let [encrypted_key, iv] = [length(), length()];
            let [ciphertext, tag] = [length(), length()];
            let encrypted = Some(Encrypted { encrypted_key, iv, ciphertext, tag });
            let fault = Some(Problem::Encrypted);
            return Self {
                place,
                unprotected,
                fault,
                header,
                payload: None,
                signature: None,
                encrypted,
            };
        }
        let (payload, signature) = (next(), next());
        let signature = signature.map(|signature| signature.len());
        let mut scratch = Box::new(Scratch::<ROOM>::new());
        let repeated = repeated.map(|name| Problem::Repeated { name });
        let decoded = || Token::decode(&compact, &mut scratch).err().map(Problem::Decode);
        let fault = repeated.or_else(decoded);
        Self { place, unprotected, fault, header, payload, signature, encrypted: None }
    }

    /// Where the token is in the input.
    pub(crate) const fn place(&self) -> &Place {
        &self.place
    }

    /// The reason why the token is refused.
    pub(crate) const fn fault(&self) -> Option<&Problem> {
        self.fault.as_ref()
    }

    /// The parts of an encrypted token.
    pub(crate) const fn encrypted(&self) -> Option<Encrypted> {
        self.encrypted
    }

    /// The header as text.
    pub(crate) fn header(&self) -> Option<&str> {
        str::from_utf8(self.header.as_deref()?).ok()
    }

    /// The payload as text.
    pub(crate) fn payload(&self) -> Option<&str> {
        str::from_utf8(self.payload.as_deref()?).ok()
    }

    /// Length of the signature in bytes.
    pub(crate) const fn signature(&self) -> Option<usize> {
        self.signature
    }

    /// The claims, if the payload is a claims set under the strict rules.
    pub(crate) fn claims<'a>(&'a self, index: &'a mut Scratch<0>) -> Option<Claims<'a>> {
        Claims::parse(self.payload.as_deref()?, index).ok()
    }

    /// The value of a claim: the text of a string, and anything else as written.
    pub(crate) fn claim(&self, name: &str) -> Option<String> {
        let mut index = Scratch::<0>::new();
        let claims = self.claims(&mut index)?;
        let (_, value) = claims.members().find(|(member, _)| *member == *name)?;
        Some(match value.text() {
            Some(text) => text.to_string(),
            None => value.as_written().to_owned(),
        })
    }

    /// The header, if it is JSON under the strict rules.
    pub(crate) fn header_json(&self) -> Option<&str> {
        let strict =
            !matches!(self.fault, Some(Problem::Decode(DecodeError::Header(HeaderError::Json(_)))));
        self.header().filter(|_| strict)
    }

    /// The payload, if it is JSON under the strict rules.
    pub(crate) fn claims_json(&self) -> Option<&str> {
        let mut index = Scratch::<0>::new();
        let parsed = Claims::parse(self.payload.as_deref()?, &mut index);
        let strict = !matches!(parsed, Err(ClaimsError::Json(_)));
        self.payload().filter(|_| strict)
    }
}

/// The members of a JSON object as written, in their order; none of another text.
pub(crate) fn members(text: &str) -> Vec<(String, String)> {
    struct Members(Vec<(String, String)>);
    impl<'de> Deserialize<'de> for Members {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_map(Reader)
        }
    }
    struct Reader;
    impl<'de> Visitor<'de> for Reader {
        type Value = Members;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
            let mut members = Vec::new();
            while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                members.push((name, json::portable(value.get())));
            }
            Ok(Members(members))
        }
    }
    serde_json::from_str::<Members>(text).map_or_else(|_| Vec::new(), |members| members.0)
}

/// The reference time.
pub(crate) struct Now<'r> {
    /// The bounds of UTC.
    pub(crate) utc: TimeBounds,
    /// The bounds according to this host's clock alone, if another clock was measured.
    pub(crate) own: Option<TimeBounds>,
    pub(crate) basis: &'r Basis,
}

impl<'r> Now<'r> {
    pub(crate) fn by(time: &'r JudgingTime, moment: Moment) -> Result<Self, Error> {
        let own = || moment.bounds(TimeBounds::exactly(os::reading()));
        let basis = time.basis();
        let measured = matches!(basis, Basis::Measured { .. } | Basis::Contradicted(_));
        Ok(Self { utc: time.utc()?, own: measured.then(own), basis })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tokens_that_core_rejects() {
        const ROWS: &[(&str, &str, Option<&str>, bool)] = &[
            ("sound", "eyJhbGciOiJIUzI1NiJ9.e30.AA", Some("{}"), false),
            ("unsecured", "eyJhbGciOiJub25lIn0.e30.", Some("{}"), true),
            ("padded", "eyJhbGciOiJIUzI1NiJ9.e30=.AA", Some("{}"), true),
            ("two segments", "eyJhbGciOiJIUzI1NiJ9.e30", Some("{}"), true),
            ("no base64url", "eyJhbGciOiJIUzI1NiJ9.!.AA", None, true),
        ];
        for &(name, compact, payload, refused) in ROWS {
            let token = Inspected::read(Found::whole(compact.as_bytes().to_vec()));
            assert_eq!(token.payload(), payload, "{name}");
            assert_eq!(token.fault().is_some(), refused, "{name}");
        }
    }
}
