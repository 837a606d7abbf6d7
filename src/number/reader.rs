//! One sentence after another: tokens, then at each place the first rule that finds something.
//!
//! A sentence with neither a digit nor a word of the tables is passed over.

use super::cue::ATTACKS;
use jiff::civil::Date;

use super::counted::counted;
use super::date::Context;
use super::far::{far, victims};
use super::lasting::as_many;
use super::lexer::{Kind, Token, Tokens, lex};
use super::link::{links, share};
use super::noun::noun;
use super::page::of_page;
use super::phrase::lower_word;
use super::place::Place;
use super::quantity::{Found, quantity};
use super::table::{HEDGE_AFTER, IDIOMS, NOUN_STOPS, SIDE_AFTER, SIDE_BEFORE};
use super::trap::trap;
use super::vocabulary::{Known, known};
use super::when::{When, when};
use super::{Number, NumberKind, PagePart};
use crate::text::{Span, Text};

/// How far a rule that begins with a function word may look for its number.
const REACH: usize = 6;

/// A sentence and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'n> {
    pub span: Span,
    /// The names from this sentence on.
    pub names: &'n [Span],
    /// What heads or trails the article; none for the article itself.
    pub page: Option<PagePart>,
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
            page,
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
                // The numeral is the name's ("aged One Direction fans").
                Step::Found(item) if item.first < item.end && named(item.first) => at + 1,
                Step::Found(item) => {
                    let end = item.after.max(item.end).max(at + 1);
                    found.push(*item);
                    end
                }
                Step::Skip(end) => end.max(at + 1),
            };
        }
        found.retain(|item| {
            item.end > item.first
                && !page.is_some_and(|part| of_page(part, original, &tokens, item))
        });
        share(&tokens, &mut found);
        let mut nouns: Vec<Option<(usize, usize)>> = Vec::with_capacity(found.len());
        for (index, item) in found.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| {
                let (end, noun) = (found.get(before)?.after, *nouns.get(before)?);
                noun.map(|noun| (end, noun))
            });
            let noun = victims(&tokens, item, before)
                .or_else(|| counted(&tokens, item, found.get(index + 1)));
            nouns.push(noun);
        }
        for (item, noun) in found.iter_mut().zip(&nouns) {
            if let (None, Some((_, end))) = (item.modifier, *noun)
                && let Some((modifier, after)) = HEDGE_AFTER.find(&tokens, end)
                && tokens.word(end) == "or"
            {
                item.modifier = Some((modifier, end, after));
            }
        }
        let mut linked = links(&tokens, &found, &nouns);
        far(&tokens, &found, &mut linked);
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
            if joined(tokens, &item) || adverb(tokens, &item) || pronoun(tokens, &item) {
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
        && (lower_word(tokens, at - 1) || tokens.word(at - 1) == ",")
        && !super::cue::ORDINAL_LEADERS.contains(tokens.back(at, 1))
        && (noun(tokens, item.after, true).is_none()
            || tokens.word(item.after).ends_with("ed")
            || super::cue::PRONOUNS.contains(tokens.back(at, 1)))
}

/// "an uncertified one is worth nothing": a noun stands for another, and nothing is counted.
fn pronoun(tokens: &Tokens, item: &Found) -> bool {
    let at = item.first;
    tokens.word(at) == "one"
        && item.end == at + 1
        && item.modifier.is_none()
        && at >= 2
        && lower_word(tokens, at - 1)
        && !NOUN_STOPS.contains(tokens.back(at, 1))
        && tokens.any_back(at, 2, &["a", "an", "the", "this", "that", "every", "each"])
        && noun(tokens, item.after, true).is_none()
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
    // So too after "Tuesday's ambush".
    let owner = matches!(tokens.word(item.end), "'" | "’")
        && tokens.glued(item.end)
        && tokens.word(item.end + 1) == "s";
    let wide = item.kind != NumberKind::Set
        && !owner
        && !(item.kind == NumberKind::Date && ATTACKS.contains(tokens.word(item.end)));
    let range = found.date.as_deref().is_some_and(|date| date.contains('/'))
        && tokens.any_back(start, 1, &["between", "from"]);
    if tokens.any_back(start, 1, &["the", "that"]) && SIDE_BEFORE.find(tokens, start).is_none() {
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
