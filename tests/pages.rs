//! Pages through the binary: what is taken from them, and that a hostile one costs itself alone.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::{annotate, annotated, arg, gzip, root};
use serde_json::Value;

#[test]
fn a_page_gives_its_article_and_what_it_says_of_itself() {
    let (_folder, records, _) = annotated(&[&root().join("tests/pages/market.html")], 0);
    let record = &records[0];
    assert_eq!(record["title"], "Eleven killed in blast at Garowe market");
    assert_eq!(record["published"], "2021-05-04");
    assert_eq!(record["published_from"], "field");
    assert_eq!(record["outlet"], "The Lake Courier");
    let url = "https://lakecourier.example/2021/05/04/garowe-market-blast";
    assert_eq!(record["url"], url);
    assert_eq!(record["meta"]["author"], "Hodan Warsame, Ali Duale");
    assert_eq!(record["meta"]["language"], "en-KE");
    let text = record["text"].as_str().expect("a text");
    assert!(text.starts_with("At least eleven people"), "{text}");
    assert!(text.contains("Puntland police’s bomb squad"), "{text}");
    assert!(text.ends_with("on the road to Bosaso."), "{text}");
    assert!(!text.contains("Related") && !text.contains("Copyright"));
    assert_eq!(text.matches("\n\n").count(), 3, "{text}");
    assert!(record["source"].get("byte").is_none());
    let page = fs::read(root().join("tests/pages/market.html")).expect("read");
    let digest = headcount::digest::sha256(&page);
    assert_eq!(record["source"]["sha256"], digest);
}

#[test]
fn an_old_page_in_another_charset() {
    let (_folder, records, _) = annotated(&[&root().join("tests/pages/bridge.htm")], 0);
    let record = &records[0];
    assert_eq!(record["title"], "Farmers block bridge at Santa Inés");
    assert_eq!(record["published"], "2009-03-12");
    let text = record["text"].as_str().expect("a text");
    assert!(text.contains("José Peñalver"), "{text}");
    assert!(text.contains("“We have 3,000 families"), "{text}");
    assert_eq!(record["warnings"], Value::Array(Vec::new()));
}

#[test]
fn a_page_may_be_packed_and_a_folder_is_read_with_its_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = fs::read(root().join("tests/pages/market.html")).expect("read");
    fs::write(folder.path().join("a.html.gz"), gzip(&page)).expect("written");
    let packed = zstd::encode_all(page.as_slice(), 3).expect("packed");
    fs::write(folder.path().join("b.html.zst"), packed).expect("written");
    let (_out, records, _) = annotated(&[folder.path()], 0);
    assert_eq!(records.len(), 2);
    assert_eq!(records[0]["text"], records[1]["text"]);
}

#[test]
fn a_list_names_the_inputs() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("files.txt");
    let lines = "# pages\n\ntests/pages/bridge.htm\r\ntests/pages/m*.html\n";
    fs::write(&list, lines).expect("written");
    let named = format!("@{}", arg(&list));
    let (_out, records, _) = annotated(&[Path::new(&named)], 0);
    let paths: Vec<&str> = records
        .iter()
        .filter_map(|record| record["source"]["path"].as_str())
        .collect();
    assert_eq!(paths, ["tests/pages/bridge.htm", "tests/pages/market.html"]);
    let output = arg(&folder.path().join("out")).to_owned();
    let told = annotate(&["@no/such/list", "-o", &output], 2);
    assert!(String::from_utf8_lossy(&told.stderr).contains("no/such/list"));
}

#[test]
fn hostile_pages_cost_themselves_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages: [(&str, Vec<u8>, bool); 8] = [
        ("b-deep.html", b"<div>".repeat(1_000_000), true),
        ("c-wide.html", b"<p>x</p>".repeat(900_000), true),
        (
            "d-formats.html",
            (0..100_000)
                .flat_map(|index| format!("<p><b id={index}></p>").into_bytes())
                .collect(),
            true,
        ),
        (
            "e-attributes.html",
            [
                b"<a ".to_vec(),
                (0..700_000)
                    .flat_map(|index| format!("x{index} ").into_bytes())
                    .collect(),
            ]
            .concat(),
            true,
        ),
        (
            "f-nul.html",
            b"<p>\0</p>&#0;&#xFFFFFFFF;&nosuch;&amp".repeat(1000),
            false,
        ),
        (
            "g-open.html",
            b"<table><tr><td><script><!--<script>".repeat(1000),
            false,
        ),
        (
            "h-noise.html",
            (0..20_000u32)
                .map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8)
                .collect(),
            false,
        ),
        ("i-brackets.html", vec![b'<'; 20_000], false),
    ];
    for (name, bytes, _) in &pages {
        fs::write(folder.path().join(name), bytes).expect("written");
    }
    let page = fs::read(root().join("tests/pages/market.html")).expect("read");
    for name in ["a.html", "z.html"] {
        fs::write(folder.path().join(name), &page).expect("written");
    }
    let (_out, records, rejects) = annotated(&[folder.path()], 1);
    let paths = |lines: &[Value], key: &str| -> BTreeSet<String> {
        let path = |line: &Value| line.pointer(key).and_then(Value::as_str).map(str::to_owned);
        lines
            .iter()
            .filter_map(path)
            .filter_map(|path| Some(path.rsplit_once('/')?.1.to_owned()))
            .collect()
    };
    let annotated = paths(&records, "/source/path");
    assert!(annotated.contains("a.html") && annotated.contains("z.html"));
    let expected: BTreeSet<String> = pages
        .iter()
        .filter(|(.., rejected)| *rejected)
        .map(|(name, ..)| (*name).to_owned())
        .collect();
    assert_eq!(paths(&rejects, "/path"), expected);
    assert!(
        rejects
            .iter()
            .all(|reject| reject["code"] == "html_too_complex")
    );
}
