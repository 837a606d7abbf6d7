//! What stands before a full stop: abbreviations and initials, and the words that begin sentences.
//!
//! The words are data (`data/abbreviations.csv`, `data/sentence_starters.txt`). Nothing here looks
//! at more than the word before the full stop and the word after it.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Whether a full stop after a word ends the sentence too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// An ordinary word: the full stop ends the sentence.
    Always,
    /// It ends it before any capital but that of a weekday, month or time zone ("5 p.m. Monday").
    Often,
    /// It ends it only before a word that usually begins a sentence.
    Sometimes,
    /// A title or the like, that what follows belongs to.
    Never,
    /// An ordinary word unless a digit follows.
    NotBeforeDigit,
}

static ABBREVIATIONS: LazyLock<HashMap<&'static str, Ending>> = LazyLock::new(|| {
    lines(include_str!("../data/abbreviations.csv"))
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            let word = cells.next()?;
            let ending = match cells.next()? {
                "never" => Ending::Never,
                "sometimes" => Ending::Sometimes,
                "often" => Ending::Often,
                "not_before_digit" => Ending::NotBeforeDigit,
                _ => return None,
            };
            Some((word, ending))
        })
        .collect()
});

/// Abbreviations in capitals, for headlines and signs: "ST. LOUIS".
static CAPITALS: LazyLock<HashMap<String, Ending>> = LazyLock::new(|| {
    ABBREVIATIONS
        .iter()
        .filter(|(word, _)| word.chars().next().is_some_and(char::is_uppercase))
        .map(|(word, &ending)| (word.to_uppercase(), ending))
        .collect()
});

static STARTERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../data/sentence_starters.txt")).collect());

/// The lines of a data file without comments and empty ones.
fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// How the word before a full stop behaves.
pub(super) fn ending(word: &str) -> Ending {
    if let Some(&ending) = ABBREVIATIONS.get(word).or_else(|| CAPITALS.get(word)) {
        return ending;
    }
    if is_initials(word) {
        Ending::Sometimes
    } else {
        Ending::Always
    }
}

/// True for one capital, or single letters with full stops between: "J", "U.S", "J.R".
pub(super) fn is_initials(word: &str) -> bool {
    (word.contains('.') || word.starts_with(char::is_uppercase))
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        })
}

/// True for a word that, written with a capital, nearly always begins a sentence.
pub(super) fn is_starter(word: &str) -> bool {
    STARTERS.contains(word)
}

/// True for what follows a time of day in the same sentence: "5 p.m. Monday", "6 a.m. GMT".
pub(super) fn follows_time(word: &str) -> bool {
    const DAYS_AND_MONTHS: [&str; 19] = [
        "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun",
        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    const ZONES: [&str; 16] = [
        "GMT", "UTC", "EST", "EDT", "ET", "PST", "PDT", "PT", "CST", "CDT", "CT", "MST", "MDT",
        "BST", "CET", "IST",
    ];
    let full = ["day", "ary", "ch", "il", "ay", "ne", "ly", "st", "ber"];
    ZONES.contains(&word)
        || DAYS_AND_MONTHS.iter().any(|&short| {
            word.strip_prefix(short).is_some_and(|rest| {
                rest.is_empty()
                    || full
                        .iter()
                        .any(|&ending| rest.ends_with(ending) || word.ends_with(ending))
            })
        })
        || word == "Eastern"
        || word == "Pacific"
        || word == "Central"
}
