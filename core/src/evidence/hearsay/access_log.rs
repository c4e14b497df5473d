//! Records of access logs: the common and combined formats, nginx, Envoy, load balancers, HAProxy,
//! and W3C logs.
//!
//! A record is known by its request line in quotes, which has no name before it. Every quoted field
//! without a name is then a requester's, and so are the address and the user before the time.

use super::stretches::Stretches;
use super::value::{Close, Form, Value, run, slashes_before};

/// The methods of RFC 9110 §9.3, RFC 5789 and RFC 4918.
const METHODS: &[&str] =
    &["GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "PROPFIND"];

/// The quoted fields of a record.
pub(super) struct Fields<'t> {
    text: &'t [u8],
    at: usize,
    is_access_log: bool,
    request_line: Option<usize>,
    /// `true` once no quote that may end a field was found up to the end of the text. To look for one
    /// again after each quote would take time quadratic in the length.
    has_no_end: bool,
}

impl<'t> Fields<'t> {
    pub(super) fn new(text: &'t [u8], from: usize, is_access_log: bool) -> Self {
        // Without a method after any quote, no field counts, and no quote needs its end.
        let may_have = is_access_log || has_request_line(text, from);
        let at = if may_have { from } else { text.len() };
        Self { text, at, is_access_log, request_line: None, has_no_end: false }
    }

    /// Returns the first request line that starts at or after `at`, and then every other field.
    pub(super) fn next(&mut self, at: usize) -> Option<Value> {
        while let Some(quote) = quotes(self.text, self.at).next() {
            let string = Value::string(self.text, quote);
            let field = if self.has_no_end { string } else { self.whole(string) };
            self.at = field.end.saturating_add(1);
            let counts = self.is_access_log || is_request_line(self.text, quote);
            if field.start >= at && counts && is_field(self.text, quote, &field) {
                return Some(field);
            }
        }
        None
    }

    /// Returns `field` up to a quote that may end it: a blank or a separator follows. A log that does not
    /// escape quotes must not show the rest of a field as its own words.
    fn whole(&mut self, field: Value) -> Value {
        let after = |end: usize| self.text.get(end.saturating_add(1));
        let mut end = field.end;
        // The name of a member in JSON.
        if after(end) == Some(&b':') {
            return field;
        }
        while after(end).is_some_and(|byte| !b" \t\r,;|)]}".contains(byte)) {
            let close = Close::Quote { quote: b'"', slashes: 0 };
            let Some(next) = close.find(self.text, end.saturating_add(1)) else {
                self.has_no_end = true;
                return field;
            };
            end = next;
        }
        Value { end, ..field }
    }

    /// Notes that `field` counts. If it is a request line, so do the fields around it.
    pub(super) fn accept(&mut self, field: Value) {
        if self.request_line.is_none() {
            self.request_line = field.start.checked_sub(1);
        }
        self.is_access_log = true;
    }

    pub(super) const fn is_access_log(&self) -> bool {
        self.is_access_log
    }

    /// The position of the quote of the first request line.
    pub(super) const fn request_line(&self) -> Option<usize> {
        self.request_line
    }
}

fn has_request_line(text: &[u8], from: usize) -> bool {
    let rest = text.get(from..).unwrap_or(&[]);
    // Where one quote is, others are near, and to begin a search for each is slow.
    let rest = memchr::memchr(b'"', rest).and_then(|quote| rest.get(quote..)).unwrap_or(&[]);
    let starts = |pair: &[u8]| matches!(pair, [b'"', b'A'..=b'Z']);
    rest.windows(2).enumerate().any(|(at, pair)| starts(pair) && is_request_line(rest, at))
}

/// Returns `true` if `text` has a method where a request line or the target of a request may start.
pub(super) fn may_have_request(text: &[u8]) -> bool {
    let ends = |pair: &[u8]| matches!(pair, [b'D' | b'E' | b'H' | b'S' | b'T', blank] if blank.is_ascii_whitespace());
    let mut pairs = text.windows(2).enumerate().filter(|(_, pair)| ends(pair));
    pairs.any(|(at, _)| text.get(..=at).is_some_and(ends_with_method))
        || text.last().is_some_and(u8::is_ascii_uppercase) && ends_with_method(text)
}

