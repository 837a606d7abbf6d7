//! How a name is compared: cut into words, each folded to plain lower-case letters.
//!
//! Two spellings that fold to the same words are the same name for the book: "Al-Qa‘ida" and
//! "al Qaida", "U.S." and "US", "Lord’s Resistance Army" and "Lord's Resistance Army". Refuses to
//! guess at spelling: letters that differ stay different.

use std::borrow::Cow;
use unicode_normalization::{
    UnicodeNormalization,
    char::{canonical_combining_class, is_combining_mark},
};

/// One word of a text: a run of letters and digits, an acronym with its points, or an ampersand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// First byte.
    pub start: usize,
    /// One past the last byte; a possessive 's lies outside.
    pub end: usize,
    /// True where only what may stand inside a name (blank, hyphen, 's) parts it from the word before.
    pub glued: bool,
}

/// True for every sign that is written for an apostrophe or an Arabic ayn or hamza.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’'
            | '‘'
            | '‛'
            | '`'
            | '´'
            | '′'
            | 'ʹ'
            | 'ʻ'
            | 'ʼ'
            | 'ʽ'
            | 'ʾ'
            | 'ʿ'
            | 'ˈ'
            | '＇'
    )
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    (c.is_alphanumeric() && !is_apostrophe(c)) || is_combining_mark(c)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{ad}')
}

/// The words of a text, in order.
pub(super) fn words(source: &str) -> Words<'_> {
    Words {
        source,
        at: 0,
        last: None,
    }
}

/// See [`words`].
pub(super) struct Words<'t> {
    source: &'t str,
    at: usize,
    last: Option<(usize, usize)>,
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let rest = self.source.get(self.at..)?;
        let start = self.at + rest.find(|c: char| is_letter(c) || c == '&')?;
        let length = word_length(self.source.get(start..)?);
        let end = start + length;
        let after = self.source.get(end..)?;
        self.at = end + possessive(after);
        let glued = self.last.is_some_and(|(from, to)| {
            let before = self.source.get(from..to).unwrap_or_default();
            glues(before, self.source.get(to..start).unwrap_or_default())
        });
        self.last = Some((start, end));
        Some(Word { start, end, glued })
    }
}

/// Bytes of the possessive ending with which this text begins, if any.
fn possessive(after: &str) -> usize {
    let mut chars = after.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(mark), Some('s' | 'S'), next)
            if is_apostrophe(mark) && !next.is_some_and(is_letter) =>
        {
            mark.len_utf8() + 1
        }
        _ => 0,
    }
}

/// Length in bytes of the word that stands at the front of `rest`.
fn word_length(rest: &str) -> usize {
    if rest.starts_with('&') {
        return 1;
    }
    if let Some(length) = acronym_length(rest) {
        return length;
    }
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside = is_letter(c)
            || (is_apostrophe(c)
                && chars.peek().is_some_and(|&(_, next)| is_letter(next))
                && possessive(rest.get(at..).unwrap_or_default()) == 0);
        if !inside {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// Length of an acronym written with points, "U.S." or "U.N": two or more single letters.
fn acronym_length(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let (mut at, mut letters) = (0, 0);
    while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
        match bytes.get(at + 1) {
            Some(b'.') => {
                letters += 1;
                at += 2;
            }
            // The last letter may lack its point, but "U.Sam" is no acronym.
            _ if letters > 0
                && !rest
                    .get(at + 1..)
                    .and_then(|tail| tail.chars().next())
                    .is_some_and(is_letter) =>
            {
                letters += 1;
                at += 1;
                break;
            }
            _ => return None,
        }
    }
    (letters > 1 && !rest.get(at..)?.starts_with(is_letter)).then_some(at)
}

/// True where what lies between two words may lie inside a name.
fn glues(before: &str, gap: &str) -> bool {
    let gap = gap.get(possessive(gap)..).unwrap_or_default();
    // "St. Lucia" is one name; "in the US. State police" is two sentences.
    let abbreviation = before.len() <= 3 && before.chars().any(char::is_lowercase);
    gap.chars().count() <= 4
        && gap.matches('\n').count() < 2
        && gap
            .chars()
            .all(|c| c.is_whitespace() || is_hyphen(c) || (c == '.' && abbreviation))
}

/// Appends the folded word: compatibility forms and diacritics undone, lower case, no signs.
pub(super) fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        if word == "&" {
            out.push_str("and");
        }
        out.extend(
            word.chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|c| c.to_ascii_lowercase()),
        );
        return;
    }
    for c in word.nfkd().flat_map(char::to_lowercase) {
        match c {
            'ı' => out.push('i'),
            'ł' => out.push('l'),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ə' => out.push('e'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            // Accents and Arabic vowel points go; the vowel signs of Indic scripts are letters.
            _ if c.is_alphanumeric() && canonical_combining_class(c) == 0 && !is_apostrophe(c) => {
                out.push(c);
            }
            _ => {}
        }
    }
}

