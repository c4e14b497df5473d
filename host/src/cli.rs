//! The command line: parses the arguments, selects the language and runs the command.

mod help;

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use jwtick_core::evidence::redaction::Redacted;
use jwtick_core::words::Language;

use crate::commands;
use crate::commands::clock::args::ClockArgs;
use crate::commands::config::args::ConfigArgs;
use crate::commands::diagnose::args::DiagnoseArgs;
use crate::commands::effect::{NoEffect, none_with};
use crate::commands::error::Error;
use crate::commands::explain::args::ExplainArgs;
use crate::commands::fleet::args::FleetArgs;
use crate::commands::fleet::merge::MergeArgs;
use crate::commands::inspect::args::InspectArgs;
use crate::commands::key::args::KeyCommand;
use crate::commands::page::PageArgs;
use crate::commands::probe::args::ProbeArgs;
use crate::commands::refusal::{self, complain};
use crate::commands::rehearse::args::RehearseArgs;
use crate::commands::serve::args::ServeArgs;
use crate::commands::sign::args::SignArgs;
use crate::commands::stand_in::args::StandInArgs;
use crate::commands::verify::args::VerifyArgs;
use crate::config::Config;
use crate::exit::Exit;
use crate::http::client::without_credentials;
use crate::output::{self, Text, safe};

/// Heading for global options, which clap would otherwise mix with those of a command.
const ANYWHERE: &str = "Global options";

/// Find out why a JWT was rejected: the token, your clock or the server's clock, and by how much
#[derive(Debug, Parser)]
#[command(name = "jwtick", version, propagate_version = true)]
pub(crate) struct Cli {
    /// Output language: en, de or ko [default: from jwtick.toml, else from the locale]
    #[arg(long, global = true, value_name = "LANG", help_heading = ANYWHERE)]
    #[arg(hide_possible_values = true)] // the line above has them
    lang: Option<Lang>,
    /// Configuration file [default: ~/.config/jwtick/jwtick.toml, else /etc/jwtick/jwtick.toml]
    #[arg(long, global = true, value_name = "FILE", help_heading = ANYWHERE)]
    pub(crate) config: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Cli {
    /// The language from `--lang`, else from the configuration, else from the locale.
    pub(crate) fn language(&self, config: &Config) -> Language {
        let set = config.settings.language.as_ref().map(|set| set.value);
        self.lang.map(Language::from).or(set).unwrap_or_else(language_of_locale)
    }

    /// Refuses global options that have no effect on the command.
    ///
    /// # Errors
    /// [`NoEffect`] names the first of them.
    fn must_matter(&self) -> Result<(), NoEffect> {
        let (config, lang) = (("--config", self.config.is_some()), ("--lang", self.lang.is_some()));
        match &self.command {
            // The output of these commands is for shells, or in English.
            Command::Completions { .. } => none_with(("completions", true), &[config, lang]),
            Command::Man { .. } => none_with(("man", true), &[config, lang]),
            Command::Config(args) => none_with(("FILE", args.file().is_some()), &[config]),
            _ => Ok(()),
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Diagnose(DiagnoseArgs),
    Fleet(FleetArgs),
    Merge(MergeArgs),
    Inspect(InspectArgs),
    Probe(Box<ProbeArgs>),
    Rehearse(RehearseArgs),
    Page(PageArgs),
    Verify(VerifyArgs),
    Sign(SignArgs),
    /// Generate keys, extract public keys and compute thumbprints
    #[command(subcommand)]
    Key(KeyCommand),
    Clock(ClockArgs),
    Serve(Box<ServeArgs>),
    StandIn(Box<StandInArgs>),
    Config(ConfigArgs),
    Explain(ExplainArgs),
    /// Print a shell completion script
    Completions {
        /// Shell to generate the script for
        #[arg(required_unless_present = "kids")]
        shell: Option<clap_complete::Shell>,
        /// Print the key IDs in a file; the scripts complete --kid with them
        #[arg(long, hide = true, value_name = "FILE", conflicts_with = "shell")]
        kids: Option<PathBuf>,
    },
    /// Generate the manual pages
    Man {
        /// Directory for the pages, one file per command [default: print jwtick.1 to standard output]
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
}

/// Runs the command in `arguments`, whose first element is the name of the program.
pub(crate) fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    // With a name of its own, no page shows the name by which the program was called.
    let mut program = help::arranged(Cli::command().bin_name("jwtick"));
    let matches = program.try_get_matches_from_mut(arguments);
    match matches.and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches)) {
        Ok(cli) => dispatch(&cli),
        // Includes the answers to `--help` and `--version`.
        Err(answer) => usage(on_one_line(without_secrets(answer.format(&mut program)))),
    }
}

/// The error with the arguments that it quotes each on one line, so that none looks like a line of
/// its own.
fn on_one_line(mut error: clap::Error) -> clap::Error {
    let quoted = error.context().filter_map(|(kind, value)| {
        let value = match value {
            ContextValue::String(text) => ContextValue::String(safe::line(text)),
            ContextValue::Strings(texts) => {
                ContextValue::Strings(texts.iter().map(|text| safe::line(text)).collect())
            }
            ContextValue::StyledStrs(hints) => {
                let plain = |hint: &StyledStr| safe::line(&hint.to_string()).into();
                ContextValue::StyledStrs(hints.iter().map(plain).collect())
            }
            _ => return None, // numbers, and the usage
        };
        Some((kind, value))
    });
    for (kind, value) in quoted.collect::<Vec<_>>() {
        error.insert(kind, value);
    }
    error
}

/// The language of the locale, from the first variable that is set and not empty, in the order of
/// POSIX (XBD §8.2). English if that language is not supported.
fn language_of_locale() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
        .and_then(|locale| Language::from_locale(&locale))
        .unwrap_or_default()
}

