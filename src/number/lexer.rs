//! A sentence as tokens: words, digit runs with their grouping, and marks, each with its bytes.
//!
//! Lower-casing is ASCII only, so that a lowered sentence has the same offsets as the original. The
//! lexer refuses to say what a token means, but for one thing: a run of characters that is an
//! address, a file or a version is one opaque token, which no rule can take a number from.

use std::cell::RefCell;

use super::digit_run::{digits, dotted_date, is_digit, run};
use super::numeral::Numeral;
use super::vocabulary::Known;

/// A place and the numeral that was read there.
type Remembered = Option<(usize, Option<Numeral>)>;

/// How many numerals are remembered.
const REMEMBERED: usize = 8;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A run of letters.
    Word,
    /// A run of digits with its thousands separators and decimals.
    Digits,
    /// One other character.
    Mark,
    /// An address, a file name or a version.
    Opaque,
}

/// One token: bytes `[start, end)` of its sentence.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// True where no white space stands before it.
    pub glued: bool,
}

/// The tokens of one sentence. Every look-up outside it is the empty string or false, never a panic.
#[derive(Debug)]
pub struct Tokens<'a> {
    original: &'a str,
    lower: &'a str,
    list: &'a [Token],
    known: &'a [Known],
    /// The numerals that were last read, each with its place: many rules ask for the same one.
    numerals: RefCell<[Remembered; REMEMBERED]>,
}

impl<'a> Tokens<'a> {
    /// `lower` is `original` in ASCII lower case; `list` comes from [`lex`] on `original`, and `known`
    /// is of each of its tokens.
    pub fn new(original: &'a str, lower: &'a str, list: &'a [Token], known: &'a [Known]) -> Self {
        Self {
            original,
            lower,
            list,
            known,
            numerals: RefCell::default(),
        }
    }

    /// What is known of the token by itself.
    pub fn known(&self, index: usize) -> Known {
        self.known.get(index).copied().unwrap_or_default()
    }

    /// The numeral at `index`, read anew only where it was not read lately.
    pub fn remembered(
        &self,
        index: usize,
        read: impl FnOnce() -> Option<Numeral>,
    ) -> Option<Numeral> {
        let slot = index % REMEMBERED;
        if let Ok(numerals) = self.numerals.try_borrow()
            && let Some(Some((at, found))) = numerals.get(slot)
            && *at == index
        {
            return found.clone();
        }
        let found = read();
        if let Ok(mut numerals) = self.numerals.try_borrow_mut()
            && let Some(place) = numerals.get_mut(slot)
        {
            *place = Some((index, found.clone()));
        }
        found
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn get(&self, index: usize) -> Option<&Token> {
        self.list.get(index)
    }

    /// The token in lower case.
    pub fn word(&self, index: usize) -> &'a str {
        self.get(index)
            .and_then(|token| self.lower.get(token.start..token.end))
            .unwrap_or_default()
    }

    /// The token `steps` before `index`, in lower case.
    pub fn back(&self, index: usize, steps: usize) -> &'a str {
        index
            .checked_sub(steps)
            .map(|at| self.word(at))
            .unwrap_or_default()
    }

    /// What stands between the token before and this one.
    pub fn gap(&self, index: usize) -> &'a str {
        let before = index.checked_sub(1).map_or(0, |at| self.end(at));
        self.original
            .get(before..self.start(index))
            .unwrap_or_default()
    }

    /// The token as written.
    pub fn raw(&self, index: usize) -> &'a str {
        self.get(index)
            .and_then(|token| self.original.get(token.start..token.end))
            .unwrap_or_default()
    }

    pub fn is(&self, index: usize, kind: Kind) -> bool {
        self.get(index).is_some_and(|token| token.kind == kind)
    }

    /// True where no white space stands before this token.
    pub fn glued(&self, index: usize) -> bool {
        index > 0 && self.get(index).is_some_and(|token| token.glued)
    }

    /// True for a word that begins with a capital letter.
    pub fn capital(&self, index: usize) -> bool {
        self.raw(index)
            .chars()
            .next()
            .is_some_and(char::is_uppercase)
    }

    /// True where one of these words stands here.
    pub fn any(&self, index: usize, words: &[&str]) -> bool {
        let word = self.word(index);
        !word.is_empty() && words.contains(&word)
    }

    /// True where one of these words stands `steps` before.
    pub fn any_back(&self, index: usize, steps: usize, words: &[&str]) -> bool {
        index
            .checked_sub(steps)
            .is_some_and(|at| self.any(at, words))
    }

    /// True for a hyphen glued to what stands before and after it.
    pub fn hyphen(&self, index: usize) -> bool {
        matches!(self.word(index), "-" | "‐" | "‑") && self.glued(index) && self.glued(index + 1)
    }

    /// The index after this token if it is a glued hyphen, else the index itself.
    pub fn skip_hyphen(&self, index: usize) -> usize {
        if self.hyphen(index) { index + 1 } else { index }
    }

    /// Where the token begins, in bytes of the sentence.
    pub fn start(&self, index: usize) -> usize {
        self.get(index).map_or(self.original.len(), |t| t.start)
    }

    /// Where the token ends, in bytes of the sentence.
    pub fn end(&self, index: usize) -> usize {
        self.get(index).map_or(self.original.len(), |t| t.end)
    }
}

