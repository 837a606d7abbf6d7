//! Number words that are no numbers: parts of names ("Fifth Avenue", "Group of Seven") and labels ("part two").
//!
//! Refuses by capitals and by the words beside, never by a list of names.

use super::lexer::{Kind, Tokens};
use super::numeral::class;
use super::table::{Class, IDENTIFIERS, MONTHS, NOUN_STOPS, STREETS, WEEKDAYS};

/// The index after a number word that begins here and is a name's or a label's.
pub fn word_in_name(tokens: &Tokens, at: usize) -> Option<usize> {
    ordinal_name(tokens, at)
        .or_else(|| capital_word(tokens, at))
        .or_else(|| label_word(tokens, at))
}

/// "part two", "phase one": a number word after the word that it labels.
fn label_word(tokens: &Tokens, at: usize) -> Option<usize> {
    let (Class::Small | Class::Ten, _) = class(tokens, at)? else {
        return None;
    };
    let labelled = at > 0 && !tokens.glued(at) && IDENTIFIERS.contains(tokens.back(at, 1));
    let next = at + 1;
    let alone = !tokens.is(next, Kind::Word) && !tokens.hyphen(next)
        || NOUN_STOPS.contains(tokens.word(next)) && class(tokens, next).is_none();
    (labelled && alone && super::measure::unit_word(tokens, next).is_none()).then_some(next)
}

/// "Fifth Avenue", "Sixth Form College", "Richard the Third": an ordinal of a name.
fn ordinal_name(tokens: &Tokens, at: usize) -> Option<usize> {
    let (class, _) = class(tokens, at)?;
    if !matches!(class, Class::OrdinalSmall | Class::OrdinalTen) || !tokens.capital(at) {
        return None;
    }
    let title = |index: usize| tokens.capital(index) && tokens.is(index, Kind::Word);
    let next = tokens.word(at + 1);
    if title(at + 1) && (STREETS.contains(next) || IDENTIFIERS.contains(next) || title(at + 2)) {
        return Some(at + 2);
    }
    let styled = at >= 2 && tokens.any_back(at, 1, &["the"]) && title(at - 2);
    (styled && !title(at + 1)).then_some(at + 1)
}

/// "Two Rivers", "First National Bank": number words in capitals inside a name.
fn capital_word(tokens: &Tokens, at: usize) -> Option<usize> {
    class(tokens, at)?;
    if !tokens.capital(at) || at == 0 {
        return None;
    }
    let raw = tokens.raw(at);
    let shouting = raw.len() > 1 && raw.bytes().all(|b| b.is_ascii_uppercase());
    let starts = !tokens.is(at - 1, Kind::Word);
    // "Two Rivers", "Six-Day War"
    let next = tokens.skip_hyphen(at + 1);
    let next_name = tokens.capital(next)
        && tokens.is(next, Kind::Word)
        && !tokens.raw(next).bytes().all(|b| b.is_ascii_uppercase());
    let before_name = !starts && tokens.capital(at - 1) && at >= 2;
    let scale = class(tokens, at + 1).is_some();
    // "Group of Seven", "Gang of Four"
    let body = tokens.any_back(at, 1, &["of"]) && at >= 2 && tokens.capital(at - 2);
    if body && !shouting && !scale {
        return Some(at + 1);
    }
    (!shouting
        && !starts
        && (next_name || before_name)
        && !scale
        && !MONTHS.contains_key(tokens.back(at, 1))
        && !MONTHS.contains_key(tokens.word(at + 1))
        && !WEEKDAYS.contains_key(tokens.word(at + 1)))
    .then_some(at + 1)
}