/// The languages that `--lang` accepts.
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

/// Hides credentials in the arguments that a message repeats.
fn without_secrets(mut answer: clap::Error) -> clap::Error {
    for kind in [ContextKind::InvalidArg, ContextKind::InvalidValue, ContextKind::InvalidSubcommand]
    {
        if let Some(ContextValue::String(met)) = answer.get(kind) {
            let shown = Redacted::new(&without_credentials(met), &[]).to_string();
            if shown != *met {
                answer.insert(kind, ContextValue::String(shown));
                // A suggestion repeats the argument.
                answer.remove(ContextKind::Suggested);
            }
        }
    }
    answer
}

/// Answers `--help` and `--version`, and reports usage errors.
fn usage(answer: clap::Error) -> Exit {
    let help = || Text::of_help(&answer.render().ansi().to_string());
    if answer.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // A whole help page is not an error message, so it gets no prefix.
        output::log(&help());
        return Exit::Usage;
    }
    if answer.use_stderr() {
        let text = answer.render().to_string();
        output::warn(text.strip_prefix("error: ").unwrap_or(&text).trim_end());
        return Exit::Usage;
    }
    match output::print(&help()) {
        Ok(()) => Exit::Done,
        Err(error) => {
            complain(&error.into(), Language::English); // as clap's own messages
            Exit::Failed
        }
    }
}

/// Runs the command, and reports on standard error why it failed.
fn dispatch(cli: &Cli) -> Exit {
    let (config, faulty) = match configuration(cli) {
        Ok(config) => (config, None),
        Err(error) => (Config::default(), Some(error)),
    };
    let language = cli.language(&config);
    if let Some(exposed) = &config.exposed {
        output::warn(&refusal::exposed(exposed, language));
    }
    let done = faulty.map_or_else(|| command(cli, &config, language), Err);
    done.unwrap_or_else(|error| {
        complain(&error, language);
        error.exit()
    })
}

// These commands must work even if the configuration file is faulty.
fn configuration(cli: &Cli) -> Result<Config, Error> {
    match cli.command {
        Command::Config(_) | Command::Completions { .. } | Command::Man { .. } => {
            Ok(Config::default())
        }
        _ => Ok(Config::load(cli.config.as_deref())?),
    }
}

fn command(cli: &Cli, config: &Config, language: Language) -> Result<Exit, Error> {
    cli.must_matter()?;
    match &cli.command {
        Command::Diagnose(args) => commands::diagnose::run::run(args, language),
        Command::Fleet(args) => commands::fleet::run::run(args, language),
        Command::Merge(args) => commands::fleet::merge::run(args, language),
        Command::Serve(args) => {
            commands::serve::run::run(args, config, cli.config.as_deref(), language)
        }
        Command::StandIn(args) => commands::stand_in::run::run(args, language),
        Command::Inspect(args) => commands::inspect::run::run(args, config, language),
        Command::Verify(args) => commands::verify::run::run(args, config, language),
        Command::Sign(args) => commands::sign::run::run(args, config, language),
        Command::Clock(args) => commands::clock::run::run(args, config, language),
        Command::Probe(args) => commands::probe::run::run(args, language),
        Command::Rehearse(args) => commands::rehearse::run::run(args, language),
        Command::Page(args) => commands::page::run(args, language),
        Command::Config(args) => commands::config::run::run(args, cli.config.as_deref(), language),
        Command::Explain(args) => commands::explain::run::run(args, config, language),
        Command::Key(command) => commands::key::run::run(command, language),
        Command::Completions { shell: Some(shell), .. } => {
            commands::generated::completions(*shell, Cli::command())
        }
        Command::Completions { kids, .. } => commands::generated::kids(kids.as_deref(), language),
        Command::Man { folder } => commands::generated::man(folder.as_deref(), Cli::command()),
    }
}
