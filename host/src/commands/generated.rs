//! `jwtick completions` and `jwtick man`: files generated from the command-line definition.

use std::fs;
use std::path::{Path, PathBuf};

use clap::builder::ValueHint;
use clap::{Arg, Command};
use clap_complete::{Shell, generate};
use jwtick_core::words::Language;

use super::error::Error;
use crate::exit::Exit;
use crate::file::{self, FileFault};
use crate::keys;
use crate::manual::{self, Page};
use crate::output::{self, WriteError};

/// Prints the completion script of `shell`.
///
/// # Errors
/// [`Error::Write`] if standard output cannot be written.
pub(crate) fn completions(shell: Shell, program: Command) -> Result<Exit, Error> {
    let mut script = Vec::new();
    generate(shell, &mut with_hints(program), "jwtick", &mut script);
    let script = without_hidden(&String::from_utf8_lossy(&script));
    output::print(&match shell {
        // bash completes the names of files where no value fits, unless told not to.
        Shell::Bash => {
            BASH_KIDS.to_owned() + &script.replace(AFTER_VALUES, NO_FILES).replace(AFTER_KID, KIDS)
        }
        Shell::Zsh => with_kids(&script, "'--kid=[", "ID:' \\", "ID:_jwtick_kids' \\").replacen(
            "_jwtick() {",
            &format!("{ZSH_KIDS}_jwtick() {{"),
            1,
        ),
        Shell::Fish => {
            FISH_KIDS.to_owned()
                + &with_kids(&script, " -l kid ", " -r -f", " -r -f -a '(__jwtick_kids)'")
        }
        _ => script,
    })?;
    Ok(Exit::Done)
}

/// The script without the option that only scripts use: clap writes hidden ones, too.
fn without_hidden(script: &str) -> String {
    const LINES: [&str; 4] = ["--kids=[", " -l kids ", "cand --kids", "'--kids'"];
    let is_shown = |line: &&str| !LINES.iter().any(|part| line.contains(part));
    let shown = script.lines().filter(is_shown).map(|line| format!("{line}\n"));
    shown.collect::<String>().replace(" --kids ", " ")
}

/// The script with another end of the lines that contain `part`.
fn with_kids(script: &str, part: &str, end: &str, kids: &str) -> String {
    let line = |line: &str| match line.strip_suffix(end) {
        Some(start) if line.contains(part) => format!("{start}{kids}\n"),
        _ => format!("{line}\n"),
    };
    script.lines().map(line).collect()
}

/// The largest file whose key IDs are completed.
const LARGEST: u64 = 1 << 20;

/// Prints the IDs of the keys in a file of this machine. Nothing is fetched, and no password is asked for
/// where standard input is no terminal. bash evaluates the words of a completion, so only IDs without
/// characters of a shell are printed.
///
/// # Errors
/// [`Error::Write`] if standard output cannot be written.
pub(crate) fn kids(file: Option<&Path>, language: Language) -> Result<Exit, Error> {
    let is_small = |file: &&Path| {
        fs::metadata(file).is_ok_and(|about| about.is_file() && about.len() <= LARGEST)
    };
    let keys = file.filter(is_small).and_then(|file| keys::from_file(file, None, language).ok());
    let is_plain = |id: &String| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte);
        !id.is_empty() && id.bytes().all(plain)
    };
    let ids = keys.map(|keys| keys.ids()).unwrap_or_default();
    output::print(&ids.into_iter().filter(is_plain).map(|id| id + "\n").collect::<String>())?;
    Ok(Exit::Done)
}

/// Words of the command line are as they were typed, quoted and with `~`; nothing of them is evaluated.
const BASH_KIDS: &str = r#"_jwtick_kids() {
    local at word key=
    for ((at = 1; at < COMP_CWORD; at++)); do
        word=${COMP_WORDS[at]}
        [[ $word == --key ]] || continue
        key=${COMP_WORDS[at + 1]}
        [[ $key != = ]] || key=${COMP_WORDS[at + 2]}
    done
    key=${key//[\"\'\\]/}
    [[ -z $key ]] || command jwtick completions --kids="${key/#\~\//$HOME/}" </dev/null 2>/dev/null
}

