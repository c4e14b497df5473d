//! The manual pages, one per command and one for the configuration file: built from the clap definition,
//! the table of keys and hand-written notes.
//!
//! The sections are in the order of man-pages(7).

mod configuration;
mod notes;
mod surroundings;

use std::io;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use notes::Notes;
use surroundings::{code, paragraphs, title_line};

/// A page of the manual.
pub(crate) struct Page {
    /// The file name.
    pub(crate) name: String,
    /// The source for groff and mandoc.
    pub(crate) text: Vec<u8>,
}

/// The page of `program`, followed by those of its subcommands and that of the configuration file.
///
/// # Errors
/// None in practice: the pages are written to memory.
pub(crate) fn pages(program: Command) -> io::Result<Vec<Page>> {
    let mut program = program.disable_help_subcommand(true);
    program.build();
    let mut pages = Vec::new();
    add(&program, None, &mut pages)?;
    pages.push(Page { name: configuration::FILE.to_owned(), text: configuration::page()? });
    Ok(pages)
}

fn add(command: &Command, above: Option<&str>, pages: &mut Vec<Page>) -> io::Result<()> {
    let title = title(command);
    pages.push(Page { name: format!("{title}.1"), text: page(command, above)? });
    command.get_subcommands().try_for_each(|below| add(below, Some(title), pages))
}

/// The title of a page, such as `jwtick-key-generate`.
fn title(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(command: &Command, above: Option<&str>) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone());
    let notes = notes_of(title(command));
    let mut text = title_line(title(command), 1, "User Commands").into_bytes();
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    description(notes).to_writer(&mut text)?;
    man.render_options_section(&mut text)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    surroundings::sections(notes).to_writer(&mut text)?;
    examples(command, notes).to_writer(&mut text)?;
    see_also(above).to_writer(&mut text)?;
    Ok(text)
}

fn description(notes: &Notes) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["DESCRIPTION"]);
    paragraphs(&mut roff, notes.description);
    roff
}

/// The examples from the notes, and the text that clap prints below the options.
fn examples(command: &Command, notes: &Notes) -> Roff {
    let mut roff = Roff::new();
    let below = command.get_after_help().map(ToString::to_string);
    if notes.examples.is_empty() && below.is_none() {
        return roff;
    }
    roff.control("SH", ["EXAMPLES"]);
    for (what, line) in notes.examples {
        example(&mut roff, what, line);
    }
    if let Some((what, lines)) = below.as_deref().and_then(|text| text.split_once('\n')) {
        example(&mut roff, what, lines);
    }
    roff
}

fn example(roff: &mut Roff, what: &str, lines: &str) {
    roff.text([roman(what)]);
    code(roff, lines);
    roff.control("sp", []);
}

/// The parent command; subcommands have their own section.
fn see_also(above: Option<&str>) -> Roff {
    let mut roff = Roff::new();
    if let Some(above) = above {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold(above), roman("(1)")]);
    }
    roff
}

/// The examples of the command whose page has this title, as its help shows them.
pub(crate) fn examples_of(title: &str) -> Option<String> {
    let examples = notes_of(title).examples;
    let lines = examples.iter().map(|(what, line)| format!("  {what}\n    {line}\n"));
    (!examples.is_empty()).then(|| format!("Examples:\n{}", lines.collect::<String>()))
}

/// The notes of all commands.
fn all_notes() -> impl Iterator<Item = &'static Notes> {
    [
        notes::program::COMMANDS,
        notes::clocks::COMMANDS,
        notes::fleet::COMMANDS,
        notes::tokens::COMMANDS,
    ]
    .into_iter()
    .flatten()
}

/// The notes of the command whose page has this title.
fn notes_of(title: &str) -> &'static Notes {
    all_notes().find(|notes| notes.title == title).unwrap_or(&NONE)
}

/// Placeholder for a command without notes.
const NONE: Notes = Notes {
    title: "",
    description: &["See the options."],
    done: notes::DONE,
    exits: notes::ORDINARY,
    network: notes::Network::LeftAlone,
    examples: &[],
};

#[cfg(test)]
mod tests {
    //! Every option, subcommand and key is on its page, and every example parses.

    use clap::{CommandFactory, Parser};

    use super::*;
    use crate::cli::Cli;
    use crate::config::{KEYS, Key, Sections};
    use crate::exit::Exit;

