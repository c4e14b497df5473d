//! Takes off what people and tools put around a line: quoting, prefixes of tools and runtimes, records
//! in JSON, pairs or cells, escapes, colours.
//!
//! Layers may come in any order and nesting, up to a fixed depth. What is left is the line as its
//! program wrote it, byte by byte, so that no other reader has to know a dressing. What a layer says
//! about time and host is kept. A layer is taken off only if nothing else in it matters: of an object
//! whose other members state a refusal or a time, all of it is read.

mod escapes;
mod head;
mod object;
mod pairs;
mod prefix;

use core::ops::Range;

use self::object::{Kind, Member};
pub(crate) use self::prefix::{is_field, is_request_line};
use super::filter;
use super::hearsay::{self, Context, Hearsay};
use super::lines::LINE_MAX;
use super::stamp::{self, Stamp};
use super::wrap::width;

/// A line without its layers.
pub(crate) type Text = heapless::Vec<u8, LINE_MAX>;

/// The largest number of layers that are taken off.
const DEPTH: u8 = 12;
/// The largest number of stamps that are kept of the layers of one line.
const STAMPS: usize = 3;

/// What the layers around a line say.
#[derive(Debug, Clone)]
pub(crate) struct Layers {
    /// The stamps, from the outside in.
    pub(crate) stamps: heapless::Vec<Stamp, STAMPS>,
    /// The host that a layer names, as far as it fits.
    pub(crate) host: heapless::Vec<u8, 40>,
    /// `true` if the line had any layer.
    pub(crate) is_any: bool,
    /// `true` if the text may be words that its program only quotes: several lines as one message.
    pub(crate) is_quoted: bool,
    /// `true` for the lines of such a message after its first.
    pub(crate) is_inside_quotation: bool,
    /// `true` if a collector wrote a head before the line, so that it starts a record.
    pub(crate) has_head: bool,
    /// The width of the line in characters, as it stands inside the strings around it.
    pub(crate) width: usize,
    /// The number of blanks before the line.
    pub(crate) indent: usize,
    /// The program that a collector names. Its name is put back before the text where it matters.
    program: heapless::Vec<u8, 48>,
}

/// What is known from the lines before, by which the layers of the next one are recognised.
#[derive(Debug, Clone)]
pub(crate) struct Before {
    /// The number of quotings of the line before.
    quotes: u8,
    /// The number of quotings around a request that is being sent, while it lasts.
    sending: Option<u8>,
    /// The numbers that `grep -n` wrote before the line before, from the outside in.
    numbers: [Option<u64>; 3],
    /// The file that `grep -H` named.
    file: heapless::Vec<u8, 64>,
    /// A hash of the member that was all of the line before.
    lone_member: Option<u32>,
    /// The mark of a list or of a difference that the line before had.
    mark: Option<u8>,
    /// `true` after a record that names its host.
    names_hosts: bool,
    /// `true` inside a cell of comma-separated values that has several lines.
    is_in_cell: bool,
}

impl Before {
    pub(crate) const fn new() -> Self {
        Self {
            quotes: 0,
            sending: None,
            numbers: [None; 3],
            file: heapless::Vec::new(),
            lone_member: None,
            mark: None,
            is_in_cell: false,
            names_hosts: false,
        }
    }

    fn keep_file(&mut self, name: &[u8]) -> bool {
        self.file.clear();
        self.file.extend_from_slice(name).is_ok()
    }
}

/// What is inside a layer.
enum Inside {
    /// A part of the text.
    Part(Range<usize>),
    /// The text that was written to the spare room.
    Decoded,
}

/// Room for the text of one line while its layers are taken off.
pub(crate) struct Undresser {
    text: Text,
    spare: Text,
}

impl Undresser {
    pub(crate) const fn new() -> Self {
        Self { text: Text::new(), spare: Text::new() }
    }

