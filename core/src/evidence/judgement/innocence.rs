//! Words that show that a clause judges nothing: conditions, comments, settings and housekeeping.

use super::clause::Clause;
use super::finding::Finding;
use super::words::{Words, first_words, has, last_words};

/// Words that may follow in the name of an error: `ExpiredSignature`, `expired_token`.
const NAMES: Words = &[
    "error",
    "exception",
    "signature",
    "token",
    "jwt",
    "provider",
    "cert",
    "credential",
    "session",
    "request",
    "ticket",
    "assertion",
    "id$",
    "access",
    "failure",
    "by$",
];

/// Words of conditions, guesses and instructions.
const CONDITIONS: Words = &[
    "will$",
    "would$",
    "if$",
    "when$",
    "whenever$",
    "once$",
    "unless$",
    "until$",
    "may$",
    "might$",
    "could$",
    "should$",
    "shall$",
    "whether$",
    "possibl",
    "probabl",
    "perhaps",
    "maybe",
    "reasons$",
    "likely",
    "never$",
    "e.g",
    "i.e",
    "for example",
    "example:",
    "docs$",
    "documentation",
    "how to",
    "todo$",
    "fixme$",
    "ensure",
    "make sure",
    "checks$",
    "verifies$",
    "returns$",
    "wenn$",
    "falls$",
    "wird$",
    "si$",
    "quand$",
    "lorsque$",
    "cuando$",
    "quando$",
    "se$",
];

