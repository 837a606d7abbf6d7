//! How the numbers of one sentence hang together: parts, repeats, changes, and shared units.
//!
//! Refuses links across sentences: what is not said in one breath is for the reader to join.

use super::lexer::{Kind, Tokens};
use super::noun::noun;
use super::owner::after_owner;
use super::quantity::{Amount, Found};
use super::range::changed;
use super::{Modifier, NumberKind};

/// How many numbers back a link may reach.
const NEAR: usize = 8;

/// What one number has to do with the others, by their places in the sentence's list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Links {
    pub part_of: Option<usize>,
    pub same_as: Option<usize>,
    pub changed_from: Option<usize>,
    pub definite: bool,
    pub noun: Option<(usize, usize)>,
}

fn counts(found: &Found) -> bool {
    matches!(
        found.kind,
        NumberKind::Cardinal | NumberKind::Vague | NumberKind::Fraction | NumberKind::Percent
    )
}

/// Where a number begins, with its hedge.
fn start(found: &Found) -> usize {
    match found.modifier {
        Some((_, first, end)) if end <= found.first => first,
        _ => found.first,
    }
}

/// Units and scales that a later number says for an earlier one: "eight or nine euros".
pub fn share(tokens: &Tokens, list: &mut [Found]) {
    for later in (1..list.len()).rev() {
        let (head, tail) = list.split_at_mut(later);
        let (Some(first), Some(second)) = (head.last_mut(), tail.first()) else {
            continue;
        };
        let between = start(second).saturating_sub(first.after);
        let joined = (between == 1 || between == 2 && tokens.word(first.after) == "or")
            && matches!(tokens.word(first.after), "or" | "and" | "to" | ",")
            && first.after < start(second)
            && !matches!(tokens.word(first.after + 1), "the" | "a");
        let to = tokens.word(first.after) == "to";
        if !joined
            || first.kind != NumberKind::Cardinal
            || first.unit.is_some()
            || first.after != first.end
        {
            continue;
        }
        if !matches!(
            second.kind,
            NumberKind::Percent | NumberKind::Money | NumberKind::Quantity | NumberKind::Duration
        ) || (tokens.word(first.after) == "," && second.kind == NumberKind::Duration)
        {
            continue;
        }
        if tokens.word(first.after) == "and" && second.kind == NumberKind::Duration {
            continue;
        }
        // A sign before the second amount is its own, but for "8 or $9".
        let sign = !tokens.is(second.first, Kind::Digits)
            && super::numeral::class(tokens, second.first).is_none();
        if sign && tokens.word(first.after) != "or" {
            continue;
        }
        first.kind = second.kind;
        first.unit.clone_from(&second.unit);
        first.ambiguous = second.ambiguous;
        if let (None, Some(scale), Some(Amount::One(value))) =
            (first.scale, second.scale, first.amount)
            && (to || tokens.word(first.after) == "or")
            && value < 1000.into()
        {
            first.amount = value.checked_mul(scale).map(Amount::One);
        }
    }
}

