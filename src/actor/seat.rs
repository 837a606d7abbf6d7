//! Whether a capital is the place or the government that sits there: "Kabul said" against "in Kabul".
//!
//! The words right beside the name decide, by the frames of `data/seats.csv`: a verb of saying or deciding, what only a
//! government owns ("Washington's decision"), a relation ("talks between Baghdad and Ankara"). A dateline is a place, and
//! so is what stands after a preposition of place. In doubt it is the place.

use super::fold::{self, Word};
use super::lexicon::{self, LEXICON};
use super::resolve::Article;
use super::{Book, office, sense};
use crate::tag::EntityType;
use crate::text::Span;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Bytes on either side that are looked at.
const REACH: usize = 60;
/// Names that are joined by "and" and read as one, at most on either side.
const MOST_JOINED: usize = 3;
/// Words that may stand between a name and its verb.
const MOST_PASSING: usize = 3;

/// The frames of `data/seats.csv`.
struct Frames {
    lists: HashMap<&'static str, HashSet<&'static str>>,
    /// Forms of verbs after a name, and their base forms.
    verbs: HashSet<String>,
    bases: HashSet<&'static str>,
    /// Forms of verbs before a name.
    objects: HashSet<String>,
}

static FRAMES: LazyLock<Frames> = LazyLock::new(|| {
    let rows = lexicon::lines(include_str!("data/seats.csv"));
    let mut lists: HashMap<_, HashSet<_>> = HashMap::new();
    for (frame, words) in rows.filter_map(|row| row.split_once(',')) {
        lists.entry(frame).or_default().extend(words.split('|'));
    }
    let bases = lists.remove("verb").unwrap_or_default();
    let mut verbs: HashSet<String> = bases.iter().flat_map(|base| finite(base)).collect();
    verbs.extend(
        lists
            .remove("verb_form")
            .unwrap_or_default()
            .into_iter()
            .map(str::to_owned),
    );
    let mut objects = HashSet::new();
    for base in lists.remove("object").unwrap_or_default() {
        objects.extend(finite(base));
        objects.insert(format!("{}ing", base.strip_suffix('e').unwrap_or(base)));
        objects.insert(base.to_owned());
    }
    Frames {
        lists,
        verbs,
        bases,
        objects,
    }
});

/// The regular present and past of a verb.
fn finite(base: &str) -> [String; 2] {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let stem = base.strip_suffix('y');
    if let Some(stem) = stem.filter(|stem| !stem.ends_with(vowel)) {
        return [format!("{stem}ies"), format!("{stem}ied")];
    }
    let hisses = ["s", "x", "z", "ch", "sh"];
    let present = if hisses.iter().any(|end| base.ends_with(end)) {
        "es"
    } else {
        "s"
    };
    let past = if base.ends_with('e') { "d" } else { "ed" };
    [format!("{base}{present}"), format!("{base}{past}")]
}

fn is(frame: &str, word: &str) -> bool {
    FRAMES
        .lists
        .get(frame)
        .is_some_and(|words| words.contains(word))
}

/// True for a form of a verb of saying or deciding.
pub(super) fn is_act(word: &str) -> bool {
    FRAMES.verbs.contains(word)
}

/// A few words with their place in the text.
struct Beside<'t> {
    text: &'t str,
    offset: usize,
    words: Vec<(Word, String)>,
}

impl<'t> Beside<'t> {
    fn new(text: &'t str, offset: usize) -> Self {
        let words = fold::words(text)
            .map(|word| {
                let written = text.get(word.start..word.end).unwrap_or_default();
                (word, fold::fold(written))
            })
            .collect();
        Self {
            text,
            offset,
            words,
        }
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.words.get(at).map(|(_, folded)| folded.as_str())
    }

    /// The text between two words; before the first word and after the last up to the end.
    fn gap(&self, next: usize) -> Option<&'t str> {
        let last = next.checked_sub(1).map(|at| self.words.get(at));
        let from = match last {
            Some(word) => word?.0.end,
            None => 0,
        };
        let to = self
            .words
            .get(next)
            .map_or(self.text.len(), |(word, _)| word.start);
        self.text.get(from..to)
    }

    fn span(&self, context: super::Context<'_>, from: usize, to: usize) -> Option<Span> {
        let (first, last) = self.words.get(from).zip(self.words.get(to))?;
        context
            .text
            .span(self.offset + first.0.start..self.offset + last.0.end)
    }
}

impl Article<'_, '_> {
    /// The words that make the capital of this mention a government.
    pub(super) fn seat(&self, at: usize) -> Option<Span> {
        let (name, _) = self.name(at);
        let mut datelines = self.context.datelines.iter();
        if datelines.any(|line| line.contains(name)) {
            return None;
        }
        let (first, last) = self.joined(at);
        let alone = first == last;
        let (start, end) = (self.name(first).0.start(), self.name(last).0.end());
        let source = self.context.text.as_str();
        let before = sense::clip(source, start.saturating_sub(REACH)..start);
        let before = before.rsplit('\n').next().unwrap_or_default();
        let after = sense::clip(source, end..end + REACH);
        let after = after.split('\n').next().unwrap_or_default();
        let before = Beside::new(before, start - before.len());
        let after = Beside::new(after, end);
        if let Some(cue) = self.by_words_before(&before, &after) {
            return cue;
        }
        let owned = after.text.strip_prefix(fold::is_apostrophe);
        match owned.and_then(|rest| rest.strip_prefix("s ")) {
            Some(owned) => {
                let offset = end + after.text.len() - owned.len();
                self.by_what_it_owns(&Beside::new(owned, offset))
            }
            None => self.by_words_after(&after, alone),
        }
    }