impl Clause<'_> {
    /// Returns `true` if the words are not a part of another word or of an identifier in code.
    pub(super) fn is_word(&self) -> bool {
        let Some(first) = self.found.first().filter(|first| first.is_ascii_alphanumeric()) else {
            return true;
        };
        let before = self.before.last();
        let starts = !before.is_some_and(u8::is_ascii_alphanumeric)
            || (first.is_ascii_uppercase() && before.is_some_and(u8::is_ascii_lowercase));
        if !starts || before == Some(&b'/') {
            return false;
        }
        match self.after {
            [b'(' | b'/' | b'?', ..] | [b'.' | b'-', b'a'..=b'z', ..] => false,
            [b'_', rest @ ..] => {
                let name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
                let len = rest.iter().take_while(|byte| name(byte)).count();
                let rest = rest.get(..len).unwrap_or(rest);
                !rest.contains(&b'_') && !rest.ends_with(b"s") && has(rest, NAMES)
            }
            [b'A'..=b'Z', ..] if !self.found.iter().any(u8::is_ascii_lowercase) => false,
            [b'A'..=b'Z', ..] => NAMES.iter().any(|name| {
                let name = name.strip_suffix('$').unwrap_or(name).as_bytes();
                self.after.get(..name.len()).is_some_and(|met| met.eq_ignore_ascii_case(name))
            }),
            [next, ..] => {
                !next.is_ascii_alphanumeric() || !self.found.is_ascii() || is_stem(self.found)
            }
            [] => true,
        }
    }

    pub(super) fn is_comment(&self) -> bool {
        const MARKS: &[&[u8]] =
            &[b"//", b"/*", b"* ", b"<!--", b"# ", b"## ", b"-- ", b"rem ", b";;", b"$ "];
        let line = self.line.trim_ascii_start();
        MARKS.iter().any(|mark| line.starts_with(mark))
    }

    pub(super) fn is_condition(&self) -> bool {
        // A rule has its condition before it: `if the token has expired`.
        has(last_words(self.before, 72), CONDITIONS)
            || has(first_words(self.after, 24), &["will$", "would$"])
            || has(self.after, &["or that", "or theirs"])
            || self.after.trim_ascii_end().last() == Some(&b'?')
    }

    pub(super) fn is_housekeeping(&self) -> bool {
        const WORDS: Words = &[
            "remov",
            "delet",
            "evict",
            "purg",
            "clean",
            "prun",
            "sweep",
            "flush",
            "garbage",
            "renew",
            "rotat",
            "discard",
            "collect",
            "housekeep",
            "vacuum",
            "refreshing",
            "refreshed",
            "cache",
            "caching",
            "handler",
            "callback",
            "listener",
            "default",
            "metric",
            "unit test",
            "lease",
            "bucket",
            "license",
            "licence",
            "format",
            "pars",
            "syntax",
            "function",
            "method",
            "parameter controls",
            "in days",
        ];
        has(self.before, WORDS) || has(self.after, WORDS)
    }

    pub(super) fn is_denied(&self, finding: Finding) -> bool {
        const NOT: Words = &[
            "not$", "isn", "hasn", "wasn", "aren", "never$", "no$", "none$", "non$", "nicht$",
            "pas$",
        ];
        const NEAR: usize = 16;
        const VALUES: &[&[u8]] = &[b"false", b"0", b"no", b"null", b"none", b"nil", b"\"\"", b"[]"];
        let denied = finding == Finding::Ended && has(last_words(self.before, NEAR), NOT);
        let marks = self.after.iter().take_while(|byte| b" \"':=\\".contains(byte)).count();
        let (marks, value) = self.after.split_at_checked(marks).unwrap_or((self.after, &[]));
        let is_value = marks.iter().any(|byte| b":=".contains(byte));
        let ends = |len| value.get(len).is_none_or(|next: &u8| !next.is_ascii_alphanumeric());
        denied || (is_value && VALUES.iter().any(|no| value.starts_with(no) && ends(no.len())))
    }

    /// Returns `true` if the words are about many of a kind: `41 expired`, `expired tokens`.
    pub(super) fn is_several(&self) -> bool {
        const MANY: Words = &[
            "tokens",
            "sessions",
            "certs$",
            "certificates",
            "cookies",
            "entries",
            "keys",
            "items",
            "users",
            "records",
            "requests",
            "signatures",
            "tickets",
            "assertions",
            "credentials",
            "jwts$",
            "ones$",
        ];
        let before = self.before.trim_ascii_end();
        let counted = before.last().is_some_and(u8::is_ascii_digit) && self.is_plain();
        let next = self.after.trim_ascii_start();
        counted
            || (self.is_plain()
                && has(next.get(..16).unwrap_or(next), MANY)
                && self.follows_at_once())
            || (has(self.before, &["tokens$", "certificates$", "sessions$", "cookies$"])
                && !self.has_failure())
    }

    fn is_plain(&self) -> bool {
        self.found.eq_ignore_ascii_case(b"expired") || self.found.eq_ignore_ascii_case(b"too old")
    }

    /// Returns `true` if a word follows after one blank.
    fn follows_at_once(&self) -> bool {
        matches!(self.after, [b' ', b'a'..=b'z' | b'A'..=b'Z', ..])
    }

    /// Returns `true` if the words are the text or the name of a setting: `token.expired.text=…`.
    pub(super) fn is_setting(&self) -> bool {
        let name = |byte: &u8| byte.is_ascii_lowercase() || b"._-".contains(byte);
        let line = self.line.trim_ascii_start();
        let len = line.iter().take_while(|byte| name(byte)).count();
        let (key, rest) = line.split_at_checked(len).unwrap_or((line, &[]));
        key.contains(&b'.') && rest.trim_ascii_start().first() == Some(&b'=')
    }
}

/// Stems of words that continue: `expirad-o`, `noch nicht g-ültig`.
fn is_stem(found: &[u8]) -> bool {
    const STEMS: &[&[u8]] = &[
        b"expirad",
        b"caducad",
        b"nicht mehr g",
        b"noch nicht g",
        b"clock synchroni",
        b"pas encore valid",
        b"at future",
        b"out of sync",
    ];
    STEMS.iter().any(|stem| found.eq_ignore_ascii_case(stem))
}
