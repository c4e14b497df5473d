//! Contents of the packages as published to a registry.
#![cfg(test)]

use std::process::Command;

use jwtick_tests::project;

/// The names of the files of a package, as Cargo would pack them.
fn files(package: &str) -> Vec<String> {
    let mut list = Command::new(env!("CARGO"));
    list.args(["package", "--list", "--offline", "--allow-dirty", "--package", package]);
    let done = list.current_dir(project()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn package_is_complete_and_holds_nothing_else() {
    for (package, own) in [("jwtick-core", "src/lib.rs"), ("jwtick", "build.rs")] {
        let files = files(package);
        for name in ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "Cargo.toml", own] {
            assert!(files.iter().any(|file| file == name), "{package}: {name} is missing");
        }
        let ours = ["Cargo.", ".cargo_vcs_info.json", "LICENSE-", "README.md", "build.rs", "src/"];
        let stranger = files.iter().find(|file| !ours.iter().any(|own| file.starts_with(own)));
        assert_eq!(stranger, None, "{package}");
    }
}

#[test]
fn registry_metadata_is_present() {
    let mut metadata = Command::new(env!("CARGO"));
    metadata.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let done = metadata.current_dir(project()).output().unwrap();
    let known: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let packages = known["packages"].as_array().unwrap();
    // All packages that may be published: `publish` is null.
    let public: Vec<_> = packages.iter().filter(|package| package["publish"].is_null()).collect();
    let names: Vec<_> = public.iter().filter_map(|package| package["name"].as_str()).collect();
    assert_eq!(names, ["jwtick-core", "jwtick"]);
    for package in public {
        for field in ["description", "license", "readme", "rust_version"] {
            assert!(package[field].is_string(), "{}: {field}", package["name"]);
        }
        for field in ["keywords", "categories"] {
            let count = package[field].as_array().map_or(0, Vec::len);
            assert!((1..=5).contains(&count), "{}: {count} {field}", package["name"]);
        }
    }
}
