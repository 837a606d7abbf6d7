//! The small word lists of the resolver (heads, titles, generic nouns), which are data: `data/*.csv`.

use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A set of folded words.
pub(super) type WordSet = FxHashSet<&'static str>;

/// The word lists of `data/words.csv`; what each is for stands there.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub article: WordSet,
    pub head: WordSet,
    pub lead: WordSet,
    pub join: WordSet,
    pub title: WordSet,
    pub particle: WordSet,
    pub generic: WordSet,
    pub larger: WordSet,
    pub between: WordSet,
    pub place_before: WordSet,
    pub possessive: WordSet,
    pub rank: WordSet,
    pub lesser: WordSet,
    pub former: WordSet,
    pub passing: WordSet,
    pub he: WordSet,
    pub she: WordSet,
    pub opening: WordSet,
    pub following: WordSet,
    pub first_word: WordSet,
    pub first_name: WordSet,
    pub held_alone: WordSet,
    pub come_and_go: WordSet,
    pub style: WordSet,
    pub vessel: WordSet,
    pub ship_prefix: WordSet,
    pub storm: WordSet,
    pub language_after: WordSet,
    pub dangling: WordSet,
    pub direction: WordSet,
    pub company_form: WordSet,
    pub whole_form: WordSet,
    /// Cues of `data/senses.csv` by folded word and place.
    pub senses: FxHashMap<(&'static str, &'static str), WordSet>,
}

/// The lists, read once.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lists: HashMap<_, _> = rows(include_str!("data/words.csv"))
        .filter_map(|row| Some((row.first().copied()?, set(row.get(1)?))))
        .collect();
    let mut take = |name| lists.remove(name).unwrap_or_default();
    Lexicon {
        article: take("article"),
        head: take("head"),
        lead: take("lead"),
        join: take("join"),
        title: take("title"),
        particle: take("particle"),
        generic: take("generic"),
        larger: take("larger"),
        between: take("between"),
        place_before: take("place_before"),
        possessive: take("possessive"),
        rank: take("rank"),
        lesser: take("lesser"),
        former: take("former"),
        passing: take("passing"),
        he: take("he"),
        she: take("she"),
        opening: take("opening"),
        following: take("following"),
        first_word: take("first_word"),
        first_name: take("first_name"),
        held_alone: take("held_alone"),
        come_and_go: take("come_and_go"),
        style: take("style"),
        vessel: take("vessel"),
        ship_prefix: take("ship_prefix"),
        storm: take("storm"),
        language_after: take("language_after"),
        dangling: take("dangling"),
        direction: take("direction"),
        company_form: take("company_form"),
        whole_form: take("whole_form"),
        senses: rows(include_str!("data/senses.csv"))
            .filter_map(|row| {
                let key = (row.first().copied()?, row.get(1).copied()?);
                Some((key, set(row.get(2)?)))
            })
            .collect(),
    }
});

/// The rows of a list file; no field of it is quoted.
fn rows(content: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    lines(content).map(|line| line.split(',').map(str::trim).collect())
}

/// The rows of a table of `data/`, uncut: what stands under its heading and is no remark.
pub(super) fn lines(content: &'static str) -> impl Iterator<Item = &'static str> {
    let below = content.lines().skip(1);
    below.filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

fn set(field: &'static str) -> WordSet {
    field.split('|').map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read() {
        for list in [
            &LEXICON.head,
            &LEXICON.lead,
            &LEXICON.join,
            &LEXICON.title,
            &LEXICON.particle,
            &LEXICON.generic,
            &LEXICON.larger,
            &LEXICON.between,
            &LEXICON.first_word,
            &LEXICON.held_alone,
            &LEXICON.come_and_go,
            &LEXICON.style,
            &LEXICON.vessel,
            &LEXICON.ship_prefix,
            &LEXICON.storm,
            &LEXICON.language_after,
            &LEXICON.dangling,
            &LEXICON.direction,
            &LEXICON.company_form,
            &LEXICON.whole_form,
            &LEXICON.place_before,
            &LEXICON.possessive,
            &LEXICON.rank,
            &LEXICON.lesser,
            &LEXICON.former,
            &LEXICON.passing,
            &LEXICON.he,
            &LEXICON.she,
            &LEXICON.opening,
            &LEXICON.following,
        ] {
            assert!(list.len() > 3);
        }
        assert!(LEXICON.senses.contains_key(&("is", "word_after")));
    }
}
