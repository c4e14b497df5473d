//! The manual pages, one a command: what clap knows of it, and what only people know.
//!
//! The order of the sections is that of man-pages(7).

mod notes;
mod surroundings;
#[cfg(test)]
mod tests;

use std::io;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::notation::civil;
use crate::source::os;

use notes::Notes;

/// A page of the first section of the manual.
pub(crate) struct Page {
    /// The name of its file.
    pub(crate) name: String,
    /// What groff and mandoc read.
    pub(crate) text: Vec<u8>,
}

/// The page of `program`, and then those of the commands below it.
///
/// # Errors
/// None that memory does not give.
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

/// `jwtick-key-generate`.
fn title(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(command: &Command, above: Option<&str>) -> io::Result<Vec<u8>> {
    let date = civil::utc(os::built()).unwrap_or_default();
    let version = concat!("jwtick ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone())
        .date(date.split(' ').next().unwrap_or_default())
        .source(version)
        .manual("User Commands");
    let notes = Notes::of(title(command));
    let mut text = Vec::new();
    man.render_title(&mut text)?;
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

fn paragraphs(roff: &mut Roff, texts: &[&str]) {
    for (number, text) in texts.iter().enumerate() {
        if number > 0 {
            roff.control("PP", []);
        }
        roff.text([roman(*text)]);
    }
}

/// Terms, and what they mean.
fn list(roff: &mut Roff, rows: impl IntoIterator<Item = (String, &'static str)>) {
    for (term, meaning) in rows {
        roff.control("TP", []);
        roff.text([bold(term)]);
        roff.text([roman(meaning)]);
    }
}

/// The examples of the notes, and what clap shows below its options.
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

/// The command above; those below have a section of their own.
fn see_also(above: Option<&str>) -> Roff {
    let mut roff = Roff::new();
    if let Some(above) = above {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold(above), roman("(1)")]);
    }
    roff
}
