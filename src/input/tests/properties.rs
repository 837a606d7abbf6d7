//! For any bytes whatever: no panic, nothing lost, nothing that depends on how the bytes come.

use proptest::prelude::*;

use super::*;

const FORMATS: [Format; 5] = [
    Format::Text,
    Format::JsonLines,
    Format::Json,
    Format::Csv,
    Format::Tsv,
];

/// Bytes that look like something, with faults.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\n",
            "\r\n",
            "\r",
            " ",
            "\t",
            ";",
            "a",
            "é",
            "\0",
            "null",
            "-1",
            "{\"text\":\"x\"}",
            "{\"text\":\"",
            "\"}",
            ",\n",
            "a,b\n",
            "\"a\n\"",
            "\u{feff}",
            "\\ud800",
            "NaN",
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// What may stand between records, for each format, once the header row of a table is behind.
fn is_between(format: Format, byte: u8) -> bool {
    match format {
        Format::Text | Format::Html | Format::Parquet | Format::Tar | Format::Zip => false,
        Format::JsonLines => byte.is_ascii_whitespace(),
        Format::Json => byte.is_ascii_whitespace() || b"[],".contains(&byte),
        Format::Csv | Format::Tsv | Format::Warc => b"\r\n".contains(&byte),
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_alike_in_any_portions(bytes in stream(), max in prop_oneof![Just(20usize), Just(1000)]) {
        for format in FORMATS {
            let whole = items(&bytes, format, limits(max));
            let dribble = Dribble { bytes: Cursor::new(bytes.clone()), interrupt: false };
            let portions: Vec<Item> =
                read(dribble, "file", format, Compression::None, limits(max)).collect();
            prop_assert_eq!(&whole, &portions);
            for raw in whole.into_iter().flatten() {
                let _ = article(&raw, &FieldOptions::default());
            }
        }
    }

    #[test]
    fn every_byte_is_accounted_for(bytes in stream(), max in prop_oneof![Just(20usize), Just(1000)]) {
        prop_assume!(crate::input::utf16::detect(&bytes).is_none());
        let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        for format in FORMATS {
            let mut at = mark;
            for (number, item) in items(&bytes, format, limits(max)).into_iter().enumerate() {
                let (record, byte, raw, length) = match item {
                    Ok(raw) => {
                        prop_assert!(raw.bytes.len() <= max);
                        let length = raw.bytes.len();
                        (raw.record, raw.byte as usize, raw.bytes, length)
                    }
                    Err(reject) => (reject.record, reject.byte as usize, reject.raw, reject.raw_bytes as usize),
                };
                prop_assert_eq!(record, number as u64);
                prop_assert_eq!(bytes.get(byte..byte + raw.len()), Some(raw.as_slice()));
                let table = matches!(format, Format::Csv | Format::Tsv);
                let gap = bytes.get(at..byte).expect("in order");
                prop_assert!(
                    (table && number == 0) || gap.iter().all(|byte| is_between(format, *byte)),
                    "{:?} {:?}", format, gap
                );
                at = byte + length;
            }
            let rest = bytes.get(at..).expect("inside");
            let header = matches!(format, Format::Csv | Format::Tsv) && at == mark;
            prop_assert!(header || rest.iter().all(|byte| is_between(format, *byte)), "{:?} {:?}", format, rest);
        }
    }

    #[test]
    fn good_records_come_back_as_they_were(
        values in prop::collection::vec(any::<String>(), 1..8), space in prop::sample::select(vec!["", " ", "\n", "\r\n  "]),
    ) {
        let records: Vec<String> = values
            .iter()
            .map(|value| serde_json::json!({"n": [{"m": value}], "text": format!("x{value}")}).to_string())
            .collect();
        let files = [
            (records.join("\n"), Format::JsonLines),
            (records.join("\r\n\r\n") + "\r\n", Format::JsonLines),
            (records.join("\n"), Format::Json),
            (records.concat(), Format::Json),
            (format!("{space}[{space}{}{space}]{space}", records.join(&format!("{space},{space}"))), Format::Json),
        ];
        for (file, format) in files {
            let items = items(file.as_bytes(), format, Limits::default());
            prop_assert!(items.iter().flatten().all(|raw| raw.warnings.is_empty()));
            prop_assert_eq!(told(&items), records.clone());
            let expected: Vec<String> = values.iter().map(|value| format!("x{value}")).collect();
            prop_assert_eq!(texts(file.as_bytes(), format), expected);
        }
    }

    #[test]
    fn one_broken_record_costs_one_record(
        before in 0usize..4, after in 0usize..4, cut in 1usize..60, pretty in any::<bool>(),
    ) {
        let good = |n: usize| {
            let value = serde_json::json!({"text": format!("story {n}"), "source": {"name": "x"}, "n": n});
            if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }
                .expect("written")
        };
        let sound = good(9);
        let broken = sound.get(..cut.min(sound.len() - 2)).expect("ascii");
        let mut records: Vec<String> = (0..before).map(good).collect();
        records.push(broken.to_owned());
        records.extend((0..after).map(good));
        let file = format!("[\n{}\n]", records.join(",\n"));
        let articles = texts(file.as_bytes(), Format::Json);
        let stories = articles.iter().filter(|text| text.starts_with("story")).count();
        prop_assert!(stories == before + after, "{} {:?}", file, articles);
        prop_assert!(articles.iter().any(|text| text.starts_with('!')));
    }
}
