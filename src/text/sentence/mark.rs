//! Which full stops, question marks, exclamation marks and ellipses end a sentence.

use super::abbreviation::{self, Ending};

/// Longest word, in bytes, that is looked at before a full stop.
const LONGEST_WORD: usize = 32;

/// Marks of scripts in which they are nothing but the end of a sentence.
fn is_plain_mark(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '؟' | '۔' | '।')
}

/// True for a character that can end a sentence.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '.' | '?' | '!' | '…') || is_plain_mark(c)
}

/// True for a quotation mark or bracket that closes, or may.
pub(super) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』'
    )
}

/// True for what may stand before the first word of a sentence.
fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '«'
            | '‹'
            | '„'
            | '('
            | '['
            | '{'
            | '—'
            | '–'
            | '-'
            | '*'
            | '•'
    )
}

/// The byte offsets at which a sentence of `text` ends, except the end of `text` itself, ascending.
pub(super) fn ends(text: &str) -> Vec<usize> {
    let mut scan = Scan::new(text);
    let mut ends = Vec::new();
    while let Some(c) = text.get(scan.at..).and_then(|rest| rest.chars().next()) {
        let start = scan.at;
        scan.pass(c);
        if !is_mark(c) {
            continue;
        }
        let marks = scan.pass_while(start, is_mark);
        let closers = scan.pass_closers();
        if scan.at < text.len() && scan.is_end(start, marks, closers) {
            ends.push(scan.at);
            scan.sentence = None;
        }
    }
    ends
}

/// Where the reading of a text stands.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// First character of the sentence that is not white space.
    sentence: Option<usize>,
    /// The run of characters without white space at `at`, and whether it is an address.
    token: std::ops::Range<usize>,
    is_address: bool,
    /// Inside straight double quotation marks, whose two sides look the same.
    quoted: bool,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            sentence: None,
            token: 0..0,
            is_address: false,
            quoted: false,
        }
    }

    /// Moves past one character.
    fn pass(&mut self, c: char) {
        if !c.is_whitespace() {
            self.sentence.get_or_insert(self.at);
            if self.at >= self.token.end {
                let rest = self.text.get(self.at..).unwrap_or_default();
                let token = rest.split(char::is_whitespace).next().unwrap_or_default();
                self.token = self.at..self.at + token.len();
                self.is_address = ["://", "www.", "@"]
                    .iter()
                    .any(|&sign| token.contains(sign));
            }
        }
        if c == '"' {
            self.quoted = !self.quoted;
        }
        self.at += c.len_utf8();
    }

    /// Moves on while `accept` holds and gives the text from `start`.
    fn pass_while(&mut self, start: usize, accept: fn(char) -> bool) -> &'t str {
        while let Some(c) = self.next().filter(|&c| accept(c)) {
            self.pass(c);
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn next(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// Moves past closing quotes and brackets, and note numbers in brackets, and gives them.
    fn pass_closers(&mut self) -> &'t str {
        let start = self.at;
        loop {
            match self.next() {
                Some('"') if !self.quoted && !self.is_last_of_token() => break,
                Some(c) if is_closer(c) => self.pass(c),
                Some('[') => {
                    let rest = self.text.get(self.at + 1..).unwrap_or_default();
                    let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
                    if digits == 0 || rest.as_bytes().get(digits) != Some(&b']') {
                        break;
                    }
                    self.at += digits + 2;
                }
                _ => break,
            }
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// True where white space, or nothing, follows the character at hand.
    fn is_last_of_token(&self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        rest.chars().nth(1).is_none_or(char::is_whitespace)
    }

    /// True where the marks that begin at byte `start`, with the closers after them, end a sentence.
    fn is_end(&self, start: usize, marks: &str, closers: &str) -> bool {
        if marks.contains(is_plain_mark) {
            return true;
        }
        if self.is_address && self.at < self.token.end {
            return false;
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let word = self.word_before(start);
        if !rest.starts_with(char::is_whitespace) {
            return is_end_without_blank(word, marks, closers, rest);
        }
        let rest = rest.trim_start();
        let opened = rest.trim_start_matches(|c| is_opener(c) || c == ' ');
        let quote = rest.starts_with(['“', '‘', '"', '«', '„']);
        let Some(next) = opened.chars().next() else {
            return false;
        };
        if next.is_lowercase() || !(next.is_alphanumeric() || "$£€¥₹#@".contains(next)) {
            return false;
        }
        if marks != "." {
            return true;
        }
        if self.is_address {
            return true;
        }
        let before = start.checked_sub(word.len() + 1);
        let slash = before.and_then(|at| self.text.as_bytes().get(at)) == Some(&b'/');
        if slash && !word.contains('.') {
            return true;
        }
        if self.is_list_number(word, start) {
            return false;
        }
        if closers.contains(['"', '”', '’', '»', '\'']) {
            return true;
        }
        let following = first_word(opened);
        let starts = abbreviation::is_starter(following)
            && !opened
                .get(following.len()..)
                .is_some_and(|rest| rest.starts_with('.'));
        match abbreviation::ending(word) {
            Ending::Always => true,
            Ending::Never => false,
            Ending::NotBeforeDigit => !next.is_numeric(),
            Ending::Often => !next.is_numeric() && !abbreviation::follows_time(following),
            Ending::Sometimes => starts || (quote && !is_single_letter(word)),
        }
    }

    /// The word before byte `end`, with full stops and apostrophes inside it.
    fn word_before(&self, end: usize) -> &'t str {
        let floor = self
            .text
            .floor_char_boundary(end.saturating_sub(LONGEST_WORD));
        let floor = floor.max(self.sentence.unwrap_or(end).min(end));
        let before = self.text.get(floor..end).unwrap_or_default();
        before
            .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '%')))
            .and_then(|at| {
                let separator = before.get(at..)?.chars().next()?;
                before.get(at + separator.len_utf8()..)
            })
            .unwrap_or(before)
            .trim_start_matches('.')
    }

    /// True for "1", "12" or "a" that opens the sentence: the number of a list's item.
    fn is_list_number(&self, word: &str, end: usize) -> bool {
        self.sentence == end.checked_sub(word.len())
            && word.len() <= 3
            && !word.is_empty()
            && (word.bytes().all(|b| b.is_ascii_digit()) || word.chars().count() == 1)
    }
}

