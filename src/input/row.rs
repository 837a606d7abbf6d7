//! A row of separated values to its cells.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// A parser that has already begun, so that it takes U+FEFF for what it is everywhere.
pub(super) fn parser(delimiter: u8) -> Reader {
    let mut parser = ReaderBuilder::new().delimiter(delimiter).build();
    parser.read_record(b"\n", &mut [0; 1], &mut [0; 1]);
    parser
}

/// The cells of a row that has no line end behind it, without their quotes.
pub(super) fn cells(row: &str, delimiter: u8) -> Vec<String> {
    let mut parser = parser(delimiter);
    // One more than can be needed of each, so that the parser never stops for lack of room.
    let mut out = vec![0; row.len() + 1];
    let most = memchr::memchr_iter(delimiter, row.as_bytes()).count() + 2;
    let mut ends = vec![0; most];
    let (mut written, mut count, mut rest) = (0, 0, row.as_bytes());
    loop {
        let (result, read, wrote, ended) = parser.read_record(
            rest,
            out.get_mut(written..).unwrap_or_default(),
            ends.get_mut(count..).unwrap_or_default(),
        );
        rest = rest.get(read..).unwrap_or_default();
        written += wrote;
        count += ended;
        if result != ReadRecordResult::InputEmpty {
            break;
        }
    }
    let mut start = 0;
    let ends = ends.iter().take(count);
    ends.map(|&end| {
        let cell = out.get(start..end).unwrap_or_default();
        start = end;
        String::from_utf8_lossy(cell).into_owned()
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_quoted_comes_back(cells_in in prop::collection::vec(any::<String>(), 1..6)) {
            let quoted: Vec<String> = cells_in
                .iter()
                .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                .collect();
            prop_assert_eq!(cells(&quoted.join(","), b','), cells_in);
        }
    }

    #[test]
    fn a_row_is_cut_at_its_separators() {
        assert_eq!(
            cells("a,,\"b, \"\"c\"\"\n\"", b','),
            ["a", "", "b, \"c\"\n"]
        );
        assert_eq!(cells("a;b,c", b';'), ["a", "b,c"]);
        assert_eq!(cells("\u{feff}a,", b','), ["\u{feff}a", ""]);
    }
}
