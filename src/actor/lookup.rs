//! What the book has to say about one mention: who may bear the name, after the hard filters.
//!
//! The filters are those that need nothing but the mention and its sentence: case, the common word,
//! the type of the name, the article's date. What needs the other mentions (cues) is for `resolve`.

use super::book::{Alias, Entry};
use super::index::{Owner, UNKNOWN, WordId};
use super::lexicon::{LEXICON, WordSet};
use super::{Book, Context, fold, person_name, sense};
use crate::tag::EntityType;
use crate::text::Span;
use std::collections::HashSet;
use std::ops::Range;

/// An actor that may be meant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'b> {
    /// Index into the book's entries.
    pub entry: usize,
    /// The name by which it was found.
    pub alias: &'b Alias,
}

/// What of a mention was left off before it was looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    Nothing,
    /// Words before the name: "so-called", a title.
    Lead,
    /// Words after it: "fighters".
    Head,
}

/// A part of a mention that may be a name of the book.
struct Name {
    span: Span,
    ids: Vec<WordId>,
}

/// What the book says of a mention.
#[derive(Debug)]
pub(super) enum Found<'b> {
    /// These may be meant, by this rule.
    Some(Vec<Candidate<'b>>, &'static str),
    /// The book has the name, but this filter refused it.
    Refused(&'static str),
    /// The book does not have the name.
    Nothing,
}

impl Book {
    pub(super) fn entry(&self, at: usize) -> Option<&Entry> {
        self.entries.get(at)
    }

    pub(super) fn alias(&self, owner: Owner) -> Option<&Alias> {
        self.entry(owner.entry)?.aliases.get(owner.alias)
    }

    /// True where the book has exactly this name, whoever bears it.
    pub(super) fn has_name(&self, surface: &str) -> bool {
        !self.index.owners_of(surface).is_empty()
    }

    /// True where the book has exactly this name, and nobody bears it but such actors.
    pub(super) fn has_alone(&self, surface: &str, such: impl Fn(&Entry) -> bool) -> bool {
        let owners = self.index.owners_of(surface);
        let mut entries = owners.iter().filter_map(|owner| self.entry(owner.entry));
        !owners.is_empty() && entries.all(such)
    }

    /// True where the book has this name and says that it also spells a common word.
    pub(super) fn is_word_name(&self, surface: &str) -> bool {
        let owners = self.index.owners_of(surface);
        owners
            .iter()
            .any(|&owner| self.alias(owner).is_some_and(|alias| alias.flags.word))
    }

    /// True where a long form is a variant of one of the actor's names: three words or more in
    /// common, and three in four of the shorter name's. Asked only where the article itself gives
    /// the two the same acronym.
    pub(super) fn resembles(&self, at: usize, long: &str) -> bool {
        let words = |name: &str| -> HashSet<String> {
            let words = fold::folded_words(name).into_iter();
            words
                .filter(|word| word.len() > 3 || word == "un")
                .collect()
        };
        let long = words(long);
        let aliases = self.entry(at).map_or(&[][..], |entry| &entry.aliases);
        aliases.iter().any(|alias| {
            let own = words(&alias.plain);
            let common = own.intersection(&long).count();
            common >= 3 && common * 4 >= own.len().min(long.len()) * 3
        })
    }

