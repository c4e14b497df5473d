//! An input of any form, as it is read.

use jwtick_core::UnixTime;
use jwtick_core::diagnosis::{LogZone, TimedLine, TimedLines};

use super::collection::{About, Collection, LONGEST, LineFault, LineFaultKind};
use super::table;

/// Bytes of a log that are held until a line names its host.
const HEAD: usize = 64 * 1024;

/// The forms of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Accepted {
    /// Logs, tables and states, told apart by their first line.
    Any,
    /// Only states.
    States,
}

/// An input that is being read.
pub(super) struct Input<'c, 'z> {
    all: &'c mut Collection<'z>,
    about: About,
    form: Form<'z>,
    /// The start of a line whose end has not been read.
    text: Vec<u8>,
    /// Number of that line.
    number: u64,
    fault: Option<LineFault>,
}

enum Form<'z> {
    /// The first line has not been read.
    Unknown,
    Log(Box<LogText<'z>>),
    Table,
    States,
}

/// A log as its hosts wrote it.
struct LogText<'z> {
    lines: TimedLines<'z>,
    /// The host of the last record; empty while none was named.
    host: Vec<u8>,
    /// The text before that.
    head: Vec<u8>,
}

impl<'c, 'z> Input<'c, 'z> {
    /// Starts with an input whose forms are those of `accepted`.
    pub(super) fn new(all: &'c mut Collection<'z>, about: About, accepted: Accepted) -> Self {
        let form = match accepted {
            Accepted::Any => Form::Unknown,
            Accepted::States => Form::States,
        };
        Self { all, about, form, text: Vec::new(), number: 1, fault: None }
    }

    /// Reads the next bytes.
    pub(super) fn feed(&mut self, block: &[u8]) {
        match &mut self.form {
            Form::Log(_) => self.log(block),
            Form::Unknown => {
                self.text.extend_from_slice(block);
                self.tell_form(false);
            }
            Form::Table | Form::States => self.lines(block),
        }
    }

    /// Finds out the form as soon as there is a whole line.
    fn tell_form(&mut self, is_all: bool) {
        let end = memchr::memchr(b'\n', &self.text);
        if end.is_none() && !is_all && self.text.len() <= HEAD {
            return;
        }
        let first = self.text.get(..end.unwrap_or(self.text.len())).unwrap_or_default();
        let first = first.strip_suffix(b"\r").unwrap_or(first);
        let is_state = first.starts_with(b"{\"host\":")
            && memchr::memmem::find(first, b"\"state\":{\"v\":").is_some();
        self.form = if is_state {
            Form::States
        } else if table::is_row(first) {
            Form::Table
        } else {
            let lines = TimedLines::new(self.all.zone(), self.about.near);
            Form::Log(Box::new(LogText { lines, host: Vec::new(), head: Vec::new() }))
        };
        let held = core::mem::take(&mut self.text);
        self.feed(&held);
    }

    fn log(&mut self, block: &[u8]) {
        let Form::Log(log) = &mut self.form else { return };
        let LogText { lines, host, head } = &mut **log;
        let (all, about) = (&mut *self.all, &self.about);
        lines.feed(block, |line| take(all, line, (host, head), about));
    }

    fn lines(&mut self, block: &[u8]) {
        for part in block.split_inclusive(|&byte| byte == b'\n') {
            if self.text.len().saturating_add(part.len()) > LONGEST {
                self.fail(LineFaultKind::TooLong);
                self.text.clear();
            } else {
                self.text.extend_from_slice(part);
            }
            if part.last() == Some(&b'\n') {
                self.line();
            }
        }
    }

    fn line(&mut self) {
        let text = core::mem::take(&mut self.text);
        let line = text.strip_suffix(b"\n").unwrap_or(&text);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let read = match self.form {
            _ if line.is_empty() => Ok(()),
            Form::Table => self.all.row(line, self.about.near).map_err(LineFaultKind::Row),
            Form::States => self.all.state(line).map_err(LineFaultKind::State),
            Form::Unknown | Form::Log(_) => Ok(()),
        };
        if let Err(kind) = read {
            self.fail(kind);
        }
        self.number = self.number.saturating_add(1);
        self.text = text;
        self.text.clear();
    }

    /// The first fault counts.
    fn fail(&mut self, kind: LineFaultKind) {
        let number = self.number;
        self.fault.get_or_insert(LineFault { number, kind });
    }

    /// Ends the input. Lines that are faulty were left out.
    ///
    /// # Errors
    /// [`LineFault`] for the first of them.
    pub(super) fn finish(mut self) -> Result<(), LineFault> {
        if matches!(self.form, Form::Unknown) && !self.text.is_empty() {
            self.tell_form(true);
        }
        match self.form {
            Form::Unknown => {}
            Form::Table | Form::States => {
                if !self.text.is_empty() {
                    self.line();
                }
            }
            Form::Log(log) => {
                let LogText { lines, mut host, mut head } = *log;
                let about = &self.about;
                lines.finish(|line| take(self.all, line, (&mut host, &mut head), about));
                let says_nothing = !self.all.has(&about.host) && !is_log(&head, about.near);
                if host.is_empty() && !says_nothing {
                    name_all(self.all, (&head, &about.host), about);
                }
            }
        }
        self.fault.map_or(Ok(()), Err)
    }
}

/// Reads a line of a log. A line that names no host belongs to the record before it; those before the first
/// host belong to that one, and those of a log that names none to a host with the name of the input.
fn take(
    all: &mut Collection<'_>,
    line: TimedLine<'_>,
    (host, head): (&mut Vec<u8>, &mut Vec<u8>),
    about: &About,
) {
    if let Some(named) = line.host.filter(|named| *named != host.as_slice()) {
        named.clone_into(host);
    }
    if host.is_empty() {
        head.extend_from_slice(line.text);
        if head.len() <= HEAD {
            return;
        }
        about.host.clone_into(host);
        name_all(all, (&core::mem::take(head), host), about);
        return;
    }
    if !head.is_empty() {
        name_all(all, (&core::mem::take(head), host), about);
    }
    all.log(line, host, about);
}

/// Reads lines of a host that are known now to be its own.
fn name_all(all: &mut Collection<'_>, (text, host): (&[u8], &[u8]), about: &About) {
    let mut lines = TimedLines::new(all.zone(), about.near);
    lines.feed(text, |line| all.log(line, host, about));
    lines.finish(|line| all.log(line, host, about));
}

/// Returns true if a line of a text that names no host has a stamp or relevant words. Folders have other texts
/// than logs.
fn is_log(text: &[u8], near: UnixTime) -> bool {
    let mut is_log = false;
    let mut lines = TimedLines::new(LogZone::Unknown, near);
    lines.feed(text, |line| is_log |= line.is_stamped || line.is_relevant());
    lines.finish(|line| is_log |= line.is_stamped || line.is_relevant());
    is_log
}
