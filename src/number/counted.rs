//! Which numbers count something, and where the noun that `noun` finds must end.
//!
//! Refuses nouns for money, measures and percentages but where "of" gives them what they are of.

use super::NumberKind;
use super::lexer::Tokens;
use super::noun::{content, noun};
use super::owner::after_owner;
use super::phrase::lower_word;
use super::quantity::{Amount, Found};

/// The noun that a number counts.
pub fn counted(tokens: &Tokens, item: &Found, next: Option<&Found>) -> Option<(usize, usize)> {
    let counting = match item.kind {
        NumberKind::Cardinal
        | NumberKind::Ordinal
        | NumberKind::Vague
        | NumberKind::Fraction
        | NumberKind::Percent => true,
        NumberKind::Multiple | NumberKind::Money => tokens.word(item.after) == "of",
        NumberKind::Quantity => stuff(tokens, item),
        _ => false,
    };
    if !counting || (item.unit.is_some() && item.kind == NumberKind::Vague) {
        return None;
    }
    let part = matches!(item.kind, NumberKind::Fraction | NumberKind::Percent);
    // "eight out of ten houses", "half the people" need no "of".
    let whole = item.kind == NumberKind::Fraction
        && (item.first + 1..item.end).any(|at| tokens.any(at, &["in", "out"]));
    let half = tokens.back(item.end, 1) == "half"
        && tokens.any(item.after, &["the", "his", "her", "their", "its"]);
    if part && tokens.word(item.after) != "of" && !whole && !half {
        return None;
    }
    let one = matches!(item.kind, NumberKind::Ordinal | NumberKind::Quantity)
        || part && !(whole && tokens.word(item.after) != "of")
        || item.amount == Some(Amount::One(1.into()));
    let from = if half { item.after + 1 } else { item.after };
    let (start, end) = noun(tokens, from, one)?;
    // The noun ends where the next number, or its hedge, begins.
    let limit = next.map_or(end, |next| {
        let hedge = next
            .modifier
            .map_or(next.first, |(_, first, _)| first.min(next.first));
        hedge.min(end)
    });
    (start < limit).then_some((start, limit))
}

/// "35 tonnes of rice", "300 meters of fence": a measure of a stuff, not "300 meters of the gate".
fn stuff(tokens: &Tokens, item: &Found) -> bool {
    const LENGTHS: [&str; 6] = [
        "meter",
        "kilometer",
        "mile",
        "nautical mile",
        "foot",
        "yard",
    ];
    let next = item.after + 1;
    let long = item
        .unit
        .as_deref()
        .is_some_and(|unit| LENGTHS.contains(&unit));
    tokens.word(item.after) == "of"
        && content(tokens, next)
        && (!long || lower_word(tokens, next))
        && after_owner(tokens, next) == next
}
