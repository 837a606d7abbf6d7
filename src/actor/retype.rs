//! Types that a title, a dateline or the book settles against the tagger: "Lieutenant Kambale" is a person, what opens
//! "BENI, 4 May -" a place, and so is a country that is named like a bird.
//!
//! A name that the book has is otherwise left alone: "General Motors" is in no need of it.

use super::book::Entry;
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
                .or_else(|| is_alone(book, context, mention))
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

/// The mention as what alone the book has under its name, if the tagger takes it for an organisation: a country, or, where
/// the tagger is not sure, a person ("the Assad regime").
fn is_alone(book: &Book, context: Context<'_>, mention: Mention) -> Option<Mention> {
    if mention.kind != EntityType::Org {
        return None;
    }
    let surface = context.text.slice(mention.span);
    let kind = if book.has_alone(surface, |entry| entry.kind == "country") {
        EntityType::Loc
    } else if mention.score < SURE && book.has_alone(surface, is_person) {
        EntityType::Person
    } else {
        return None;
    };
    Some(Mention { kind, ..mention })
}

/// True for the book's people.
pub(super) fn is_person(entry: &Entry) -> bool {
    entry.tag == EntityType::Person
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
