//! `resolve`, `actors` and `--actors` as a user meets them: the built binary, files and exit codes.

mod common;

use std::io::Write;
use std::process::{Output, Stdio};

use common::{arg, headcount};
use serde_json::Value;

const HEAD: &str = "id,name,type,country,qid,parent,valid_from,valid_until,source,aliases\n";

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = headcount()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input.as_bytes()).expect("written");
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON line"))
        .collect()
}

fn id(line: &Value) -> Option<&str> {
    line.pointer("/actor/id").and_then(Value::as_str)
}

#[test]
fn resolve_answers_every_line_with_a_reason() {
    let input = concat!(
        "{\"id\":7,\"mention\":\"Daesh\"}\n",
        "{\"id\":\"b\",\"mention\":\"Kabul\",\"context\":\"On Monday Kabul said no.\",\"type\":\"LOC\"}\n",
        "{\"mention\":\"ALP\",\"type\":\"ORG\",\"country\":\"Afghanistan\"}\n",
        "{\"mention\":\"QZXV\",\"type\":\"ORG\"}\n",
    );
    let output = run(&["resolve", "-"], input);
    assert_eq!(output.status.code(), Some(0));
    let rows = lines(&output);
    let ids: Vec<_> = rows.iter().map(id).collect();
    let wanted = [
        Some("islamic-state"),
        Some("afghan-government"),
        Some("afghan-local-police"),
        None,
    ];
    assert_eq!(ids, wanted);
    assert_eq!(
        rows.first().and_then(|row| row.get("id")),
        Some(&Value::from(7))
    );
    for row in &rows {
        for key in ["id", "mention", "actor", "rule", "evidence", "alternatives"] {
            assert!(row.get(key).is_some(), "{key} in {row}");
        }
    }
    assert_eq!(
        rows.get(1).and_then(|row| row.get("evidence")),
        Some(&Value::from("said"))
    );
}

#[test]
fn a_broken_line_is_told_and_costs_no_other() {
    let output = run(
        &["resolve", "-"],
        "{\"mention\":\"Daesh\"}\nnothing\n{\"mention\":\"Hamas\"}\n",
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines(&output).len(), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains(":2:"));
}

#[test]
fn explain_is_for_reading() {
    let output = run(&["resolve", "-", "--explain"], "{\"mention\":\"Daesh\"}\n");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        text.contains("Islamic State (islamic-state), by book_exact"),
        "{text}"
    );
}

#[test]
fn a_book_of_ones_own_wins_and_may_delete() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.csv");
    let rows = "harbour-front,Harbour Front,armed_group,,,,,,me,Daesh\nhamas,,delete,,,,,,me,\n";
    std::fs::write(&path, format!("{HEAD}{rows}")).expect("written");
    let input = "{\"mention\":\"Daesh\"}\n{\"mention\":\"Hamas\",\"type\":\"ORG\"}\n";
    let rows = lines(&run(&["resolve", "-", "--actors", arg(&path)], input));
    let ids: Vec<_> = rows.iter().map(id).collect();
    assert_eq!(ids.first(), Some(&Some("harbour-front")));
    assert_ne!(ids.get(1), Some(&Some("hamas")));
}

#[test]
fn the_book_can_be_read_searched_and_checked() {
    let find = run(&["actors", "find", "Pakistani Taliban"], "");
    assert!(String::from_utf8_lossy(&find.stdout).starts_with("ttp\t"));
    let show = run(&["actors", "show", "ttp"], "");
    assert!(String::from_utf8_lossy(&show.stdout).contains("type     armed_group"));
    assert_eq!(
        run(&["actors", "show", "no-such-id"], "").status.code(),
        Some(2)
    );
    let list = run(&["actors", "list", "--type", "court"], "");
    assert!(
        String::from_utf8_lossy(&list.stdout)
            .lines()
            .all(|row| row.contains("\tcourt\t"))
    );
    assert_eq!(run(&["actors", "lint"], "").status.code(), Some(0));
}

#[test]
fn lint_refuses_a_bad_book_with_file_and_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bad.csv");
    let rows = "a-front,A Front,armed_group,,,,2010,2005,me,\n";
    std::fs::write(&path, format!("{HEAD}{rows}")).expect("written");
    let output = run(&["actors", "lint", arg(&path)], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("bad.csv:2:"));
}

#[test]
fn an_imported_list_is_a_book() {
    let folder = tempfile::tempdir().expect("a folder");
    let (list, book) = (
        folder.path().join("list.jsonl"),
        folder.path().join("book.csv"),
    );
    let entity = r#"{"id":"x1","schema":"Organization","caption":"Lake Front","properties":{"alias":["Front of the Lake"]}}"#;
    std::fs::write(&list, entity).expect("written");
    let made = run(
        &[
            "actors",
            "import",
            "--from",
            "ftm",
            arg(&list),
            "-o",
            arg(&book),
        ],
        "",
    );
    assert_eq!(made.status.code(), Some(0));
    let rows = lines(&run(
        &["resolve", "-", "--actors", arg(&book)],
        "{\"mention\":\"Front of the Lake\",\"type\":\"ORG\"}\n",
    ));
    assert_eq!(rows.first().and_then(id), Some("x1"));
}

#[test]
fn another_book_is_another_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = folder.path().join("one.txt");
    std::fs::write(&article, "Nothing happened.\n").expect("written");
    let mine = folder.path().join("mine.csv");
    std::fs::write(
        &mine,
        format!("{HEAD}x-front,X Front,armed_group,,,,,,me,\n"),
    )
    .expect("written");
    let digest = |out: &str, more: &[&str]| {
        let out = folder.path().join(out);
        let mut arguments = vec![arg(&article), "-o", arg(&out), "-q"];
        arguments.extend(more);
        common::annotate(&arguments, 0);
        let manifest = std::fs::read_to_string(out.join("MANIFEST.json")).expect("a manifest");
        let manifest: Value = serde_json::from_str(&manifest).expect("JSON");
        manifest.pointer("/identity/actors").cloned()
    };
    let own = digest("a", &[]);
    assert!(own.is_some());
    assert_ne!(own, digest("b", &["--actors", arg(&mine)]));
}
