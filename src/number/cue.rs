//! Short lists of words that one rule each asks for; they stand in `data/cues.csv`.
//!
//! Refuses words that say something by themselves: those have their own tables.

use std::sync::LazyLock;

use super::hash::WordSet;
use super::table::{list, rows};

/// The words of a list.
fn words(name: &str) -> WordSet<&'static str> {
    rows(include_str!("data/cues.csv"))
        .filter(|row| row.first() == Some(&name))
        .filter_map(|row| row.get(1).copied())
        .flat_map(|words| words.split('|'))
        .collect()
}

/// Words after a weekday that make it a newspaper's name.
pub static NEWSPAPERS: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/newspapers.txt")).collect());

/// Words before an ordinal without a noun: "the first", "ranked first".
pub static ORDINAL_LEADERS: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/ordinal_leaders.txt")).collect());

/// Words after which "first" is an adverb.
pub static PRONOUNS: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/pronouns.txt")).collect());

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $list:literal;)*) => {
        $($(#[$doc])* pub static $name: LazyLock<WordSet<&'static str>> =
            LazyLock::new(|| words($list));)*
        #[cfg(test)]
        const LISTS: &[(&str, &LazyLock<WordSet<&'static str>>)] = &[$(($list, &$name)),*];
    };
}

cues! {
    /// Words after an age ("he was 10 when").
    AGE_FOLLOWERS = "age_followers";
    /// Owners of an age ("in his 40s").
    POSSESSIVES = "possessives";
    /// Verbs before an age.
    BE = "be";
    /// Words before "under 18" that make it an age.
    AGED_GROUPS = "aged_groups";
    /// Currencies whose names are also words.
    MONEY_OR_WORD = "money_or_word";
    /// Letters before an amount that are a currency.
    CURRENCY_LETTERS = "currency_letters";
    /// Words near which a pound is a weight.
    POUND_OF_WEIGHT = "pound_of_weight";
    /// Words after which a lone number is a year, or a lone name a month.
    DATE_CUES = "date_cues";
    /// Adjectives between a number and its unit of time.
    LENGTH_DESCRIBERS = "length_describers";
    /// Words after "a third" that make it a fraction.
    FRACTION_FOLLOWERS = "fraction_followers";
    /// Words before "half" that make it a part of a match or of a pair.
    HALF_LEADERS = "half_leaders";
    /// Words before "an hour" that make it a length.
    LENGTH_LEADERS = "length_leaders";
    /// Words after "an hour" that make it a length.
    LENGTH_FOLLOWERS = "length_followers";
    /// Units of two letters that may stand apart from their number.
    SAFE_UNIT_LETTERS = "safe_unit_letters";
    /// Words near which a lone m is a meter.
    METER_CUES = "meter_cues";
    /// Verbs that look ahead.
    FUTURE_VERBS = "future_verbs";
    /// Words in -s that are verbs after a plural.
    NOUN_VERBS = "noun_verbs";
    /// Words between "of" and what is counted.
    NOUN_DETERMINERS = "noun_determiners";
    /// Words in -ly that are no adverbs.
    LY_NOUNS = "ly_nouns";
    /// Endings of participles and adjectives.
    ADJECTIVE_ENDINGS = "adjective_endings";
    /// Words after which "over two years" is a bound.
    BOUND_LEADERS = "bound_leaders";
    /// Events that a date before them names.
    ATTACKS = "attacks";
    /// Verbs before "last" as a verb.
    MODAL_VERBS = "modal_verbs";
    /// Words before a telephone number.
    TELEPHONE_WORDS = "telephone_words";
    /// Prefixes with a hyphen before a number.
    NUMBER_PREFIXES = "number_prefixes";
    /// Letters glued after digits that do not make a name of them.
    GLUED_SUFFIXES = "glued_suffixes";
    /// Plural scales after a number.
    VAGUE_SCALES = "vague_scales";
    /// Words before "to" and a verb that look ahead.
    AHEAD = "ahead";
    /// Participles that set a day for what is to come.
    SCHEDULED = "scheduled";
    /// Verbs in the present that tell an appointment: "meets on 2 October".
    PRESENT_VERBS = "present_verbs";
    /// Verbs in the past that have no -ed.
    PAST_VERBS = "past_verbs";
    /// Those who are hurt or lost, as a noun: "19 wounded".
    FALLEN = "fallen";
    /// Verbs and prepositions before a number of them.
    FALLEN_LEADERS = "fallen_leaders";
    /// Words before "of" and an age.
    AGED_ONES = "aged_ones";
    /// Kin whose ages stand in a list after them.
    KIN = "kin";
    /// Participles without -ed before what is counted.
    BARE_PARTICIPLES = "bare_participles";
    /// Short forms of scales.
    SHORT_SCALES = "short_scales";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_the_file_is_read() {
        for (name, list) in LISTS {
            assert!(!list.is_empty(), "{name}");
        }
        assert_eq!(rows(include_str!("data/cues.csv")).count(), LISTS.len());
    }
}
