//! The dressings: forms in which the text of a log reaches its reader.

use serde_json::{Value, json};

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

    /// Returns true if each line is that of the text after some words.
    pub(crate) const fn is_prefix(&self) -> bool {
        matches!(self.form, Form::Prefix(_))
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
    dressing("twice", Form::Added(|text| Some(format!("{text}{text}")))),
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
    // Prefixes that tools and people put before all lines.
    dressing("##[error]", Form::Prefix("##[error]")),
    dressing("##[warning]", Form::Prefix("##[warning]")),
    dressing("::error::", Form::Prefix("::error::")),
    dressing("logcat, brief", Form::Prefix("E/App     ( 1234): ")),
    dressing("logcat, tag", Form::Prefix("E/App: ")),
    dressing("terraform", Form::Prefix("null_resource.app (local-exec): ")),
    dressing(
        "terraform, box",
        Form::Whole(|text| Some(format!("╷\n{}╵\n", Dressing::lines(text, "│ ")))),
    ),
    dressing("comment //", Form::Prefix("// ")),
    dressing("comment #", Form::Prefix("# ")),
    dressing("comment --", Form::Prefix("-- ")),
    dressing("initials", Form::Prefix("JD> ")),
    dressing("[app]", Form::Prefix("[app] ")),
    dressing("[app:12]", Form::Line(|at, line| format!("[app:{}] {line}", at + 7))),
    dressing("[INFO]", Form::Prefix("[INFO] ")),
    dressing("app:", Form::Prefix("app: ")),
    dressing("app:dev:", Form::Prefix("app:dev: ")),
    dressing(
        "docker build",
        Form::Line(|at, line| format!("#12 {}.{:03} {line}", at / 3, at * 331 % 1000)),
    ),
    dressing("IRC", Form::Prefix("<jane> ")),
    dressing("bar of dots", Form::Prefix("... ")),
    dressing("Org", Form::Prefix(": ")),
    dressing("jest", Form::Prefix("      ● ")),
    dressing("npm ERR!", Form::Prefix("npm ERR! ")),
    dressing("remote:", Form::Prefix("remote: ")),
    dressing("logger of a test", Form::Prefix("stdout | ")),
    dressing("nl -s", Form::Line(|at, line| format!("{:3}: {line}", at + 1))),
    dressing("nl -n rz", Form::Line(|at, line| format!("{:06}\t{line}", at + 1))),
    dressing("bat", Form::Line(|at, line| format!("{:4} │ {line}", at + 1))),
    dressing("cat -A", Form::Line(|_, line| format!("{line}$"))),
    dressing("brackets around a number", Form::Line(|at, line| format!("[{}] {line}", at + 1))),
    dressing(
        "git blame",
        Form::Line(|at, line| {
            format!("^5e1f0a2 (Jane Doe 2020-03-04 10:11:12 +0100 {:2}) {line}", at + 1)
        }),
    ),
    // Stamps and tags.
    dressing("GitHub Actions", Form::Stamped(|at, line| format!("{}Z {line}", at.digits(7)))),
    dressing(
        "gh run view",
        Form::Stamped(|at, line| format!("build\tRun tests\t{}Z {line}", at.digits(7))),
    ),
    dressing(
        "Azure DevOps",
        Form::Stamped(|at, line| format!("{}Z ##[error]{line}", at.digits(7))),
    ),
    dressing("GitLab", Form::Stamped(|at, line| format!("{}Z 00O {line}", at.digits(6)))),
    dressing(
        "TeamCity",
        Form::Stamped(|at, line| format!("[{}]W:\t [Step 1/2] {line}", &at.iso()[11..19])),
    ),
    dressing(
        "logcat",
        Form::Stamped(|at, line| {
            format!("{} {}  1234  1240 E App     : {line}", &at.iso()[5..10], &at.digits(3)[11..])
        }),
    ),
    dressing(
        "logcat, year, zone",
        Form::Stamped(|at, line| {
            format!(
                "{} {} +0000  1234  1240 E App     : {line}",
                &at.iso()[..10],
                &at.digits(3)[11..]
            )
        }),
    ),
    dressing(
        "heroku",
        Form::Stamped(|at, line| format!("{}+00:00 app[web.1]: {line}", at.digits(6))),
    ),
    dressing(
        "fly",
        Form::Stamped(|at, line| format!("{}Z app[9080524f610e87] lhr [info]{line}", at.iso())),
    ),
    dressing(
        "cf logs",
        Form::Stamped(|at, line| format!("   {}+0000 [APP/PROC/WEB/0] OUT {line}", at.digits(2))),
    ),
    dressing("foreman", Form::Stamped(|at, line| format!("{} web.1  | {line}", &at.iso()[11..19]))),
    dressing(
        "journalctl -o short-unix",
        Form::Stamped(|at, line| format!("{} web1 app[411]: {line}", at.unix())),
    ),
    dressing(
        "journalctl -o short-full",
        Form::Stamped(|at, line| {
            format!("Tue {} UTC web1 app[411]: {line}", at.iso().replace('T', " "))
        }),
    ),
    dressing(
        "journalctl -o short-monotonic",
        Form::Line(|at, line| {
            format!("[{:5}.{:06}] web1 app[411]: {line}", 81 + at / 4, at * 33_107 % 1_000_000)
        }),
    ),
    dressing(
        "journalctl -o short-iso-precise",
        Form::Stamped(|at, line| format!("{}+00:00 web1 app[411]: {line}", at.digits(6))),
    ),
    dressing(
        "journalctl -o verbose",
        Form::Stamped(|at, line| {
            format!(
                "Tue {} UTC [s=5a1;i=2f3;b=77;m=8c;t=60e;x=b1]\n    PRIORITY=6\n    _HOSTNAME=web1\n    _COMM=app\n    MESSAGE={line}\n    _PID=411",
                at.digits(6).replace('T', " ")
            )
        }),
    ),
    dressing(
        "iOS",
        Form::Stamped(|at, line| {
            format!("{} iPhone App(CFNetwork)[411] <Error>: {line}", at.bsd())
        }),
    ),
    dressing(
        "Bamboo",
        Form::Stamped(|at, line| format!("error\t{}\t{line}", at.iso().replace('T', " "))),
    ),
    dressing(
        "tab-separated",
        Form::Stamped(|at, line| format!("{}Z\tweb1\terror\t{line}", at.iso())),
    ),
    dressing("tab-separated, text first", Form::Line(|_, line| format!("{line}\tweb1\terror"))),
    dressing("tab-separated, no time", Form::Line(|_, line| format!("web1\terror\t{line}"))),
    dressing(
        "fluentd",
        Form::Stamped(|at, line| {
            format!("{} +0000 app.web: {}", at.nanos().replace('T', " "), json!({"log": line}))
        }),
    ),
    dressing(
        "fluent-bit",
        Form::Stamped(|at, line| {
            format!("[0] app.web: [[{}, {{}}], {{\"log\"=>{}}}]", at.unix(), json!(line))
        }),
    ),
    dressing(
        "rubydebug",
        Form::Stamped(|at, line| {
            format!(
                "{{\n    \"@timestamp\" => {}Z,\n       \"message\" => {},\n          \"host\" => \"web1\"\n}}",
                at.digits(3),
                json!(line)
            )
        }),
    ),
    dressing("stamp and level", Form::Stamped(|at, line| format!("{}Z INFO {line}", at.iso()))),
    dressing(
        "stamp, level, logger",
        Form::Stamped(|at, line| format!("{}Z INFO  [main] com.example.App - {line}", at.iso())),
    ),
    dressing(
        "stamp and thread",
        Form::Stamped(|at, line| format!("[{}Z] [worker-3] {line}", at.iso())),
    ),
    // Exports.
    dressing(
        "Kibana",
        Form::Exported("\"@timestamp\",message", |at, line| {
            format!("\"{}\",\"{}\"", at.kibana(), line.replace('"', "\"\""))
        }),
    ),
    dressing(
        "Kibana, more columns",
        Form::Exported("\"@timestamp\",\"host.name\",message,\"log.level\"", |at, line| {
            format!("\"{}\",web1,\"{}\",error", at.kibana(), line.replace('"', "\"\""))
        }),
    ),
    dressing(
        "Insights",
        Form::Exported("@timestamp,@message", |at, line| {
            format!("{},\"{}\"", at.digits(3).replace('T', " "), line.replace('"', "\"\""))
        }),
    ),
    dressing(
        "filter-log-events",
        Form::Stamped(|at, line| {
            format!(
                "{:#},",
                json!({"logStreamName": "app/web/3f2a", "timestamp": at.count(3).parse::<i64>().unwrap(), "message": line, "ingestionTime": at.count(3).parse::<i64>().unwrap() + 4096})
            )
        }),
    ),
    dressing(
        "gcloud, YAML",
        Form::Stamped(|at, line| {
            format!(
                "---\ninsertId: 1x2\nlogName: projects/p/logs/app\nreceiveTimestamp: '{0}Z'\nseverity: ERROR\ntextPayload: '{1}'\ntimestamp: '{0}Z'",
                at.nanos(),
                line.replace('\'', "''")
            )
        }),
    ),
    dressing(
        "Event Viewer, XML",
        Form::Whole(|text| {
            Some(format!(
                "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='App'/><EventID>1000</EventID><Level>2</Level><Computer>web1</Computer></System><EventData><Data>{}</Data></EventData></Event>\n",
                entities(text).trim_end()
            ))
        }),
    ),
    dressing(
        "wevtutil, text",
        Form::Whole(|text| {
            Some(format!(
                "Event[0]:\n  Log Name: Application\n  Source: App\n  Event ID: 1000\n  Task: N/A\n  Level: Error\n  Opcode: N/A\n  Keyword: Classic\n  User: N/A\n  Computer: web1\n  Description: \n{text}\n"
            ))
        }),
    ),
    dressing(
        "stdout_lines",
        Form::Whole(|text| {
            let lines: Vec<_> = text.lines().collect();
            Some(format!(
                "ok: [web1] => {{\n    \"stdout_lines\": [\n{}    ]\n}}\n",
                lines.iter().map(|line| format!("        {},\n", json!(line))).collect::<String>()
            ))
        }),
    ),
    dressing(
        "ansible, FAILED!",
        Form::Whole(|text| {
            one_line(format!(
                "fatal: [web1]: FAILED! => {}",
                json!({"changed": true, "rc": 1, "stdout": text, "stdout_lines": []})
            ))
        }),
    ),
    dressing(
        "ansible, stderr",
        Form::Whole(|text| {
            one_line(format!(
                "fatal: [web1]: FAILED! => {}",
                json!({"changed": true, "rc": 1, "stderr": text, "stdout": ""})
            ))
        }),
    ),
    dressing(
        "Python repr",
        Form::Whole(|text| {
            one_line(format!(
                "[{}]",
                text.lines()
                    .map(|line| format!(
                        "'{}\\n'",
                        line.replace('\\', "\\\\").replace('\'', "\\'").replace('\t', "\\t")
                    ))
                    .collect::<Vec<_>>()
                    .join(", ")
            ))
        }),
    ),
    dressing(
        "Python repr, a line each",
        Form::Line(|_, line| {
            format!(
                "'{}\\n',",
                line.replace('\\', "\\\\").replace('\'', "\\'").replace('\t', "\\t")
            )
        }),
    ),
    dressing(
        "asciinema",
        Form::Line(|at, line| {
            format!(
                "[{}.{:06}, \"o\", {}]",
                at / 5,
                at * 204_811 % 1_000_000,
                json!(format!("{line}\r\n"))
            )
        }),
    ),
    dressing("JSON, stdout", Form::Member("stdout")),
    dressing("JSON, output", Form::Member("output")),
    dressing(
        "JSON, an unknown member",
        Form::Line(|at, line| json!({"seq": at, "payload": line, "app": "web"}).to_string()),
    ),
    dressing(
        "pairs, an unknown member",
        Form::Line(|at, line| format!("seq={at} app=web payload={}", json!(line))),
    ),
    // Pages, mail, chat.
    dressing("<br>", Form::Whole(|text| Some(entities(text).replace('\n', "<br>\n")))),
    dressing(
        "<br/>, one line",
        Form::Whole(|text| {
            one_line(format!("<p>{}</p>", entities(text).trim_end().replace('\n', "<br/>")))
        }),
    ),
    dressing("<div>", Form::Line(|_, line| format!("<div>{}</div>", entities(line)))),
    dressing(
        "<td>",
        Form::Line(|at, line| {
            format!("<tr><td class=\"n\">{}</td><td>{}</td></tr>", at + 1, entities(line))
        }),
    ),
    dressing(
        "<code>",
        Form::Whole(|text| {
            Some(format!("<pre><code>{}</code></pre>\n", entities(text).trim_end()))
        }),
    ),
    dressing("Slack", Form::Whole(|text| Some(format!("Jane Doe\n  10:32 AM\n{text}")))),
    dressing(
        "Slack, name and time",
        Form::Whole(|text| {
            Some(format!("Jane Doe  10:32 AM\n{text}\n\nJohn Roe  10:35 AM\nthanks, looking\n"))
        }),
    ),
    dressing(
        "Teams",
        Form::Whole(|text| {
            Some(format!("[10:32 AM] Jane Doe\n{text}\n[10:35 AM] John Roe\nthanks, looking\n"))
        }),
    ),
    dressing("Teams, one message each", Form::Prefix("[10:32 AM] Jane Doe: ")),
    dressing(
        "mail",
        Form::Whole(|text| {
            Some(format!(
                "From: Jane Doe <jane@example.com>\nSent: Monday, March 2, 2020 3:12 PM\nTo: ops@example.com\nSubject: FW: broken login\n\nHello,\n\nthis is what I see:\n\n{text}\nRegards\nJane\n"
            ))
        }),
    ),
    dressing(
        "mail, Date",
        Form::Whole(|text| {
            Some(format!(
                "From: Jane Doe <jane@example.com>\nTo: ops@example.com\nSubject: broken login\nDate: Mon, 2 Mar 2020 15:12:31 +0100\nMessage-ID: <1@example.com>\n\n{text}"
            ))
        }),
    ),
    dressing(
        "mail, On … wrote",
        Form::Whole(|text| {
            Some(format!(
                "On Mon, Mar 2, 2020 at 3:12 PM Jane Doe <jane@example.com> wrote:\n{}",
                Dressing::lines(text, "> ")
            ))
        }),
    ),
    dressing("quoted-printable", Form::Whole(|text| Some(quoted_printable(text)))),
    dressing("AsciiDoc", Form::Whole(|text| Some(format!("----\n{text}----\n")))),
    dressing("[code]", Form::Whole(|text| Some(format!("[code]\n{text}[/code]\n")))),
    dressing("fence of Trac", Form::Whole(|text| Some(format!("{{{{{{\n{text}}}}}}}\n")))),
    dressing(
        "<details>",
        Form::Whole(|text| {
            Some(format!("<details>\n<summary>log</summary>\n\n```\n{text}```\n</details>\n"))
        }),
    ),
    dressing("table of Markdown", Form::Line(|_, line| format!("| {line} |"))),
    dressing("heredoc", Form::Whole(|text| Some(format!("cat <<'EOF'\n{text}EOF\n")))),
    dressing(
        "tail -f",
        Form::Whole(|text| {
            Some(format!(
                "==> /var/log/app.log <==\n{text}\n==> /var/log/other.log <==\nnothing here\n"
            ))
        }),
    ),
    dressing(
        "YAML, quoted list",
        Form::Whole(|text| {
            Some(format!(
                "lines:\n{}",
                text.lines()
                    .map(|line| format!("  - '{}'\n", line.replace('\'', "''")))
                    .collect::<String>()
            ))
        }),
    ),
    dressing(
        "YAML, message: |-",
        Form::Whole(|text| {
            Some(format!(
                "status:\n  conditions:\n  - type: Failed\n    message: |-\n{}",
                Dressing::lines(text, "      ")
            ))
        }),
    ),
    dressing("pane of tmux", Form::Whole(tmux)),
    dressing("blank lines between", Form::Line(|_, line| format!("{line}\n"))),
    dressing(
        "GitHub group",
        Form::Stamped(|at, line| {
            format!("{0}Z ##[group]Run step\n{0}Z {line}\n{0}Z ##[endgroup]", at.digits(7))
        }),
    ),
    dressing(
        "Caused by",
        Form::Line(|at, line| {
            if at == 0 {
                line.to_owned()
            } else {
                format!("Caused by: java.lang.IllegalStateException: {line}")
            }
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

/// The soft line breaks and escapes of RFC 2045 §6.7.
fn quoted_printable(text: &str) -> String {
    let mut encoded = String::new();
    for line in text.lines() {
        let mut width = 0;
        for byte in line.bytes() {
            let unit = match byte {
                b' '..=b'<' | b'>'..=b'~' | b'\t' => char::from(byte).to_string(),
                _ => format!("={byte:02X}"),
            };
            if width + unit.len() > 75 {
                encoded += "=\n";
                width = 0;
            }
            width += unit.len();
            encoded += &unit;
        }
        encoded.push('\n');
    }
    encoded
}

/// The left of two panes next to each other.
fn tmux(text: &str) -> Option<String> {
    let widest = text.lines().map(|line| line.chars().count()).max()?;
    let pane = |(at, line): (usize, &str)| {
        let other = ["$ uptime", " up 3 days", "$", ""][at % 4];
        format!("{line:widest$}│{other}\n")
    };
    Some(text.lines().enumerate().map(pane).collect())
}

// Local stamps of a text that name their zone, and the prefixes in which other programs repeat them.

/// The instant of a stamp, in UTC, with as many digits as it states.
pub(crate) struct Stamp {
    /// Seconds since 1970.
    secs: i64,
    /// The digits after the decimal point.
    fraction: String,
    /// The length of the line up to the end of the stamp.
    end: usize,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Stamp {
    /// Returns the stamp with which `line` starts, if it is in ISO 8601 and names its zone. The members
    /// of a record that may precede it are skipped.
    fn of(line: &str) -> Option<Self> {
        let start = line.find(|c: char| c.is_ascii_digit())?;
        let (head, rest) = line.split_at(start);
        let named = head.ends_with('"')
            && ["{\"", "time=", "level=", "ts="].iter().any(|s| head.starts_with(s));
        (head.is_empty() || head == "[" || named).then_some(())?;
        let date_time = rest.get(..19)?;
        let number = |from: usize, to: usize| date_time.get(from..to)?.parse::<i64>().ok();
        let between: Vec<_> = [4, 7, 10, 13, 16].map(|at| date_time.as_bytes()[at]).to_vec();
        (between == b"--T::" || between == b"-- ::").then_some(())?;
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let time = number(11, 13)? * 3_600 + number(14, 16)? * 60 + number(17, 19)?;
        let mut after = &rest[19..];
        let mut fraction = String::new();
        if let Some(digits) = after.strip_prefix(['.', ',']) {
            fraction = digits.chars().take_while(char::is_ascii_digit).collect();
            after = &digits[fraction.len()..];
        }
        let (zone, after) = read_zone(after)?;
        let secs = days(year, month, day) * 86_400 + time - zone;
        Some(Self { secs, fraction, end: line.len() - after.len() })
    }

    /// The civil date and time in UTC.
    fn civil(&self) -> (i64, i64, i64, i64, i64, i64) {
        let (year, month, day) = date(self.secs.div_euclid(86_400));
        let time = self.secs.rem_euclid(86_400);
        (year, month, day, time / 3_600, time / 60 % 60, time % 60)
    }

    fn whole(&self) -> String {
        let (year, month, day, hour, minute, second) = self.civil();
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }

    /// `2025-08-13T14:00:03.118`, with the digits of the original.
    fn iso(&self) -> String {
        let point = if self.fraction.is_empty() { "" } else { "." };
        format!("{}{point}{}", self.whole(), self.fraction)
    }

    /// The same with nine digits, as container runtimes write it.
    fn nanos(&self) -> String {
        format!("{}.{:0<9.9}", self.whole(), self.fraction)
    }

    /// The same with as many digits as asked for.
    fn digits(&self, digits: usize) -> String {
        let fraction: String = format!("{:0<9.9}", self.fraction).chars().take(digits).collect();
        format!("{}.{fraction}", self.whole())
    }

    /// Seconds since 1970 with six digits behind the point.
    fn unix(&self) -> String {
        let fraction: String = format!("{:0<9.9}", self.fraction).chars().take(6).collect();
        format!("{}.{fraction}", self.secs)
    }

    /// `Aug 13, 2025 @ 14:00:03.118`, as Kibana shows times.
    fn kibana(&self) -> String {
        let (year, month, day, ..) = self.civil();
        let month = MONTHS[usize::try_from(month - 1).unwrap()];
        format!("{month} {day}, {year} @ {}", &self.digits(3)[11..])
    }

    /// `Aug 13 14:00:03`, as in RFC 3164.
    fn bsd(&self) -> String {
        let (_, month, day, hour, minute, second) = self.civil();
        let month = MONTHS[usize::try_from(month - 1).unwrap()];
        format!("{month} {day:2} {hour:02}:{minute:02}:{second:02}")
    }

    /// The digits of a count since 1970 in units of `10^-digits` seconds.
    fn count(&self, digits: usize) -> String {
        let fraction: String = format!("{:0<9.9}", self.fraction).chars().take(digits).collect();
        format!("{}{fraction}", self.secs)
    }
}

fn read_zone(text: &str) -> Option<(i64, &str)> {
    if let Some(rest) = text.strip_prefix('Z').or_else(|| text.strip_prefix(" UTC")) {
        return Some((0, rest));
    }
    let signed = text.strip_prefix(' ').unwrap_or(text);
    let sign = if signed.starts_with('+') {
        1
    } else if signed.starts_with('-') {
        -1
    } else {
        return None;
    };
    let digits: String = signed[1..].chars().filter(|c| *c != ':').take(4).collect();
    let minutes =
        digits.get(..2)?.parse::<i64>().ok()? * 60 + digits.get(2..4)?.parse::<i64>().ok()?;
    let length = if signed.as_bytes().get(3) == Some(&b':') { 6 } else { 5 };
    Some((sign * minutes * 60, &signed[length..]))
}

/// Days since 1970 of a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a day since 1970.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Prefixes every line with the stamp of its record, as a program does that receives the lines when they
/// are written. A text that does not start with such a stamp is left alone.
fn stamped(text: &str, dress: fn(&Stamp, &str) -> String) -> Option<String> {
    let mut last = None;
    let mut dressed = String::new();
    for line in text.lines() {
        last = Stamp::of(line).or(last);
        dressed += &dress(last.as_ref()?, line);
        dressed.push('\n');
    }
    Some(dressed)
}

/// Returns the part of `line` that states its time in the form of this log.
fn time_of_log(line: &str) -> Option<&str> {
    if let Some(stamp) = Stamp::of(line) {
        return line.get(..stamp.end);
    }
    let month = MONTHS.iter().any(|month| line.starts_with(month));
    let start = if month { 4 } else { 0 };
    let is_part = |c: char| c.is_ascii_digit() || " :.,-/T[]".contains(c);
    let length = line[start..].find(|c| !is_part(c)).unwrap_or(line.len() - start);
    let time = line[..start + length].trim_end_matches([' ', '-', '[', ',', '.', '/', 'T']);
    (time.matches(':').count() >= 2 && time.len() >= 15).then_some(time)
}

#[test]
fn stamps_are_repeated_in_utc() {
    const ROWS: &[(&str, &str)] = &[
        (
            "2025-08-13T16:00:03.5+02:00 x",
            "2025-08-13T14:00:03.500000000 Aug 13 14:00:03 1755093603500 27",
        ),
        (
            "2018-05-14 21:29:43 +0800 x",
            "2018-05-14T13:29:43.000000000 May 14 13:29:43 1526304583000 25",
        ),
        (
            "{\"ts\":\"2024-02-29T00:00:00Z\"}",
            "2024-02-29T00:00:00.000000000 Feb 29 00:00:00 1709164800000 27",
        ),
        (
            "time=\"1970-01-01T00:00:01,25Z\" x",
            "1970-01-01T00:00:01.250000000 Jan  1 00:00:01 1250 29",
        ),
    ];
    for &(line, expected) in ROWS {
        let at = Stamp::of(line).expect(line);
        let met = format!("{} {} {} {}", at.nanos(), at.bsd(), at.count(3), at.end);
        assert_eq!(met, expected, "{line}");
    }
    let others = ["2025-08-13 16:00:03 x", "at 2025-08-13T16:00:03Z", "Aug 13 16:00:03 x"];
    assert!(others.iter().all(|line| Stamp::of(line).is_none()));
}
