//! Who is meant by a description that is asked for by itself: "the Foreign Secretary" in "the Foreign Secretary, Ann Reed, left".
//!
//! Only a name in full that touches the description tells, between commas, after "is", or as the title's own name. What
//! says it anywhere else is coreference, which is not done. The context of a question has no tagger, so that the name is
//! read here: words with capitals, with titles and particles.

use super::fold::{self, Word};
use super::lexicon::LEXICON;
use super::lookup::Found;
use super::{Book, Context, compose, person_name, role, sense};
use crate::tag::EntityType;
use crate::text::Span;

/// Bytes on either side of the description that are looked at.
const REACH: usize = 120;
/// Most words of a name with its titles, and of an apposition that a name ends.
const MOST_WORDS: usize = 8;
/// Bytes of what may stand between two commas before the name: an age, "a.i.".
const MOST_BETWEEN: usize = 5;

/// True for words that say what somebody is: a title, an office or a job, with whose it is before it or after it. "Anna
/// Bishop" is a name: a role that ends the words is in small letters, or follows an article or a country, or is all of them.
pub(super) fn is_description(book: &Book, surface: &str) -> bool {
    let words: Vec<Word> = fold::words(surface).collect();
    let written = |word: &Word| surface.get(word.start..word.end).unwrap_or_default();
    let folded: Vec<String> = words.iter().map(|word| fold::fold(written(word))).collect();
    let opened = folded
        .first()
        .is_some_and(|word| LEXICON.opening.contains(word.as_str()));
    let from = usize::from(opened);
    let is_role = |start, end| folded.get(start..end).and_then(role::named).is_some();
    (from..words.len()).any(|start| {
        let ends = is_role(start, words.len());
        let small = words
            .last()
            .is_some_and(|word| written(word).starts_with(char::is_lowercase));
        let goes_on = (start + 1..words.len()).any(|end| {
            let next = folded.get(end);
            is_role(start, end)
                && next.is_some_and(|word| LEXICON.following.contains(word.as_str()))
        });
        let of_a_country = || {
            let whose = words.get(from).zip(words.get(start - 1));
            let whose = whose.and_then(|(first, last)| surface.get(first.start..last.end));
            whose.and_then(|whose| book.country_named(whose)).is_some()
        };
        goes_on || (ends && (opened || small || start == from || of_a_country()))
    })
}

impl Book {
    /// The full name of a person, or one that the book is sure of, that touches the description at this place.
    pub(super) fn name_beside(&self, context: Context<'_>, description: Span) -> Option<Span> {
        let source = context.text.as_str();
        let (start, end) = (description.start(), description.end());
        let after = sense::clip(source, end..end + REACH);
        let before = sense::clip(source, start.saturating_sub(REACH)..start);
        self.after(context, after, end)
            .or_else(|| self.before(context, before, start - before.len()))
    }

    /// "The minister, Ann Reed, left", "the minister is Ann Reed", "minister Ann Reed".
    fn after(&self, context: Context<'_>, after: &str, offset: usize) -> Option<Span> {
        let comma = after.strip_prefix(", ");
        let Some(mut rest) = comma else {
            let rest = after.strip_prefix(" is ").or(after.strip_prefix(' '))?;
            return self.opening(context, rest, offset + after.len() - rest.len());
        };
        if let Some((between, next)) = rest.split_once(", ")
            && between.len() <= MOST_BETWEEN
        {
            rest = next;
        }
        let at = offset + after.len() - rest.len();
        // "The leader, the one-eyed veteran Omar Safi, left".
        self.opening(context, rest, at).or_else(|| {
            let (apposition, _) = rest.split_once(", ")?;
            let short = apposition.split(' ').count() <= MOST_WORDS;
            short.then(|| self.closing(context, apposition, at))?
        })
    }

    /// "Ann Reed, the minister,", "made Ann Reed the minister".
    fn before(&self, context: Context<'_>, before: &str, offset: usize) -> Option<Span> {
        let name = before.strip_suffix(", ").or(before.strip_suffix(' '))?;
        self.closing(context, name, offset)
    }

