//! The stretches of a line that a stranger may have written: anyone who can send a request.
//!
//! A log quotes what a requester chose: the request line, paths, queries, `User-Agent`, `Referer`,
//! cookies, forwarded addresses, user names, form fields and bodies. The stretches are found once
//! per line, by the form of the line and by the names of its members, before any word is looked
//! for. The readers of facts then see a copy of the line in which these stretches are blotted out,
//! so that no reader can forget the rule.
//!
//! A value ends where its writer would have escaped the end: at a quote without a backslash, at a
//! white space, or at the end of the line. If in doubt, the longer stretch counts, because a missed
//! word costs an answer and a forged one costs a right answer.

mod access_log;
mod login;
mod member;
mod names;
mod stretches;
mod value;

pub(super) use self::member::has_address;
use self::stretches::{Stretch, Stretches};
use self::value::{Close, Value};
use super::lines::{LINE_MAX, first_piece};

/// The byte that blots out a stretch. It is part of no wording, number or separator.
const BLOT: u8 = b'~';

/// A line in which the words of strangers are blotted out.
pub(crate) type Blotted = heapless::Vec<u8, LINE_MAX>;

/// Room for such a line.
pub(crate) struct Room {
    text: Blotted,
    #[expect(dead_code, reason = "only its value matters")]
    /// Not zero. If all of the room were zero, the compiler would clear it for each line.
    apart: usize,
}

impl Room {
    pub(crate) const fn new() -> Self {
        Self { text: Blotted::new(), apart: 1 }
    }
}

/// The state of a line that is read in pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Context {
    /// `true` if the next piece starts a line.
    starts_line: bool,
    /// The end of a stranger's value that has not come yet.
    open: Option<Close>,
    /// `true` in a record of an access log, whose fields a requester chooses.
    is_access_log: bool,
}

impl Context {
    /// The start of a line.
    pub(crate) const LINE: Self = Self { starts_line: true, open: None, is_access_log: false };

    /// Returns `true` if the next piece, `text`, is a record or its start.
    ///
    /// The second piece of an overlong line starts anywhere, even inside a `User-Agent`. An entry of
    /// a HAR file is a record although a small file has all of them on one line.
    pub(crate) fn starts_record(self, text: &[u8]) -> bool {
        self.starts_line || (self.open.is_none() && text.starts_with(super::lines::ENTRY))
    }

    /// Returns the state after `passed`, which consists of whole pieces.
    pub(crate) fn after(self, passed: &[u8]) -> Self {
        let Some(last) = passed.last() else { return self };
        if *last == b'\n' {
            return Self::LINE;
        }
        let start = memchr::memrchr(b'\n', passed).map(|end| end.saturating_add(1));
        let mut rest = passed.get(start.unwrap_or(0)..).unwrap_or(&[]);
        let mut context = if start.is_some() { Self::LINE } else { self };
        while !rest.is_empty() {
            let piece = first_piece(rest);
            context = Hearsay::of(piece, context).after;
            rest = rest.get(piece.len()..).unwrap_or(&[]);
        }
        context
    }
}

/// What a stranger may have written of a line or piece.
#[derive(Debug, Clone)]
pub(crate) struct Hearsay {
    stretches: Stretches,
    /// The state after the piece.
    pub(crate) after: Context,
}

impl Hearsay {
    /// Nothing of a line is a stranger's.
    pub(crate) const NONE: &'static Self =
        &Self { stretches: Stretches::NONE, after: Context::LINE };

    /// Finds the stretches of `piece`, which is a line or the next piece of one.
    pub(crate) fn of(piece: &[u8], context: Context) -> Self {
        let mut stretches = Stretches::default();
        let text = piece.strip_suffix(b"\n").unwrap_or(piece);
        let (from, mut open) = close(text, context.open, &mut stretches);
        let mut values = Values::new(text, from, context);
        let mut at = from;
        while open.is_none()
            && let Some(value) = values.next(at)
        {
            stretches.add(value.start, value.end);
            // An empty value must not be met again.
            at = value.rest().max(value.start.saturating_add(1));
            open = value.open;
        }
        let is_access_log = values.fields.is_access_log();
        if let Some(line) = values.fields.request_line() {
            access_log::add_before(text, from, line, context.starts_line, &mut stretches);
        }
        let ends = piece.len() > text.len();
        let next = Context { starts_line: false, open, is_access_log };
        Self { stretches, after: if ends { Context::LINE } else { next } }
    }

    /// Returns `true` if no byte of the line may be a stranger's.
    pub(crate) fn is_empty(&self) -> bool {
        self.stretches.kept.is_empty()
    }

    /// Returns `true` if a stranger may have written the byte at `at`.
    pub(crate) fn contains(&self, at: usize) -> bool {
        self.stretches.contains(at)
    }

