//! `--retry-rejects`: what a run rejected is taken again, and nothing of it is lost.

mod common;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use common::{annotate, arg, counts, lines, parts, records, tree};
use serde_json::json;

/// Articles under a key that nobody guesses, in every format, some of them longer than a reject keeps.
fn archive(folder: &Path) -> PathBuf {
    let archive = folder.join("news");
    fs::create_dir(&archive).expect("made");
    let story = |index: usize| match index % 4 {
        3 => format!(
            "Omar Haidari met 12 ministers{}in Herat.",
            " ".repeat(70_000)
        ),
        _ => format!("Omar Haidari met {} ministers in Herat.", index + 2),
    };
    let object = |index| json!({"id": format!("j{index}"), "zzz": story(index)}).to_string();
    let objects: Vec<String> = (0..6).map(object).collect();
    let rows = |separator: char| {
        let row = |index| format!("r{index}{separator}\"{}\"\r\n", story(index));
        format!("id{separator}zzz\r\n") + &(0..6).map(row).collect::<String>()
    };
    fs::write(archive.join("a.jsonl"), objects.join("\n")).expect("written");
    fs::write(archive.join("b.json"), format!("[{}]", objects.join(","))).expect("written");
    fs::write(archive.join("c.csv"), rows(',')).expect("written");
    fs::write(archive.join("d.tsv"), rows('\t')).expect("written");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed
        .write_all(objects.join("\n").as_bytes())
        .expect("written");
    fs::write(archive.join("e.jsonl.gz"), packed.finish().expect("packed")).expect("written");
    archive
}

#[test]
fn a_retry_gives_the_records_of_a_run_that_knew_better() {
    let folder = tempfile::tempdir().expect("a folder");
    let news = archive(folder.path());
    let path = |name: &str| folder.path().join(name);
    let (first, again, full) = (path("first"), path("again"), path("full"));
    annotate(&[arg(&news), "-o", arg(&first), "--shard-size", "7"], 1);
    assert_eq!(counts(&first)["rejected"], 30);
    let before = tree(&first);
    let retry = |output, jobs, size| {
        [
            "--retry-rejects",
            arg(&first),
            "-o",
            output,
            "--text-key",
            "zzz",
            "--jobs",
            jobs,
            "--shard-size",
            size,
        ]
    };
    annotate(&retry(arg(&again), "2", "1000"), 0);
    assert_eq!(counts(&again)["in"], 30);
    assert_eq!(counts(&again)["annotated"], 30);
    annotate(&[arg(&news), "-o", arg(&full), "--text-key", "zzz"], 0);
    assert_eq!(records(&again), records(&full));
    common::is_sound(&again);
    assert_eq!(
        tree(&first),
        before,
        "the run that is retried stays as it was"
    );
    // Determinism and resuming are those of any run.
    let other = path("other");
    annotate(&retry(arg(&other), "1", "1000"), 0);
    assert_eq!(tree(&other), tree(&again));
    let once_more = annotate(&retry(arg(&other), "1", "1000"), 0);
    assert!(String::from_utf8_lossy(&once_more.stderr).contains("1 of 1 shards were done before"));
    annotate(&retry(arg(&other), "1", "4"), 0);
    assert_eq!(records(&other), records(&full));
}

#[test]
fn a_file_that_was_cut_is_taken_from_there_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let news = archive(folder.path());
    let path = |name: &str| folder.path().join(name);
    let (first, again, full) = (path("first"), path("again"), path("full"));
    let packed = news.join("e.jsonl.gz");
    let (array, table) = (news.join("b.json"), news.join("c.csv"));
    let whole: Vec<Vec<u8>> = [&packed, &array, &table]
        .map(|path| fs::read(path).expect("read"))
        .to_vec();
    // Inside a stream, a value, a quoted cell.
    for (path, bytes) in [&packed, &array, &table].into_iter().zip(&whole) {
        fs::write(path, &bytes[..bytes.len() - 40]).expect("written");
    }
    let key = ["--text-key", "zzz"];
    let first_run = [arg(&news), "-o", arg(&first), key[0], key[1]];
    annotate(&first_run, 1);
    let lost = counts(&first)["rejected"].as_u64().expect("a number");
    assert_eq!(lost, 3);
    let retry = ["--retry-rejects", arg(&first), "-o", arg(&again)];
    let retry = [&retry[..], &key[..]].concat();
    annotate(&retry, 1);
    assert_eq!(counts(&again)["rejected"], 3, "they are still cut");
    for (path, bytes) in [&packed, &array, &table].into_iter().zip(&whole) {
        fs::write(path, bytes).expect("written");
    }
    annotate(&retry, 0);
    annotate(&[arg(&news), "-o", arg(&full), key[0], key[1]], 0);
    let mut joined = records(&first);
    joined.extend(records(&again));
    let place = |record: &serde_json::Value| {
        let source = &record["source"];
        (source["path"].to_string(), source["record"].as_u64())
    };
    joined.sort_by_key(place);
    let mut expected = records(&full);
    expected.sort_by_key(place);
    assert_eq!(joined, expected);
}

