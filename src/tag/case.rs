//! The case of a word as the model's token types: the encoder is uncased, and case is half of what
//! a name is. The numbers are those of `_case_types` in the model's `config.json`.

/// What `_case_types` must be: the name of each number, in order.
pub const NAMES: [&str; 8] = [
    "none",
    "lower",
    "upper",
    "title",
    "mixed",
    "digits",
    "punctuation",
    "single_capital",
];

/// `[CLS]` and `[SEP]`.
pub const NONE: u32 = 0;
/// Small letters only.
pub const LOWER: u32 = 1;
/// Capitals only, two or more.
pub const UPPER: u32 = 2;
/// One capital, in front.
pub const TITLE: u32 = 3;
/// Any other mixture.
pub const MIXED: u32 = 4;
/// Digits without letters.
pub const DIGITS: u32 = 5;
/// Neither letters nor digits.
pub const PUNCTUATION: u32 = 6;
/// One capital alone.
pub const SINGLE_CAPITAL: u32 = 7;

/// The case type of a word: the longest run of alphanumeric characters round a piece, or a piece of
/// punctuation.
pub fn of_word(word: &str) -> u32 {
    let mut letters = 0usize;
    let mut upper = 0usize;
    let mut lower = 0usize;
    let mut digits = 0usize;
    let mut first_is_upper = None;
    for character in word.chars() {
        if character.is_alphabetic() {
            letters += 1;
            upper += usize::from(character.is_uppercase());
            lower += usize::from(character.is_lowercase());
            first_is_upper.get_or_insert(character.is_uppercase());
        } else if character.is_numeric() {
            digits += 1;
        }
    }
    match (letters, upper, lower) {
        (0, ..) if digits > 0 => DIGITS,
        (0, ..) => PUNCTUATION,
        (1, 1, _) if digits == 0 => SINGLE_CAPITAL,
        (2.., u, 0) if u > 0 => UPPER,
        (_, 0, l) if l > 0 => LOWER,
        (_, 1, _) if first_is_upper == Some(true) && lower > 0 => TITLE,
        _ => MIXED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_case_has_its_number() {
        for (word, case) in [
            ("village", LOWER),
            ("IS", UPPER),
            ("Taliban", TITLE),
            ("McDonald", MIXED),
            ("2016", DIGITS),
            ("“", PUNCTUATION),
            ("J", SINGLE_CAPITAL),
            ("é", LOWER),
            ("École", TITLE),
        ] {
            assert_eq!(of_word(word), case, "{word}");
        }
    }
}
