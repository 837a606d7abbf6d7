//! Two things that common programs write and JSON forbids: an escape that is half a character, and
//! NaN. Neither is worth an article.
//!
//! Repairs nothing else: any other fault leaves doubt where a string ends.

use super::warning::{InputWarning, WarningCode};

/// The mended JSON and what was mended, if either fault occurs in it.
pub(super) fn repair(json: &str) -> Option<(String, Vec<InputWarning>)> {
    let mut mended = String::with_capacity(json.len());
    let (mut lone, mut nan) = (0usize, 0usize);
    let (mut rest, mut in_string) = (json, false);
    while let Some(character) = rest.chars().next() {
        let (length, instead) = match character {
            '\\' if in_string => match escape(rest) {
                Escape::Sound(length) => (length, None),
                Escape::Lone => {
                    lone += 1;
                    (6, Some("\\ufffd"))
                }
            },
            '"' => {
                in_string = !in_string;
                (1, None)
            }
            'N' | 'I' | '-' if !in_string => {
                let number = ["NaN", "Infinity", "-Infinity"]
                    .into_iter()
                    .find(|number| rest.starts_with(number));
                nan += usize::from(number.is_some());
                (number.map_or(1, str::len), number.map(|_| "null"))
            }
            other => (other.len_utf8(), None),
        };
        let (head, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        mended.push_str(instead.unwrap_or(head));
        rest = tail;
    }
    let warnings: Vec<InputWarning> = [
        (lone, WarningCode::LoneSurrogate),
        (nan, WarningCode::NanAsNull),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, code)| InputWarning::new(code, format!("{count} times")))
    .collect();
    (!warnings.is_empty()).then_some((mended, warnings))
}

enum Escape {
    /// Of this many bytes, whatever it is.
    Sound(usize),
    /// `\uXXXX` that is half a surrogate pair.
    Lone,
}

/// Judges the escape with which `rest` begins.
fn escape(rest: &str) -> Escape {
    match code_unit(rest) {
        None => Escape::Sound(1 + rest.chars().nth(1).map_or(0, char::len_utf8)),
        Some(0xD800..=0xDBFF) => match rest.get(6..).and_then(code_unit) {
            Some(0xDC00..=0xDFFF) => Escape::Sound(12),
            _ => Escape::Lone,
        },
        Some(0xDC00..=0xDFFF) => Escape::Lone,
        Some(_) => Escape::Sound(6),
    }
}

/// The unit that `\uXXXX` stands for.
fn code_unit(rest: &str) -> Option<u16> {
    let digits = rest.strip_prefix("\\u")?.get(..4)?;
    let all_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    all_hex
        .then(|| u16::from_str_radix(digits, 16).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_character_and_nan_are_mended_and_nothing_else() {
        let cases = [
            (r#"{"a":"x\ud83d"}"#, Some(r#"{"a":"x\ufffd"}"#)),
            (
                r#"{"a":"\udc00\ud83d\ud83d\ude00"}"#,
                Some(r#"{"a":"\ufffd\ufffd\ud83d\ude00"}"#),
            ),
            (
                r#"{"a":NaN,"b":-Infinity,"c":"NaN"}"#,
                Some(r#"{"a":null,"b":null,"c":"NaN"}"#),
            ),
            (r#"{"a":"\\ud83d \ud83d\ude00 \" NaN"}"#, None),
            (r#"{"a":-1}"#, None),
            ("\"\\", None),
            ("\"\\é\\u12é\\ud8", None),
        ];
        for (json, expected) in cases {
            let mended = repair(json).map(|(mended, _)| mended);
            assert_eq!(mended.as_deref(), expected, "{json}");
        }
    }
}
