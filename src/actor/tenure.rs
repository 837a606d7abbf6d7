//! Who held which office, where and when: what makes "President Karzai" one man in 2010.
//!
//! A surname with an office is evidence for those who had left the office or still held it at the
//! article's date, never for who came later. A title that many bear tells nobody apart unless the
//! article names its country.

use super::lexicon::LEXICON;
use super::role::{self, Kind, RoleId};
use super::title::Title;
use super::{Book, person_name};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// How long an acting holder, or two who both claim the office, may share it, in days.
const SHARED: i32 = 183;

/// A person's time in an office.
#[derive(Clone, Debug)]
pub(super) struct Tenure {
    /// The holder's id.
    pub person: String,
    /// What the holder is there: president, minister, leader, ...
    pub role: String,
    /// A kind of body that every country has, or the id of one.
    pub office: String,
    /// ISO 3166-1 alpha-2; none for an office of no one country.
    pub country: Option<String>,
    /// First day; an open beginning without it.
    pub from: Option<Date>,
    /// Last day; still in office without it.
    pub until: Option<Date>,
    /// The latest day that `from` may mean, where only its year or month is known.
    pub latest_from: Option<Date>,
    /// The earliest day that `until` may mean.
    pub earliest_until: Option<Date>,
    /// Where the row is from.
    pub source: String,
    /// Its place, for messages.
    pub file: Arc<str>,
    pub line: u64,
}

impl Tenure {
    /// True where it had begun by then.
    fn had_begun(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date)
    }

    /// True where it was over by then.
    fn was_over(&self, date: Date) -> bool {
        self.until.is_some_and(|until| until < date)
    }

    /// True where two people had for long the one office that only one can have, whatever their dates
    /// leave open.
    pub fn contradicts(&self, other: &Self) -> bool {
        let same = self.role == other.role
            && self.office == other.office
            && self.country == other.country
            && self.person != other.person
            && LEXICON.held_alone.contains(self.role.as_str());
        if !same {
            return false;
        }
        // Who has no last day is still in office.
        let last = [self.earliest_until, other.earliest_until];
        let last = last.into_iter().flatten().min().unwrap_or(Date::MAX);
        let (Some(one), Some(another)) = (self.latest_from, other.latest_from) else {
            return false;
        };
        let days = one.max(another).until(last).map(|span| span.get_days());
        days.is_ok_and(|days| days > SHARED)
    }

    /// `president, presidency AF, from 2004-12-07 until 2014-09-29`.
    pub fn written(&self) -> String {
        let mut line = format!("{}, {}", self.role.replace('_', " "), self.office);
        for (word, part) in [
            (" ", self.country.clone()),
            (", from ", self.from.map(|date| date.to_string())),
            (" until ", self.until.map(|date| date.to_string())),
        ] {
            if let Some(part) = part {
                line.push_str(word);
                line.push_str(&part);
            }
        }
        line
    }
}

/// Tenures by the folded words by which their holders are called.
#[derive(Debug, Default)]
pub(super) struct Holders {
    by_word: FxHashMap<String, Vec<Holder>>,
}

#[derive(Clone, Copy, Debug)]
struct Holder {
    /// Index into the book's entries.
    entry: usize,
    /// Index into the book's tenures.
    tenure: usize,
    role: RoleId,
}

/// Whom a surname with a title stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// This entry.
    By(usize),
    /// Several entries, none of them rather than the other.
    BySeveral(Vec<usize>),
    /// Nobody whom the book knows.
    ByNobody,
}

/// The holders of a book's offices, for look-ups.
fn holders(book: &Book) -> Holders {
    let mut holders = Holders::default();
    for (at, tenure) in book.tenures.iter().enumerate() {
        let known = book
            .at(&tenure.person)
            .and_then(|entry| Some((entry, book.entry(entry)?)));
        let Some((entry, person)) = known else {
            continue;
        };
        let by_first = LEXICON.first_name.contains(tenure.role.as_str())
            || person
                .country
                .as_deref()
                .is_some_and(|code| LEXICON.first_word.contains(code));
        let mut words: Vec<String> = Vec::new();
        for alias in &person.aliases {
            let mut name = person_name::name_words(&alias.plain);
            words.extend(name.pop());
            words.extend(name.into_iter().next().filter(|_| by_first));
        }
        words.sort_unstable();
        words.dedup();
        for role in role::titles_of(&tenure.role, &tenure.office) {
            let holder = Holder {
                entry,
                tenure: at,
                role,
            };
            for word in &words {
                holders
                    .by_word
                    .entry(word.clone())
                    .or_default()
                    .push(holder);
            }
        }
    }
    holders
}

impl Book {
    /// Whom a partial name with these titles stands for. `is_near` says whether the article names
    /// something of a country, or the actor of an id.
    pub(super) fn held_by(
        &self,
        words: &[String],
        title: &Title<'_>,
        published: Option<Date>,
        is_near: impl Fn(&str) -> bool,
    ) -> Held {
        let holders = self.holders.get_or_init(|| holders(self));
        let called = words.last().and_then(|word| holders.by_word.get(word));
        let mut best: Vec<(bool, usize, bool)> = Vec::new();
        for holder in called.map_or(&[][..], Vec::as_slice) {
            let Some(tenure) = self.tenures.get(holder.tenure) else {
                continue;
            };
            if !title.roles.contains(&holder.role) || !self.may_be_called(holder.entry, words) {
                continue;
            }
            let begun = published.is_none_or(|date| tenure.had_begun(date));
            let over = published.is_some_and(|date| tenure.was_over(date));
            if !begun || (title.former && published.is_some() && !over) {
                continue;
            }
            let country = tenure.country.as_deref();
            let near = country.is_some_and(&is_near) || is_near(&tenure.office);
            let told = match (title.country, country) {
                (Some(said), Some(own)) if said != own => continue,
                (Some(_), Some(_)) => true,
                _ => near,
            };
            let head = role::role(holder.role).is_some_and(|role| role.kind == Kind::Head);
            // "President Kibaki" in a report of 2005 needs no "Kenya" beside it.
            if told || (head && (published.is_none() || !over || title.former)) {
                best.push((over, holder.entry, told));
            }
        }
        if best.iter().any(|(over, ..)| !over) {
            best.retain(|(over, ..)| !over);
        }
        if best.iter().any(|(.., told)| *told) {
            best.retain(|(.., told)| *told);
        }
        let mut entries: Vec<usize> = best.into_iter().map(|(_, entry, _)| entry).collect();
        entries.sort_unstable();
        entries.dedup();
        match entries.as_slice() {
            [] => Held::ByNobody,
            [only] => Held::By(*only),
            _ => Held::BySeveral(entries),
        }
    }

    /// True where these words may be the short name of a person of the book.
    fn may_be_called(&self, entry: usize, words: &[String]) -> bool {
        let aliases = self.entry(entry).map_or(&[][..], |entry| &entry.aliases);
        aliases
            .iter()
            .any(|alias| person_name::is_part(words, &person_name::name_words(&alias.plain)))
    }

    /// The words of a person's canonical name, for the chain that a short name begins.
    pub(super) fn person_words(&self, entry: usize) -> Vec<String> {
        self.entry(entry)
            .map(|entry| person_name::name_words(&entry.name))
            .unwrap_or_default()
    }

    /// The offices that a person held, as one reads them, in the order of the book.
    pub(super) fn offices_of(&self, id: &str) -> Vec<String> {
        let own = self.tenures.iter().filter(|tenure| tenure.person == id);
        own.map(Tenure::written).collect()
    }
}
