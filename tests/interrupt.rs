//! SIGINT, SIGTERM and a full disk: the run ends, says how to go on, and goes on to the same bytes.
#![cfg(unix)]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use common::{annotate, arg, headcount, tree, wire};

fn send(signal: &str, child: &Child) {
    // It may have ended already.
    let _ = Command::new("kill")
        .args([format!("-{signal}"), child.id().to_string()])
        .stderr(Stdio::null())
        .status()
        .expect("kill runs");
}

fn begin(arguments: &[&str]) -> Child {
    headcount()
        .arg("annotate")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Waits until a run has its folder.
fn wait_for(path: &Path) {
    let begun = Instant::now();
    while !path.exists() {
        assert!(begun.elapsed() < Duration::from_secs(60), "it never began");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn random(state: &mut u64, below: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % below
}

#[test]
fn interrupted_at_random_moments_it_ends_with_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("wire.jsonl");
    fs::write(&input, wire(120)).expect("written");
    let undisturbed = folder.path().join("undisturbed");
    let output = folder.path().join("out");
    let command = |output| [arg(&input), "-o", output, "--shard-size", "4"];
    let begun = Instant::now();
    annotate(&command(arg(&undisturbed)), 0);
    let whole = begun.elapsed().as_millis() as u64;
    let mut state = 0x2545_F491_4F6C_DD1D;
    let (mut interrupted, mut finished) = (0, 0);
    while interrupted < 12 && finished < 60 {
        let child = begin(&command(arg(&output)));
        std::thread::sleep(Duration::from_millis(random(&mut state, whole.max(20))));
        send(["INT", "TERM"][interrupted % 2], &child);
        let ended = child.wait_with_output().expect("ends");
        let told = told(&ended);
        match ended.status.code() {
            Some(130) => {
                interrupted += 1;
                let remedy = "interrupted: what is done is kept in";
                assert_eq!(told.matches(remedy).count(), 1, "{told}");
                assert!(told.contains("give the same command again"), "{told}");
                assert!(!told.contains("panicked"), "{told}");
                assert!(!output.join("MANIFEST.json").exists());
                let left = fs::read_dir(output.join(".headcount/uncommitted")).expect("a folder");
                assert_eq!(left.count(), 0, "a clean end leaves nothing uncommitted");
            }
            // Before it listened, or after its end.
            None => {}
            Some(0) => {
                finished += 1;
                assert_eq!(tree(&output), tree(&undisturbed));
                fs::remove_dir_all(&output).expect("removed");
            }
            code => panic!("{code:?}: {told}"),
        }
    }
    assert!(interrupted >= 12, "it was never caught in the middle");
    annotate(&command(arg(&output)), 0);
    assert_eq!(tree(&output), tree(&undisturbed));
    common::is_sound(&output);
}

#[test]
fn what_was_done_before_a_signal_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("wire.jsonl");
    fs::write(&input, wire(400)).expect("written");
    let output = folder.path().join("out");
    let command = [arg(&input), "-o", arg(&output), "--shard-size", "2"];
    let child = begin(&command);
    wait_for(&output.join("receipts/part-00003.json"));
    send("TERM", &child);
    assert_eq!(
        child.wait_with_output().expect("ends").status.code(),
        Some(130)
    );
    let again = annotate(&command, 0);
    let told = told(&again);
    let kept = told
        .split_once(" of 200 shards were done before")
        .and_then(|(before, _)| before.rsplit(' ').next()?.parse::<u64>().ok())
        .expect("it says what was kept");
    assert!((4..200).contains(&kept), "{told}");
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("long.txt");
    // Far more than is annotated in the time that this test has.
    fs::write(
        &input,
        "Omar Haidari met 12 ministers in Herat. ".repeat(100_000),
    )
    .expect("written");
    let output = folder.path().join("out");
    let mut child = begin(&[arg(&input), "-o", arg(&output), "--jobs", "1"]);
    wait_for(&output.join(".headcount/uncommitted"));
    std::thread::sleep(Duration::from_secs(1));
    send("INT", &child);
    std::thread::sleep(Duration::from_millis(500));
    assert!(
        child.try_wait().expect("asked").is_none(),
        "the article that is being worked on is finished first"
    );
    let begun = Instant::now();
    send("TERM", &child);
    assert_eq!(child.wait().expect("ends").code(), Some(130));
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_wait_for_standard_input_is_interrupted() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("out");
    let mut child = begin(&["-", "-o", arg(&output)]);
    let input = child.stdin.take();
    wait_for(&output.join(".headcount/uncommitted"));
    send("INT", &child);
    let ended = child.wait_with_output().expect("ends");
    drop(input);
    assert_eq!(ended.status.code(), Some(130));
    assert!(told(&ended).contains("the whole input again"));
}

#[test]
fn a_single_file_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("out.jsonl");
    let mut child = begin(&["-", "-o", arg(&output)]);
    let input = child.stdin.take();
    let has_files = || fs::read_dir(folder.path()).expect("a folder").count() > 0;
    while !has_files() {
        std::thread::sleep(Duration::from_millis(5));
    }
    send("TERM", &child);
    let ended = child.wait_with_output().expect("ends");
    drop(input);
    assert_eq!(ended.status.code(), Some(130));
    assert!(told(&ended).contains("was not written"));
    assert!(!has_files());
}

#[test]
fn a_disk_that_takes_no_more_ends_it_and_the_same_command_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("wire.jsonl");
    // The second shard is larger than a file may be.
    let long = serde_json::json!({"text": "It rained. ".repeat(4_000)});
    fs::write(&input, format!("{}{long}\n", wire(4))).expect("written");
    let (output, undisturbed) = (folder.path().join("out"), folder.path().join("2"));
    let command = |output| [arg(&input), "-o", output, "--shard-size", "4"];
    annotate(&command(arg(&undisturbed)), 0);
    // A limit on the size of files, whose signal is ignored, is a full disk that needs no root.
    let refused = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 60; exec \"$@\"", "sh"])
        .args([env!("CARGO_BIN_EXE_headcount"), "annotate"])
        .args(command(arg(&output)))
        .output()
        .expect("sh runs");
    let told = told(&refused);
    assert_eq!(refused.status.code(), Some(2), "{told}");
    assert!(told.contains("part-00001.jsonl: cannot write"), "{told}");
    assert!(told.contains("give the same command again"), "{told}");
    assert!(output.join("receipts/part-00000.json").exists());
    let again = annotate(&command(arg(&output)), 0);
    assert!(String::from_utf8_lossy(&again.stderr).contains("1 of 2 shards were done before"));
    assert_eq!(tree(&output), tree(&undisturbed));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_standard_output_is_told() {
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("a device that is full");
    let refused = headcount()
        .args(["annotate", "corpus/wire.jsonl", "-o", "-"])
        .stdout(full)
        .output()
        .expect("the binary runs");
    assert_eq!(refused.status.code(), Some(2));
    assert!(told(&refused).contains("standard output: cannot write"));
}
