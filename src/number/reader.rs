//! One sentence after another: tokens, then at each place the first rule that finds something.
//!
//! A sentence with neither a digit nor a word of the tables is passed over.

use super::cue::ATTACKS;
use jiff::civil::Date;

use super::date::Context;
use super::lasting::as_many;
use super::lexer::{Kind, Token, Tokens, lex};
use super::link::{links, share};
use super::noun::noun;
use super::page::page_date;
use super::phrase::lower_word;
use super::place::Place;
use super::quantity::{Amount, Found, quantity};
use super::table::{HEDGE_AFTER, IDIOMS, SIDE_AFTER, SIDE_BEFORE};
use super::trap::trap;
use super::vocabulary::{Known, known};
use super::when::{When, when};
use super::{Number, NumberKind};
use crate::text::{Span, Text};

/// How far a rule that begins with a function word may look for its number.
const REACH: usize = 6;

/// A sentence and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'n> {
    pub span: Span,
    /// The names from this sentence on.
    pub names: &'n [Span],
    /// False in what heads or trails the article.
    pub own: bool,
    /// What relative dates are told from.
    pub reference: Option<Date>,
}

/// Reads sentences, keeping its buffers between them.
#[derive(Debug, Default)]
pub struct Reader {
    lower: String,
    list: Vec<Token>,
    known: Vec<Known>,
}

impl Reader {
    /// The numbers of one sentence, with the indexes of links counted from `offset`.
    pub fn read(&mut self, text: &Text, place: Sentence, offset: usize) -> Vec<Number> {
        let Sentence {
            span: sentence,
            names,
            own,
            reference,
        } = place;
        let original = text.slice(sentence);
        self.list.clear();
        lex(original, &mut self.list);
        self.lower.clear();
        self.lower.push_str(original);
        self.lower.make_ascii_lowercase();
        self.known.clear();
        let mut any = false;
        for token in &self.list {
            let word = self.lower.get(token.start..token.end);
            let known = known(token, word.unwrap_or_default());
            any |= known.hot;
            self.known.push(known);
        }
        if !any {
            return Vec::new();
        }
        let tokens = Tokens::new(original, &self.lower, &self.list, &self.known);
        let context = Context {
            tokens: &tokens,
            reference,
        };
        let named = |index: usize| {
            let (start, end) = (
                sentence.start() + tokens.start(index),
                sentence.start() + tokens.end(index),
            );
            let at = names.partition_point(|name| name.end() <= start);
            names
                .get(at)
                .is_some_and(|name| name.start() <= start && end <= name.end())
        };
        let mut found: Vec<Found> = Vec::new();
        let (mut at, mut hot) = (0, 0);
        while at < tokens.len() {
            let known = tokens.known(at);
            if !(known.opens || known.idiom) {
                at += 1;
                continue;
            }
            // The next number: rules that begin with a function word look only so far.
            hot = hot.max(at);
            while hot < tokens.len() && !tokens.known(hot).hot {
                hot += 1;
            }
            if hot >= at + REACH || named(at) {
                at += 1;
                continue;
            }
            if known.idiom
                && let Some(((), end)) = IDIOMS.find(&tokens, at)
            {
                at = end;
                continue;
            }
            if !known.opens {
                at += 1;
                continue;
            }
            at = match one(context, at, found.last().map_or(0, |last| last.after)) {
                Step::Found(item) => {
                    let end = item.after.max(item.end).max(at + 1);
                    found.push(*item);
                    end
                }
                Step::Skip(end) => end.max(at + 1),
            };
        }
        found.retain(|item| item.end > item.first && (own || !page_date(original, &tokens, item)));
        share(&tokens, &mut found);
        let nouns: Vec<Option<(usize, usize)>> = found
            .iter()
            .enumerate()
            .map(|(index, item)| counted(&tokens, item, found.get(index + 1)))
            .collect();
        for (item, noun) in found.iter_mut().zip(&nouns) {
            if let (None, Some((_, end))) = (item.modifier, *noun)
                && let Some((modifier, after)) = HEDGE_AFTER.find(&tokens, end)
                && tokens.word(end) == "or"
            {
                item.modifier = Some((modifier, end, after));
            }
        }
        let linked = links(&tokens, &found, &nouns);
        let place = Place {
            text,
            tokens: &tokens,
            base: sentence.start(),
            offset,
        };
        found
            .into_iter()
            .zip(linked)
            .filter_map(|(item, link)| place.number(item, link))
            .collect()
    }
}

enum Step {
    Found(Box<Found>),
    Skip(usize),
}

