//! The strict pass: one walk over a JSON text without recursion (RFC 8259).
//!
//! It checks the whole grammar, and refuses an object with a duplicate name, after unescaping and
//! at every level (RFC 7515 §4: "either reject … or use a JSON parser that returns only the
//! lexically last"). Parsers that differ on duplicates let a forgery pass one check and not the
//! next. The names of all open objects share one index, with one fixed-size entry per member. An object's entries are removed when it
//! closes, so at the end the index holds the members of the top level.

use heapless::Vec;

use super::error::{Expected, JsonError, JsonFault};
use super::lexeme;
use crate::token::text::Text;

/// An object or array that is not yet closed.
#[derive(Clone, Copy)]
enum Open {
    Object {
        /// The index of its first name.
        first: u8,
        /// A bit for each name; a name whose bit is clear is new without a comparison.
        seen: u32,
    },
    Array,
}

impl Open {
    const fn end(self) -> u8 {
        match self {
            Self::Object { .. } => b'}',
            Self::Array => b']',
        }
    }

    /// The text expected at the start of an item, either the first or one after a comma.
    const fn item(self, first: bool) -> Expected {
        match (self, first) {
            (Self::Object { .. }, true) => Expected::NameOrEnd,
            (Self::Object { .. }, false) => Expected::Name,
            (Self::Array, true) => Expected::ValueOrEnd,
            (Self::Array, false) => Expected::Value,
        }
    }

    const fn after_value(self) -> Expected {
        match self {
            Self::Object { .. } => Expected::CommaOrBrace,
            Self::Array => Expected::CommaOrBracket,
        }
    }
}

/// The bit of a name. Its first and last bytes distinguish the registered names; other names may
/// share a bit and are then compared.
fn bit(name: &[u8]) -> u32 {
    let end = |byte: Option<&u8>| byte.copied().unwrap_or_default();
    let hash = end(name.first()).wrapping_mul(11) ^ end(name.last()).wrapping_mul(23);
    1 << (hash & 31)
}

/// The item just before a position, inside the innermost object or array.
#[derive(Clone, Copy)]
enum Previous {
    Opening,
    Value,
}

/// Every step takes its start position and returns the position after it. Keeping the position in
/// memory would cost more than reading the byte there.
///
/// Duplicates are refused unless `KEEPS_DUPLICATES`; then the index has all of them. A parameter of the
/// type costs the images nothing that never keep any.
pub(super) struct Scanner<'t, 'i, const KEEPS_DUPLICATES: bool> {
    text: &'t str,
    bytes: &'t [u8],
    index: &'i mut Vec<Entry, MEMBERS>,
    open: Vec<Open, DEPTH>,
    escapes: bool, // in any name so far
}

impl<'t, 'i, const KEEPS_DUPLICATES: bool> Scanner<'t, 'i, KEEPS_DUPLICATES> {
    pub(super) fn new(text: &'t str, index: &'i mut Vec<Entry, MEMBERS>) -> Self {
        Self { text, bytes: text.as_bytes(), index, open: Vec::new(), escapes: false }
    }

    /// Checks the text, and leaves the members of its top-level object in the index.
    pub(super) fn run(mut self) -> Result<(), JsonError> {
        let start = self.skip_space(0);
        let mut at = self.expect(b'{', start, Expected::Object)?;
        let mut previous = self.enter(self.object(), start)?;
        while let Some(open) = self.open.last().copied() {
            at = self.skip_space(at);
            (at, previous) = if self.peek(at) == Some(open.end()) {
                (self.leave(at), Previous::Value)
            } else {
                self.item(open, previous, at)?
            };
        }
        at = self.skip_space(at);
        match self.peek(at) {
            None => Ok(()),
            Some(_) => Err(self.unexpected(at, Expected::Nothing)),
        }
    }

    /// Scans a member of an object or an element of an array, with the comma before it.
    #[inline]
    fn item(
        &mut self,
        open: Open,
        previous: Previous,
        mut at: usize,
    ) -> Result<(usize, Previous), JsonError> {
        let first = matches!(previous, Previous::Opening);
        if !first {
            at = self.skip_space(self.expect(b',', at, open.after_value())?);
        }
        let mut allowed = open.item(first);
        if let Open::Object { .. } = open {
            at = self.name(at, allowed)?;
            allowed = Expected::Value;
        }
        self.value(at, allowed)
    }

    /// Scans a member's name, up to the start of its value.
    #[inline(always)]
    fn name(&mut self, quote: usize, allowed: Expected) -> Result<usize, JsonError> {
        let start = self.expect(b'"', quote, allowed)?;
        let lexeme::End { end, escapes } = lexeme::string(self.bytes, start)?;
        self.escapes |= escapes;
        let entry = Entry::named(start, end.saturating_sub(1));
        if !KEEPS_DUPLICATES && self.repeats(entry) {
            return Err(JsonError { at: quote, fault: JsonFault::Duplicate });
        }
        let colon = self.skip_space(end);
        let at = self.skip_space(self.expect(b':', colon, Expected::Colon)?);
        let full = JsonFault::TooManyMembers { allowed: MEMBERS };
        let entry = entry.starting(at);
        self.index.push(entry).map_err(|_| JsonError { at: quote, fault: full })?;
        Ok(at)
    }

