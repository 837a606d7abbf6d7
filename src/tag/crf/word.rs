//! Words as the CRF sees them: cut out of a sentence in one pass over its bytes, each reduced to hashes.
//!
//! A word is a run of letters and digits, or one other visible character, as for the transformer. Its normal form
//! has every character in lower case, digits as 0, quotation marks and dashes as the plain ones.

use std::ops::Range;

use super::hash::{EMPTY, fnv, step};
use crate::tag::case;
use crate::text::{Reading, Span, Text};

/// See the module. A hash of 0 stands for a value that the word does not have.
#[derive(Clone, Debug)]
pub struct Word {
    /// Where.
    pub span: Span,
    /// True for a mark of punctuation.
    pub is_mark: bool,
    /// True for a mark that may stand inside a run of capitalised words.
    pub links: bool,
    /// Its case, as `case::of_word` numbers them.
    pub case: u32,
    /// Of the normal form.
    pub hash: u64,
    /// Of its capitals, small letters and digits.
    pub shape: u64,
    /// Of its first 2, 3 and 4 bytes, where it is longer.
    pub prefixes: [u64; 3],
    /// Of its last 2, 3 and 4 bytes, backwards, where it is longer.
    pub suffixes: [u64; 3],
    /// Of its last three bytes, backwards, or of all where it is shorter.
    pub ending: u64,
    /// Of its coarse cluster's number; of nothing where it has no cluster.
    pub coarse: u64,
    /// Of its fine cluster's number.
    pub fine: u64,
    /// Of its place in a listed name and the name's kind.
    pub listed: u64,
    /// The run of capitalised words that it stands in, as places in its sentence; empty outside.
    pub run: Range<usize>,
    /// Of that run's words.
    pub run_hash: u64,
    /// Of its case, and of how many of its sentence's words have capitals.
    pub style: u64,
}

impl Word {
    /// The word beyond an end of a sentence, whose normal form has this hash.
    pub fn beyond(text: &Text, hash: u64) -> Self {
        Self {
            span: text.whole(),
            is_mark: true,
            links: false,
            case: case::NONE,
            hash,
            shape: 0,
            prefixes: [0; 3],
            suffixes: [0; 3],
            ending: hash,
            coarse: EMPTY,
            fine: EMPTY,
            listed: 0,
            run: 0..0,
            run_hash: 0,
            style: 0,
        }
    }

    /// True for what may be a name or a part of one by its looks: capitals, or digits.
    pub fn is_name_like(&self) -> bool {
        !matches!(self.case, case::LOWER | case::PUNCTUATION)
    }

    /// True for a word with a capital.
    pub fn is_capitalised(&self) -> bool {
        self.is_name_like() && self.case != case::DIGITS
    }
}

/// Adds the words of a sentence. `normal` is room that is used again.
pub fn cut(text: &Text, sentence: Span, normal: &mut Vec<u8>, words: &mut Vec<Word>) {
    let reading = Reading::new(text.slice(sentence));
    let read = reading.as_str();
    let mut characters = read.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        if character.is_whitespace() {
            continue;
        }
        let mut end = start + character.len_utf8();
        let is_mark = !character.is_alphanumeric();
        while let Some((place, next)) =
            characters.next_if(|(_, next)| !is_mark && next.is_alphanumeric())
        {
            end = place + next.len_utf8();
        }
        let place = reading.original(start..end);
        let place = sentence.start() + place.start..sentence.start() + place.end;
        if let Some(span) = text.span(place) {
            let content = read.get(start..end).unwrap_or_default();
            words.push(word(span, content, is_mark, normal));
        }
    }
}

fn word(span: Span, content: &str, is_mark: bool, normal: &mut Vec<u8>) -> Word {
    normal.clear();
    let case = if is_mark {
        for character in content.chars() {
            normalise(character, normal);
        }
        case::PUNCTUATION
    } else if content.is_ascii() {
        ascii(content.as_bytes(), normal)
    } else {
        for character in content.chars() {
            normalise(character, normal);
        }
        case::of_word(content)
    };
    let hash = fnv(normal.iter());
    let mut word = Word {
        span,
        is_mark,
        links: matches!(normal.as_slice(), [b'-' | b'\'' | b'&' | b'.' | b'/']),
        case,
        hash,
        shape: 0,
        prefixes: [0; 3],
        suffixes: [0; 3],
        ending: fnv(normal.iter().rev().take(3)),
        coarse: EMPTY,
        fine: EMPTY,
        listed: 0,
        run: 0..0,
        run_hash: 0,
        style: 0,
    };
    if word.is_name_like() {
        word.shape = shape(content);
        for (length, (prefix, suffix)) in
            (2..).zip(word.prefixes.iter_mut().zip(&mut word.suffixes))
        {
            if normal.len() > length {
                *prefix = fnv(normal.iter().take(length));
                *suffix = fnv(normal.iter().rev().take(length));
            }
        }
    }
    word
}

