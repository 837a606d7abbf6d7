//! Fixed phrases as the tables write them, found token by token, longest first.

use super::hash::WordMap;

use super::lexer::{Kind, Token, Tokens, lex};

/// One phrase: its tokens after the first, and what it stands for.
#[derive(Debug)]
struct Phrase<V> {
    rest: Vec<String>,
    /// For a phrase that means something else in another case (m, M).
    exact: Option<String>,
    value: V,
}

/// Phrases by their first token (or, backwards, by their last).
#[derive(Debug)]
pub struct Phrases<V> {
    by_first: WordMap<String, Vec<Phrase<V>>>,
    backwards: bool,
}

impl<V: Copy> Phrases<V> {
    /// Phrases to be found from their first token on.
    pub fn forwards(entries: impl IntoIterator<Item = (&'static str, V)>) -> Self {
        Self::new(entries, false)
    }

    /// Phrases to be found from the token after their last, going back.
    pub fn backwards(entries: impl IntoIterator<Item = (&'static str, V)>) -> Self {
        Self::new(entries, true)
    }

    fn new(entries: impl IntoIterator<Item = (&'static str, V)>, backwards: bool) -> Self {
        let mut by_first: WordMap<String, Vec<Phrase<V>>> = WordMap::default();
        for (written, value) in entries {
            let (exact, written) = match written.strip_prefix('=') {
                Some(rest) => (Some(rest.to_owned()), rest),
                None => (None, written),
            };
            let lower = written.to_ascii_lowercase();
            let mut list: Vec<Token> = Vec::new();
            lex(&lower, &mut list);
            let mut words: Vec<String> = list
                .iter()
                .filter_map(|token| lower.get(token.start..token.end))
                .map(str::to_owned)
                .collect();
            if words.is_empty() {
                continue;
            }
            if backwards {
                words.reverse();
            }
            let first = words.remove(0);
            by_first.entry(first).or_default().push(Phrase {
                rest: words,
                exact,
                value,
            });
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|phrase| {
                std::cmp::Reverse((phrase.rest.len(), phrase.exact.is_some()))
            });
        }
        Self {
            by_first,
            backwards,
        }
    }

    /// The tokens that a phrase begins with (or, backwards, ends with).
    pub fn firsts(&self) -> impl Iterator<Item = &str> {
        self.by_first.keys().map(String::as_str)
    }

    /// The longest phrase that begins at `at`: its value and the index after it. Backwards: that
    /// ends before `at`, and the index of its first token.
    pub fn find(&self, tokens: &Tokens, at: usize) -> Option<(V, usize)> {
        let first = if self.backwards {
            at.checked_sub(1)?
        } else {
            at
        };
        self.by_first
            .get(tokens.word(first))?
            .iter()
            .find_map(|phrase| {
                if phrase
                    .exact
                    .as_ref()
                    .is_some_and(|exact| exact != tokens.raw(first))
                {
                    return None;
                }
                let mut edge = first;
                for word in &phrase.rest {
                    edge = if self.backwards {
                        edge.checked_sub(1)?
                    } else {
                        edge + 1
                    };
                    if tokens.word(edge) != word {
                        return None;
                    }
                }
                Some((phrase.value, if self.backwards { edge } else { edge + 1 }))
            })
    }
}

/// True for a word of letters in lower case.
pub fn lower_word(tokens: &Tokens, at: usize) -> bool {
    tokens.is(at, Kind::Word) && !tokens.capital(at)
}
