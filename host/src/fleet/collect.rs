//! Collecting the hosts of all inputs, on all processors.
//!
//! Each log is read by one thread. The order in which they end has no effect, since states merge in any
//! order.

use core::fmt;
use core::num::NonZero;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::path::Path;
use std::sync::mpsc::{self, Sender};
use std::thread;

use jwtick_core::UnixTime;
use jwtick_core::diagnosis::LogZone;
use jwtick_core::words::{Language, Said, sentence};

use super::collection::{About, Collection, LineFault, States, merge};
use super::input::{Accepted, Input};
use super::inputs::Series;
use crate::file::{FileError, FileFault};
use crate::input::log::{Extent, Log};
use crate::notation::zone::Zone;
use crate::output::StatusLine;
use crate::source::os;

/// What was collected.
pub(crate) struct Collected {
    pub(crate) states: States,
    /// The faults of inputs, in the order of the inputs.
    pub(crate) faults: Vec<InputFault>,
}

/// A fault of an input.
#[derive(Debug)]
pub(crate) enum InputFault {
    /// It could not be read, or only up to the fault.
    File(FileError),
    /// One of its lines has no meaning.
    Line { name: String, fault: LineFault },
    /// A file in a folder is no text, and was left out.
    Foreign(FileError),
}

/// The way in which inputs are read.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'z> {
    /// That of stamps without one.
    pub(crate) zone: Option<&'z Zone>,
    pub(crate) now: UnixTime,
    pub(crate) accepted: Accepted,
    pub(crate) language: Language,
}

/// What a thread has to tell about the log with a number.
type Told = (usize, Vec<InputFault>);

impl Reading<'_> {
    /// Reads all logs.
    pub(crate) fn collect(self, series: &[Series]) -> Collected {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let next = AtomicUsize::new(0);
        let (told, heard) = mpsc::channel();
        thread::scope(|scope| {
            let threads: Vec<_> = (0..cores.min(series.len()))
                .map(|_| {
                    let (told, next) = (told.clone(), &next);
                    scope.spawn(move || self.work(series, next, &told))
                })
                .collect();
            drop(told);
            let mut faults = Vec::new();
            let mut line = if series.len() > 1 { StatusLine::new() } else { StatusLine::hidden() };
            for (done, told) in heard.into_iter().enumerate() {
                line.show(&self.progress(done.saturating_add(1), series.len()));
                faults.push(told);
            }
            drop(line);
            faults.sort_by_key(|(at, _)| *at);
            let mut states = States::new();
            for done in threads {
                match done.join() {
                    Ok(found) => merge(&mut states, found),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            Collected { states, faults: faults.into_iter().flat_map(|(_, it)| it).collect() }
        })
    }

    fn progress(self, done: usize, all: usize) -> String {
        let said = Said(move |f: &mut fmt::Formatter<'_>| {
            sentence!(f, self.language,
                en: "{done} of {all} logs read",
                de: "{done} von {all} Logs gelesen",
                ko: "로그 {all}개 중 {done}개 읽음",
            )
        });
        said.to_string()
    }

    fn work(self, series: &[Series], next: &AtomicUsize, told: &Sender<Told>) -> States {
        let mut states = States::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(series) = series.get(at) else { return states };
            let mut collection = Collection::new(self.zone.map_or(LogZone::Unknown, Zone::of_log));
            let mut faults = Vec::new();
            for file in &series.files {
                faults.extend(self.read(file, series, &mut collection));
            }
            merge(&mut states, collection.finish());
            // No thread receives it after a panic, which is reported anyway.
            let _ = told.send((at, faults));
        }
    }

    fn read(
        self,
        file: &Path,
        series: &Series,
        collection: &mut Collection<'_>,
    ) -> Vec<InputFault> {
        let log = Log::at(file);
        let near = log.written().map_or(self.now, os::since_1970);
        let host = Log::at(&series.name).name().into_bytes();
        let about = About { name: log.name(), host, near };
        let mut input = Input::new(collection, about, self.accepted);
        let read = log.read_silently(self.language, |block| input.feed(block));
        let whole = input.finish();
        let of_file = match read {
            Ok(Extent::Whole) => None,
            Ok(Extent::Part(fault)) => Some(InputFault::File(fault)),
            Err(fault @ FileError { fault: FileFault::Foreign(_), .. }) if !series.is_named => {
                Some(InputFault::Foreign(fault))
            }
            Err(fault) => Some(InputFault::File(fault)),
        };
        let of_line = whole.err().map(|fault| InputFault::Line { name: log.name(), fault });
        of_file.into_iter().chain(of_line).collect()
    }
}
