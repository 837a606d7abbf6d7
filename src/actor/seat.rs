//! Whether a capital is the place or the government that sits there: "Kabul said" against "in Kabul".
//!
//! Only a verb of saying or deciding right after the name makes it the government, and nothing does
//! after a preposition of place. In doubt it is the place.

use super::lexicon::LEXICON;
use super::{Book, Context, fold, office, sense};
use crate::text::Span;

/// Bytes on either side that are looked at.
const REACH: usize = 40;

/// The verb that makes the capital at this place a government.
pub(super) fn verb(context: Context<'_>, name: Span) -> Option<Span> {
    let source = context.text.as_str();
    let after = sense::clip(source, name.end()..name.end() + REACH);
    let mut words = fold::words(after);
    let mut verb = words.next()?;
    let written = |word: fold::Word| after.get(word.start..word.end).map(fold::fold);
    let mut past = 0;
    // "Kabul has warned", "Washington on Monday" is left alone.
    while LEXICON.auxiliary.contains(written(verb)?.as_str()) && past < 2 {
        verb = words.next()?;
        past += 1;
    }
    let gap = after.get(..verb.start)?;
    if !gap.chars().all(|c| c.is_whitespace() || c.is_alphabetic())
        || !gap.starts_with(' ')
        || !LEXICON.saying.contains(written(verb)?.as_str())
    {
        return None;
    }
    let before = sense::clip(source, name.start().saturating_sub(REACH)..name.start());
    let last = fold::words(before).last();
    let last = last
        .and_then(|word| before.get(word.start..word.end))
        .map(fold::fold);
    if last.is_some_and(|word| LEXICON.place_before.contains(word.as_str())) {
        return None;
    }
    context
        .text
        .span(name.end() + verb.start..name.end() + verb.end)
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