    /// Takes the layers off `line`. The result has no line feed at its end.
    pub(crate) fn undress<'t>(
        &'t mut self,
        line: &'t [u8],
        before: &mut Before,
    ) -> (&'t [u8], Layers) {
        let Self { text: even, spare: odd } = self;
        let (mut rooms, mut is_decoded) = ((even, odd), false);
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut range = 0..line.len();
        let mut layers = Layers::NONE;
        layers.width = width(line);
        let mut state = State::NEW;
        for depth in 0..DEPTH {
            let (text, spare) = (&*rooms.0, &mut *rooms.1);
            let all = if is_decoded { text.as_slice() } else { line };
            let Some(text) = all.get(range.clone()) else { break };
            spare.clear();
            match layer(text, spare, depth, before, &mut state, &mut layers) {
                None => break,
                Some(Inside::Part(part)) => {
                    let end = range.start.saturating_add(part.end);
                    range = range.start.saturating_add(part.start)..end;
                }
                Some(Inside::Decoded) => {
                    rooms = (rooms.1, rooms.0);
                    is_decoded = true;
                    range = 0..rooms.0.len();
                    layers.width = width(rooms.0);
                }
            }
            layers.is_any = true;
        }
        before.end(&state, line);
        // Records that name their host know better than a prefix.
        before.names_hosts |= !layers.host.is_empty();
        if !before.names_hosts {
            layers.host.clone_from(&state.pod);
        }
        if !layers.program.is_empty() {
            let all = if is_decoded { rooms.0.as_slice() } else { line };
            rooms.1.clear();
            escapes::push(&layers.program, rooms.1);
            escapes::push(b": ", rooms.1);
            escapes::push(all.get(range.clone()).unwrap_or(&[]), rooms.1);
            if needs_program(rooms.1) {
                return (rooms.1, layers);
            }
        }
        let all = if is_decoded { rooms.0.as_slice() } else { line };
        (all.get(range).unwrap_or(&[]), layers)
    }
}

/// What the layers of the current line show, for the next one.
struct State {
    quotes: u8,
    tools: usize,
    /// The mark of a list or of a difference before the line.
    mark: Option<u8>,
    lone_member: Option<u32>,
    /// The pod that a prefix names.
    pod: heapless::Vec<u8, 40>,
}

impl State {
    const NEW: Self =
        Self { quotes: 0, tools: 0, mark: None, lone_member: None, pod: heapless::Vec::new() };

    fn set_pod(&mut self, name: &[u8]) {
        self.pod.clear();
        let most = self.pod.capacity().min(name.len());
        let _ = self.pod.extend_from_slice(name.get(..most).unwrap_or(name));
    }
}

impl Before {
    /// Keeps what the layers of `line` show.
    fn end(&mut self, state: &State, line: &[u8]) {
        self.quotes = state.quotes;
        self.lone_member = state.lone_member;
        self.mark = state.mark;
        if !line.trim_ascii_start().starts_with(b">") {
            self.sending = None;
        }
    }
}

/// Takes the outermost layer off `text`.
fn layer(
    text: &[u8],
    spare: &mut Text,
    depth: u8,
    before: &mut Before,
    state: &mut State,
    layers: &mut Layers,
) -> Option<Inside> {
    if let Some(inside) = open_cell(text, spare, depth, before) {
        return Some(inside);
    }
    let indent = text.iter().take_while(|byte| b" \t".contains(byte)).count();
    if indent > 0 {
        layers.indent = layers.indent.saturating_add(indent);
        return Some(Inside::Part(indent..text.len()));
    }
    if escapes::may_have_colour(text) {
        escapes::remove_colour(text, spare);
        return Some(Inside::Decoded);
    }
    let first = *text.first()?;
    let len = match first {
        b'>' => prefix::quote(text, state.quotes, before)
            .inspect(|_| state.quotes = state.quotes.saturating_add(1)),
        b'|' => prefix::bar(text),
        _ => None,
    };
    let len = len.or_else(|| prefix::bullet(text, before, &mut state.mark));
    let len = len.or_else(|| is_name(first).then(|| tool(text, before, state)).flatten());
    if let Some(len) = len {
        return Some(Inside::Part(len..text.len()));
    }
    if let Some((len, pod)) = prefix::pod(text) {
        state.set_pod(pod);
        return Some(Inside::Part(len..text.len()));
    }
    if let Some(inside) = record(text, spare, depth, before, state, layers) {
        return Some(inside);
    }
    if memchr::memchr(b'&', text).is_some() && escapes::decode_entities(text, spare) {
        return Some(Inside::Decoded);
    }
    None
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_./\\".contains(&byte)
}

