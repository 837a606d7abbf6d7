//! Types that a title, a dateline or the book settles against the tagger: "Lieutenant Kambale" is a person, what opens
//! "BENI, 4 May -" a place, and so is a country that is named like a bird.
//!
//! A name that the book has is otherwise left alone: "General Motors" is in no need of it.

use super::fold;
use super::mend::SURE;
use super::{Book, Context, rank};
use crate::tag::{EntityType, Mention};

/// The mentions with such types set right, and ranks cut off the names that they open.
pub(super) fn retype(book: &Book, context: Context<'_>, mentions: Vec<Mention>) -> Vec<Mention> {
    let mentions = mentions.into_iter();
    mentions
        .map(|mention| {
            opens_dateline(book, context, mention)
                .or_else(|| is_titled(book, context, mention))
                .or_else(|| is_country(book, context, mention))
                .unwrap_or(mention)
        })
        .collect()
}

/// The mention as a place, if it opens a dateline.
fn opens_dateline(book: &Book, context: Context<'_>, mention: Mention) -> Option<Mention> {
    use EntityType::{Loc, Misc, Norp, Org, Person};
    let at = context
        .datelines
        .partition_point(|line| line.end() <= mention.span.start());
    let line = context.text.trim(*context.datelines.get(at)?);
    let opens = line.start() == mention.span.start() && line.contains(mention.span);
    if !opens || !matches!(mention.kind, Person | Org | Norp | Misc) {
        return None;
    }
    let known = book.has_name(context.text.slice(mention.span));
    (book.is_place(context, mention.span) || !known).then_some(Mention {
        kind: Loc,
        ..mention
    })
}

/// The mention as a place, if it is an organisation by the tagger, and a country and nothing else by the book.
fn is_country(book: &Book, context: Context<'_>, mention: Mention) -> Option<Mention> {
    let words = book.index.words(context.text.slice(mention.span));
    let owners = book.index.owners(words.iter().map(|(_, id)| *id));
    let mut entries = owners.iter().filter_map(|owner| book.entry(owner.entry));
    let is_country = !owners.is_empty() && entries.all(|entry| entry.kind == "country");
    (mention.kind == EntityType::Org && is_country).then_some(Mention {
        kind: EntityType::Loc,
        ..mention
    })
}

/// The mention as a person, if a rank stands before it or opens it.
fn is_titled(book: &Book, context: Context<'_>, mention: Mention) -> Option<Mention> {
    use EntityType::{Fac, Loc, Misc, Norp, Org, Product};
    let doubtful = match mention.kind {
        Org | Norp | Misc | Product => true,
        Loc | Fac => mention.score < SURE,
        _ => false,
    };
    let text = context.text;
    let surface = text.slice(mention.span);
    if !doubtful || book.has_name(surface) {
        return None;
    }
    let words: Vec<fold::Word> = fold::words(surface).collect();
    let span = match rank::after_rank(surface) {
        Some(cut) => text.span(mention.span.start() + cut..mention.span.end())?,
        None => {
            let personal = rank::is_personal(surface, &words);
            (personal && rank::is_after_rank(text, mention.span)).then_some(mention.span)?
        }
    };
    (!book.has_name(text.slice(span))).then_some(Mention {
        span,
        kind: EntityType::Person,
        score: mention.score,
    })
}