/// The links of each number to those before and after it.
pub fn links(tokens: &Tokens, list: &[Found], nouns: &[Option<(usize, usize)>]) -> Vec<Links> {
    let mut all: Vec<Links> = nouns
        .iter()
        .map(|noun| Links {
            noun: *noun,
            ..Links::default()
        })
        .collect();
    for (index, found) in list.iter().enumerate() {
        let from = start(found);
        let mut link = all.get(index).copied().unwrap_or_default();
        if tokens.any_back(from, 1, &["the", "these", "those"])
            && matches!(found.kind, NumberKind::Cardinal)
            && found.amount.is_some()
            && !tokens.hyphen(found.end)
        {
            link.definite = true;
        }
        if let Some(before) = index.checked_sub(1)
            && let Some(earlier) = list.get(before)
        {
            let noun_end = nouns
                .get(before)
                .copied()
                .flatten()
                .map_or(earlier.after, |noun| noun.1);
            // "5 km (3 miles)"
            if tokens.any_back(from, 1, &["("])
                && (from == earlier.after + 1 || from == noun_end + 1)
                && found.unit.is_some()
                && earlier.unit.is_some()
                && found.kind == earlier.kind
                && found.unit != earlier.unit
            {
                link.same_as = Some(before);
            }
            let origin = start(earlier);
            // "from 12 [soldiers] [on Monday] to 9"
            if tokens.any_back(from, 1, &["to"]) {
                link.changed_from = (index.saturating_sub(3)..index).rev().find(|at| {
                    list.get(*at).is_some_and(|earlier| {
                        let origin = start(earlier);
                        earlier.kind == found.kind
                            && from <= earlier.after + 9
                            && tokens.any_back(origin, 1, &["from"])
                            && changed(tokens, origin, true)
                    })
                });
            }
            // "to 17 on Tuesday, then to 21"
            if tokens.any_back(from, 1, &["to"])
                && tokens.any_back(from, 2, &["then"])
                && let Some(origin) = (index.saturating_sub(NEAR)..index)
                    .rev()
                    .find(|at| list.get(*at).is_some_and(counts))
            {
                link.changed_from = Some(origin);
            }
            // "to 9 from 12"
            if tokens.any_back(from, 1, &["from"])
                && tokens.any_back(origin, 1, &["to"])
                && from <= noun_end + 1
                && found.kind == earlier.kind
                && let Some(slot) = all.get_mut(before)
            {
                slot.changed_from = Some(index);
            }
        }
        // "44 of the 50 victims"
        if let Some(whole) = list.get(index + 1)
            && counts(found)
            && counts(whole)
            && !tokens.hyphen(whole.end)
            && tokens.word(found.after) == "of"
        {
            let determined = tokens.any(
                found.after + 1,
                &["the", "those", "these", "its", "their", "his", "her", "all"],
            );
            let inner = found.after + 1 + usize::from(determined);
            // "a quarter of the world's 1.9 million seafarers"
            let owned = after_owner(tokens, found.after + 1);
            if [inner, owned].contains(&start(whole)) || whole.first == inner {
                link.part_of = Some(index + 1);
                link.noun = nouns.get(index + 1).copied().flatten();
            }
        }
        // "the first of seven landfalls"
        if let Some(whole) = list.get(index + 1)
            && found.kind == NumberKind::Ordinal
            && counts(whole)
            && tokens.word(found.after) == "of"
            && start(whole) == found.after + 1
        {
            link.noun = nouns.get(index + 1).copied().flatten();
        }
        // "ten people, including three children", "nine of them", "of whom five"
        if link.part_of.is_none() && found.kind == NumberKind::Cardinal {
            let including = tokens.any_back(from, 1, &["including"])
                || (tokens.any_back(from, 1, &["whom", "which", "them"])
                    && tokens.any_back(from, 2, &["of", "among"]));
            let of_them =
                tokens.word(found.after) == "of" && tokens.any(found.after + 1, &["them", "whom"]);
            let listed = tokens.any_back(from, 1, &["and", ","])
                && index > 0
                && all.get(index - 1).is_some_and(|l| l.part_of.is_some())
                && (1..=12).any(|back| matches!(tokens.back(from, back), "including" | "among"));
            if including || of_them || listed {
                link.part_of = (index.saturating_sub(NEAR)..index).find(|at| {
                    list.get(*at)
                        .is_some_and(|f| matches!(f.kind, NumberKind::Cardinal | NumberKind::Vague))
                        && all
                            .get(*at)
                            .is_some_and(|l| l.part_of.is_none() && l.noun.is_some())
                });
            }
        }
        // "Of the 22 passengers, five"
        if link.part_of.is_none()
            && counts(found)
            && let Some(whole) = index.checked_sub(1).and_then(|at| list.get(at))
            && counts(whole)
            && tokens.any_back(start(whole), 1, &["the", "those", "its", "their"])
            && tokens.any_back(start(whole), 2, &["of"])
            && (start(whole) == 2 || !tokens.is(start(whole).saturating_sub(3), Kind::Word))
            && let Some((_, end)) = nouns.get(index - 1).copied().flatten()
            && (end..from).any(|at| tokens.word(at) == ",")
        {
            link.part_of = Some(index - 1);
        }
        // "0.7m casualties, plus or minus 10,000"
        if let Some((Modifier::PlusMinus, _, _)) = found.modifier
            && link.noun.is_none()
            && let Some(before) = index.checked_sub(1)
        {
            link.noun = all.get(before).and_then(|l| l.noun);
        }
        if let Some(slot) = all.get_mut(index) {
            *slot = link;
        }
    }
    // "two or three shots": the noun is both's.
    for index in (1..list.len()).rev() {
        let (Some(first), Some(second)) = (list.get(index - 1), list.get(index)) else {
            continue;
        };
        let joined =
            tokens.any(first.after, &["or", "and", "to"]) && start(second) == first.after + 1;
        // "four, or even six, members"
        let parenthetic = first.kind == second.kind
            && tokens.word(first.after) == ","
            && tokens.any(first.after + 1, &["or", "and", "perhaps", "maybe"])
            && (first.after..start(second))
                .all(|at| tokens.any(at, &[",", "or", "and", "even", "perhaps", "maybe"]));
        if parenthetic
            && counts(second)
            && tokens.word(second.after) == ","
            && let Some(slot) = all.get_mut(index)
            && slot.noun.is_none()
        {
            slot.noun = noun(tokens, second.after + 1, false);
        }
        let noun = all.get(index).and_then(|link| link.noun);
        if (joined || parenthetic)
            && (counts(first) || first.kind == NumberKind::Ordinal)
            && first.kind == second.kind
            && let Some(slot) = all.get_mut(index - 1)
            && slot.noun.is_none()
        {
            slot.noun = noun;
        }
    }
    all
}
