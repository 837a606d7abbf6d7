//! Which files are read.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// A folder of files and what lies in it.
fn folder(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in names {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
        fs::write(path, "{\"text\":\"a\"}").expect("a file");
    }
    folder
}

fn names(plan: &Plan, folder: &Path) -> Vec<String> {
    let paths = plan.files.iter().map(|file| &file.path);
    paths
        .map(|path| {
            path.strip_prefix(folder)
                .unwrap_or(path)
                .display()
                .to_string()
        })
        .collect()
}

#[test]
fn a_folder_is_walked_in_the_order_of_bytes() {
    let folder = folder(&[
        "b/c.jsonl",
        "b.txt",
        "b/a.csv.gz",
        ".git/x.txt",
        "README.md",
        "b/.h.txt",
        "z.json",
    ]);
    let plan = plan(&[folder.path().to_owned()], &PlanOptions::default()).expect("a plan");
    assert_eq!(
        names(&plan, folder.path()),
        ["b.txt", "b/a.csv.gz", "b/c.jsonl", "z.json"]
    );
    assert_eq!(plan.ignored, [folder.path().join("README.md")]);
    let packed = plan.files.get(1).expect("four");
    assert_eq!(
        (packed.format, packed.compression, packed.bytes),
        (Format::Csv, Compression::Gzip, Some(12))
    );
    assert!(packed.name.ends_with("/b/a.csv.gz"));
}

#[test]
fn a_file_named_twice_is_read_once() {
    let folder = folder(&["a.txt", "b.txt"]);
    let a = folder.path().join("a.txt");
    let inputs = [
        a.clone(),
        folder.path().join("./a.txt"),
        folder.path().to_owned(),
        a,
    ];
    let plan = plan(&inputs, &PlanOptions::default()).expect("a plan");
    assert_eq!(names(&plan, folder.path()), ["a.txt", "b.txt"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_survived() {
    use std::os::unix::fs::symlink;
    let folder = folder(&["a/x.txt", "b/y.txt"]);
    let other = self::folder(&["far.txt"]);
    let link =
        |target: &Path, name: &str| symlink(target, folder.path().join(name)).expect("a link");
    link(folder.path(), "a/loop");
    link(other.path(), "c");
    link(&folder.path().join("a/x.txt"), "z.txt");
    link(Path::new("nowhere"), "gone.txt");
    link(Path::new("nowhere"), "gone");
    let plan = plan(&[folder.path().to_owned()], &PlanOptions::default()).expect("a plan");
    assert_eq!(
        names(&plan, folder.path()),
        ["a/x.txt", "b/y.txt", "c/far.txt", "gone.txt"]
    );
    assert_eq!(plan.ignored, [folder.path().join("gone")]);
}

#[test]
fn a_pattern_is_expanded_and_must_match() {
    let folder = folder(&["b.txt", "a.txt", "c.md", "d/e.txt"]);
    let at = |pattern: &str| vec![folder.path().join(pattern)];
    let options = PlanOptions::default();
    let found = plan(&at("*.txt"), &options).expect("a plan");
    assert_eq!(names(&found, folder.path()), ["a.txt", "b.txt"]);
    let found = plan(&at("**/*"), &options).expect("a plan");
    assert_eq!(names(&found, folder.path()), ["a.txt", "b.txt", "d/e.txt"]);
    assert_eq!(found.ignored.len(), 1);
    assert!(matches!(
        plan(&at("*.csv"), &options),
        Err(InputError::NoMatch(_))
    ));
    assert!(matches!(
        plan(&at("a[.txt"), &options),
        Err(InputError::Pattern { .. })
    ));
    // What exists under this very name is no pattern.
    fs::write(folder.path().join("q[1].txt"), "a").expect("a file");
    assert_eq!(
        plan(&at("q[1].txt"), &options).expect("a plan").files.len(),
        1
    );
}

#[test]
fn what_is_named_must_be_there_and_known() {
    let folder = folder(&["notes.md"]);
    let notes = folder.path().join("notes.md");
    let options = PlanOptions::default();
    let missing = plan(&[folder.path().join("no.txt")], &options).expect_err("missing");
    assert!(missing.to_string().contains("no.txt") && missing.to_string().contains("check"));
    let unknown = plan(std::slice::from_ref(&notes), &options).expect_err("unknown");
    assert!(unknown.to_string().contains("--format"));
    let given = PlanOptions {
        format: Some(Format::Text),
        ..options
    };
    assert_eq!(plan(&[notes], &given).expect("a plan").files.len(), 1);
    assert_eq!(
        plan(&[folder.path().to_owned()], &given)
            .expect("a plan")
            .files
            .len(),
        1
    );
}

#[test]
fn the_output_is_never_read() {
    let folder = folder(&["a.txt", "out/shard.jsonl", "out.jsonl"]);
    let inside = [folder.path().to_owned()];
    for (output, expected) in [
        ("out", vec!["a.txt", "out.jsonl"]),
        ("out.jsonl", vec!["a.txt", "out/shard.jsonl"]),
    ] {
        let exclude = Some(folder.path().join(output));
        let options = PlanOptions {
            exclude,
            ..PlanOptions::default()
        };
        let plan = plan(&inside, &options).expect("a plan");
        assert_eq!(names(&plan, folder.path()), expected);
    }
    let exclude = Some(folder.path().join("out"));
    let options = PlanOptions {
        exclude,
        ..PlanOptions::default()
    };
    let shard = folder.path().join("out/shard.jsonl");
    assert!(matches!(
        plan(&[shard], &options),
        Err(InputError::IsOutput(_))
    ));
}

#[test]
fn standard_input_is_json_lines_unless_said() {
    let stdin = [PathBuf::from("-")];
    let read = plan(&stdin, &PlanOptions::default()).expect("a plan");
    let file = read.files.first().expect("one");
    assert!(file.is_stdin() && file.format == Format::JsonLines && &*file.name == "-");
}
