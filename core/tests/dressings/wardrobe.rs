//! The dressings: forms in which the text of a log reaches its reader.

use serde_json::{Value, json};

use super::stamps::{Stamp, stamped, time_of_log};

/// How the diagnosis of the dressed text relates to that of the bare text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// It is the same.
    Same,
    /// A conclusion is the same, and an interval may be narrower: the dressing gives stamps to lines that
    /// had none, finer ones, or those of further records.
    Refined,
}

/// The way in which a text is changed.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// Each line gets a prefix.
    Prefix(&'static str),
    /// Each line is the string at a path of a JSON object.
    Member(&'static str),
    /// Lines are broken between words.
    Wrapped(usize),
    /// Lines are broken anywhere, as `fold` does.
    Folded(usize),
    /// Lines are broken between words, and quoted.
    Mailed(usize),
    /// Each line gets the time of its record, as other programs write it.
    Stamped(fn(&Stamp, &str) -> String),
    /// The same, with a line of names before it.
    Exported(&'static str, fn(&Stamp, &str) -> String),
    /// Each line is changed alone.
    Line(fn(usize, &str) -> String),
    /// The whole is changed.
    Whole(fn(&str) -> Option<String>),
    /// Records are added, with their times.
    Added(fn(&str) -> Option<String>),
    /// The bytes are changed.
    Bytes(fn(&str) -> Vec<u8>),
}

/// A dressing.
pub(crate) struct Dressing {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
}

impl Dressing {
    pub(crate) fn rule(&self) -> Rule {
        match self.form {
            Form::Stamped(_) | Form::Exported(..) | Form::Added(_) => Rule::Refined,
            _ => Rule::Same,
        }
    }

    /// Returns true if a dressed text is still text with the lines of a log.
    pub(crate) fn can_be_inner(&self) -> bool {
        !matches!(self.form, Form::Bytes(_))
    }

    /// Returns true if the dressing breaks no line that another dressing made.
    pub(crate) fn can_be_outer(&self) -> bool {
        !matches!(self.form, Form::Wrapped(_) | Form::Folded(_) | Form::Mailed(_))
    }

    /// Returns the dressed text, or `None` if the dressing would not change it or would break its syntax.
    pub(crate) fn dress(&self, text: &str) -> Option<Vec<u8>> {
        let by_line = |dress: &dyn Fn(usize, &str) -> String| -> String {
            text.lines().enumerate().map(|(at, line)| dress(at, line) + "\n").collect()
        };
        let dressed = match self.form {
            Form::Prefix(prefix) => by_line(&|_, line| format!("{prefix}{line}")),
            Form::Member(path) => by_line(&|_, line| member(path, line).to_string()),
            Form::Wrapped(width) => broken(text, width, wrap)?,
            Form::Folded(width) => broken(text, width, fold)?,
            Form::Mailed(width) => Self::lines(&broken(text, width, wrap)?, "> "),
            Form::Stamped(dress) => stamped(text, dress)?,
            Form::Exported(names, dress) => format!("{names}\n{}", stamped(text, dress)?),
            Form::Line(dress) => by_line(&dress),
            Form::Whole(dress) | Form::Added(dress) => dress(text)?,
            Form::Bytes(dress) => return Some(dress(text)),
        };
        Some(dressed.into_bytes())
    }
}

/// Texts in one line must fit in the piece of a line that is read at once.
const ONE_LINE: usize = 7_000;

const fn dressing(name: &'static str, form: Form) -> Dressing {
    Dressing { name, form }
}

/// All dressings.
pub(crate) const WARDROBE: &[Dressing] = &[
    // Encodings.
    dressing("CRLF", Form::Bytes(|text| text.replace('\n', "\r\n").into_bytes())),
    dressing("BOM", Form::Bytes(|text| format!("\u{feff}{text}").into_bytes())),
    dressing("UTF-16LE", Form::Bytes(|text| utf16(&format!("\u{feff}{text}"), u16::to_le_bytes))),
    dressing("UTF-16BE", Form::Bytes(|text| utf16(&format!("\u{feff}{text}"), u16::to_be_bytes))),
    // Copies.
    dressing("fence of Markdown", Form::Whole(|text| Some(format!("```\n{text}```\n")))),
    dressing("fence with a language", Form::Whole(|text| Some(format!("```log\n{text}```\n")))),
    dressing(
        "fence of Jira, {code}",
        Form::Whole(|text| Some(format!("{{code}}\n{text}{{code}}\n"))),
    ),
    dressing(
        "fence of Jira, {noformat}",
        Form::Whole(|text| Some(format!("{{noformat}}\n{text}{{noformat}}\n"))),
    ),
    dressing("<pre>", Form::Whole(|text| Some(format!("<pre>\n{}</pre>\n", entities(text))))),
    dressing("twice", Form::Whole(|text| Some(format!("{text}{text}")))),
    dressing("indented by 4", Form::Prefix("    ")),
    dressing("indented by a tab", Form::Prefix("\t")),
    dressing(
        "block of YAML",
        Form::Whole(|text| Some(format!("log: |\n{}", Dressing::lines(text, "  ")))),
    ),
    dressing("trailing blanks", Form::Line(|_, line| format!("{line}   "))),
    dressing("quoted", Form::Prefix("> ")),
    dressing("quoted twice", Form::Prefix("> > ")),
    dressing("quoted twice, >>", Form::Prefix(">> ")),
    dressing("quoted with |", Form::Prefix("| ")),
    dressing("list with -", Form::Prefix("- ")),
    dressing("list with *", Form::Prefix("* ")),
    dressing("diff with +", Form::Prefix("+")),
    dressing("numbers of an editor", Form::Line(|at, line| format!("{:4}  {line}", at + 11))),
    dressing("numbers with a bar", Form::Line(|at, line| format!("{:4} | {line}", at + 11))),
    dressing("cat -n", Form::Line(|at, line| format!("{:6}\t{line}", at + 1))),
    dressing("HTML entities", Form::Whole(|text| Some(entities(text)))),
    dressing("colour around lines", Form::Line(|_, line| format!("\u{1b}[31m{line}\u{1b}[0m"))),
    dressing("colour around names", Form::Line(|_, line| coloured(line))),
    // Noise.
    dressing("noise around", Form::Whole(|text| Some(format!("{NOISE}\n{text}{NOISE}\n")))),
    dressing("noise between", Form::Whole(noise_between)),
    dressing("info around", Form::Added(info_around)),
    dressing("info between", Form::Added(info_between)),
    // Searches.
    dressing("grep -n", Form::Line(|at, line| format!("{}:{line}", at + 11))),
    dressing("grep -H", Form::Prefix("app.log:")),
    dressing("grep -Hn", Form::Line(|at, line| format!("logs/app.log:{}:{line}", at + 11))),
    dressing(
        "grep -A",
        Form::Line(|at, line| format!("{}{line}", if at == 0 { "app.log:" } else { "app.log-" })),
    ),
    dressing(
        "grep -nA",
        Form::Line(|at, line| format!("{}{}{line}", at + 11, if at == 0 { ':' } else { '-' })),
    ),
    dressing("findstr", Form::Prefix("C:\\logs\\app.log:")),
    dressing("Select-String", Form::Line(|at, line| format!("app.log:{}:{line}", at + 11))),
    dressing(
        "Select-String, context",
        Form::Line(|at, line| {
            format!("{} app.log:{}:{line}", if at == 0 { '>' } else { ' ' }, at + 11)
        }),
    ),
    // Logs of builds and sessions.
    dressing("Jenkins", Form::Stamped(|at, line| format!("[{}Z] {line}", at.iso()))),
    dressing("ts", Form::Stamped(|at, line| format!("{} {line}", at.bsd()))),
    dressing(
        "script",
        Form::Whole(|text| {
            Some(format!(
                "Script started on 2020-01-01\r\n{}Script done on 2020-01-01\r\n",
                text.replace('\n', "\r\n")
            ))
        }),
    ),
    dressing("less -N", Form::Line(|at, line| format!("{:7} {line}", at + 1))),
    dressing("padded", Form::Line(|_, line| format!("{line:160}"))),
    // Containers and services.
    dressing("docker compose", Form::Prefix("web-1  | ")),
    dressing("kubectl --prefix", Form::Prefix("[pod/web-6d4cf56db6-x7k2p/app] ")),
    dressing("stern", Form::Prefix("web-6d4cf56db6-x7k2p app ")),
    dressing("docker json-file", Form::Line(docker)),
    dressing(
        "docker json-file, ns",
        Form::Stamped(|at, line| {
            json!({"log": format!("{line}\n"), "stream": "stderr", "time": format!("{}Z", at.nanos())}).to_string()
        }),
    ),
    dressing("kubectl --timestamps", Form::Stamped(|at, line| format!("{}Z {line}", at.nanos()))),
    dressing(
        "kubectl --prefix --timestamps",
        Form::Stamped(|at, line| format!("[pod/web-6d4cf56db6-x7k2p/app] {}Z {line}", at.nanos())),
    ),
    dressing(
        "docker compose --timestamps",
        Form::Stamped(|at, line| format!("web-1  | {}Z {line}", at.nanos())),
    ),
    dressing("CRI", Form::Stamped(|at, line| format!("{}Z stdout F {line}", at.nanos()))),
    dressing("journalctl", Form::Stamped(|at, line| format!("{} web1 app[411]: {line}", at.bsd()))),
    dressing(
        "journalctl -o short-iso",
        Form::Stamped(|at, line| format!("{}+0000 web1 app[411]: {line}", at.iso())),
    ),
    dressing("journalctl -o cat in JSON", Form::Member("MESSAGE")),
    dressing(
        "journalctl -o json",
        Form::Stamped(|at, line| {
            json!({"__REALTIME_TIMESTAMP": at.count(6), "_HOSTNAME": "web1", "PRIORITY": "6", "MESSAGE": line}).to_string()
        }),
    ),
    dressing(
        "journalctl -o export",
        Form::Stamped(|at, line| {
            format!(
                "__REALTIME_TIMESTAMP={}\n_HOSTNAME=web1\nPRIORITY=6\nMESSAGE={line}\n",
                at.count(6)
            )
        }),
    ),
    dressing(
        "syslog, RFC 3164",
        Form::Stamped(|at, line| format!("<11>{} web1 app[411]: {line}", at.bsd())),
    ),
    dressing(
        "syslog, RFC 5424",
        Form::Stamped(|at, line| format!("<11>1 {}Z web1 app 411 - - {line}", at.iso())),
    ),
    // Records.
    dressing("logfmt", Form::Line(|_, line| format!("level=info msg={}", json!(line)))),
    dressing(
        "logfmt, time first",
        Form::Stamped(|at, line| format!("time={}Z level=info msg={}", at.iso(), json!(line))),
    ),
    dressing("JSON msg", Form::Member("msg")),
    dressing("JSON message", Form::Member("message")),
    dressing("JSON log", Form::Member("log")),
    dressing("JSON @message", Form::Member("@message")),
    dressing("JSON _raw", Form::Member("_raw")),
    dressing("JSON text", Form::Member("text")),
    dressing("JSON textPayload", Form::Member("textPayload")),
    dressing("JSON jsonPayload.message", Form::Member("jsonPayload.message")),
    dressing("JSON event.original", Form::Member("event.original")),
    dressing("JSON body", Form::Member("body")),
    dressing("JSON short_message", Form::Member("short_message")),
    dressing(
        "JSON with a time",
        Form::Stamped(|at, line| {
            json!({"level": "info", "time": format!("{}Z", at.iso()), "host": "web1", "msg": line})
                .to_string()
        }),
    ),
    dressing(
        "JSON over lines",
        Form::Line(|_, line| format!("{:#}", json!({"level": "info", "message": line}))),
    ),
    dressing(
        "JSON over lines, in a list",
        Form::Whole(|text| {
            let records: Vec<_> = text.lines().map(|line| json!({"message": line})).collect();
            Some(format!("{:#}\n", Value::from(records)))
        }),
    ),
    dressing(
        "cells of CSV",
        Form::Line(|at, line| format!("{},\"{}\",web", at + 1, line.replace('"', "\"\""))),
    ),
    dressing(
        "cell over lines",
        Form::Whole(|text| Some(format!("id,text,tag\n1,\"{}\",web\n", text.replace('"', "\"\"")))),
    ),
    dressing(
        "JSON string",
        Form::Whole(|text| one_line(json!({"level": "error", "message": text}).to_string())),
    ),
    dressing(
        "JSON string, CRLF",
        Form::Whole(|text| {
            one_line(json!({"level": "error", "message": text.replace('\n', "\r\n")}).to_string())
        }),
    ),
    dressing(
        "JSON string in a JSON string",
        Form::Whole(|text| {
            let inner = json!({"message": text.replace('\n', "\r\n")}).to_string();
            one_line(json!({"level": "error", "message": inner}).to_string())
        }),
    ),
    dressing(
        "bytes of Python",
        Form::Whole(|text| {
            let escaped = text
                .replace('\\', "\\\\")
                .replace('\'', "\\'")
                .replace('\n', "\\r\\n")
                .replace('\t', "\\t");
            one_line(format!("b'{escaped}'"))
        }),
    ),
    dressing(
        "string of Java",
        Form::Whole(|text| one_line(format!("log.error({});", json!(text)))),
    ),
    // Exports.
    dressing(
        "Splunk",
        Form::Exported("_time,_raw,host,source", |at, line| {
            let raw = line.replace('"', "\"\"");
            format!("\"{}+00:00\",\"{raw}\",web1,/var/log/app.log", at.iso())
        }),
    ),
    dressing(
        "Splunk, raw only",
        Form::Whole(|text| {
            let cell =
                |line: &str| format!("\"{}\",web1,/var/log/app.log\n", line.replace('"', "\"\""));
            Some(format!("\"_raw\",host,source\n{}", text.lines().map(cell).collect::<String>()))
        }),
    ),
    dressing(
        "CloudWatch",
        Form::Exported("timestamp,message", |at, line| {
            format!("{},\"{}\"", at.count(3), line.replace('"', "\"\""))
        }),
    ),
    dressing(
        "aws logs tail",
        Form::Stamped(|at, line| format!("{}+00:00 app/web/3f2a {line}", at.iso())),
    ),
    dressing(
        "Loki, values",
        Form::Stamped(|at, line| {
            json!({"stream": {"app": "web"}, "values": [[at.count(9), line]]}).to_string()
        }),
    ),
    dressing(
        "Loki, jsonl",
        Form::Stamped(|at, line| {
            json!({"labels": {"app": "web"}, "line": line, "timestamp": format!("{}Z", at.nanos())})
                .to_string()
        }),
    ),
    dressing("Elastic", Form::Member("_source.message")),
    dressing(
        "Elastic with a time",
        Form::Stamped(|at, line| {
            json!({"_index": "logs", "_source": {"@timestamp": format!("{}Z", at.iso()), "message": line}}).to_string()
        }),
    ),
    // Broken lines.
    dressing("wrapped at 160", Form::Wrapped(160)),
    dressing("wrapped at 120", Form::Wrapped(120)),
    dressing("wrapped at 100", Form::Wrapped(100)),
    dressing("wrapped at 80", Form::Wrapped(80)),
    dressing("folded at 160", Form::Folded(160)),
    dressing("folded at 120", Form::Folded(120)),
    dressing("folded at 100", Form::Folded(100)),
    dressing("folded at 80", Form::Folded(80)),
    dressing("quoted and wrapped", Form::Mailed(76)),
];

const NOISE: &str = "cache warm, 312 entries";

impl Dressing {
    fn lines(text: &str, prefix: &str) -> String {
        text.lines().map(|line| format!("{prefix}{line}\n")).collect()
    }
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// The object in which `text` is the member at `path`.
fn member(path: &str, text: &str) -> Value {
    let path: Vec<_> = path.split('.').collect();
    path.iter().rev().fold(json!(text), |inner, name| json!({ *name: inner }))
}

fn one_line(line: String) -> Option<String> {
    (line.len() < ONE_LINE).then(|| line + "\n")
}

fn entities(text: &str) -> String {
    let pairs = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Colours each word that a colon and a blank follow.
fn coloured(line: &str) -> String {
    let mut parts: Vec<String> = line.split(": ").map(str::to_owned).collect();
    let last = parts.len() - 1;
    for part in &mut parts[..last] {
        let start = part
            .rfind(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
            .map_or(0, |at| at + part[at..].chars().next().map_or(1, char::len_utf8));
        if start < part.len() {
            *part = format!("{}\u{1b}[36m{}\u{1b}[0m", &part[..start], &part[start..]);
        }
    }
    parts.join(": ")
}

/// The record of docker's json-file driver. A line without a stamp gets none.
fn docker(_: usize, line: &str) -> String {
    let log = format!("{line}\n");
    match Stamp::of(line) {
        Some(at) => json!({"log": log, "stream": "stderr", "time": format!("{}Z", at.iso())}),
        None => json!({"log": log, "stream": "stderr"}),
    }
    .to_string()
}

/// Returns true if the text, or a part of it, is a value over several lines.
pub(crate) fn is_structured(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        ["{", "[", "}", "},", "})", "]", "],"].contains(&line)
            || line.ends_with(": {")
            || line.ends_with(" {")
    })
}

fn noise_between(text: &str) -> Option<String> {
    if is_structured(text) {
        return None;
    }
    let noisy = |(at, line): (usize, &str)| {
        if at % 3 == 2 { format!("{line}\n{NOISE}\n") } else { format!("{line}\n") }
    };
    Some(text.lines().enumerate().map(noisy).collect())
}

/// A record that says nothing, with the time of `line` in the form of this log.
fn info(line: &str) -> Option<String> {
    let time = time_of_log(line)?;
    Some(match line.bytes().next()? {
        b'{' => format!("{time}\",\"msg\":\"heartbeat, queue is empty\"}}\n"),
        b't' | b'l' => format!("{time}\" level=info msg=\"heartbeat, queue is empty\"\n"),
        b'[' => format!("{}] INFO heartbeat, queue is empty\n", time.trim_end_matches(']')),
        _ => format!("{time} INFO heartbeat, queue is empty\n"),
    })
}

fn info_around(text: &str) -> Option<String> {
    let first = text.lines().next().and_then(info)?;
    let last = text.lines().filter_map(info).next_back()?;
    Some(format!("{first}{text}{last}"))
}

/// Puts a record between two others. Nothing is put into a record of several lines.
fn info_between(text: &str) -> Option<String> {
    let mut dressed = String::new();
    let mut after_record = false;
    let mut is_changed = false;
    for line in text.lines() {
        let info = info(line);
        if let Some(info) = info.as_ref().filter(|_| after_record) {
            dressed += info;
            is_changed = true;
        }
        after_record = info.is_some();
        dressed = dressed + line + "\n";
    }
    is_changed.then_some(dressed)
}

/// Breaks the lines that are longer than `width`. `at` gives the end of a line and the start of the next.
fn broken(text: &str, width: usize, at: fn(&str, usize) -> (usize, usize)) -> Option<String> {
    let is_long = |line: &str| line.chars().count() > width;
    let json = text.lines().filter(|line| line.starts_with('{')).count();
    if is_structured(text) || json * 2 > text.lines().count() || !text.lines().any(is_long) {
        return None;
    }
    let mut dressed = String::new();
    for line in text.lines() {
        let mut rest = line;
        while is_long(rest) {
            let (end, next) = at(rest, width);
            dressed = dressed + &rest[..end] + "\n";
            rest = &rest[next..];
        }
        dressed = dressed + rest + "\n";
    }
    Some(dressed)
}

fn fold(line: &str, width: usize) -> (usize, usize) {
    let end = line.char_indices().nth(width).map_or(line.len(), |(at, _)| at);
    (end, end)
}

/// A word that is longer than a line is broken, as mail programs do.
fn wrap(line: &str, width: usize) -> (usize, usize) {
    let (most, _) = fold(line, width);
    let blank =
        line[..=most.min(line.len() - 1)].rfind(' ').filter(|&at| !line[..at].trim().is_empty());
    blank.map_or((most, most), |at| (at, at + 1))
}
