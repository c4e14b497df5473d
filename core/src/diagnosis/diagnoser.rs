//! The diagnosis of a text: takes bytes in chunks of any size and returns a [`Diagnosis`].

use super::reader::Reader;
use super::report::Diagnosis;
use super::zone::Options;
use crate::evidence::transcript::{Entry, Told};
use crate::evidence::{Decoder, Lines, Rows};

/// Reads a text once, in constant memory, and reports what it proves.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::diagnosis::Cause;
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"2023-06-19T13:45:03Z Signature not yet current: 20230619T134502Z is still ");
/// diagnoser.feed(b"later than 20230619T134351Z (20230619T133851Z + 5 min.)\n");
/// let diagnosis = diagnoser.finish();
/// assert_eq!(diagnosis.cause, Cause::LocalClock);
/// ```
///
/// A copy answers for the text so far, while the original reads on:
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"2024-01-09T14:00:00Z POST /token\n");
/// assert_eq!(diagnoser.clone().finish().lines, 1);
/// diagnoser.feed(b"2024-01-09T14:00:01Z invalid_grant: JWT has expired\n");
/// assert_eq!(diagnoser.finish().refusals, 1);
/// ```
///
/// `HOSTS` is the number of hosts whose refusals are kept apart, in addition to those of the whole text.
#[derive(Clone)]
pub struct Diagnoser<'z, const HOSTS: usize = 0> {
    decoder: Decoder,
    lines: Lines,
    reader: Reader<'z, HOSTS>,
}

impl<'z> Diagnoser<'z> {
    /// Starts with an empty text, in the least memory.
    #[must_use]
    pub const fn new(options: Options<'z>) -> Self {
        Self::start(options, Rows::All)
    }

    /// Starts with an empty text, and reads it with a part of the catalogue.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_rows(options: Options<'z>, rows: Rows<'z>) -> Self {
        Self::start(options, rows)
    }
}

impl<'z, const HOSTS: usize> Diagnoser<'z, HOSTS> {
    /// Starts with an empty text, and reaches a conclusion about each of up to `HOSTS` hosts that wrote it. Each
    /// of them takes some 8 KiB.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::{Diagnoser, Options};
    /// use jwtick_core::diagnosis::Cause;
    /// let text = b"Jan  9 14:00:00 web1 app: < Date: Tue, 09 Jan 2024 14:00:00 GMT\n\
    ///     Jan  9 14:00:00 web1 app: {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n\
    ///     Jan  9 13:51:46 web2 app: < Date: Tue, 09 Jan 2024 14:00:00 GMT\n\
    ///     Jan  9 13:51:46 web2 app: {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";
    /// let mut diagnoser = Diagnoser::<4>::for_hosts(Options::default());
    /// diagnoser.feed(text);
    /// let diagnosis = diagnoser.finish();
    /// let cause = |name: &str| diagnosis.hosts.iter().find(|it| it.name == name).unwrap().cause;
    /// assert_eq!(cause("web2"), Some(Cause::LocalClock));
    /// assert_ne!(cause("web1"), Some(Cause::LocalClock));
    /// ```
    #[must_use]
    pub const fn for_hosts(options: Options<'z>) -> Self {
        Self::start(options, Rows::All)
    }

    const fn start(options: Options<'z>, rows: Rows<'z>) -> Self {
        Self {
            decoder: Decoder::new(),
            lines: Lines::with_opening(),
            reader: Reader::new(options, rows),
        }
    }

    /// Reads the next bytes. The result does not depend on how the text is cut into chunks.
    pub fn feed(&mut self, chunk: &[u8]) {
        let Self { decoder, lines, reader } = self;
        decoder.feed(chunk, |text| lines.feed(text, reader));
    }

    /// Reads the next line of a transcript, which is also given as the value that was written.
    ///
    /// `line` is the line as it is kept for readers, without its line feed. What jwtick measured is
    /// taken from `entry`; the words of `line` count only where they are those of the other side. A
    /// server therefore cannot write a measurement, whatever it answers.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::{Diagnoser, Options, Span};
    /// use jwtick_core::evidence::transcript::{Entry, Means};
    /// use jwtick_core::time::Offset;
    /// let offset = Offset::exactly(Span::from_secs(3_600));
    /// let entry = Entry::Measured { server: "time.example".into(), means: Means::Ntp, offset };
    /// let mut diagnoser = Diagnoser::new(Options::default());
    /// diagnoser.transcribe(&entry, b"a clock was measured");
    /// assert_eq!(diagnoser.finish().offset, Some(offset));
    /// ```
    pub fn transcribe(&mut self, entry: &Entry<'_>, line: &[u8]) {
        self.lines.end_opening(&mut self.reader);
        if self.reader.is_inside_line() {
            self.feed(b"\n");
        }
        self.reader.expect(Some(Told::of(entry)));
        self.feed(line);
        self.feed(b"\n");
        self.reader.expect(None);
    }

    /// Returns what the text proves.
    #[must_use]
    pub fn finish(self) -> Diagnosis {
        let Self { decoder, mut lines, mut reader } = self;
        decoder.finish(|text| lines.feed(text, &mut reader));
        lines.finish(&mut reader);
        reader.finish()
    }
}
