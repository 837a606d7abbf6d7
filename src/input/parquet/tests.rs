//! Cells of every type as JSON.

use super::cell::{Cell, Meaning, Unit};

fn json(meaning: Meaning, cell: Cell) -> String {
    match meaning.value(cell) {
        Ok(value) => value.to_string(),
        Err(bad) => format!("!{}", bad.0),
    }
}

#[test]
fn a_cell_is_written_as_what_it_stands_for() {
    let bytes = |bytes: &[u8]| Cell::Bytes(bytes.to_vec().into());
    let moment = |unit, utc| Meaning::Moment { unit, utc };
    let cases = [
        (Meaning::Plain, Cell::Null, "null"),
        (Meaning::Plain, Cell::Bool(true), "true"),
        (Meaning::Plain, Cell::Int(-7), "-7"),
        (Meaning::Unsigned(32), Cell::Int(-1), "4294967295"),
        (Meaning::Unsigned(64), Cell::Int(-1), "18446744073709551615"),
        (Meaning::Day, Cell::Int(20_016), "\"2024-10-20\""),
        (Meaning::Day, Cell::Int(-1), "\"1969-12-31\""),
        (Meaning::Day, Cell::Int(i64::MAX), "9223372036854775807"),
        (
            moment(Unit::Milli, true),
            Cell::Int(1_729_424_700_000),
            "\"2024-10-20T11:45:00Z\"",
        ),
        (
            moment(Unit::Micro, false),
            Cell::Int(1_729_424_700_000_000),
            "\"2024-10-20T11:45:00\"",
        ),
        (
            moment(Unit::Nano, false),
            Cell::Int(1_729_424_700_500_000_000),
            "\"2024-10-20T11:45:00.5\"",
        ),
        (
            moment(Unit::Milli, true),
            Cell::Int(i64::MIN),
            "-9223372036854775808",
        ),
        (Meaning::Plain, Cell::Nanos(0), "\"1970-01-01T00:00:00\""),
        (Meaning::Plain, Cell::Float(0.1), "0.1"),
        (Meaning::Plain, Cell::Double(f64::NAN), "null"),
        (Meaning::Decimal(2), Cell::Int(-5), "\"-0.05\""),
        (Meaning::Decimal(0), Cell::Int(12), "\"12\""),
        (Meaning::Decimal(3), bytes(&[0xFF, 0x85]), "\"-0.123\""),
        (
            Meaning::Text,
            bytes("Bogot\u{e1}".as_bytes()),
            "\"Bogot\u{e1}\"",
        ),
        (Meaning::Plain, bytes(b"plain"), "\"plain\""),
        (Meaning::Plain, bytes(&[0xFF, 0]), "\"/wA=\""),
        (Meaning::Text, bytes(&[0xFF, 0]), "!\"/wA=\""),
    ];
    for (meaning, cell, expected) in cases {
        assert_eq!(json(meaning, cell), expected, "{meaning:?}");
    }
}