"#;
const ZSH_KIDS: &str = r#"_jwtick_kids() {
    local at key=
    local -a kids
    for ((at = 1; at < CURRENT; at++)); do
        case ${words[at]} in
            --key) key=${words[at + 1]} ;;
            --key=*) key=${words[at]#--key=} ;;
        esac
    done
    key=${(Q)key}
    [[ -n $key ]] || return 1
    kids=(${(f)"$(command jwtick completions --kids="${key/#\~\//$HOME/}" </dev/null 2>/dev/null)"})
    compadd -a kids
}

"#;
const FISH_KIDS: &str = r#"function __jwtick_kids
    set -l key
    set -l words (commandline -opc)
    for at in (seq (count $words))
        switch $words[$at]
            case --key
                set key $words[(math $at + 1)]
            case '--key=*'
                set key (string sub -s 7 -- $words[$at])
        end
    end
    set -q key[1]; or return
    command jwtick completions --kids=(string replace -r '^~/' "$HOME/" -- $key) </dev/null 2>/dev/null
end

"#;

/// The completion of `--kid` in the script for bash.
const AFTER_KID: &str = r#"                --kid)
                    COMPREPLY=("${cur}")
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace"#;
const KIDS: &str = r#"                --kid)
                    COMPREPLY=($(compgen -W "$(_jwtick_kids)" -- "${cur}"))
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt +o default +o bashdefault"#;

/// The lines after the values of an option in the script for bash, of an option that takes no file.
const AFTER_VALUES: &str = r#" -- "${cur}"))
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace"#;
const NO_FILES: &str = r#" -- "${cur}"))
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt +o default +o bashdefault"#;

/// The command with hints, so that names of files are completed only where one is expected.
fn with_hints(command: Command) -> Command {
    command.mut_args(with_hint).mut_subcommands(with_hints)
}

fn with_hint(argument: Arg) -> Arg {
    let is_file = |name: &clap::builder::Str| name.contains("FILE");
    let names_file = argument.get_value_names().is_some_and(|names| names.iter().any(is_file));
    // A path has a hint of its own.
    let is_open = argument.get_value_hint() == ValueHint::Unknown;
    if argument.get_action().takes_values() && is_open && !names_file {
        argument.value_hint(ValueHint::Other)
    } else {
        argument
    }
}

/// Writes every page into `folder`, creating it if necessary. Without a folder, prints the first
/// page.
///
/// # Errors
/// [`Error::File`] if the folder or a page cannot be written, [`Error::Write`] if standard output
/// cannot be written.
pub(crate) fn man(folder: Option<&Path>, program: Command) -> Result<Exit, Error> {
    let pages = manual::pages(program).map_err(|source| Error::Write(WriteError(source)))?;
    match folder {
        Some(folder) => write(&pages, folder)?,
        None => pages.first().map_or(Ok(()), |page| output::print(&text(page)))?,
    }
    Ok(Exit::Done)
}

fn text(page: &Page) -> String {
    String::from_utf8_lossy(&page.text).into_owned()
}

fn write(pages: &[Page], folder: &Path) -> Result<(), Error> {
    for page in pages {
        let folder = folder_of(page, folder);
        let failed = |source| FileFault::Write(source).of(file::shown(&folder));
        fs::create_dir_all(&folder).map_err(failed)?;
        file::replace(&folder.join(&page.name), file::Readers::Usual, &page.text)?;
    }
    Ok(())
}

// man(1) looks for pages of section 5 only in folders of that name.
fn folder_of(page: &Page, folder: &Path) -> PathBuf {
    if page.name.ends_with(".5") && folder.file_name().is_some_and(|name| name == "man1") {
        folder.with_file_name("man5")
    } else {
        folder.to_owned()
    }
}