    /// Looks a mention up: the whole name, then the name without the words that say what it is.
    pub(super) fn look_up(&self, context: Context<'_>, span: Span, kind: EntityType) -> Found<'_> {
        let surface = context.text.slice(span);
        let words = self.index.words(surface);
        let is_in = |at: usize, list: &WordSet| {
            let word = words
                .get(at)
                .and_then(|(word, _)| surface.get(word.start..word.end));
            word.is_some_and(|word| list.contains(fold::fold(word).as_str()))
        };
        let name = |range: Range<usize>| -> Option<Name> {
            let part = words.get(range)?;
            let (first, last) = (part.first()?.0.start, part.last()?.0.end);
            Some(Name {
                span: context
                    .text
                    .span(span.start() + first..span.start() + last)?,
                ids: part.iter().map(|(_, id)| *id).collect(),
            })
        };
        let (mut start, mut end) = (0, words.len());
        let styled = kind == EntityType::Person && person_name::without_style(surface) != surface;
        if styled || (end > 1 && is_in(0, &LEXICON.article)) {
            start = 1;
        }
        let whole = start..end;
        let mut led = start;
        let titled = kind == EntityType::Person;
        while led + 1 < end && (is_in(led, &LEXICON.lead) || (titled && is_in(led, &LEXICON.title)))
        {
            led += 1;
        }
        // "Fighters of the Red Front".
        if led == start && led + 2 < end && is_in(led, &LEXICON.head) {
            let of = |at: usize| {
                let word = words
                    .get(at)
                    .and_then(|(word, _)| surface.get(word.start..word.end));
                word == Some("of")
            };
            if of(led + 1) {
                led += 2;
                led += usize::from(led + 1 < end && is_in(led, &LEXICON.article));
            }
        }
        loop {
            for from in [start, led] {
                let cut = match (from..end) == whole {
                    true => Cut::Nothing,
                    false if end == whole.end => Cut::Lead,
                    false => Cut::Head,
                };
                let Some(name) = name(from..end) else {
                    continue;
                };
                match self.judge(context, kind, &name, cut) {
                    Found::Nothing => {}
                    found => return found,
                }
            }
            if end <= led + 1 || !is_in(end - 1, &LEXICON.head) {
                return Found::Nothing;
            }
            end -= 1;
            start = start.min(led);
        }
    }

    /// The owners of a name that pass the filters.
    fn judge(&self, context: Context<'_>, kind: EntityType, name: &Name, cut: Cut) -> Found<'_> {
        if name.ids.contains(&UNKNOWN) {
            return Found::Nothing;
        }
        let owners = self.index.owners(name.ids.iter().copied());
        if owners.is_empty() {
            return Found::Nothing;
        }
        let name = name.span;
        let plain = fold::plain_words(context.text.slice(name));
        let mut candidates = Vec::new();
        let mut refused = if cut == Cut::Head { "" } else { "refused_case" };
        let mut exact = false;
        for &owner in owners {
            let (Some(entry), Some(alias)) = (self.entry(owner.entry), self.alias(owner)) else {
                continue;
            };
            let same = alias.plain == plain;
            if alias.flags.case && !same {
                continue;
            }
            // The "Jewish Agency" is not the Jews, the "Iranian Army" not the Iranians.
            if cut == Cut::Head && entry.tag != EntityType::Org {
                continue;
            }
            let verdict = if alias.flags.word && !sense::is_name(context, name, true) {
                Some("common_word")
            } else if !fits(kind, entry, alias) {
                Some("refused_type")
            } else if !alias.in_use(context.published) || !entry.may_exist(context.published) {
                Some("refused_date")
            } else {
                None
            };
            match verdict {
                Some(reason) => refused = reason,
                None => {
                    exact |= same;
                    candidates.push(Candidate {
                        entry: owner.entry,
                        alias,
                    });
                }
            }
        }
        if candidates.is_empty() && refused.is_empty() {
            return Found::Nothing;
        }
        if candidates.is_empty() {
            return Found::Refused(refused);
        }
        let rule = match (cut, exact) {
            (Cut::Lead | Cut::Head, _) => "head",
            (Cut::Nothing, true) => "book_exact",
            (Cut::Nothing, false) => "book_folded",
        };
        Found::Some(candidates, rule)
    }

    /// True where the name at this place, read as a place, may be one that the book has.
    pub(super) fn is_place(&self, context: Context<'_>, span: Span) -> bool {
        let Found::Some(candidates, _) = self.look_up(context, span, EntityType::Loc) else {
            return false;
        };
        let mut entries = candidates.iter().filter_map(|c| self.entry(c.entry));
        entries.any(|entry| entry.tag == EntityType::Loc)
    }
}

/// True where a mention of this type may be this actor. A sure name forgives the tagger more than one
/// that is also an everyday word; a person is only ever a person.
fn fits(kind: EntityType, entry: &Entry, alias: &Alias) -> bool {
    use EntityType::{Loc, Misc, Norp, Org, Person};
    match (entry.tag, kind) {
        (Person, _) => kind == Person,
        (Loc, Loc | Org | Norp) | (Norp, Norp) | (Org, Org) => true,
        // A language, see `thing`.
        (Norp, Misc) if entry.kind == "nationality" => false,
        (Loc, _) => alias.is_sure() && kind != Person,
        (Norp, _) => alias.is_sure() && kind != Person,
        // "Taliban" as a people, "Al Qaeda" as a place, "Daesh" as a man.
        _ => alias.is_sure(),
    }
}
