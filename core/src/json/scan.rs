//! The strict pass: one walk over a JSON text without recursion (RFC 8259).
//!
//! It checks the whole grammar, and refuses a name that an object has twice, after unescaping and
//! at every level (RFC 7515 §4: "either reject … or use a JSON parser that returns only the
//! lexically last"; parsers that differ there are how forgeries pass one check and not the next).
//! The names of all open objects share one index; an object's entries leave it when it closes, so
//! that at the end the index holds the members of the top level.

use heapless::Vec;

use super::error::{Expected, JsonError, JsonFault};
use super::lexeme;
use super::{DEPTH, Entry, MEMBERS};
use crate::text::Text;

/// An object or array that is still open.
#[derive(Clone, Copy)]
enum Open {
    Object(Names),
    Array,
}

impl Open {
    const fn allows(self, behind: Behind) -> Expected {
        match (self, behind) {
            (Self::Object(_), Behind::Opening) => Expected::NameOrEnd,
            (Self::Object(_), Behind::Value) => Expected::CommaOrBrace,
            (Self::Array, Behind::Opening) => Expected::ValueOrEnd,
            (Self::Array, Behind::Value) => Expected::CommaOrBracket,
        }
    }
}

/// The names of an open object.
#[derive(Clone, Copy)]
struct Names {
    /// Where they start in the index.
    first: u8,
    /// A bit for each, by its hash: a name whose bit is clear is new without a comparison.
    seen: u64,
}

/// What is behind the scanner, inside the innermost object or array.
#[derive(Clone, Copy)]
enum Behind {
    Opening,
    Value,
}

pub(super) struct Scanner<'t, 'i> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    index: &'i mut Vec<Entry, MEMBERS>,
    open: Vec<Open, DEPTH>,
    escapes: bool, // in any name so far
}

impl<'t, 'i> Scanner<'t, 'i> {
    pub(super) fn new(text: &'t str, index: &'i mut Vec<Entry, MEMBERS>) -> Self {
        Self { text, bytes: text.as_bytes(), at: 0, index, open: Vec::new(), escapes: false }
    }

    /// Checks the text, and leaves the members of its one object in the index.
    pub(super) fn run(mut self) -> Result<(), JsonError> {
        self.skip_space();
        self.expect(b'{', Expected::Object)?;
        let mut behind = self.enter(self.object())?;
        while let Some(open) = self.open.last().copied() {
            self.skip_space();
            behind = match (self.peek(), open, behind) {
                (Some(b'}'), Open::Object(_), _) | (Some(b']'), Open::Array, _) => self.leave(),
                (Some(b','), Open::Object(_), Behind::Value) => {
                    self.step_over_space();
                    self.member()?
                }
                (Some(b','), Open::Array, Behind::Value) => {
                    self.step_over_space();
                    self.value()?
                }
                (Some(b'"'), Open::Object(_), Behind::Opening) => self.member()?,
                (Some(_), Open::Array, Behind::Opening) => self.value()?,
                _ => return Err(self.unexpected(open.allows(behind))),
            };
        }
        self.skip_space();
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected(Expected::Nothing)),
        }
    }

    fn member(&mut self) -> Result<Behind, JsonError> {
        self.name()?;
        self.value()
    }

    fn name(&mut self) -> Result<(), JsonError> {
        let quote = self.at;
        self.expect(b'"', Expected::Name)?;
        let start = self.at;
        let lexeme::End { end, escapes } = lexeme::string(self.text, self.at)?;
        self.at = end;
        self.escapes |= escapes;
        let entry = Entry::named(start, self.at.saturating_sub(1));
        if self.repeats(entry) {
            return Err(JsonError { at: quote, fault: JsonFault::Duplicate });
        }
        self.skip_space();
        self.expect(b':', Expected::Colon)?;
        self.skip_space();
        let full = JsonFault::TooManyMembers { allowed: MEMBERS };
        let entry = entry.starting(self.at);
        self.index.push(entry).map_err(|_| JsonError { at: quote, fault: full })
    }

    /// Whether the innermost object already has the name of `entry`.
    fn repeats(&mut self, entry: Entry) -> bool {
        let Some(Open::Object(names)) = self.open.last_mut() else { return false };
        let name = entry.name(self.text);
        let bit = 1 << (name.bytes().fold(0_u8, |hash, byte| hash.wrapping_mul(29) ^ byte) & 63);
        let new = names.seen & bit == 0;
        names.seen |= bit;
        let earlier = self.index.iter().skip(usize::from(names.first));
        let mut earlier = earlier.map(|held| held.name(self.text));
        if self.escapes {
            earlier.any(|held| Text::checked(held) == Text::checked(name))
        } else {
            !new && earlier.any(|held| held == name)
        }
    }

    /// A value, of which an object or array is only opened.
    fn value(&mut self) -> Result<Behind, JsonError> {
        match self.peek() {
            Some(b'"') => {
                self.step();
                self.at = lexeme::string(self.text, self.at)?.end;
            }
            Some(b'{') => {
                self.step();
                return self.enter(self.object());
            }
            Some(b'[') => {
                self.step();
                return self.enter(Open::Array);
            }
            Some(b'-' | b'0'..=b'9') => self.at = lexeme::number(self.bytes, self.at)?,
            Some(b't') => self.at = lexeme::literal(self.bytes, self.at, b"true")?,
            Some(b'f') => self.at = lexeme::literal(self.bytes, self.at, b"false")?,
            Some(b'n') => self.at = lexeme::literal(self.bytes, self.at, b"null")?,
            _ => return Err(self.unexpected(Expected::Value)),
        }
        Ok(self.end_value())
    }

    fn object(&self) -> Open {
        let first = u8::try_from(self.index.len()).unwrap_or(u8::MAX);
        Open::Object(Names { first, seen: 0 })
    }

    fn enter(&mut self, open: Open) -> Result<Behind, JsonError> {
        let at = self.at.saturating_sub(1);
        let fault = JsonFault::TooDeep { allowed: DEPTH };
        self.open.push(open).map_err(|_| JsonError { at, fault })?;
        Ok(Behind::Opening)
    }

    /// Steps over a closing brace or bracket.
    fn leave(&mut self) -> Behind {
        self.step();
        if let Some(Open::Object(names)) = self.open.pop()
            && !self.open.is_empty()
        {
            self.index.truncate(usize::from(names.first));
        }
        self.end_value()
    }

    /// A value ends here: in an object it is the one that was named last.
    fn end_value(&mut self) -> Behind {
        if let (Some(Open::Object(_)), Some(entry)) = (self.open.last(), self.index.last_mut()) {
            *entry = entry.ending(self.at);
        }
        Behind::Value
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    const fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn step_over_space(&mut self) {
        self.step();
        self.skip_space();
    }

    fn skip_if(&mut self, fits: impl Fn(u8) -> bool) -> bool {
        let skips = self.peek().is_some_and(fits);
        if skips {
            self.step();
        }
        skips
    }

    fn skip_space(&mut self) {
        while self.skip_if(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {}
    }

    fn expect(&mut self, byte: u8, allowed: Expected) -> Result<(), JsonError> {
        if self.skip_if(|met| met == byte) { Ok(()) } else { Err(self.unexpected(allowed)) }
    }

    fn unexpected(&self, allowed: Expected) -> JsonError {
        JsonError::unexpected(self.bytes, self.at, allowed)
    }
}
