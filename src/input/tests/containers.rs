//! Archives and tables with any damage: they are read to an end, nothing panics, and what is whole is what it was.

use std::io::Write;

use proptest::prelude::*;

use super::*;

const LINES: &str = "{\"text\":\"It rained.\"}\n{\"text\":\"It snowed.\"}\n";

fn tar() -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for number in 0..4 {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(LINES.len() as u64);
        let name = format!("{}{number}.jsonl", "folder/".repeat(number * 8));
        builder
            .append_data(&mut header, name, LINES.as_bytes())
            .expect("a member");
    }
    builder.into_inner().expect("an archive")
}

fn zip() -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..4 {
        let options = ::zip::write::SimpleFileOptions::default();
        writer
            .start_file(format!("{number}.jsonl"), options)
            .expect("a member");
        writer.write_all(LINES.as_bytes()).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

fn table() -> Vec<u8> {
    use ::parquet::data_type::{ByteArray, ByteArrayType};
    use ::parquet::file::writer::SerializedFileWriter;
    let schema = "message m { REQUIRED BYTE_ARRAY text (UTF8); }";
    let schema = ::parquet::schema::parser::parse_message_type(schema).expect("a schema");
    let mut bytes = Vec::new();
    let mut writer =
        SerializedFileWriter::new(&mut bytes, schema.into(), Default::default()).expect("a writer");
    for _ in 0..2 {
        let mut group = writer.next_row_group().expect("a row group");
        let mut column = group.next_column().expect("a column").expect("one");
        let values = ["It rained.", "It snowed."].map(ByteArray::from);
        column
            .typed::<ByteArrayType>()
            .write_batch(&values, None, None)
            .expect("written");
        column.close().expect("closed");
        group.close().expect("closed");
    }
    writer.close().expect("closed");
    bytes
}

/// What is done to a file: bytes that are others, and how much of it is left.
fn damage() -> impl Strategy<Value = (Vec<(prop::sample::Index, u8)>, prop::sample::Index, bool)> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), 1u8..), 0..6);
    (changes, any::<prop::sample::Index>(), any::<bool>())
}

#[test]
fn sound_ones_are_read_whole() {
    for (bytes, format, count) in [
        (tar(), Format::Tar, 8),
        (zip(), Format::Zip, 8),
        (table(), Format::Parquet, 4),
    ] {
        let items = items(&bytes, format, Limits::default());
        assert!(items.iter().all(Result::is_ok), "{items:?}");
        assert_eq!(items.len(), count);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_damage_is_survived((changes, end, cut) in damage()) {
        for (sound, format) in [
            (tar(), Format::Tar),
            (zip(), Format::Zip),
            (table(), Format::Parquet),
        ] {
            let mut bytes = sound.clone();
            for (place, other) in &changes {
                let place = place.index(bytes.len());
                if let Some(byte) = bytes.get_mut(place) {
                    *byte ^= other;
                }
            }
            if cut {
                bytes.truncate(end.index(bytes.len()));
            }
            let limits = Limits { max_unpacked: 1 << 20, ..limits(1000) };
            let whole = items(&bytes, format, limits);
            prop_assert!(whole.len() < 200, "{}", whole.len());
            let dribble = Dribble { bytes: Cursor::new(bytes.clone()), interrupt: false };
            let portions: Vec<Item> = read(dribble, "file", format, Compression::None, limits).collect();
            prop_assert_eq!(&whole, &portions);
            if bytes.len() < sound.len() && format != Format::Tar {
                prop_assert!(whole.iter().any(Result::is_err));
            }
            for raw in whole.into_iter().flatten() {
                let _ = article(&raw, &FieldOptions::default());
            }
        }
    }
}
