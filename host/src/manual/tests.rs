//! Every option and subcommand is on its page, and every example parses.

use clap::{CommandFactory, Parser};

use super::*;
use crate::cli::Cli;
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
        let options: Vec<&str> = text.lines().filter(|line| line.starts_with("\\fB-")).collect();
        for option in command.get_arguments().filter_map(|argument| argument.get_long()) {
            let option = format!("\\fB--{option}\\fR");
            assert!(options.iter().any(|line| line.contains(&option)), "{name}: {option}");
        }
        for below in command.get_subcommands() {
            assert!(text.contains(&format!("{name}-{}(1)", below.get_name())), "{name}\n{text}");
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

#[test]
fn every_example_parses() {
    for notes in all_notes() {
        for (_, line) in notes.examples {
            let ours = line.split_once("jwtick ").map_or(*line, |(_, ours)| ours);
            let ours = ours.split(['|', '<', '>']).next().unwrap_or_default().trim();
            let read = Cli::try_parse_from(["jwtick".to_owned()].into_iter().chain(words(ours)));
            assert!(read.is_ok(), "{line}: {}", read.err().unwrap());
        }
    }
}

#[test]
fn page_refers_to_its_parent() {
    for (name, above) in [("jwtick-key-generate", "jwtick-key"), ("jwtick-stand-in", "jwtick")] {
        let (_, text) = commands().into_iter().find(|(it, _)| title(it) == name).unwrap();
        assert!(text.contains(&format!(".SH \"SEE ALSO\"\n\\fB{above}\\fR(1)\n")), "{text}");
    }
}
