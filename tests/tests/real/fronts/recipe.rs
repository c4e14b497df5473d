//! The recipe of `fixtures/fronts/README.md`, as a new operator runs it.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use jwtick_tests::{fixture, program, project, tool};

/// The ports and the files of the system are those of the recipe alone.
const ALONE: [&str; 6] = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
const PREPARED: &str = "ip link set lo up && mount -t tmpfs tmpfs /run && exec bash -eu recipe.sh";

#[test]
fn recipe_of_the_readme_protects_a_page() {
    let readme = fs::read_to_string(fixture("fronts/README.md")).unwrap();
    let (_, section) = readme.split_once("## From nothing to a protected page\n").unwrap();
    let mut blocks = section.split("```\n").skip(1).step_by(2);
    let (recipe, shown) = (blocks.next().unwrap(), blocks.next().unwrap());
    let folder = tempfile::tempdir().unwrap();
    symlink(project().join("fixtures"), folder.path().join("fixtures")).unwrap();
    fs::write(folder.path().join("recipe.sh"), recipe).unwrap();
    let mut path = program().parent().unwrap().as_os_str().to_owned();
    path.push(":/usr/sbin:/usr/bin:/sbin:/bin");
    let mut unshare = Command::new(tool("unshare"));
    unshare.args(ALONE).args(["/bin/sh", "-c", PREPARED]);
    let done = unshare.env("PATH", path).current_dir(&folder).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\r', "");
    let (printed, said) = (text(&done.stdout), text(&done.stderr));
    let mut lines = printed.lines();
    for line in shown.lines() {
        let is_shown = |it: &str| match line.strip_suffix('…') {
            Some(start) => it.starts_with(start),
            None => it == line,
        };
        assert!(lines.any(is_shown), "{line:?} was not printed there: {printed}\n{said}");
    }
}
