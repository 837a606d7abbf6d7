//! What the words about a name say it is, where that is no actor: a ship, a storm, a case in court, a language.
//!
//! "The tanker Nereus Spirit" and "USS Abraham Lincoln" are vessels, "Typhoon Nyatoh" is an event, and what "Quechua-speaking"
//! people speak is a language. A name that the book has is no thing, but for the languages, which have their peoples' names.

use super::lexicon::LEXICON;
use super::{Book, fold, sense};
use crate::tag::{EntityType, Mention};
use crate::text::{Span, Text};
use std::collections::HashMap;

/// Bytes beside a name that are looked at.
const REACH: usize = 30;

/// The mentions, with the type of vessels, storms and cases set right; what is proved of a name at one place holds in the whole text.
pub(super) fn retype(book: &Book, text: &Text, mut mentions: Vec<Mention>) -> Vec<Mention> {
    let mut proved: HashMap<&str, EntityType> = HashMap::new();
    for mention in &mentions {
        let surface = text.slice(mention.span);
        if let Some(kind) = thing(text, mention.span)
            && !book.has_name(surface)
        {
            proved.insert(surface, kind);
        }
    }
    for mention in &mut mentions {
        if let Some(kind) = proved.get(text.slice(mention.span)) {
            mention.kind = *kind;
        }
    }
    mentions
}

/// What the name at this place names, if its first word or the one before it says so.
fn thing(text: &Text, name: Span) -> Option<EntityType> {
    let surface = text.slice(name);
    let words: Vec<&str> = fold::words(surface)
        .filter_map(|word| surface.get(word.start..word.end))
        .collect();
    let is_name = |word: &&str| {
        let common = LEXICON.generic.contains(fold::fold(word).as_str());
        word.starts_with(char::is_uppercase) && !common
    };
    let storm = |words: &[&str]| LEXICON.storm.contains(fold::key(&words.join(" ")).as_str());
    // "Reed v. Harrow".
    if [" v. ", " vs. "]
        .iter()
        .any(|versus| surface.contains(versus))
    {
        return Some(EntityType::Misc);
    }
    if let [kind @ .., last] = words.as_slice()
        && storm(kind)
        && is_name(last)
    {
        return Some(EntityType::Event);
    }
    let (first, more) = words.split_first()?;
    let prefix = first.chars().all(char::is_uppercase)
        && LEXICON.ship_prefix.contains(fold::fold(first).as_str());
    if prefix && !more.is_empty() && more.iter().all(is_name) {
        return Some(EntityType::Product);
    }
    let before = sense::clip(
        text.as_str(),
        name.start().saturating_sub(REACH)..name.start(),
    );
    let word = before.strip_suffix(' ')?.rsplit(' ').next()?;
    (LEXICON.vessel.contains(word) && words.iter().all(is_name)).then_some(EntityType::Product)
}

/// The mentions, with peoples' names that are languages as such.
pub(super) fn languages(book: &Book, text: &Text, mut mentions: Vec<Mention>) -> Vec<Mention> {
    for mention in &mut mentions {
        if mention.kind == EntityType::Norp
            && is_language(text, mention.span)
            && book.is_people(text.slice(mention.span))
        {
            mention.kind = EntityType::Misc;
        }
    }
    mentions
}

/// True for "Quechua-speaking", "the English edition", "known in French as", but not for "in French hands".
fn is_language(text: &Text, name: Span) -> bool {
    let source = text.as_str();
    let after = sense::clip(source, name.end()..name.end() + REACH);
    let next = after.strip_prefix([' ', '-']).unwrap_or_default();
    let next = next
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    if LEXICON.language_after.contains(next) {
        return true;
    }
    let before = sense::clip(source, name.start().saturating_sub(REACH)..name.start());
    let ends = next == "as" || after.starts_with(['.', ',', ';', ')', '”', '"']);
    before.ends_with(" in ") && ends
}

impl Book {
    /// True where the book has a people of this name.
    fn is_people(&self, name: &str) -> bool {
        let owners = self.index.owners_of(name);
        let mut entries = owners.iter().filter_map(|owner| self.entry(owner.entry));
        entries.any(|entry| entry.kind == "nationality")
    }
}