    /// What the words after the possessive say; one may stand before what is owned.
    fn by_what_it_owns(&self, owned: &Beside<'_>) -> Option<Span> {
        let at = (0..2).find(|&at| {
            let next = at == 0 || owned.gap(at) == Some(" ");
            next && owned.word(at).is_some_and(|word| is("owned", word))
        })?;
        owned.span(self.context, at, at)
    }

    /// The first and the last of the places that are joined to this one by "and" or "or".
    fn joined(&self, at: usize) -> (usize, usize) {
        let next = |one: usize| -> Option<()> {
            let place = |at: usize| {
                let kind = self.mentions.get(at)?.kind;
                (kind == EntityType::Loc).then(|| self.name(at).0)
            };
            let (left, right) = (place(one)?, place(one + 1)?);
            let gap = self.context.text.span(left.end()..right.start())?;
            matches!(self.context.text.slice(gap), " and " | " or ").then_some(())
        };
        let (mut first, mut last) = (at, at);
        while at - first < MOST_JOINED && first > 0 && next(first - 1).is_some() {
            first -= 1;
        }
        while last - at < MOST_JOINED && next(last).is_some() {
            last += 1;
        }
        (first, last)
    }

    /// What the words before the name say: `Some(None)` that it is the place.
    fn by_words_before(&self, before: &Beside<'_>, after: &Beside<'_>) -> Option<Option<Span>> {
        let count = before.words.len();
        let at = count.checked_sub(1)?;
        let last = before.word(at)?;
        let gap = before.gap(count)?;
        if gap == "-" && is("hyphen_before", last) {
            return Some(before.span(self.context, at, at));
        }
        if gap != " " {
            return None;
        }
        let earlier = at
            .checked_sub(1)
            .filter(|_| before.gap(at) == Some(" "))
            .and_then(|at| Some((at, before.word(at)?)));
        if let Some((from, earlier)) = earlier
            && (is(last, earlier) || is("phrase", &format!("{earlier} {last}")))
        {
            return Some(before.span(self.context, from, at));
        }
        if FRAMES.objects.contains(last) {
            return Some(before.span(self.context, at, at));
        }
        let ends = after
            .text
            .trim_start_matches(['"', '”', '’'])
            .starts_with(['.', ',', ';'])
            || after.text.is_empty();
        if ends && is("inverted", last) {
            return Some(before.span(self.context, at, at));
        }
        let place =
            is("place", last) || LEXICON.place_before.contains(last) || last.ends_with("ing");
        place.then_some(None)
    }

    /// What the words after the name say.
    fn by_words_after(&self, after: &Beside<'_>, alone: bool) -> Option<Span> {
        let gap = after.gap(0)?;
        let first = after.word(0)?;
        if gap == "-" {
            return is("hyphen_after", first)
                .then(|| after.span(self.context, 0, 0))
                .flatten();
        }
        if gap != " " {
            return None;
        }
        if alone && is("noun", first) {
            return after.span(self.context, 0, 0);
        }
        let mut helped = !alone;
        for at in 0..=MOST_PASSING {
            let word = after.word(at)?;
            let clear = at == 0 || matches!(after.gap(at)?, " " | "’" | "'");
            if !clear {
                return None;
            }
            if is_act(word) || (helped && FRAMES.bases.contains(word)) {
                return after.span(self.context, at, at);
            }
            helped |= is("helper", word);
            if !is("passing", word) && !is("helper", word) {
                return None;
            }
        }
        None
    }
}

impl Book {
    /// The government that sits in this city, if it is a capital.
    pub(super) fn government_of(&self, city: usize) -> Option<office::Body> {
        let entry = self.entry(city)?;
        let is_capital = entry.kind == "region" && entry.id.ends_with("-city");
        Some(office::Body {
            place: self.at(entry.parent.as_deref().filter(|_| is_capital)?)?,
            office: office::by_slug("government")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_verbs_are_inflected() {
        assert_eq!(finite("deny"), ["denies", "denied"]);
        assert_eq!(finite("accuse"), ["accuses", "accused"]);
        assert_eq!(finite("press"), ["presses", "pressed"]);
        assert_eq!(finite("deploy"), ["deploys", "deployed"]);
    }

    #[test]
    fn every_frame_is_read() {
        for frame in [
            "passing",
            "helper",
            "place",
            "owned",
            "noun",
            "hyphen_after",
            "hyphen_before",
            "with",
            "between",
            "from",
            "on",
            "against",
            "for",
            "to",
            "by",
            "phrase",
            "inverted",
        ] {
            let words = FRAMES.lists.get(frame);
            assert!(words.is_some_and(|words| words.len() > 1), "{frame}");
        }
        assert!(is_act("accuses") && is_act("tore") && !is_act("accuse"));
        assert!(FRAMES.objects.contains("urging") && FRAMES.bases.contains("comment"));
    }
}
