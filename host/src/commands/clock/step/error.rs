//! Reasons not to set the clock.

use core::fmt;
use std::env;
use std::ffi::OsString;

use jwtick_core::Span;
use jwtick_core::survey::{Step, StepRefusal};

use crate::exit::Exit;
use crate::source::daemon::{Daemon, Place, place};
use crate::source::step::SetError;

/// A reason not to set the clock.
#[derive(Debug)]
#[non_exhaustive]
pub(crate) enum StepError {
    /// `--yes` was not given, and standard input is not a terminal.
    NoTerminal,
    /// The answer to the question was not yes.
    Declined,
    /// A time daemon is running that sets this clock.
    Daemon(Daemon),
    /// The sources do not justify a step.
    Refused(StepRefusal),
    /// This process lacks the privilege to set the clock.
    Privilege(Rights),
    /// The system call failed.
    Set(SetError),
}

/// Commands with which a privileged user can set the clock.
#[derive(Debug)]
pub(crate) struct Rights {
    pub(crate) place: Place,
    /// This command again.
    pub(crate) again: String,
    /// The same step with `date`: relative, so that it is still correct when the user runs it.
    pub(crate) date: String,
}

impl StepError {
    pub(super) fn of(fault: SetError, step: Step) -> Self {
        match fault {
            SetError::Privilege => Self::Privilege(Rights {
                place: place(),
                again: again(env::args_os().skip(1)),
                date: date(step.by()),
            }),
            fault => Self::Set(fault),
        }
    }

    pub(crate) const fn exit(&self) -> Exit {
        match self {
            Self::NoTerminal => Exit::Usage,
            Self::Refused(StepRefusal::NoMajority(_)) => Exit::Undetermined,
            _ => Exit::Failed,
        }
    }
}

// `env::args` would panic on an argument that is not UTF-8.
fn again(arguments: impl Iterator<Item = OsString>) -> String {
    arguments.fold(String::from("sudo jwtick"), |line, argument| {
        line + " " + &quoted(&argument.to_string_lossy())
    })
}

/// Quotes an argument for a POSIX shell.
fn quoted(argument: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@%+=:,./-_".contains(c);
    if !argument.is_empty() && argument.chars().all(plain) {
        argument.to_owned()
    } else {
        format!("'{}'", argument.replace('\'', r"'\''"))
    }
}

fn date(by: Span) -> String {
    let sign = if by < Span::ZERO { '-' } else { '+' };
    let micros = by.as_micros().unsigned_abs();
    format!("sudo date -s '{sign}{}.{:06} seconds'", micros / 1_000_000, micros % 1_000_000)
}

impl fmt::Display for StepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTerminal => f.write_str(
                "--step asks before it sets the clock, but standard input is not a terminal: add --yes",
            ),
            Self::Declined => f.write_str("the clock was not set"),
            Self::Daemon(daemon) => write!(
                f,
                "{} is running and sets this clock, and two programs must not set it at once: let it step the \
                 clock now, `{}`",
                daemon.name(),
                daemon.command()
            ),
            Self::Refused(refusal) => write!(f, "the clock is not set: {refusal}"),
            Self::Privilege(rights) => rights.fmt(f),
            Self::Set(fault) => fault.fmt(f),
        }
    }
}

impl fmt::Display for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { again, date, .. } = self;
        match self.place {
            Place::Container => write!(
                f,
                "this container may not set the clock, which belongs to the machine that runs it: \
                 run `{again}` or `{date}` there"
            ),
            Place::Wsl => write!(
                f,
                "only a privileged program may set the clock (CAP_SYS_TIME): run `{again}` or \
                 `sudo hwclock --hctosys`, or restart WSL with `wsl --shutdown` in Windows"
            ),
            Place::Machine | Place::Windows | Place::Macos => write!(
                f,
                "only a privileged program may set the clock (CAP_SYS_TIME): run `{again}`, or \
                 `{date}` and then `sudo hwclock --systohc`"
            ),
        }
    }
}

impl core::error::Error for StepError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Set(fault) => Some(fault),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_quoted_for_shell() {
        let line =
            again(["clock", "--ntp", "it's", "[::1]:123", ""].map(OsString::from).into_iter());
        assert_eq!(line, r"sudo jwtick clock --ntp 'it'\''s' '[::1]:123' ''");
        assert_eq!(date(Span::from_micros(-1_500_000)), "sudo date -s '-1.500000 seconds'");
        assert_eq!(date(Span::from_micros(7)), "sudo date -s '+0.000007 seconds'");
    }

    #[test]
    fn privilege_error_names_remedy_for_each_environment() {
        let said = |place| {
            Rights { place, again: "AGAIN".to_owned(), date: "DATE".to_owned() }.to_string()
        };
        let rows = [
            (Place::Machine, "hwclock --systohc"),
            (Place::Container, "the machine that runs it"),
            (Place::Wsl, "wsl --shutdown"),
        ];
        for (place, expected) in rows {
            let said = said(place);
            assert!(said.contains("`AGAIN`") && said.contains(expected), "{said}");
        }
    }
}
