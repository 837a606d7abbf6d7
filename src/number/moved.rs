//! Dates told by a length from another: "two years ago", "in two weeks", "three days after Easter".
//!
//! Refuses to move a date where the length may be only a length ("the first time in two years").

use super::cue::FUTURE_VERBS;
use jiff::civil::Date;

use super::Modifier;
use super::calendar::{Point, Settled, plus_days, weekday as weekday_of};
use super::date::{Context, date, weekday};
use super::duration::length;
use super::lexer::Tokens;
use super::relative::{relative, stretch, the};

/// "two years ago", "in two weeks", "three days after Christmas", "two days before yesterday".
pub fn moved(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let within = tokens.word(at) == "in";
    let start = if within { at + 1 } else { at };
    let (length, end) = length(tokens, start)?;
    if length.attributive || length.clocklike() && !tokens.any(end, &["ago"]) {
        return None;
    }
    let shift = |from: Date, forward: bool| {
        if forward {
            length.after(from)
        } else {
            length.before(from)
        }
    };
    let now = |forward: bool, end: usize| -> Option<(Point, usize)> {
        let Some(reference) = context.reference else {
            let sign = if forward { "" } else { "-" };
            return Some((
                Point::fixed(Settled::only(format!("{sign}{}", length.timex()))),
                end,
            ));
        };
        let mut date = shift(reference, forward)?;
        let mut end = end;
        // "... on Tuesday" settles the day within its week.
        let link = if tokens.any(end, &["on", ","]) {
            end + 1
        } else {
            end
        };
        if link > end
            && tokens.word(end) == "on"
            && let Some((name, after)) = weekday(tokens, link)
        {
            let ahead = i64::from(name) - i64::from(weekday_of(date));
            date = plus_days(date, ahead)?;
            end = after;
        }
        Some((Point::date(date), end))
    };
    match tokens.word(end) {
        "ago" => return now(false, end + 1),
        "later" if !within => {
            return now(true, end + 1)
                .filter(|_| tokens.word(end + 1) != "than" && future_later(tokens, end + 1));
        }
        "in" if tokens.word(end + 1) == "the" && tokens.word(end + 2) == "future" => {
            return Some((stretch(context, 1, &length)?, end + 3));
        }
        _ => {}
    }
    let forward = match tokens.word(end) {
        // "for 12 months from April" is a length.
        _ if tokens.any_back(at, 1, &["for"]) => return None,
        "from" | "after" | "since" | "following" => true,
        "before" | "prior" => false,
        _ if within && free(tokens, at, end) => return now(true, end),
        _ => return None,
    };
    let anchor = if tokens.word(end) == "prior" {
        end + 2
    } else {
        end + 1
    };
    if tokens.any(anchor, &["now"]) && tokens.word(end) == "from" {
        return now(forward, anchor + 1);
    }
    let anchor = if within { the(tokens, anchor) } else { anchor };
    let anchor = if within && tokens.word(anchor) == "year" {
        anchor + 1
    } else {
        anchor
    };
    let (from, after) = relative(context, anchor)
        .filter(|_| {
            tokens.any(
                anchor,
                &[
                    "today",
                    "yesterday",
                    "tomorrow",
                    "next",
                    "last",
                    "the",
                    "this",
                ],
            )
        })
        .or_else(|| date(context, anchor))?;
    let settled = from.settle(context.reference)?;
    let first = settled.first?;
    // Months and years are counted from where the other reading would put a day to come.
    let first = if forward
        && settled.alt.is_some()
        && tokens.word(end) == "after"
        && !tokens.any(anchor, &["next", "last", "this", "the"])
    {
        settled
            .alt
            .as_deref()
            .and_then(|alt| alt.parse().ok())
            .unwrap_or(first)
    } else {
        first
    };
    let mut date = shift(first, forward)?;
    // "within two weeks from today" is the stretch between; "more than" moves the side.
    match super::table::HEDGE_BEFORE.find(tokens, at) {
        Some((Modifier::LessThan | Modifier::AtMost, _)) if !tokens.any(anchor, &["the"]) => {
            let (first, next) = if forward {
                (context.reference.unwrap_or(first).min(first), date)
            } else {
                (date, first)
            };
            let settled = Settled::interval(first, next, length.grain());
            return Some((Point::fixed(settled), after));
        }
        Some((Modifier::MoreThan, start)) => {
            let side = if forward {
                Modifier::After
            } else {
                Modifier::Before
            };
            let mut point = Point::date(date);
            point.side = Some((side, start, at));
            return Some((point, after));
        }
        _ => {}
    }
    let mut after = after;
    if tokens.word(after) == "on"
        && let Some((name, end)) = weekday(tokens, after + 1)
    {
        let ahead = i64::from(name) - i64::from(weekday_of(date));
        date = plus_days(date, ahead)?;
        after = end;
    }
    Some((Point::date(date), after))
}

/// In a story told in the past "two days later" has its own anchor; alone at a clause's end it has not.
pub fn future_later(tokens: &Tokens, at: usize) -> bool {
    at >= tokens.len() || !tokens.is(at, super::lexer::Kind::Word) && !tokens.any(at, &[","])
}

/// "in two weeks" is a date only where something looks ahead and nothing says that it is a length
/// ("the first time in two weeks").
pub fn free(tokens: &Tokens, at: usize, end: usize) -> bool {
    let ends = end >= tokens.len()
        || matches!(
            tokens.word(end),
            "." | "," | ";" | "?" | "!" | "on" | "'" | "’"
        );
    let clause = (1..=10).take_while(|back| !matches!(tokens.back(at, *back), "," | ";"));
    let superlative = clause.clone().any(|back| {
        let word = tokens.back(at, back);
        matches!(
            super::table::NUMERALS.get(word),
            Some((super::table::Class::OrdinalSmall, _))
        ) || word.ends_with("est") && word.len() > 4
            || matches!(
                word,
                "first" | "most" | "time" | "times" | "worst" | "only" | "least"
            )
    });
    let ahead = (1..=12).any(|back| FUTURE_VERBS.contains(tokens.back(at, back)));
    let time = matches!(tokens.word(end), "'" | "’");
    ends && (ahead || time) && !superlative
}