    /// Writes `piece` to `room`, with the words of strangers blotted out. The room is the caller's because
    /// to return it would copy all of it.
    pub(crate) fn blot<'b>(&self, piece: &[u8], room: &'b mut Room) -> &'b [u8] {
        let Room { text, .. } = room;
        text.clear();
        // A piece is never longer than the room.
        let _ = text.extend_from_slice(piece);
        let rest = self.stretches.all_from.map(|start| Stretch { start, end: piece.len() });
        for stretch in self.stretches.kept.iter().copied().chain(rest) {
            let blots = text.get_mut(stretch.start..stretch.end.min(piece.len()));
            for byte in blots.into_iter().flatten().filter(|byte| **byte != b'\n') {
                *byte = BLOT;
            }
        }
        text
    }
}

/// Number of bytes before a seam that are looked at for the start of a stranger's words.
const NEAR: usize = 64;
/// Methods and the marks of user names are shorter.
const NEAREST: usize = 16;

/// Returns `true` if no part of `text` could be the start of a stranger's words, whatever follows it. This
/// is less than to have none, and is known for a text if it is known for its parts.
pub(crate) fn is_plain(text: &[u8]) -> bool {
    !access_log::may_have_request(text)
        && !login::may_have_name(text)
        && !member::may_have_value(text)
}

/// Returns `true` if `text` is [plain](is_plain), and its part up to `end` is known to be.
pub(crate) fn stays_plain(text: &[u8], end: usize) -> bool {
    let (from, to) = (end.saturating_sub(NEAR), end.saturating_sub(NEAREST));
    // No name goes over the sign of another one.
    let sign = text.get(from..to).and_then(member::next_sign);
    let window = text.get(from..).unwrap_or(text);
    let window = sign.and_then(|sign| window.get(sign.saturating_add(1)..)).unwrap_or(window);
    let is_cut = sign.is_none() && from > 0 && member::may_start_before(window);
    !is_cut && is_plain(window) && !login::starts_message(text)
}

/// The next value of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// It has not been looked for.
    Unknown,
    At(Value),
    /// There is none up to the end. To look again for each value of another kind would take time quadratic
    /// in the length.
    Never,
}

impl Next {
    /// Looks for the value with `find` unless one is known that starts at or after `at`.
    fn update(&mut self, at: usize, find: impl FnOnce(usize) -> Option<Value>) {
        let is_over = match self {
            Self::Unknown => true,
            Self::At(value) => value.start < at,
            Self::Never => false,
        };
        if is_over {
            *self = find(at).map_or(Self::Never, Self::At);
        }
    }

    const fn value(self) -> Option<Value> {
        match self {
            Self::At(value) => Some(value),
            Self::Unknown | Self::Never => None,
        }
    }
}

/// The values in a line that a requester chose, in order. Of two that overlap, the first one counts:
/// its end is where its writer ended it, and what looks like another value inside is its text.
struct Values<'t> {
    fields: access_log::Fields<'t>,
    targets: access_log::Targets<'t>,
    logins: login::Names<'t>,
    members: member::Members<'t>,
    /// The next value of each kind.
    next: [Next; 4],
}

impl<'t> Values<'t> {
    fn new(text: &'t [u8], from: usize, context: Context) -> Self {
        Self {
            fields: access_log::Fields::new(text, from, context.is_access_log),
            targets: access_log::Targets::new(text, from),
            logins: login::Names::new(text, from, context.starts_line),
            members: member::Members::new(text, from),
            next: [Next::Unknown; 4],
        }
    }

    /// Returns the first value that starts at or after `at`.
    fn next(&mut self, at: usize) -> Option<Value> {
        let [field, target, name, member] = &mut self.next;
        field.update(at, |at| self.fields.next(at));
        target.update(at, |at| self.targets.next(at));
        name.update(at, |at| self.logins.next(at));
        member.update(at, |at| self.members.next(at));
        let first = [*field, *target, *name, *member].into_iter().filter_map(Next::value);
        let first = first.min_by_key(|value| value.start)?;
        if *field == Next::At(first) {
            self.fields.accept(first);
        } else if *target == Next::At(first) {
            self.targets.accept(first);
        }
        Some(first)
    }
}

/// Ends the value that the piece before left open. Returns where the rest starts, and the end that
/// has still not come.
fn close(text: &[u8], open: Option<Close>, found: &mut Stretches) -> (usize, Option<Close>) {
    let Some(end) = open else { return (0, None) };
    let at = end.find(text, 0);
    found.add(0, at.unwrap_or(text.len()));
    match at {
        Some(at) => (at.saturating_add(1), None),
        None => (text.len(), Some(end)),
    }
}

#[cfg(test)]
mod tests {
    use std::string::{String, ToString};

    use proptest::prelude::*;

    use super::stretches::MOST;
    use super::*;

