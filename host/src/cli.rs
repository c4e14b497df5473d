//! The command line. Only clap's part: what a value means, the commands decide.

mod asking;
mod clock;
mod config;
mod diagnose;
mod inspect;
mod key;
mod key_command;
mod probe;
mod rehearse;
mod sign;
mod stand_in;
mod verify;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use jwtick_core::render::Language;

pub(crate) use clock::{ClockArgs, Format};
pub(crate) use config::{ConfigAction, ConfigArgs};
pub(crate) use diagnose::DiagnoseArgs;
pub(crate) use inspect::InspectArgs;
pub(crate) use key_command::{GenerateArgs, KeyCommand, KeyFileArgs, KeyFormat};
pub(crate) use probe::{AgentArgs, ProbeArgs, ServerArgs};
pub(crate) use rehearse::RehearseArgs;
pub(crate) use sign::SignArgs;
pub(crate) use stand_in::{CallerArgs, FutureIat, StandInArgs, StandInClock};
pub(crate) use verify::VerifyArgs;

use crate::config::Config;
use crate::exit::Exit;
use crate::language;
use crate::output::print;
use crate::output::warn;
use crate::report::refusal::complain;
use clap::error::ErrorKind;
use std::io::Write;

/// Not between the options of a command, where clap would put them.
const ANYWHERE: &str = "With every command";

/// "JWT has expired": is it the token, my clock, or theirs, by how much, and what do I do?
#[derive(Debug, Parser)]
#[command(name = "jwtick", version, propagate_version = true)]
pub(crate) struct Cli {
    /// Language of the answer [default: that of jwtick.toml, else of the environment]
    #[arg(long, global = true, value_name = "LANG", help_heading = ANYWHERE)]
    lang: Option<Lang>,
    /// Configuration [default: ~/.config/jwtick/jwtick.toml, else /etc/jwtick/jwtick.toml]
    #[arg(long, global = true, value_name = "FILE", help_heading = ANYWHERE)]
    pub(crate) config: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Cli {
    /// The language that was asked for, else that of the configuration, else of the locale.
    pub(crate) fn language(&self, config: &Config) -> Language {
        let set = config.settings.language.as_ref().map(|set| set.value);
        self.lang.map(Language::from).or(set).unwrap_or_else(language::of_environment)
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Diagnose(DiagnoseArgs),
    Inspect(InspectArgs),
    Verify(VerifyArgs),
    Sign(SignArgs),
    StandIn(Box<StandInArgs>),
    Clock(ClockArgs),
    Probe(Box<ProbeArgs>),
    Rehearse(RehearseArgs),
    Config(ConfigArgs),
    /// Make, convert and name keys
    #[command(subcommand)]
    Key(KeyCommand),
    /// Print a completion script for a shell
    Completions {
        /// The shell that shall complete jwtick's commands
        shell: clap_complete::Shell,
    },
    /// Write the manual pages
    Man {
        /// Folder for a page of each command [default: none; the page of jwtick is printed]
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
}

/// Reads the command line; the `Err` also carries the answers to `--help` and `--version`.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(arguments)
}

/// The languages that `--lang` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English
    En,
    /// German
    De,
    /// Korean
    Ko,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::English,
            Lang::De => Self::German,
            Lang::Ko => Self::Korean,
        }
    }
}

/// Answers `--help` and `--version`, and refuses what is not understood.
pub(crate) fn usage(answer: &clap::Error) -> Exit {
    if answer.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // A whole page is nobody's complaint.
        let _ = anstream::stderr().write_all(answer.render().ansi().to_string().as_bytes());
        return Exit::Usage;
    }
    if answer.use_stderr() {
        let text = answer.render().to_string();
        warn(text.strip_prefix("error: ").unwrap_or(&text).trim_end());
        return Exit::Usage;
    }
    match print(&answer.render().ansi().to_string()) {
        Ok(()) => Exit::Done,
        Err(error) => {
            complain(&error.into(), Language::English); // as clap's own words
            Exit::Failed
        }
    }
}
