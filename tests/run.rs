//! The run folder: conservation, determinism, resuming, staleness, locking. All through the binary.

mod common;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use common::{annotate, arg, counts, headcount, records, tree, wire};

/// A folder with an input of `count` articles; the input's path and where to write.
fn workplace(count: usize) -> (tempfile::TempDir, String, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("wire.jsonl");
    fs::write(&input, wire(count)).expect("written");
    let input = arg(&input).to_owned();
    let output = folder.path().join("out");
    (folder, input, output)
}

#[test]
fn the_corpus_is_annotated_and_accounted_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("out");
    annotate(&["corpus/", "-o", arg(&output)], 0);
    let counts = counts(&output);
    assert_eq!(counts["in"], counts["annotated"]);
    assert!(counts["in"].as_u64() >= Some(18), "{counts}");
    assert_eq!(
        records(&output).len() as u64,
        counts["annotated"].as_u64().unwrap_or(0)
    );
    common::is_sound(&output);
}

#[test]
fn the_number_of_workers_changes_no_byte() {
    let (_folder, input, output) = workplace(70);
    let other = output.with_extension("2");
    annotate(
        &[
            &input,
            "-o",
            arg(&output),
            "--jobs",
            "1",
            "--shard-size",
            "20",
        ],
        0,
    );
    annotate(
        &[
            &input,
            "-o",
            arg(&other),
            "--jobs",
            "3",
            "--shard-size",
            "20",
        ],
        0,
    );
    assert_eq!(tree(&output), tree(&other));
    assert_eq!(records(&output).len(), 70);
}

#[test]
fn shards_of_another_size_hold_the_same_records() {
    let (_folder, input, output) = workplace(25);
    let other = output.with_extension("2");
    annotate(&[&input, "-o", arg(&output), "--shard-size", "3"], 0);
    annotate(&[&input, "-o", arg(&other), "--shard-size", "100"], 0);
    assert_eq!(records(&output), records(&other));
}

/// When a file was last written, which tells whether it was made again.
fn written(path: &Path) -> std::time::SystemTime {
    fs::metadata(path)
        .and_then(|metadata| metadata.modified())
        .expect("a time")
}

#[test]
fn the_same_command_again_does_nothing_again() {
    let (_folder, input, output) = workplace(12);
    let command = [&input, "-o", arg(&output), "--shard-size", "5"];
    annotate(&command, 0);
    let (before, first) = (tree(&output), written(&output.join("part-00000.jsonl")));
    let again = annotate(&command, 0);
    assert!(String::from_utf8_lossy(&again.stderr).contains("3 of 3 shards were done before"));
    assert_eq!(tree(&output), before);
    assert_eq!(written(&output.join("part-00000.jsonl")), first);
}

#[test]
fn a_changed_record_costs_its_shard_alone() {
    let (_folder, input, output) = workplace(12);
    let command = [&input, "-o", arg(&output), "--shard-size", "4"];
    annotate(&command, 0);
    let times: Vec<_> = (0..3)
        .map(|shard| written(&output.join(format!("part-{shard:05}.jsonl"))))
        .collect();
    let changed = fs::read_to_string(&input)
        .expect("read")
        .replace("\"a5\"", "\"changed\"");
    fs::write(&input, changed).expect("written");
    annotate(&command, 0);
    let now: Vec<_> = (0..3)
        .map(|shard| written(&output.join(format!("part-{shard:05}.jsonl"))))
        .collect();
    assert_eq!(now[0], times[0]);
    assert_ne!(now[1], times[1]);
    assert_eq!(now[2], times[2]);
    assert_eq!(records(&output)[5]["id"], "changed");
}

#[test]
fn a_shorter_input_leaves_no_stale_shard() {
    let (_folder, input, output) = workplace(12);
    let command = [&input, "-o", arg(&output), "--shard-size", "4"];
    annotate(&command, 0);
    fs::write(&input, wire(6)).expect("written");
    annotate(&command, 0);
    assert_eq!(records(&output).len(), 6);
    assert!(!output.join("part-00002.jsonl").exists());
    assert!(!output.join("receipts/part-00002.json").exists());
}