    /// Parts of lines with words of strangers, and parts of their marks.
    const PARTS: &[&str] = &[
        "GET",
        "POST",
        " ",
        "  ",
        "/a",
        "\"GET",
        " HTTP/1.1\"",
        "\"",
        "'",
        "\\",
        "user",
        "name",
        "invalid",
        "from",
        "sshd[1]:",
        "x",
        "=",
        ":",
        "{",
        "}",
        "\"user-agent\"",
        "user_",
        "-agent",
        "coo",
        "kie",
        "path",
        ".body",
        "client_ip",
        "token",
        "date",
        "2026-11-28T10:00:00Z",
        "JWT has expired",
        "a long word of prose and more of it",
        "--------------------------------------------------------------------",
    ];

    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(PARTS), 0..9).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn plain_parts_make_a_plain_text_without_words_of_strangers(
            parts in prop::collection::vec(text(), 1..5),
        ) {
            let mut joined = String::new();
            let mut plain = true;
            for part in parts {
                let end = joined.len();
                joined.push_str(&part);
                let text = joined.as_bytes();
                plain = plain && if end == 0 { is_plain(text) } else { stays_plain(text, end) };
                let is_own = Hearsay::of(text, Context::LINE).is_empty();
                prop_assert!(!plain || is_own, "{}", joined);
                prop_assert!(!is_plain(text) || is_own, "{}", joined);
            }
        }
    }

    #[test]
    fn name_that_is_longer_than_the_window_at_a_seam_is_seen() {
        const REST: &str = "agent: JWT has expired";
        let joined = ["user", &"-".repeat(2 * NEAR), REST].concat();
        let end = joined.len() - REST.len();
        assert!(is_plain(&joined.as_bytes()[..end]) && !stays_plain(joined.as_bytes(), end));
        assert!(!Hearsay::of(joined.as_bytes(), Context::LINE).is_empty());
    }

    fn blotted(line: &str) -> String {
        let hearsay = Hearsay::of(line.as_bytes(), Context::LINE);
        let mut room = Room::new();
        let text = hearsay.blot(line.as_bytes(), &mut room);
        // A stretch is shown as one blot.
        let text = String::from_utf8(text.to_vec()).unwrap();
        let mut shown = String::new();
        for sign in text.chars() {
            if sign != '~' || !shown.ends_with('~') {
                shown.push(sign);
            }
        }
        shown
    }

    /// A line, and what is left of it.
    const QUOTED: &[(&str, &str)] = &[
        // Access logs.
        (
            r#"192.0.2.7 - bob [09/Jan/2024:14:00:00 +0000] "GET /?q=x HTTP/1.1" 401 5 "https://r/" "UA \"x\" y""#,
            r#"~[09/Jan/2024:14:00:00 +0000] "~" 401 5 "~" "~""#,
        ),
        (
            r#"a 1 - [x] b [09/Jan/2024:14:00:00 +0000] "GET / HTTP/1.1" 200 5"#,
            r#"~[09/Jan/2024:14:00:00 +0000] "~" 200 5"#,
        ),
        (
            r#"Jan  9 14:00:00 web nginx: x - y [09/Jan/2024:14:00:00 +0000] "GET / HTTP/1.1" 200"#,
            r#"~[09/Jan/2024:14:00:00 +0000] "~" 200"#,
        ),
        (
            r#"[2024-01-09T14:00:00.000Z] "POST /a HTTP/2" 204 - 154 "192.0.2.1" "ua" date="x""#,
            r#"[2024-01-09T14:00:00.000Z] "~" 204 - 154 "~" "~" date="x""#,
        ),
        (
            r#"haproxy[1]: 192.0.2.1:3 [09/Jan/2024:14:00:00.655] web b/s 0/0 200 {h|ua} {} "GET / HTTP/1.1""#,
            r#"haproxy[1]: 192.0.2.1:3 [09/Jan/2024:14:00:00.655] web b/s 0/0 200 ~"~""#,
        ),
        (
            r#"2024-01-09 14:00:00 10.0.0.1 GET /a?b - 443 Mozilla/5.0+(JWT+expired) 200"#,
            r#"2024-01-09 14:00:00 10.0.0.1 GET ~ - 443 ~ 200"#,
        ),
        (r#"Started POST "/a?b" for 192.0.2.1 at"#, r#"Started POST "~" for 192.0.2.1 at"#),
        (r#""GET / HTTP/1.1" 200 5 "a {"exp":1,"iat":2}" c="d""#, r#""~" 200 5 "~" c="d""#),
        (r#"api: "GET /v1/me" 401 {"msg":"no"}"#, r#"api: "~" 401 {"msg":"no"}"#),
        // Members.
        (
            r#"{"msg":"m","user_agent":"a \"b\" c","date":"d"}"#,
            r#"{"msg":"m","user_agent":"~","date":"d"}"#,
        ),
        (r#"{"userAgent":["a","b"],"msg":"m"}"#, r#"{"userAgent":[~],"msg":"m"}"#),
        (
            r#"{"log":"{\"referer\":\"a\\\"b\",\"msg\":\"m\"}"}"#,
            r#"{"log":"{\"referer\":\"~\",\"msg\":\"m\"}"}"#,
        ),
        (r#"level=info path=/a?b user="x y" msg="m""#, r#"level=info path=~ user="~" msg="m""#),
        (r#"User-Agent: a b: c"#, r#"User-Agent: ~"#),
        (r#"< Server: a"#, r#"< Server: a"#),
        (
            r#"*1 JWT expired, client: 1, request: "GET / HTTP/1.1", host: "h""#,
            r#"*1 JWT expired, client: 1, request: ~"#,
        ),
        (
            r#"{"req":{"method":"GET","headers":{"x":"y"},"remoteAddress":"::1"},"msg":"m"}"#,
            r#"{"req":{~},"msg":"m"}"#,
        ),
        (
            r#"{"headers":{"user-agent":"a","date":"d"},"body":"b"}"#,
            r#"{"headers":{"user-agent":"~","date":"~"},"body":"b"}"#,
        ),
        (r#"{"headers":{"server":"a","date":"d"}}"#, r#"{"headers":{"server":"a","date":"d"}}"#),
        (
            r#"{"remote_addr":"1","body":"b","host":"h","authorization":"t"}"#,
            r#"{"remote_addr":"1","body":"~","host":"~","authorization":"~"}"#,
        ),
        (r#"  Parameters: {"a"=>"b"}"#, r#"  Parameters: {~}"#),
        // User names.
        (
            "Jan  9 14:00:00 h sshd[7]: Failed password for invalid user a b from 1 port 2 ssh2",
            "Jan  9 14:00:00 h sshd[7]: ~",
        ),
        ("login of user 'a b' failed", "login of user '~' failed"),
        ("x: Invalid user a b from 1", "x: Invalid user ~ from 1"),
        // Nothing.
        (
            "28.02.2017 18:39:51 - ERROR - agent :  Date: Fri",
            "28.02.2017 18:39:51 - ERROR - agent :  Date: Fri",
        ),
        ("> User-Agent: ours", "> User-Agent: ours"),
    ];

    #[test]
    fn blots_out_what_a_requester_chooses() {
        for &(line, expected) in QUOTED {
            assert_eq!(blotted(line), expected, "{line}");
        }
    }

    #[test]
    fn unfinished_value_continues_in_the_next_piece() {
        const ROWS: &[(&str, &str, &str)] = &[
            ("{\"user_agent\":\"a", "b\",\"msg\":\"m\"}\n", "~~\"msg\":\"m\"}\n"),
            ("\"GET /a", "b HTTP/1.1\" 200 \"c\" \"d\"\n", "~~~~~~~~~~\" 200 \"~\" \"~\"\n"),
            ("User-Agent: a", "b c\n", "~~~\n"),
            ("Jan  9 14:00:00 h sshd[7]: Invalid user a", "b from 1\n", "~~~~~~~~\n"),
            ("{\"msg\":\"a", "b\",\"path\":\"/c\"}\n", "b\",\"path\":\"~~\"}\n"),
        ];
        for &(first, second, expected) in ROWS {
            let context = Context::LINE.after(first.as_bytes());
            assert!(!context.starts_record(second.as_bytes()), "{first}");
            let hearsay = Hearsay::of(second.as_bytes(), context);
            let mut room = Room::new();
            let text = hearsay.blot(second.as_bytes(), &mut room);
            let text = String::from_utf8(text.to_vec()).unwrap();
            assert_eq!(text.len(), second.len(), "{first}");
            assert_eq!(text.replace("b~", "b").len(), text.replace("b~", "b").len());
            if expected.len() == second.len() {
                assert_eq!(text, expected.to_string(), "{first}");
            }
        }
    }

    #[test]
    fn empty_value_ends() {
        for line in ["path= x", "path=", "\"query\": ,\"path\":}", "user \"\"", "GET / \"\""] {
            let hearsay = Hearsay::of(line.as_bytes(), Context::LINE);
            assert_eq!(hearsay.blot(line.as_bytes(), &mut Room::new()).len(), line.len(), "{line}");
        }
    }

    #[test]
    fn everything_counts_as_a_stranger_s_after_too_many_values() {
        let line = "path=/a ".repeat(MOST + 1) + "JWT expired";
        let hearsay = Hearsay::of(line.as_bytes(), Context::LINE);
        assert!(hearsay.contains(line.len() - 1));
        assert!(hearsay.blot(line.as_bytes(), &mut Room::new()).ends_with(b"~~~"));
    }
}
