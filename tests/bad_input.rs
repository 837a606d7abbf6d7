//! Bad input: a reject with code, place and raw bytes, or a clear error; never anything else lost.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{annotate, arg, counts, gzip, parts, records, wire};
use serde_json::Value;

/// Annotates one file of these bytes among two good ones; what the folder has.
struct Trial {
    folder: tempfile::TempDir,
    output: PathBuf,
}

impl Trial {
    fn new(name: &str, bytes: &[u8], code: i32) -> Self {
        Self::with(name, bytes, code, &[])
    }

    fn with(name: &str, bytes: &[u8], code: i32, options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let inputs = folder.path().join("in");
        fs::create_dir(&inputs).expect("made");
        fs::write(inputs.join("a.jsonl"), wire(2)).expect("written");
        fs::write(inputs.join(name), bytes).expect("written");
        fs::write(inputs.join("z.jsonl"), wire(2)).expect("written");
        let output = folder.path().join("out");
        let mut arguments = vec![arg(&inputs), "-o", arg(&output)];
        arguments.extend(options);
        annotate(&arguments, code);
        let trial = Self { folder, output };
        trial.nothing_is_lost();
        trial
    }

    fn nothing_is_lost(&self) {
        let counts = counts(&self.output);
        let count = |key: &str| counts[key].as_u64().expect("a count");
        assert_eq!(
            count("in"),
            count("annotated") + count("rejected") + count("skipped")
        );
        assert_eq!(records(&self.output).len() as u64, count("annotated"));
        assert_eq!(self.rejects().len() as u64, count("rejected"));
        let good = records(&self.output)
            .iter()
            .filter(|record| {
                let path = record["source"]["path"].as_str().unwrap_or_default();
                path.ends_with("a.jsonl") || path.ends_with("z.jsonl")
            })
            .count();
        assert_eq!(good, 4, "the neighbours are annotated");
    }

    fn rejects(&self) -> Vec<Value> {
        parts(&self.output, "rejects/")
    }

    /// The only reject, which must have this code.
    fn reject(&self, code: &str) -> Value {
        let rejects = self.rejects();
        assert_eq!(rejects.len(), 1, "{rejects:?}");
        assert_eq!(rejects[0]["code"], code, "{rejects:?}");
        assert!(!rejects[0]["reason"].as_str().unwrap_or_default().is_empty());
        rejects[0].clone()
    }
}

#[test]
fn a_json_line_cut_short() {
    let trial = Trial::new(
        "m.jsonl",
        b"{\"text\": \"Good enough.\"}\n{\"text\": \"Cut sh",
        1,
    );
    let reject = trial.reject("invalid_json");
    assert_eq!(reject["record"], 1);
    assert!(reject["byte"].as_u64() >= Some(25), "{reject}");
    assert_eq!(reject["raw"], "{\"text\": \"Cut sh");
    assert_eq!(records(&trial.output).len(), 5);
}

#[test]
fn a_record_without_text_names_the_remedy() {
    let trial = Trial::new("m.jsonl", b"{\"colour\": \"red\", \"size\": 3}\n", 1);
    let reject = trial.reject("no_text");
    let reason = reject["reason"].as_str().unwrap_or_default();
    assert!(
        reason.contains("--text-key") && reason.contains("colour"),
        "{reason}"
    );
}

#[test]
fn invalid_utf8_and_nul_bytes() {
    let broken = "Bogotá is a city. ".as_bytes();
    let trial = Trial::new("m.txt", &[broken, b"\xC3\x28 and more"].concat(), 1);
    let reject = trial.reject("invalid_encoding");
    let reason = reject["reason"].as_str().unwrap_or_default();
    assert!(
        reason.contains(&format!("byte {}", broken.len())),
        "{reason}"
    );
    assert!(reject["raw_base64"].is_string());
    Trial::new("m.txt", b"Some text\0 with a NUL", 1).reject("nul_bytes");
}

#[test]
fn windows_1252_is_read_with_a_warning() {
    let trial = Trial::new(
        "m.txt",
        b"The caf\xE9 in Kabul was \x93closed\x94 on Monday.",
        0,
    );
    let record = &records(&trial.output)[2];
    assert_eq!(record["text"], "The café in Kabul was “closed” on Monday.");
    assert_eq!(record["warnings"][0]["code"], "charset_windows_1252");
}

#[test]
fn utf16_and_a_byte_order_mark() {
    let text = "Taliban fighters attacked Kunduz — again.";
    let units: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let trial = Trial::new("m.txt", &units, 0);
    assert_eq!(records(&trial.output)[2]["text"], text);
    let trial = Trial::new("m.txt", format!("\u{feff}{text}").as_bytes(), 0);
    assert_eq!(records(&trial.output)[2]["text"], text);
}

#[test]
fn a_truncated_gzip_keeps_what_is_whole() {
    let packed = gzip(wire(200).as_bytes());
    let cut = packed.get(..packed.len() / 2).expect("half");
    let trial = Trial::new("m.jsonl.gz", cut, 1);
    trial.reject("truncated_stream");
    assert!(records(&trial.output).len() > 10);
}

#[test]
fn a_gzip_bomb_is_a_reject() {
    let packed = gzip(&vec![b'a'; 200 << 20]);
    let trial = Trial::new("m.txt.gz", &packed, 1);
    let rejects = trial.rejects();
    assert!(!rejects.is_empty());
    let raw: usize = rejects.iter().map(|reject| reject.to_string().len()).sum();
    assert!(raw < 1 << 20, "the reject itself is small");
}

