//! `annotate --dedup`: copies go to `dups/` whole and marked, the same for any workers and any history, and `verify` checks
//! each against its original.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use common::{annotate, arg, counts, headcount, is_sound, parts, records, tree};
use serde_json::{Value, json};

const FIRST: &str = "Six people were killed on Sunday in an attack by FARC dissidents on a police station in \
    southwestern Colombia, police said, and more than 60 men, women and children fled into the jungle.";
const SECOND: &str = "The attackers came down the river in two boats before dawn and fired for 40 minutes at the \
    building, in which nine officers were asleep, Colonel Andres Restrepo told reporters in the town of Tumaco.";
const THIRD: &str = "Four of the six were officers. The other two were a teacher and her son, 12, who lived across \
    the street, the mayor's office said in a statement.";
const FOURTH: &str = "The army sent 200 soldiers to the district on Monday, and schools there will be closed for \
    the rest of the week.";

fn article(id: &str, dateline: &str, paragraphs: &[&str]) -> Value {
    json!({"id": id, "text": format!("{dateline}{}", paragraphs.join("\n\n"))})
}

/// An article, one of its own, one with the same body, one without its last paragraph, and one that says other figures.
fn wire_copy() -> Vec<Value> {
    vec![
        article(
            "first",
            "PASTO, Colombia (Reuters) - ",
            &[FIRST, SECOND, THIRD, FOURTH],
        ),
        article("other", "", &["It rained in Kabul.", "Nobody was hurt."]),
        article(
            "same",
            "BOGOTA, Colombia (AP) - ",
            &[FIRST, SECOND, THIRD, &format!("{FOURTH}\n")],
        ),
        article("cut", "", &[FIRST, SECOND, THIRD]),
        article(
            "higher",
            "PASTO, Colombia (Reuters) - ",
            &[&FIRST.replace("Six", "Eight"), SECOND, THIRD, FOURTH],
        ),
    ]
}

/// Articles of the project's own gold, their first paragraphs, with copies between them.
fn archive() -> Vec<Value> {
    let gold = fs::read_to_string(common::root().join("corpus/gold/dev.jsonl")).expect("read");
    let stories: Vec<String> = gold
        .lines()
        .map(|line| {
            let record: Value = serde_json::from_str(line).expect("JSON");
            let text = record["text"].as_str().expect("a text").to_owned();
            text.chars().take(900).collect()
        })
        .collect();
    let mut articles = Vec::new();
    for (number, story) in stories.iter().enumerate() {
        articles.push(json!({"id": format!("a{number}"), "text": story}));
        if number % 3 == 2 {
            // Of an article in this shard or one before it, and of one that has a copy already.
            articles.push(json!({"id": format!("b{number}"), "text": stories[number / 2]}));
            let cut: String = story.chars().take(840).collect();
            articles.push(json!({"id": format!("c{number}"), "text": cut}));
        }
    }
    articles
}

fn written(folder: &Path, articles: &[Value]) -> String {
    let path = folder.join("wire.jsonl");
    let lines: String = articles
        .iter()
        .map(|article| format!("{article}\n"))
        .collect();
    fs::write(&path, lines).expect("written");
    arg(&path).to_owned()
}

fn ids(lines: &[Value]) -> Vec<&str> {
    lines
        .iter()
        .filter_map(|line| line["id"].as_str())
        .collect()
}

/// The arguments of a run with this choice, in shards of so many records.
fn in_shards_of<'a>(
    records: &'a str,
    input: &'a str,
    output: &'a Path,
    how: &'a str,
) -> [&'a str; 7] {
    let output = arg(output);
    [input, "-o", output, "--shard-size", records, "--dedup", how]
}

/// Runs it with this choice: the folder's path, its records and its copies.
fn deduplicated(
    folder: &Path,
    input: &str,
    how: &str,
) -> (std::path::PathBuf, Vec<Value>, Vec<Value>) {
    let output = folder.join(how);
    annotate(&in_shards_of("2", input, &output, how), 0);
    is_sound(&output);
    let (records, copies) = (records(&output), parts(&output, "dups/"));
    let counts = counts(&output);
    assert_eq!(counts["annotated"], records.len());
    assert_eq!(counts["duplicates"], copies.len());
    assert_eq!(counts["in"], records.len() + copies.len());
    (output, records, copies)
}