/// Divides a text into tokens, appended to `list`.
pub fn lex(text: &str, list: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut chunk_end = 0;
    let mut glued = false;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_whitespace() {
            at += 1;
            glued = false;
            continue;
        }
        if at >= chunk_end {
            chunk_end = chunk(bytes, at);
            if let Some(end) = bytes.get(at..chunk_end).and_then(opaque) {
                list.push(token(at, at + end, Kind::Opaque, glued));
                at += end;
                glued = true;
                continue;
            }
        }
        if let Some(ends) = dotted_date(bytes, at) {
            for end in ends {
                let kind = if is_digit(bytes, at) {
                    Kind::Digits
                } else {
                    Kind::Mark
                };
                list.push(token(at, end, kind, glued));
                glued = true;
                at = end;
            }
            continue;
        }
        let (end, kind) = next(text, at);
        if end <= at {
            break;
        }
        if kind == Kind::Mark && text.get(at..end).is_some_and(|s| s.trim().is_empty()) {
            glued = false;
        } else {
            list.push(token(at, end, kind, glued));
            glued = true;
        }
        at = end;
    }
}

fn token(start: usize, end: usize, kind: Kind, glued: bool) -> Token {
    Token {
        start,
        end,
        kind,
        glued,
    }
}

/// Where the run of non-blank bytes that begins here ends.
fn chunk(bytes: &[u8], at: usize) -> usize {
    bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(u8::is_ascii_whitespace))
        .map_or(bytes.len(), |length| at + length)
}

/// The length of the address or path at the start of a chunk.
fn opaque(chunk: &[u8]) -> Option<usize> {
    if chunk.len() < 5 || memchr::memchr3(b'/', b'@', b'.', chunk).is_none() {
        return None;
    }
    let has = |needle: &[u8]| memchr::memmem::find(chunk, needle).is_some();
    let domain = || {
        chunk.windows(4).any(|w| {
            matches!(w, [a, b'.', c, d] if a.is_ascii_alphanumeric() && c.is_ascii_lowercase() && d.is_ascii_lowercase())
        }) && (has(b"/") || has(b"@"))
    };
    if !(has(b"://") || chunk.starts_with(b"www.") || domain()) {
        return None;
    }
    let tail = chunk
        .iter()
        .rev()
        .take_while(|b| matches!(b, b'.' | b',' | b')' | b';' | b'"' | b'\'' | b'!'))
        .count();
    Some(chunk.len() - tail).filter(|&length| length > 0)
}

/// The end and the kind of the token that begins at `at`.
fn next(text: &str, at: usize) -> (usize, Kind) {
    let bytes = text.as_bytes();
    let Some(&first) = bytes.get(at) else {
        return (at, Kind::Mark);
    };
    if first.is_ascii_digit() {
        return digits(bytes, at);
    }
    if first == b'.'
        && is_digit(bytes, at + 1)
        && !at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'.' || *b >= 0x80)
    {
        return (run(bytes, at + 1), Kind::Digits);
    }
    let mut end = at;
    for character in text.get(at..).unwrap_or_default().chars() {
        if !(character.is_alphabetic() || (end > at && is_combining(character))) {
            if end == at {
                return (at + character.len_utf8(), Kind::Mark);
            }
            break;
        }
        end += character.len_utf8();
    }
    (end, Kind::Word)
}

fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}