    /// Returns whether the innermost object already has the name of `entry`.
    fn repeats(&mut self, entry: Entry) -> bool {
        let Some(Open::Object { first, seen }) = self.open.last_mut() else { return false };
        let name = entry.name(self.text);
        let bit = bit(name.as_bytes());
        let new = *seen & bit == 0;
        *seen |= bit;
        if new && !self.escapes {
            return false;
        }
        let mut earlier = self.index.iter().skip(usize::from(*first));
        earlier.any(|held| {
            let held = held.name(self.text);
            held == name || self.escapes && Text::checked(held) == Text::checked(name)
        })
    }

    /// Scans a value; an object or array is only opened.
    #[inline(always)]
    fn value(&mut self, at: usize, allowed: Expected) -> Result<(usize, Previous), JsonError> {
        let next = at.saturating_add(1);
        let end = match self.peek(at) {
            Some(b'"') => lexeme::string(self.bytes, next)?.end,
            Some(b'{') => return Ok((next, self.enter(self.object(), at)?)),
            Some(b'[') => return Ok((next, self.enter(Open::Array, at)?)),
            Some(b'-' | b'0'..=b'9') => lexeme::number(self.bytes, at)?,
            Some(first @ (b't' | b'f' | b'n')) => lexeme::literal(self.bytes, at, first)?,
            _ => return Err(self.unexpected(at, allowed)),
        };
        self.end_value(end);
        Ok((end, Previous::Value))
    }

    fn object(&self) -> Open {
        let first = u8::try_from(self.index.len()).unwrap_or(u8::MAX);
        Open::Object { first, seen: 0 }
    }

    fn enter(&mut self, open: Open, at: usize) -> Result<Previous, JsonError> {
        let fault = JsonFault::TooDeep { allowed: DEPTH };
        self.open.push(open).map_err(|_| JsonError { at, fault })?;
        Ok(Previous::Opening)
    }

    /// Steps over a closing brace or bracket.
    fn leave(&mut self, at: usize) -> usize {
        if let Some(Open::Object { first, .. }) = self.open.pop()
            && !self.open.is_empty()
        {
            self.index.truncate(usize::from(first));
        }
        let end = at.saturating_add(1);
        self.end_value(end);
        end
    }

    /// Records that a value ends at `end`; in an object, it belongs to the last name.
    fn end_value(&mut self, end: usize) {
        if let (Some(Open::Object { .. }), Some(entry)) = (self.open.last(), self.index.last_mut())
        {
            *entry = entry.ending(end);
        }
    }

    fn peek(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn skip_space(&self, mut at: usize) -> usize {
        while matches!(self.peek(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            at = at.saturating_add(1);
        }
        at
    }

    fn expect(&self, byte: u8, at: usize, allowed: Expected) -> Result<usize, JsonError> {
        match self.peek(at) {
            Some(met) if met == byte => Ok(at.saturating_add(1)),
            _ => Err(self.unexpected(at, allowed)),
        }
    }

    fn unexpected(&self, at: usize, allowed: Expected) -> JsonError {
        JsonError::unexpected(self.bytes, at, allowed)
    }
}

/// Maximum nesting of objects and arrays. A claims set needs three or four levels; the limit bounds
/// the stack of code that reads values recursively.
pub(super) const DEPTH: usize = 32;

/// Maximum number of members of all objects that are open at the same time. Access tokens of the
/// large identity providers have 20 to 40 members at the top level.
pub(super) const MEMBERS: usize = 64;

/// Position of a member in its text. Each bound has 16 bits, so that the index takes 512 bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    name: (u16, u16),
    value: (u16, u16),
}

impl Entry {
    pub(super) fn named(start: usize, end: usize) -> Self {
        Self { name: (mark(start), mark(end)), value: (0, 0) }
    }

    pub(super) fn starting(self, at: usize) -> Self {
        Self { value: (mark(at), mark(at)), ..self }
    }

    pub(super) fn ending(self, at: usize) -> Self {
        Self { value: (self.value.0, mark(at)), ..self }
    }

    pub(super) fn name(self, text: &str) -> &str {
        span(text, self.name)
    }

    pub(super) fn value(self, text: &str) -> &str {
        span(text, self.value)
    }
}

// `Members::parse` refuses a text that 16 bits can't address.
fn mark(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn span(text: &str, (start, end): (u16, u16)) -> &str {
    text.get(usize::from(start)..usize::from(end)).unwrap_or("")
}
