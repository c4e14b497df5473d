//! The file that `jwtick config init` writes: every key with its meaning, commented out.

use super::parse::{KEYS, Key};

/// Columns of a line, so that the file fits any editor.
const WIDTH: usize = 80;

const INTRODUCTION: &str = "\
# Settings of jwtick. Remove the `# ` before a key to set it; every key is
# optional, and options of the command line override it.
#
# `jwtick config check` shows the settings in force, and jwtick.toml(5)
# describes the file. Keep it writable by its owner alone: it decides which
# servers are trusted.
";

/// The text of the file.
pub(crate) fn commented() -> String {
    let mut text = INTRODUCTION.to_owned();
    KEYS.iter().for_each(|key| add(key, &mut text));
    text
}

fn add(key: &Key, text: &mut String) {
    let Key { name, kind, default, example, meaning, .. } = key;
    text.push('\n');
    add_comment(meaning, text);
    add_comment(&format!("Type: {kind}. Default: {default}."), text);
    text.push_str(&format!("# {name} = {example}\n"));
}

fn add_comment(words: &str, text: &mut String) {
    let mut line = String::from("#");
    for word in words.split(' ') {
        if line.chars().count().saturating_add(word.chars().count()) >= WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}
