//! Each fault, with the records around it.

use super::*;

fn last_reject(items: &[Item]) -> &Reject {
    items
        .last()
        .expect("an item")
        .as_ref()
        .expect_err("a reject")
}

#[test]
fn blank_lines_are_no_records_and_a_cut_last_line_is_invalid() {
    let file = b"\n{\"text\":\"a\"}\r\n  \r\n{\"text\":\"b\"}\n{\"text\":\"c";
    assert_eq!(texts(file, Format::JsonLines), ["a", "b", "!invalid_json"]);
    let items = items(file, Format::JsonLines, Limits::default());
    let raw = items.last().expect("an item").as_ref().expect("a record");
    assert_eq!((raw.record, raw.byte), (2, 32));
    let Err(Refusal::Reject(reject)) = article(raw, &FieldOptions::default()) else {
        panic!("a reject is wanted");
    };
    assert_eq!((reject.byte, reject.raw_bytes), (32, 10));
    assert!(
        reject.reason.contains("EOF") && reject.reason.contains("byte 41"),
        "{}",
        reject.reason
    );
}

#[test]
fn a_line_over_the_limit_costs_that_line() {
    let long = "x".repeat(300_000);
    let file = format!("{{\"text\":\"a\"}}\n{{\"text\":\"{long}\"}}\n{{\"text\":\"b\"}}\n");
    let items = items(file.as_bytes(), Format::JsonLines, limits(100_000));
    assert_eq!(
        told(&items),
        ["{\"text\":\"a\"}", "!too_large", "{\"text\":\"b\"}"]
    );
    let reject = items.get(1).expect("three").as_ref().expect_err("a reject");
    assert_eq!((reject.raw.len(), reject.raw_bytes), (65536, 300_011));
}

#[test]
fn an_array_cut_short_gives_its_good_elements() {
    let items = items(
        b"[{\"text\":\"a\"}, {\"text\":\"b\"}, {\"tex",
        Format::Json,
        Limits::default(),
    );
    assert_eq!(
        told(&items),
        ["{\"text\":\"a\"}", "{\"text\":\"b\"}", "!cut_short"]
    );
    let reject = last_reject(&items);
    assert_eq!(
        (reject.byte, reject.raw.as_slice()),
        (29, b"{\"tex".as_slice())
    );
    assert_eq!(
        texts(b"[{\"text\":\"a\"},", Format::Json),
        ["a", "!cut_short"]
    );
    assert_eq!(texts(b"[", Format::Json), ["!cut_short"]);
    assert!(texts(b" [ ] ", Format::Json).is_empty());
}

#[test]
fn what_stands_between_elements_is_never_silent() {
    let file = b"[{\"text\":\"a\"} ?? oops, {\"text\":\"b\"}]\ntrailing: words\n";
    assert_eq!(
        texts(file, Format::Json),
        ["a", "!invalid_json", "b", "!invalid_json"]
    );
    let file = b"[{\"text\":\"a\"} {\"text\":\"b\"},, {\"text\":\"c\"}]";
    let warned: Vec<usize> = items(file, Format::Json, Limits::default())
        .iter()
        .flatten()
        .map(|raw| raw.warnings.len())
        .collect();
    assert_eq!(warned, [0, 1, 1]);
}

#[test]
fn a_json_file_may_be_one_object_or_a_sequence() {
    assert_eq!(texts(b"{\"text\":\"a\"}", Format::Json), ["a"]);
    assert_eq!(
        texts(
            b"{\"text\":\"a\"}\n{\"text\":\"b\"}{\"text\":\"c\"}",
            Format::Json
        ),
        ["a", "b", "c"]
    );
    assert_eq!(
        texts(b"[1, \"x]\\\"\", [], null]", Format::Json),
        ["!not_an_object"; 4]
    );
}

