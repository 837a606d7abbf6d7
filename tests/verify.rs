//! `verify` finds what was changed behind its back.

mod common;

use std::fs;
use std::path::Path;

use common::{annotate, arg, headcount, wire};
use serde_json::Value;

/// A finished run of five articles and a reject.
fn finished() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("wire.jsonl");
    fs::write(&input, format!("{}{{\"id\": \"broken\n", wire(5))).expect("written");
    let output = folder.path().join("out");
    annotate(&[arg(&input), "-o", arg(&output), "--shard-size", "3"], 1);
    (folder, output)
}

/// What `verify` prints, and its exit code.
fn verify(run: &Path) -> (String, Option<i32>) {
    let output = headcount()
        .args(["verify", arg(run)])
        .output()
        .expect("runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    (told, output.status.code())
}

/// Rewrites the first shard by `change` and mends its hashes everywhere, as a careful forger would.
fn forge(run: &Path, change: impl Fn(&mut Value)) {
    let part = run.join("part-00000.jsonl");
    let text = fs::read_to_string(&part).expect("read");
    let (first, rest) = text.split_once('\n').expect("lines");
    let mut record: Value = serde_json::from_str(first).expect("JSON");
    change(&mut record);
    let forged = format!("{record}\n{rest}");
    fs::write(&part, &forged).expect("written");
    let digest = headcount::digest::sha256(forged.as_bytes());
    let patch = |receipt: &mut Value| {
        receipt["files"][0]["sha256"] = digest.clone().into();
        receipt["files"][0]["bytes"] = forged.len().into();
    };
    let receipt = run.join("receipts/part-00000.json");
    let mut value: Value =
        serde_json::from_slice(&fs::read(&receipt).expect("read")).expect("JSON");
    patch(&mut value);
    fs::write(&receipt, value.to_string()).expect("written");
    let manifest = run.join("MANIFEST.json");
    let mut value: Value =
        serde_json::from_slice(&fs::read(&manifest).expect("read")).expect("JSON");
    patch(&mut value["shards"][0]);
    fs::write(&manifest, value.to_string()).expect("written");
}

#[test]
fn a_sound_run_has_no_findings() {
    let (_folder, run) = finished();
    let (told, code) = verify(&run);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("6 in = 5 annotated + 1 rejected"), "{told}");
}

#[test]
fn a_changed_byte_is_found() {
    let (_folder, run) = finished();
    let part = run.join("part-00000.jsonl");
    let text = fs::read_to_string(&part)
        .expect("read")
        .replacen("Kunduz", "Kundus", 1);
    fs::write(&part, text).expect("written");
    let (told, code) = verify(&run);
    assert_eq!(code, Some(1));
    assert!(told.contains("part-00000.jsonl: its SHA-256"), "{told}");
}

#[test]
fn a_lost_and_a_stray_file_are_found() {
    let (_folder, run) = finished();
    fs::rename(
        run.join("rejects/part-00001.jsonl"),
        run.join("rejects/part-00009.jsonl"),
    )
    .expect("renamed");
    let (told, code) = verify(&run);
    assert_eq!(code, Some(1));
    assert!(
        told.contains("rejects/part-00009.jsonl: no receipt"),
        "{told}"
    );
    assert!(
        told.contains("rejects/part-00001.jsonl: No such file"),
        "{told}"
    );
}

/// What a forger does to a record.
type Forgery = fn(&mut Value);

#[test]
fn forged_records_are_found_although_all_hashes_agree() {
    let forgeries: [(&str, Forgery); 6] = [
        ("is not the text at its offsets", |record| {
            record["mentions"][0]["start"] = 1.into();
        }),
        ("do not reach the end", |record| {
            record["text"] = format!("{}x", record["text"].as_str().unwrap_or("")).into()
        }),
        ("not a record", |record| record["extra"] = 1.into()),
        ("not a record", |record| {
            record.as_object_mut().expect("an object").remove("actors");
        }),
        ("schema is", |record| {
            record["schema"] = "headcount/9".into()
        }),
        ("who is not in actors", |record| {
            record["mentions"][0]["actor"] = "nobody".into();
        }),
    ];
    for (expected, forgery) in forgeries {
        let (_folder, run) = finished();
        forge(&run, forgery);
        let (told, code) = verify(&run);
        assert_eq!(code, Some(1), "{expected}: {told}");
        assert!(told.contains("part-00000.jsonl:1:"), "{told}");
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

#[test]
fn an_unfinished_run_is_refused_with_the_remedy() {
    let (_folder, run) = finished();
    fs::remove_file(run.join("MANIFEST.json")).expect("removed");
    let (told, code) = verify(&run);
    assert_eq!(code, Some(2));
    assert!(told.contains("no finished run"), "{told}");
}