#[test]
fn copies_go_out_whole_and_name_their_original() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = written(folder.path(), &wire_copy());
    let (off, all, none) = deduplicated(folder.path(), &input, "off");
    assert!(none.is_empty() && !off.join("dups").exists());
    let (_, kept, copies) = deduplicated(folder.path(), &input, "exact");
    assert_eq!(ids(&kept), ["first", "other", "cut", "higher"]);
    assert_eq!(copies.len(), 1);
    let same_as = json!({"path": input, "record": 0, "match": "exact", "similarity": 1.0});
    assert_eq!(copies[0]["same_as"], same_as);
    // A record depends on nothing but its article, whether it is a copy or not.
    assert_eq!(copies[0]["record"], all[2]);
    let (_, kept, copies) = deduplicated(folder.path(), &input, "near");
    assert_eq!(ids(&kept), ["first", "other"]);
    let marks: Vec<_> = copies
        .iter()
        .map(|copy| &copy["same_as"]["match"])
        .collect();
    assert_eq!(marks, ["exact", "near", "near"]);
    for (copy, record) in copies.iter().zip([2, 3, 4]) {
        assert_eq!(copy["record"], all[record]);
        assert_eq!(copy["same_as"]["record"], 0);
        let similarity = copy["same_as"]["similarity"].as_f64().expect("a number");
        assert!((0.7..=1.0).contains(&similarity), "{similarity}");
    }
    let figure = |record: &Value| record["numbers"][0]["value"].clone();
    assert_eq!(
        (figure(&all[0]), figure(&copies[2]["record"])),
        ("6".into(), "8".into())
    );
}

#[test]
fn the_summary_says_how_many_and_where() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = written(folder.path(), &wire_copy());
    let output = folder.path().join("out");
    let told = annotate(&[&input, "-o", arg(&output), "--dedup", "near"], 0);
    let told = String::from_utf8_lossy(&told.stderr);
    assert!(
        told.contains("5 in = 2 annotated + 0 rejected + 0 skipped + 3 duplicates"),
        "{told}"
    );
    assert!(told.contains("out/dups"), "{told}");
}

#[test]
fn a_file_has_its_copies_beside_it_and_a_stream_tells_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = written(folder.path(), &wire_copy());
    let output = folder.path().join("out.jsonl");
    let beside = folder.path().join("out.jsonl.dups.jsonl");
    annotate(&[&input, "-o", arg(&output), "--dedup", "near"], 0);
    assert_eq!(common::lines(&fs::read(&output).expect("read")).len(), 2);
    assert_eq!(common::lines(&fs::read(&beside).expect("read")).len(), 3);
    annotate(&[&input, "-o", arg(&output)], 0);
    assert!(!beside.exists(), "those of another run must not stay");
    let streamed = annotate(&[&input, "-o", "-", "--dedup", "exact"], 0);
    assert_eq!(common::lines(&streamed.stdout).len(), 4);
    let told = String::from_utf8_lossy(&streamed.stderr);
    assert!(
        told.contains("duplicate: ") && told.contains("record 2: similarity 1 to"),
        "{told}"
    );
}

#[test]
fn workers_change_no_byte_and_shards_no_mark() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = written(folder.path(), &archive());
    let run = |name: &str, more: &[&str]| {
        let output = folder.path().join(name);
        let mut command = vec![input.as_str(), "-o", arg(&output), "--dedup", "near"];
        command.extend(more);
        annotate(&command, 0);
        is_sound(&output);
        output
    };
    let one = run("one", &["--shard-size", "7", "--jobs", "1"]);
    let three = run("three", &["--shard-size", "7", "--jobs", "3"]);
    assert_eq!(tree(&one), tree(&three));
    let large = run("large", &["--jobs", "2"]);
    assert_eq!(parts(&one, "dups/"), parts(&large, "dups/"));
    assert_eq!(records(&one), records(&large));
    let copies = parts(&one, "dups/");
    let found: BTreeSet<&str> = copies
        .iter()
        .filter_map(|copy| copy["record"]["id"].as_str())
        .collect();
    assert!(found.iter().all(|id| !id.starts_with('a')), "{found:?}");
    assert_eq!(found.len(), 20, "{found:?}");
}

#[test]
#[cfg(unix)]
fn killed_at_random_moments_it_ends_with_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = written(folder.path(), &archive());
    let undisturbed = folder.path().join("undisturbed");
    let output = folder.path().join("out");
    let command = |output| {
        let how = ["--shard-size", "3", "--dedup", "near", "--compress", "zst"];
        [&[input.as_str(), "-o", output], how.as_slice()].concat()
    };
    let begun = Instant::now();
    annotate(&command(arg(&undisturbed)), 0);
    let whole = begun.elapsed().as_millis() as u64;
    let (mut killed, mut state) = (0, 0x2545_F491_4F6C_DD1D_u64);
    while killed < 12 {
        let mut child = headcount()
            .arg("annotate")
            .args(command(arg(&output)))
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the binary runs");
        state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
        std::thread::sleep(Duration::from_millis((state >> 33) % whole.max(20)));
        let _ = child.kill();
        if child.wait().expect("ends").success() {
            assert_eq!(tree(&output), tree(&undisturbed));
            fs::remove_dir_all(&output).expect("removed");
        } else {
            killed += 1;
        }
    }
    annotate(&command(arg(&output)), 0);
    assert_eq!(tree(&output), tree(&undisturbed));
    is_sound(&output);
}

