use super::*;
use proptest::prelude::*;

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).expect("a date")
}

#[test]
fn every_pattern_compiles() {
    assert!(pattern::TEXT.is_some() && pattern::CTIME.is_some() && pattern::PATH.is_some());
}

#[test]
fn written_forms() {
    for written in [
        "2019-03-04",
        "2019/03/04",
        "March 4th, 2019",
        "4 March 2019",
        "Mar 4, 2019",
        "4 Mar, 2019",
        "Mon 04 Mar 2019",
        "Monday, 4 March 2019",
        "4-MAR-2019 15:37:46.03",
        "2019-03-04T10:00:00.000+05:00",
        "2019-03-04 10:00 PKT",
        "March 04 2019 5:36:50 pm",
        "4th of March 2019",
        "Mon 4 Mar 2019 at 1459",
        "Sept 4 2019",
        "4.3.2019",
        "Mon, 4 Mar 2019 10:00:00 +0000",
    ] {
        let expected = if written.starts_with("Sept") {
            day(2019, 9, 4)
        } else {
            day(2019, 3, 4)
        };
        let text = format!("\n {written} and the rest");
        let end = 2 + written.len();
        assert_eq!(find(&text), Some((2..end, expected)), "{written}");
        assert_eq!(prefix(&text), Some((2..end, expected)), "{written}");
        assert_eq!(
            parse_field(written, DayMonthOrder::Auto),
            FieldDate::Date(expected),
            "{written}"
        );
        let text = format!("é: {written}");
        assert_eq!(
            find(&text).map(|(_, date)| date),
            Some(expected),
            "{written}"
        );
        assert_eq!(prefix(&text), None, "{written}");
    }
}

#[test]
fn no_dates() {
    for written in [
        "31 February 2019",
        "2019-13-01",
        "12019-03-04",
        "2019-03-045",
        "March 2019",
        "4 March",
        "4 March 1599",
        "1.2.2019.5",
        "mayday 4, 2019",
        "03/04/2019",
        "2019-03/04",
        "v1-2019-03-04",
        "",
    ] {
        assert_eq!(find(written), None, "{written}");
    }
    assert_eq!(
        find("31 Feb 2019, then 1 Mar 2019").map(|(_, date)| date),
        Some(day(2019, 3, 1))
    );
}

#[test]
fn fields() {
    use DayMonthOrder::{Auto, DayFirst, MonthFirst};
    for (value, order, expected) in [
        ("03/04/2019", Auto, FieldDate::Ambiguous),
        (
            "03/04/2019 10:30",
            DayFirst,
            FieldDate::Date(day(2019, 4, 3)),
        ),
        ("03-04-2019", MonthFirst, FieldDate::Date(day(2019, 3, 4))),
        ("25/04/2019", MonthFirst, FieldDate::Date(day(2019, 4, 25))),
        ("4/25/2019", Auto, FieldDate::Date(day(2019, 4, 25))),
        ("5/5/2019", Auto, FieldDate::Date(day(2019, 5, 5))),
        ("31/31/2019", Auto, FieldDate::None),
        (" 20190304 ", Auto, FieldDate::Date(day(2019, 3, 4))),
        ("1551657600", Auto, FieldDate::Date(day(2019, 3, 4))),
        ("1551657600000", Auto, FieldDate::Date(day(2019, 3, 4))),
        (
            "Mon Mar 04 10:00:00 UTC 2019",
            Auto,
            FieldDate::Date(day(2019, 3, 4)),
        ),
        (
            "Mon Mar 04 10:00:00 +0000 2019",
            Auto,
            FieldDate::Date(day(2019, 3, 4)),
        ),
        ("4 March 2019 in Kabul", Auto, FieldDate::None),
        ("19-8", Auto, FieldDate::None),
        ("20191304", Auto, FieldDate::None),
        ("9999999999999", Auto, FieldDate::None),
    ] {
        assert_eq!(parse_field(value, order), expected, "{value}");
    }
}

#[test]
fn paths() {
    for path in [
        "https://a.org/2019/03/04/b",
        "in/2019-03-04.txt",
        "x_20190304_1.json",
        "a/2019/mar/4/b",
        "12345678/2019_03_04",
        "a/2019/99/99/20190304",
    ] {
        assert_eq!(from_path(path), Some(day(2019, 3, 4)), "{path}");
    }
    assert_eq!(from_path("a/25/03/2019/b"), Some(day(2019, 3, 25)));
    for path in [
        "a/120190304",
        "a/20190304123456",
        "a/18000304",
        "a/03/04/2019",
        "a/2019/03",
        "a/2019-0304",
    ] {
        assert_eq!(from_path(path), None, "{path}");
    }
}

proptest! {
    #[test]
    fn any_unicode_is_survived(text in any::<String>(), tail in "(é|[0-9]{1,4}|[-/. :]|May|Mon|T|pm){0,40}") {
        for text in [&text, &tail, &format!("{text}{tail}")] {
            if let Some((range, _)) = find(text) {
                prop_assert!(text.get(range).is_some());
            }
            if let Some((range, date)) = prefix(text) {
                prop_assert_eq!(find(text), Some((range, date)));
            }
            from_path(text);
            parse_field(text, DayMonthOrder::DayFirst);
        }
    }

    #[test]
    fn every_day_is_read_back(year in 1600i16..=2100, month in 1i8..=12, of_month in 1i8..=28) {
        let date = day(year, month, of_month);
        for written in [date.to_string(), date.strftime("%-d %B %Y").to_string(), date.strftime("%a, %b %d, %Y").to_string()] {
            prop_assert_eq!(parse_field(&written, DayMonthOrder::Auto), FieldDate::Date(date));
            prop_assert_eq!(find(&written), Some((0..written.len(), date)));
        }
    }
}
