//! One cell of a column as JSON: text as text, days and times as ISO 8601, decimals as strings, bytes that are no text
//! as base64 (RFC 4648).

use base64::Engine;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::data_type::ByteArray;
use parquet::schema::types::ColumnDescriptor;
use serde_json::{Number, Value};

/// A value as it is stored.
pub(super) enum Cell {
    Null,
    Bool(bool),
    Int(i64),
    /// Nanoseconds since 1970, of the old type INT96.
    Nanos(i64),
    Float(f32),
    Double(f64),
    Bytes(ByteArray),
}

/// A text that is not UTF-8, as base64.
pub(super) struct BadCell(pub(super) Value);

/// What the stored values of a column stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Plain,
    /// UTF-8, by what the file says.
    Text,
    /// Not negative; of so many bits.
    Unsigned(u8),
    /// Days since 1970.
    Day,
    /// Since 1970; in UTC, or on a clock somewhere.
    Moment {
        unit: Unit,
        utc: bool,
    },
    /// The digits of a number with so many decimals.
    Decimal(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Milli,
    Micro,
    Nano,
}

impl Meaning {
    /// By the logical type, or the older converted type.
    pub(super) fn of(column: &ColumnDescriptor) -> Self {
        let bits = match column.physical_type() {
            Type::INT32 => 32,
            _ => 64,
        };
        match column.logical_type_ref() {
            Some(LogicalType::Timestamp(kind)) => {
                return Self::Moment {
                    unit: match kind.unit {
                        TimeUnit::MILLIS => Unit::Milli,
                        TimeUnit::MICROS => Unit::Micro,
                        TimeUnit::NANOS => Unit::Nano,
                    },
                    utc: kind.is_adjusted_to_u_t_c,
                };
            }
            Some(LogicalType::String | LogicalType::Json | LogicalType::Enum) => return Self::Text,
            _ => {}
        }
        match column.converted_type() {
            ConvertedType::UTF8 | ConvertedType::JSON | ConvertedType::ENUM => Self::Text,
            ConvertedType::UINT_8
            | ConvertedType::UINT_16
            | ConvertedType::UINT_32
            | ConvertedType::UINT_64 => Self::Unsigned(bits),
            ConvertedType::DATE => Self::Day,
            ConvertedType::TIMESTAMP_MILLIS => Self::Moment {
                unit: Unit::Milli,
                utc: true,
            },
            ConvertedType::TIMESTAMP_MICROS => Self::Moment {
                unit: Unit::Micro,
                utc: true,
            },
            ConvertedType::DECIMAL => {
                Self::Decimal(u32::try_from(column.type_scale()).unwrap_or_default())
            }
            _ => Self::Plain,
        }
    }

    /// The cell as JSON.
    ///
    /// # Errors
    /// It is to be text and is not UTF-8.
    pub(super) fn value(self, cell: Cell) -> Result<Value, BadCell> {
        Ok(match cell {
            Cell::Null => Value::Null,
            Cell::Bool(value) => value.into(),
            Cell::Int(value) => self.whole(value),
            Cell::Nanos(value) => moment(Unit::Nano, false, value),
            // By its digits, so that 0.1 is 0.1.
            Cell::Float(value) => float(value.to_string().parse().unwrap_or(f64::NAN)),
            Cell::Double(value) => float(value),
            Cell::Bytes(value) => return self.bytes(value.data()),
        })
    }

    fn whole(self, value: i64) -> Value {
        match self {
            // Stored as a signed number of 32 bits.
            Self::Unsigned(32) => (value as u32).into(),
            Self::Unsigned(_) => value.cast_unsigned().into(),
            Self::Day => day(value),
            Self::Moment { unit, utc } => moment(unit, utc, value),
            Self::Decimal(scale) => decimal(value.into(), scale).into(),
            Self::Plain | Self::Text => value.into(),
        }
    }

    fn bytes(self, bytes: &[u8]) -> Result<Value, BadCell> {
        if let (Self::Decimal(scale), Some(digits)) = (self, big_endian(bytes)) {
            return Ok(decimal(digits, scale).into());
        }
        match (std::str::from_utf8(bytes), self) {
            (Ok(text), _) => Ok(text.into()),
            (Err(_), Self::Text) => Err(BadCell(base64(bytes))),
            (Err(_), _) => Ok(base64(bytes)),
        }
    }
}

fn base64(bytes: &[u8]) -> Value {
    base64::engine::general_purpose::STANDARD
        .encode(bytes)
        .into()
}

/// JSON has no NaN and no infinity; null stands for them.
fn float(value: f64) -> Value {
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// A day of so many days since 1970, where the calendar has it.
fn day(days: i64) -> Value {
    let epoch = Date::constant(1970, 1, 1);
    let span = Span::new().try_days(days);
    match span.and_then(|span| epoch.checked_add(span)) {
        Ok(date) => date.to_string().into(),
        Err(_) => days.into(),
    }
}

fn moment(unit: Unit, utc: bool, value: i64) -> Value {
    let moment = match unit {
        Unit::Milli => Timestamp::from_millisecond(value),
        Unit::Micro => Timestamp::from_microsecond(value),
        Unit::Nano => Timestamp::from_nanosecond(value.into()),
    };
    match moment {
        Ok(moment) if utc => moment.to_string().into(),
        Ok(moment) => TimeZone::UTC.to_datetime(moment).to_string().into(),
        Err(_) => value.into(),
    }
}

/// A number in two's complement, the highest byte first; none where it has more than 128 bits.
fn big_endian(bytes: &[u8]) -> Option<i128> {
    let first = *bytes.first()?;
    let sign: i128 = if first >= 0x80 { -1 } else { 0 };
    let digits = bytes
        .iter()
        .fold(sign, |digits, &byte| (digits << 8) | i128::from(byte));
    (bytes.len() <= 16).then_some(digits)
}

/// Digits with a point before the last `scale` of them.
fn decimal(digits: i128, scale: u32) -> String {
    let scale = usize::try_from(scale).unwrap_or_default();
    let sign = if digits < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", digits.unsigned_abs(), width = scale + 1);
    let (whole, decimals) = digits
        .split_at_checked(digits.len() - scale)
        .unwrap_or((&digits, ""));
    match decimals {
        "" => format!("{sign}{whole}"),
        decimals => format!("{sign}{whole}.{decimals}"),
    }
}
