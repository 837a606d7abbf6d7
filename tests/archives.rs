//! Archives through the binary: tar and zip of every format, sound and broken. Every sound member is annotated, and whatever is
//! not is told with its place.

mod common;

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use common::{annotate, annotated, arg, counts, gzip, headcount, is_sound, lines, parts, records};
use serde_json::{Value, json};
use tar::{EntryType, Header};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An article of its own, told from all others by its number.
fn article(number: usize) -> String {
    format!(
        "KABUL: At least {} people were killed in Kunduz on Monday, officials said. Ahmad Karimi, a spokesman for the \
         governor, blamed the Taliban.",
        number + 2
    )
}

fn json_lines(numbers: std::ops::Range<usize>) -> String {
    let lines = numbers.map(|number| format!("{}\n", json!({"text": article(number)})));
    lines.collect()
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).expect("packed")
}

/// A WARC record of one page.
fn warc(number: usize) -> Vec<u8> {
    let page = format!(
        "<html><body><article><p>{}</p></article></body></html>",
        article(number)
    );
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let length = block.len();
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
    );
    record.into_bytes()
}

/// A member of every format, packed and not; 14 records.
fn members() -> Vec<(String, Vec<u8>)> {
    let rows = format!("id,text\nx,\"{}\"\ny,\"{}\"\n", article(5), article(6));
    let members = [
        ("z-first.txt", article(0).into_bytes()),
        (
            "pages/p.html",
            format!(
                "<html><body><article><p>{}</p></article></body></html>",
                article(1)
            )
            .into_bytes(),
        ),
        ("lines/a.jsonl", json_lines(2..4).into_bytes()),
        (
            "b.json",
            json!([{"text": article(4)}]).to_string().into_bytes(),
        ),
        ("c.csv", rows.clone().into_bytes()),
        (
            "d.tsv",
            format!("id\ttext\nz\t{}\n", article(7)).into_bytes(),
        ),
        ("e.jsonl.gz", gzip(json_lines(8..10).as_bytes())),
        ("f.txt.zst", zst(article(10).as_bytes())),
        ("g.warc.gz", [gzip(&warc(11)), gzip(&warc(12))].concat()),
        ("a-last.text", article(13).into_bytes()),
    ];
    members
        .map(|(name, bytes)| (name.to_owned(), bytes))
        .to_vec()
}

fn header(name: &[u8], size: u64, kind: EntryType) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    let field = &mut header.as_old_mut().name;
    field[..name.len()].copy_from_slice(name);
    header.set_cksum();
    header
}

/// A header and the bytes behind it, in blocks.
fn tar_member(name: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut out = header(name, bytes.len() as u64, EntryType::Regular)
        .as_bytes()
        .to_vec();
    out.extend_from_slice(bytes);
    out.resize(out.len().next_multiple_of(512), 0);
    out
}

fn tar_of(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder
            .append_data(&mut header, name, bytes.as_slice())
            .expect("a member");
    }
    builder.into_inner().expect("an archive")
}

