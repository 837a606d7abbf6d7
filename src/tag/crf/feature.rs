//! The features of a word: those of `scripts/train/crf_features.py`, under the same hashes.
//!
//! A feature is a template with one or two values. What a word in lower case or a mark needs is little; a word that
//! may be a name has its affixes, its run and its other places in the article as well.

use super::article::Article;
use super::hash::{EMPTY, digit, mixed, step};
use super::word::Word;

/// The templates, in the order of the script's list.
#[derive(Clone, Copy)]
enum Template {
    Bias,
    Word,
    WordBefore,
    WordAfter,
    WordBefore2,
    WordAfter2,
    WordBeforeAndWord,
    WordAndAfter,
    WordsAround,
    Cases3,
    Cases5,
    EndingBefore,
    EndingAfter,
    Listed,
    ListedAndCase,
    ListedBefore,
    ListedAfter,
    Cluster,
    ClusterBefore,
    ClusterAfter,
    ClusterAndBefore,
    ClusterAndAfter,
    Fine,
    Prefix2,
    Prefix3,
    Prefix4,
    Suffix2,
    Suffix3,
    Suffix4,
    Shape,
    CaseAndBefore,
    CaseAndAfter,
    CaseBegins,
    RunFirst,
    RunLast,
    RunBefore,
    RunAfter,
    RunPlace,
    RunLastAndPlace,
    RunFirstAndPlace,
    RunBeforeAndPlace,
    RunLastClusterAndPlace,
    RunFirstClusterAndPlace,
    Seen,
    SeenAfter,
    SeenAfterCluster,
    RunEnding,
    ClusterBefore2,
    ClusterAfter2,
    FineBefore,
    FineAfter,
    Style,
    Run,
    RunBefore2,
    RunAfter2,
    RunBeforeClusterAndPlace,
    RunAfterClusterAndPlace,
    SeenBegins,
    SeenBeginsCluster,
    SeenBefore,
    SeenFollowing,
    Defined,
    DefinedCluster,
}

use Template as T;

const fn begin(template: Template) -> u64 {
    template as u64 + 1
}

const fn one(template: Template, value: u64) -> u64 {
    mixed(mixed(begin(template), value), 0)
}

const fn two(template: Template, first: u64, second: u64) -> u64 {
    mixed(mixed(mixed(begin(template), first), second), 0)
}

/// Tells `put` the hash of every feature of a word: the `place`-th of `words`, which are a sentence of the article.
/// `ends` stand for the words beyond the sentence.
pub fn features(
    article: &Article,
    words: &[Word],
    place: usize,
    ends: &[Word; 2],
    mut put: impl FnMut(u64),
) {
    let [before, after] = ends;
    let back = |steps: usize| {
        place
            .checked_sub(steps)
            .and_then(|place| words.get(place))
            .unwrap_or(before)
    };
    let ahead = |steps: usize| words.get(place + steps).unwrap_or(after);
    let (back2, back1, word, ahead1, ahead2) = (back(2), back(1), ahead(0), ahead(1), ahead(2));
    let case = |word: &Word| digit(word.case as usize);
    let own = step(EMPTY, case(word));
    let three = [back1, word, ahead1]
        .iter()
        .fold(EMPTY, |state, word| step(state, case(word)));
    let five = [back2, back1, word, ahead1, ahead2]
        .iter()
        .fold(EMPTY, |state, word| step(state, case(word)));
    put(mixed(begin(T::Bias), 0));
    put(one(T::Word, word.hash));
    put(one(T::WordBefore, back1.hash));
    put(one(T::WordAfter, ahead1.hash));
    put(one(T::WordBefore2, back2.hash));
    put(one(T::WordAfter2, ahead2.hash));
    put(two(T::WordBeforeAndWord, back1.hash, word.hash));
    put(two(T::WordAndAfter, word.hash, ahead1.hash));
    put(one(T::Cases3, three));
    put(one(T::Cases5, five));
    put(one(T::ClusterBefore, back1.coarse));
    put(one(T::ClusterAfter, ahead1.coarse));
    put(one(T::Cluster, word.coarse));
    if word.listed != 0 {
        put(one(T::Listed, word.listed));
        put(two(T::ListedAndCase, word.listed, own));
    }
    if back1.listed != 0 {
        put(one(T::ListedBefore, back1.listed));
    }
    if ahead1.listed != 0 {
        put(one(T::ListedAfter, ahead1.listed));
    }
    if !word.is_name_like() {
        return;
    }
    put(two(T::WordsAround, back1.hash, ahead1.hash));
    put(one(T::EndingBefore, back1.ending));
    put(one(T::EndingAfter, ahead1.ending));
    put(one(T::Fine, word.fine));
    put(two(T::ClusterAndBefore, word.coarse, back1.coarse));
    put(two(T::ClusterAndAfter, word.coarse, ahead1.coarse));
    put(one(T::Shape, word.shape));
    put(two(T::CaseAndBefore, own, back1.hash));
    put(two(T::CaseAndAfter, own, ahead1.hash));
    put(one(T::ClusterBefore2, back2.coarse));
    put(one(T::ClusterAfter2, ahead2.coarse));
    put(one(T::FineBefore, back1.fine));
    put(one(T::FineAfter, ahead1.fine));
    put(one(T::Style, word.style));
    let affixes = [T::Prefix2, T::Prefix3, T::Prefix4]
        .into_iter()
        .zip(word.prefixes)
        .chain(
            [T::Suffix2, T::Suffix3, T::Suffix4]
                .into_iter()
                .zip(word.suffixes),
        );
    for (template, affix) in affixes.filter(|(_, affix)| *affix != 0) {
        put(one(template, affix));
    }
    if place == 0 {
        put(one(T::CaseBegins, own));
    }
    if word.run.is_empty() {
        return;
    }
    run(article, words, place, ends, put);
}