#[test]
fn a_stray_quote_or_bracket_in_an_array_costs_one_record() {
    let tails = [
        "\"he said \"no\" to it\"",
        "\"open",
        "[1, 2}",
        "\"a\" \"b\"",
        "{",
    ];
    for tail in tails {
        let file = format!(
            "[{{\"id\":1,\"text\":\"a\"}},\n{{\"id\":2,\"text\":{tail}}},\n{{\"id\":3,\"text\":\"c\"}}]"
        );
        assert_eq!(
            texts(file.as_bytes(), Format::Json),
            ["a", "!invalid_json", "c"],
            "{tail}"
        );
        let items = items(file.as_bytes(), Format::Json, Limits::default());
        let raw = items.last().expect("three").as_ref().expect("a record");
        assert_eq!(
            raw.warnings.first().map(|warning| warning.code),
            Some(WarningCode::Resynchronised)
        );
    }
}

#[test]
fn an_element_over_the_limit_costs_that_element() {
    let long = "[],".repeat(40_000);
    let file = format!("[{{\"text\":\"a\"}},{{\"x\":[{long}0]}},{{\"text\":\"b\"}}]");
    let items = items(file.as_bytes(), Format::Json, limits(100_000));
    assert_eq!(
        told(&items),
        ["{\"text\":\"a\"}", "!too_large", "{\"text\":\"b\"}"]
    );
}

#[test]
fn brackets_without_end_are_one_reject() {
    let deep = "[".repeat(500_000);
    assert_eq!(texts(deep.as_bytes(), Format::Json), ["!invalid_json"]);
    assert_eq!(texts(deep.as_bytes(), Format::JsonLines), ["!invalid_json"]);
}

#[test]
fn a_table_has_its_cells_under_the_header() {
    let file = "id,text,note\r\n1,\"a, \"\"quoted\"\"\nline\",x\r\n\r\n2,b,\n3,\"\",z\n";
    assert_eq!(
        texts(file.as_bytes(), Format::Csv),
        ["a, \"quoted\"\nline", "b", "-"]
    );
    let items = items(file.as_bytes(), Format::Csv, Limits::default());
    assert_eq!(
        told(&items),
        ["1,\"a, \"\"quoted\"\"\nline\",x", "2,b,", "3,\"\",z"]
    );
    let raw = items.get(1).expect("three").as_ref().expect("a record");
    assert_eq!(raw.byte, 42);
    let second = article(raw, &FieldOptions::default()).expect("an article");
    assert_eq!(
        serde_json::to_string(&second.meta).expect("json"),
        r#"{"note":""}"#
    );
    assert_eq!(second.id, "2");
    assert_eq!(texts(b"id\ttext\n1\ta,b", Format::Tsv), ["a,b"]);
    assert_eq!(texts(b"id;text\n1;a,b", Format::Csv), ["a,b"]);
    assert!(texts(b"id,text\n", Format::Csv).is_empty());
    assert!(texts(b"", Format::Csv).is_empty());
}

#[test]
fn a_row_of_another_width_costs_that_row() {
    let file = b"id,text\n1,a\n2,b,c\n3\n4,d\n";
    assert_eq!(
        texts(file, Format::Csv),
        ["a", "!csv_width", "!csv_width", "d"]
    );
    let items = items(file, Format::Csv, Limits::default());
    let reject = items.get(1).expect("four").as_ref().expect_err("a reject");
    assert!(
        reject.reason.contains("3 cells, the header 2"),
        "{}",
        reject.reason
    );
    assert_eq!(reject.raw, b"2,b,c");
}

#[test]
fn wide_rows_are_counted_beyond_any_buffer() {
    let row = |cell: &str| vec![cell; 1000].join(",");
    let cell = "y".repeat(50);
    let file = format!("text,{}\nx,{}\n{}\n", row("n"), row(&cell), row(&cell));
    assert_eq!(texts(file.as_bytes(), Format::Csv), ["x", "!csv_width"]);
}

