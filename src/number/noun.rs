//! The counted noun, by word lists and suffixes, without a parser.
//!
//! A noun phrase runs from the number to its head: words in lower case that are not function words,
//! verbs or adverbs; names inside it; "and" or a comma where a plural stands on both sides. It ends
//! after the last plural that such a word follows. It fails on heads that are also verbs in the word
//! list ("attacks" after a plural) and takes a participle for an adjective before the head.

use super::cue::{
    ADJECTIVE_ENDINGS, BARE_PARTICIPLES, FALLEN, LY_NOUNS, NOUN_DETERMINERS, NOUN_VERBS,
};
use super::lexer::{Kind, Tokens};
use super::model::{initials, model, shouted};
use super::numeral::numeral;
use super::owner::after_owner;
use super::phrase::lower_word;
use super::table::{COUNTED, MONTHS, NOUN_STOPS, WEEKDAYS};

const MOST: usize = 6;

/// The noun that a number ending before `at` counts: token indexes. `singular` where no plural is needed.
pub fn noun(tokens: &Tokens, at: usize, singular: bool) -> Option<(usize, usize)> {
    let mut start = tokens.skip_hyphen(at);
    let hyphen = start > at;
    // "32 "terrorists"", ""around twenty" people"
    if matches!(tokens.word(start), "“" | "”" | "\"") {
        start += 1;
    }
    if tokens.any(start, &["more", "other", "additional", "such"]) {
        start += 1;
    }
    if tokens.word(start) == "of" {
        start += 1;
        if NOUN_DETERMINERS.contains(tokens.word(start)) {
            if tokens.any(start, &["them", "us", "whom"]) {
                return None;
            }
            start += 1;
            if tokens.word(start) == "own" {
                start += 1;
            }
            // "of the injured"
            if tokens.any_back(start, 1, &["the", "those", "his", "their"]) && fallen(tokens, start)
            {
                return Some((start, start + 1));
            }
        }
        start = after_owner(tokens, start);
        // "one of the top three performers"
        if tokens.any(start, &["top", "first", "last", "next", "other"])
            && let Some(number) = numeral(tokens, start + 1)
        {
            start = number.end;
        }
    }
    if tokens.any(start, &["many", "most"]) {
        start += 1;
    }
    if hyphen {
        return content(tokens, start).then_some((start, start + 1));
    }
    let mut end = phrase(tokens, start, singular)?;
    // Coordination: "men, women and children".
    let mut listed = false;
    while plural(tokens, end - 1) {
        let next = match tokens.word(end) {
            "," | "and" | "or" => end + 1,
            _ => break,
        };
        // Two things have no comma between them: "seventy villages, and ends at the port".
        let next = if tokens.word(end) == "," && tokens.any(next, &["and", "or"]) {
            if !listed {
                break;
            }
            next + 1
        } else {
            next
        };
        let Some(more) =
            phrase(tokens, next, false).filter(|more| plural(tokens, more - 1) && more - next <= 2)
        else {
            break;
        };
        // A list only where it ends in "and"; otherwise the comma ends the clause.
        if tokens.word(end) == "," && !closes(tokens, more) && !tokens.any(end + 1, &["and", "or"])
        {
            break;
        }
        listed = true;
        end = more;
    }
    Some((start, end))
}

/// "dead", "wounded" and the like where they stand for people: no noun follows that they describe.
pub fn fallen(tokens: &Tokens, at: usize) -> bool {
    let next = at + 1;
    let described = content(tokens, next) && lower_word(tokens, next) && plural(tokens, next);
    let shouts = tokens.raw(at).bytes().all(|b| b.is_ascii_uppercase());
    FALLEN.contains(tokens.word(at)) && !described && !shouts && !tokens.hyphen(next)
}

/// True where a list that has come so far goes on to its "and".
fn closes(tokens: &Tokens, mut at: usize) -> bool {
    for _ in 0..4 {
        match tokens.word(at) {
            "and" | "or" => {
                return phrase(tokens, at + 1, false).is_some_and(|end| plural(tokens, end - 1));
            }
            "," => match phrase(tokens, at + 1, false) {
                Some(end) if plural(tokens, end - 1) => at = end,
                _ => return tokens.any(at + 1, &["and", "or"]),
            },
            _ => return false,
        }
    }
    false
}