fn zip_with(members: &[(String, Vec<u8>)], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(name.as_str(), options).expect("a member");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

fn zip_of(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    zip_with(members, CompressionMethod::DEFLATE)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("written");
    path
}

/// The member of each record or reject; `-` where there is none.
fn members_of(lines: &[Value]) -> Vec<&str> {
    lines
        .iter()
        .map(|line| {
            let of_record = line["source"]["member"].as_str();
            of_record.or(line["member"].as_str()).unwrap_or("-")
        })
        .collect()
}

fn codes(lines: &[Value]) -> Vec<&str> {
    lines
        .iter()
        .map(|line| line["code"].as_str().expect("a code"))
        .collect()
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn every_format_in_every_archive_gives_the_same_and_says_where_it_stood() {
    let folder = tempfile::tempdir().expect("a folder");
    let members = members();
    let tar = tar_of(&members);
    let archives = [
        write(folder.path(), "a.tar", &tar),
        write(folder.path(), "b.tar.gz", &gzip(&tar)),
        write(folder.path(), "c.tgz", &gzip(&tar)),
        write(folder.path(), "d.tar.zst", &zst(&tar)),
        write(folder.path(), "e.zip", &zip_of(&members)),
        write(
            folder.path(),
            "f.zip",
            &zip_with(&members, CompressionMethod::STORE),
        ),
    ];
    let paths: Vec<&Path> = archives.iter().map(PathBuf::as_path).collect();
    let (run, all, rejects) = annotated(&paths, 0);
    assert!(rejects.is_empty(), "{rejects:?}");
    assert_eq!(all.len(), 14 * archives.len());
    let first = &all[..14];
    let places: Vec<&str> = members_of(first);
    assert_eq!(
        places,
        [
            "z-first.txt",
            "pages/p.html",
            "lines/a.jsonl",
            "lines/a.jsonl",
            "b.json",
            "c.csv",
            "c.csv",
            "d.tsv",
            "e.jsonl.gz",
            "e.jsonl.gz",
            "f.txt.zst",
            "g.warc.gz",
            "g.warc.gz",
            "a-last.text",
        ]
    );
    for (number, record) in first.iter().enumerate() {
        let source = &record["source"];
        let text = record["text"].as_str().expect("a text");
        assert!(text.contains(&article(number)), "{number}: {text}");
        // Each is found again by member and byte.
        let (_, bytes) = members
            .iter()
            .find(|(name, _)| source["member"] == **name)
            .expect("a member");
        let from = usize::try_from(source["byte"].as_u64().expect("a place")).expect("small");
        let begins: &[u8] = match source["member"].as_str() {
            Some("g.warc.gz") => &bytes[from..],
            _ => continue,
        };
        assert!(begins.starts_with(&[0x1F, 0x8B]));
    }
    let line = json_lines(3..4);
    let second = &first[3]["source"];
    assert_eq!(second["byte"], json_lines(2..3).len());
    assert_eq!(second["sha256"], sha256(line.trim_end().as_bytes()));
    assert_eq!(first[0]["source"]["sha256"], sha256(article(0).as_bytes()));
    assert_eq!(
        first[0]["id"],
        format!("{}!z-first.txt#0", archives[0].display())
    );
    let numbers: Vec<u64> = first
        .iter()
        .map(|record| record["source"]["record"].as_u64().expect("a number"))
        .collect();
    assert_eq!(numbers, [0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0]);
    assert_eq!(first[5]["id"], "x");
    let bare = |record: &Value| {
        let mut record = record.clone();
        record["source"]["path"] = Value::Null;
        record["id"] = Value::Null;
        record
    };
    for others in all.chunks(14) {
        assert!(others.iter().map(bare).eq(first.iter().map(bare)));
    }

    // The same bytes for any number of workers, and what is done is kept.
    let (one, again) = (folder.path().join("one"), run.path().join("out"));
    let list = write(
        folder.path(),
        "list",
        archives
            .map(|path| path.display().to_string())
            .join("\n")
            .as_bytes(),
    );
    let from_list = format!("@{}", list.display());
    let from_list = from_list.as_str();
    annotate(&[from_list, "-o", arg(&one), "--jobs", "1"], 0);
    assert_eq!(records(&one), all);
    let kept = annotate(&[from_list, "-o", arg(&again)], 0);
    assert!(String::from_utf8_lossy(&kept.stderr).contains("1 of 1 shards were done before"));
    let dry = annotate(&[from_list, "-o", arg(&one), "--dry-run"], 0);
    let told = String::from_utf8_lossy(&dry.stdout).into_owned();
    assert!(told.contains("14 records  tar"), "{told}");
    assert!(told.contains("14 records  zip"), "{told}");
    assert!(told.contains("84 records in 6 files"), "{told}");
}

#[test]
fn what_is_no_file_of_articles_is_counted_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = |number| article(number).into_bytes();
    let long = format!(
        "{}/long.txt",
        "folder-of-the-day/".repeat(12).trim_end_matches('/')
    );
    let mut tar = Vec::new();
    tar.extend(header(b"news/", 0, EntryType::Directory).as_bytes());
    tar.extend(tar_member(b"./news/one.txt", &text(0)));
    let mut link = header(b"link.txt", 0, EntryType::Symlink);
    link.set_link_name("news/one.txt").expect("a name");
    link.set_cksum();
    tar.extend(link.as_bytes());
    let mut link = header(b"hard.txt", 0, EntryType::Link);
    link.set_link_name("news/one.txt").expect("a name");
    link.set_cksum();
    tar.extend(link.as_bytes());
    tar.extend(header(b"null.txt", 0, EntryType::Char).as_bytes());
    tar.extend(header(b"disk.txt", 0, EntryType::Block).as_bytes());
    tar.extend(header(b"pipe.txt", 0, EntryType::Fifo).as_bytes());
    tar.extend(tar_member(b"photo.jpeg", b"\xFF\xD8"));
    tar.extend(tar_member(b"__MACOSX/._one.txt", b"\0\x05\x16\x07"));
    tar.extend(tar_member(b"inner.tar.gz", &gzip(&tar_of(&members()))));
    tar.extend(tar_member(b"../../etc/cron.d/two.txt", &text(1)));
    tar.extend(tar_member(b"caf\xE9.txt", &text(2)));
    let mut rest = tar::Builder::new(Vec::new());
    let mut head = Header::new_gnu();
    head.set_size(text(3).len() as u64);
    rest.append_data(&mut head, &long, text(3).as_slice())
        .expect("a member");
    let extension = format!("path=pax/{long}\n");
    let extension = format!("{} {extension}", extension.len() + 4);
    tar.extend(header(b"pax", extension.len() as u64, EntryType::XHeader).as_bytes());
    tar.extend(extension.as_bytes());
    tar.resize(tar.len().next_multiple_of(512), 0);
    tar.extend(tar_member(b"short.txt", &text(4)));
    tar.extend(rest.into_inner().expect("an archive"));
    let path = write(folder.path(), "news.tar", &tar);
    let (run, found, rejects) = annotated(&[&path], 1);
    let pax = format!("pax/{long}");
    assert_eq!(
        members_of(&found),
        [
            "news/one.txt",
            "../../etc/cron.d/two.txt",
            "caf\u{fffd}.txt",
            pax.as_str(),
            long.as_str()
        ]
    );
    assert_eq!(codes(&rejects), ["nested_archive"]);
    assert_eq!(members_of(&rejects), ["inner.tar.gz"]);
    assert!(
        rejects[0]["reason"]
            .as_str()
            .expect("a reason")
            .contains("unpack the outer archive")
    );
    let skipped = parts(&run.path().join("out"), "skipped/");
    assert!(
        codes(&skipped)
            .iter()
            .all(|code| *code == "member_not_read"),
        "{skipped:?}"
    );
    let told: Vec<String> = skipped
        .iter()
        .map(|line| {
            format!(
                "{} {}",
                line["member"].as_str().expect("a member"),
                line["reason"].as_str().expect("why")
            )
        })
        .collect();
    let expected = [
        ("link.txt", "symbolic link"),
        ("hard.txt", "hard link"),
        ("null.txt", "device"),
        ("disk.txt", "device"),
        ("pipe.txt", "named pipe"),
        ("photo.jpeg", "extension"),
        ("__MACOSX/._one.txt", "hidden"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (line, (name, why)) in told.iter().zip(expected) {
        assert!(line.starts_with(name) && line.contains(why), "{line}");
    }
    assert_eq!(counts(&run.path().join("out"))["in"], 13);
    // With a format, extensions do not count.
    let odd = write(
        folder.path(),
        "odd.tar",
        &tar_of(&[("story".to_owned(), text(0))]),
    );
    let out = folder.path().join("out");
    annotate(&[arg(&odd), "-o", arg(&out), "--format", "text"], 0);
    assert_eq!(members_of(&records(&out)), ["story"]);
}

#[test]
fn a_tar_that_is_cut_or_damaged_gives_what_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let members: Vec<(String, Vec<u8>)> = (0..4)
        .map(|number| {
            (
                format!("{number}.jsonl"),
                json_lines(number * 10..number * 10 + 10).into_bytes(),
            )
        })
        .collect();
    let tar = tar_of(&members);
    let mut begins = vec![0];
    for (_, bytes) in &members {
        begins.push(begins[begins.len() - 1] + 512 + bytes.len().next_multiple_of(512));
    }
    let annotated_of =
        |name: &str, bytes: &[u8]| annotated(&[&write(folder.path(), name, bytes)], 1);
    // Inside a line of the third member.
    let cut = begins[2] + 512 + json_lines(20..24).len() + 30;
    for (name, bytes) in [
        ("cut.tar", tar[..cut].to_vec()),
        ("cut.tar.gz", gzip(&tar[..cut])),
    ] {
        let (_run, found, rejects) = annotated_of(name, &bytes);
        assert_eq!(found.len(), 24, "{name}");
        assert_eq!(codes(&rejects), ["archive_cut"]);
        assert_eq!(
            (members_of(&rejects), &rejects[0]["record"]),
            (vec!["2.jsonl"], &json!(4))
        );
        let reason = rejects[0]["reason"].as_str().expect("a reason");
        assert!(
            reason.contains("of the archive") && reason.contains("fetch the file again"),
            "{reason}"
        );
        assert_eq!(rejects[0]["raw"].as_str().map(str::len), Some(30));
    }
    // Between two members: only the missing end tells.
    let (_run, found, rejects) = annotated_of("between.tar", &tar[..begins[2]]);
    assert_eq!((found.len(), codes(&rejects)), (20, vec!["archive_cut"]));
    // A packed archive that is cut, or damaged.
    let packed = gzip(&tar);
    let (_run, found, rejects) = annotated_of("packed.tar.gz", &packed[..packed.len() / 2]);
    assert!(found.len() < 40);
    assert_eq!(codes(&rejects), ["archive_cut"]);
    // A header that is damaged costs its own member.
    let mut damaged = tar.clone();
    damaged[begins[1] + 3] ^= 0x40;
    let (_run, found, rejects) = annotated_of("damaged.tar", &damaged);
    assert_eq!(found.len(), 30);
    assert_eq!(
        members_of(&found)
            .iter()
            .filter(|name| **name == "1.jsonl")
            .count(),
        0
    );
    assert_eq!(codes(&rejects), ["archive_damaged"]);
    assert_eq!(rejects[0]["byte"], begins[1]);
    assert_eq!(rejects[0]["raw_bytes"], begins[2] - begins[1]);
    // What stands behind the end is not passed over.
    let mut behind = tar.clone();
    behind.extend(b"x".repeat(600));
    let (_run, found, rejects) = annotated_of("behind.tar", &behind);
    assert_eq!(found.len(), 40);
    assert_eq!(codes(&rejects), ["archive_damaged"]);
    // Two archives joined are both read.
    let (_run, found, _) = annotated(
        &[&write(
            folder.path(),
            "two.tar",
            &[tar.clone(), tar.clone()].concat(),
        )],
        0,
    );
    assert_eq!(found.len(), 80);
    // No archive at all.
    let (_run, found, rejects) = annotated_of("no.tar", b"It rained.");
    assert_eq!((found.len(), codes(&rejects)), (0, vec!["archive_cut"]));
}

/// Where a member's own header begins in a zip.
fn local_header(zip: &[u8], name: &str) -> usize {
    (0..zip.len())
        .find(|&at| {
            zip[at..].starts_with(b"PK\x03\x04") && zip[at + 30..].starts_with(name.as_bytes())
        })
        .expect("a header")
}

/// Where a member's line in the directory of a zip begins.
fn directory_line(zip: &[u8], name: &str) -> usize {
    (0..zip.len())
        .find(|&at| {
            zip[at..].starts_with(b"PK\x01\x02") && zip[at + 46..].starts_with(name.as_bytes())
        })
        .expect("a line")
}

#[test]
fn a_member_of_a_zip_that_is_at_fault_costs_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let members: Vec<(String, Vec<u8>)> = (0..6)
        .map(|number| (format!("{number}.txt"), article(number).into_bytes()))
        .collect();
    let sound = zip_of(&members);
    let mut zip = sound.clone();
    // Data that no longer unpack; a checksum that is another; an encrypted member; a packing nobody knows.
    let data = local_header(&zip, "1.txt") + 35;
    for byte in &mut zip[data + 10..data + 40] {
        *byte = 0xFF;
    }
    let line = directory_line(&zip, "2.txt");
    zip[line + 16] ^= 1;
    let line = directory_line(&zip, "3.txt");
    zip[line + 8] |= 1;
    let line = directory_line(&zip, "4.txt");
    zip[line + 10] = 12;
    let path = write(folder.path(), "faults.zip", &zip);
    let (_run, found, rejects) = annotated(&[&path], 1);
    assert_eq!(members_of(&found), ["0.txt", "5.txt"]);
    assert_eq!(
        codes(&rejects),
        [
            "corrupt_stream",
            "corrupt_stream",
            "member_unreadable",
            "member_unreadable"
        ]
    );
    assert_eq!(members_of(&rejects), ["1.txt", "2.txt", "3.txt", "4.txt"]);
    let reason = |at: usize| rejects[at]["reason"].as_str().expect("a reason");
    assert!(
        reason(1).contains("checksum") && reason(2).contains("encrypted"),
        "{rejects:?}"
    );
    assert_eq!(rejects[1]["raw"], article(2), "what there is of it is kept");
    // Two members of one name are two.
    let twice = zip_of(&[
        members[0].clone(),
        ("9.txt".to_owned(), article(9).into_bytes()),
    ]);
    let at: Vec<usize> = (0..twice.len())
        .filter(|&at| twice[at..].starts_with(b"9.txt"))
        .collect();
    let mut twice = twice;
    for at in at {
        twice[at] = b'0';
    }
    let (_run, found, _) = annotated(&[&write(folder.path(), "twice.zip", &twice)], 0);
    assert_eq!(members_of(&found), ["0.txt", "0.txt"]);
    // No directory, and no zip.
    for (name, bytes) in [
        ("cut.zip", &sound[..sound.len() / 2]),
        ("no.zip", b"It rained.".as_slice()),
    ] {
        let (_run, found, rejects) = annotated(&[&write(folder.path(), name, bytes)], 1);
        assert_eq!(
            (found.len(), codes(&rejects)),
            (0, vec!["archive_unreadable"]),
            "{name}"
        );
        assert!(
            rejects[0]["reason"]
                .as_str()
                .expect("a reason")
                .contains("zip -FF")
        );
    }
}

#[test]
fn what_unpacks_to_far_too_much_is_rejected() {
    let folder = tempfile::tempdir().expect("a folder");
    // By the ratio: 80 MiB of one letter.
    let bomb = zst(&vec![b'a'; 80 << 20]);
    let members = [
        ("a.txt".to_owned(), article(0).into_bytes()),
        ("bomb.jsonl.zst".to_owned(), bomb),
        ("c.txt".to_owned(), article(1).into_bytes()),
    ];
    let path = write(folder.path(), "bomb.zip", &zip_of(&members));
    let (_run, found, rejects) = annotated(&[&path], 1);
    assert_eq!(members_of(&found), ["a.txt", "c.txt"]);
    assert_eq!(codes(&rejects), ["decompression_bomb"]);
    assert_eq!(members_of(&rejects), ["bomb.jsonl.zst"]);
    // By the total: each member is harmless.
    let many: Vec<(String, Vec<u8>)> = (0..8)
        .map(|number| {
            let filler = format!("{} ", article(number)).repeat(1500);
            (
                format!("{number}.jsonl"),
                format!("{}\n", json!({"text": article(number), "x": filler})).into_bytes(),
            )
        })
        .collect();
    let tar = tar_of(&many);
    for (name, bytes) in [
        ("many.zip", zip_of(&many)),
        ("many.tar.gz", gzip(&tar)),
        ("many.tar.zst", zst(&tar)),
    ] {
        let path = write(folder.path(), name, &bytes);
        let (first, full) = (
            folder.path().join(format!("{name}-first")),
            folder.path().join(format!("{name}-full")),
        );
        let cap = ["--max-unpacked", "1"];
        annotate(&[&[arg(&path), "-o", arg(&first)], &cap[..]].concat(), 1);
        let rejects = parts(&first, "rejects/");
        assert_eq!(codes(&rejects), ["unpacked_too_large"], "{name}");
        let found = records(&first);
        assert!((3..8).contains(&found.len()), "{name}: {}", found.len());
        // With a higher limit, the rest is had.
        let again = folder.path().join(format!("{name}-again"));
        annotate(&["--retry-rejects", arg(&first), "-o", arg(&again)], 0);
        annotate(&[arg(&path), "-o", arg(&full)], 0);
        assert_eq!([found, records(&again)].concat(), records(&full), "{name}");
        is_sound(&again);
    }
}

#[test]
fn a_tar_may_be_piped_and_a_zip_may_not() {
    let tar = gzip(&tar_of(&members()));
    let mut child = headcount()
        .args(["annotate", "-", "--format", "tar", "-o", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(&tar)
        .expect("written");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    let found = lines(&output.stdout);
    assert_eq!(found.len(), 14);
    assert_eq!(found[0]["source"]["path"], "-");
    for format in ["zip", "parquet"] {
        let refused = annotate(&["-", "--format", format, "-o", "-"], 2);
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(
            told.contains("read from its end") && told.contains("give the file"),
            "{told}"
        );
    }
}

/// Takes again what a run rejected, with the field that it had not been told.
fn retried(rejected: &Path, output: &Path) {
    let (rejected, output) = (arg(rejected), arg(output));
    let how = ["--retry-rejects", rejected, "-o", output];
    annotate(&[&how[..], &["--text-key", "zzz"]].concat(), 0);
}

#[test]
fn rejects_of_members_are_taken_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let keyed = |numbers: std::ops::Range<usize>| -> Vec<u8> {
        let lines = numbers.map(|number| format!("{}\n", json!({"zzz": article(number)})));
        lines.collect::<String>().into_bytes()
    };
    let whole = gzip(&keyed(2..30));
    let cut = whole[..whole.len() - 20].to_vec();
    let members = |packed: &[u8]| {
        vec![
            ("a.jsonl".to_owned(), keyed(0..2)),
            ("b.jsonl.gz".to_owned(), packed.to_vec()),
            (
                "c.csv".to_owned(),
                format!("id,zzz\n1,\"{}\"\n", article(30)).into_bytes(),
            ),
            ("d.jsonl".to_owned(), keyed(31..33)),
        ]
    };
    for (name, pack) in [
        ("news.tar", tar_of as fn(&[(String, Vec<u8>)]) -> Vec<u8>),
        ("news.zip", zip_of),
    ] {
        let archive = write(folder.path(), name, &pack(&members(&cut)));
        let (first, again) = (
            path(&format!("{name}-first")),
            path(&format!("{name}-again")),
        );
        annotate(&[arg(&archive), "-o", arg(&first)], 1);
        is_sound(&first);
        assert_eq!(counts(&first)["annotated"], 0);
        write(folder.path(), name, &pack(&members(&whole)));
        // Also the records that the cut had hidden, and no record twice.
        retried(&first, &again);
        is_sound(&again);
        let texts: Vec<String> = records(&again)
            .iter()
            .map(|record| record["text"].as_str().expect("a text").to_owned())
            .collect();
        assert_eq!(texts, (0..33).map(article).collect::<Vec<_>>(), "{name}");
        let full = path(&format!("{name}-full"));
        annotate(&[arg(&archive), "-o", arg(&full), "--text-key", "zzz"], 0);
        assert_eq!(records(&again), records(&full), "{name}");
    }
    // An archive that was cut, fetched again.
    let whole = gzip(&tar_of(&members(&whole)));
    let archive = write(folder.path(), "late.tgz", &whole[..whole.len() / 2]);
    let (first, again) = (path("late-first"), path("late-again"));
    annotate(&[arg(&archive), "-o", arg(&first), "--text-key", "zzz"], 1);
    write(folder.path(), "late.tgz", &whole);
    retried(&first, &again);
    let full = path("late-full");
    annotate(&[arg(&archive), "-o", arg(&full), "--text-key", "zzz"], 0);
    assert_eq!([records(&first), records(&again)].concat(), records(&full));
}
