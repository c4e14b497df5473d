//! The tokens of an input: in compact form in any text, such as a header line, a JSON body or a `curl`
//! command, or in the JSON serialization (RFC 7515 §7.2, RFC 7516 §7.2).

use std::borrow::Cow;
use std::ffi::OsString;

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use jwtick_core::words::Language;
use serde_json::Value;

use super::serialized;
use super::texts::{Origin, name_before, texts};
use crate::file::FileError;

/// Decodes base64url that the core rejects: with padding, or with stray bits at the end.
pub(crate) const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A token, and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The compact form, or what looks like one.
    pub(crate) compact: Vec<u8>,
    /// The unprotected header of the JSON serialization. Nothing in it counts for a verdict.
    pub(crate) unprotected: Option<String>,
    /// A name in that header which the protected one has too, so that readers may take either.
    pub(crate) repeated: Option<String>,
    pub(crate) place: Place,
}

impl Found {
    /// Takes a text for a token.
    pub(crate) const fn whole(compact: Vec<u8>) -> Self {
        Self::at(Place { input: None, line: 1, name: None, signature: None }, compact)
    }

    const fn at(place: Place, compact: Vec<u8>) -> Self {
        Self { compact, unprotected: None, repeated: None, place }
    }
}

/// Where a token is in the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The file, unless the token is an argument.
    pub(crate) input: Option<String>,
    /// The line on which it starts, from 1.
    pub(crate) line: usize,
    /// The name in front of it, such as `access_token`.
    pub(crate) name: Option<String>,
    /// The number of the signature, from 1, if the JSON serialization has several.
    pub(crate) signature: Option<usize>,
}

/// What was read.
pub(crate) struct Input {
    pub(crate) tokens: Vec<Found>,
    /// Two words of the command line are, or name, one token each.
    pub(crate) is_pair: bool,
    /// The text, if it holds no token.
    pub(crate) other: Vec<u8>,
    pub(crate) origin: Origin,
}

/// Reads the tokens in what `words` name: standard input, files, or the words themselves.
///
/// # Errors
/// [`FileError`] if a file cannot be read.
pub(crate) fn read(words: &[OsString], language: Language) -> Result<Input, FileError> {
    let is_text = |text: &[u8]| find(text).iter().any(|(_, token)| header(token).is_some());
    let (texts, origin) = texts(words, is_text, language)?;
    let found: Vec<Vec<_>> = texts.iter().map(|it| in_text(&it.text, it.name.as_ref())).collect();
    let is_pair =
        matches!(found.as_slice(), [first, second] if first.len() == 1 && second.len() == 1);
    let tokens: Vec<Found> = found.into_iter().flatten().collect();
    let other = match texts.as_slice() {
        [only] if tokens.is_empty() => only.text.trim_ascii().to_vec(),
        _ => Vec::new(),
    };
    let is_blank = texts.iter().all(|text| text.text.trim_ascii().is_empty());
    Ok(Input { tokens, is_pair, other, origin: if is_blank { Origin::Nothing } else { origin } })
}

/// The tokens in a text, which is that of an input if it has a name.
pub(crate) fn in_text(text: &[u8], input: Option<&String>) -> Vec<Found> {
    let place = |line, name, signature| Place { input: input.cloned(), line, name, signature };
    if let Some(tokens) = serialized::tokens(text) {
        let several = tokens.len() > 1;
        let number = |at: usize| several.then_some(at.saturating_add(1));
        let found = tokens.into_iter().enumerate().map(|(at, token)| {
            let protected = header(token.compact.as_bytes());
            let repeated = protected.and_then(|protected| token.repeats(&protected));
            let compact = token.compact.into_bytes();
            let unprotected = token.unprotected;
            Found { unprotected, repeated, ..Found::at(place(1, None, number(at)), compact) }
        });
        return found.collect();
    }
    let (mut line, mut from) = (1_usize, 0);
    let found = find(text).into_iter().map(|(at, compact)| {
        let passed = text.get(from..at).unwrap_or_default();
        line = line.saturating_add(memchr::memchr_iter(b'\n', passed).count());
        from = at;
        let name = text.get(..at).and_then(name_before);
        Found::at(place(line, name, None), compact.into_owned())
    });
    found.collect()
}

