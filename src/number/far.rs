//! Counted nouns that stand apart from their number: "the number of injured rose from 27 to 34", "of the
//! 16 missiles nine were stopped", "19 wounded".
//!
//! Refuses to look beyond the clause, or for a noun that no such pattern points to.

use super::NumberKind;
use super::cue::FALLEN_LEADERS;
use super::lexer::{Kind, Tokens};
use super::link::Links;
use super::noun::{fallen, noun};
use super::owner::after_owner;
use super::quantity::Found;
use super::range::before;

/// How far "the number of" may stand before its number.
const REACH: usize = 30;

/// Where a number begins, with its hedge.
fn start(found: &Found) -> usize {
    match found.modifier {
        Some((_, first, end)) if end <= found.first => first,
        _ => found.first,
    }
}

fn bare(found: &Found) -> bool {
    matches!(found.kind, NumberKind::Cardinal | NumberKind::Vague) && found.unit.is_none()
}

/// "19 wounded", "nine dead and 17 injured": people hurt or lost are a noun after a verb or a
/// preposition that takes one, not in "left 12 dead" or in a headline. `earlier` is the end of the
/// number before and its noun.
pub fn victims(
    tokens: &Tokens,
    item: &Found,
    earlier: Option<(usize, (usize, usize))>,
) -> Option<(usize, usize)> {
    let close = usize::from(matches!(tokens.word(item.after), "”" | "\""));
    let at = item.after + close;
    if !bare(item) || !fallen(tokens, at) {
        return None;
    }
    let mut from = start(item);
    while from > 0 && matches!(tokens.word(from - 1), "“" | "\"" | ":") {
        from -= 1;
    }
    let led = FALLEN_LEADERS.contains(tokens.back(from, 1)) || tokens.any_back(from, 1, &["toll"]);
    let joined = earlier.is_some_and(|(_, (_, end))| {
        fallen(tokens, end - 1)
            && end < from
            && (end..from).all(|index| tokens.any(index, &["and", ","]))
    });
    (led || joined).then_some((at, at + 1))
}

/// Gives a noun, and the whole of which it is a part, to numbers that have none beside them.
pub fn far(tokens: &Tokens, list: &[Found], links: &mut [Links]) {
    for (index, found) in list.iter().enumerate() {
        if !bare(found) || links.get(index).is_none_or(|link| link.noun.is_some()) {
            continue;
        }
        let whole = whole(tokens, list, links, index);
        let noun = match whole {
            Some(whole) => links.get(whole).and_then(|link| link.noun),
            None => of_the(tokens, found)
                .or_else(|| number_of(tokens, found))
                .or_else(|| put_at(tokens, found))
                .or_else(|| corrected(tokens, list, links, index)),
        };
        if let Some(link) = links.get_mut(index)
            && noun.is_some()
        {
            link.noun = noun;
            link.part_of = link.part_of.or(whole);
        }
    }
}

/// The start of the clause of a token: after the last stop before it.
fn clause(tokens: &Tokens, at: usize) -> usize {
    (at.saturating_sub(REACH)..at)
        .rev()
        .find(|&index| matches!(tokens.word(index), ";" | ":" | "." | "?" | "!" | "—" | "–"))
        .map_or(at.saturating_sub(REACH), |index| index + 1)
}

/// True where a clause begins at `at`, a quotation mark or a conjunction aside.
fn opens(tokens: &Tokens, at: usize) -> bool {
    at == 0
        || matches!(
            tokens.word(at - 1),
            ";" | ":" | "." | "?" | "!" | "—" | "–" | "“" | "\"" | "("
        )
}

/// "Of the 16 missiles it stopped nine", "of four Kinzhals, two": the number of the whole.
fn whole(tokens: &Tokens, list: &[Found], links: &[Links], index: usize) -> Option<usize> {
    let before = index.checked_sub(1)?;
    let (earlier, found) = (list.get(before)?, list.get(index)?);
    let noun = links.get(before)?.noun?;
    let begin = start(earlier);
    let of = (begin.saturating_sub(6)..begin)
        .rev()
        .find(|&at| tokens.word(at) == "of" && opens(tokens, at))?;
    let determined =
        of + 1 + usize::from(tokens.any(of + 1, &["the", "its", "their", "these", "those"]));
    let reaches = [of + 1, determined, after_owner(tokens, of + 1)].contains(&begin);
    let apart = noun.1 < start(found) && clause(tokens, found.first) <= of;
    (reaches && apart && bare(earlier)).then_some(before)
}

/// "Of the deaths, only 21 have been validated".
fn of_the(tokens: &Tokens, found: &Found) -> Option<(usize, usize)> {
    let from = start(found);
    let from = from - usize::from(tokens.any_back(from, 1, &["only", "just"]));
    let comma = from.checked_sub(1).filter(|&at| tokens.word(at) == ",")?;
    let of = clause(tokens, found.first);
    let fits = tokens.word(of) == "of" && opens(tokens, of) && of < comma;
    noun(tokens, of, false).filter(|noun| fits && noun.1 == comma)
}

/// "the number of people killed rose from five to seven", "put the number of newcomers at 60".
fn number_of(tokens: &Tokens, found: &Found) -> Option<(usize, usize)> {
    const LEADERS: [&str; 10] = [
        "at", "as", "from", "to", "is", "was", "reached", "between", "hit", "than",
    ];
    let from = before(tokens, start(found));
    if !tokens.any_back(from, 1, &LEADERS) {
        return None;
    }
    let begin = clause(tokens, found.first);
    let at = (begin..from)
        .rev()
        .find(|&at| tokens.any(at, &["number", "numbers"]) && tokens.word(at + 1) == "of")?;
    let next = at + 2;
    if fallen(tokens, next) {
        return Some((next, next + 1));
    }
    noun(tokens, at + 1, false).filter(|noun| noun.1 <= from)
}

/// "put the attackers at 60 and the spent cartridges at 2,380", "the wounded numbered six".
fn put_at(tokens: &Tokens, found: &Found) -> Option<(usize, usize)> {
    let from = before(tokens, start(found));
    let verb = from.checked_sub(1)?;
    let begin = clause(tokens, found.first);
    let put = tokens.word(verb) == "at"
        && (begin..verb).any(|at| tokens.any(at, &["put", "puts", "putting", "estimated"]));
    if !put && !tokens.any(verb, &["numbered", "number", "totalled", "totaled"]) {
        return None;
    }
    let the = (verb.saturating_sub(6)..verb)
        .rev()
        .find(|&at| tokens.word(at) == "the")?;
    let next = the + 1;
    if fallen(tokens, next) {
        return (next + 1 == verb).then_some((next, next + 1));
    }
    noun(tokens, next, false).filter(|noun| noun.1 == verb && tokens.is(noun.0, Kind::Word))
}

/// "numbered six, not nine": the noun of the number that is corrected.
fn corrected(
    tokens: &Tokens,
    list: &[Found],
    links: &[Links],
    index: usize,
) -> Option<(usize, usize)> {
    let before = index.checked_sub(1)?;
    let (earlier, found) = (list.get(before)?, list.get(index)?);
    let end = earlier.after;
    let not = tokens.word(end) == "," && tokens.word(end + 1) == "not" && start(found) == end + 2;
    links.get(before)?.noun.filter(|_| not && bare(earlier))
}