/// A prefix that starts with a name or a number.
fn tool(text: &[u8], before: &mut Before, state: &mut State) -> Option<usize> {
    if let Some(len) = prefix::grep(text, state.tools, before) {
        state.tools = state.tools.saturating_add(1);
        return Some(len);
    }
    if let Some(len) = prefix::compose(text) {
        return Some(len);
    }
    let (len, pod) = prefix::stern(text)?;
    state.set_pod(pod);
    Some(len)
}

/// Takes off the form of a record.
fn record(
    text: &[u8],
    spare: &mut Text,
    depth: u8,
    before: &Before,
    state: &mut State,
    layers: &mut Layers,
) -> Option<Inside> {
    match text.first()? {
        b'{' => object_record(text, spare, depth, before, state, layers),
        b'"' => member(text, spare, layers)
            .or_else(|| row(text, spare, layers))
            .or_else(|| literal(text, spare, layers)),
        b'[' => {
            let (stamp, inside) = head::value(text)?;
            escapes::unescape(text.get(inside)?, spare);
            layers.stamp(stamp);
            Some(Inside::Decoded)
        }
        _ => {
            if let Some(value) = text.strip_prefix(b"MESSAGE=") {
                return Some(Inside::Part(text.len().saturating_sub(value.len())..text.len()));
            }
            if let Some(value) = text.strip_prefix(b"__REALTIME_TIMESTAMP=") {
                layers.stamp(stamp::parse_epoch(value)?.0);
                return Some(Inside::Part(text.len()..text.len()));
            }
            let literal =
                if b"'b".contains(text.first()?) || text.ends_with(b")") || text.ends_with(b");") {
                    literal(text, spare, layers)
                } else {
                    None
                };
            literal
                .or_else(|| headed(text, layers))
                .or_else(|| pairs_record(text, spare, layers))
                .or_else(|| row(text, spare, layers))
        }
    }
}

/// The head of a runtime or collector, before a record of another form.
fn headed(text: &[u8], layers: &mut Layers) -> Option<Inside> {
    let starts = matches!(text.first()?, b'0'..=b'9' | b'<' | b'A'..=b'Z');
    let head = starts.then(|| {
        head::runtime(text).or_else(|| head::labels(text)).or_else(|| head::collector(text))
    })??;
    if let Some(stamp) = head.stamp {
        layers.stamp(stamp);
    }
    if let Some(host) = head.host {
        layers.set_host(host);
    }
    layers.has_head |= head.host.is_some() || head.program.is_some();
    if let Some(program) = head.program {
        layers.program.clear();
        let _ = layers.program.extend_from_slice(program);
    }
    Some(Inside::Part(head.len..text.len()))
}

/// Returns `true` if it matters which program wrote `text`, which starts with its name: if it has the
/// sentence of a time service, or words of a stranger.
fn needs_program(text: &[u8]) -> bool {
    let is_service = filter::scan(text, |hit| hit.row().filter(|row| row.says.is_service()));
    is_service.is_some() || !Hearsay::of(text, Context::LINE).is_empty()
}

