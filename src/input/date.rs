//! The date that a record's own field states.

use jiff::civil::Date;

/// In which order a date such as 03/04/2017 states day and month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DayMonthOrder {
    /// Unknown: a date that can be read both ways is ambiguous.
    #[default]
    Auto,
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

/// What a field's value says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldDate {
    /// Nothing that is understood.
    None,
    /// One of two days.
    #[allow(dead_code, reason = "the full reader of dates has it")]
    Ambiguous,
    /// A day.
    Date(Date),
}

// Replaced by text::calendar::parse_field on merge
pub(super) fn field_date(value: &str, order: DayMonthOrder) -> FieldDate {
    let _ = order;
    let iso = value.trim().get(..10).and_then(|iso| iso.parse().ok());
    iso.map_or(FieldDate::None, FieldDate::Date)
}
