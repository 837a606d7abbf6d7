//! Every line of the tables is read, and has its fields.

use super::table;

#[test]
fn every_line_of_the_tables_is_read() {
    let lines = |file: &str| file.lines().skip(1).filter(|line| !line.is_empty()).count();
    assert_eq!(
        table::NUMERALS.len(),
        lines(include_str!("data/numerals.csv"))
    );
    assert_eq!(
        table::SUFFIXES.len(),
        lines(include_str!("data/suffixes.csv"))
    );
    assert_eq!(table::MONTHS.len(), lines(include_str!("data/months.csv")));
    assert_eq!(
        table::WEEKDAYS.len(),
        lines(include_str!("data/weekdays.csv"))
    );
}

#[test]
fn every_row_of_the_tables_has_its_fields() {
    let sides = [
        "at_least",
        "more_than",
        "at_most",
        "less_than",
        "approx",
        "plus_minus",
        "before",
        "after",
        "since",
        "until",
        "start",
        "mid",
        "end",
    ];
    for file in [
        include_str!("data/modifiers.csv"),
        include_str!("data/date_modifiers.csv"),
    ] {
        for row in table::rows(file) {
            assert_eq!(row.len(), 3, "{row:?}");
            assert!(matches!(row[1], "before" | "after"), "{row:?}");
            assert!(sides.contains(&row[2]), "{row:?}");
        }
    }
    for file in [
        include_str!("data/units.csv"),
        include_str!("data/currencies.csv"),
    ] {
        for row in table::rows(file) {
            assert_eq!(row.len(), 4, "{row:?}");
        }
    }
}
