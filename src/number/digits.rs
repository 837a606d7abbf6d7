//! Digit runs and fraction signs as exact decimals, and decimals as plain strings.

use rust_decimal::Decimal;

/// The value of a digit run with its grouping commas; none for one too long to be a quantity.
pub fn parse(raw: &str) -> Option<Decimal> {
    let plain: String = raw.chars().filter(|c| *c != ',').collect();
    if plain.len() > 28 {
        return None;
    }
    if let Some(decimals) = plain.strip_prefix('.') {
        return format!("0.{decimals}").parse().ok();
    }
    plain.parse().ok()
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