/// The normal form of a word of ASCII letters and digits, and its case.
fn ascii(content: &[u8], normal: &mut Vec<u8>) -> u32 {
    let (mut upper, mut lower, mut digits) = (0usize, 0usize, 0usize);
    for &byte in content {
        upper += usize::from(byte.is_ascii_uppercase());
        lower += usize::from(byte.is_ascii_lowercase());
        digits += usize::from(byte.is_ascii_digit());
        normal.push(if byte.is_ascii_digit() {
            b'0'
        } else {
            byte.to_ascii_lowercase()
        });
    }
    let first_letter = content.iter().find(|byte| byte.is_ascii_alphabetic());
    match (upper, lower) {
        (0, 0) => case::DIGITS,
        (1, 0) if digits == 0 => case::SINGLE_CAPITAL,
        (2.., 0) => case::UPPER,
        (0, _) => case::LOWER,
        (1, 1..) if first_letter.is_some_and(u8::is_ascii_uppercase) => case::TITLE,
        _ => case::MIXED,
    }
}

/// Adds a character's normal form.
fn normalise(character: char, normal: &mut Vec<u8>) {
    let plain = match character {
        '0'..='9' => '0',
        '‘' | '’' | '‛' | '′' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    };
    let mut room = [0; 4];
    for lower in plain.to_lowercase() {
        normal.extend_from_slice(lower.encode_utf8(&mut room).as_bytes());
    }
}

/// The hash of a word's shape: a run of one kind as two at most, eight in all.
fn shape(content: &str) -> u64 {
    let (mut state, mut length) = (EMPTY, 0);
    let mut last = [0u8; 2];
    for character in content.chars() {
        let kind = if character.is_numeric() {
            b'0'
        } else if character.is_uppercase() {
            b'X'
        } else {
            b'x'
        };
        if last == [kind, kind] {
            continue;
        }
        last = [last[1], kind];
        state = step(state, kind);
        length += 1;
        if length == 8 {
            break;
        }
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(content: &str) -> Vec<(String, u32, u64)> {
        let text = Text::new(content.to_owned());
        let mut words = Vec::new();
        cut(&text, text.whole(), &mut Vec::new(), &mut words);
        words
            .into_iter()
            .map(|word| (text.slice(word.span).to_owned(), word.case, word.hash))
            .collect()
    }

    #[test]
    fn normal_forms_make_spellings_one() {
        for (one, other) in [
            ("Élan", "élan"),
            ("2016", "1987"),
            ("’", "'"),
            ("—", "-"),
            ("TALIBAN", "Taliban"),
        ] {
            let (one, other) = (words(one), words(other));
            assert_eq!(
                one.first().map(|word| word.2),
                other.first().map(|word| word.2)
            );
        }
        assert_ne!(
            words("Mosul").first().map(|word| word.2),
            words("Musul").first().map(|word| word.2)
        );
    }

    #[test]
    fn a_character_reference_is_one_mark_that_covers_it() {
        let found: Vec<String> = words("AT&amp;T’s").into_iter().map(|word| word.0).collect();
        assert_eq!(found, ["AT", "&amp;", "T", "’", "s"]);
    }

    proptest! {
        #[test]
        fn words_cover_all_that_is_visible(content in "\\PC{0,60}") {
            prop_assume!(!content.contains('&'));
            let joined: String = words(&content).into_iter().map(|word| word.0).collect();
            let visible: String = content.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(joined, visible);
        }

        #[test]
        fn case_is_that_of_the_transformer(content in "[a-zA-Z0-9éÉß]{1,8}") {
            for (word, case, _) in words(&content) {
                prop_assert_eq!(case, case::of_word(&word), "{}", word);
            }
        }
    }
}