/// The first bytes of every base64url text that starts with `{`: `{"`, `{` and white space.
const STARTS: [&[u8]; 2] = [b"ey", b"ew"];

/// A token in compact form, and the position of its first byte.
type At<'t> = (usize, Cow<'t, [u8]>);

/// Everything in `text` that looks like a token in compact form, in order. A single word that
/// starts like a token is returned as is, so that the decoder can report its fault.
fn find(text: &[u8]) -> Vec<At<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_start(text, at) {
        let (run, end) = run(text, start);
        at = end.max(start.saturating_add(1));
        if dots(&run) >= 2 {
            found.push((start, run));
        }
    }
    let whole = text.trim_ascii();
    let one_word = starts_like_one(whole) && !whole.iter().any(u8::is_ascii_whitespace);
    if found.is_empty() && one_word { vec![(0, Cow::Borrowed(whole))] } else { found }
}

fn next_start(text: &[u8], from: usize) -> Option<usize> {
    (from..text.len()).find(|&at| {
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        before.is_none_or(|&byte| !is_token_byte(byte))
            && text.get(at..).is_some_and(starts_like_one)
    })
}

/// Reads the run of token bytes at `start`, and joins the lines over which it was wrapped. Returns it with
/// the position after it.
fn run(text: &[u8], start: usize) -> (Cow<'_, [u8]>, usize) {
    let in_path = start.checked_sub(1).and_then(|at| text.get(at)) == Some(&b'/');
    let piece =
        |from| text.get(from..).map_or(from, |rest| from.saturating_add(extent(rest, in_path)));
    let part = |from, to| text.get(from..to).unwrap_or_default();
    let mut end = piece(start);
    let mut joined = Cow::Borrowed(part(start, end));
    let mut parts = Parts::default();
    parts.add(&joined, &joined);
    let (mut last, mut width) = (start, None);
    while let Some(next) = continuation(text, end) {
        let width = *width.get_or_insert_with(|| line_around(text, start));
        let wrapped = last != start && line_around(text, last) == width;
        let to = piece(next);
        let more = part(next, to);
        let is_new = starts_like_one(more) && dots(more) >= 2;
        if is_new || !ends_line(text, to) || !(parts.is_open() || wrapped) {
            break;
        }
        joined.to_mut().extend_from_slice(more);
        parts.add(&joined, more);
        (last, end) = (next, to);
    }
    (trimmed(joined), end)
}

/// The length of a run. Padding and the symbols of ordinary base64 belong to it, so that the decoder
/// reports them instead of a token that lacks its end. In the path of a URL, `/` is not such a symbol.
fn extent(text: &[u8], in_path: bool) -> usize {
    let odd = |byte: u8| matches!(byte, b'=' | b'+') || (byte == b'/' && !in_path);
    text.iter().position(|&byte| !is_token_byte(byte) && !odd(byte)).unwrap_or(text.len())
}