#[test]
fn columns_of_one_name_are_kept_apart() {
    let file = b"text,,note,note,note_2\na,b,c,d,e\n";
    let items = items(file, Format::Csv, Limits::default());
    let raw = items.first().expect("one").as_ref().expect("a record");
    let article = article(raw, &FieldOptions::default()).expect("an article");
    let meta = serde_json::to_string(&article.meta).expect("json");
    assert_eq!(
        meta,
        r#"{"column_2":"b","note":"c","note_3":"d","note_2":"e"}"#
    );
}

#[test]
fn a_quote_that_is_never_closed_is_cut_short() {
    let items = items(
        b"id,text\n1,a\n2,\"b\n3,c\n",
        Format::Csv,
        Limits::default(),
    );
    assert_eq!(told(&items), ["1,a", "!cut_short"]);
    assert_eq!(last_reject(&items).raw, b"2,\"b\n3,c\n");
}

#[test]
fn a_row_over_the_limit_is_left_at_the_next_line_end() {
    let long = "x".repeat(100_000);
    let file = format!("id,text\n1,a\n2,\"{long}\n3,c\n4,d\n");
    let items = items(file.as_bytes(), Format::Csv, limits(50_000));
    assert_eq!(told(&items), ["1,a", "!too_large", "3,c", "4,d"]);
}

#[test]
fn a_text_file_is_one_record() {
    assert_eq!(
        texts("Zwei Wörter\n".as_bytes(), Format::Text),
        ["Zwei Wörter\n"]
    );
    assert_eq!(texts(b"", Format::Text), ["-"]);
    assert_eq!(texts(b" \n\t", Format::Text), ["-"]);
    assert_eq!(texts(b"a\0b", Format::Text), ["!nul_bytes"]);
    let items = items(&[b'x'; 1000], Format::Text, limits(999));
    assert_eq!(told(&items), ["!too_large"]);
    assert_eq!(last_reject(&items).raw_bytes, 1000);
}

#[test]
fn a_charset_is_told_or_refused() {
    let utf16 =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let mut marked = b"\xFF\xFE".to_vec();
    marked.extend(utf16("naïve “words”"));
    let cases: [(&[u8], &str); 7] = [
        (b"\xEF\xBB\xBFplain", "plain"),
        (&marked, "naïve “words”"),
        (&utf16("plain words"), "plain words"),
        (b"\xFE\xFF\0a\0b", "ab"),
        (b"caf\xE9 \x93so\x94 \x80", "café “so” €"),
        (b"caf\xE9 \xC3\xA9", "!invalid_encoding"),
        (b"caf\xE9 \x81", "!invalid_encoding"),
    ];
    for (bytes, expected) in cases {
        assert_eq!(texts(bytes, Format::Text), [expected]);
    }
    let raw = items(b"caf\xE9", Format::Text, Limits::default()).pop();
    let raw = raw.expect("one").expect("a record");
    let article = article(&raw, &FieldOptions::default()).expect("an article");
    let codes: Vec<WarningCode> = article
        .warnings
        .iter()
        .map(|warning| warning.code)
        .collect();
    assert_eq!(codes, [WarningCode::CharsetWindows1252]);
}

#[test]
fn half_a_utf16_character_costs_its_record_only() {
    let mut file = b"\xFF\xFE".to_vec();
    for line in [
        "{\"text\":\"a\"}\n",
        "{\"text\":\"\u{e000}\"}\n",
        "{\"text\":\"c\"}\n",
    ] {
        file.extend(line.encode_utf16().flat_map(|unit| match unit {
            0xE000 => 0xD800u16.to_le_bytes(),
            unit => unit.to_le_bytes(),
        }));
    }
    assert_eq!(
        texts(&file, Format::JsonLines),
        ["a", "!invalid_encoding", "c"]
    );
}

#[test]
fn a_line_of_another_charset_does_not_touch_the_others() {
    let file = b"{\"text\":\"\xC3\xA9\"}\n{\"text\":\"\xE9\"}\n{\"text\":\"\xE9\xC3\xA9\"}\n";
    assert_eq!(
        texts(file, Format::JsonLines),
        ["é", "é", "!invalid_encoding"]
    );
}