/// The end of the simple noun phrase that begins here.
fn phrase(tokens: &Tokens, start: usize, singular: bool) -> Option<usize> {
    let mut end = start;
    let mut head = None;
    while end < start + MOST {
        // "the world's landmass": a possessor goes before its head.
        // So too in a body's name: "five People's Defence Force fighters".
        let named = end > start && tokens.capital(end - 1) && tokens.capital(end + 2);
        if end > start
            && (head.is_none() || named && head == Some(end))
            && matches!(tokens.word(end), "'" | "’")
            && tokens.glued(end)
        {
            let next = if tokens.word(end + 1) == "s" {
                end + 2
            } else {
                end + 1
            };
            let next = if tokens.any(next, &["most", "many"]) {
                next + 1
            } else {
                next
            };
            if content(tokens, next) {
                head = None;
                end = next;
                continue;
            }
        }
        // Another line that begins with a capital is another heading.
        if end > start && tokens.gap(end).contains(['\n', '\r']) && tokens.capital(end) {
            break;
        }
        if let Some((after, many)) = model(tokens, end) {
            if head.is_some() {
                break;
            }
            end = after;
            if many {
                head = Some(end);
            }
            continue;
        }
        if let Some(after) = initials(tokens, end).filter(|_| head.is_none()) {
            end = after;
            continue;
        }
        let form = tokens.word(end);
        if singular
            && end > start
            && (form.ends_with("ing") || form.ends_with("ed") && form.len() > 4)
        {
            break;
        }
        if end == start && described(tokens, end) {
            end += 1;
            continue;
        }
        // "producing and consuming countries"
        if end == start
            && tokens.word(end + 1) == "and"
            && describes(tokens.word(end))
            && describes(tokens.word(end + 2))
            && content(tokens, end + 3)
            && plural(tokens, end + 3)
        {
            end += 3;
            continue;
        }
        // "four security and local sources"
        if end == start
            && !singular
            && content(tokens, end)
            && tokens.word(end + 1) == "and"
            && describes(tokens.word(end + 2))
            && content(tokens, end + 3)
            && plural(tokens, end + 3)
            && !plural(tokens, end)
        {
            end += 3;
            continue;
        }
        if !content(tokens, end) {
            // "Russian-made jets", "army-run farms": behind a hyphen any participle may stand.
            if end > start
                && head.is_none()
                && tokens.hyphen(end)
                && tokens.glued(end)
                && tokens.glued(end + 1)
                && tokens.is(end + 1, Kind::Word)
                && content(tokens, end + 2)
            {
                end += 2;
                continue;
            }
            // "pro-government", "aid-worker"
            if end > start && tokens.hyphen(end) && content(tokens, end + 1) {
                end += 1;
                continue;
            }
            // "Kia and Hyundai vehicles"
            if end > start
                && head.is_none()
                && tokens.word(end) == "and"
                && tokens.capital(end - 1)
                && tokens.capital(end + 1)
                && content(tokens, end + 1)
            {
                end += 1;
                continue;
            }
            break;
        }
        // Past a plural head a verb or another phrase begins, unless a plural still follows.
        if head.is_some() && (!plural(tokens, end) || verbal(tokens.word(end))) {
            break;
        }
        if plural(tokens, end) && !tokens.hyphen(end + 1) {
            head = Some(end + 1);
        }
        end += 1;
    }
    if let Some(end) = head {
        return Some(end);
    }
    // "one of Taiwan's four kings": what owns is not what is counted.
    let owner =
        matches!(tokens.word(end), "'" | "’") && tokens.glued(end) && tokens.word(end + 1) == "s";
    if end == start || owner {
        return None;
    }
    // Without a plural only one, a part or an ordinal has a noun.
    singular.then_some(end)
}

/// "30 dead defenders", "12 wounded soldiers": a participle before a plural.
fn described(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    (word.ends_with("ed")
        || word.ends_with("ing")
        || BARE_PARTICIPLES.contains(word) && super::measure::unit_word(tokens, at + 1).is_none()
        || matches!(word, "dead" | "missing" | "full" | "available"))
        && NOUN_STOPS.contains(word)
        && content(tokens, at + 1)
        && plural(tokens, at + 1)
        && lower_word(tokens, at + 1)
}

/// True for the ending of a participle or an adjective.
fn describes(word: &str) -> bool {
    word.len() > 4
        && ADJECTIVE_ENDINGS
            .iter()
            .any(|ending| word.ends_with(ending))
}

fn verbal(word: &str) -> bool {
    NOUN_VERBS.contains(word)
}

/// A word that may stand in a noun phrase.
pub fn content(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    let raw = tokens.raw(at);
    // "IS fighters": an acronym is no function word.
    let acronym = raw.len() > 1
        && raw.bytes().all(|b| b.is_ascii_uppercase())
        && !(NOUN_STOPS.contains(word) && shouted(tokens, at));
    tokens.is(at, Kind::Word)
        && word.len() > 1
        && (acronym || !NOUN_STOPS.contains(word))
        && !WEEKDAYS.contains_key(word)
        && !(MONTHS.contains_key(word) && tokens.capital(at))
        && super::numeral::class(tokens, at).is_none()
        && (!word.ends_with("ly") || LY_NOUNS.contains(word))
}

/// A plural by its suffix or by the list.
pub fn plural(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    COUNTED.contains(word)
        || (word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("us")
            && !word.ends_with("sis")
            && !word.ends_with("xis")
            && word != "tennis")
        || (word.len() > 4 && (word.ends_with("men") || word.ends_with("people")))
}