    /// Every command with its page as text.
    fn commands() -> Vec<(Command, String)> {
        fn add(command: &Command, all: &mut Vec<Command>) {
            all.push(command.clone());
            command.get_subcommands().for_each(|below| add(below, all));
        }
        let mut program = Cli::command().disable_help_subcommand(true);
        program.build();
        let mut all = Vec::new();
        add(&program, &mut all);
        let texts = pages(Cli::command()).unwrap().into_iter().map(|page| page.text);
        let texts = texts.map(|text| String::from_utf8(text).unwrap().replace("\\-", "-"));
        all.into_iter().zip(texts).collect()
    }

    #[test]
    fn every_command_has_notes() {
        for (command, _) in commands() {
            let notes = notes_of(title(&command));
            assert_eq!(notes.title, title(&command), "no notes in manual/notes");
            for exit in [Exit::Done, Exit::Failed, Exit::Usage] {
                assert!(notes.exits.contains(&exit), "{}: {exit:?}", title(&command));
            }
        }
    }

    #[test]
    fn page_lists_every_option_and_subcommand() {
        for (command, text) in commands() {
            let name = title(&command);
            // The synopsis starts with the name of the command.
            let options: Vec<&str> =
                text.lines().filter(|line| line.starts_with("\\fB-")).collect();
            let shown = command.get_arguments().filter(|argument| !argument.is_hide_set());
            for option in shown.filter_map(|argument| argument.get_long()) {
                let option = format!("\\fB--{option}\\fR");
                assert!(options.iter().any(|line| line.contains(&option)), "{name}: {option}");
            }
            for below in command.get_subcommands() {
                assert!(
                    text.contains(&format!("{name}-{}(1)", below.get_name())),
                    "{name}\n{text}"
                );
            }
            for section in
                ["NAME", "SYNOPSIS", "DESCRIPTION", "\"EXIT STATUS\"", "ENVIRONMENT", "FILES"]
            {
                assert!(text.contains(&format!("\n.SH {section}\n")), "{name}: {section}");
            }
        }
    }

    /// Splits a shell line into words, honouring quotes.
    fn words(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut quote = None;
        for character in line.chars() {
            match (quote, character) {
                (Some(open), _) if open == character => quote = None,
                (None, '"' | '\'') => quote = Some(character),
                (None, ' ') => words.push(String::new()),
                _ => words.last_mut().unwrap().push(character),
            }
        }
        words
    }

    #[track_caller]
    fn parses(line: &str) {
        let ours = line.split_once("jwtick ").or_else(|| line.split_once(" -- "));
        let ours = ours.map_or(line, |(_, ours)| ours);
        let ours = ours.split(['|', '<', '>', '#']).next().unwrap_or_default().trim();
        let read = Cli::try_parse_from(["jwtick".to_owned()].into_iter().chain(words(ours)));
        assert!(read.is_ok(), "{line}: {}", read.err().unwrap());
    }

    #[test]
    fn every_example_parses() {
        all_notes().flat_map(|notes| notes.examples).for_each(|(_, line)| parses(line));
    }

    #[test]
    fn every_command_of_the_readme_parses() {
        let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
        let readme = std::fs::read_to_string(readme).unwrap();
        let blocks = readme.split("```\n").skip(1).step_by(2);
        let is_ours = |line: &&str| line.contains("jwtick ") || line.starts_with("cargo run ");
        let lines: Vec<&str> = blocks.flat_map(str::lines).filter(is_ours).collect();
        assert!(lines.len() > 15, "{lines:?}");
        lines.into_iter().for_each(parses);
    }

    #[test]
    fn page_refers_to_its_parent() {
        for (name, above) in [("jwtick-key-generate", "jwtick-key"), ("jwtick-stand-in", "jwtick")]
        {
            let (_, text) = commands().into_iter().find(|(it, _)| title(it) == name).unwrap();
            assert!(text.contains(&format!(".SH \"SEE ALSO\"\n\\fB{above}\\fR(1)\n")), "{text}");
        }
    }

    #[test]
    fn page_of_the_configuration_file_has_every_key() {
        let page = pages(Cli::command()).unwrap().pop().unwrap();
        let text = String::from_utf8(page.text).unwrap().replace("\\-", "-");
        assert_eq!(page.name, "jwtick.toml.5");
        fn has<S>(text: &str, keys: &[Key<S>]) {
            for key in keys {
                assert!(text.contains(&format!("\\fB{}\\fR = ", key.name)), "{}\n{text}", key.name);
                let text = text.replace("\\*(Aq", "'");
                assert!(text.contains(key.meaning), "{}\n{text}", key.name);
            }
        }
        has(&text, KEYS);
        has(&text, Sections::SERVE.1);
        has(&text, Sections::CLIENT.1);
        has(&text, Sections::DPOP.1);
        has(&text, Sections::ISSUER.1);
        has(&text, Sections::FETCH.1);
        has(&text, Sections::ROUTE.1);
    }
}