#[test]
fn a_changed_option_redoes_all() {
    let (_folder, input, output) = workplace(8);
    annotate(&[&input, "-o", arg(&output), "--shard-size", "4"], 0);
    annotate(
        &[
            &input,
            "-o",
            arg(&output),
            "--shard-size",
            "4",
            "--compress",
            "zst",
        ],
        0,
    );
    let names: Vec<String> = tree(&output).into_keys().collect();
    assert_eq!(
        names,
        [
            "MANIFEST.json",
            "part-00000.jsonl.zst",
            "part-00001.jsonl.zst",
            "receipts/part-00000.json",
            "receipts/part-00001.json",
        ]
    );
    let keyed = annotate(
        &[
            &input,
            "-o",
            arg(&output),
            "--shard-size",
            "4",
            "--compress",
            "zst",
            "--id-key",
            "id",
        ],
        0,
    );
    assert!(!String::from_utf8_lossy(&keyed.stderr).contains("done before"));
}

#[test]
fn a_damaged_shard_is_made_again() {
    let (_folder, input, output) = workplace(8);
    let command = [&input, "-o", arg(&output), "--shard-size", "4"];
    annotate(&command, 0);
    let before = tree(&output);
    let part = output.join("part-00001.jsonl");
    let mut bytes = fs::read(&part).expect("read");
    bytes[10] ^= 1;
    fs::write(&part, bytes).expect("written");
    let again = annotate(&command, 0);
    assert!(String::from_utf8_lossy(&again.stderr).contains("1 of 2 shards were done before"));
    assert_eq!(tree(&output), before);
}

#[test]
fn compressed_shards_hold_the_same_bytes() {
    use std::io::Read;
    let (_folder, input, output) = workplace(6);
    annotate(&[&input, "-o", arg(&output)], 0);
    let plain = fs::read(output.join("part-00000.jsonl")).expect("read");
    for how in ["gz", "zst"] {
        let packed = output.with_extension(how);
        annotate(&[&input, "-o", arg(&packed), "--compress", how], 0);
        let file = fs::File::open(packed.join(format!("part-00000.jsonl.{how}"))).expect("open");
        let mut bytes = Vec::new();
        match how {
            "gz" => flate2::read::GzDecoder::new(file).read_to_end(&mut bytes),
            _ => zstd::Decoder::new(file)
                .expect("zstd")
                .read_to_end(&mut bytes),
        }
        .expect("unpacked");
        assert_eq!(bytes, plain);
        common::is_sound(&packed);
    }
}

#[test]
fn one_file_and_standard_output_hold_the_folders_records() {
    let (_folder, input, output) = workplace(6);
    annotate(&[&input, "-o", arg(&output)], 0);
    let plain = fs::read(output.join("part-00000.jsonl")).expect("read");
    let file = output.with_extension("jsonl");
    annotate(&[&input, "-o", arg(&file)], 0);
    assert_eq!(fs::read(&file).expect("read"), plain);
    let streamed = annotate(&[&input, "-o", "-", "--quiet"], 0);
    assert_eq!(streamed.stdout, plain);
    assert!(streamed.stderr.is_empty());
}