#[test]
fn what_cannot_be_had_again_is_rejected_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let news = archive(folder.path());
    let (first, again) = (folder.path().join("first"), folder.path().join("again"));
    annotate(&[arg(&news), "-o", arg(&first)], 1);
    // One file is gone, one has other rows.
    fs::remove_file(news.join("d.tsv")).expect("removed");
    fs::write(news.join("c.csv"), "id,zzz\r\nx,It rained.\r\n").expect("written");
    let retry = ["--retry-rejects", arg(&first), "-o", arg(&again)];
    annotate(&[&retry[..], &["--text-key", "zzz"]].concat(), 1);
    let counts = counts(&again);
    assert_eq!(counts["in"], 30);
    assert_eq!(counts["annotated"], 3 * 6 + 1, "{counts}");
    let rejects = parts(&again, "rejects/");
    let codes: Vec<_> = rejects.iter().map(|reject| &reject["code"]).collect();
    assert!(
        codes.iter().all(|code| *code == "source_changed"),
        "{codes:?}"
    );
    let reason = rejects[0]["reason"].as_str().expect("a reason");
    assert!(reason.contains("rejected with `no_text`"), "{reason}");
    assert!(reason.contains("annotate the file itself"), "{reason}");
    common::is_sound(&again);
}

#[test]
fn mended_raw_bytes_and_rejects_of_a_single_file_are_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("wire.jsonl");
    fs::write(
        &input,
        "{\"id\": \"m\", \"text\": \"Two died.\"\n{\"text\": \" \"}\n",
    )
    .expect("written");
    let output = folder.path().join("out.jsonl");
    annotate(&[arg(&input), "-o", arg(&output)], 1);
    let rejects = folder.path().join("out.jsonl.rejects.jsonl");
    let mut told = lines(&fs::read(&rejects).expect("read"));
    assert_eq!(told.len(), 2);
    told[0]["raw"] = "{\"id\": \"m\", \"text\": \"Two died.\"}".into();
    told.push(json!("no reject"));
    let mended: String = told.iter().map(|line| format!("{line}\n")).collect();
    fs::write(&rejects, mended).expect("written");
    let again = folder.path().join("again");
    annotate(&["--retry-rejects", arg(&rejects), "-o", arg(&again)], 1);
    let records = records(&again);
    assert_eq!(records.len(), 1);
    assert_eq!(records[0]["id"], "m");
    assert_eq!(records[0]["source"]["path"], arg(&input));
    assert_eq!(parts(&again, "skipped/").len(), 1);
    assert_eq!(parts(&again, "rejects/")[0]["code"], "invalid_json");
}

#[test]
fn a_retry_says_what_it_cannot_begin_with() {
    let folder = tempfile::tempdir().expect("a folder");
    let news = archive(folder.path());
    let (first, again) = (folder.path().join("first"), folder.path().join("again"));
    let told = |arguments: &[&str], code| {
        String::from_utf8_lossy(&annotate(arguments, code).stderr).into_owned()
    };
    annotate(&[arg(&news), "-o", arg(&first), "--text-key", "zzz"], 0);
    annotate(&["--retry-rejects", arg(&first), "-o", arg(&again)], 0);
    assert_eq!(counts(&again)["in"], 0, "nothing was rejected");
    common::is_sound(&again);
    let same = told(&["--retry-rejects", arg(&first), "-o", arg(&first)], 2);
    assert!(same.contains("this is the output"), "{same}");
    common::is_sound(&first);
    annotate(&[arg(&news), "-o", arg(&first)], 1);
    let same = told(&["--retry-rejects", arg(&first), "-o", arg(&first)], 2);
    assert!(same.contains("this is the output"), "{same}");
    fs::remove_file(first.join("MANIFEST.json")).expect("removed");
    let unfinished = told(&["--retry-rejects", arg(&first), "-o", arg(&again)], 2);
    assert!(unfinished.contains("no finished run"), "{unfinished}");
}

#[test]
fn a_longer_article_than_may_be_is_rejected_and_can_be_retried() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("news");
    fs::create_dir(&input).expect("made");
    // Ten characters, more bytes.
    fs::write(input.join("a.txt"), "Žižka won.").expect("written");
    fs::write(input.join("b.txt"), "Žižka lost.").expect("written");
    let (first, again) = (folder.path().join("first"), folder.path().join("again"));
    let command = [arg(&input), "-o", arg(&first), "--max-article", "10"];
    annotate(&command, 1);
    assert_eq!(records(&first).len(), 1);
    let reject = &parts(&first, "rejects/")[0];
    assert_eq!(reject["code"], "too_long");
    let reason = reject["reason"].as_str().expect("a reason");
    assert!(
        reason.contains("11 characters, the limit is 10"),
        "{reason}"
    );
    assert_eq!(reject["raw"], "Žižka lost.");
    annotate(&["--retry-rejects", arg(&first), "-o", arg(&again)], 0);
    assert_eq!(records(&again)[0]["text"], "Žižka lost.");
}
