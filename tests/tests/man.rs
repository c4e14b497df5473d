//! `jwtick man`: one complete page for each command, in the folder that was named.
#![cfg(test)]

use std::fs;

use jwtick_tests::jwtick;

#[test]
fn prints_the_main_page() {
    let done = jwtick(["man"]).run();
    assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
    assert!(done.stdout.contains("\n.TH jwtick 1 "), "{done}");
}

#[test]
fn writes_a_page_for_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("share/man1");
    // The second run overwrites the pages of the first.
    for _ in 0..2 {
        let done = jwtick(["man".as_ref(), path.as_os_str()]).run();
        assert_eq!(
            (done.code(), done.stdout.as_str(), done.stderr.as_str()),
            (0, "", ""),
            "{done}"
        );
    }
    let mut names: Vec<String> = fs::read_dir(&path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in ["jwtick.1", "jwtick-diagnose.1", "jwtick-key-generate.1", "jwtick-stand-in.1"] {
        assert!(names.iter().any(|it| it == name), "{name}: {names:?}");
    }
    assert!(names.iter().all(|name| name.ends_with(".1")), "{names:?}");
}

#[test]
fn path_that_is_no_folder_is_refused() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let done = jwtick(["man".as_ref(), file.path().as_os_str()]).run();
    assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{done}");
    assert!(done.stderr.contains("cannot write "), "{done}");
}