#[test]
fn standard_input_is_read() {
    use std::io::Write;
    let mut child = headcount()
        .args(["annotate", "-", "-o", "-", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("runs");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(wire(3).as_bytes())
        .expect("written");
    let output = child.wait_with_output().expect("ends");
    let records = common::lines(&output.stdout);
    assert_eq!(records.len(), 3);
    assert_eq!(records[1]["id"], "a1");
    assert_eq!(records[1]["source"]["path"], "-");
}

#[test]
fn a_limit_takes_the_first_and_a_higher_one_goes_on() {
    let (_folder, input, output) = workplace(12);
    annotate(
        &[
            &input,
            "-o",
            arg(&output),
            "--shard-size",
            "4",
            "--limit",
            "4",
        ],
        0,
    );
    assert_eq!(records(&output).len(), 4);
    let more = annotate(&[&input, "-o", arg(&output), "--shard-size", "4"], 0);
    assert!(String::from_utf8_lossy(&more.stderr).contains("1 of 3 shards were done before"));
    assert_eq!(records(&output).len(), 12);
}

#[test]
fn a_dry_run_writes_nothing() {
    let (_folder, input, output) = workplace(12);
    let told = annotate(
        &[&input, "-o", arg(&output), "--shard-size", "5", "--dry-run"],
        0,
    );
    assert!(!output.exists());
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.contains("12 records in 1 files"), "{told}");
    assert!(told.contains("3 shards"), "{told}");
}

#[test]
fn progress_is_for_those_who_ask_or_have_a_terminal() {
    let (_folder, input, output) = workplace(3);
    let quiet = annotate(&[&input, "-o", arg(&output), "--quiet"], 0);
    assert!(quiet.stderr.is_empty());
    let plain = annotate(
        &[
            &input,
            "-o",
            arg(&output.with_extension("2")),
            "--progress",
            "plain",
        ],
        0,
    );
    let told = String::from_utf8_lossy(&plain.stderr).into_owned();
    assert!(
        told.contains("3 articles,") && told.contains("articles/s"),
        "{told}"
    );
}

/// A run that waits for its standard input, and has its folder.
fn waiting(more: &[&str], output: &Path) -> std::process::Child {
    let child = headcount()
        .args(["annotate", "-", "-o", arg(output)])
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    while !output.join("receipts").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

#[test]
fn two_runs_on_one_folder_refuse_each_other() {
    let (_folder, input, output) = workplace(2);
    let first = waiting(&[], &output);
    let refused = annotate(&[&input, "-o", arg(&output)], 2);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("another run is writing here"));
    // The first goes on as if nothing had been.
    let first = first.wait_with_output().expect("ends");
    assert_eq!(first.status.code(), Some(0), "{first:?}");
    assert_eq!(counts(&output)["in"], 0);
    annotate(&[&input, "-o", arg(&output)], 0);
    assert_eq!(records(&output).len(), 2);
}

#[test]
fn an_input_that_changes_meanwhile_leaves_the_run_unfinished() {
    let (folder, input, output) = workplace(4);
    let other = folder.path().join("other.txt");
    fs::write(&other, "It rained.").expect("written");
    for change in ["grown", "rewritten", "removed"] {
        fs::write(&input, wire(4)).expect("written");
        let child = waiting(&[&input, arg(&other)], &output);
        match change {
            "grown" => fs::write(&input, wire(5)).expect("written"),
            "rewritten" => {
                std::thread::sleep(Duration::from_millis(20));
                fs::write(&input, wire(4)).expect("written");
            }
            _ => fs::remove_file(&input).expect("removed"),
        }
        let refused = child.wait_with_output().expect("ends");
        let told = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(2), "{change}: {told}");
        let expected = format!("{input}: this changed while it was read");
        assert!(told.contains(&expected), "{change}: {told}");
        assert!(!output.join("MANIFEST.json").exists(), "{change}");
        fs::remove_dir_all(&output).expect("removed");
    }
    // The same command again, on inputs that hold still, finishes.
    fs::write(&input, wire(4)).expect("written");
    annotate(&[&input, arg(&other), "-o", arg(&output)], 0);
    assert_eq!(records(&output).len(), 5);
}

#[test]
fn a_folder_that_is_no_runs_is_left_alone() {
    let (_folder, input, output) = workplace(2);
    fs::create_dir(&output).expect("made");
    fs::write(output.join("thesis.txt"), "precious").expect("written");
    let refused = annotate(&[&input, "-o", arg(&output)], 2);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("not a run's"));
    assert_eq!(tree(&output).len(), 1);
}

/// A small generator (Marsaglia 2003, xorshift), so that a failing seed can be run again.
fn random(state: &mut u64, below: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % below
}

#[test]
fn killed_at_twenty_random_moments_it_ends_with_the_same_bytes() {
    let (_folder, input, output) = workplace(120);
    let undisturbed = output.with_extension("undisturbed");
    let begun = std::time::Instant::now();
    annotate(&[&input, "-o", arg(&undisturbed), "--shard-size", "4"], 0);
    let whole = begun.elapsed().as_millis() as u64;
    let mut state = 0x9E37_79B9_7F4A_7C15;
    let mut killed = 0;
    // A kill that comes after the end was none; the folder is then begun anew.
    while killed < 20 {
        let mut child = headcount()
            .args([
                "annotate",
                &input,
                "-o",
                arg(&output),
                "--shard-size",
                "4",
                "--quiet",
            ])
            .spawn()
            .expect("runs");
        std::thread::sleep(Duration::from_millis(random(&mut state, whole.max(20))));
        let _ = child.kill();
        if child.wait().expect("ends").code().is_some() {
            fs::remove_dir_all(&output).expect("removed");
        } else {
            killed += 1;
        }
    }
    annotate(&[&input, "-o", arg(&output), "--shard-size", "4"], 0);
    assert_eq!(tree(&output), tree(&undisturbed));
    let leftovers = fs::read_dir(output.join(".headcount/uncommitted"))
        .expect("a folder")
        .count();
    assert_eq!(leftovers, 0);
}
