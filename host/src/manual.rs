//! The manual pages, one per command: built from the clap definition and from hand-written notes.
//!
//! The sections are in the order of man-pages(7).

mod notes;
mod surroundings;
#[cfg(test)]
mod tests;

use std::io;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use notes::Notes;

/// A page of section 1 of the manual.
pub(crate) struct Page {
    /// The file name.
    pub(crate) name: String,
    /// The source for groff and mandoc.
    pub(crate) text: Vec<u8>,
}

/// The page of `program`, followed by those of its subcommands.
///
/// # Errors
/// None in practice: the pages are written to memory.
pub(crate) fn pages(program: Command) -> io::Result<Vec<Page>> {
    let mut program = program.disable_help_subcommand(true);
    program.build();
    let mut pages = Vec::new();
    add(&program, None, &mut pages)?;
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

/// The first line of a page in a section of the manual.
///
/// It has no date, which would be that of the build: every build of a version gives the same pages.
fn title_line(title: &str, section: u8, manual: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(".TH {title} {section} \"\" \"jwtick {version}\" \"{manual}\"\n")
}

fn description(notes: &Notes) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["DESCRIPTION"]);
    paragraphs(&mut roff, notes.description);
    roff
}

fn paragraphs(roff: &mut Roff, texts: &[&str]) {
    for (number, text) in texts.iter().enumerate() {
        if number > 0 {
            roff.control("PP", []);
        }
        roff.text([roman(*text)]);
    }
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
    roff.control("RS", ["4"]);
    roff.control("nf", []);
    for line in lines.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff.control("RE", []);
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

/// The notes of all commands.
fn all_notes() -> impl Iterator<Item = &'static Notes> {
    [notes::program::COMMANDS, notes::clocks::COMMANDS, notes::tokens::COMMANDS]
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