/// The first rule that finds something here.
fn one(context: Context, at: usize, from: usize) -> Step {
    let tokens = context.tokens;
    if let Some(item) = when(context, at) {
        return Step::Found(Box::new(dated(tokens, item, from)));
    }
    if let Some(end) = trap(tokens, at) {
        return Step::Skip(end);
    }
    if let Some(item) = as_many(tokens, at) {
        return Step::Found(Box::new(item));
    }
    match quantity(tokens, at) {
        Some(mut item) => {
            if item.modifier.is_some_and(|(_, first, _)| first < from) {
                item.modifier = None;
            }
            if joined(tokens, &item) || adverb(tokens, &item) {
                return Step::Skip(item.end);
            }
            Step::Found(Box::new(item))
        }
        None => Step::Skip(at + 1),
    }
}

/// "those go first", "who first met": an adverb, which tells no place in a row.
fn adverb(tokens: &Tokens, item: &Found) -> bool {
    let at = item.first;
    item.kind == NumberKind::Ordinal
        && tokens.word(at) == "first"
        && item.end == at + 1
        && at > 0
        && lower_word(tokens, at)
        && lower_word(tokens, at - 1)
        && !super::cue::ORDINAL_LEADERS.contains(tokens.back(at, 1))
        && (noun(tokens, item.after, true).is_none()
            || tokens.word(item.after).ends_with("ed")
            || super::cue::PRONOUNS.contains(tokens.back(at, 1)))
}

/// True for a piece of a run that signs hold together and no rule reads whole (2015-1-32, 4:3).
fn joined(tokens: &Tokens, item: &Found) -> bool {
    let sign = |index: usize| matches!(tokens.word(index), "-" | "/" | ":" | "_");
    let digits = |index: usize| tokens.is(index, Kind::Digits);
    let bare = item.kind == NumberKind::Cardinal && item.unit.is_none();
    let after = sign(item.end)
        && tokens.glued(item.end)
        && tokens.glued(item.end + 1)
        && digits(item.end + 1);
    let before = tokens.glued(item.first)
        && item.first >= 2
        && sign(item.first - 1)
        && tokens.glued(item.first - 1)
        && digits(item.first - 2);
    bare && (before || after)
}

/// A time expression with the side that stands before or after it.
fn dated(tokens: &Tokens, item: When, from: usize) -> Found {
    let mut found = Found::new(item.first, item.end, item.kind);
    found.date = item.date;
    found.timex = item.timex;
    found.alt = item.alt;
    let mut start = item.first;
    // "after the September 11 attacks": what is after is the attacks.
    let wide = item.kind != NumberKind::Set
        && !(item.kind == NumberKind::Date && ATTACKS.contains(tokens.word(item.end)));
    let range = found.date.as_deref().is_some_and(|date| date.contains('/'))
        && tokens.any_back(start, 1, &["between", "from"]);
    if tokens.any_back(start, 1, &["the"]) && SIDE_BEFORE.find(tokens, start).is_none() {
        start -= 1;
    }
    if wide
        && !range
        && let Some((modifier, first)) = SIDE_BEFORE.find(tokens, start)
        && first >= from
    {
        found.modifier = Some((modifier, first, start));
    } else if let Some((modifier, end)) = SIDE_AFTER.find(tokens, item.end)
        && wide
    {
        found.modifier = Some((modifier, item.end, end));
        found.after = end;
    }
    if let (None, Some((side, first, end))) = (found.modifier, item.side) {
        // The core begins after a side that stands inside the expression.
        if end > found.first {
            found.first = end;
        }
        found.modifier = Some((side, first, end));
    }
    found
}

/// The noun that a number counts.
fn counted(tokens: &Tokens, item: &Found, next: Option<&Found>) -> Option<(usize, usize)> {
    let counting = match item.kind {
        NumberKind::Cardinal
        | NumberKind::Ordinal
        | NumberKind::Vague
        | NumberKind::Fraction
        | NumberKind::Percent => true,
        NumberKind::Multiple | NumberKind::Money | NumberKind::Quantity => {
            tokens.word(item.after) == "of"
        }
        _ => false,
    };
    if !counting || (item.unit.is_some() && item.kind == NumberKind::Vague) {
        return None;
    }
    if matches!(item.kind, NumberKind::Fraction | NumberKind::Percent)
        && tokens.word(item.after) != "of"
    {
        return None;
    }
    let one = matches!(
        item.kind,
        NumberKind::Ordinal | NumberKind::Fraction | NumberKind::Percent
    ) || item.amount == Some(Amount::One(1.into()));
    let (start, end) = noun(tokens, item.after, one)?;
    // The noun ends where the next number, or its hedge, begins.
    let limit = next.map_or(end, |next| {
        let hedge = next
            .modifier
            .map_or(next.first, |(_, first, _)| first.min(next.first));
        hedge.min(end)
    });
    (start < limit).then_some((start, limit))
}