/// An object whose message is all that matters.
fn object_record(
    text: &[u8],
    spare: &mut Text,
    depth: u8,
    before: &Before,
    state: &mut State,
    layers: &mut Layers,
) -> Option<Inside> {
    let text = text.trim_ascii_end();
    let text = text.strip_suffix(b",").unwrap_or(text);
    let (members, end) = object::Members::of(text, 0)?;
    (end == text.len()).then_some(())?;
    let Some(message) = object::message(text, 0) else { return stream(text, spare, layers) };
    let value = text.get(message.value.clone())?;
    // A record of a request that came in says by its other members whose words its message has.
    if !is_envelope(text, &message) || hearsay::has_address(text) {
        return None;
    }
    let is_lone = members.count() == 1 && text.get(message.whole.end..)?.trim_ascii() == b"}";
    let stamp = stamp::of_line(text);
    if is_lone {
        let name = hash(message.name);
        state.lone_member = Some(name).filter(|_| depth == 0).or(state.lone_member);
        // A body of one member that an API answered is no record.
        let is_record = before.lone_member == Some(name)
            || prefix::starts_record(value)
            || memchr::memmem::find(value, b"\\n").is_some()
            || !message.name.eq_ignore_ascii_case(b"message")
            || filter::scan(value, |_| Some(())).is_none();
        is_record.then_some(())?;
    }
    if let Some(stamp) = stamp {
        layers.stamp(stamp);
    }
    if let Some(host) = host_of(text) {
        layers.set_host(host);
    }
    layers.is_quoted |= !is_lone && !prefix::starts_record(value);
    escapes::unescape(value, spare);
    trim_end(spare);
    Some(Inside::Decoded)
}

/// `{"stream":{…},"values":[["1704808800000000000","…"]]}` of Loki, if it has one value.
fn stream(text: &[u8], spare: &mut Text, layers: &mut Layers) -> Option<Inside> {
    let (mut members, _) = object::Members::of(text, 0)?;
    let values = members.find(|member| member.name == b"values")?;
    let value = text.get(values.value)?.strip_prefix(b"[")?.strip_suffix(b"]")?;
    let (stamp, inside) = head::value(value)?;
    layers.stamp(stamp);
    escapes::unescape(value.get(inside)?, spare);
    trim_end(spare);
    Some(Inside::Decoded)
}

/// Returns `true` if nothing but its `message` matters in the record `text`.
fn is_envelope(text: &[u8], message: &Member<'_>) -> bool {
    let around = [text.get(..message.whole.start), text.get(message.whole.end..)];
    around.into_iter().flatten().all(|part| filter::scan(part, |_| Some(())).is_none())
}

/// One line of an object that is printed over several: a string member that holds the message.
fn member(text: &[u8], spare: &mut Text, layers: &mut Layers) -> Option<Inside> {
    let end = object::end_of_string(text, 0)?;
    let name = text.get(1..end.checked_sub(1)?)?;
    let rest = text.get(end..)?;
    let value = rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
    let at = text.len().saturating_sub(value.len());
    let close = object::end_of_string(text, at).filter(|_| value.starts_with(b"\""))?;
    let behind = text.get(close..)?.trim_ascii();
    let inside = text.get(at.saturating_add(1)..close.checked_sub(1)?)?;
    (object::is_message(name) && (behind.is_empty() || behind == b",")).then_some(())?;
    layers.is_quoted |= !prefix::starts_record(inside);
    escapes::unescape(inside, spare);
    trim_end(spare);
    Some(Inside::Decoded)
}

/// A line that is one string literal, as programs print a list of lines.
fn literal(text: &[u8], spare: &mut Text, layers: &mut Layers) -> Option<Inside> {
    let inside = text.get(literal_range(text)?)?;
    let is_record = prefix::starts_record(inside);
    (is_record || memchr::memmem::find(inside, b"\\n").is_some()).then_some(())?;
    layers.is_quoted |= !is_record;
    escapes::unescape(inside, spare);
    trim_end(spare);
    Some(Inside::Decoded)
}

/// Returns the content of the literal that is all of `text`, or the only argument of a call.
fn literal_range(text: &[u8]) -> Option<Range<usize>> {
    let trimmed = text.trim_ascii_end();
    let trimmed =
        trimmed.strip_suffix(b";").or_else(|| trimmed.strip_suffix(b",")).unwrap_or(trimmed);
    let name = trimmed
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(byte))
        .count();
    let is_call = name > 0 && trimmed.get(name) == Some(&b'(');
    let trimmed = if is_call { trimmed.strip_suffix(b")")? } else { trimmed };
    let at =
        if is_call { name.saturating_add(1) } else { usize::from(trimmed.first() == Some(&b'b')) };
    let end = object::end_of_string(trimmed, at)?;
    (end == trimmed.len()).then(|| at.saturating_add(1)..end.saturating_sub(1))
}

