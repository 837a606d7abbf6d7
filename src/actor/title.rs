//! What the words beside a name say of its bearer: "the Afghan foreign minister, Rassoul", "Mr Safi", "Safi, a farmer,".
//!
//! Only what touches the name is read: the titles directly before it, or an apposition between commas
//! directly after it. "The deputy minister" is not the minister. What the article says of its bearer
//! anywhere else is not looked for.

use super::fold::{self, Word};
use super::lexicon::LEXICON;
use super::role::{self, RoleId};
use super::{Book, apposition, sense};
use crate::tag::EntityType;
use crate::text::{Span, Text};

/// Bytes before a name and after it that are looked at.
pub(super) const REACH: usize = 80;
/// Most words of a title, with its country.
pub(super) const MOST_WORDS: usize = 8;

/// Whether titles call their bearer a man or a woman.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    He,
    She,
}

/// What stands beside a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Title<'b> {
    /// The titles, offices and jobs.
    pub roles: Vec<RoleId>,
    /// Their words, with the country's.
    pub span: Option<Span>,
    /// The bearer has left the office.
    pub former: bool,
    /// Code of the country whose office it is.
    pub country: Option<&'b str>,
    pub gender: Option<Gender>,
}

/// The titles of the person whose name stands at this place.
pub(super) fn title<'b>(book: &'b Book, text: &Text, name: Span) -> Title<'b> {
    let mut title = Title::default();
    before(book, text, name, &mut title);
    apposition::read(book, text, name, &mut title);
    title
}

/// The words before a name, and titles within it.
fn before<'b>(book: &'b Book, text: &Text, name: Span, title: &mut Title<'b>) {
    let source = text.as_str();
    let window = sense::clip(source, name.start().saturating_sub(REACH)..name.end());
    let offset = name.end() - window.len();
    // The first word may have been cut.
    let words: Vec<Word> = fold::words(window).skip(usize::from(offset > 0)).collect();
    let written = |word: &Word| window.get(word.start..word.end).unwrap_or_default();
    let inner = name.start() - offset;
    let own = words.partition_point(|word| word.start < inner);
    let within = words.get(own..).unwrap_or_default().iter();
    let titles = within
        .take_while(|word| LEXICON.title.contains(fold::fold(written(word)).as_str()))
        .count();
    let end = own + titles;
    if end >= words.len() {
        return;
    }
    let mut start = end;
    while let Some(last) = start.checked_sub(1).and_then(|at| words.get(at)) {
        let Some(next) = words.get(start) else { break };
        let gap = window.get(last.end..next.start).unwrap_or_default();
        // "Capt. Safi"; "the spokesman, Safi,".
        let point = gap == ". " && LEXICON.title.contains(fold::fold(written(last)).as_str());
        let comma = gap == ", " && start == end;
        if !(next.glued || point || comma) || gap.contains('\n') || end - start >= MOST_WORDS {
            break;
        }
        start -= 1;
    }
    let run = words.get(start..end).unwrap_or_default();
    let folded: Vec<String> = run.iter().map(|word| fold::fold(written(word))).collect();
    let (at, role) = read_back(&folded, title);
    if at == folded.len() {
        return;
    }
    let (mut first, mut opening) = (role.unwrap_or(at), at);
    if role.is_some() {
        for length in (1..=3.min(at)).rev() {
            let place = run.get(at - length).zip(run.get(at.wrapping_sub(1)));
            let place = place.and_then(|(from, to)| window.get(from.start..to.end));
            if let Some(country) = place.and_then(|place| book.country_named(place)) {
                title.country = Some(country);
                (first, opening) = (at - length, at - length);
                break;
            }
        }
    }
    // "He told the spokesman, Safi left" is as rare as "the spokesman, Safi," is common.
    let gap = run
        .last()
        .zip(words.get(end))
        .map(|(last, next)| (last.end, next.start));
    let comma = gap.is_some_and(|(from, to)| window.get(from..to) == Some(", "));
    let opened = opening.checked_sub(1).and_then(|at| folded.get(at));
    if comma && !opened.is_some_and(|word| LEXICON.opening.contains(word.as_str())) {
        *title = Title::default();
        return;
    }
    note_gender(folded.get(at..).unwrap_or_default(), title);
    if let Some((from, to)) = run.get(first).zip(run.last()) {
        title.span = text.span(offset + from.start..offset + to.end);
    }
}

/// Reads titles from the end of these words: where what belongs to them begins, and where their first
/// role, if there is one.
fn read_back(words: &[String], title: &mut Title<'_>) -> (usize, Option<usize>) {
    let (mut at, mut found) = (words.len(), None);
    while let Some(rest) = words.get(..at).filter(|rest| !rest.is_empty()) {
        if let Some((role, length)) = role::ending(rest) {
            let before = at - length;
            at = before;
            let lesser = before.checked_sub(1).and_then(|last| words.get(last));
            if lesser.is_some_and(|word| LEXICON.lesser.contains(word.as_str())) {
                break;
            }
            title.roles.push(role);
            found = Some(at);
            continue;
        }
        let Some(last) = rest.last() else { break };
        if LEXICON.former.contains(last.as_str()) && found.is_some() {
            title.former = true;
            found = Some(at - 1);
        } else if !LEXICON.passing.contains(last.as_str()) {
            break;
        }
        at -= 1;
    }
    (at, found)
}

/// Notes what these words say of the bearer being a man or a woman.
pub(super) fn note_gender(words: &[String], title: &mut Title<'_>) {
    for word in words {
        if LEXICON.he.contains(word.as_str()) {
            title.gender = Some(Gender::He);
        } else if LEXICON.she.contains(word.as_str()) {
            title.gender = Some(Gender::She);
        }
    }
}

impl Book {
    /// The country of this name or demonym: "Afghan", "United States".
    pub(super) fn country_named(&self, name: &str) -> Option<&str> {
        let owners = self.index.owners_of(name);
        owners.iter().find_map(|&owner| {
            let (entry, alias) = (self.entry(owner.entry)?, self.alias(owner)?);
            let is_country = entry.kind == "country"
                || (entry.tag == EntityType::Norp && entry.kind == "nationality");
            let fits = is_country && !alias.flags.weak;
            entry.country.as_deref().filter(|_| fits)
        })
    }
}