fn is_request_line(text: &[u8], quote: usize) -> bool {
    method_at(text, quote.saturating_add(1)).is_some()
}

fn is_field(text: &[u8], quote: usize, field: &Value) -> bool {
    let is_name = text.get(field.end.saturating_add(1)) == Some(&b':');
    is_bare(text, quote) && !is_name
}

/// Adds what a requester chose before the request line: quoted fields, and the head of the record.
pub(super) fn add_before(
    text: &[u8],
    from: usize,
    request_line: usize,
    starts_line: bool,
    found: &mut Stretches,
) {
    let mut at = from;
    while let Some(quote) = quotes(text, at).next().filter(|quote| *quote < request_line) {
        let field = Value::string(text, quote);
        if is_field(text, quote, &field) {
            found.add(field.start, field.end.min(request_line));
        }
        at = field.end.saturating_add(1);
    }
    if starts_line {
        add_head(text, request_line, found);
    }
}

// The common format has the address and the user before the time. Either may be a forwarded one, and
// may contain another time, so only the time directly before the request line is the server's.
// HAProxy has the captured headers in braces.
fn add_head(text: &[u8], request_line: usize, found: &mut Stretches) {
    let head = text.get(..request_line).unwrap_or(&[]).trim_ascii_end();
    let time = match head {
        [.., b']'] => memchr::memrchr(b'[', head),
        _ => None,
    };
    if let Some(time) = time {
        found.add(0, time);
    } else if let Some(headers) = memchr::memchr(b'{', head) {
        found.add(headers, request_line);
    }
}

/// The targets of requests that are not in quotes: `GET /a?b 401`, `POST "/a"`; and after the first
/// one the columns of a W3C log.
pub(super) struct Targets<'t> {
    text: &'t [u8],
    at: usize,
    /// The position after the first target.
    columns: Option<usize>,
    /// The next column, or `None` if there is none. To look for it again for each target would take time
    /// quadratic in the length.
    column: Option<Option<Value>>,
    /// A position, and whether it is in a string.
    in_string: (usize, bool),
}

impl<'t> Targets<'t> {
    pub(super) const fn new(text: &'t [u8], from: usize) -> Self {
        Self { text, at: from, columns: None, column: None, in_string: (0, false) }
    }

    /// Returns the first target or column that starts at or after `at`.
    pub(super) fn next(&mut self, at: usize) -> Option<Value> {
        let target = self.next_target(at);
        let column = self.columns.and_then(|from| self.next_column(from.max(at)));
        let values = [target, column].into_iter().flatten();
        values.min_by_key(|value| value.start)
    }

    /// Notes that `value` counts: a target that no other value contains.
    pub(super) fn accept(&mut self, value: Value) {
        self.columns = self.columns.or(Some(value.rest()));
    }

    fn next_target(&mut self, at: usize) -> Option<Value> {
        let start = target_after(self.text, self.at.max(at))?;
        let value = match self.text.get(start) {
            Some(b'"') => Value::string(self.text, start),
            _ => self.bare_target(start),
        };
        // A column before this target may come first, so it is not passed yet.
        self.at = start;
        Some(value)
    }

    fn next_column(&mut self, from: usize) -> Option<Value> {
        let is_current = self.column.is_some_and(|held| held.is_none_or(|it| it.start >= from));
        if !is_current {
            self.column = Some(next_column(self.text, from));
        }
        self.column.flatten()
    }

    // A target has no blank. In a string it ends with the string, whose writer escapes quotes.
    fn bare_target(&mut self, at: usize) -> Value {
        let blank = Value::until(self.text, at, Close::Blank, Form::Bare);
        let (known, is_odd) = if self.in_string.0 <= at { self.in_string } else { (0, false) };
        let between = quotes(self.text, known).take_while(|quote| *quote < at).count();
        self.in_string = (at, is_odd != (between % 2 == 1));
        let inside = self.text.get(..blank.end).filter(|_| self.in_string.1).unwrap_or(&[]);
        let string = Value::until(inside, at, Close::Quote { quote: b'"', slashes: 0 }, Form::Bare);
        if self.in_string.1 && string.open.is_none() { string } else { blank }
    }
}

