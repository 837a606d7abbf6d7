//! Whether a date without its year, or a weekday, is still to come: "will march on Thursday".
//!
//! News tells what happened, so the nearest past day is meant unless the verb before the date looks
//! ahead. The words are searched back from the date to the start of its clause; whichever verb stands
//! nearer decides. Refuses to guess where neither a verb ahead nor one behind is found.

use jiff::civil::Date;

use super::NumberKind;
use super::calendar::days_between;
use super::cue::{AHEAD, PAST_VERBS, PRESENT_VERBS, SCHEDULED};
use super::date::Context;
use super::lexer::{Kind, Tokens};
use super::when::When;

/// How far back the verb may stand.
const REACH: usize = 14;

/// Verbs of an announcement, where "for" and the date follow: "called a strike for July 5".
const CALLED: [&str; 5] = ["called", "calls", "calling", "call", "convened"];

/// Days ahead within which a bare "until August" means the coming one.
const SOON: i64 = 150;

/// The same expression, read as the day to come where the sentence says so.
pub fn ahead(context: Context, mut found: When) -> When {
    let (Some(date), Some(alt), Some(reference)) = (&found.date, &found.alt, context.reference)
    else {
        return found;
    };
    let open = matches!(found.kind, NumberKind::Date | NumberKind::Time);
    // Today, and the month at hand, may as well be what is to come.
    let now = reference.to_string();
    if !open || date.get(..10) == Some(&now) || date.get(..) == now.get(..7) {
        return found;
    }
    let soon = soon(alt, reference);
    // An interval may have begun and go on; it is the next one only where that is near.
    if (soon || !date.contains('/')) && coming(context.tokens, &found, soon) {
        std::mem::swap(&mut found.date, &mut found.alt);
    }
    found
}

/// True for a date (or month) that begins within a few months.
fn soon(alt: &str, reference: Date) -> bool {
    let day = match alt.len() {
        0..=9 => format!("{}-01", alt.get(..7).unwrap_or_default()),
        _ => alt.get(..10).unwrap_or_default().to_owned(),
    };
    day.parse()
        .is_ok_and(|day| (0..=SOON).contains(&days_between(reference, day)))
}

fn coming(tokens: &Tokens, found: &When, soon: bool) -> bool {
    let at = found.first;
    // "By Thursday it'll be"
    if tokens.any_back(at, 1, &["by", "before"])
        && (found.end..found.end + 4).any(|next| tokens.any(next, &["will", "ll", "shall"]))
    {
        return true;
    }
    if tokens.any_back(at, 1, &["since", "after"]) {
        return false;
    }
    // "The hearing is on 21 March."
    if soon
        && tokens.any_back(at, 1, &["on", "in", "for"])
        && tokens.any_back(at, 2, &["is", "are"])
    {
        return true;
    }
    let until = tokens.any_back(at, 1, &["until", "till", "into"]);
    if tokens.any_back(at, 1, &["on", "from"])
        && tokens.any_back(at, 2, &["starting", "beginning", "effective"])
    {
        return true;
    }
    for back in 1..=REACH {
        let Some(index) = at.checked_sub(back) else {
            break;
        };
        match verb(tokens, index, at) {
            Some(ahead) => return ahead,
            None if clause_end(tokens, index) => break,
            None => {}
        }
    }
    until && soon
}

fn clause_end(tokens: &Tokens, index: usize) -> bool {
    matches!(
        tokens.word(index),
        "," | ";" | ":" | "(" | "—" | "–" | "“" | "”" | "\"" | "?" | "!"
    ) || tokens.word(index) == "." && !tokens.glued(index + 1)
}

/// Whether the word here is a verb that looks ahead (true) or behind (false) of the date at `date`.
fn verb(tokens: &Tokens, index: usize, date: usize) -> Option<bool> {
    let word = tokens.word(index);
    if !tokens.is(index, Kind::Word) {
        return None;
    }
    // "won't"
    if matches!(word, "will" | "shall" | "would" | "must" | "ll")
        || word == "won" && matches!(tokens.word(index + 1), "'" | "’")
    {
        return Some(true);
    }
    // "Could vote on Thursday", but not "could be heard on Thursday", "could not be reached on Thursday".
    let next = tokens.word(index + 1);
    let may = match word {
        "should" | "may" | "might" => next != "have",
        "can" | "could" => !matches!(next, "have" | "not" | "be" | "hardly" | "only"),
        _ => false,
    };
    if may && !tokens.capital(index) {
        return Some(true);
    }
    if word == "to" {
        let leader = tokens.back(index, 1);
        let infinitive = AHEAD.contains(leader)
            || matches!(
                leader,
                "is" | "are" | "was" | "were" | "be" | "has" | "have"
            );
        return infinitive.then_some(true);
    }
    // "is due on", "a strike called for": an announcement, if nothing else stands before it.
    let announced = SCHEDULED.contains(word)
        && tokens.any_back(date, 1, &["for", "on", "in", "by"])
        || CALLED.contains(&word) && tokens.any_back(date, 1, &["for"]);
    if announced {
        return Some(true);
    }
    // "meets on 2 October", "meets Thursday", but not "the meets".
    let present = PRESENT_VERBS.contains(word)
        && !tokens.any_back(
            index,
            1,
            &["the", "a", "an", "of", "its", "their", "his", "her"],
        )
        && (index + 1 == date
            || tokens.any_back(
                date,
                1,
                &["on", "in", "at", "for", "this", "from", "until", "till"],
            ));
    if present {
        return Some(true);
    }
    let passive = (1..=2).any(|back| tokens.any_back(index, back, &["be", "get"]))
        || tokens.any_back(
            index,
            1,
            &["to", "will", "would", "can", "could", "may", "might"],
        );
    let participle = word.len() > 4 && word.ends_with("ed") && !tokens.hyphen(index + 1);
    ((participle || PAST_VERBS.contains(word)) && !passive).then_some(false)
}
