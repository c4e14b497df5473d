//! The help of the program, whose commands are grouped by task, and the examples in that of a command.

use clap::Command;

use crate::manual;
use crate::output;
use crate::page::paragraph::paragraph;

/// Tasks, each with its commands.
const GROUPS: &[(&str, &[&str])] = &[
    ("Understand a failure", &["diagnose", "inspect", "probe", "rehearse", "page"]),
    ("Many hosts", &["fleet", "merge"]),
    ("Tokens and keys", &["verify", "sign", "key"]),
    ("Clocks", &["clock"]),
    ("Protect an API", &["serve"]),
    ("Test servers", &["stand-in"]),
    ("This program", &["config", "explain", "completions", "man", "help"]),
];

const LAST: &str = "Run `jwtick help COMMAND` for its options, and `jwtick explain --exit-codes` for the exit codes. \
     Help, manual pages and usage errors are in English; answers are also in German and Korean.";

/// Columns if standard output is not a terminal, and at most: as clap has them.
const WIDTH: usize = 100;

/// Of the command that clap adds.
const OF_HELP: &str = "Print this page, or the help of a command";

/// The program with its commands in groups, for the width of the terminal, and with examples.
pub(super) fn arranged(program: Command) -> Command {
    let width = output::columns().unwrap_or(WIDTH).min(WIDTH);
    let template = template(&program, width);
    let name = program.get_name().to_owned();
    with_examples(program, &name).help_template(template)
}

/// The command with the examples of its manual page, above those that it has itself.
fn with_examples(command: Command, title: &str) -> Command {
    let own = command.get_after_help().map(ToString::to_string);
    let examples: Vec<String> = manual::examples_of(title).into_iter().chain(own).collect();
    let below = |it: Command| {
        let title = format!("{title}-{}", it.get_name());
        with_examples(it, &title)
    };
    let command = command.mut_subcommands(below);
    if examples.is_empty() { command } else { command.after_long_help(examples.join("\n")) }
}

fn template(program: &Command, width: usize) -> String {
    let header = program.get_styles().get_header();
    let heading = |title: &str| format!("{header}{title}:{header:#}\n");
    let mut text = "{about-with-newline}\n{usage-heading} {usage}\n\n".to_owned();
    for (title, names) in GROUPS {
        text += &heading(title);
        text.extend(names.iter().map(|name| row(name, &about(program, name), program, width)));
        text.push('\n');
    }
    text + &heading("Options") + "{options}\n\n" + &paragraph("", LAST, Some(width))
}

fn about(program: &Command, name: &str) -> String {
    let about = program.find_subcommand(name).and_then(Command::get_about);
    about.map_or_else(|| OF_HELP.to_owned(), ToString::to_string)
}

fn row(name: &str, about: &str, program: &Command, width: usize) -> String {
    // The longest name has as many letters; two blanks are before it and two after it.
    const NAME: usize = "completions".len() + 4;
    let literal = program.get_styles().get_literal();
    let shown = format!("  {literal}{name}{literal:#}");
    if width < 4 * NAME {
        return format!("{shown}\n{}", paragraph("      ", about, Some(width)));
    }
    let gap = NAME.saturating_sub(name.len().saturating_add(2));
    paragraph(&(shown + &" ".repeat(gap)), about, Some(width))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn every_command_is_in_one_group() {
        let mut program = Cli::command();
        program.build();
        let mut known: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| *names).copied().collect();
        known.sort_unstable();
        grouped.sort_unstable();
        assert_eq!(grouped, known);
    }
}
