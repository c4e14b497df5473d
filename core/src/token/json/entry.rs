//! The index of the members of an object: one fixed-size entry per member.

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
