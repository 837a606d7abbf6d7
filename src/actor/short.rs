//! Short forms of organisations: "the Observatory" beside "the Lake Observatory for Rights", "Redfern" beside "Redfern Copper Corp."
//!
//! A name that names nobody by itself stands for the one organisation of the article whose longer name has it for its head, if
//! the article writes it with "the", or begins with it and goes on to say that it is a company, a party or the like. The board
//! of Redfern is not Redfern: what else may follow makes another of it. Where two are so called it stands for neither.

use super::compose::organization_words;
use super::lexicon::LEXICON;
use super::link::{Alternative, Link};
use super::resolve::Article;
use crate::tag::EntityType;
use crate::text::Span;
use std::collections::{HashMap, HashSet};

/// Most words of a short form.
const MOST_WORDS: usize = 2;

/// Words that end the head of a name: the "Observatory" of "Observatory for Rights".
const BEHIND_A_HEAD: [&str; 7] = ["of", "for", "on", "in", "to", "against", "at"];

/// The long names that have one short form.
#[derive(Default)]
struct Long {
    /// The only organisation that is so called; none where there are two.
    actor: Option<usize>,
    several: bool,
    spans: Vec<Span>,
    /// True where it need not be written with "the".
    begins: bool,
}

/// Links the short forms of organisations that the article names in full.
pub(super) fn chain(article: &Article<'_, '_>, links: &mut [(Link, Vec<Alternative>)]) {
    let mut long: HashMap<String, Long> = HashMap::new();
    for (at, (link, _)) in links.iter().enumerate() {
        let Some(actor) = link.actor.filter(|_| is_organization(article, at)) else {
            continue;
        };
        let (span, surface) = article.name(at);
        for (short, begins) in short_forms(&organization_words(surface)) {
            let entry = long.entry(short).or_default();
            entry.several |= entry.actor.is_some_and(|other| other != actor);
            entry.actor = Some(actor);
            entry.spans.push(span);
            entry.begins |= begins;
        }
    }
    if long.is_empty() {
        return;
    }
    let short: Vec<(usize, String)> = (0..links.len())
        .filter(|&at| is_organization(article, at))
        .map(|at| (at, organization_words(article.name(at).1).join(" ")))
        .collect();
    let definite: HashSet<&str> = short
        .iter()
        .filter(|(at, _)| is_definite(article, *at))
        .map(|(_, name)| name.as_str())
        .collect();
    for (at, name) in &short {
        let (Some((link, others)), Some(long)) = (links.get_mut(*at), long.get(name)) else {
            continue;
        };
        let stands_alone = match link.rule {
            "new_full_name" => long.begins || definite.contains(name.as_str()),
            "generic" => is_definite(article, *at),
            _ => false,
        };
        let (span, surface) = article.name(*at);
        // The last before it, else the first.
        let before = long.spans.partition_point(|long| *long < span);
        let evidence = long.spans.get(before.saturating_sub(1)).copied();
        if let (Some(actor), Some(evidence)) = (long.actor.filter(|_| !long.several), evidence)
            && stands_alone
            && surface.starts_with(char::is_uppercase)
            && link.actor != Some(actor)
        {
            *link = Link::by(actor, "name_chain", evidence);
            others.clear();
        }
    }
}

/// What a name with these words may be called for short, and whether that is its beginning.
fn short_forms(words: &[String]) -> Vec<(String, bool)> {
    let behind = words
        .iter()
        .position(|word| BEHIND_A_HEAD.contains(&word.as_str()));
    let head = behind.unwrap_or(words.len());
    let mut forms = Vec::new();
    for length in (1..=MOST_WORDS).filter(|length| *length < words.len()) {
        let (first, rest) = words.split_at(length);
        let is_whole = match rest {
            [form] => LEXICON.whole_form.contains(form.as_str()),
            _ => false,
        };
        let company = rest
            .last()
            .is_some_and(|last| LEXICON.company_form.contains(last.as_str()));
        if is_whole || company {
            forms.push((first.join(" "), true));
        }
        let last = head
            .checked_sub(length)
            .and_then(|from| words.get(from..head));
        forms.extend(last.map(|last| (last.join(" "), false)));
    }
    forms
}

fn is_organization(article: &Article<'_, '_>, at: usize) -> bool {
    article
        .mentions
        .get(at)
        .is_some_and(|mention| mention.kind == EntityType::Org)
}

/// True where "the" stands before the name.
fn is_definite(article: &Article<'_, '_>, at: usize) -> bool {
    let (span, _) = article.name(at);
    let before = article
        .context
        .text
        .as_str()
        .get(..span.start())
        .unwrap_or_default();
    before.ends_with("the ") || before.ends_with("The ")
}
