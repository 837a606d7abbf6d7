//! Digit runs and fraction signs as exact decimals, and decimals as plain strings.

use rust_decimal::Decimal;

/// The value of a digit run with its grouping commas; none for one too long to be a quantity.
pub fn parse(raw: &str) -> Option<Decimal> {
    // Almost every run is short.
    if raw.len() <= 18 {
        return short(raw);
    }
    let plain: String = raw.chars().filter(|c| *c != ',').collect();
    if plain.len() > 28 {
        return None;
    }
    if let Some(decimals) = plain.strip_prefix('.') {
        return format!("0.{decimals}").parse().ok();
    }
    plain.parse().ok()
}

/// The value of a run whose digits fit a machine word.
fn short(raw: &str) -> Option<Decimal> {
    let (mut mantissa, mut decimals) = (0_i64, None);
    for byte in raw.bytes() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                decimals = decimals.map(|count: u32| count + 1);
            }
            b',' => {}
            b'.' if decimals.is_none() => decimals = Some(0),
            _ => return None,
        }
    }
    raw.contains(|c: char| c.is_ascii_digit())
        .then(|| Decimal::new(mantissa, decimals.unwrap_or(0)))
}

/// The value as a whole number of a smaller type, where it is one and fits.
pub fn whole<T: TryFrom<i64>>(value: Decimal) -> Option<T> {
    if !value.is_integer() {
        return None;
    }
    T::try_from(i64::try_from(value).ok()?).ok()
}

/// A decimal without exponent or trailing zeros.
pub fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// Numerator and denominator of a fraction sign.
pub fn sign(word: &str) -> Option<(i64, i64)> {
    Some(match word {
        "½" => (1, 2),
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅐" => (1, 7),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        "⅑" => (1, 9),
        "⅒" => (1, 10),
        _ => return None,
    })
}
