//! Lines of our own output as strangers may give them back: read or refused, checked without a panic, and written as
//! they were read.

use headcount::record::{DuplicateLine, Record, RejectLine, check};

/// A line of records, one of copies, and one of rejects.
pub fn record(data: &[u8]) {
    if let Ok(record) = Record::from_line(data) {
        // Whatever is wrong with it is told, not suffered.
        let _ = check(&record);
        let line = record.to_line().unwrap();
        let again = Record::from_line(&line).unwrap();
        assert_eq!(again.to_line().unwrap(), line);
        assert_eq!(check(&again), check(&record));
    }
    if let Ok(copy) = DuplicateLine::from_line(data) {
        let line = copy.same_as.line(&copy.record.to_line().unwrap()).unwrap();
        let again = DuplicateLine::from_line(&line).unwrap();
        assert_eq!(
            again
                .same_as
                .line(&again.record.to_line().unwrap())
                .unwrap(),
            line
        );
    }
    if let Ok(line) = serde_json::from_slice::<RejectLine>(data)
        && let Some(kept) = line.kept()
    {
        let again = RejectLine {
            raw: None,
            raw_base64: None,
            ..line
        };
        assert_eq!(again.with_raw(kept.clone()).kept(), Some(kept));
    }
}