/// True where a sentence ends though no blank follows: "killed.The attack", "done.”He".
fn is_end_without_blank(word: &str, marks: &str, closers: &str, rest: &str) -> bool {
    if rest.starts_with(['“', '‘', '«', '„', '"']) {
        let opened = rest.trim_start_matches(is_opener);
        return closers.is_empty() && opened.starts_with(char::is_uppercase) && is_full_word(word);
    }
    let following = first_word(rest);
    let mut letters = following.chars();
    if !letters.next().is_some_and(char::is_uppercase) {
        return false;
    }
    let lower = letters.clone().count() > 0 && letters.all(char::is_lowercase);
    let lone = matches!(following, "A" | "I") && rest.get(1..).is_some_and(|r| r.starts_with(' '));
    if !(lower || lone) || is_domain_ending(following) {
        return false;
    }
    !closers.is_empty() || marks != "." || is_full_word(word)
}

/// True for a word long enough to be one, that is no abbreviation and has no full stop inside.
fn is_full_word(word: &str) -> bool {
    let letters = word.chars().count();
    let lower = word.chars().next().is_some_and(char::is_lowercase);
    let number = word.chars().next().is_some_and(char::is_numeric);
    !word.contains('.')
        && (word.is_empty() || number || letters >= if lower { 2 } else { 3 })
        && matches!(
            abbreviation::ending(word),
            Ending::Always | Ending::NotBeforeDigit
        )
}

/// True for a name's ending on the internet or of a file, as in "Booking.Com".
fn is_domain_ending(word: &str) -> bool {
    [
        "com", "org", "net", "info", "gov", "edu", "js", "pdf", "tv", "co",
    ]
    .iter()
    .any(|ending| word.eq_ignore_ascii_case(ending))
}

fn is_single_letter(word: &str) -> bool {
    !word.contains('.') && abbreviation::is_initials(word)
}

/// The letters and digits at the start.
fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
}