/// Returns where the target of the next request starts, which follows a method and a blank.
fn target_after(text: &[u8], from: usize) -> Option<usize> {
    // All targets have a slash.
    memchr::memchr(b'/', text.get(from..)?)?;
    // The method may end before `from`.
    let first = text.get(..from)?.trim_ascii_end().len().saturating_sub(1);
    let ends = |pair: &[u8]| matches!(pair, [b'D' | b'E' | b'H' | b'S' | b'T', blank] if blank.is_ascii_whitespace());
    let pairs = text.get(first..)?.windows(2).enumerate().filter(|(_, pair)| ends(pair));
    pairs.map(|(at, _)| first.saturating_add(at).saturating_add(1)).find_map(|end| {
        let at = end.saturating_add(run(text, end, |byte| byte.is_ascii_whitespace()));
        let starts = match text.get(at..)? {
            [b'/', ..] | [b'"', b'/', ..] => true,
            other => other.starts_with(b"http://") || other.starts_with(b"https://"),
        };
        (starts && at >= from && ends_with_method(text.get(..end)?)).then_some(at)
    })
}

fn ends_with_method(text: &[u8]) -> bool {
    METHODS.iter().any(|method| {
        let Some(before) = text.strip_suffix(method.as_bytes()) else { return false };
        before.last().is_none_or(|byte| !byte.is_ascii_alphanumeric() && !b"-_".contains(byte))
    })
}

// A W3C log has no quotes: it writes the blanks of a header as `+` or `%20`.
fn next_column(text: &[u8], from: usize) -> Option<Value> {
    let mut at = from;
    while at < text.len() {
        at = at.saturating_add(run(text, at, |byte| byte.is_ascii_whitespace()));
        let value = Value::until(text, at, Close::Blank, Form::Bare);
        if text.get(value.start..value.end).is_some_and(is_encoded) {
            return Some(value);
        }
        at = value.end.max(at.saturating_add(1));
    }
    None
}

fn is_encoded(column: &[u8]) -> bool {
    let letters = |window: &[u8]| match *window {
        [_, b'+', after] => !after.is_ascii_digit(),
        [b'%', b'2', b'0'] => true,
        _ => false,
    };
    !column.contains(&b'"') && column.windows(3).any(letters)
}

/// Yields the positions of double quotes that are not escaped.
fn quotes(text: &[u8], from: usize) -> impl Iterator<Item = usize> + '_ {
    let rest = text.get(from..).unwrap_or(&[]);
    let all = memchr::memchr_iter(b'"', rest).map(move |at| from.saturating_add(at));
    all.filter(|&at| slashes_before(text, at) == 0)
}

/// Returns `true` if the quote at `at` opens a field without a name.
fn is_bare(text: &[u8], at: usize) -> bool {
    let before = text.get(..at).unwrap_or(&[]);
    match before.last() {
        None => true,
        Some(byte) if !byte.is_ascii_whitespace() => b"|;,(".contains(byte),
        // `request: "GET / HTTP/1.1"`: a single word and a colon are a name, `api: ` is one of a
        // program, so only the names of requests count.
        Some(_) => !names_request(before.trim_ascii_end()),
    }
}

fn names_request(before: &[u8]) -> bool {
    let Some(name) = before.strip_suffix(b":") else {
        return before.ends_with(b"=") || before.ends_with(b"=>");
    };
    let ends = |word: &&[u8]| name.ends_with(word);
    let known: [&[u8]; 7] =
        [b"request", b"referrer", b"referer", b"host", b"upstream", b"\"", b"'"];
    known.iter().any(ends)
}

fn method_at(text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    if !rest.first()?.is_ascii_uppercase() {
        return None;
    }
    let method = METHODS.iter().find(|method| {
        rest.strip_prefix(method.as_bytes()).is_some_and(|rest| rest.starts_with(b" "))
    });
    method.map(|method| method.len())
}