    /// The name with which this text opens.
    fn opening(&self, context: Context<'_>, text: &str, offset: usize) -> Option<Span> {
        let words: Vec<Word> = fold::words(text).take(MOST_WORDS + 1).collect();
        let mut end = 0;
        for (at, word) in words.iter().enumerate() {
            let first = at == 0 && text.get(..word.start).is_some_and(str::is_empty);
            let next = at > 0 && joins(text, words.get(at - 1), word);
            if !(first || next) || !is_name_word(text, word) {
                break;
            }
            end = at + 1;
        }
        self.named(context, text, words.get(..end)?, offset)
    }

    /// The name with which this text ends.
    fn closing(&self, context: Context<'_>, text: &str, offset: usize) -> Option<Span> {
        let words: Vec<Word> = fold::words(text).collect();
        let last = words.last()?;
        let quoted = text.get(last.end..)?.trim_end_matches(['”', '"', '\'']);
        if !quoted.is_empty() {
            return None;
        }
        let mut from = words.len();
        while let Some(at) = from.checked_sub(1) {
            let word = words.get(at)?;
            let follows = words
                .get(from)
                .is_none_or(|next| joins(text, Some(word), next));
            if !follows || !is_name_word(text, word) || words.len() - at > MOST_WORDS {
                break;
            }
            from = at;
        }
        self.named(context, text, words.get(from..)?, offset)
    }

    /// The span of these words, if they are a person's full name and nothing else's.
    fn named(
        &self,
        context: Context<'_>,
        text: &str,
        words: &[Word],
        offset: usize,
    ) -> Option<Span> {
        // A particle neither ends a name nor opens it, but "al-Safi" does.
        let lower = |word: &&Word| {
            text.get(word.start..word.end)
                .is_some_and(|word| word.starts_with(char::is_lowercase))
        };
        let ends = words.iter().rev().take_while(lower).count();
        let words = words.get(..words.len() - ends)?;
        let (first, last) = (words.first()?, words.last()?);
        let span = context.text.span(offset + first.start..offset + last.end)?;
        let name = person_name::name_words(context.text.slice(span));
        let known = |kind| !matches!(self.look_up(context, span, kind), Found::Nothing);
        let is_person = person_name::is_full(&name)
            && !compose::has_generic(&name)
            && (known(EntityType::Person) || !(known(EntityType::Org) || known(EntityType::Loc)));
        (is_person || self.is_sure_person(context, span)).then_some(span)
    }

    /// True where the book has the name at this place as that of a person, however few words it has: "Abu Ghaith".
    fn is_sure_person(&self, context: Context<'_>, span: Span) -> bool {
        match self.look_up(context, span, EntityType::Person) {
            Found::Some(candidates, _) => candidates.iter().any(|found| found.alias.is_sure()),
            Found::Refused(_) | Found::Nothing => false,
        }
    }
}

/// True for a word with a capital, and for a particle.
fn is_name_word(text: &str, word: &Word) -> bool {
    let written = text.get(word.start..word.end).unwrap_or_default();
    written.starts_with(char::is_uppercase)
        || LEXICON.particle.contains(fold::fold(written).as_str())
}

/// True where two words may follow one another in a name: "Col. Ann", "al-Safi", "John “J.D.” Reed".
fn joins(text: &str, before: Option<&Word>, word: &Word) -> bool {
    let Some(before) = before else { return false };
    let gap = text.get(before.end..word.start).unwrap_or_default();
    let written = text.get(before.start..before.end).unwrap_or_default();
    let short =
        written.chars().count() == 1 || LEXICON.title.contains(fold::fold(written).as_str());
    let quotes = ['“', '”', '"', '‘', '’', '\''];
    let bare: String = gap.chars().filter(|c| !quotes.contains(c)).collect();
    matches!(bare.as_str(), " " | "-") || (short && bare == ". ")
}
