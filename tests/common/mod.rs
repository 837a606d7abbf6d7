//! What the black-box tests share: running the built binary, and looking at what it wrote.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The binary, told nothing by the environment.
pub fn headcount() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headcount"));
    command.current_dir(root()).env("NO_COLOR", "1");
    command
}

/// The root of the repository, from which paths in the tests are given.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Data beside the repository, which not every machine has; a test that needs it skips without.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(path);
    if !path.exists() {
        eprintln!("skipped: {} is not on this machine", path.display());
    }
    path.exists().then_some(path)
}

/// Runs `annotate` with these arguments and expects the exit code.
pub fn annotate(arguments: &[&str], code: i32) -> Output {
    let output = headcount()
        .arg("annotate")
        .args(arguments)
        .output()
        .expect("the binary runs");
    assert_eq!(
        output.status.code(),
        Some(code),
        "annotate {arguments:?}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Runs `annotate` on a small file with arguments for which it cannot run, and gives what it says.
pub fn refused(arguments: &[&str]) -> String {
    let to_nowhere = ["corpus/wire.jsonl", "-o", "-"];
    let output = annotate(&[&to_nowhere, arguments].concat(), 2);
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Asserts that `verify` finds nothing wrong with a run.
pub fn is_sound(run: &Path) {
    let verified = headcount()
        .args(["verify", arg(run)])
        .output()
        .expect("the binary runs");
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
}

/// A path as an argument.
pub fn arg(path: &Path) -> &str {
    path.to_str().expect("a UTF-8 path")
}

/// All files of a run folder with their bytes; the lock's folder left out.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(folder).expect("inside");
            if name.starts_with(".headcount") {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = std::fs::read(&path).expect("a file");
                files.insert(name.to_string_lossy().into_owned(), bytes);
            }
        }
    }
    files
}

/// The lines of a JSONL file.
pub fn lines(bytes: &[u8]) -> Vec<Value> {
    std::str::from_utf8(bytes)
        .expect("UTF-8")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

/// All records of a run folder that is not compressed.
pub fn records(folder: &Path) -> Vec<Value> {
    parts(folder, "part-")
}

/// All lines of `rejects/` or `skipped/`.
pub fn parts(folder: &Path, prefix: &str) -> Vec<Value> {
    tree(folder)
        .iter()
        .filter(|(name, _)| name.starts_with(prefix))
        .flat_map(|(_, bytes)| lines(bytes))
        .collect()
}

/// The counts of the manifest.
pub fn counts(folder: &Path) -> Value {
    let manifest = std::fs::read(folder.join("MANIFEST.json")).expect("a manifest");
    serde_json::from_slice::<Value>(&manifest).expect("JSON")["counts"].clone()
}

/// JSON lines with `count` short articles, no two alike.
pub fn wire(count: usize) -> String {
    (0..count)
        .map(|index| {
            let body = format!(
                "KABUL: At least {} people were killed in Kunduz on Monday, officials said. Ahmad \
                 Karimi, a spokesman for the governor, blamed the Taliban.",
                index + 2
            );
            let line = serde_json::json!({"id": format!("a{index}"), "text": body});
            format!("{line}\n")
        })
        .collect()
}

/// Annotates these inputs into the folder `out` of a new one and expects the exit code: the folder, records, rejects.
pub fn annotated(inputs: &[&Path], code: i32) -> (tempfile::TempDir, Vec<Value>, Vec<Value>) {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("out");
    let mut arguments: Vec<&str> = inputs.iter().map(|path| arg(path)).collect();
    arguments.extend(["-o", arg(&output)]);
    annotate(&arguments, code);
    is_sound(&output);
    let (records, rejects) = (records(&output), parts(&output, "rejects/"));
    let counts = counts(&output);
    assert_eq!(counts["annotated"].as_u64(), Some(records.len() as u64));
    assert_eq!(counts["rejected"].as_u64(), Some(rejects.len() as u64));
    (folder, records, rejects)
}

/// Packed, in one member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}
