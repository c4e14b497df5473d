//! The content of a token or proof to be made, as C fills it in.

use jwtick_core::Span;
use jwtick_core::dpop::NewProof;
use jwtick_core::sign::{Assertion, Value};

use crate::number::{VALUE_BOOLEAN, VALUE_INTEGER, VALUE_TEXT, VALUE_TEXTS};
use crate::pointer::{Area, Items};
use crate::record::TextRecord;
use crate::status::Status;

/// The greatest number of header members, and of claims, of an assertion.
pub const MEMBERS_MAX: usize = 16;
/// The greatest number of texts in all lists of an assertion together.
pub const LISTED_MAX: usize = 8;

/// A claim or header member: a name and a value.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct MemberRecord {
    /// The name, as UTF-8.
    pub name: TextRecord,
    /// The kind of value: a `JWTICK_VALUE_…`.
    pub kind: u32,
    /// Always 0.
    pub reserved: u32,
    /// The value of an integer, within ±(2^53 - 1), or of a boolean: 0 or 1.
    pub number: i64,
    /// The value of a text, as UTF-8.
    pub text: TextRecord,
    /// The texts of an array, such as several audiences.
    pub list: *const TextRecord,
    /// The number of these texts; all lists together have at most `JWTICK_LISTED_MAX`.
    pub list_count: usize,
}

/// `nbf` is not written.
pub const NOT_BEFORE_OMIT: u32 = 0;
/// `nbf` is written, equal to `iat`.
pub const NOT_BEFORE_WRITE: u32 = 1;

/// The content of a token to be made. All zeros after `claim_count`, except for `life`, mean the usual
/// behaviour.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct AssertionRecord {
    /// Members of the header in addition to `alg`. `typ` is `JWT` unless it is among them.
    pub header: *const MemberRecord,
    /// The number of header members, at most `JWTICK_MEMBERS_MAX`.
    pub header_count: usize,
    /// The claims, without `iat` and `exp`, which the library writes.
    pub claims: *const MemberRecord,
    /// The number of claims, at most `JWTICK_MEMBERS_MAX`.
    pub claim_count: usize,
    /// From `iat` to `exp` in microseconds, at least 1 s. Fractions of a second are ignored.
    pub life: i64,
    /// The age of `iat` up to which the server accepts the token, in microseconds; 0 for half of `life`.
    pub forgiven: i64,
    /// Whether `nbf` is written: a `JWTICK_NOT_BEFORE_…`.
    pub not_before: u32,
    /// Always 0.
    pub reserved: u32,
}

/// The content of a proof of possession (DPoP, RFC 9449) to be made for one request.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct NewProofRecord {
    /// The HTTP method.
    pub method: TextRecord,
    /// The URI; its query and fragment are left out.
    pub uri: TextRecord,
    /// `jti`, which must not be used twice: at least 96 random bits (RFC 9449 §4.2).
    pub id: TextRecord,
    /// The access token that is sent with it; empty if there is none.
    pub access_token: TextRecord,
    /// The nonce that the server sent (RFC 9449 §8); empty if there is none.
    pub nonce: TextRecord,
    /// The age of `iat` up to which the server accepts the proof, in microseconds; 0 for 60 s, or for any
    /// age if there is a nonce.
    pub forgiven: i64,
}

/// Converted members, and the memory that they were read from.
pub(super) struct Members<'a> {
    members: [(&'a str, Value<'a>); MEMBERS_MAX],
    count: usize,
}

/// The texts of all lists.
pub(super) struct Listed<'a> {
    texts: [&'a str; LISTED_MAX],
    count: usize,
}

impl Listed<'_> {
    pub(super) const NONE: Self = Self { texts: [""; LISTED_MAX], count: 0 };
}

/// Refuses text that overlaps the buffer `target`.
///
/// # Safety
/// The text is valid as the header requires, for `'a`.
unsafe fn text<'a>(record: TextRecord, target: Area) -> Result<&'a str, Status> {
    // SAFETY: this function requires of its caller what the method requires.
    let text = unsafe { record.text() }?;
    target.apart_from(Area::of(text.as_bytes()))?;
    Ok(text)
}

impl<'a> Listed<'a> {
    /// Reads every list of `records`. The texts must stay where they are when values point to them, so all
    /// lists are read before any value.
    ///
    /// # Safety
    /// The records are valid as the header requires, for `'a`.
    unsafe fn read(&mut self, records: &[MemberRecord], target: Area) -> Result<(), Status> {
        for record in records.iter().filter(|record| record.kind == VALUE_TEXTS) {
            // SAFETY: this function requires of its caller what each call requires.
            let list: &[TextRecord] =
                unsafe { Items::new(record.list, record.list_count) }.get()?;
            target.apart_from(Area::of(list))?;
            for listed in list {
                let place = self.texts.get_mut(self.count).ok_or(Status::TooManyNames)?;
                // SAFETY: as above.
                *place = unsafe { text(*listed, target) }?;
                self.count = self.count.saturating_add(1);
            }
        }
        Ok(())
    }
}

