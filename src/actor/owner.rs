//! "Bangladesh's Rapid Action Battalion" is two names, the country's and the body's: annotated news has it so five times in
//! six. Only an owner that the book knows is parted; "Lloyd's Register" and "Lord's Resistance Army" stay whole.

use super::{Book, Context};
use crate::tag::{EntityType, Mention};

/// The mention, or the owner and what is owned, where a name of the book stands in the possessive before a name.
pub(super) fn split(book: &Book, context: Context<'_>, mention: Mention) -> Vec<Mention> {
    parts(book, context, mention).map_or_else(|| vec![mention], Vec::from)
}

fn parts(book: &Book, context: Context<'_>, mention: Mention) -> Option<[Mention; 2]> {
    use EntityType::{Fac, Loc, Org, Person};
    let text = context.text;
    let surface = text.slice(mention.span);
    if !matches!(mention.kind, Org | Fac | Loc | Person) || book.has_name(surface) {
        return None;
    }
    let (owner, owned) = ["'s ", "’s "]
        .iter()
        .find_map(|possessive| surface.split_once(possessive))?;
    let is_name = owned.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    if !is_name || !book.has_name(owner) {
        return None;
    }
    let start = mention.span.start();
    let owner = text.span(start..start + owner.len())?;
    let owned = text.span(mention.span.end() - owned.len()..mention.span.end())?;
    let kind = if book.is_place(context, owner) {
        Loc
    } else {
        Org
    };
    Some([
        Mention {
            span: owner,
            kind,
            ..mention
        },
        Mention {
            span: owned,
            ..mention
        },
    ])
}