#[test]
fn a_shard_that_is_lost_in_the_middle_comes_back_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = written(folder.path(), &archive());
    let output = folder.path().join("out");
    let command = in_shards_of("5", &input, &output, "near");
    annotate(&command, 0);
    let before = tree(&output);
    fs::remove_file(output.join("receipts/part-00003.json")).expect("removed");
    fs::remove_file(output.join("receipts/part-00006.json")).expect("removed");
    let again = annotate(&command, 0);
    let told = String::from_utf8_lossy(&again.stderr);
    assert!(told.contains("8 of 10 shards were done before"), "{told}");
    assert_eq!(tree(&output), before);
}

#[test]
fn what_depends_on_an_original_that_changed_is_made_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut articles = wire_copy();
    let input = written(folder.path(), &articles);
    let output = folder.path().join("out");
    let command = |how| in_shards_of("2", &input, &output, how);
    annotate(&command("exact"), 0);
    assert_eq!(parts(&output, "dups/").len(), 1);
    // Its copy stands in the next shard, whose own records are as they were.
    articles[0]["text"] = "Nothing of the kind was said.".into();
    written(folder.path(), &articles);
    let planned = [&command("exact")[..], &["--dry-run"]].concat();
    let planned = String::from_utf8_lossy(&annotate(&planned, 0).stdout).into_owned();
    assert!(
        planned.contains("3 shards in") && planned.contains(", 0 of them done"),
        "{planned}"
    );
    annotate(&command("exact"), 0);
    assert!(parts(&output, "dups/").is_empty());
    is_sound(&output);
    annotate(&command("near"), 0);
    assert_eq!(
        parts(&output, "dups/").len(),
        2,
        "another choice is another run"
    );
    let again = annotate(&command("near"), 0);
    assert!(String::from_utf8_lossy(&again.stderr).contains("3 of 3 shards were done before"));
}

/// Rewrites the copies of the second shard and mends the hashes, as a careful forger would.
fn forge(run: &Path, change: impl Fn(&mut Value)) {
    let part = run.join("dups/part-00001.jsonl");
    let mut lines = common::lines(&fs::read(&part).expect("read"));
    change(&mut lines[0]);
    let forged: String = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(&part, &forged).expect("written");
    let mend = |receipt: &mut Value| {
        let files = receipt["files"].as_array_mut().expect("files");
        let file = files
            .iter_mut()
            .find(|file| file["name"] == "dups/part-00001.jsonl");
        let file = file.expect("the copies");
        file["sha256"] = headcount::digest::sha256(forged.as_bytes()).into();
        file["bytes"] = forged.len().into();
    };
    let rewrite = |path: &Path, change: &dyn Fn(&mut Value)| {
        let mut value: Value =
            serde_json::from_slice(&fs::read(path).expect("read")).expect("JSON");
        change(&mut value);
        fs::write(path, value.to_string()).expect("written");
    };
    rewrite(&run.join("receipts/part-00001.json"), &mend);
    rewrite(&run.join("MANIFEST.json"), &|manifest| {
        mend(&mut manifest["shards"][1])
    });
}

#[test]
fn verify_finds_marks_that_do_not_hold_although_all_hashes_agree() {
    type Forgery = fn(&mut Value);
    let forgeries: [(&str, Forgery); 6] = [
        ("is not among the records: ", |copy| {
            copy["same_as"]["record"] = 3.into()
        }),
        ("is not among the records: nowhere", |copy| {
            copy["same_as"]["path"] = "nowhere".into()
        }),
        ("is not as similar", |copy| {
            copy["same_as"]["record"] = 1.into()
        }),
        ("is not as similar", |copy| {
            copy["same_as"]["similarity"] = 0.9.into()
        }),
        ("is not the text at its offsets", |copy| {
            copy["record"]["mentions"][0]["start"] = 3.into();
        }),
        ("not a copy", |copy| copy["more"] = 1.into()),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let input = written(folder.path(), &wire_copy());
    for (expected, forgery) in forgeries {
        let (output, ..) = deduplicated(folder.path(), &input, "near");
        forge(&output, forgery);
        let verified = headcount()
            .args(["verify", arg(&output)])
            .output()
            .expect("runs");
        let told = String::from_utf8_lossy(&verified.stdout).into_owned();
        assert_eq!(verified.status.code(), Some(1), "{expected}");
        assert!(
            told.contains("dups/part-00001.jsonl:1: ") && told.contains(expected),
            "{expected}: {told}"
        );
        fs::remove_dir_all(&output).expect("removed");
    }
}