impl<'a> Members<'a> {
    /// Converts the values; `listed` has the texts of their lists, from the place `at` on.
    ///
    /// # Safety
    /// The records are valid as the header requires, for `'a`.
    unsafe fn of(
        records: &[MemberRecord],
        listed: &'a Listed<'a>,
        at: &mut usize,
        target: Area,
    ) -> Result<Self, Status> {
        if records.len() > MEMBERS_MAX {
            return Err(Status::TooManyNames);
        }
        let mut members = [("", Value::Boolean(false)); MEMBERS_MAX];
        for (member, record) in members.iter_mut().zip(records) {
            // SAFETY: this function requires of its caller what each call requires.
            let name = unsafe { text(record.name, target) }?;
            let value = match (record.kind, record.number) {
                // SAFETY: as above.
                (VALUE_TEXT, _) => Value::Text(unsafe { text(record.text, target) }?),
                (VALUE_INTEGER, number) => Value::Integer(number),
                (VALUE_BOOLEAN, 0 | 1) => Value::Boolean(record.number == 1),
                (VALUE_TEXTS, _) => {
                    let end = at.saturating_add(record.list_count);
                    let texts = listed.texts.get(*at..end).ok_or(Status::TooManyNames)?;
                    *at = end;
                    Value::Texts(texts)
                }
                _ => return Err(Status::Value),
            };
            *member = (name, value);
        }
        Ok(Self { members, count: records.len() })
    }

    fn get(&self) -> &[(&'a str, Value<'a>)] {
        self.members.get(..self.count).unwrap_or_default()
    }
}

/// The members of both segments.
pub(super) struct Content<'a> {
    header: Members<'a>,
    claims: Members<'a>,
}

impl<'a> Content<'a> {
    /// # Safety
    /// The lists of `record` are valid as the header requires, for `'a`.
    pub(super) unsafe fn of(
        record: &AssertionRecord,
        listed: &'a mut Listed<'a>,
        target: Area,
    ) -> Result<Self, Status> {
        // SAFETY: this function requires of its caller what each call requires.
        unsafe {
            let header: &[MemberRecord] = Items::new(record.header, record.header_count).get()?;
            let claims: &[MemberRecord] = Items::new(record.claims, record.claim_count).get()?;
            for records in [header, claims] {
                target.apart_from(Area::of(records))?;
                listed.read(records, target)?;
            }
            let (listed, mut at) = (&*listed, 0);
            Ok(Self {
                header: Members::of(header, listed, &mut at, target)?,
                claims: Members::of(claims, listed, &mut at, target)?,
            })
        }
    }

    pub(super) fn assertion(&self, record: &AssertionRecord) -> Result<Assertion<'_>, Status> {
        let assertion = Assertion::new(self.claims.get(), Span::from_micros(record.life));
        let assertion = assertion.with_header(self.header.get());
        let assertion = match forgiven(record.forgiven)? {
            Some(forgiven) => assertion.forgiving(forgiven),
            None => assertion,
        };
        match record.not_before {
            NOT_BEFORE_OMIT => Ok(assertion),
            NOT_BEFORE_WRITE => Ok(assertion.with_not_before()),
            _ => Err(Status::Value),
        }
    }
}

impl NewProofRecord {
    /// # Safety
    /// The texts are valid as the header requires, for `'a`.
    pub(super) unsafe fn proof<'a>(&self, target: Area) -> Result<NewProof<'a>, Status> {
        // SAFETY: this function requires of its caller what each call requires.
        let [method, uri, id, token, nonce] = unsafe {
            [
                text(self.method, target)?,
                text(self.uri, target)?,
                text(self.id, target)?,
                text(self.access_token, target)?,
                text(self.nonce, target)?,
            ]
        };
        let mut proof = NewProof::new(method, uri, id);
        if !token.is_empty() {
            proof = proof.with_token(token);
        }
        if !nonce.is_empty() {
            proof = proof.with_nonce(nonce);
        }
        Ok(match forgiven(self.forgiven)? {
            Some(forgiven) => proof.forgiving(forgiven),
            None => proof,
        })
    }
}

/// Zero means the default. A negative age is a miscalculation.
fn forgiven(micros: i64) -> Result<Option<Span>, Status> {
    match micros {
        ..0 => Err(Status::Value),
        0 => Ok(None),
        _ => Ok(Some(Span::from_micros(micros))),
    }
}