/// Pairs of which only the message matters.
fn pairs_record(text: &[u8], spare: &mut Text, layers: &mut Layers) -> Option<Inside> {
    let inside = pairs::message(text)?;
    let around = [text.get(..inside.start), text.get(inside.end..)];
    let matters =
        around.into_iter().flatten().any(|part| filter::scan(part, |_| Some(())).is_some());
    if matters || hearsay::has_address(text) {
        return None;
    }
    if let Some(stamp) = stamp::of_line(text) {
        layers.stamp(stamp);
    }
    escapes::unescape(text.get(inside)?, spare);
    trim_end(spare);
    Some(Inside::Decoded)
}

/// A row of comma-separated values of which one cell is the message.
fn row(text: &[u8], spare: &mut Text, layers: &mut Layers) -> Option<Inside> {
    let (cell, stamp) = pairs::cell(text)?;
    let inside = text.get(cell.inside.clone())?;
    if let Some(stamp) = stamp {
        layers.stamp(stamp);
    }
    if cell.is_quoted {
        escapes::undouble(inside, spare);
        return Some(Inside::Decoded);
    }
    Some(Inside::Part(cell.inside))
}

/// A line of a cell that has several lines.
fn open_cell(text: &[u8], spare: &mut Text, depth: u8, before: &mut Before) -> Option<Inside> {
    (depth == 0).then_some(())?;
    let range = if before.is_in_cell {
        let end = pairs::end_of_cell(text);
        before.is_in_cell = end.is_none();
        0..end.unwrap_or(text.len())
    } else {
        let at = pairs::open_cell(text)?;
        before.is_in_cell = true;
        at..text.len()
    };
    escapes::undouble(text.get(range)?, spare);
    Some(Inside::Decoded)
}

fn trim_end(text: &mut Text) {
    text.truncate(text.trim_ascii_end().len());
}

/// Names of the member that holds the host of a record.
const HOSTS: &[&str] =
    &["host", "hostname", "host.name", "_hostname", "instance", "pod", "pod_name", "node"];

/// Returns the host that the object `text` names.
fn host_of(text: &[u8]) -> Option<&[u8]> {
    let (mut members, _) = object::Members::of(text, 0)?;
    let is_host = |member: &Member<'_>| {
        member.kind == Kind::String
            && HOSTS.iter().any(|name| member.name.eq_ignore_ascii_case(name.as_bytes()))
    };
    let member = members.find(is_host)?;
    text.get(member.value)
}

/// FNV-1a, by which two names are compared.
pub(crate) fn hash(name: &[u8]) -> u32 {
    name.iter().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

impl Layers {
    /// No layers.
    pub(crate) const NONE: Self = Self {
        stamps: heapless::Vec::new(),
        host: heapless::Vec::new(),
        is_any: false,
        is_quoted: false,
        is_inside_quotation: false,
        has_head: false,
        width: 0,
        indent: 0,
        program: heapless::Vec::new(),
    };

    /// Adds what layers further inside say.
    pub(crate) fn add(&mut self, inner: &Self) {
        for stamp in &inner.stamps {
            self.stamp(*stamp);
        }
        if !inner.host.is_empty() {
            self.host.clone_from(&inner.host);
        }
        self.is_quoted |= inner.is_quoted;
    }

    /// Puts `outer` around these layers.
    pub(crate) fn put_inside(&mut self, outer: &Self) {
        let mut all = outer.clone();
        all.add(self);
        self.stamps = all.stamps;
        self.host = all.host;
    }

    fn set_host(&mut self, name: &[u8]) {
        self.host.clear();
        let most = self.host.capacity().min(name.len());
        let _ = self.host.extend_from_slice(name.get(..most).unwrap_or(name));
    }

    fn stamp(&mut self, stamp: Stamp) {
        if self.stamps.is_full() {
            self.stamps.remove(0);
        }
        let _ = self.stamps.push(stamp);
    }
}

#[cfg(test)]
mod tests;