/// The folded word.
pub(super) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// The folded words of a name.
pub(super) fn folded_words(name: &str) -> Vec<String> {
    words(name)
        .map(|word| fold(name.get(word.start..word.end).unwrap_or_default()))
        .filter(|word| !word.is_empty())
        .collect()
}

/// The folded words of a name, parted by single blanks.
pub(super) fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    key_into(name, &mut out);
    out
}

/// Appends the same.
pub(super) fn key_into(name: &str, out: &mut String) {
    let first = out.len();
    if is_simple(name) {
        simple_words(name, out);
        if let Some(words) = out.get_mut(first..) {
            words.make_ascii_lowercase();
        }
        return;
    }
    for word in words(name) {
        let before = out.len();
        if before > first {
            out.push(' ');
        }
        let start = out.len();
        fold_into(name.get(word.start..word.end).unwrap_or_default(), out);
        if out.len() == start {
            out.truncate(before);
        }
    }
}

/// True for nine names of ten: ASCII letters and digits, with single blanks and hyphens between them.
fn is_simple(name: &str) -> bool {
    let mut gap = true;
    for byte in name.bytes() {
        let joins = matches!(byte, b' ' | b'-');
        if (joins && gap) || !(joins || byte.is_ascii_alphanumeric()) {
            return false;
        }
        gap = joins;
    }
    !gap
}

/// Appends the words of a simple name, parted by blanks.
fn simple_words(name: &str, out: &mut String) {
    if name.contains('-') {
        out.extend(name.chars().map(|c| if c == '-' { ' ' } else { c }));
    } else {
        out.push_str(name);
    }
}

/// The word without points and apostrophes, in its own case, for the names that need their case.
pub(super) fn plain(word: &str) -> Cow<'_, str> {
    if word.contains(|c: char| c == '.' || is_apostrophe(c)) {
        word.chars()
            .filter(|&c| c != '.' && !is_apostrophe(c))
            .collect()
    } else {
        Cow::Borrowed(word)
    }
}

/// The words of a name, plain, parted by single blanks.
pub(super) fn plain_words(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    if is_simple(name) {
        simple_words(name, &mut out);
        return out;
    }
    for word in words(name) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&plain(name.get(word.start..word.end).unwrap_or_default()));
    }
    out
}

/// The same without a leading "the"; and whether that was a "The".
pub(super) fn plain_without_article(name: &str) -> (String, bool) {
    const ARTICLES: [&str; 2] = ["The ", "the "];
    let mut plain = plain_words(name);
    let article = ARTICLES.iter().find(|article| plain.starts_with(**article));
    plain.drain(..article.map_or(0, |article| article.len()));
    (plain, article == Some(&"The "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for (a, b) in [
            ("Al-Qa‘ida", "al qaida"),
            ("U.S.", "US"),
            ("U.S", "us"),
            ("Lord’s Resistance Army", "Lord's resistance ARMY"),
            ("Da'esh", "Daesh"),
            ("Côte d’Ivoire", "Cote d'Ivoire"),
            ("Hezbollah’s", "Hezbollah"),
            ("Doctors & Nurses", "Doctors and Nurses"),
            ("Erdoğan", "Erdogan"),
            ("Ａｎｓａｒ", "Ansar"),
            ("دَاعِش", "داعش"),
        ] {
            assert_eq!(key(a), key(b), "{a} and {b}");
        }
        assert_ne!(key("Niger"), key("Nigeria"));
        assert_eq!(
            plain_without_article("The U.S. Army"),
            ("US Army".into(), true)
        );
        assert_eq!(
            plain_without_article("the Red-Front"),
            ("Red Front".into(), false)
        );
        assert_eq!(plain_without_article("Theo"), ("Theo".into(), false));
        assert_eq!(key(" 'A & the… B"), folded_words(" 'A & the… B").join(" "));
    }

    #[test]
    fn glue_holds_inside_names_only() {
        let glued = |text| words(text).map(|word| word.glued).collect::<Vec<_>>();
        assert_eq!(glued("St. Lucia"), [false, true]);
        assert_eq!(glued("the US. State"), [false, true, false]);
        assert_eq!(glued("Taliban, Pakistan"), [false, false]);
        assert_eq!(glued("Lord's Army"), [false, true]);
        assert_eq!(glued("Islamic\n\nState"), [false, false]);
    }

    proptest! {
        #[test]
        fn simple_names_are_read_as_all_are(name in "[ -]{0,2}[A-Za-z0-9]{1,4}([ -]{1,2}[A-Za-z0-9]{1,4}){0,4}[ -]?") {
            // A mark that is no letter takes the name the long way round.
            let long = format!("{name}…");
            prop_assert_eq!(key(&name), key(&long));
            prop_assert_eq!(plain_words(&name), plain_words(&long));
        }

        #[test]
        fn words_lie_in_order_on_boundaries(text in "\\PC{0,80}") {
            let mut last = 0;
            for word in words(&text) {
                prop_assert!(last <= word.start && word.start < word.end);
                prop_assert!(text.get(word.start..word.end).is_some());
                last = word.end;
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