/// The start of the next line without its indentation and quotation marks, if the line of a run ends at
/// `end`.
fn continuation(text: &[u8], end: usize) -> Option<usize> {
    let skip = |from: usize, skipped: fn(u8) -> bool| {
        let rest = text.get(from..).unwrap_or_default();
        from.saturating_add(rest.iter().take_while(|&&byte| skipped(byte)).count())
    };
    let broken = skip(end, |byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\\' | b'"' | b'\''));
    if text.get(broken) != Some(&b'\n') {
        return None;
    }
    let next =
        skip(broken.saturating_add(1), |byte| matches!(byte, b' ' | b'\t' | b'>' | b'"' | b'\''));
    text.get(next).is_some_and(|&byte| is_token_byte(byte)).then_some(next)
}

/// Returns true if nothing but closing marks follows on the line: a sentence does not continue a token.
fn ends_line(text: &[u8], at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let next = rest.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
    next.is_none_or(|byte| b"\n\\\"'`,;)]}>&".contains(byte))
        && (rest.first() == next || matches!(next, None | Some(b'\n' | b'\\')))
}

/// The width of the line that contains `at`.
fn line_around(text: &[u8], at: usize) -> usize {
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    let before = before.iter().rev().take_while(|&&byte| byte != b'\n').count();
    let after = after.iter().take_while(|&&byte| !matches!(byte, b'\n' | b'\r')).count();
    before.saturating_add(after)
}

/// The segments of a run that have been read, so that no line of a wrapped one is looked at twice.
#[derive(Debug, Default)]
struct Parts {
    dots: usize,
    /// The length of the last segment.
    last: usize,
    /// The dots that a whole run has, and the length of its last segment, once the header is known.
    whole: Option<(usize, usize)>,
}

impl Parts {
    /// Adds `more`, with which the `run` ends.
    fn add(&mut self, run: &[u8], more: &[u8]) {
        let dot = more.iter().rposition(|&byte| byte == b'.');
        let behind = more.len().saturating_sub(dot.map_or(0, |dot| dot.saturating_add(1)));
        self.last = if dot.is_some() { behind } else { self.last.saturating_add(behind) };
        self.dots = self.dots.saturating_add(dots(more));
        if self.whole.is_none() && self.dots > 0 {
            let header = header(run);
            let member = |name| header.as_ref().and_then(|header| header.get(name));
            let encrypted = member("enc").is_some();
            let algorithm = member("alg").and_then(Value::as_str).filter(|_| !encrypted);
            self.whole = Some((if encrypted { 4 } else { 2 }, shortest(algorithm)));
        }
    }

    /// Returns true if segments are missing, or the last one has fewer bytes than its algorithm makes.
    fn is_open(&self) -> bool {
        self.whole.is_none_or(|(dots, last)| self.dots < dots || self.last < last)
    }
}

/// The base64url symbols of the shortest signature (RFC 7518 §3.1, RFC 8037 §3.1; RSA with 2048 bits).
fn shortest(algorithm: Option<&str>) -> usize {
    match algorithm {
        Some("HS256") => 43,
        Some("HS384") => 64,
        Some("HS512" | "ES256" | "ES256K" | "EdDSA" | "Ed25519") => 86,
        Some("ES384") => 128,
        Some("ES512") => 176,
        Some(rsa) if rsa.starts_with("RS") || rsa.starts_with("PS") => 342,
        _ => 0,
    }
}

/// The header of a compact form, if it is JSON.
fn header(compact: &[u8]) -> Option<Value> {
    let first = compact.split(|&byte| byte == b'.').next()?;
    serde_json::from_slice(&LENIENT.decode(first).ok()?).ok()
}

/// Returns true if a compact form is an encrypted token: it names a content encryption (RFC 7516 §9).
pub(crate) fn is_encrypted(compact: &[u8]) -> bool {
    header(compact).is_some_and(|header| header.get("enc").is_some())
}

const fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

// The full stop of a sentence or an ellipsis, but not the empty third segment of an unsecured token.
fn trimmed(run: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    let len = trim_dots(&run).len();
    match run {
        Cow::Borrowed(run) => Cow::Borrowed(run.get(..len).unwrap_or_default()),
        Cow::Owned(mut run) => {
            run.truncate(len);
            Cow::Owned(run)
        }
    }
}

fn trim_dots(run: &[u8]) -> &[u8] {
    match run {
        [head @ .., b'.'] if dots(head) >= 2 => trim_dots(head),
        _ => run,
    }
}

fn dots(run: &[u8]) -> usize {
    run.iter().filter(|&&byte| byte == b'.').count()
}

fn starts_like_one(text: &[u8]) -> bool {
    STARTS.iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_tokens_in_pasted_text() {
        const ROWS: &[(&str, &[&str])] = &[
            ("eyJh.eyJi.c-_", &["eyJh.eyJi.c-_"]),
            ("  eyJh.eyJi.c\r\n", &["eyJh.eyJi.c"]),
            ("Bearer eyJh.eyJi.c", &["eyJh.eyJi.c"]),
            ("Authorization: Bearer eyJh.eyJi.c", &["eyJh.eyJi.c"]),
            (r#"{"access_token":"eyJh.eyJi.c","token_type":"Bearer"}"#, &["eyJh.eyJi.c"]),
            (
                r#"{"id_token":"eyJh.eyJi.c","access_token":"eyJh.eyJi.d"}"#,
                &["eyJh.eyJi.c", "eyJh.eyJi.d"],
            ),
            ("curl -H 'Authorization: Bearer eyJh.eyJi.c' https://a.b.c/", &["eyJh.eyJi.c"]),
            ("https://a.b/cb?token=eyJh.eyJi.c&state=1", &["eyJh.eyJi.c"]),
            ("https://a.b/eyJh.eyJi.c/d", &["eyJh.eyJi.c"]),
            ("It was eyJh.eyJi.c.", &["eyJh.eyJi.c"]),
            ("eyJh.eyJi...", &["eyJh.eyJi."]),
            ("unsecured: eyJh.eyJi.", &["eyJh.eyJi."]),
            ("ewogICJh.eyJi.c in lines", &["ewogICJh.eyJi.c"]),
            ("eyJh.a.b.c.d is encrypted", &["eyJh.a.b.c.d"]),
            ("eyJh.eyJi.c.d is neither", &["eyJh.eyJi.c.d"]),
            ("eyJh.eyJi=.c", &["eyJh.eyJi=.c"]),
            ("Bearer eyJh.eyJi.c==", &["eyJh.eyJi.c=="]),
            ("Bearer eyJh.ey+i.c/d", &["eyJh.ey+i.c/d"]),
            ("eyJh", &["eyJh"]),
            ("not.a.token", &[]),
            ("no token here", &[]),
            ("www.example.org eyeballs", &[]),
            ("", &[]),
        ];
        for &(text, expected) in ROWS {
            assert_eq!(compacts(text), expected, "{text:?}");
        }
    }

    fn compacts(text: &str) -> Vec<String> {
        let found = find(text.as_bytes());
        found.iter().map(|(_, token)| String::from_utf8_lossy(token).into_owned()).collect()
    }

    /// `{"alg":"HS256"}` and `{}`, with a signature of that length.
    const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    #[test]
    fn wrapping_changes_no_token() {
        let marks: [fn(&[u8]) -> String; 5] = [
            |line| format!("{}\n", String::from_utf8_lossy(line)),
            |line| format!("{}\r\n", String::from_utf8_lossy(line)),
            |line| format!("> {}\n", String::from_utf8_lossy(line)),
            |line| format!("  {} \\\n", String::from_utf8_lossy(line)),
            |line| format!("\"{}\"\n", String::from_utf8_lossy(line)),
        ];
        for width in 2..=TOKEN.len() {
            for (number, mark) in marks.iter().enumerate() {
                let text: String = TOKEN.as_bytes().chunks(width).map(mark).collect();
                assert_eq!(compacts(&text), [TOKEN], "width {width}, mark {number}\n{text}");
            }
        }
    }

    #[test]
    fn token_after_many_others_has_its_line() {
        let text = format!("{TOKEN} {TOKEN}\n\n").repeat(500);
        let found = in_text(text.as_bytes(), None);
        let lines: Vec<usize> = found.iter().map(|token| token.place.line).collect();
        assert_eq!(lines, (0..1_000).map(|at| at / 2 * 2 + 1).collect::<Vec<_>>());
    }

    #[test]
    fn neighbours_do_not_join_a_token() {
        let other = TOKEN.replace("e30", "eyJi");
        let rows = [
            (format!("{TOKEN}\n{other}\n"), vec![TOKEN, &other]),
            (format!("{TOKEN}\n\n{other}"), vec![TOKEN, &other]),
            (format!("{TOKEN} {other}"), vec![TOKEN, &other]),
            (format!("{TOKEN}\nEOF\n"), vec![TOKEN]),
            (format!("{TOKEN}\nand some words\n"), vec![TOKEN]),
            ("eyJh.eyJi.\nERROR at once".to_owned(), vec!["eyJh.eyJi."]),
        ];
        for (text, expected) in rows {
            assert_eq!(compacts(&text), expected, "{text:?}");
        }
    }

    #[test]
    fn encryption_is_told_by_its_header() {
        let encrypted = LENIENT.encode(r#"{"alg":"dir","enc":"A128GCM"}"#);
        let signed = LENIENT.encode(r#"{"alg":"HS256"}"#);
        for (compact, expected) in [
            (format!("{encrypted}..AA.AA.AA"), true),
            (format!("{encrypted}.AA"), true),
            (format!("{signed}.AA.AA.AA.AA"), false),
            ("eyJh.eyJi.c.d.e".to_owned(), false),
        ] {
            assert_eq!(is_encrypted(compact.as_bytes()), expected, "{compact}");
        }
    }
}
