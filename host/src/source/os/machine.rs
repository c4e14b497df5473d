//! This machine as a source of time: the report of its own time daemon.

use core::net::SocketAddr;
use std::time::Instant;

use super::ask::ask;
use super::note::Unknown;
use super::{chrony, note, ntpq, timesync, w32tm};
use crate::source::daemon::{self, Daemon, Seen};
use crate::source::local::LocalClock;
use crate::source::observation::{Bound, Kind, Note, Observation, Source, SourceError};
use crate::source::responder::Responder;

/// This machine's information about its own clock. It is not evidence that the clock is right: a
/// daemon that follows a wrong server reports no error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Machine;

impl Source for Machine {
    fn name(&self) -> String {
        match daemon::seen() {
            Seen::Running(daemon) => daemon.name().to_owned(),
            Seen::Nobody | Seen::Hidden => "os".to_owned(),
        }
    }

    fn kind(&self) -> Kind {
        Kind::Os
    }

    fn notes(&self) -> Vec<Note> {
        note::notes().into_iter().map(Note::Os).collect()
    }

    fn observe(&self, local: &LocalClock, deadline: Instant) -> Result<Observation, SourceError> {
        let daemon = match daemon::seen() {
            Seen::Running(daemon) => daemon,
            Seen::Nobody => return Err(Unknown::Nobody.into()),
            Seen::Hidden => return Err(Unknown::Hidden.into()),
        };
        let (offset, server) = match daemon {
            Daemon::Chrony => {
                let report = report(daemon, chrony::QUESTION, deadline)?;
                (chrony::offset(&report)?, chrony::server(&report))
            }
            Daemon::Ntpd => {
                let report = report(daemon, ntpq::QUESTION, deadline)?;
                (ntpq::offset(&report)?, ntpq::server(&report))
            }
            Daemon::Timesyncd => {
                let report = report(daemon, timesync::QUESTION, deadline)?;
                let offset = timesync::offset(&report, local.now())?;
                let server = ask(timesync::SERVER.0, timesync::SERVER.1, deadline).ok();
                (offset, server.and_then(|reply| timesync::server(&reply)))
            }
            Daemon::WindowsTime => {
                let report = report(daemon, w32tm::QUESTION, deadline)?;
                (w32tm::offset(&report)?, w32tm::server(&report))
            }
            Daemon::NtpdRs | Daemon::OpenNtpd | Daemon::Linuxptp | Daemon::VirtualBox => {
                return Err(Unknown::Tacit(daemon).into());
            }
        };
        let bound = Bound::Daemon(daemon.name());
        // What the daemon says, it has from its server.
        let mut responder = Responder::this_host();
        responder.reach(server.map(|address| SocketAddr::new(address, 123)));
        Ok(Observation { offset, delay: None, bound, responder, notes: Vec::new() })
    }
}

fn report(
    daemon: Daemon,
    (program, arguments): (&str, &[&str]),
    deadline: Instant,
) -> Result<String, Unknown> {
    ask(program, arguments, deadline).map_err(|_| Unknown::Silent(daemon))
}