/// The features of a word that stands in a run.
fn run(
    article: &Article,
    words: &[Word],
    place: usize,
    ends: &[Word; 2],
    mut put: impl FnMut(u64),
) {
    let [before, after] = ends;
    let Some(word) = words.get(place) else { return };
    let (start, stop) = (word.run.start, word.run.end);
    let outside = start.checked_sub(1).and_then(|place| words.get(place));
    let outside = outside.unwrap_or(before);
    let following = words.get(stop).unwrap_or(after);
    let (Some(first), Some(last)) = (words.get(start), words.get(stop.saturating_sub(1))) else {
        return;
    };
    let length = digit((stop - start).min(4));
    let edges = digit(usize::from(place == start) + 2 * usize::from(place + 1 == stop));
    let where_in = step(step(EMPTY, length), edges);
    put(one(T::RunFirst, first.hash));
    put(one(T::RunLast, last.hash));
    put(one(T::RunBefore, outside.hash));
    put(one(T::RunAfter, following.hash));
    put(one(T::RunPlace, where_in));
    put(two(T::RunLastAndPlace, last.hash, where_in));
    put(two(T::RunFirstAndPlace, first.hash, where_in));
    put(two(T::RunBeforeAndPlace, outside.hash, where_in));
    put(two(T::RunLastClusterAndPlace, last.coarse, where_in));
    put(two(T::RunFirstClusterAndPlace, first.coarse, where_in));
    put(two(T::RunEnding, last.ending, where_in));
    let outside2 = start.checked_sub(2).and_then(|place| words.get(place));
    let following2 = words.get(stop + 1);
    put(two(T::Run, word.run_hash, where_in));
    put(one(T::RunBefore2, outside2.unwrap_or(before).hash));
    put(one(T::RunAfter2, following2.unwrap_or(after).hash));
    put(two(T::RunBeforeClusterAndPlace, outside.coarse, where_in));
    put(two(T::RunAfterClusterAndPlace, following.coarse, where_in));
    let seen = article.seen(word);
    let bits =
        usize::from(seen.lower) + 2 * usize::from(seen.capital) + 4 * usize::from(place == 0);
    put(one(T::Seen, step(EMPTY, digit(bits))));
    let pairs = [
        (T::SeenAfter, T::SeenAfterCluster, seen.after),
        (T::SeenBegins, T::SeenBeginsCluster, seen.begins),
        (T::SeenBefore, T::SeenFollowing, seen.context),
        (T::Defined, T::DefinedCluster, seen.defined),
    ];
    for (first, second, values) in pairs {
        if let Some((one_value, other)) = values {
            put(one(first, one_value));
            put(one(second, other));
        }
    }
}