#[test]
fn a_line_over_the_limit_is_a_reject_and_the_next_is_read() {
    let long = format!("{{\"text\": \"{}\"}}\n", "x".repeat(3 << 20));
    let bytes = format!("{long}{}", wire(1));
    let trial = Trial::with("m.jsonl", bytes.as_bytes(), 1, &["--max-record", "2"]);
    let reject = trial.reject("too_large");
    assert!(
        reject["raw_bytes"].as_u64() >= Some(3 << 20),
        "{}",
        reject["raw_bytes"]
    );
    assert_eq!(records(&trial.output).len(), 5);
}

#[test]
fn empty_files_and_empty_texts_are_skipped_with_a_reason() {
    let trial = Trial::new("m.txt", b"", 0);
    assert_eq!(counts(&trial.output)["in"].as_u64().unwrap_or(0), {
        4 + parts(&trial.output, "skipped/").len() as u64
    });
    let trial = Trial::new("m.jsonl", b"{\"id\": 1, \"text\": \"  \"}\n", 0);
    let skipped = parts(&trial.output, "skipped/");
    assert_eq!(skipped.len(), 1);
    assert_eq!(skipped[0]["code"], "empty_text");
    Trial::new("m.jsonl", b"", 0);
    Trial::new("m.json", b"", 0);
}

#[test]
fn a_json_array_cut_short_keeps_its_records() {
    let trial = Trial::new(
        "m.json",
        b"[{\"text\": \"One is fine.\"},\n {\"text\": \"Two is fine.\"}, {\"text\": \"thr",
        1,
    );
    assert_eq!(trial.rejects().len(), 1);
    assert_eq!(records(&trial.output).len(), 6);
}

#[test]
fn a_csv_row_of_another_width() {
    let trial = Trial::new(
        "m.csv",
        b"id,text\n1,Fine here.\n2,Too,many\n3,Fine again.\n",
        1,
    );
    trial.reject("csv_width");
    assert_eq!(records(&trial.output).len(), 6);
}

#[test]
fn a_file_of_many_megabytes_is_one_article_like_any_other() {
    // Words that are one piece each would take the tagger long; one endless word is as hostile.
    let text = format!("{} Kabul is a city.", "x".repeat(5 << 20));
    let trial = Trial::new("m.txt", text.as_bytes(), 0);
    let record = &records(&trial.output)[2];
    assert_eq!(record["text"].as_str().map(str::len), Some(text.len()));
    let mentions = record["mentions"].as_array().expect("a list");
    assert!(
        mentions.iter().any(|mention| mention["text"] == "Kabul"),
        "{mentions:?}"
    );
}

#[test]
fn a_missing_input_stops_the_run_before_it_begins() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("out");
    let told = annotate(&["corpus/", "no/such/file.jsonl", "-o", arg(&output)], 2);
    let told = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(told.contains("no/such/file.jsonl"), "{told}");
    assert!(!output.join("part-00000.jsonl").exists());
}

#[test]
fn a_folder_with_nothing_to_read_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let inputs = folder.path().join("in");
    fs::create_dir(&inputs).expect("made");
    fs::write(inputs.join("page.docx"), "no format of ours").expect("written");
    let told = annotate(&[arg(&inputs), "-o", arg(&folder.path().join("out"))], 2);
    assert!(String::from_utf8_lossy(&told.stderr).contains("nothing to read"));
}

#[test]
fn an_output_that_cannot_be_written_is_a_clear_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "in the way").expect("written");
    let told = annotate(&["corpus/", "-o", arg(&file)], 2);
    assert!(String::from_utf8_lossy(&told.stderr).contains("not a folder"));
    let told = annotate(&["corpus/", "-o", arg(&file.join("out"))], 2);
    assert!(String::from_utf8_lossy(&told.stderr).contains("cannot write"));
    assert_eq!(fs::read_to_string(&file).expect("read"), "in the way");
}

#[test]
fn the_output_folder_is_never_read_as_input() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.jsonl"), wire(3)).expect("written");
    let output = folder.path().join("out");
    for _ in 0..2 {
        annotate(&[arg(folder.path()), "-o", arg(&output)], 0);
        assert_eq!(records(&output).len(), 3);
    }
}

#[test]
fn the_last_line_says_where_the_rest_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in.jsonl");
    fs::write(&input, format!("{}{{\"text\": \"\"}}\n", wire(1))).expect("written");
    let output = folder.path().join("out");
    let told = annotate(&[arg(&input), "-o", arg(&output)], 0);
    let told = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(
        told.contains("out/skipped") && !told.contains("rejects"),
        "{told}"
    );
    let file = folder.path().join("out.jsonl");
    let told = annotate(&[arg(&input), "-o", arg(&file)], 0);
    assert!(String::from_utf8_lossy(&told.stderr).contains("out.jsonl.rejects.jsonl"));
    assert_eq!(
        fs::read_to_string(folder.path().join("out.jsonl.rejects.jsonl"))
            .expect("read")
            .lines()
            .count(),
        1
    );
}

#[test]
fn rejects_over_budget_are_the_exit_code() {
    let bytes = b"{\"text\": 1}\n{\"text\": 2}\n";
    Trial::with("m.jsonl", bytes, 1, &["--max-rejects", "1"]);
    let trial = Trial::with("m.jsonl", bytes, 0, &["--max-rejects", "2"]);
    assert!(Path::new(&trial.folder.path().join("out/rejects")).exists());
}
